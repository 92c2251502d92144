"""A unit's form in Excel: what stands in it, and that it is read back whatever people and programs do to it."""

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from dondoc.common.errors import Refused
from dondoc.reporting.enums import Nothing
from dondoc.reporting.models import Return
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.entering import read_cell, typed_of
from dondoc.reporting.rules.known import Known
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, SectionFacts, TableFacts, TemplateFacts
from dondoc.reporting.unit_files import excel_reading, sealing
from dondoc.reporting.unit_files.contents import Filled, mark_of, plain
from dondoc.reporting.unit_files.excel import to_xlsx
from dondoc.reporting.unit_files.excel_formulas import translated
from tests.dondoc.reporting.conftest import POOLS
from tests.dondoc.reporting.workbooks import (
    C02,
    C03,
    SHEET,
    STAMP,
    faults,
    filled,
    form,
    form_with,
    saved,
    typed,
    with_result,
    workbook,
)
from vanban.sources import libreoffice


class TestWhatStandsInIt:
    def test_it_says_whose_it_is_and_how_it_is_filled_in(self, report: Return) -> None:
        guide = workbook(form(report))["Hướng dẫn"]
        words = "\n".join(str(cell.value) for row in guide.iter_rows() for cell in row if cell.value)
        assert "xã An Bình" in words
        assert "Sở Y tế" in words
        assert "trước 23/9/2025 (hạn cuối 22/9/2025)" in words
        assert "phiên bản 1" in words
        assert "“-” Không có" in words

    def test_only_what_is_filled_in_is_unlocked(self) -> None:
        book = workbook(form_with())
        open_cells = {cell.coordinate for row in book[SHEET].iter_rows() for cell in row if not cell.protection.locked}
        figures = {f"{column}{row}" for column in "DE" for row in (6, 7, 10)}
        reasons = {f"{column}{row}" for column in "FG" for row in (6, 7, 8, 10)}
        assert open_cells == figures | reasons
        assert [cell.coordinate for row in book["Đề cương"].iter_rows() for cell in row if not cell.protection.locked] == [
            "C5",
            "C6",
        ]
        assert all(sheet.protection.sheet for sheet in book.worksheets)
        assert not any(sheet.protection.password for sheet in book.worksheets)

    def test_its_look(self) -> None:
        sheet = workbook(form_with())[SHEET]
        assert sheet.freeze_panes == "C5"
        assert sheet.print_title_rows == "$4:$4"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"Times New Roman"}

    def test_what_the_draft_holds_stands_in_it(self) -> None:
        cells = {
            Place("C.01", "2024"): Cell(Decimal(4)),
            Place("C.02", "2025"): Cell(nothing="no_data", explanation="=chờ công an"),
        }
        book = workbook(form_with(cells=cells, texts={"I": "Đã mở lớp dạy bơi."}))
        assert book[SHEET]["D6"].value == 4
        assert book[SHEET]["E7"].value == "…"
        assert book[SHEET]["G7"].value == "=chờ công an"
        assert book[SHEET]["G7"].data_type == "s"
        assert book["Đề cương"]["C5"].value == "Đã mở lớp dạy bơi."

    def test_last_period_and_known_figures_are_marked(self) -> None:
        known = {Place("C.01", "2025"): Known(Decimal(9), "Theo dõi nhiệm vụ, tính đến 12/9/2025", "/thong-ke/")}
        sheet = workbook(form_with(earlier={"C.01": Decimal("7.5")}, known=known))[SHEET]
        assert sheet["D4"].value == "Kỳ trước"
        assert sheet["D6"].value == 7.5
        assert sheet["D6"].protection.locked
        assert sheet["F6"].value == 9
        assert sheet["F6"].fill.fgColor.rgb != sheet["E6"].fill.fgColor.rgb
        assert sorted(str(rule.sqref) for rule in sheet.data_validations.dataValidation) == ["E10:F10", "E6", "E7:F7", "F6"]
        prompts = [rule.prompt for rule in sheet.data_validations.dataValidation if rule.prompt]
        assert prompts == ["Theo dõi nhiệm vụ, tính đến 12/9/2025. Kiểm tra, sửa nếu cần."]

    def test_a_text_that_no_cell_can_hold_is_left_to_the_page(self) -> None:
        made = form_with(texts={"I": "dài " * 9_000, "II": "ngắn"})
        sheet = workbook(made)["Đề cương"]
        assert "32.767" in sheet["C5"].value
        assert sheet["C5"].protection.locked
        back = excel_reading.read(to_xlsx(made))
        assert [one.section for one in back.texts] == ["II"]
        assert not back.faults

    def test_sheets_have_names_that_excel_takes(self) -> None:
        column = (ColumnFacts("k", "Kỳ này"),)
        tables = [
            TableFacts(code, "Biểu", column, (IndicatorFacts(f"A{at}", "Số"),))
            for at, code in enumerate(["1/A", "1:a", "x" * 40])
        ]
        made = form_with(TemplateFacts("m", "Mẫu", tables=tuple(tables)))
        book = workbook(made)
        assert len(set(book.sheetnames)) == len(book.sheetnames)
        assert all(len(name) <= 31 for name in book.sheetnames)
        assert len(excel_reading.read(to_xlsx(made)).cells) == 3


