"""A unit's report form as a Word file, made for that unit.

Its head, how it is filled in, the outline, the tables. What is filled in are controls with the codes of their places; all else is
protected without a password. The seal is carried where Word does not show it, and in short as the last line, which outlives copying.
"""

from collections.abc import Iterator
from datetime import UTC
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Pt, RGBColor, Twips

from dondoc.common import wording
from dondoc.common.official.looks import PAGE_HEIGHT, PAGE_WIDTH
from dondoc.common.official.word import Type, element, page_field, style
from dondoc.reporting.rules.cells import EMPTY, Place
from dondoc.reporting.rules.entering import one_line, typed_of
from dondoc.reporting.rules.fields import target_words
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, SectionFacts, TableFacts
from dondoc.reporting.unit_files import word_parts as parts
from dondoc.reporting.unit_files import word_words as words
from dondoc.reporting.unit_files.contents import Seen, UnitForm, plain, seen_in
from dondoc.reporting.unit_files.sealing import sealed
from dondoc.reporting.unit_files.wordings import MARKS, NUMBERS, SEND, told_of

MARGIN = 1134
MANY_COLUMNS = 3  # from here on a table lies across
MOST_COLUMNS = 8  # from here on words give way to figures
WAYS = (
    "Chỉ ghi vào các ô dành sẵn; phần khác đã khóa để khỏi sửa nhầm. Không đổi mã chỉ tiêu và tên mục.",
    NUMBERS,
    MARKS,
    "Ô nền vàng: số phần mềm đã có, nguồn ghi dưới tên chỉ tiêu. Kiểm tra, sửa nếu cần. Ô nền xám tự tính khi nộp.",
    (
        "Số cần giải thích thì ghi ở cột Giải trình của cùng dòng. Giải thích riêng cho một cột thì bắt đầu bằng tên cột, "
        "ví dụ “Năm 2025: …”; mỗi cột một dòng."
    ),
    SEND.format(".docx"),
)


def to_docx(form: UnitForm) -> bytes:
    """The bytes of the Word file."""
    word = Document(BytesIO(_blank()))
    _facts(word, form)
    _first_page(word.sections[0], form)
    controls = parts.Controls()
    _head(word, form)
    for one in form.facts.sections:
        parts.put(word, *_section(one, form.texts.get(one.code, ""), controls))
    for table in form.facts.tables:
        _page(word, across=len(table.columns) >= MANY_COLUMNS)
        parts.put(word, *_TableWriter(form, table, _text_width(word), controls).blocks())
    _seal(word, form)
    return _saved(word)


def _saved(word: WordDocument) -> bytes:
    target = BytesIO()
    word.save(target)
    return target.getvalue()


@cache
def _blank() -> bytes:
    """What all forms have in common; made once, since styles take longer than the rest of a form."""
    word = Document()
    parts.strip(word)
    _styles(word)
    parts.keep_hints(word)
    parts.protect(word)
    return _saved(word)


def _facts(word: WordDocument, form: UnitForm) -> None:
    """What a file manager shows. The template's own author and day go."""
    facts = word.core_properties
    facts.title, facts.author, facts.last_modified_by = form.title[:255], form.recipient[:255], ""
    facts.comments, facts.language = "", "vi-VN"
    facts.created = facts.modified = form.stamp.made_at.astimezone(UTC).replace(microsecond=0)


