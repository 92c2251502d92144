"""The address bar of the statistics, read; and addresses with some of it changed."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from dondoc.common import wording

BY_PROVINCE, BY_PROGRAMME, BY_FIELD, BY_AGENCY, BY_PERIOD = "tinh", "chuong-trinh", "linh-vuc", "co-quan", "ky"
VIEWS = {
    BY_PROVINCE: "Theo tỉnh",
    BY_PROGRAMME: "Theo chương trình",
    BY_FIELD: "Theo lĩnh vực",
    BY_AGENCY: "Theo cơ quan",
    BY_PERIOD: "Theo kỳ",
}
PERIODS = {"thang": "Tháng", "quy": "Quý", "nam": "Năm"}
ALL = "tat-ca"
UNCLEAR = "chua-ro"
NO_FIELD = "chua-xep"


@dataclass(frozen=True, slots=True)
class Asked:
    """``day``: the figures' day; ``against``: an earlier or later one beside it. ``unit``: in that unit's own figures.

    ``state``: a key of ``FILTERS``, ``ALL`` or ``UNCLEAR``; ``given`` and ``done``: first and last day of a period. ``due``: the
    window in which the last good day lies, open at an end that is None.
    """

    day: date
    today: date
    against: date | None = None
    view: str = BY_PROGRAMME
    period: str = "thang"
    year: int = 0
    province: int | None = None
    field: str = ""
    programme: int | None = None
    unit: int | None = None
    state: str = ALL
    given: tuple[date, date] | None = None
    done: tuple[date, date] | None = None
    due: tuple[date | None, date | None] = (None, None)

    @property
    def is_past(self) -> bool:
        return self.day < self.today


def read(given: QueryDict, today: date, *, usual: str = BY_PROGRAMME) -> Asked:
    """What makes no sense is left out. No day lies ahead of today."""
    day = min(_day(given.get("ngay", ""), today) or today, today)
    against = _day(given.get("so-voi", ""), today)
    view, period = given.get("xem", usual), given.get("ky", "thang")
    return Asked(
        day=day,
        today=today,
        against=min(against, today) if against and against != day else None,
        view=view if view in VIEWS else usual,
        period=period if period in PERIODS else "thang",
        year=_number(given.get("nam", "")) or day.year,
        province=_number(given.get("tinh", "")),
        field=given.get("linh-vuc", "")[:80],
        programme=_number(given.get("chuong-trinh", "")),
        unit=_number(given.get("co-quan", "")),
        state=given.get("trang-thai", ALL),
        given=_range(given, "giao", today),
        done=_range(given, "xong", today),
        due=_ends(given, "han", today),
    )


def _day(text: str, today: date) -> date | None:
    return wording.read_day(text, around=today) if text else None


def _range(given: QueryDict, name: str, today: date) -> tuple[date, date] | None:
    first, last = _ends(given, name, today)
    return (first, last) if first and last else None


def _ends(given: QueryDict, name: str, today: date) -> tuple[date | None, date | None]:
    return _day(given.get(f"{name}-tu", ""), today), _day(given.get(f"{name}-den", ""), today)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def address(asked: Asked, **changes: object) -> str:
    """``?ngay=…&…`` with some of it changed; a range is two days."""
    held: dict[str, object] = {
        "ngay": asked.day.isoformat() if asked.is_past else "",
        "so-voi": asked.against.isoformat() if asked.against else "",
        "xem": asked.view,
        "ky": asked.period if asked.view == BY_PERIOD else "",
        "nam": asked.year if asked.view == BY_PERIOD else "",
        "tinh": asked.province,
        "linh-vuc": asked.field,
        "chuong-trinh": asked.programme,
        "co-quan": asked.unit,
    }
    held |= {name.replace("_", "-"): value for name, value in changes.items()}
    return "?" + urlencode({name: value for name, value in held.items() if value not in {"", None}})


def rows_address(asked: Asked, **changes: object) -> str:
    """The same of the page of rows, which knows neither views nor a second day."""
    return "nhiem-vu/" + address(asked, **{"so_voi": "", "xem": "", "ky": "", "nam": "", **changes})
