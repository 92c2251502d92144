"""A unit's report form as an Excel workbook, made for that unit.

A sheet that says whose it is and how it is filled in, one for the outline, one for each table, and a hidden one with the seal. Only
what is to be filled in is unlocked; the sheets are protected without a password, against slips and not against people.
"""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from dondoc.common import wording
from dondoc.common.exporting import LONGEST_CELL
from dondoc.reporting.enums import Need
from dondoc.reporting.rules.cells import EMPTY, Cell, Place
from dondoc.reporting.rules.entering import typed_of
from dondoc.reporting.rules.fields import target_words
from dondoc.reporting.rules.parts import title_of
from dondoc.reporting.rules.templates import IndicatorFacts, SectionFacts
from dondoc.reporting.unit_files import excel_layout as layout
from dondoc.reporting.unit_files import excel_looks as looks
from dondoc.reporting.unit_files.contents import UnitForm, plain, seen_in
from dondoc.reporting.unit_files.excel_formulas import translated
from dondoc.reporting.unit_files.excel_layout import TableLayout, finder, laid_out
from dondoc.reporting.unit_files.excel_looks import Page
from dondoc.reporting.unit_files.sealing import pieces, sealed
from dondoc.reporting.unit_files.wordings import MARKS, NUMBERS, SEND, told_of

GUIDE_SHEET = "Hướng dẫn"
A4, MARGIN, TALL = "9", 0.4, 90.0
EXCEL_DIGITS = 15
BESIDE, TEXT, NAME, REASON, ONLY_REASON, WORDS = 44.0, 110.0, 38.0, 18.0, 44.0, 100.0
"""Widths of columns, in characters: headings with guidance, texts; names of indicators, reasons; words of the first sheet."""
WAYS = (
    "Chỉ ghi vào ô nền trắng hoặc nền vàng có viền đậm; các ô khác đã khóa. Không đổi mã chỉ tiêu ở cột đầu.",
    NUMBERS,
    "Dấu thập phân theo cài đặt của máy, có máy là dấu phẩy, có máy là dấu chấm: ghi xong nhìn lại số hiện trong ô.",
    MARKS,
    "Ô nền vàng: số phần mềm đã có, bấm vào ô để xem nguồn. Kiểm tra, sửa nếu cần.",
    "Số cần giải thích thì ghi lý do ở cột “Giải trình” của cùng dòng.",
    "Ô nghiêng nền xám tự tính. Công thức trong ô nhập được nhận khi chỉ tính từ các ô của tệp này; số lấy từ tệp khác thì ghi thẳng số.",
    f"Mỗi ô của Excel giữ nhiều nhất {wording.number(LONGEST_CELL)} ký tự. Mục dài hơn thì nhập trên trang của báo cáo.",
    SEND.format(".xlsx"),
)


def to_xlsx(form: UnitForm) -> bytes:
    """The workbook; deterministic but for the moment of its making."""
    book = Workbook()
    layouts = laid_out(form.facts, form.earlier)
    styles: dict[looks.Look, Any] = {}
    guide: Any = book.active
    guide.title = GUIDE_SHEET
    if any(one.asks for one in form.facts.sections):
        _outline(Page(book.create_sheet(layout.OUTLINE_SHEET), styles), form)
    for one in layouts:
        _TableSheet(Page(book.create_sheet(one.sheet), styles), form, one, layouts).write()
    _guide(Page(guide, styles), form, [sheet.title for sheet in book.worksheets[1:]])
    _seal(Page(book.create_sheet(layout.SEAL_SHEET), styles), form)
    book.calculation.fullCalcOnLoad = True
    book.properties.title, book.properties.creator = form.title, form.recipient
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _set_up(page: Page, form: UnitForm, widths: list[float], *, repeated: int = 0) -> None:
    """A4 across, as wide as the page, the head on each page, whose it is at the foot."""
    sheet = page.sheet
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    paper, margins = sheet.page_setup, sheet.page_margins
    paper.orientation, paper.paperSize, paper.fitToWidth, paper.fitToHeight = "landscape", A4, 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins.left = margins.right = margins.top = margins.bottom = MARGIN
    margins.bottom, margins.footer = 0.75, 0.35
    if repeated:
        sheet.print_title_rows = f"{repeated}:{repeated}"
    sheet.oddFooter.left.text = form.stamp.unit_name.replace("&", "&&")
    sheet.oddFooter.right.text = "Trang &P/&N"
    sheet.oddFooter.left.font = sheet.oddFooter.right.font = looks.TYPE
    sheet.protection.sheet = True
    # Looks, widths and heights are anybody's to change.
    sheet.protection.formatCells = sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.sheet_view.showGridLines = False


