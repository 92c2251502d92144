from dataclasses import asdict, dataclass
from datetime import date

TODAY = date(2026, 11, 20)
"""The country's day: the clock stands there while pages are measured."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is. ``words``: notes of progress on a task that one unit leads, on average."""

    provinces: int = 34
    communes: int = 3_321
    departments: int = 20
    programmes: int = 300
    tasks: int = 60_000
    targets: int = 18_000
    duties: int = 21_000
    words: float = 9.5
    seed: int = 208

    @property
    def key(self) -> str:
        return "-".join(str(value) for value in asdict(self).values())

    def share(self, total: int, place: int, of: int) -> int:
        """How much of ``total`` falls to one of ``of`` places."""
        return total * (place + 1) // of - total * place // of


WHOLE = Scale()
HALF = Scale(provinces=17, communes=1_660, programmes=150, tasks=30_000, targets=9_000, duties=10_500)
TINY = Scale(provinces=2, communes=7, departments=3, programmes=3, tasks=60, targets=6, duties=6)
