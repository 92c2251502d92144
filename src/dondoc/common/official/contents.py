"""The body of a paper and of its appendices."""

from collections.abc import Sequence
from dataclasses import replace

from docx.document import Document as WordDocument
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from dondoc.common.official import words
from dondoc.common.official.looks import Look
from dondoc.common.official.paper import Basis, Block, Heading, Paragraph, Picture, Rich, Span, Table
from dondoc.common.official.pictures import write_picture
from dondoc.common.official.tables import CELL, write_table
from dondoc.common.official.word import styled, write


class Numbering:
    """Counts headings; a heading begins those below it anew."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.counts = [0, 0, 0, 0]

    def mark(self, level: int) -> str:
        """``Phần I``, ``I. `` (of the party ``I- ``), ``1. ``, ``a) ``."""
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (len(self.counts) - level - 1)
        number = self.counts[level]
        if level == 0:
            return f"Phần {words.roman(number)}"
        if level == 1:
            return self.look.heading.format(words.roman(number))
        return f"{number}. " if level == 2 else f"{words.point(number)}) "


def write_blocks(word: WordDocument, blocks: Sequence[Block], look: Look, width: int) -> None:
    """``width``: of the text on these pages, in twips."""
    numbering = Numbering(look)
    for before, block in zip([None, *blocks], blocks, strict=False):
        if isinstance(block, Table) and isinstance(before, Table):
            styled(word, CELL)  # two tables that touch become one
        match block:
            case Heading():
                _heading(word, block, numbering)
            case Paragraph():
                write(styled(word, "Giữa dòng" if block.centred else "Lời văn"), block.text)
            case Basis():
                _basis(word, block)
            case Table():
                write_table(word, block, width)
            case Picture():
                write_picture(word, block, width)


def write_body(word: WordDocument, blocks: Sequence[Block], look: Look) -> None:
    """The blocks with the mark that ends a paper; the last lines stay with the signature."""
    write_blocks(word, _ended(blocks, look.ends), look, look.text_width)
    last = word.paragraphs[-1]
    last.paragraph_format.keep_with_next = True


def _ended(blocks: Sequence[Block], mark: str) -> list[Block]:
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and not last.centred:
        return [*blocks[:-1], Paragraph(_with_mark(last.text, mark))]
    return [*blocks, Paragraph(mark)]


def _with_mark(text: Rich, mark: str) -> Rich:
    if isinstance(text, str):
        return text.rstrip(" ./") + mark
    last = text[-1]
    return (*text[:-1], replace(last, text=last.text.rstrip(" ./") + mark))


def _heading(word: WordDocument, heading: Heading, numbering: Numbering) -> WordParagraph:
    mark = numbering.mark(heading.level)
    paragraph = styled(word, f"Heading {heading.level + 1}")
    if heading.level == 0:
        write(paragraph, mark).add_run().add_break()
        return write(paragraph, heading.text.upper())
    return write(paragraph, mark + (heading.text.upper() if heading.level == 1 else heading.text))


def _basis(word: WordDocument, basis: Basis) -> None:
    for text in words.listed(basis.lines, dash=""):
        write(styled(word, "Lời văn"), (Span(text, italic=True),))


def write_appendix_head(word: WordDocument, number: str, title: str, reference: str) -> None:
    """``Phụ lục II``, its title in capitals, and the paper that it belongs to."""
    label = write(styled(word, "Giữa dòng"), (Span(f"Phụ lục {number}".rstrip(), bold=True),))
    write(styled(word, "Giữa dòng"), (Span(title.upper(), bold=True),))
    below = write(styled(word, "Giữa dòng"), (Span(reference, italic=True),))
    label.paragraph_format.space_before = Pt(0)
    below.paragraph_format.space_after = Pt(6)
