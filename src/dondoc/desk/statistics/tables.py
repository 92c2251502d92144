"""Tables of figures: each cell with the address of the rows that it counts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from dondoc.desk.statistics.asked import (
    ALL,
    BY_AGENCY,
    BY_FIELD,
    BY_PROGRAMME,
    BY_PROVINCE,
    UNCLEAR,
    Asked,
    rows_address,
)
from dondoc.desk.statistics.periods import Turnover, spans, turnovers
from dondoc.desk.statistics.scope import Known, Scope, names_of, without_bearer
from dondoc.programmes.models import Spell
from dondoc.programmes.queries.spells import Figures, figures_by, held_on, owned


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its words, the group that it stands under, and the state that its rows are in."""

    words: str
    group: str
    field: str
    state: str
    key: str = ""


HEADS = (
    Head("Tổng số", "", "total", ALL),
    Head("Hoàn thành đúng, trước hạn", "Có thời hạn", "done_on_time", "dung-han", "done"),
    Head("Hoàn thành trễ hạn", "Có thời hạn", "done_late", "tre-han", "late"),
    Head("Đang giải quyết, trong hạn", "Có thời hạn", "within", "trong-han", "run"),
    Head("Đang giải quyết, quá hạn", "Có thời hạn", "overdue", "qua-han", "over"),
    Head("Trong đó quá hạn trên 30 ngày", "Có thời hạn", "long_overdue", "qua-30-ngay", "over"),
    Head("Đang giải quyết", "Không thời hạn", "undated_open", "khong-thoi-han"),
    Head("Quá 3 tháng chưa báo cáo", "Không thời hạn", "silent", "chua-bao-cao", "soon"),
    Head("Hoàn thành", "Không thời hạn", "undated_done", "xong-khong-han"),
    Head("Tạm dừng", "Đã dừng", "suspended", "tam-dung"),
    Head("Dừng theo dõi", "Đã dừng", "cancelled", "dung"),
    Head("Hoàn thành trễ", "So với hạn giao ban đầu", "late_first", "tre-han-dau", "late"),
    Head("Chưa xong, đã quá", "So với hạn giao ban đầu", "overdue_first", "qua-han-dau", "over"),
)
PERIOD_HEADS = (
    Head("Được giao trong kỳ", "Biết đến ngày tính", "given", ALL),
    Head("Hoàn thành đúng, trước hạn", "Biết đến ngày tính", "on_time", "dung-han", "done"),
    Head("Hoàn thành trễ hạn", "Biết đến ngày tính", "late", "tre-han", "late"),
    Head("Hoàn thành, không thời hạn", "Biết đến ngày tính", "undated", "xong-khong-han"),
    Head("Còn nợ", "Vào ngày cuối kỳ", "owed", "con-no", "run"),
    Head("Trong đó quá hạn", "Vào ngày cuối kỳ", "overdue", "qua-han", "over"),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """``change`` against the other day, None where none is asked for."""

    head: Head
    number: int
    url: str
    change: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """``figures``: what its columns are read from. Cells are made where they are shown: a table may have thousands of rows."""

    words: str
    note: str
    figures: Figures | Turnover
    make: Callable[[], list[Cell]]

    @property
    def cells(self) -> list[Cell]:
        return self.make()

    def number(self, head: Head) -> int:
        return int(getattr(self.figures, head.field))


@dataclass(frozen=True, slots=True)
class Table:
    """``unclear``: tasks that are in no unit's figures, with the address of their rows."""

    of: str
    heads: Sequence[Head]
    rows: list[Row]
    total: Row | None = None
    unclear: Cell | None = None


_KEYS: dict[str, tuple[str, Callable[[Known], object]]] = {
    BY_PROVINCE: ("tinh", lambda one: one.province_id),
    BY_FIELD: ("linh-vuc", lambda one: one.field_key),
    BY_PROGRAMME: ("chuong-trinh", lambda one: one.pk),
}
_OF = {BY_PROVINCE: "Tỉnh, thành phố", BY_FIELD: "Lĩnh vực", BY_PROGRAMME: "Chương trình", BY_AGENCY: "Cơ quan, đơn vị"}

ByProgramme = dict[int, Figures]


def figures_of(scope: Scope, asked: Asked) -> tuple[ByProgramme, ByProgramme | None]:
    """Each programme's figures, and those of the other day where one is asked for; a query each."""
    unit = scope.unit.pk if scope.unit else None
    days = [asked.day, *([asked.against] if asked.against else [])]
    found = [figures_by("programme", owned(held_on(day, scope.programmes), unit), day) for day in days]
    return found[0], found[1] if asked.against else None


def table_of(scope: Scope, asked: Asked, now: ByProgramme, then: ByProgramme | None) -> Table:
    """By province, field or programme: sums of the programmes' figures."""
    name, key_of = _KEYS[asked.view]
    groups: dict[object, list[Known]] = {}
    for one in scope.programmes.values():
        groups.setdefault(key_of(one), []).append(one)
    provinces = names_of({one.province_id for one in scope.known}) if asked.view == BY_PROVINCE else {}
    rows = []
    for key, held in groups.items():
        figures = _sum(now, held)
        before = None if then is None else _sum(then, held)
        rows.append((figures, _row(_words(asked.view, held[0], provinces), figures, before, asked, {name: key})))
    return _sorted(_OF[asked.view], rows, total_of(asked, now, then, "Cộng"))


def _sum(figures: ByProgramme, programmes: Iterable[Known]) -> Figures:
    return Figures.sum(figures[one.pk] for one in programmes if one.pk in figures)


def _words(view: str, one: Known, provinces: dict[int, tuple[str, str]]) -> str:
    if view == BY_PROVINCE:
        return provinces[one.province_id][0]
    return one.field_words if view == BY_FIELD else one.title


def total_of(asked: Asked, now: ByProgramme, then: ByProgramme | None, words: str) -> Row:
    return _row(words, Figures.sum(now.values()), None if then is None else Figures.sum(then.values()), asked, {})


def agencies(scope: Scope, asked: Asked) -> Table:
    """Each unit's own figures: of a group's task its part. With it how many tasks no known unit answers for."""
    now = figures_by("unit", _of_units(scope, asked.day), asked.day)
    then = figures_by("unit", _of_units(scope, asked.against), asked.against) if asked.against else None
    names = names_of(now)
    several = len({one.province_id for one in scope.programmes.values()}) > 1
    rows = []
    for unit, figures in now.items():
        before = None if then is None else then.get(unit, Figures())
        words, province = names[unit]
        rows.append((figures, _row(words, figures, before, asked, {"co-quan": unit}, province if several else "")))
    held = owned(held_on(asked.day, scope.programmes), None)
    unclear = Cell(HEADS[0], without_bearer(held).count(), rows_address(asked, trang_thai=UNCLEAR)) if not scope.unit else None
    return _sorted(_OF[BY_AGENCY], rows, None, unclear)


def _of_units(scope: Scope, day: date) -> QuerySet[Spell]:
    held = held_on(day, scope.programmes)
    return held.filter(unit=scope.unit) if scope.unit else held.filter(unit__isnull=False)


def _sorted(of: str, rows: Iterable[tuple[Figures, Row]], total: Row | None, unclear: Cell | None = None) -> Table:
    """Who has the most overdue first."""
    held = sorted(rows, key=lambda pair: (-pair[0].overdue, -pair[0].total, pair[1].words))
    return Table(of, HEADS, [row for _, row in held], total, unclear)


def _row(words: str, now: Figures, then: Figures | None, asked: Asked, key: dict[str, object], note: str = "") -> Row:
    def cell(head: Head) -> Cell:
        number = getattr(now, head.field)
        change = None if then is None else number - getattr(then, head.field)
        return Cell(head, number, rows_address(asked, **key, trang_thai=head.state), change)

    return Row(words, note, now, lambda: [cell(head) for head in HEADS])


def periods(scope: Scope, asked: Asked) -> Table:
    """What was given, finished and owed by month, quarter or year."""
    held = turnovers(scope, spans(asked.period, asked.year, asked.day), asked.day)
    return Table("Kỳ", PERIOD_HEADS, [_of_period(asked, one) for one in held])


def _of_period(asked: Asked, one: Turnover) -> Row:
    first, last = one.span.first.isoformat(), one.span.last.isoformat()
    ranges: dict[str, dict[str, object]] = {
        "given": {"giao_tu": first, "giao_den": last},
        **{key: {"xong_tu": first, "xong_den": last} for key in ("on_time", "late", "undated")},
        **{key: {"ngay": last} for key in ("owed", "overdue")},
    }

    def cell(head: Head) -> Cell:
        return Cell(head, getattr(one, head.field), rows_address(asked, trang_thai=head.state, **ranges[head.field]))

    return Row(one.span.words, "", one, lambda: [cell(head) for head in PERIOD_HEADS])
