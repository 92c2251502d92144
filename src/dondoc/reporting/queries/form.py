"""A unit's report as its page shows it: what is filled in, what it comes to, what is wrong with it, part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from dondoc.reporting.enums import Need, ValueOrigin
from dondoc.reporting.models import Passage, Return, Value
from dondoc.reporting.queries.content import cells_of, earlier_of, facts, texts_of
from dondoc.reporting.rules.cells import Cell, Place, Sheet
from dondoc.reporting.rules.checks import Fault, faults_of
from dondoc.reporting.rules.parts import Part, part_of, parts_of, title_of
from dondoc.reporting.rules.templates import SectionFacts, TableFacts, TemplateFacts
from dondoc.reporting.rules.totals import over_periods, own_parts


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a figure that nobody typed comes from."""

    words: str
    address: str


@dataclass
class Content:
    """The draft of a report. Five queries in all, however many indicators there are."""

    report: Return
    facts: TemplateFacts
    cells: Mapping[Place, Cell]
    texts: Mapping[str, str]
    earlier: Mapping[str, Decimal]
    origins: Mapping[Place, Origin] = field(default_factory=dict)

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(self.facts)

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(self.facts, self.cells, self.earlier)

    @cached_property
    def faults(self) -> list[Fault]:
        return faults_of(self.facts, self.cells, self.texts, self.earlier)

    @cached_property
    def doubts(self) -> list[Fault]:
        """Those at something that was filled in: wrong, or to be explained."""
        return [
            one for one in self.faults if one.place and self.sheet.cell(one.place).is_filled and (one.blocks or not one.explained)
        ]

    def total(self, table: TableFacts) -> dict[str, Decimal | None]:
        """Code → what the columns of a row come to together."""
        rows = {
            one.code: [self.sheet.number(Place(one.code, column.key)) for column in table.columns] for one in table.indicators
        }
        return {one.code: over_periods(one, rows[one.code], own_parts(one, rows, table.indicators)) for one in table.indicators}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline. ``mark``: done, half, none; ``part`` None for a heading that asks for nothing."""

    title: str
    level: int
    part: Part | None = None
    mark: str = ""
    count: str = ""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """The outline, or a table with its bands."""

    title: str
    entries: Sequence[Entry]
    count: str = ""


def content_of(report: Return) -> Content:
    known = Value.objects.filter(report=report, origin=ValueOrigin.KNOWN)
    rows = known.values_list("indicator__code", "column", "origin_words", "origin_address")
    return Content(
        report,
        facts(report.group.template),
        cells_of(report),
        texts_of(report),
        earlier_of(report),
        {Place(code, column): Origin(words, address) for code, column, words, address in rows},
    )


def outline_of(content: Content) -> list[Chapter]:
    """All parts with how far they are."""
    by_section = {part.section.code: part for part in content.parts if part.section}
    chapters = []
    if content.facts.sections:
        lines = [_section(one, by_section.get(one.code), content) for one in content.facts.sections]
        chapters.append(Chapter("Đề cương", lines))
    for table in content.facts.tables:
        bands = [part for part in content.parts if part.table is table]
        counts = [part.count(content.cells) for part in bands]
        done, asked = sum(one for one, _ in counts), sum(other for _, other in counts)
        lines = [_band(part, count) for part, count in zip(bands, counts, strict=True)]
        chapters.append(Chapter(f"Biểu {table.code}", lines, f"{done}/{asked}"))
    return chapters


def _section(section: SectionFacts, part: Part | None, content: Content) -> Entry:
    mark = "" if part is None else "done" if content.texts.get(section.code, "").strip() else "none"
    return Entry(title_of(section), section.level, part, mark, needed=section.need == Need.ALWAYS)


def _band(part: Part, count: tuple[int, int]) -> Entry:
    done, asked = count
    mark = "done" if done == asked else "half" if done else "none"
    return Entry(part.title, 1, part, mark, f"{done}/{asked}" if asked else "")


def revision_of(report: Return, section: str) -> int:
    """The revision of a section's text: 0 where nobody has written."""
    found = Passage.objects.filter(report=report, section__code=section).values_list("revision", flat=True).first()
    return found or 0


def by_part(content: Content, faults: Sequence[Fault]) -> list[tuple[Part, list[Fault]]]:
    """Faults under the parts that they are mended in, in the order of the page."""
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        part = part_of(content.parts, fault)
        if part:
            found.setdefault(part.key, []).append(fault)
    return [(part, found[part.key]) for part in content.parts if part.key in found]
