"""The end of a paper: Nơi nhận at the left, who signs at the right."""

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import _Cell

from dondoc.common.official import words
from dondoc.common.official.looks import BODY, SIGNATURE_SPACE, Look
from dondoc.common.official.paper import Form, Paper
from dondoc.common.official.word import Type, bare_table, keep_whole, line, write

_LEFT = 4300


def write_closing(word: WordDocument, paper: Paper, look: Look) -> None:
    """Both stand side by side, and no page break comes between."""
    table = bare_table(word, 1, (_LEFT, look.text_width - _LEFT))
    keep_whole(table.rows[0])
    _recipients(table.cell(0, 0), paper, look)
    _signature(table.cell(0, 1), paper, look)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].paragraph_format.space_before = Pt(10)


def _recipients(cell: _Cell, paper: Paper, look: Look) -> None:
    state = paper.form == Form.STATE
    line(cell, "Nơi nhận:", Type(look.recipients_label, bold=state, italic=state, underline=not state), "left")
    kept = f"{look.kept}{paper.recipients.kept}"
    for text in words.listed([*paper.recipients.lines, kept]):
        line(cell, text, Type(look.recipients), "left")


def _signature(cell: _Cell, paper: Paper, look: Look) -> None:
    signature = paper.signature
    for text in signature.authority:
        line(cell, text, Type(BODY, bold=True))
    if signature.post:
        line(cell, signature.post.upper(), Type(BODY, bold=look.post_bold))
    for _ in range(SIGNATURE_SPACE):
        cell.add_paragraph()
    name = cell.add_paragraph()
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(name, signature.name, Type(BODY, bold=True))
