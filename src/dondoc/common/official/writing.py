"""A paper → a Word file: its page, its styles, its parts in order."""

import io
from datetime import UTC, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Pt, Twips

from dondoc.common import wording
from dondoc.common.official import words
from dondoc.common.official.closing import write_closing
from dondoc.common.official.contents import write_appendix_head, write_blocks, write_body
from dondoc.common.official.letterhead import write_head
from dondoc.common.official.looks import (
    BODY,
    CELL_SPACE,
    FIRST_LINE,
    HEADER_DISTANCE,
    LOOKS,
    MARGIN_BOTTOM,
    MARGIN_LEFT,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_NUMBER,
    PAGE_WIDTH,
    PARAGRAPH_SPACE,
    SMALL_TABLE,
    TABLE,
    Look,
)
from dondoc.common.official.paper import Appendix, Paper
from dondoc.common.official.tables import CELL, HEAD, SMALL
from dondoc.common.official.word import Type, page_field, spaced, style

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


PROPERTY = 255
"""So many letters a property of the file may have."""


def to_docx(paper: Paper) -> bytes:
    """The bytes of the Word file."""
    look = LOOKS[paper.form]
    word = Document()
    _facts(word, paper)
    _styles(word, look)
    _first_page(word.sections[0], look)
    write_head(word, paper, look)
    write_body(word, paper.body, look)
    write_closing(word, paper, look)
    for at, appendix in enumerate(paper.appendices, start=1):
        _appendix(word, paper, appendix, words.roman(at) if len(paper.appendices) > 1 else "")
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def _facts(word: WordDocument, paper: Paper) -> None:
    """What a file manager shows. The template's own author and day go."""
    facts = word.core_properties
    facts.title = f"{paper.kind} {paper.subject}".strip().replace(wording.JOINER, "")[:PROPERTY]
    facts.author = facts.last_modified_by = paper.issuer
    facts.comments = ""
    facts.language = "vi-VN"
    facts.created = facts.modified = datetime.combine(paper.on, time(), UTC)


def _styles(word: WordDocument, look: Look) -> None:
    style(word, "Normal", Type(BODY))
    style(word, "Header", Type(PAGE_NUMBER), "centre")
    style(word, "Tên loại", Type(BODY, bold=True), "centre")
    style(word, "Kính gửi", Type(BODY), "centre").paragraph_format.space_after = Pt(PARAGRAPH_SPACE)
    for suffix, size in (("", TABLE), (SMALL, SMALL_TABLE)):
        for name, bold in ((HEAD, True), (CELL, False)):
            layout = style(word, name + suffix, Type(size, bold=bold), "centre" if bold else "left").paragraph_format
            layout.space_before = layout.space_after = Pt(CELL_SPACE)
    _flowing(word, "Giữa dòng", Type(BODY), "centre", look, indent=0)
    _flowing(word, "Lời văn", Type(BODY), "both", look, indent=FIRST_LINE)
    _flowing(word, "Heading 1", Type(BODY, bold=True), "centre", look, indent=0)
    for level in (2, 3, 4):
        _flowing(word, f"Heading {level}", Type(BODY, bold=level < 4), "both", look, indent=FIRST_LINE)


def _flowing(word: WordDocument, name: str, kind: Type, alignment: str, look: Look, *, indent: int) -> None:
    layout = style(word, name, kind, alignment).paragraph_format
    layout.space_before = Pt(PARAGRAPH_SPACE)
    layout.first_line_indent = Twips(indent)
    layout.keep_with_next = name.startswith("Heading") or None
    spaced(layout, look.line_height)


def _first_page(section: Section, look: Look) -> None:
    """A4 upright; the number in the upper margin from the second page on."""
    section.page_width, section.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Twips(MARGIN_TOP), Twips(MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Twips(MARGIN_LEFT), Twips(look.margin_right)
    section.header_distance = section.footer_distance = Twips(HEADER_DISTANCE)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page_field(number, PAGE_NUMBER)


def _appendix(word: WordDocument, paper: Paper, appendix: Appendix, number: str) -> None:
    section = word.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if appendix.landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if appendix.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(width), Twips(height)
    look = LOOKS[paper.form]
    write_appendix_head(word, number, appendix.title, words.annexed_to(paper))
    write_blocks(word, appendix.blocks, look, width - MARGIN_LEFT - look.margin_right)