def _guide(page: Page, form: UnitForm, sheets: list[str]) -> None:
    _set_up(page, form, [20.0, WORDS])
    sheet = page.sheet
    sheet.page_setup.orientation = "portrait"
    page.put(1, 1, form.title, looks.TITLE)
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 44
    at = 2
    for at, (words, value) in enumerate(told_of(form), start=3):
        page.put(at, 1, words, looks.STRONG)
        page.put(at, 2, value, looks.PLAIN)
        sheet.row_dimensions[at].height = looks.high((value, WORDS))
    at += 2
    page.put(at, 1, "Các trang", looks.STRONG)
    for name in sheets:
        cell = page.put(at, 2, name, looks.Look(edge="", colour="2E4A9E"))
        quoted = name.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
        at += 1
    at += 1
    page.put(at, 1, "Cách điền", looks.STRONG)
    for number, words in enumerate(WAYS, start=1):
        page.put(at, 2, f"{number}. {words}", looks.PLAIN)
        sheet.row_dimensions[at].height = looks.high((words, WORDS))
        at += 1


def _outline(page: Page, form: UnitForm) -> None:
    _set_up(page, form, [8.0, BESIDE, TEXT], repeated=layout.HEAD_ROW)
    sheet = page.sheet
    page.put(1, 1, f"{form.stamp.unit_name}: {form.title}", looks.TITLE)
    page.put(2, 1, "Viết nội dung từng mục vào ô bên phải. Xuống dòng trong ô: Alt + Enter.", looks.WEAK)
    for row in ("A1:C1", "A2:C2"):
        sheet.merge_cells(row)
    sheet.row_dimensions[1].height = 40
    for column, key in enumerate((layout.SECTION_KEY, "", layout.TEXT_KEY), start=1):
        page.put(layout.KEY_ROW, column, key, looks.PLAIN)
    sheet.row_dimensions[layout.KEY_ROW].hidden = True
    for column, words in enumerate(("Mục", "Tên mục, gợi ý", "Nội dung"), start=1):
        page.put(layout.HEAD_ROW, column, words, looks.HEAD)
    for at, one in enumerate(form.facts.sections, start=layout.FIRST_ROW):
        _section(page, at, one, form.texts.get(one.code, ""))
    sheet.freeze_panes = f"C{layout.FIRST_ROW}"


def _section(page: Page, at: int, one: SectionFacts, text: str) -> None:
    if not one.asks:
        for column, words in enumerate((one.code, one.heading, ""), start=1):
            page.put(at, column, words, looks.BAND)
        page.sheet.row_dimensions[at].height = looks.high((one.heading, BESIDE * 0.75))
        return
    need = "" if one.need == Need.ALWAYS else f"({Need(one.need).label})"
    beside = "\n".join(words for words in (title_of(one), one.guidance, need) if words)
    page.put(at, 1, one.code, looks.BESIDE)
    page.put(at, 2, beside, looks.BESIDE)
    if not _fits(text):
        # Not read back: what stands in the cell is not the text.
        page.put(at, 3, f"Mục này dài hơn {wording.number(LONGEST_CELL)} ký tự. Sửa trên trang của báo cáo.", looks.WORDS)
        page.sheet.cell(at, 1).value = None
        return
    page.put(at, 3, plain(text) or None, looks.TEXT)
    page.sheet.row_dimensions[at].height = max(TALL, looks.high((beside, BESIDE), (text, TEXT)))


def _fits(text: str) -> bool:
    return len(plain(text)) <= LONGEST_CELL


