from dataclasses import dataclass
from datetime import date

from tools.bench.country.scale import Scale as Country

TODAY = date(2026, 11, 20)
"""The day on which everything is measured; the clock stands there."""
DUE = date(2026, 11, 15)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is reported. ``indicators``: asked of each unit for each of ``years``, in ``tables`` with two ratios more in each.

    ``parts``: campaigns of one template, the last with all units; ``sources``: units of the one whose report is written, ``uploads``:
    units of the one into which nothing has come yet.
    """

    units: int = 3_321
    indicators: int = 200
    years: int = 5
    tables: int = 10
    sections: int = 8
    parts: tuple[float, ...] = (0.25, 0.5, 1)
    sources: int = 80
    uploads: int = 65

    @property
    def country(self) -> Country:
        """One invented province with all the communes."""
        return Country(provinces=1, communes=self.units, departments=3)

    @property
    def sizes(self) -> list[int]:
        return [round(self.units * part) for part in self.parts]


WHOLE = Scale()
TINY = Scale(units=12, indicators=12, years=3, tables=2, sections=2, parts=(0.5, 1), sources=5, uploads=4)
