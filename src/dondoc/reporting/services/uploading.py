"""What a unit filled in outside, in a file of its own, goes into the draft: all of it, or what is good of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.text import capfirst

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.programmes.rules.figures import NotAFigure
from dondoc.reporting.enums import ValueOrigin
from dondoc.reporting.models import Passage, Return, Value
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.known import known_of
from dondoc.reporting.rules.cells import EMPTY, Cell, Place, asked, computed
from dondoc.reporting.rules.entering import name_of, one_line, read_cell, read_seen, typed_of
from dondoc.reporting.services import filling
from dondoc.reporting.services.filling import Entry, opened
from dondoc.reporting.unit_files.contents import FileFault, Filled, FilledCell, FilledText, mark_of, plain
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class _Clash:
    """The draft has changed here since the form was made, and the file says otherwise; the draft's stands."""

    where: str
    mine: str
    theirs: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CellClash(_Clash):
    place: Place

    @property
    def choice(self) -> str:
        """What a person sends who wants the file's."""
        return choice_of(name_of(self.place), self.theirs)


@dataclass(frozen=True, slots=True)
class SectionClash(_Clash):
    section: str

    @property
    def choice(self) -> str:
        """What a person sends who wants the file's."""
        return choice_of(section_name(self.section), self.theirs)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What came of a file: how many cells and texts are good. With faults nothing is ``written``: the person is asked first."""

    cells: int = 0
    texts: int = 0
    faults: tuple[FileFault, ...] = ()
    clashes: tuple[CellClash, ...] = ()
    text_clashes: tuple[SectionClash, ...] = ()
    written: bool = False

    @property
    def is_clean(self) -> bool:
        return self.written and not (self.faults or self.differing)

    @property
    def good(self) -> int:
        return self.cells + self.texts

    @property
    def counted(self) -> str:
        """*48 ô, 3 mục*; empty where there is nothing."""
        return ", ".join(f"{number} {word}" for number, word in ((self.cells, "ô"), (self.texts, "mục")) if number)

    @property
    def differing(self) -> int:
        return len(self.clashes) + len(self.text_clashes)

    @property
    def choices(self) -> list[str]:
        """What the person may choose."""
        return [*(one.choice for one in self.clashes), *(one.choice for one in self.text_clashes)]


@transaction.atomic
def upload(
    *,
    actor: Actor,
    report: Return,
    filled: Filled,
    at: datetime,
    on_behalf: bool = False,
    file_name: str = "",
    good_only: bool = False,
    taking: Collection[str] = (),
) -> Uploaded:
    """Write what a file says into the draft, in one go.

    With faults nothing is written unless ``good_only``. Where the draft has changed since the form was made and says otherwise than
    the file, the draft stays and the clash is told, unless its ``choice`` is among ``taking``: it names what stood in the draft when the
    person chose the file's, so that what somebody wrote there after that is asked about anew. A cell that the person did not touch in the file is left alone.

    :raises Refused: the file is another unit's, another campaign's or another version's, or the report takes nothing now.
    """
    belongs(report, filled)
    held = opened(actor, report, on_behalf=on_behalf)
    origin_words = (f"{file_name} (cơ quan nhận nhập thay)" if on_behalf else file_name)[:255]
    found = _sort(_Draft(held, actor), filled, taking, origin_words)
    if found.faults and not good_only:
        return found.uploaded(written=False)
    if found.entries:
        filling.save_cells(actor=actor, report=report, entries=found.entries, at=at, on_behalf=on_behalf)
    if found.texts:
        texts = {one.section: plain(one.text) for one in found.texts}
        filling.save_texts(actor=actor, report=report, texts=texts, at=at, on_behalf=on_behalf)
    _record(actor, held, filled, found, file_name)
    return found.uploaded(written=True)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What of a file is to be written, and what is not to be and why."""

    entries: list[Entry]
    texts: list[FilledText]
    faults: list[FileFault]
    clashes: list[CellClash]
    text_clashes: list[SectionClash]

    def uploaded(self, *, written: bool) -> Uploaded:
        doubtful = tuple(self.faults), tuple(self.clashes), tuple(self.text_clashes)
        return Uploaded(len(self.entries), len(self.texts), *doubtful, written=written)


def _record(actor: Actor, report: Return, filled: Filled, found: _Sorted, file_name: str) -> None:
    audit.record(
        "reporting.uploaded",
        report,
        actor=actor.person,
        unit=report.unit,
        file=file_name,
        made_at=filled.stamp.made_at.isoformat(),
        cells=len(found.entries),
        texts=len(found.texts),
        faults=len(found.faults),
        clashes=len(found.clashes) + len(found.text_clashes),
    )


def belongs(report: Return, filled: Filled) -> None:
    """Whether the file is this report's own form, of the version in use. Raises Refused with what to do."""
    stamp, version = filled.stamp, report.group.template
    if stamp.unit != report.unit_id:
        raise Refused(
            f"Tệp là mẫu của {stamp.unit_name}, không phải của {report.unit.name}. Chọn tệp làm từ mẫu của {report.unit.name}.",
            field="upload",
        )
    if (stamp.template, stamp.version) != (version.template.code, version.number):
        if stamp.template != version.template.code:
            raise Refused("Tệp làm theo mẫu báo cáo khác. Tải mẫu của đợt này rồi chép số liệu sang.", field="upload")
        raise Refused(
            f"Tệp là mẫu phiên bản {stamp.version}, đợt này dùng phiên bản {version.number}. Tải mẫu mới rồi chép số liệu sang.",
            field="upload",
        )
    if stamp.report != report.pk:
        raise Refused(
            f"Tệp là mẫu của đợt báo cáo khác (lập cho đợt cũ). Tải mẫu của đợt “{report.campaign.title}” rồi chép số liệu sang.",
            field="upload",
        )