def _styles(word: WordDocument) -> None:
    style(word, "Normal", Type(13))
    style(word, "Footer", Type(11))
    for name, kind, alignment, before in (
        ("Mẫu tên", Type(14, bold=True), "centre", 2),
        ("Mẫu đơn vị", Type(13, bold=True), "left", 0),
        ("Mẫu chỉ dẫn", Type(12), "left", 2),
        ("Mẫu phần", Type(13, bold=True), "centre", 14),
        ("Mẫu mục", Type(13, bold=True), "left", 10),
        ("Mẫu gợi ý", Type(12, italic=True), "left", 2),
        ("Mẫu ô đầu", Type(11, bold=True), "centre", 2),
        ("Mẫu ô chữ", Type(11), "left", 1),
        ("Mẫu ô số", Type(11), "right", 1),
        ("Mẫu ô số nhỏ", Type(9), "right", 1),
        ("Mẫu nhóm", Type(11, bold=True), "left", 1),
        ("Mẫu nhận dạng", Type(7), "left", 12),
    ):
        layout = style(word, name, kind, alignment).paragraph_format
        layout.space_before = layout.space_after = Pt(before)
        layout.keep_with_next = name in {"Mẫu phần", "Mẫu mục", "Mẫu gợi ý", "Mẫu nhóm"} or None
    seal = next(one for one in word.styles if one.name == "Mẫu nhận dạng")
    seal.font.color.rgb = RGBColor.from_string(parts.GREY)
    _box(style(word, "Mẫu nội dung", Type(13)))
    hint = word.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    hint.font.color.rgb = RGBColor.from_string(parts.GREY)


def _box(made: Any) -> None:
    """The frame in which a section is written."""
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(4), Pt(8)
    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Twips(100)
    made.paragraph_format.line_spacing = 1.15
    edges = element("pBdr")
    edges.extend(element(side, val="single", sz=4, space=4, color="9AA5B8") for side in ("top", "left", "bottom", "right"))
    after = "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    layout = made.element.get_or_add_pPr()
    layout.insert_element_before(edges, *after)
    layout.insert_element_before(element("contextualSpacing"), *after[after.index("w:jc") :])


def _first_page(section: Section, form: UnitForm) -> None:
    """A4 upright; whose form it is and the page at the foot of each."""
    _lay(section, across=False)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{form.stamp.unit_name} · trang ")
    page_field(foot, 11)


