"""A report in the pieces that a page shows one at a time: a section of the outline, or a band of a table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.checks import Fault
from dondoc.reporting.rules.templates import IndicatorFacts, SectionFacts, TableFacts, TemplateFacts

_LETTER = re.compile(r"([A-ZĐ]{1,3}|[IVX]+|\d{1,2})\.\s")


@dataclass(frozen=True, slots=True)
class Part:
    """``section`` or ``table`` with some of its rows. ``key``: ``muc=II`` or ``bieu=2A&nhom=C``, its place in an address."""

    key: str
    title: str
    section: SectionFacts | None = None
    table: TableFacts | None = None
    rows: tuple[IndicatorFacts, ...] = ()

    @property
    def places(self) -> list[Place]:
        """The cells that are filled in here."""
        return [place for row in self.rows if not row.formula for place in self._places(row)]

    @property
    def computed(self) -> list[Place]:
        """Those that formulas give; what is doubtful about one is explained here."""
        return [place for row in self.rows if row.formula for place in self._places(row)]

    def _places(self, row: IndicatorFacts) -> list[Place]:
        return [Place(row.code, column.key) for column in (self.table.columns if self.table else ())]

    @property
    def name(self) -> str:
        """As a button says it: *mục II*, *nhóm C*."""
        if self.section:
            return f"mục {self.section.code}" if self.section.level else self.title
        return f"nhóm {self.key.rpartition('=')[2]}" if _LETTER.match(self.title) else self.title

    def count(self, cells: Mapping[Place, Cell]) -> tuple[int, int]:
        """Rows with every cell filled in, and rows that are to be."""
        columns = self.table.columns if self.table else ()
        asked = [row for row in self.rows if not row.formula]
        done = sum(1 for row in asked if all(cells.get(Place(row.code, one.key), Cell()).is_filled for one in columns))
        return done, len(asked)


def parts_of(facts: TemplateFacts) -> list[Part]:
    """In the order of the page: sections that ask for text, then the bands of each table."""
    sections = [Part(f"muc={one.code}", title_of(one), section=one) for one in facts.sections if one.asks]
    return [*sections, *(part for table in facts.tables for part in bands_of(table))]


def bands_of(table: TableFacts) -> list[Part]:
    """Rows under one heading after another; those under none stand under the table's title."""
    found = []
    for number, (band, rows) in enumerate(groupby(table.indicators, key=lambda one: one.band), start=1):
        letter = _LETTER.match(band)
        key = letter[1] if letter else str(number)
        found.append(Part(f"bieu={table.code}&nhom={key}", band or table.title, table=table, rows=tuple(rows)))
    return found


def title_of(section: SectionFacts) -> str:
    """``II. Lãnh đạo, chỉ đạo``; a Phần goes without its number, and headings in capitals as a sentence."""
    heading = section.heading.capitalize() if section.heading.isupper() else section.heading
    return heading if section.level == 0 else f"{section.code}. {heading}"


def chosen(parts: Sequence[Part], *, section: str = "", table: str = "", band: str = "") -> Part | None:
    """The part that an address names; the first where it names none, None where there is no such part."""
    if not section and not table:
        return parts[0] if parts else None
    if section or band:
        wanted = f"muc={section}" if section else f"bieu={table}&nhom={band}"
        return next((part for part in parts if part.key == wanted), None)
    return next((part for part in parts if part.table and part.table.code == table), None)


def part_of(parts: Iterable[Part], fault: Fault) -> Part | None:
    """Where a fault is mended."""
    for part in parts:
        if part.section and part.section.code == fault.section:
            return part
        if fault.place and any(row.code == fault.place.code for row in part.rows):
            return part
    return None


def around(parts: Sequence[Part], part: Part) -> tuple[Part | None, Part | None]:
    """The part before and the part after."""
    at = parts.index(part)
    return parts[at - 1] if at else None, parts[at + 1] if at + 1 < len(parts) else None
