"""A unit fills its report in: cells and texts of the draft. The page, an uploaded file and known figures all come through here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from dondoc.common.errors import Refused
from dondoc.reporting.enums import Nothing, ReturnState, ValueOrigin
from dondoc.reporting.models import Indicator, Passage, Return, Section, Value
from dondoc.reporting.queries.content import facts
from dondoc.reporting.rules.cells import Cell, Place, asked, computed
from dondoc.reporting.services.counting import recount
from dondoc.reporting.services.recording import reporting
from dondoc.units.rules import Actor

OPEN = frozenset({ReturnState.EXPECTED, ReturnState.RETURNED})
LARGEST = Decimal(10) ** 15
DIGITS = 15
"""So many digits of a number are kept as they are by every database."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody puts into a cell. ``seen``: what stood there when they began; None writes over whatever there is."""

    place: Place
    cell: Cell
    seen: Cell | None = None
    origin: str = ValueOrigin.TYPED
    origin_words: str = ""
    origin_address: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else has changed the cell since: nothing was written there."""

    place: Place
    theirs: Cell
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """Which cells were written, and which were not because two people work on one."""

    places: tuple[Place, ...]
    clashes: tuple[Clash, ...]


@dataclass(frozen=True, slots=True)
class TextClash:
    """Somebody else has changed the text since; ``theirs`` is what stands there now."""

    theirs: str
    by: str
    at: datetime
    revision: int


@transaction.atomic
def save_cells(*, actor: Actor, report: Return, entries: Sequence[Entry], at: datetime, on_behalf: bool = False) -> Saved:
    """Write the cells of the draft; of several entries for one cell the last. What the template does not ask is refused, all or nothing."""
    entries = list({entry.place: entry for entry in entries}.values())
    held = opened(actor, report, on_behalf=on_behalf)
    indicators = _indicators(held, entries)
    present = _present(held, {indicator.pk for indicator in indicators.values()})
    clashes = [clash for entry in entries if (clash := _clash(entry, present.get(entry.place), actor))]
    blocked = {clash.place for clash in clashes}
    written = [entry for entry in entries if entry.place not in blocked]
    rows = [_row(held, indicators[entry.place.code], entry, present.get(entry.place), actor, at) for entry in written]
    known = [row for row in rows if row.pk]  # before the new ones get their keys
    Value.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
    Value.objects.bulk_update(known, _WRITTEN, batch_size=500)
    recount(held)
    return Saved(tuple(entry.place for entry in written), tuple(clashes))


_WRITTEN = ("number", "nothing", "explanation", "origin", "origin_words", "origin_address", "changed_at", "changed_by")


@transaction.atomic
def save_text(
    *, actor: Actor, report: Return, section: str, text: str, at: datetime, seen: int | None = None, on_behalf: bool = False
) -> Passage | TextClash:
    """Write the text of a section. ``seen``: its revision when writing began (0: there was none); None writes over."""
    held = opened(actor, report, on_behalf=on_behalf)
    (row,) = _sections(held, [section])
    passage = Passage.objects.select_related("changed_by").filter(report=held, section=row).first()
    if passage and seen is not None and passage.revision != seen and passage.text != text:
        return TextClash(passage.text, passage.changed_by.full_name, passage.changed_at, passage.revision)
    if passage is None:
        passage = Passage(report=held, section=row, revision=0)
    _write(passage, text, actor, at)
    passage.save()
    recount(held)
    return passage


@transaction.atomic
def save_texts(*, actor: Actor, report: Return, texts: Mapping[str, str], at: datetime, on_behalf: bool = False) -> None:
    """Write over the texts of several sections at once; ``texts``: code → text."""
    held = opened(actor, report, on_behalf=on_behalf)
    present = {row.section_id: row for row in Passage.objects.filter(report=held, section__code__in=texts)}
    new: list[Passage] = []
    known: list[Passage] = []
    for row in _sections(held, texts):
        passage = present.get(row.pk) or Passage(report=held, section=row, revision=0)
        _write(passage, texts[row.code], actor, at)
        (known if passage.pk else new).append(passage)
    Passage.objects.bulk_create(new, batch_size=500)
    Passage.objects.bulk_update(known, ("text", "changed_at", "changed_by", "revision"), batch_size=500)
    recount(held)


def _sections(report: Return, codes: Collection[str]) -> list[Section]:
    """Those of the template with these codes; raises where one is none of them, or asks for no text."""
    rows = list(Section.objects.filter(version=report.group.template_id, code__in=codes, asks=True))
    if len(rows) < len(codes):
        raise Refused("Mẫu không có mục này. Tải lại trang để xem mẫu đang dùng.")
    return rows


def _write(passage: Passage, text: str, actor: Actor, at: datetime) -> None:
    passage.text, passage.changed_at, passage.changed_by = text, at, actor.person
    passage.revision += 1


def opened(actor: Actor, report: Return, *, on_behalf: bool = False) -> Return:
    """The report, locked, where its draft can be written by this person now."""
    row = reporting(actor, report, on_behalf=on_behalf)
    if row.state in OPEN:
        return row
    raise Refused(SHUT[ReturnState(row.state)])


SHUT = {
    ReturnState.APPROVING: "Báo cáo đang chờ lãnh đạo đơn vị duyệt. Đề nghị lãnh đạo trả lại để sửa.",
    ReturnState.RECEIVED: "Báo cáo đã nộp, đang chờ duyệt. Đề nghị cơ quan nhận trả lại để sửa.",
    ReturnState.ACCEPTED: "Báo cáo đã được duyệt, số liệu đã khóa. Đề nghị cơ quan nhận mở lại để sửa.",
    ReturnState.EXEMPT: "Đơn vị được miễn báo cáo đợt này nên không phải nhập.",
}


def _indicators(report: Return, entries: Iterable[Entry]) -> Mapping[str, Indicator]:
    """Code → indicator of those that are filled in; raises where a place is none of the template's."""
    allowed = {place for _, _, place in asked(facts(report.group.template))}
    explained = set(computed(facts(report.group.template)))
    for entry in entries:
        if entry.place not in allowed and (entry.place not in explained or entry.cell.is_filled):
            raise Refused(f"Mẫu không hỏi chỉ tiêu {entry.place.code}, cột {entry.place.column}. Tải mẫu đang dùng rồi nhập lại.")
        _possible(entry)
    rows = Indicator.objects.filter(table__version=report.group.template_id, code__in={entry.place.code for entry in entries})
    return {row.code: row for row in rows}


