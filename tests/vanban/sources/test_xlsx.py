"""A workbook gives its lists as tables, its values as an office writes them, and says what it passed over."""

import datetime as dt
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from vanban.errors import DamagedFileError, TooLargeError
from vanban.options import Options
from vanban.pipeline import read
from vanban.reading import Reading
from vanban.sources import Extracted, extract, xlsx
from vanban.sources.xlsx_values import shown

HEAD = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"]
WORK = [1, "Nâng cấp trung tâm dữ liệu của tỉnh", "Sở Khoa học và Công nghệ", dt.date(2026, 9, 10)]


def workbook(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def saved(book: Workbook, path: Path) -> Path:
    book.save(path / "danh-muc.xlsx")
    return path / "danh-muc.xlsx"


def extracted(book: Workbook, path: Path) -> Extracted:
    return extract(saved(book, path), Options())


def reading(book: Workbook, path: Path) -> Reading:
    return read(saved(book, path), Options())


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (dt.datetime(2025, 9, 10), "mm-dd-yy", "10/9/2025"),  # noqa: DTZ001 - a sheet knows no zones
        (dt.datetime(2025, 2, 5), "dd/mm/yyyy", "05/02/2025"),  # noqa: DTZ001
        (dt.datetime(2025, 9, 1), "mm/yyyy", "9/2025"),  # noqa: DTZ001
        (dt.datetime(2025, 9, 1), "yyyy", "2025"),  # noqa: DTZ001
        (dt.datetime(2025, 9, 1, 14, 30), "dd/mm/yyyy hh:mm", "14:30 01/9/2025"),  # noqa: DTZ001
        (dt.time(7, 5), "hh:mm", "07:05"),
        (dt.timedelta(hours=26, minutes=3), "[h]:mm", "26:03"),
        (0.95, "0%", "95%"),
        (0.9512, "0.0%", "95,1%"),
        (1250, "#,##0", "1.250"),
        (1250.5, "#,##0.00", "1.250,50"),
        (1234567, "General", "1234567"),
        (12.5, "General", "12,5"),
        (0.1 + 0.2, "General", "0,3"),
        (2026, "General", "2026"),
        (12.5, "0.0##", "12,5"),
        (3, "0.##", "3"),
        (120, '0" hộ"', "120 hộ"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (-5, "0", "-5"),
        (7, '"Đợt "0', "Đợt 7"),
        (7, "_(* #,##0_)", "7"),
        (True, "General", "TRUE"),
        ("Quý\tIII\r\n", "General", "Quý III"),
        (None, "General", ""),
    ],
)
def test_values_as_an_office_writes_them(value: object, form: str, expected: str) -> None:
    assert shown(value, form) == expected


@given(
    st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False)),
    st.text('0#,.%;"-_()[] ', max_size=9),
)
def test_any_number_under_any_format_is_written(value: float, form: str) -> None:
    assert isinstance(shown(value, form), str)


def test_a_list_is_a_table_and_what_surrounds_it_lines(tmp_path: Path) -> None:
    book = workbook(["UBND TỈNH"], ["DANH MỤC NHIỆM VỤ"], [], HEAD, WORK, [], ["Người lập biểu"])
    found = extracted(book, tmp_path)
    table = found.tables[0]
    assert found.raw.splitlines() == ["UBND TỈNH", "DANH MỤC NHIỆM VỤ", "\t".join(HEAD), *found.raw.splitlines()[3:]]
    assert found.raw.rstrip().endswith("10/9/2026\nNgười lập biểu")
    assert [(cell.row, cell.column) for cell in table.cells] == [(row, column) for row in (0, 1) for column in range(4)]
    assert [cell.span.of(found.raw) for cell in table.cells][:4] == HEAD


def test_a_merged_cell_stands_once_with_its_reach(tmp_path: Path) -> None:
    book = workbook(["A", "B", "C"], ["I. Phần một", None, None], [1, "x", "y"], [None, "z", "t"])
    book.active.merge_cells("A2:C2")
    book.active.merge_cells("A3:A4")
    cells = {(c.row, c.column): (c.rows, c.columns) for c in extracted(book, tmp_path).tables[0].cells}
    assert cells[1, 0] == (1, 3)
    assert cells[2, 0] == (2, 1)
    assert not {(1, 1), (1, 2), (3, 0)} & set(cells)