def _lay(section: Section, *, across: bool) -> None:
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if across else (PAGE_WIDTH, PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Twips(MARGIN)
    section.header_distance = section.footer_distance = Twips(MARGIN // 2)


def _page(word: WordDocument, *, across: bool) -> None:
    _lay(word.add_section(WD_SECTION.NEW_PAGE), across=across)


def _text_width(word: WordDocument) -> int:
    """In twips, on the last page."""
    return round((word.sections[-1].page_width or 0) / 635) - 2 * MARGIN


def _head(word: WordDocument, form: UnitForm) -> None:
    """Whose report it is, for what, until when, and how the form is filled in."""
    parts.put(
        word,
        parts.line("Mẫu đơn vị", parts.run(form.stamp.unit_name.upper())),
        parts.line("Mẫu tên", parts.run("BÁO CÁO")),
        parts.line("Mẫu tên", parts.run(form.title)),
        *(_told(name, value) for name, value in told_of(form)[1:]),
        parts.line("Mẫu mục", parts.run("Cách điền")),
        *(parts.line("Mẫu chỉ dẫn", parts.run(f"{at}. {way}")) for at, way in enumerate(WAYS, start=1)),
    )


def _told(name: str, value: str) -> Any:
    return parts.line("Mẫu chỉ dẫn", parts.run(f"{name}: ", bold=True), parts.run(value))


def _section(one: SectionFacts, text: str, controls: parts.Controls) -> Iterator[Any]:
    yield parts.line("Mẫu phần" if one.level == 0 else "Mẫu mục", parts.run(words.heading_of(one)))
    if guidance := words.guidance_of(one):
        yield parts.line("Mẫu gợi ý", parts.run(guidance))
    if one.asks:
        title = words.heading_of(one)
        yield controls.block(words.section_tag(one.code), title, plain(text), "Mẫu nội dung")


class _TableWriter:
    """One table of the form. ``width``: of the text on its pages, in twips."""

    def __init__(self, form: UnitForm, table: TableFacts, width: int, controls: parts.Controls) -> None:
        self.form, self.table, self.controls = form, table, controls
        self.has_earlier = any(one.code in form.earlier for one in table.indicators)
        is_wide = len(table.columns) > MOST_COLUMNS
        name, reasons = (20, 14) if is_wide else (30, 24)
        self.figure = "Mẫu ô số nhỏ" if is_wide else "Mẫu ô số"
        shares = [7, name, 10, *([11] * self.has_earlier), *[9] * len(table.columns), reasons]
        self.widths = [width * share // sum(shares) for share in shares]

    def blocks(self) -> Iterator[Any]:
        yield parts.line("Mẫu mục", parts.run(words.title_of(self.table)))
        if self.table.note:
            yield parts.line("Mẫu gợi ý", parts.run(self.table.note))
        yield parts.table(self.widths, self._rows())

    def _rows(self) -> Iterator[Any]:
        earlier = [words.EARLIER] if self.has_earlier else []
        heads = [words.CODE, words.NAME, words.MEASURE, *earlier, *(one.words for one in self.table.columns), words.REASON]
        yield parts.row(
            (self._cell(at, "Mẫu ô đầu", parts.run(head), tint=parts.HEAD_TINT) for at, head in enumerate(heads)), is_head=True
        )
        for band, rows in groupby(self.table.indicators, key=lambda one: one.band):
            if band:
                whole = parts.line("Mẫu nhóm", parts.run(band))
                yield parts.row([parts.cell(sum(self.widths), whole, span=len(self.widths))])
            for one in rows:
                yield parts.row(self._cells(one))

    def _cell(self, at: int, kind: str, *content: Any, tint: str = "") -> Any:
        return parts.cell(self.widths[at], parts.line(kind, *content), tint=tint)

    def _cells(self, one: IndicatorFacts) -> Iterator[Any]:
        yield self._cell(0, "Mẫu ô chữ", parts.run(one.code))
        yield parts.cell(self.widths[1], *self._name(one))
        yield self._cell(2, "Mẫu ô chữ", parts.run(one.measure))
        if self.has_earlier:
            number = self.form.earlier.get(one.code)
            shown = "" if number is None else wording.number(number, one.decimals)
            yield self._cell(3, self.figure, parts.run(shown, grey=True))
        first = 3 + self.has_earlier
        for at, column in enumerate(self.table.columns, start=first):
            if one.formula:
                computed = parts.run(words.COMPUTED, italic=True, grey=True)
                yield self._cell(at, self.figure, computed, tint=parts.COMPUTED_TINT)
            else:
                yield self._asked(at, one, column)
        reasons = self.controls.inline(words.reason_tag(one.code), f"{words.REASON} {one.code}", self._reasons(one))
        yield self._cell(len(self.widths) - 1, "Mẫu ô chữ", reasons)

    def _name(self, one: IndicatorFacts) -> Iterator[Any]:
        """With its target, and where the figures come from that the platform knows."""
        target = target_words(one)
        yield parts.line("Mẫu ô chữ", parts.run(f"{one.name} (mục tiêu {target})" if target else one.name))
        for column in self.table.columns:
            place = Place(one.code, column.key)
            if (known := self.form.known.get(place)) and not self.form.cells.get(place, EMPTY).is_filled:
                yield parts.line("Mẫu ô chữ", parts.run(f"{column.words}: {known.words}", italic=True, grey=True))

    def _asked(self, at: int, one: IndicatorFacts, column: ColumnFacts) -> Any:
        place = Place(one.code, column.key)
        cell, known = self.form.cells.get(place, EMPTY), self.form.known.get(place)
        is_known = known is not None and not cell.is_filled
        typed = wording.number(known.number).replace(".", "") if known and is_known else typed_of(cell)
        control = self.controls.inline(words.figure_tag(place), f"{one.code}, {column.words}", typed)
        return self._cell(at, self.figure, control, tint=parts.KNOWN_TINT if is_known else "")

    def _reasons(self, one: IndicatorFacts) -> str:
        """A line for each column that has one; the column says itself where there are several."""
        held = [(column, self.form.cells.get(Place(one.code, column.key), EMPTY)) for column in self.table.columns]
        told = [(column.words, one_line(cell.explanation)) for column, cell in held if cell.explanation]
        return "\n".join(reason if len(held) == 1 else f"{head}: {reason}" for head, reason in told)


def _seal(word: WordDocument, form: UnitForm) -> None:
    parts.carry(word, sealed(form.stamp, seen_in(form)))
    parts.put(word, parts.line("Mẫu nhận dạng", parts.run(f"{words.SEAL_LINE} {sealed(form.stamp, Seen({}, {}, {}))}")))
