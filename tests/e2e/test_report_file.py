"""A commune's clerk takes the Excel form home, fills it in, brings it back; what is wrong is said by its cell, and mended in the file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from dondoc.demo.people import PASSWORD
from dondoc.reporting.models import Return
from dondoc.reporting.queries.content import cells_of, texts_of
from tests.dondoc.reporting.workbooks import SHEET

pytestmark = pytest.mark.django_db(transaction=True)
PageOf = Callable[..., Page]

OUTLINE = "Đề cương"
FIGURES = {("C.01", "2024"): 40, ("C.02", "2024"): 25, ("C.01", "2025"): 50, ("C.02", "2025"): 30, ("D.01", "2024"): 2}
WORDS = "Đã mở 5 lớp dạy bơi cho 50 trẻ em."


def test_a_report_goes_home_as_a_workbook_and_comes_back(report: Return, page_of: PageOf, tmp_path: Path) -> None:
    page = page_of("anbinh", PASSWORD)
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    page.get_by_role("link", name="Nhập báo cáo").click()
    book = taken_home(page, tmp_path)
    place = wrongly_filled(book)
    brought_back(page, book, tmp_path / "An Bình.xlsx")
    expect(page.locator(".faults li")).to_have_count(1)
    expect(page.locator(".faults li")).to_contain_text(f"ô {place.coordinate}")
    assert not cells_of(report)
    assert not texts_of(report)

    place.value = 3
    page.get_by_role("link", name="Chọn tệp đã sửa").click()
    brought_back(page, book, tmp_path / "An Bình (sửa).xlsx")
    expect(page.get_by_role("heading", name="Nộp được")).to_be_visible()
    assert {tuple(at): int(cell.number or 0) for at, cell in cells_of(report).items()} == {**FIGURES, ("D.01", "2025"): 3}
    assert texts_of(report) == {"I": WORDS}
    handed_in_by_a_double_click(page, report)


def taken_home(page: Page, folder: Path) -> Workbook:
    """The form as it is handed out."""
    page.get_by_role("link", name="Nhập từ tệp").click()
    with page.expect_download() as handed:
        page.get_by_role("link", name="Mẫu Excel").click()
    assert handed.value.suggested_filename.startswith("xã An Bình")
    handed.value.save_as(folder / "form.xlsx")
    return load_workbook(folder / "form.xlsx")


def wrongly_filled(book: Workbook) -> ExcelCell:
    """One of its cells holds words where a number is asked; all else is well. That cell."""
    sheet = book[SHEET]
    for (code, year), figure in FIGURES.items():
        at(sheet, code, year).value = figure
    wrong = at(sheet, "D.01", "2025")
    wrong.value = "khoảng 3 lớp"
    next(row for row in book[OUTLINE].iter_rows() if row[0].value == "I")[2].value = WORDS
    return wrong


def at(sheet: Worksheet, code: str, year: str) -> ExcelCell:
    """Where the row of a code and the column of a year meet."""
    head = next(row for row in sheet.iter_rows() if any(cell.value == f"Năm {year}" for cell in row))
    column = next(cell.column for cell in head if cell.value == f"Năm {year}")
    line = next(row[0].row for row in sheet.iter_rows() if row[0].value == code)
    found = sheet.cell(line, column)
    assert isinstance(found, ExcelCell)
    return found


def brought_back(page: Page, book: Workbook, file: Path) -> None:
    book.save(file)
    page.get_by_label("Tệp đã điền").set_input_files(file)
    page.get_by_role("button", name="Đọc tệp").click()


def handed_in_by_a_double_click(page: Page, report: Return) -> None:
    page.get_by_role("button", name="Nộp báo cáo").dblclick()
    expect(page.get_by_text("Nộp đúng hạn")).to_be_visible()
    assert report.submissions.count() == 1
