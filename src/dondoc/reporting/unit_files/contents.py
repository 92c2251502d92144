"""What a unit's form says, whatever kind of file carries it, and what is read from one that comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from dondoc.common import wording
from dondoc.common.exporting import without_controls
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries.content import Stage, cells_of, earlier_of, facts, texts_of
from dondoc.reporting.queries.known import known_of
from dondoc.reporting.rules.cells import EMPTY, Cells, Place, asked, computed
from dondoc.reporting.rules.entering import seen_of
from dondoc.reporting.rules.known import Known
from dondoc.reporting.rules.templates import TableFacts, TemplateFacts


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form says of itself: whose report, by which version of which template (its code), made when."""

    report: int
    unit: int
    unit_name: str
    template: str
    version: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class UnitForm:
    """All that stands in a form. ``earlier``: code → the period before; ``known``: figures that the platform knows already."""

    stamp: Stamp
    title: str
    recipient: str
    period: str
    window_words: str
    deadline_words: str
    facts: TemplateFacts
    cells: Cells
    earlier: Mapping[str, Decimal]
    texts: Mapping[str, str]
    known: Mapping[Place, Known]


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell of a file that came back. ``typed``: a number, a mark, or nothing; ``seen``: what stood there when it was made.

    ``where`` is for people: *trang Biểu 2A, ô F12 (chỉ tiêu C.02, Năm 2025)*.
    """

    place: Place
    typed: str | Decimal
    explanation: str
    where: str
    seen: str


@dataclass(frozen=True, slots=True)
class FilledText:
    """A section's text; ``seen``: :func:`mark_of` the text that stood there when the form was made."""

    section: str
    text: str
    where: str
    seen: str


@dataclass(frozen=True, slots=True)
class FileFault:
    """What could not be taken, where, and what to do about it; ``place`` where one cell is concerned."""

    where: str
    words: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file says. A cell that has a fault is not among ``cells``. ``notices``: how it was read, where that is not plain."""

    stamp: Stamp
    cells: tuple[FilledCell, ...]
    texts: tuple[FilledText, ...]
    faults: tuple[FileFault, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSeen:
    """``columns``: key → words; ``asked`` and ``computed``: the codes of rows that people fill in and that formulas give."""

    columns: Mapping[str, str]
    asked: tuple[str, ...]
    computed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood in a form when it was made: every place and section that can be filled in there, empty ones too.

    ``cells`` as :func:`~dondoc.reporting.rules.entering.seen_of` writes them (of computed ones there is only the explanation),
    ``texts`` as :func:`mark_of` does; ``tables`` by their codes.
    """

    cells: Mapping[Place, str]
    texts: Mapping[str, str]
    tables: Mapping[str, TableSeen]


def form_of(report: Return, on: date, at: datetime, *, on_behalf: bool = False) -> UnitForm:
    """The form of a report as its draft stands now; for those who fill it in on the unit's behalf, as it was handed in.

    What a unit has not handed in is its own: as on the pages, nobody else reads it.
    """
    campaign, version = report.campaign, report.group.template
    stage: Stage = "sent_" if on_behalf else ""
    is_hidden = on_behalf and report.first_received_on is None
    return UnitForm(
        stamp=Stamp(report.pk, report.unit_id, report.unit.name, version.template.code, version.number, at),
        title=campaign.title,
        recipient=campaign.recipient.name,
        period=campaign.period_name,
        window_words=_window(campaign),
        deadline_words=_deadline(report),
        facts=facts(version),
        cells={} if is_hidden else cells_of(report, stage),
        earlier=earlier_of(report),
        texts={} if is_hidden else texts_of(report, stage),
        known=known_of(report, on),
    )


def seen_in(form: UnitForm) -> Seen:
    """What is remembered in the file of what stood in it."""
    places = [*(place for _, _, place in asked(form.facts)), *computed(form.facts)]
    return Seen(
        {place: seen_of(form.cells.get(place, EMPTY)) for place in places},
        {one.code: mark_of(form.texts.get(one.code, "")) for one in form.facts.sections if one.asks},
        {table.code: _table_seen(table) for table in form.facts.tables},
    )


def _table_seen(table: TableFacts) -> TableSeen:
    return TableSeen(
        {column.key: column.words for column in table.columns},
        tuple(one.code for one in table.indicators if not one.formula),
        tuple(one.code for one in table.indicators if one.formula),
    )


def mark_of(text: str) -> str:
    """Tells whether a text is still the same, without holding it; blanks at the ends of lines do not count."""
    return sha256(plain(text).encode()).hexdigest()[:16]


def plain(text: str) -> str:
    """A text as a report keeps it: lines ended alike, no blanks around, no characters that files cannot hold."""
    lines = without_controls(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _window(campaign: Campaign) -> str:
    """``từ 15/12/2024 đến 14/6/2025``; empty where the campaign has none."""
    since = f"từ {wording.day(campaign.window_from)}" if campaign.window_from else ""
    until = f"đến {wording.day(campaign.window_to)}" if campaign.window_to else ""
    return f"{since} {until}".strip()


def _deadline(report: Return) -> str:
    """The deadline in the words of its document, and the last good day; of a returned report its own day."""
    if report.hand_in_by:
        return f"nộp lại chậm nhất {wording.day(report.hand_in_by)}"
    last = wording.day(report.campaign.last_ok_on)
    written = report.campaign.deadline_text
    return f"{written} (hạn cuối {last})" if written else f"đến hết {last}"
