"""What the outline is made of: logical blocks, numbered headings, the body and the appendices."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from vanban.reading import Heading
from vanban.spans import Span


class BlockKind(StrEnum):
    """What a block is: furniture is letterhead, title, addressees, recipients, signature and page numbers."""

    HEADING = "heading"
    BULLET = "bullet"
    PLAIN = "plain"
    TABLE = "table"
    APPENDIX = "appendix"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A logical paragraph: its marker and its text, joined over its physical lines.

    ``span`` from the marker to the end of the text; ``marker`` as written, "" for plain; ``level`` how deep it
    stands (a heading: the number of parts of its path; a bullet or paragraph: one more than what it stands under,
    "+" one more again); ``path`` of the numbered heading that it is or stands under, "" for none. ``lines`` are the
    physical lines without the page furniture that may lie between them. ``inner``: what :meth:`content` gives, where it is
    known already.
    """

    span: Span
    marker: str
    kind: BlockKind
    level: int
    path: str
    lines: tuple[Span, ...] = ()
    inner: Span | None = field(default=None, compare=False, repr=False)

    def content(self, text: str) -> Span:
        """The block without its marker."""
        if self.inner is not None:
            return self.inner
        start = text.find(self.marker, self.span.start, self.span.end) + len(self.marker)
        return Span(start, self.span.end).trim(text)


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix in this file: ``name`` as written (Phụ lục 1A), ``path`` PL or PL1A, ``span`` to its end."""

    name: str
    path: str
    span: Span


@dataclass(frozen=True, slots=True)
class Outline:
    """The whole text as blocks in order; the numbered headings among them; the body without letterhead and signature."""

    blocks: tuple[Block, ...]
    headings: tuple[Heading, ...]
    body: Span
    appendices: tuple[Appendix, ...]

    def blocks_in(self, span: Span) -> Iterator[Block]:
        """The blocks that have a character in common with ``span``."""
        index = max(0, bisect_right(self.blocks, span.start, key=lambda block: block.span.start) - 1)
        for block in self.blocks[index:]:
            if block.span.start >= span.end:
                return
            if block.span.overlaps(span):
                yield block

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at ``offset``."""
        return next(self.blocks_in(Span(offset, offset + 1)), None)

    def heading(self, path: str) -> Heading | None:
        """The first heading of ``path``."""
        return next((held for held in self.headings if held.path == path), None)