class TestFormulas:
    def test_they_become_those_of_excel(self) -> None:
        assert workbook(form_with())[SHEET]["E8"].value == '=IF(COUNT(E7,E6)=2,IFERROR(ROUND(((E7/E6)*100),1),""),"")'

    def test_the_period_before_is_the_column_before(self) -> None:
        grown = IndicatorFacts("T", "Tăng", formula="C.01 - truoc(C.01)")
        own = (*POOLS.tables[0].indicators, grown)
        facts = TemplateFacts("m", "Mẫu", tables=(TableFacts("2A", "Biểu", POOLS.tables[0].columns, own),))
        without = workbook(form_with(facts))[SHEET]
        assert (without["D11"].value, without["E11"].value) == (None, '=IF(COUNT(E6,D6)=2,IFERROR(ROUND((E6-D6),0),""),"")')
        with_ = workbook(form_with(facts, earlier={"C.01": Decimal(3)}))[SHEET]
        assert with_["E11"].value == '=IF(COUNT(E6,D6)=2,IFERROR(ROUND((E6-D6),0),""),"")'

    def test_a_figure_of_another_table(self) -> None:
        column = (ColumnFacts("k", "Kỳ này"),)
        one = TableFacts("1", "Một", column, (IndicatorFacts("A", "Số"),))
        other = TableFacts("2", "Hai", column, (IndicatorFacts("B", "Hai lần", formula="A * 2"),))
        book = workbook(form_with(TemplateFacts("m", "Mẫu", tables=(one, other))))
        assert book["Biểu 2"]["D5"].value == "=IF(COUNT('Biểu 1'!D5)=1,IFERROR(ROUND(('Biểu 1'!D5*2),0),\"\"),\"\")"

    def test_what_stands_nowhere_is_left_to_the_page(self) -> None:
        assert translated("A / B", 1, lambda name: "D5" if name.code == "A" else None) is None


FIGURES = st.decimals(min_value=-(10**15), max_value=10**15, places=4)
CELLS = st.one_of(
    st.builds(Cell, number=FIGURES),
    st.builds(Cell, nothing=st.sampled_from(Nothing.values)),
    st.just(Cell()),
)
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]) | st.just("\n"), max_size=80)


@given(st.lists(CELLS, min_size=6, max_size=6), st.lists(XML_TEXT, min_size=6, max_size=6), XML_TEXT)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_it_is_read_back(cells: list[Cell], reasons: list[str], text: str) -> None:
    places = [place for _, _, place in asked(POOLS)]
    held = {
        place: Cell(cell.number, cell.nothing, " ".join(words.split()))
        for place, cell, words in zip(places, cells, reasons, strict=True)
    }
    back = excel_reading.read(to_xlsx(form_with(cells=held, texts={"I": plain(text)})))
    assert not back.faults
    assert back.stamp == STAMP
    found = {one.place: one for one in back.cells}
    for place, cell in held.items():
        one = found[place]
        said = typed_of(Cell(one.typed)) if isinstance(one.typed, Decimal) else one.typed
        assert read_cell(said, one.explanation) == cell
        assert one.seen == f"{typed_of(cell)}|{cell.explanation}"
    assert plain(back.texts[0].text) == plain(text)
    assert back.texts[0].seen == mark_of(text)


