"""One document as the finders of tasks and duties see it: text, outline, and what was found in it before."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from vanban.extract.citations import citation_spans
from vanban.extract.deadlines import DeadlineMention, find_deadlines
from vanban.lexicon.agencies import AgencyMention, find_agencies
from vanban.lexicon.folding import clean, fold
from vanban.options import Options
from vanban.outline import Block, Outline
from vanban.outline.run_together import woven_tables
from vanban.reading import Citation, Mend, Metadata, Table
from vanban.spans import Span

_PROVINCE = re.compile(r"\s+tỉnh\s+.*$", re.IGNORECASE)


class Work:
    """The facts of one document, and the agencies and deadlines of any stretch of it (each looked for once).

    A name never reaches over the end of its paragraph: "Công an xã⏎Nắm tình hình …" names Công an xã.
    """

    __slots__ = (
        "_agencies", "_deadlines", "_headings", "_ignore", "_ignore_starts", "_starts",
        "content", "issued_on", "issuer", "metadata", "options", "outline", "tables", "text", "woven",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        outline: Outline,
        tables: Sequence[Table],
        *,
        citations: Sequence[Citation],
        metadata: Metadata,
        options: Options,
        mends: Sequence[Mend] = (),
    ) -> None:
        self.text = text
        self.outline = outline
        self.tables = tuple(tables)
        self.metadata = metadata
        self.options = options
        self.issued_on: date | None = metadata.date or options.date
        self.issuer = _short(metadata.issuer)
        self._agencies = [held for block in outline.blocks for held in find_agencies(text, block.span, options.names)]
        self._starts = [held.span.start for held in self._agencies]
        self._ignore = sorted(citation_spans(citations))
        self._ignore_starts = [span.start for span in self._ignore]
        self._deadlines: dict[Span, list[DeadlineMention]] = {}
        self.content: list[Block] | None = None
        self.woven = woven_tables(text, _parts(text, outline), [table.span for table in tables], mends)
        self._headings = {heading.path: heading for heading in reversed(outline.headings)}

    def agencies(self, span: Span) -> list[AgencyMention]:
        """The known agencies and groups that lie wholly in ``span``."""
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end, first)
        while last > first and self._agencies[last - 1].span.end > span.end:
            last -= 1
        return self._agencies[first:last]

    def deadlines(self, span: Span) -> list[DeadlineMention]:
        """The deadlines that ``span`` names, dates of cited documents left out."""
        if span not in self._deadlines:
            first = max(0, bisect_right(self._ignore_starts, span.start) - 1)
            last = bisect_left(self._ignore_starts, span.end)
            self._deadlines[span] = find_deadlines(self.text, span, self.issued_on, self._ignore[first:last])
        return self._deadlines[span]

    def is_issuer(self, mention: AgencyMention) -> bool:
        """Whether ``mention`` is the body that issued the document (or its chairman): it gives work, it is not given any."""
        return bool(self.issuer) and _short(mention.name) == self.issuer

    def heading_text(self, path: str) -> str:
        """The words of the heading ``path``, "" where there is none."""
        held = self._headings.get(path)
        return held.text if held else ""

    def titles_over(self, path: str) -> Iterator[str]:
        """The words of the heading ``path`` and of every heading over it, the nearest first."""
        while path:
            yield self.heading_text(path)
            path = path.rpartition(".")[0]

    def words(self, block: Block, span: Span) -> str:
        """The words of ``span`` inside ``block`` on one line, without the page furniture between its lines."""
        if not block.lines:
            return clean(span.of(self.text))
        pieces = (Span(max(line.start, span.start), min(line.end, span.end)) for line in block.lines if line.overlaps(span))
        return clean("\n".join(piece.of(self.text) for piece in pieces))


def _parts(text: str, outline: Outline) -> list[Span]:
    """The appendices, and what stands before them: a table is not looked for across their borders."""
    first = min((appendix.span.start for appendix in outline.appendices), default=len(text))
    return [Span(0, first), *(appendix.span for appendix in outline.appendices)]


@lru_cache(maxsize=4096)
def _short(name: str | None) -> str:
    """A body's name without its province, folded: two ways of writing the issuer come out alike."""
    if not name:
        return ""
    folded = fold(_PROVINCE.sub("", clean(name)))
    return folded.replace("ubnd", "ủy ban nhân dân").removesuffix(" tỉnh")