class _TableSheet:
    """One table of the form on its sheet."""

    def __init__(self, page: Page, form: UnitForm, own: TableLayout, all_: list[TableLayout]) -> None:
        self.page, self.sheet, self.form, self.own, self.all = page, page.sheet, form, own, all_

    @property
    def reasons(self) -> float:
        """The width of a column of reasons."""
        return REASON if len(self.own.table.columns) > 1 else ONLY_REASON

    def write(self) -> None:
        sheet, table, count = self.sheet, self.own.table, len(self.own.table.columns)
        earlier = [11.0] if self.own.has_earlier else []
        widths = [8.0, NAME, 12.0, *earlier, *[12.0] * count, *[self.reasons] * count]
        _set_up(self.page, self.form, widths, repeated=layout.HEAD_ROW)
        self.page.put(1, 1, f"Biểu {table.code}. {table.title}", looks.TITLE)
        about = ". ".join(words for words in (self.form.stamp.unit_name, self.form.period, table.note.rstrip(".")) if words)
        self.page.put(2, 1, about, looks.WEAK)
        for row, height in ((1, 26), (2, 34)):
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=self.own.last)
            sheet.row_dimensions[row].height = height
        self._head()
        for row, band in self.own.bands.items():
            for column in range(1, self.own.last + 1):
                self.page.put(row, column, band if column == 1 else None, looks.BAND)
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=layout.MEASURE)
        for one in table.indicators:
            self._row(one)
        sheet.freeze_panes = f"{get_column_letter(layout.MEASURE)}{layout.FIRST_ROW}"
        sheet.print_area = f"A1:{get_column_letter(self.own.last)}{self.own.end}"

    def _head(self) -> None:
        columns, own = self.own.table.columns, self.own
        reasons = "Giải trình" if len(columns) == 1 else "Giải trình, {}"
        heads = [(f"{layout.TABLE_KEY}{own.table.code}", "Mã"), ("", "Chỉ tiêu"), ("", "Đơn vị tính")]
        heads += [("", "Kỳ trước")] if own.has_earlier else []
        heads += [(f"{layout.FIGURE_KEY}{one.key}", one.words) for one in columns]
        heads += [(f"{layout.REASON_KEY}{one.key}", reasons.format(one.words)) for one in columns]
        for column, (key, words) in enumerate(heads, start=1):
            self.page.put(layout.KEY_ROW, column, key, looks.PLAIN)
            self.page.put(layout.HEAD_ROW, column, words, looks.HEAD)
        self.sheet.row_dimensions[layout.KEY_ROW].hidden = True
        self.sheet.row_dimensions[layout.HEAD_ROW].height = 34

    def _row(self, one: IndicatorFacts) -> None:
        row, target = self.own.rows[one.code], target_words(one)
        name = f"{one.name} (mục tiêu {target})" if target else one.name
        for at, words in enumerate((one.code, name, one.measure), start=1):
            self.page.put(row, at, words, looks.WORDS)
        if self.own.has_earlier:
            self.page.put(row, layout.EARLIER, self.form.earlier.get(one.code), looks.EARLIER)
        (self._computed if one.formula else self._asked)(one)
        said = []
        for column in self.own.table.columns:
            said.append(self.form.cells.get(Place(one.code, column.key), EMPTY).explanation)
            self.page.put(row, self.own.reason(column.key), said[-1] or None, looks.REASON)
        self.sheet.row_dimensions[row].height = looks.high(
            (name, NAME), (one.measure, 11), *((words, self.reasons) for words in said)
        )

    def _computed(self, one: IndicatorFacts) -> None:
        for column in self.own.table.columns:
            row, at = self.own.rows[one.code], self.own.figure(column.key)
            cell = self.page.put(row, at, None, looks.figure(one.decimals, computed=True))
            cell.value = translated(one.formula, one.decimals, finder(self.all, self.own, column.key))

    def _asked(self, one: IndicatorFacts) -> None:
        """The cells of a row that are filled in; a figure that the platform knows already says where it comes from."""
        row, columns, places = self.own.rows[one.code], self.own.table.columns, []
        for column in columns:
            place, at = Place(one.code, column.key), self.own.figure(column.key)
            cell = self.form.cells.get(place, EMPTY)
            known = self.form.known.get(place) if not cell.is_filled else None
            look = looks.figure(one.decimals, known=known is not None)
            self.page.put(row, at, _shown(Cell(known.number) if known else cell), look)
            places.append((self.own.address(one.code, at), known.words if known else ""))
        if not any(known for _, known in places):
            places = [(f"{places[0][0]}:{places[-1][0]}", "")]
        for address, known_words in places:
            self._warn(address, one, known_words)

    def _warn(self, address: str, one: IndicatorFacts, known: str) -> None:
        """Excel asks again where neither a number nor a mark is typed; it does not refuse, the upload does.

        The rule of several cells names the first of them and moves along.
        """
        first = address.partition(":")[0]
        marks = ",".join(f'{first}="{mark}"' for mark in ("-", "x", "…", "..."))
        rule = DataValidation(
            type="custom",
            formula1=f"IF(ISNUMBER({first}),{first}=ROUND({first},{one.decimals}),OR({marks}))",
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning",
            errorTitle="Kiểm tra lại",
            error=_ERROR.format(one.decimals) if one.decimals else _WHOLE,
        )
        if known:
            rule.showInputMessage, rule.promptTitle, rule.prompt = True, "Số đã có", f"{known}. Kiểm tra, sửa nếu cần."[:255]
        rule.add(address)
        self.sheet.add_data_validation(rule)


def _shown(cell: Cell) -> Decimal | str | None:
    """A number, a mark, or nothing. A number with more digits than Excel counts with goes as text, so that none of them is lost."""
    if cell.number is not None and len(cell.number.normalize().as_tuple().digits) <= EXCEL_DIGITS:
        return cell.number
    return typed_of(cell) or None


_WHOLE = "Ô này ghi số nguyên, hoặc “-” không có, “x” không áp dụng, “…” chưa có số liệu. Giữ nội dung vừa ghi?"
_ERROR = "Ô này ghi số có nhiều nhất {} chữ số thập phân, hoặc “-” không có, “x” không áp dụng, “…” chưa có số liệu. Giữ nội dung vừa ghi?"


def _seal(page: Page, form: UnitForm) -> None:
    """Not for people: whose form it is and what stood in it, signed."""
    page.put(1, 1, layout.SEAL_HEAD, looks.PLAIN)
    seen = seen_in(form)
    read_back = {code: mark for code, mark in seen.texts.items() if _fits(form.texts.get(code, ""))}
    for at, piece in enumerate(pieces(sealed(form.stamp, replace(seen, texts=read_back))), start=2):
        page.put(at, 1, piece, looks.Look(edge="", number_format="@"))
    page.sheet.sheet_state = "veryHidden"
    page.sheet.protection.sheet = True