def _sort(draft: "_Draft", filled: Filled, taking: Collection[str], origin_words: str) -> _Sorted:
    """Each cell and text to where it belongs; what was not touched in the file, or stands in the draft already, to nowhere."""
    found = _Sorted([], [], list(filled.faults), [], [])
    for cell in filled.cells:
        try:
            said = draft.cell(cell, taking, origin_words)
        except NotAFigure as error:
            found.faults.append(FileFault(cell.where, str(error), cell.place))
            continue
        if isinstance(said, Entry):
            found.entries.append(said)
        elif said:
            found.clashes.append(said)
    found.faults.sort(key=draft.place_in_order)
    for text in filled.texts:
        told = draft.text(text, taking)
        if isinstance(told, FilledText):
            found.texts.append(told)
        elif told:
            found.text_clashes.append(told)
    return found


class _Draft:
    """What the draft holds, against which a file is read."""

    def __init__(self, report: Return, actor: Actor) -> None:
        version = facts(report.group.template)
        self._actor = actor
        self._known = known_of(report, actor.on)
        self._asked = {place: number for number, (_, _, place) in enumerate(asked(version))}
        self._computed = set(computed(version))
        self._sections = {one.code for one in version.sections if one.asks}
        values = Value.objects.filter(report=report).select_related("indicator", "changed_by")
        self._values = {Place(row.indicator.code, row.column): row for row in values}
        passages = Passage.objects.filter(report=report).select_related("section", "changed_by")
        self._passages = {row.section.code: row for row in passages}

    def cell(self, one: FilledCell, taking: Collection[str], origin_words: str) -> Entry | CellClash | None:
        """:raises NotAFigure: it cannot be read, or is asked by nobody."""
        if one.place not in self._asked and one.place not in self._computed:
            raise NotAFigure("Mẫu không hỏi ô này. Bỏ số ở ô này, hoặc tải mẫu đang dùng.")
        row, seen, mine = self._values.get(one.place), read_seen(one.seen), self._read(one)
        now = Cell(row.number, row.nothing, row.explanation) if row else EMPTY
        known = self._known.get(one.place)
        taken_over = known is not None and not seen.is_filled and mine == Cell(known.number)
        if mine in {seen, now} or (taken_over and now.is_filled):
            return None
        if row and now != seen and not self._own_upload(row, origin_words):
            clash = CellClash(one.where, _said(mine), _said(now), row.changed_by.full_name, row.changed_at, one.place)
            if clash.choice not in taking:
                return clash
        if known and taken_over:
            return Entry(one.place, mine, None, ValueOrigin.KNOWN, known.words, known.address)
        return Entry(one.place, mine, None, ValueOrigin.UPLOADED, origin_words)

    def _own_upload(self, row: Value, origin_words: str) -> bool:
        """Who mends their file and uploads it again means what it says now."""
        came_from = row.origin, row.origin_words, row.changed_by_id
        return came_from == (ValueOrigin.UPLOADED, origin_words, self._actor.person.pk)

    def place_in_order(self, fault: FileFault) -> int:
        """Of sheets, rows and columns first, then of cells as the form has them."""
        return self._asked.get(fault.place, len(self._asked)) if fault.place else -1

    def _read(self, one: FilledCell) -> Cell:
        """Of a computed cell nothing but its explanation."""
        if one.place in self._computed:
            return Cell(explanation=one_line(one.explanation))
        typed = typed_of(Cell(one.typed)) if isinstance(one.typed, Decimal) else one.typed
        cell = read_cell(typed, one.explanation)
        if cell.number is not None and (problem := filling.not_kept(cell.number)):
            raise NotAFigure(capfirst(problem))
        return cell

    def text(self, one: FilledText, taking: Collection[str]) -> FilledText | SectionClash | None:
        """A section that the template does not have is not taken: its file would be of another version."""
        row, mine = self._passages.get(one.section), plain(one.text)
        now = row.text if row else ""
        if one.section not in self._sections or mark_of(mine) == one.seen or mine == now:
            return None
        if row and mark_of(now) != one.seen:
            clash = SectionClash(one.where, mine, now, row.changed_by.full_name, row.changed_at, one.section)
            if clash.choice not in taking:
                return clash
        return one


def section_name(code: str) -> str:
    """As a person's choice names a section among cells."""
    return f"muc:{code}"


def choice_of(name: str, theirs: str) -> str:
    """``C.02:2025=5feceb66ffc86f38``: a place, and a mark of what stood there."""
    return f"{name}={mark_of(theirs)}"


def place_chosen(choice: str) -> str:
    """``C.02:2025`` of a choice."""
    return choice.partition("=")[0]


def _said(cell: Cell) -> str:
    """*12 (theo sổ)*, *để trống*."""
    words = typed_of(cell) or "để trống"
    return f"{words} ({cell.explanation})" if cell.explanation else words
