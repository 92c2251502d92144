"""The Word form on its pages: handed out for one unit and for all that owe, and taken back."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from docx.oxml.ns import qn

from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries.content import cells_of, texts_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.units.models import Person, Unit
from tests.dondoc.reporting.test_word_reading import boxes, cell, write

LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def handed_out(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def saved(word: Any) -> SimpleUploadedFile:
    target = BytesIO()
    word.save(target)
    return SimpleUploadedFile("an-binh.docx", target.getvalue(), TYPE)


@pytest.fixture
def clerk(commune_clerk: Person, log_in: LogIn) -> Client:
    return log_in(commune_clerk)


def test_a_unit_fills_its_form_in_and_sends_it(clerk: Client, report: Return) -> None:
    page = clerk.get(f"/bao-cao/{report.pk}/nop-tep/").content.decode()
    assert f'href="/bao-cao/{report.pk}/mau-docx/"' in page
    answer = clerk.get(f"/bao-cao/{report.pk}/mau-docx/")
    assert answer["Content-Type"] == TYPE
    assert ".docx" in answer["Content-Disposition"]
    word = Document(BytesIO(handed_out(answer)))
    write(cell(word, 0, "C.01", 3), "120")
    write(cell(word, 0, "C.01", 4), "…")
    write(cell(word, 0, "C.01", 5), "Năm 2025: chưa điều tra")
    write(boxes(word)[0], "Đã mở 12 lớp.")
    answer = clerk.post(f"/bao-cao/{report.pk}/nop-tep/", {"upload": saved(word)}, follow=True)
    assert "Đã ghi 2 ô, 1 mục từ tệp “an-binh.docx”." in answer.content.decode()
    assert answer.redirect_chain == [(f"/bao-cao/{report.pk}/kiem-tra/", 302)]
    assert cells_of(report) == {
        Place("C.01", "2024"): Cell(Decimal(120)), Place("C.01", "2025"): Cell(nothing="no_data", explanation="chưa điều tra"),
    }  # fmt: skip
    assert texts_of(report) == {"I": "Đã mở 12 lớp."}


def test_a_fault_is_told_at_its_place_and_nothing_is_written(clerk: Client, report: Return) -> None:
    word = Document(BytesIO(handed_out(clerk.get(f"/bao-cao/{report.pk}/mau-docx/"))))
    write(cell(word, 0, "C.01", 3), "120")
    write(cell(word, 0, "C.02", 3), "nhiều")
    answer = clerk.post(f"/bao-cao/{report.pk}/nop-tep/", {"upload": saved(word)})
    assert answer.status_code == 422
    assert "Biểu 2A, dòng C.02, cột Năm 2024:" in answer.content.decode()
    assert cells_of(report) == {}


def test_tracked_changes_are_told(clerk: Client, report: Return) -> None:
    word = Document(BytesIO(handed_out(clerk.get(f"/bao-cao/{report.pk}/mau-docx/"))))
    write(cell(word, 0, "C.01", 3), "120")
    run = next(cell(word, 0, "C.01", 3)._element.iter(qn("w:r")))
    mark = run.makeelement(qn("w:ins"), {qn("w:id"): "901", qn("w:author"): "Hà"})
    run.addprevious(mark)
    mark.append(run)
    page = clerk.post(f"/bao-cao/{report.pk}/nop-tep/", {"upload": saved(word)}, follow=True).content.decode()
    assert "Đã ghi 1 ô từ tệp" in page
    assert "Tệp có sửa đổi đang theo dõi (Track Changes); đã đọc như đã chấp nhận hết." in page
    assert cells_of(report) == {Place("C.01", "2024"): Cell(Decimal(120))}


def test_a_free_word_file_is_refused_at_its_field(clerk: Client, report: Return) -> None:
    word = Document()
    word.add_paragraph("Trong năm, xã mở 12 lớp dạy bơi.")
    answer = clerk.post(f"/bao-cao/{report.pk}/nop-tep/", {"upload": saved(word)})
    assert answer.status_code == 422
    assert "Tải mẫu Word của đơn vị, chép nội dung từng mục" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "one", "all_"),
    [
        ("commune_clerk", 200, 403),
        ("owner", 200, 200),
        ("office_specialist", 200, 200),
        ("colleague", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_who_gets_forms(request: pytest.FixtureRequest, report: Return, log_in: LogIn, who: str, one: int, all_: int) -> None:
    client = log_in(request.getfixturevalue(who))
    for address, status in ((f"{report.pk}/mau-docx/", one), (f"dot/{report.campaign_id}/mau-docx/0/", all_)):
        answer = client.get(f"/bao-cao/{address}")
        assert answer.status_code == status
        assert b"".join(answer) if answer.streaming else answer.content


def test_the_forms_of_all_that_owe_as_one_file(campaign: Campaign, communes: list[Unit], owner: Person, log_in: LogIn) -> None:
    client = log_in(owner)
    assert f'href="/bao-cao/dot/{campaign.pk}/mau-docx/0/"' in client.get(f"/bao-cao/dot/{campaign.pk}/nop-tep/").content.decode()
    with ZipFile(BytesIO(handed_out(client.get(f"/bao-cao/dot/{campaign.pk}/mau-docx/0/")))) as packed:
        assert sorted(packed.namelist()) == sorted(f"{one.name}.docx" for one in communes)
        first = Document(BytesIO(packed.read(f"{communes[0].name}.docx")))
    assert first.paragraphs[0].text == communes[0].name.upper()


def test_the_files_of_many_units_are_taken_in_together(campaign: Campaign, owner: Person, log_in: LogIn) -> None:
    client = log_in(owner)
    files = []
    with ZipFile(BytesIO(handed_out(client.get(f"/bao-cao/dot/{campaign.pk}/mau-docx/0/")))) as packed:
        for number, name in enumerate(packed.namelist()[:2], start=1):
            word = Document(BytesIO(packed.read(name)))
            write(cell(word, 0, "C.01", 3), str(number))
            files.append(saved(word))
    free = Document()
    free.add_paragraph("Trong năm, xã mở 12 lớp dạy bơi.")
    answer = client.post(f"/bao-cao/dot/{campaign.pk}/nop-tep/", {"upload": [*files, saved(free)], "received_on": ""})
    page = answer.content.decode()
    assert "Tải mẫu Word của đơn vị, chép nội dung từng mục" in page
    numbers = [cell_.number for one in campaign.returns.all() for cell_ in cells_of(one).values()]
    assert sorted(number for number in numbers if number) == [1, 2]
