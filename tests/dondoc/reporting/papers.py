"""What the tests of the report as a paper have in common: a draft, and its Word file read back."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from dondoc.reporting.models import Campaign, Draft
from dondoc.reporting.paper import paper_of
from dondoc.units.models import Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import TODAY
from tests.dondoc.reporting.drafting import ALIKE, OTHER, ActorFor, accept, draft_for, report_in

SITE = "https://dondoc.minhhoa.example"
MARK = re.compile(r"\[(?:CHƯA|KHÔNG) CÓ [^\]]*\]")
NUMBER = re.compile(r"\[(\d+)\]")


def two_accepted(campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> Draft:
    """An Bình and Suối Trong have reported and are accepted, Hòa Lạc has not."""
    for number, unit in enumerate(communes[:2], start=4):
        text = f"{ALIKE.format(number)}\n{OTHER}" if number == 4 else ALIKE.format(number)
        accept(report_in(campaign, unit, actor_for, text=text, number=number), editor)
    return draft_for(campaign, editor)


def written(draft: Draft, *, with_sources: bool = False) -> "Written":
    return Written(Document(io.BytesIO(paper_of(draft, on=TODAY, with_sources=with_sources, site=SITE))))


@dataclass
class Written:
    word: WordDocument

    @property
    def lines(self) -> list[str]:
        """The paragraphs outside of tables."""
        return [one.text for one in self.word.paragraphs if one.text]

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, *(" | ".join(row) for table in self.tables for row in table)])

    @property
    def tables(self) -> list[list[list[str]]]:
        return [[[cell.text for cell in row.cells] for row in table.rows] for table in self.word.tables]

    def table(self, head: str) -> list[list[str]]:
        """The rows of the table whose first column has this head, without that row."""
        return next(rows[1:] for rows in self.tables if rows[0][0] == head)

    @property
    def marks(self) -> list[str]:
        """What is missing, and printed bold and marked."""
        found = [run for one in self._paragraphs() for run in one.runs if MARK.fullmatch(run.text)]
        assert all(run.bold and run.font.highlight_color for run in found)
        assert len(found) == len(MARK.findall(self.text))
        return [run.text for run in found]

    @property
    def links(self) -> set[str]:
        """Addresses that the file leads to."""
        used = {one.get(qn("r:id")) for one in self.word.element.body.iter(qn("w:hyperlink"))}
        return {one.target_ref for one in self.word.part.rels.values() if one.rId in used}

    def _paragraphs(self) -> Iterator[Any]:
        yield from self.word.paragraphs
        for table in self.word.tables:
            for cell in table._cells:
                yield from cell.paragraphs