def _possible(entry: Entry) -> None:
    cell = entry.cell
    if cell.number is not None and cell.nothing:
        raise Refused(f"Chỉ tiêu {entry.place.code}: ghi số hoặc một cách ghi khác, không ghi cả hai.")
    if cell.nothing and cell.nothing not in Nothing.values:
        raise Refused(f"Chỉ tiêu {entry.place.code}: không có cách ghi “{cell.nothing}”.")
    if cell.number is not None and (problem := not_kept(cell.number)):
        raise Refused(f"Chỉ tiêu {entry.place.code}: {problem}")


def not_kept(number: Decimal) -> str:
    """Why a number cannot be kept as it is, and what to do; empty where it can."""
    if not number.is_finite() or abs(number) >= LARGEST:
        return "số quá lớn. Kiểm tra đơn vị tính."
    if len(number.normalize().as_tuple().digits) > DIGITS:
        return f"số có quá {DIGITS} chữ số. Làm tròn số, hoặc kiểm tra đơn vị tính."
    return ""


def _present(report: Return, indicators: set[int]) -> dict[Place, Value]:
    rows = Value.objects.filter(report=report, indicator__in=indicators).select_related("indicator", "changed_by")
    return {Place(row.indicator.code, row.column): row for row in rows}


def _clash(entry: Entry, present: Value | None, actor: Actor) -> Clash | None:
    if entry.seen is None or present is None or present.changed_by_id == actor.person.pk:
        return None
    theirs = Cell(present.number, present.nothing, present.explanation)
    if theirs in {entry.seen, entry.cell}:
        return None
    return Clash(entry.place, theirs, present.changed_by.full_name, present.changed_at)


def _row(report: Return, indicator: Indicator, entry: Entry, present: Value | None, actor: Actor, at: datetime) -> Value:
    row = present or Value(report=report, indicator=indicator, column=entry.place.column)
    row.number, row.nothing, row.explanation = entry.cell.number, entry.cell.nothing, entry.cell.explanation
    row.origin, row.origin_words, row.origin_address = entry.origin, entry.origin_words[:255], entry.origin_address[:255]
    row.changed_at, row.changed_by = at, actor.person
    return row
