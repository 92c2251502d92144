"""The head of a paper: who issues it, the nation or the party, number and day, type and trích yếu, Kính gửi."""

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, Twips
from docx.table import _Cell

from dondoc.common.official import words
from dondoc.common.official.looks import BODY, LETTERHEAD_LEFT, Look
from dondoc.common.official.paper import Paper
from dondoc.common.official.word import Type, bare_table, line, rule, styled, write

TWIPS = 20
_RULE_SHARE = 0.4  # of the line above: the decree wants a third to a half
_OPENING, _DASHES, _HANG = 1700, 2840, 160  # where "Kính gửi:" begins, where its colon stands, the width of a dash


def write_head(word: WordDocument, paper: Paper, look: Look) -> None:
    """Letterhead, number and day, then the type name or the addressees."""
    right = look.text_width - LETTERHEAD_LEFT
    table = bare_table(word, 2, (LETTERHEAD_LEFT, right))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _issuer(table.cell(0, 0), paper, look)
    _nation(table.cell(0, 1), look, right)
    _number(table.cell(1, 0), paper, look)
    line(table.cell(1, 1), words.place_line(paper), Type(BODY, italic=True))
    for cell in table.rows[1].cells:
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)
    if paper.kind:
        _title(word, paper, look)
    _addressees(word, paper)


def _issuer(cell: _Cell, paper: Paper, look: Look) -> None:
    for name in words.broken(paper.superior) if paper.superior else ():
        line(cell, name, Type(look.superior))
    names = words.broken(paper.issuer)
    for name in names:
        line(cell, name, Type(look.issuer, bold=True))
    if look.star:
        line(cell, "*", Type(look.issuer))
    else:
        width = min(words.width_of(names[-1]) * look.issuer * TWIPS, LETTERHEAD_LEFT)
        rule(cell, width * _RULE_SHARE, LETTERHEAD_LEFT)


def _nation(cell: _Cell, look: Look, width: int) -> None:
    for text, size in look.nation:
        line(cell, text, Type(size, bold=True))
    rule(cell, look.nation_width * look.nation[-1][1] * TWIPS, width)


def _number(cell: _Cell, paper: Paper, look: Look) -> None:
    line(cell, words.number_line(paper), Type(look.number))
    if not paper.kind:
        subject = f"{look.letter_subject_prefix}{paper.subject}"
        line(cell, subject, Type(look.letter_subject, italic=look.letter_subject_italic))


def _title(word: WordDocument, paper: Paper, look: Look) -> None:
    kind = write(styled(word, "Tên loại"), paper.kind.upper(), Type(look.title, bold=True))
    kind.paragraph_format.space_before = Pt(18)
    subject = write(styled(word, "Tên loại"), paper.subject, Type(look.subject, bold=True))
    if look.star:
        write(styled(word, "Tên loại"), "-----", Type(look.subject))
    else:
        width = min(words.width_of(paper.subject) * look.subject * TWIPS, look.text_width)
        rule(word, width * _RULE_SHARE, look.text_width)
    subject.paragraph_format.keep_with_next = kind.paragraph_format.keep_with_next = True


def _addressees(word: WordDocument, paper: Paper) -> None:
    """One stands beside "Kính gửi:"; several stand below each other, their dashes below the colon."""
    if not paper.addressees:
        return
    one = len(paper.addressees) == 1
    first = f"Kính gửi: {paper.addressees[0].rstrip(' .;,')}." if one else "Kính gửi:"
    opening = write(styled(word, "Kính gửi"), first)
    opening.paragraph_format.space_before = Pt(14)
    if one:
        return
    opening.paragraph_format.left_indent = Twips(_OPENING)
    opening.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for text in words.listed(paper.addressees):
        paragraph = write(styled(word, "Kính gửi"), text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.left_indent = Twips(_DASHES + _HANG)
        paragraph.paragraph_format.first_line_indent = Twips(-_HANG)