class TestFigures:
    @pytest.mark.parametrize(
        ("value", "read"),
        [
            (5, "5"), (5.0, "5"), (0.1 + 0.2, "0.3"), (12.5, "12.5"), ("1.234,5", "1.234,5"), ("  7 ", "7"), ("…", "…"), ("-", "-"),
            ("x", "x"), ("", ""), (None, ""), (10**12, "1000000000000"),
        ],
    )  # fmt: skip
    def test_numbers_texts_and_marks(self, value: Any, read: str) -> None:
        def change(book: Any) -> None:
            book[SHEET]["E6"] = value

        given_ = filled(change)
        assert typed(given_)[Place("C.01", "2025")] == read
        assert not given_.faults

    def test_a_percentage_is_what_it_shows(self) -> None:
        def change(book: Any) -> None:
            book[SHEET]["E6"] = 0.912
            book[SHEET]["E6"].number_format = "0.0%"

        assert typed(filled(change))[Place("C.01", "2025")] == "91.200"

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            (True, "“TRUE” không phải là một số"),
            (date(2025, 2, 1), "đổi số vừa ghi thành ngày, giờ (01/02/2025)"),
            (datetime(2025, 2, 1, 8), "đổi số vừa ghi thành ngày"),  # noqa: DTZ001 - as a workbook has it
            (time(8, 30), "đổi số vừa ghi thành ngày"),
            ("#REF!", "Ô báo lỗi #REF!"),
        ],
    )
    def test_what_is_no_figure_is_a_fault_at_its_cell(self, value: Any, words: str) -> None:
        def change(book: Any) -> None:
            book[SHEET]["E6"] = value
            book[SHEET]["E7"] = 8

        given_ = filled(change)
        [(where, said)] = faults(given_).items()
        assert where == "trang Biểu 2A, ô E6 (chỉ tiêu C.01, Năm 2025)"
        assert words in said
        assert given_.faults[0].place == Place("C.01", "2025")
        assert typed(given_)[Place("C.02", "2025")] == "8"
        assert Place("C.01", "2025") not in typed(given_)

    def test_a_text_that_was_taken_for_a_formula(self) -> None:
        def change(book: Any) -> None:
            book["Đề cương"]["C5"], book["Đề cương"]["C6"] = "#NAME?", "- Đã tổ chức"

        given_ = filled(change)
        [(where, said)] = faults(given_).items()
        assert where == "trang Đề cương, ô C5 (mục I)"
        assert "Thêm dấu ' vào đầu ô" in said
        assert [one.text for one in given_.texts] == ["- Đã tổ chức"]

    def test_merged_cells_say_nothing(self) -> None:
        given_ = filled(lambda book: book[SHEET].merge_cells("D6:E6"))
        assert [one.place for one in given_.faults] == [Place("C.01", "2024"), Place("C.01", "2025")]
        assert "vùng gộp D6:E6" in given_.faults[0].words

    @pytest.mark.parametrize("mark", ['<mergeCell ref="D6:D1048576"/>', '<x:hyperlink xmlns:x="urn:x" ref="A:F"/>'])
    def test_of_a_whole_column_no_cell_is_made(self, mark: str) -> None:
        target = BytesIO()
        with ZipFile(BytesIO(to_xlsx(form_with()))) as source, ZipFile(target, "w") as packed:
            for name in source.namelist():
                packed.writestr(name, source.read(name).replace(b"</worksheet>", f"{mark}</worksheet>".encode()))
        with pytest.raises(Refused, match="vùng gộp ô quá lớn"):
            excel_reading.read(target.getvalue())

    @pytest.mark.parametrize(("form", "number"), [("0%", "4500"), ('0"%"', "45"), ("0\\%", "45"), ('0.0 "%"%', "4500")])
    def test_a_share_is_what_its_cell_shows(self, form: str, number: str) -> None:
        def change(book: Any) -> None:
            book[SHEET]["E6"], book[SHEET]["E6"].number_format = 45, form

        assert typed(filled(change))[Place("C.01", "2025")] == number


