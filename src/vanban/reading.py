"""A reading: one document, understood. Frozen values; :func:`vanban.contract.to_json` gives the public form.

All spans are into :attr:`Reading.text`, the normalised (and restored) text; :attr:`Reading.offsets` leads from there
to :attr:`Reading.raw`, the text as it was taken from the file. What was *written* (``text`` of a deadline, ``marker``
of a heading) is kept apart from what it *means*.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from vanban.spans import OffsetMap, Span

CONTRACT = "dondoc.document/1"


class TextOrigin(StrEnum):
    """Where the text comes from: the file's own good text, a mended layer, or the page images."""

    DIGITAL = "digital"
    RESTORED = "restored"
    OCR = "ocr"


class AgencyKind(StrEnum):
    """A body, a group of bodies that expands on a day, a person, or a name that the lexicon does not know."""

    UNIT = "unit"
    GROUP = "group"
    PERSON = "person"
    UNKNOWN = "unknown"


class DeadlineKind(StrEnum):
    """See the contract: by a day, within a period, recurring, ongoing, relative to an anchor, on an event."""

    BY = "by"
    WITHIN = "within"
    RECURRING = "recurring"
    ONGOING = "ongoing"
    RELATIVE = "relative"
    EVENT = "event"


class Comparator(StrEnum):
    """How a target's value is to be compared."""

    EQ = "="
    GE = ">="
    GT = ">"
    LE = "<="
    LT = "<"
    RANGE = "range"
    INCREASE = "increase"
    DECREASE = "decrease"
    NONE = "none"


class Relation(StrEnum):
    """What a citation does with the cited document."""

    BASIS = "basis"
    IMPLEMENTS = "implements"
    CITES = "cites"
    AMENDS = "amends"
    REPLACES = "replaces"
    ANNEXED_TO = "annexed-to"
    SUBMITS = "submits"


class Severity(StrEnum):
    """How a finding is to be treated; ``VERIFY`` where the rule is not certain."""

    MUST_FIX = "must-fix"
    VERIFY = "verify"
    SHOULD_FIX = "should-fix"
    EDITORIAL = "editorial"


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read. ``quality``: share of well-formed Vietnamese syllables before any repair, 0 to 1."""

    file: str
    sha256: str
    media_type: str
    pages: int | None
    text_origin: TextOrigin
    quality: float


class PageDecision(StrEnum):
    """What was done with the text of a page: kept as it stood, mended, read from the image, or left unread."""

    KEEP = "keep"
    RESTORE = "restore"
    IMAGE = "image"
    UNREAD = "unread"


class MendKind(StrEnum):
    """What a mend touched. All but ``WORD``, ``SPACING``, ``ENCODING`` and ``JUNK`` are findings for a person."""

    WORD = "word"
    SPACING = "spacing"
    ENCODING = "encoding"
    JUNK = "junk"
    NUMBER = "number"
    DATE = "date"
    SYMBOL = "symbol"
    NAME = "name"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Mend:
    """A stretch that was rewritten: ``span`` of the text it is held with, what stood there, what stands there now.

    ``confidence``: the chance that the new words are right, 0 to 1.
    """

    span: Span
    was: str
    now: str
    kind: MendKind
    confidence: float


@dataclass(frozen=True, slots=True)
class WordBox:
    """A word of a page that was read from its image: its place in the text and on the page.

    ``box``: left, top, right, bottom as shares of the upright page's width and height, 0 to 1, from the upper left corner.
    """

    span: Span
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file and the stretch of the text that stands on it; ``number`` from 1.

    ``quality``: share of well-formed syllables in the page's own text layer. ``reason``: why ``decision`` was taken,
    a Vietnamese sentence for the person. ``turn``: quarter turns, clockwise, by which the page as its file shows it
    came to stand upright (a page that was scanned sideways or upside down).
    """

    number: int
    span: Span
    quality: float = 1.0
    decision: PageDecision = PageDecision.KEEP
    reason: str = ""
    words: tuple[WordBox, ...] = ()
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: where its text stands, and how many rows and columns it covers."""

    row: int
    column: int
    span: Span
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table in reading order. Layout tables (a two-column header, a signature block) are ``layout``."""

    cells: tuple[Cell, ...]
    span: Span
    page: int | None = None
    layout: bool = False


@dataclass(frozen=True, slots=True)
class Signer:
    """The signature block. ``authority``: the lines above the name, joined with "; " (TM. …; KT. …)."""

    name: str | None
    position: str | None
    authority: str | None


@dataclass(frozen=True, slots=True)
class Metadata:
    """The formal parts of a document (Decree 30/2020, article 8; party form: Guideline 36-HD/VPTW)."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    code: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: dt.date | None = None
    title: str | None = None
    addressee: tuple[str, ...] = ()
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    date_written: str | None = None
    spans: dict[str, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading or paragraph. ``path`` III.2.b; inside an appendix PL.I, PL2.I.1."""

    path: str
    marker: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency or group named in a role, once, with its places. ``id`` None: not in the lexicon, kept as written."""

    name: str
    id: str | None
    kind: AgencyKind
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A cited document, once, with every place it is cited."""

    code: str
    date: dt.date | None
    issuer: str | None
    title: str | None
    spans: tuple[Span, ...]
    relation: Relation | None
    provisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """When, as written and as meant. ``end`` is the last day *named*; ``exclusive`` where the words leave it out.

    ``rrule`` RFC 5545 without DTSTART; ``offset`` an ISO 8601 duration, with " working" for working days.
    """

    text: str
    kind: DeadlineKind
    start: dt.date | None = None
    end: dt.date | None = None
    exclusive: bool = False
    rrule: str | None = None
    anchor: str | None = None
    offset: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A number to be reached. ``horizon``: the year or the ISO day by which."""

    text: str
    indicator: str
    comparator: Comparator
    value: float | None
    value_high: float | None
    unit: str | None
    baseline: str | None
    horizon: str | None
    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class Task:
    """Work given to a named agency.

    ``spans``: attribute → places, where they lie outside ``span``; for a row whose cells have run together, which ``span``
    covers whole, the slices of lines that belong to each.
    """

    text: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    supervising: tuple[str, ...]
    deadline: Deadline | None
    result: str | None
    section: str | None
    span: Span
    confidence: float
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportingDuty:
    """Who must report what to whom, by when. ``period`` ISO 8601 duration of a periodic report."""

    text: str
    reporters: tuple[str, ...]
    recipient: str | None
    deadline: Deadline
    template: tuple[str, ...]
    span: Span
    period: str | None
    cutoff: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a careful clerk would query. ``rule`` kebab-case; ``message`` Vietnamese."""

    rule: str
    message: str
    span: Span | None
    severity: Severity


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was understood of one document, with the text it was understood from.

    ``unread_pages``: the pages of a mixed file that hold a picture or a broken text layer, and are missing from the text.
    ``mends``: what differs between the raw text and this one, but for spaces and the form of signs; spans into ``text``.
    """

    source: Source
    raw: str
    offsets: OffsetMap
    text: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    metadata: Metadata
    outline: tuple[Heading, ...]
    agencies: tuple[Agency, ...]
    citations: tuple[Citation, ...]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    duties: tuple[ReportingDuty, ...]
    findings: tuple[Finding, ...]
    unread_pages: tuple[int, ...] = ()
    mends: tuple[Mend, ...] = ()