def test_what_is_hidden_is_left_out_and_told(tmp_path: Path) -> None:
    book = workbook(["A", "B", "C"], [1, "bỏ dòng", "x"], [2, "giữ", "bỏ cột"])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["C"].hidden = True
    draft = book.create_sheet("Nháp")
    draft.append(["bỏ trang"])
    draft.sheet_state = "hidden"
    found = extracted(book, tmp_path)
    assert found.raw == "A\tB\n2\tgiữ\n"
    assert [page.reason for page in found.pages] == [
        "Trang tính “Sheet”: 1 dòng ẩn không được đọc, 1 cột ẩn không được đọc.",
        "Trang tính “Nháp” đang ẩn nên không được đọc.",
    ]


def test_what_is_hidden_is_a_finding(tmp_path: Path) -> None:
    book = workbook(HEAD, WORK, [2, "Việc ẩn", "Sở Y tế", "2026"])
    book.active.row_dimensions[3].hidden = True
    (told,) = [finding for finding in reading(book, tmp_path).findings if finding.rule == "parts-not-read"]
    assert "1 dòng ẩn" in told.message


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    found = extracted(workbook(["A", "B", "C"], [1, 2, "=A2+B2"]), tmp_path)
    assert found.pages[0].reason == "Trang tính “Sheet”: 1 ô công thức chưa có kết quả."


def test_several_sheets_are_named(tmp_path: Path) -> None:
    book = workbook(HEAD, WORK)
    book.active.title = "Nhiệm vụ"
    book.create_sheet("Chỉ tiêu").append(["Chỉ tiêu", "Mục tiêu năm 2026"])
    found = extracted(book, tmp_path)
    assert [page.span.of(found.raw).strip().split("\n")[0] for page in found.pages] == ["Nhiệm vụ", "Chỉ tiêu"]


def test_tasks_and_targets_are_taken_from_lists(tmp_path: Path) -> None:
    book = workbook(HEAD, WORK, [2, "Tổ chức tập huấn kỹ năng số", "Sở Y tế", "Quý III/2026"])
    goals = book.create_sheet("Chỉ tiêu")
    goals.append(["TT", "Chỉ tiêu", "Đơn vị tính", "Mục tiêu năm 2026"])
    goals.append([1, "Tỷ lệ hồ sơ trực tuyến toàn trình", "%", 0.85])
    goals["D2"].number_format = "0%"
    found = reading(book, tmp_path)
    assert [(task.lead, task.deadline and task.deadline.end) for task in found.tasks] == [
        (("Sở Khoa học và Công nghệ",), dt.date(2026, 9, 10)),
        (("Sở Y tế",), dt.date(2026, 9, 30)),
    ]
    assert [(target.value, target.unit, target.horizon) for target in found.targets] == [(85.0, "%", "2026")]
    assert not [finding for finding in found.findings if finding.rule.startswith("missing-")]


def test_a_list_with_a_number_is_held_to_the_form_of_a_document(tmp_path: Path) -> None:
    found = reading(workbook(["Số:      /KH-UBND"], HEAD, WORK), tmp_path)
    assert "missing-number" in {finding.rule for finding in found.findings}


def test_a_workbook_that_was_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "hong.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(DamagedFileError, match="Excel"):
        extract(path, Options())


def test_a_sheet_that_is_packed_to_do_harm(tmp_path: Path) -> None:
    path = saved(workbook(HEAD), tmp_path)
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * (16 * 1024 * 1024))
    with pytest.raises(TooLargeError):
        extract(path, Options())


def test_more_rows_than_a_list_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    with pytest.raises(TooLargeError, match="dòng"):
        extracted(workbook(*([["a", "b"]] * 5)), tmp_path)


def test_a_cell_far_below_is_not_looked_for(tmp_path: Path) -> None:
    book = workbook(["A", "B"], [1, 2])
    book.active.cell(1_000_000, 1, "xa")
    assert extracted(book, tmp_path).raw == "A\tB\n1\t2\n"