class TestFormulasThatWereTyped:
    def read(self, formula: Any, result: str = "7", extra: Any = None) -> Filled:
        book = workbook(form_with())
        book[SHEET]["E6"] = formula
        if extra:
            extra(book)
        return excel_reading.read(with_result(saved(book), "E6", result))

    @pytest.mark.parametrize(
        "formula",
        ["=3+4", "=D6+1", "=SUM(D6:D7)", "=SUM(D:D)", "=Hình!A1", "=E6", "=Riêng!A1*2", "='Sổ của tôi'!$B$2", "=SUM(Bang1[Số])"],
    )
    def test_what_counts_in_the_workbook_is_taken_as_its_program_counted(self, formula: str) -> None:
        def own(book: Any) -> None:
            book.create_sheet("Riêng")["A1"] = 3
            book.create_sheet("Sổ của tôi")["B2"] = "=1+1"

        given_ = self.read(formula, extra=own)
        assert not given_.faults
        assert typed(given_)[Place("C.01", "2025")] == "7"

    @pytest.mark.parametrize(
        "formula",
        [
            "=[1]Sheet1!A1",
            "='[Book2.xlsx]Sheet 1'!A1",
            "='C:\\so lieu\\[Book2.xlsx]Sheet1'!$A$1+2",
            "=SUM([Book2.xlsx]Sheet1!A1:A9)",
            '=WEBSERVICE("http://a.b/c")',
            '=IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(""x"",""A1"")"),7)',
            "=cmd|' /c calc'!A0",
            "=Riêng!A1",
            "=riêng!$A$1*2",
            "=SUM(Riêng!A:A)",
            "=SUM(Riêng!1:2)",
            "=SUM('Sổ của tôi'!A1:ZZ9999)",
            "=TongNgoai",
            "=D6+1)",
        ],
    )
    def test_what_comes_from_outside_is_refused_at_its_cell(self, formula: str) -> None:
        def own(book: Any) -> None:
            book.create_sheet("Riêng")["A1"] = "=B1"
            book["Riêng"]["B1"] = "=[2]Khac!C3"
            book.create_sheet("Sổ của tôi")["Z99"] = "=Riêng!B1"
            book.create_chartsheet("Hình").add_chart(BarChart())
            book.defined_names["TongNgoai"] = DefinedName("TongNgoai", attr_text="[1]Sheet1!$A$1")

        given_ = self.read(formula, extra=own)
        [one] = given_.faults
        assert one.place == Place("C.01", "2025")
        assert "ô E6" in one.where
        assert "Ghi thẳng số" in one.words

    def test_an_array_formula(self) -> None:
        assert "tệp khác" in next(iter(faults(filled(lambda book: put(book, ArrayFormula("E6", "=[1]S!A1:A2")))).values()))

    def test_one_that_was_never_counted_is_told(self) -> None:
        said = faults(filled(lambda book: put(book, "=D6+1")))
        assert "Công thức chưa có kết quả" in said["trang Biểu 2A, ô E6 (chỉ tiêu C.01, Năm 2025)"]

    def test_nobody_types_over_a_computed_cell(self) -> None:
        """What stands there is not read; its reason is."""

        def change(book: Any) -> None:
            book[SHEET][f"E{C03}"] = 99
            book[SHEET][f"G{C03}"] = "theo sổ"

        cell = next(one for one in filled(change).cells if one.place == Place("C.03", "2025"))
        assert (cell.typed, cell.explanation) == ("", "theo sổ")


def put(book: Any, value: Any) -> None:
    book[SHEET]["E6"] = value


class TestWhatPeopleDoToSheets:
    def test_rows_that_were_moved_or_put_in_are_found(self) -> None:
        def change(book: Any) -> None:
            sheet = book[SHEET]
            sheet[f"E{C02}"] = 8
            sheet.insert_rows(C02, 3)
            sheet["B8"] = "ghi chú của tôi"

        given_ = filled(change)
        cell = next(one for one in given_.cells if one.place == Place("C.02", "2025"))
        assert (cell.typed, cell.where) == (Decimal(8), "trang Biểu 2A, ô E10 (chỉ tiêu C.02, Năm 2025)")

    def test_a_sheet_may_have_another_name(self) -> None:
        def change(book: Any) -> None:
            book[SHEET].title = "So lieu moi"
            book["So lieu moi"]["E6"] = 8

        assert typed(filled(change))[Place("C.01", "2025")] == "8"

    @pytest.mark.parametrize(
        ("change", "where", "words"),
        [
            (lambda book: book.remove(book[SHEET]), "Biểu 2A", "Không thấy trang này"),
            (lambda book: book.remove(book["Đề cương"]), "Đề cương", "Không thấy trang này"),
            (lambda book: book[SHEET].delete_rows(C02), "Biểu 2A, chỉ tiêu C.02", "Không thấy dòng"),
            (lambda book: book["Đề cương"].delete_rows(5), "Đề cương, mục I", "Không thấy dòng của mục này"),
            (lambda book: book[SHEET].delete_cols(5), "trang Biểu 2A", "Không thấy cột Năm 2025"),
            (lambda book: book.copy_worksheet(book[SHEET]), "trang Biểu 2A Copy", "Là bản chép của trang Biểu 2A"),
            (lambda book: line(book, "C.02"), "trang Biểu 2A, dòng 14", "Mã C.02 đứng ở hai dòng (7 và 14)"),
            (lambda book: line(book, "C.99"), "trang Biểu 2A, ô E14", "Mẫu không có chỉ tiêu C.99"),
            (lambda book: line(book, None), "trang Biểu 2A, ô E14", "Dòng không có mã chỉ tiêu"),
        ],
    )
    def test_what_is_missing_or_doubled_is_told(self, change: Any, where: str, words: str) -> None:
        said = faults(filled(change))
        assert words in said[where]


