"""Outlines of offices, in Word and Excel, as templates."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from dondoc.common.errors import Refused
from dondoc.reporting.enums import Method
from dondoc.reporting.outline_files import read_file
from dondoc.reporting.rules.outlines import Grid, Outline, TextLine, read_outline
from dondoc.reporting.rules.templates import faults_of, read, write
from dondoc.reporting.unit_files.guarding import OLE

HEAD = ("TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2024", "Năm 2025")


def _of(*lines: str) -> Outline:
    return read_outline([TextLine(line) for line in lines])


def _table(*rows: tuple[str, ...], head: tuple[tuple[str, ...], ...] = (HEAD,)) -> Outline:
    return read_outline([TextLine("I. KẾT QUẢ"), Grid((*head, *rows))])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Phần thứ nhất: KẾT QUẢ", (0, "P1", "KẾT QUẢ")),
        ("PHẦN II. ĐÁNH GIÁ", (0, "P1", "ĐÁNH GIÁ")),
        ("A. Tình hình", (0, "P1", "Tình hình")),
        ("I. TÌNH HÌNH CHUNG", (1, "I", "TÌNH HÌNH CHUNG")),
        ("IV/ Kiến nghị", (1, "IV", "Kiến nghị")),
        ("1. Công tác truyền thông:", (2, "1", "Công tác truyền thông")),
        ("1.2. Hình thức", (3, "1.2", "Hình thức")),
        ("a) Hình thức", (3, "a", "Hình thức")),
        ("đ) Nội dung", (3, "đ", "Nội dung")),
    ],
)
def test_a_number_makes_a_heading(line: str, found: tuple[int, str, str]) -> None:
    (section,) = _of(line).sections
    assert (section.level, section.code, section.heading) == found


@pytest.mark.parametrize("line", ["Trong năm 2025 có 12 lớp.", "12 lớp đã mở.", "15/9/2025 là hạn nộp.", "Mỗi xã một báo cáo."])
def test_other_lines_are_told_as_not_understood(line: str) -> None:
    outline = _of(line)
    assert (outline.sections, [line in doubt for doubt in outline.doubts]) == ([], [True])


def test_headings_stand_in_each_other_and_the_text_below_is_guidance() -> None:
    outline = _of(
        "UBND TỈNH", "ĐỀ CƯƠNG", "Báo cáo tổng kết đuối nước",
        "Phần thứ nhất", "KẾT QUẢ", "I. TÌNH HÌNH", "Nêu đặc điểm.", "Nêu khó khăn.", "II. VIỆC LÀM", "1. Dạy bơi", "a) Số lớp",
        "Phần thứ hai", "PHƯƠNG HƯỚNG", "I. MỤC TIÊU", "Nơi nhận:", "- Sở Y tế;",
    )  # fmt: skip
    assert outline.title == "Đề cương báo cáo tổng kết đuối nước"
    assert [(one.code, one.heading, one.guidance, one.asks) for one in outline.sections] == [
        ("P1", "KẾT QUẢ", "", False),
        ("I", "TÌNH HÌNH", "Nêu đặc điểm.\nNêu khó khăn.", True),
        ("II", "VIỆC LÀM", "", False),
        ("II.1", "Dạy bơi", "", False),
        ("II.1.a", "Số lớp", "", True),
        ("P2", "PHƯƠNG HƯỚNG", "", False),
        ("P2.I", "MỤC TIÊU", "", True),
    ]
    assert outline.doubts == []


def test_a_title_in_the_style_of_a_heading_is_a_title() -> None:
    outline = read_outline([TextLine("BÁO CÁO", 3), TextLine("Tình hình dạy bơi năm 2025", 3), TextLine("KẾT QUẢ", 1)])
    assert (outline.title, [one.heading for one in outline.sections]) == ("Báo cáo tình hình dạy bơi năm 2025", ["KẾT QUẢ"])


def test_a_number_twice_is_told_and_kept_apart() -> None:
    outline = _of("I. MỘT", "I. HAI")
    assert [one.code for one in outline.sections] == ["I", "I-2"]
    assert "trùng số thứ tự I" in outline.doubts[0]


def test_a_long_point_is_cut_into_heading_and_guidance() -> None:
    (section,) = _of(f"1. Công tác kiểm tra: {'nêu số cuộc kiểm tra, ' * 10}").sections
    assert (section.heading, section.guidance[:7]) == ("Công tác kiểm tra", "nêu số ")


class TestGrids:
    def test_bands_rows_parts_and_ratios(self) -> None:
        outline = _table(
            ("A", "Lớp", "", "", ""),
            ("1", "Số trẻ", "trẻ", "", ""),
            ("", "Trong đó:", "", "", ""),
            ("", "- Nữ", "trẻ", "", ""),
            ("", "- Dân tộc thiểu số", "trẻ", "", ""),
            ("2", "Tỷ lệ biết bơi", "%", "", ""),
            ("B", "Kiểm tra", "", "", ""),
            ("B.01", "Số bể", "bể", "", ""),
            ("B.02", "Số bể đạt", "bể", "", ""),
            ("B.03", "Tỷ lệ đạt (B.02 : B.01)", "%", "", ""),
        )
        (table,) = outline.tables
        assert [(column.key, column.words) for column in table.columns] == [("2024", "Năm 2024"), ("2025", "Năm 2025")]
        assert [(one.code, one.band, one.breaks_down) for one in table.indicators] == [
            ("A.01", "A. Lớp", ""), ("A.01.1", "A. Lớp", "A.01"), ("A.01.2", "A. Lớp", "A.01"), ("A.02", "A. Lớp", ""),
            ("B.01", "B. Kiểm tra", ""), ("B.02", "B. Kiểm tra", ""), ("B.03", "B. Kiểm tra", ""),
        ]  # fmt: skip
        ratio = table.indicators[-1]
        assert (ratio.formula, ratio.across_units, ratio.decimals) == ("B.02 / B.01 * 100", Method.RATIO, 1)
        assert outline.doubts == ["Chỉ tiêu A.02 tính bằng %: chọn tử số và mẫu số để cộng được qua các đơn vị."]
        assert faults_of(outline.facts("m", "Mẫu")) == []

    @pytest.mark.parametrize(
        ("head", "columns"),
        [
            ((("TT", "Nội dung", "ĐVT", "Kết quả", "Ghi chú"),), ["Kết quả"]),
            ((("TT", "Chỉ tiêu", "ĐVT", "Năm", "Năm"), ("TT", "Chỉ tiêu", "ĐVT", "2024", "2025")), ["Năm 2024", "Năm 2025"]),
            ((("TT", "Chỉ tiêu", "ĐVT", "Năm", ""), ("", "", "", "2024", "2025")), ["Năm 2024", "Năm 2025"]),
            ((HEAD, ("(1)", "(2)", "(3)", "(4)", "(5)")), ["Năm 2024", "Năm 2025"]),
            ((("Mã", "Tên chỉ tiêu", "Đơn vị"),), ["Kỳ báo cáo"]),
        ],
    )
    def test_the_head_says_the_columns(self, head: tuple[tuple[str, ...], ...], columns: list[str]) -> None:
        (table,) = _table(("1", "Số lớp", "lớp", "", ""), head=head).tables
        assert ([one.words for one in table.columns], [one.name for one in table.indicators]) == (columns, ["Số lớp"])

    def test_codes_are_unique_over_all_tables(self) -> None:
        grid = Grid((HEAD, ("A", "Lớp", "", "", ""), ("1", "Số lớp", "lớp", "", "")))
        outline = read_outline([TextLine("Biểu 2A. Số liệu"), grid, grid])
        assert [(one.code, one.title) for one in outline.tables] == [("2A", "Số liệu"), ("2", "Biểu số liệu 2")]
        assert [row.code for one in outline.tables for row in one.indicators] == ["A.01", "A.01_2"]

    def test_another_table_is_told(self) -> None:
        outline = read_outline([Grid((("Họ tên", "Chức vụ"), ("Nguyễn A", "Trưởng phòng")))])
        assert (outline.tables, "Họ tên | Chức vụ" in outline.doubts[0]) == ([], True)

    def test_a_letterhead_is_passed_over(self) -> None:
        outline = read_outline([Grid((("UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),))])
        assert (outline.tables, outline.doubts) == ([], [])


def _word() -> bytes:
    document = Document()
    document.add_paragraph("ĐỀ CƯƠNG BÁO CÁO TỔNG KẾT PHÒNG, CHỐNG ĐUỐI NƯỚC")
    document.add_heading("KẾT QUẢ", 1)
    document.add_paragraph("Nêu số liệu.")
    document.add_heading("KIẾN NGHỊ", 1)
    table = document.add_table(0, 5)
    for row in (HEAD, ("1", "Số lớp", "lớp", "", ""), ("2", "Số trẻ", "trẻ", "", "")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def _excel() -> bytes:
    book = Workbook()
    outline = book.worksheets[0]
    for row in (("I", "KẾT QUẢ"), ("", "Nêu số liệu."), ("II", "KIẾN NGHỊ")):
        outline.append(row)
    sheet = book.create_sheet("Biểu")
    for row in (("Biểu 1A. Số lớp", "", "", "", ""), HEAD, (1, "Số lớp", "lớp", None, None), (2, "Số trẻ", "trẻ", None, None)):
        sheet.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


class TestFiles:
    @pytest.mark.parametrize(("name", "data"), [("de-cuong.docx", _word()), ("de-cuong.xlsx", _excel())], ids=["word", "excel"])
    def test_an_outline_becomes_facts_that_hold(self, name: str, data: bytes) -> None:
        taken = read_file(name, data)
        assert [(one.code, one.heading, one.guidance) for one in taken.facts.sections] == [
            ("I", "KẾT QUẢ", "Nêu số liệu."), ("II", "KIẾN NGHỊ", ""),
        ]  # fmt: skip
        (table,) = taken.facts.tables
        assert [(one.name, one.measure) for one in table.indicators] == [("Số lớp", "lớp"), ("Số trẻ", "trẻ")]
        assert ([one.key for one in table.columns], taken.doubts) == (["2024", "2025"], [])
        assert read(write(taken.facts)) == taken.facts
        assert taken.facts.code == "de-cuong"

    @pytest.mark.parametrize(
        ("name", "data", "said"),
        [
            ("de-cuong.docm", _word(), "macro"),
            ("de-cuong.xlsm", _excel(), "macro"),
            ("de-cuong.docx", OLE + b"0" * 600, "mật khẩu"),
            ("de-cuong.doc", OLE + b"0" * 600, "dạng Word, Excel cũ"),
            ("de-cuong.pdf", b"%PDF-1.7", "Chỉ đọc được"),
            ("de-cuong.docx", b"khong phai", "Tệp hỏng"),
            ("de-cuong.xlsx", _word(), "không đúng loại"),
            ("mau.json", b"\xff\xfe\x00", "không phải là mẫu"),
            ("mau.json", b"{}", "không phải là mẫu"),
        ],
    )
    def test_what_cannot_be_taken_is_refused_with_a_sentence(self, name: str, data: bytes, said: str) -> None:
        with pytest.raises(Refused, match=said):
            read_file(name, data)

    def test_numbers_that_word_counts_itself_make_headings(self) -> None:
        document = Document()
        document.add_heading("KẾT QUẢ", 1)
        for line in ("Dạy bơi", "Kiểm tra"):
            document.add_paragraph(line, style="List Number")
        document.add_paragraph("số cuộc", style="List Bullet")
        held = BytesIO()
        document.save(held)
        sections = read_file("tu-dong.docx", held.getvalue()).facts.sections
        assert [(one.code, one.heading, one.guidance) for one in sections] == [
            ("I", "KẾT QUẢ", ""), ("I.1", "Dạy bơi", ""), ("I.2", "Kiểm tra", "số cuộc"),
        ]  # fmt: skip

    def test_a_macro_under_another_name_is_refused(self) -> None:
        held = BytesIO(_word())
        with ZipFile(held, "a") as packed:
            packed.writestr("word/vbaProject.bin", b"x")
        with pytest.raises(Refused, match="macro"):
            read_file("de-cuong.docx", held.getvalue())

    def test_an_outline_without_numbers_is_refused(self) -> None:
        document = Document()
        document.add_paragraph("Chỉ có lời.")
        held = BytesIO()
        document.save(held)
        with pytest.raises(Refused, match="Đánh số các mục"):
            read_file("loi.docx", held.getvalue())
