import csv
import gc
import io
import zipfile
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet._writer import ALL_TEMP_FILES

from dondoc.common.downloading import download, wanted_format
from dondoc.common.errors import Refused
from dondoc.common.exporting import About, Column, Format, Part, Value, write, write_parts

FORMULAS = ["=1+1", '=HYPERLINK("http://x","y")', "+84 912", "-2 điểm", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]
ONE: tuple[Column[Any], ...] = (Column("Giá trị", lambda value: value),)


def exported(form: Format, values: list[Any], columns: tuple[Column[Any], ...] = ONE) -> bytes:
    target = io.BytesIO()
    write(target, form, About("Nhiệm vụ", (("Tính đến", "22/11/2026"),)), columns, iter(values))
    return target.getvalue()


def cells(values: list[Any], columns: tuple[Column[Any], ...] = ONE) -> list[Any]:
    sheet = load_workbook(io.BytesIO(exported(Format.XLSX, values, columns))).worksheets[0]
    return [row[0] for row in sheet.iter_rows()]


def lines(values: list[Any], columns: tuple[Column[Any], ...] = ONE) -> list[list[str]]:
    return list(csv.reader(io.StringIO(exported(Format.CSV, values, columns).decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", FORMULAS[:5])
def test_a_text_that_looks_like_a_formula_stays_text_in_a_sheet(text: str) -> None:
    cell = cells([text])[1]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_an_ordinary_text_is_not_quoted() -> None:
    assert not cells(["Sở Y tế"])[1].quotePrefix


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe_in_csv(text: str) -> None:
    assert lines([text])[1] == [f"'{text}"] if "\t" not in text else lines([text])[1][0].startswith("'")


def test_the_head_of_a_column_cannot_be_a_formula_either() -> None:
    columns: tuple[Column[Any], ...] = (Column("=1", lambda value: value),)
    assert cells([], columns)[0].data_type == "s"
    assert lines([], columns) == [["'=1"]]


@pytest.mark.parametrize(
    ("value", "kept", "number_format", "written"),
    [
        (date(2025, 9, 9), datetime(2025, 9, 9), "dd/mm/yyyy", "2025-09-09"),  # noqa: DTZ001
        (datetime(2025, 9, 9, 9, 20, tzinfo=UTC), datetime(2025, 9, 9, 16, 20), "dd/mm/yyyy hh:mm", "2025-09-09 16:20"),  # noqa: DTZ001
        (1234, 1234, "#,##0", "1234"),
        (-3, -3, "#,##0", "-3"),
        (0, 0, "#,##0", "0"),
        (Decimal("91.25"), 91.25, "#,##0.####", "91,25"),
        (1234.5, 1234.5, "#,##0.####", "1234,5"),
        (None, None, "General", ""),
        ("", None, "General", ""),
        ("Dịch; bệnh\nở xã", "Dịch; bệnh\nở xã", "General", "Dịch; bệnh\nở xã"),
        ("a\x00b\x0bc", "abc", "General", "abc"),
    ],
)
def test_values_keep_their_kind(value: Value, kept: Any, number_format: str, written: str) -> None:
    cell = cells([value, "sau"])[1]
    assert (cell.value, cell.number_format) == (kept, number_format)
    assert lines([value])[1:] in ([[written]], [[]])


def test_the_sheet_has_a_bold_frozen_head_widths_and_a_filter() -> None:
    columns: tuple[Column[Any], ...] = (Column("STT", lambda one: one, 8), Column("Nhiệm vụ", lambda one: f"việc {one}", 60))
    book = load_workbook(io.BytesIO(exported(Format.XLSX, [1, 2, 3], columns)))
    sheet, about = book.worksheets
    assert sheet.title == "Nhiệm vụ"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B4"
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [8, 60]
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert [cell.font.bold for cell in sheet[2]] == [False, False]
    assert [cell.alignment.wrap_text for cell in sheet[2]] == [False, True] or not sheet[2][0].alignment.wrap_text
    assert [[cell.value for cell in row] for row in about] == [
        ["Danh sách", "Nhiệm vụ"],
        ["Tính đến", "22/11/2026"],
        ["Số dòng", 3],
    ]


def test_a_name_that_no_sheet_may_have_is_made_one() -> None:
    target = io.BytesIO()
    write(target, Format.XLSX, About("Số 07/KH-UBND: danh sách [dài] của tất cả các đơn vị"), ONE, [])
    assert load_workbook(target).worksheets[0].title == "Số 07 KH-UBND  danh sách  dài  "[:31]


def test_csv_tells_its_encoding_and_parts_by_semicolons() -> None:
    columns: tuple[Column[Any], ...] = (Column("STT", lambda one: one), Column("Cơ quan", lambda _: "Sở Y tế"))
    assert exported(Format.CSV, [1], columns) == b"\xef\xbb\xbf" + "STT;Cơ quan\r\n1;Sở Y tế\r\n".encode()


def test_rows_are_taken_one_by_one() -> None:
    """What is asked for a row is asked when that row is written, and not before."""
    seen: list[str] = []

    def rows() -> Any:
        for number in range(3):
            seen.append(f"row {number}")
            yield number

    columns: tuple[Column[Any], ...] = (Column("STT", lambda one: seen.append(f"cell {one}") or one),)  # type: ignore[func-returns-value]
    write(io.BytesIO(), Format.CSV, About("x"), columns, rows())
    assert seen == ["row 0", "cell 0", "row 1", "cell 1", "row 2", "cell 2"]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=1, max_size=5))
def test_any_text_comes_back_from_both_files(texts: list[str]) -> None:
    kept = [cell.value or "" for cell in cells(texts)[1:]]
    assert kept == [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]
    back = [line[0] if line else "" for line in lines(texts)[1:]]
    assert [text.removeprefix("'") if text.startswith(("'=", "'+", "'-", "'@")) else text for text in back] == kept


@pytest.mark.parametrize(("wanted", "form"), [("xlsx", Format.XLSX), ("csv", Format.CSV), ("pdf", None), ("", None)])
def test_the_address_says_which_file(rf: RequestFactory, wanted: str, form: Format | None) -> None:
    assert wanted_format(rf.get("/", {"xuat": wanted})) == form


@pytest.mark.django_db  # closing an answer looks after the connection
def test_a_download_has_a_name_with_the_day_and_is_kept_by_nobody(rf: RequestFactory, frozen_day: date) -> None:
    request = rf.get("/don-vi/", {"xuat": "xlsx", "q": "an binh"})
    response = download(request, Format.XLSX, "Đơn vị", ONE, ["xã An Bình"], **{"Tính đến": "hôm nay"})
    assert f"{frozen_day:%Y-%m-%d}.xlsx" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    with closing(response):
        book = load_workbook(io.BytesIO(b"".join(response)))
    assert book.worksheets[0]["A2"].value == "xã An Bình"
    facts = {row[0].value: row[1].value for row in book.worksheets[1]}
    assert facts["Tính đến"] == "hôm nay"
    assert facts["Địa chỉ"] == "http://testserver/don-vi/?xuat=xlsx&q=an+binh"


class TestSeveralLists:
    ABOUT = About("Tệp thử", (("Tính đến", "22/11/2026"),))

    def test_a_sheet_each_and_how_many_rows(self) -> None:
        target = io.BytesIO()
        parts = [Part("Số/liệu", ONE, [1, Decimal("2.5")]), Part("Đơn vị", ONE, iter(["=xã", None, "thôn"]))]
        write_parts(target, Format.XLSX, self.ABOUT, parts)
        book = load_workbook(target)
        assert book.sheetnames == ["Số liệu", "Đơn vị", "Thông tin"]
        assert [[cell.value for cell in row] for row in book["Đơn vị"].iter_rows()] == [["Giá trị"], ["=xã"], [None], ["thôn"]]
        assert [tuple(cell.value for cell in row) for row in book["Thông tin"].iter_rows()] == [
            ("Tệp", "Tệp thử"), ("Tính đến", "22/11/2026"), ("Số dòng, Số/liệu", 2), ("Số dòng, Đơn vị", 3),
        ]  # fmt: skip

    def test_a_file_each_in_a_zip(self) -> None:
        target = io.BytesIO()
        write_parts(target, Format.CSV, self.ABOUT, [Part("Số liệu", ONE, [Decimal("2.5")]), Part("Đơn vị", ONE, ["=xã"])])
        held = zipfile.ZipFile(target)
        assert held.namelist() == ["Số liệu.csv", "Đơn vị.csv", "Thông tin.csv"]
        assert held.read("Đơn vị.csv").decode("utf-8-sig").splitlines() == ["Giá trị", "'=xã"]
        assert held.read("Số liệu.csv").decode("utf-8-sig").splitlines() == ["Giá trị", "2,5"]

    def test_more_rows_than_a_sheet_holds_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("dondoc.common.exporting.MOST_ROWS", 3)
        write_parts(io.BytesIO(), Format.XLSX, self.ABOUT, [Part("Số liệu", ONE, [1, 2, 3])])
        with pytest.raises(Refused, match="một trang Excel không chứa hết"):
            write_parts(io.BytesIO(), Format.XLSX, self.ABOUT, [Part("Số liệu", ONE, [1, 2, 3, 4])])
        gc.collect()  # a sheet that was left open would say so now
        assert not ALL_TEMP_FILES
