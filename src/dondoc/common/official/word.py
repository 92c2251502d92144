# ruff: noqa: SLF001 - python-docx gives no other way to the elements that it has no words for
"""Small acts on a Word file that its library has no words for."""

import re
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from dondoc.common import wording
from dondoc.common.official.looks import FONT
from dondoc.common.official.paper import Rich, Span

ALIGNMENTS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
_THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_BRACKETS = re.compile(r"(\[(?:CHƯA|KHÔNG) CÓ[^\]]*\])")
RULE_SIZE = 6  # eighths of a point
THIN = 2  # points: the height of a line that only carries a rule


@dataclass(frozen=True, slots=True)
class Type:
    """How a stretch is set."""

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False


def element(name: str, **attributes: object) -> Any:
    """``<w:name w:attribute="…"/>``."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def set_font(properties: Any, size: float | None = None) -> None:
    """Times New Roman for every script, and Vietnamese for the spelling checker. ``properties``: a ``w:rPr``."""
    fonts = properties.get_or_add_rFonts()
    for theme in _THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in _SCRIPTS:
        fonts.set(qn(f"w:{script}"), FONT)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("lang", val="vi-VN", eastAsia="vi-VN"))
    if size is not None:
        properties.sz_val = Pt(size)


def style(word: WordDocument, name: str, look: Type, alignment: str = "left") -> Any:
    """A paragraph style of this name, made where the file has none, black, without air."""
    known = {one.name: one for one in word.styles}
    made = known.get(name) or word.styles.add_style(name, 1)
    set_font(made.element.get_or_add_rPr())
    made.font.size, made.font.bold, made.font.italic = Pt(look.size), look.bold, look.italic
    made.font.color.rgb = RGBColor(0, 0, 0)
    layout = made.paragraph_format
    layout.alignment = ALIGNMENTS[alignment]
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = 1.0
    layout.widow_control = True
    return made


def styled(word: WordDocument, name: str) -> WordParagraph:
    """A new paragraph in the style of this name. By the style's id: by its name the library reads through all styles each time."""
    paragraph: WordParagraph = word.add_paragraph()
    paragraph._p.style = word.styles[name].style_id
    return paragraph


def spaced(layout: Any, line_height: float) -> None:
    """A multiple of the line, or points exactly (from 5 on)."""
    layout.line_spacing = Pt(line_height) if line_height >= 5 else line_height
    if line_height >= 5:
        layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY


def write(paragraph: WordParagraph, text: Rich, look: Type | None = None) -> WordParagraph:
    """Add the text; without ``look`` in the type of the paragraph's style. What is missing is marked."""
    for span in (Span(text),) if isinstance(text, str) else text:
        for at, piece in enumerate(_BRACKETS.split(span.text)):
            if piece:
                _add_run(paragraph, piece, span, look, marked=at % 2 == 1)
    return paragraph


def _add_run(paragraph: WordParagraph, text: str, span: Span, look: Type | None, *, marked: bool) -> None:
    run = paragraph.add_run()
    _fill(run, text)
    if look is not None:
        run.font.size, run.bold, run.italic = Pt(look.size), look.bold, look.italic
        run.underline = look.underline or None
    if span.bold or marked:
        run.bold = True
    if span.italic:
        run.italic = True
    if span.raised:
        run.font.superscript = True
    if marked:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if span.address:
        run.underline = True
        _link(paragraph, run, span.address)


def _fill(run: Run, text: str) -> None:
    """Where a line must not break after a hyphen, Word has a hyphen of its own; it knows no word joiner."""
    first, *others = text.split(f"-{wording.JOINER}")
    if "\n" in first or "\t" in first:
        run.text = first  # letter by letter, with the breaks among them
    else:
        run.add_text(first)
    for other in others:
        run._r.append(element("noBreakHyphen"))
        run.add_text(other)


def _link(paragraph: WordParagraph, run: Run, address: str) -> None:
    """Put the run, the last of its paragraph, into a link that leads out of the file."""
    link = element("hyperlink")
    relations = paragraph.part.rels
    name = f"link{len(relations)}"  # to look for an equal one among hundreds takes longer than to keep another
    relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
    link.set(qn("r:id"), name)
    run._r.addprevious(link)
    link.append(run._r)


def line(cell: _Cell, text: Rich, look: Type, alignment: str = "centre") -> WordParagraph:
    """A line in a cell; the empty one that each new cell has is taken first."""
    first = cell.paragraphs[0]
    paragraph = first if len(cell.paragraphs) == 1 and not first.runs else cell.add_paragraph()
    paragraph.alignment = ALIGNMENTS[alignment]
    return write(paragraph, text, look)


def rule(cell_or_word: Any, length: float, width: float) -> None:
    """A solid rule of ``length`` in the middle of ``width`` (twips): the upper border of a thin paragraph."""
    paragraph = cell_or_word.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    layout = paragraph.paragraph_format
    layout.first_line_indent = Twips(0)
    layout.left_indent = layout.right_indent = Twips(max(0, round((width - length) / 2)))
    layout.space_before = Pt(3)
    spaced(layout, 5)
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=RULE_SIZE, space=0, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def bare_table(word: WordDocument, rows: int, widths: tuple[int, ...]) -> WordTable:
    """A table without borders and without air in its cells; ``widths`` in twips."""
    table: WordTable = word.add_table(rows=rows, cols=len(widths))
    fix_widths(table, widths, air=0)
    return table


def fix_widths(table: WordTable, widths: tuple[int, ...], air: int) -> None:
    """Columns exactly so wide (twips), with ``air`` at the left and right of each cell."""
    table.autofit = False
    whole = table._tbl.tblPr.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(sum(widths)))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=air, type="dxa"))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Twips(width)


def keep_whole(row: _Row, *, repeat: bool = False) -> None:
    """No page break inside the row; ``repeat`` it at the head of each page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if repeat:
        properties.append(element("tblHeader"))


def page_field(paragraph: WordParagraph, size: float) -> None:
    """The number of the page."""
    for kind, instruction in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(size)
        if kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            text = element("instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = instruction
            run._r.append(text)
