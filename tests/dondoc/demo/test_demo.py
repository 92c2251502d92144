import io
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import RequestFactory
from docx import Document as WordDocument

from dondoc.demo.loader import is_loaded
from dondoc.demo.papers import fill_in, papers
from dondoc.demo.people import PASSWORD, PEOPLE
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document
from dondoc.programmes.models import Part, Programme
from dondoc.units.models import Unit
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.units import UnitFactory, person_in


@pytest.mark.parametrize(
    ("source", "filled"),
    [
        ("trước ngày {day -2}", "trước ngày 30/01/2026"),
        ("{long +8}", "ngày 09 tháng 02 năm 2026"),
        ("{month +40}", "tháng 3/2026"),
        ("tháng {month-number +0} năm {year -40}", "tháng 2 năm 2025"),
    ],
)
def test_days_are_counted_from_the_loading_day_and_written_as_offices_do(source: str, filled: str) -> None:
    assert fill_in(source, date(2026, 2, 1)) == filled


def test_the_papers_are_word_files_a_text_a_pdf_and_a_small_scan() -> None:
    made = {paper.name: paper.content for paper in papers(date(2026, 11, 20))}
    assert [Path(name).suffix for name in made] == [".docx", ".txt", ".docx", ".pdf", ".docx", ".pdf"]
    assert len(made["6-phong-chay-rung-ban-ky.pdf"]) < 250_000
    first = WordDocument(io.BytesIO(made["1-tong-ket-duoi-nuoc.docx"]))
    assert "trước ngày 18/11/2026" in "\n".join(paragraph.text for paragraph in first.paragraphs)
    assert not any(b"{" in content for name, content in made.items() if name.endswith(".txt"))


@pytest.mark.django_db
def test_the_province_is_loaded_once_and_its_people_can_log_in() -> None:
    out = StringIO()
    with time_machine.travel(NOON, tick=False):
        call_command("demo", "--if-empty", stdout=out)
        call_command("demo", "--if-empty", stdout=out)
    assert is_loaded()
    assert (Document.objects.count(), Programme.objects.count()) == (6, 2)
    scan = Document.objects.get(state=DocumentState.QUEUED)
    assert scan.name == "6-phong-chay-rung-ban-ky.pdf"
    assert not Document.objects.exclude(pk=scan.pk).exclude(state=DocumentState.READ).exists()
    assert Unit.objects.filter(kind="commune").count() == 3321 + 12
    for one in PEOPLE:
        assert authenticate(RequestFactory().post("/"), username=one.username, password=PASSWORD) is not None
    assert out.getvalue().count(PASSWORD) == 2
    late = Part.objects.filter(assignment__obligation__isnull=False, done_on=None).values_list("unit__name", flat=True)
    assert set(late) == {"xã Bản Lim"}


@pytest.mark.django_db
def test_it_is_never_loaded_into_an_office_that_is_at_work() -> None:
    person_in(UnitFactory(), username="that", full_name="Người Có Thật")
    call_command("demo", "--if-empty", stdout=StringIO())
    with pytest.raises(CommandError, match="chỉ nạp vào hệ thống trống"):
        call_command("demo", stdout=StringIO())
    assert not is_loaded()


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_told() -> None:
    with pytest.raises(CommandError, match="Không thấy thư mục"):
        call_command("demo_seeds", "khong-co", stdout=StringIO())