def line(book: Any, code: str | None) -> None:
    book[SHEET]["A14"], book[SHEET]["E14"] = code, 5


class TestOtherPrograms:
    def test_one_that_keeps_no_styles_and_makes_all_numbers_decimal(self) -> None:
        """As Google's tables export it."""
        book, plain_book = workbook(form_with()), Workbook()
        plain_book.remove(plain_book.worksheets[0])
        book[SHEET]["E6"] = 12
        for sheet in book.worksheets:
            copy = plain_book.create_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    value = float(cell.value) if isinstance(cell.value, int) else cell.value
                    copy.cell(cell.row, cell.column).value = value
        given_ = excel_reading.read(saved(plain_book))
        assert typed(given_)[Place("C.01", "2025")] == "12"
        assert not given_.faults

    @pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed: its files cannot be tried")
    def test_libreoffice_saves_it_again_and_counts(self, tmp_path: Path) -> None:
        book = workbook(form_with(cells={Place("C.02", "2024"): Cell(Decimal(3)), Place("D.01", "2025"): Cell(nothing="none")}))
        book[SHEET]["D6"], book[SHEET]["E6"], book[SHEET]["E7"] = 4, "=D6*2", "=[1]So!A1"
        book["Đề cương"]["C5"] = "Dòng một\nDòng hai"
        source = tmp_path / "form.xlsx"
        source.write_bytes(saved(book))
        target = libreoffice.convert(libreoffice.program() or "", tmp_path / "out", source, "xlsx", 60)
        if target is None:
            pytest.skip("LibreOffice's part for tables is not installed")
        given_ = excel_reading.read(target.read_bytes())
        assert typed(given_)[Place("C.01", "2025")] == "8"
        assert typed(given_)[Place("C.02", "2024")] == "3"
        assert typed(given_)[Place("D.01", "2025")] == "-"
        assert [one.text for one in given_.texts] == ["Dòng một\nDòng hai", ""]
        assert [one.place for one in given_.faults] == [Place("C.02", "2025")]
        shown = load_workbook(target, data_only=True)[SHEET]["D8"].value
        assert shown == 75


class TestNoneOfOurs:
    def test_a_workbook_without_a_seal(self) -> None:
        with pytest.raises(Refused, match="không phải là mẫu tải từ phần mềm"):
            excel_reading.read(saved(Workbook()))

    def test_a_seal_that_was_typed_by_hand(self) -> None:
        with pytest.raises(Refused, match="nhận dạng của tệp đã bị sửa"):
            filled(lambda book: book["dondoc"].__setitem__("A2", "xa-khac:abc:def"))

    def test_a_seal_of_another_house(self, settings: Any) -> None:
        data = to_xlsx(form_with())
        settings.SECRET_KEY = "another"
        with pytest.raises(Refused, match="nhận dạng của tệp đã bị sửa"):
            excel_reading.read(data)

    def test_a_long_seal_is_held_in_pieces(self) -> None:
        facts = TemplateFacts(
            "m", "Mẫu", sections=tuple(SectionFacts(str(at), "Mục") for at in range(40)),
            tables=(TableFacts("1", "Biểu", (ColumnFacts("k", "Kỳ"),), tuple(IndicatorFacts(f"A{at}", "Số") for at in range(400))),),
        )  # fmt: skip
        made = form_with(facts, cells={Place(f"A{at}", "k"): Cell(Decimal(at * 7919)) for at in range(400)})
        data = to_xlsx(made)
        with ZipFile(BytesIO(data)) as packed:
            assert packed.testzip() is None
        back = excel_reading.read(data)
        assert len(back.cells) == 400
        assert {one.seen for one in back.cells if one.place.code == "A399"} == {f"{399 * 7919}|"}


def test_what_was_read_can_be_held_by_a_page() -> None:
    given_ = filled(lambda book: book[SHEET].merge_cells("D6:E6"))
    assert sealing.unpacked(sealing.packed(given_)) == given_
    with pytest.raises(Refused, match="Chọn lại tệp"):
        sealing.unpacked(sealing.packed(given_)[:-2])
