"""A report as it is printed: the sections, then each table whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.common import wording
from dondoc.reporting.enums import Nothing
from dondoc.reporting.queries.form import Content
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.parts import bands_of, title_of
from dondoc.reporting.rules.templates import IndicatorFacts, SectionFacts, TableFacts
from dondoc.reporting.views.shown import shown


@dataclass(frozen=True)
class Printed:
    content: Content

    def sections(self) -> Iterator[tuple[SectionFacts, str, list[str]]]:
        """Heading, and the paragraphs below it."""
        for one in self.content.facts.sections:
            text = self.content.texts.get(one.code, "")
            yield one, one.heading if one.level == 0 else title_of(one), [line for line in text.split("\n") if line.strip()]

    def tables(self) -> Iterator[tuple[TableFacts, list[tuple[str, list[tuple[IndicatorFacts, list[str], str]]]]]]:
        """Each table with its bands and rows: the words of each cell, and of their total."""
        for table in self.content.facts.tables:
            totals = self.content.total(table)
            bands = []
            for band in bands_of(table):
                rows = []
                for one in band.rows:
                    total = totals[one.code]
                    words = [self._words(one, column.key) for column in table.columns]
                    rows.append((one, words, wording.number(total, one.decimals) if total is not None else ""))
                bands.append((band.title if any(row.band for row in band.rows) else "", rows))
            yield table, bands

    def _words(self, one: IndicatorFacts, column: str) -> str:
        """A figure that is owed is named where it is missing."""
        cell = self.content.sheet.cell(Place(one.code, column))
        if cell.nothing == Nothing.NO_DATA and not one.formula:
            return f"[CHƯA CÓ SỐ LIỆU – {self.content.report.unit.name}]"
        return shown(cell, one.decimals)
