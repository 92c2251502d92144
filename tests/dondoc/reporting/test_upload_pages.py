"""The pages of a unit's form as a file: what is downloaded, and what an upload leads to."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from dondoc.reporting.models import Return, Value
from dondoc.reporting.queries.content import cells_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.reporting.conftest import fill

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")


def address(report: Return, more: str = "nop-tep/") -> str:
    return f"/bao-cao/{report.pk}/{more}"


def download(client: Client, report: Return) -> Any:
    """The form's workbook."""
    answer = client.get(address(report, "mau-xlsx/"))
    assert answer.status_code == 200
    return load_workbook(BytesIO(b"".join(answer.streaming_content)))


def saved(book: Any, name: str = "an-binh.xlsx") -> SimpleUploadedFile:
    target = BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


@pytest.fixture
def clerk(commune_clerk: Person, log_in: LogIn) -> Client:
    return log_in(commune_clerk)


def test_smoke(clerk: Client, report: Return) -> None:
    assert "Mẫu Excel" in clerk.get(address(report)).content.decode()
    book = download(clerk, report)
    book["Biểu 2A"]["D6"] = 5
    answer = clerk.post(address(report), {"upload": saved(book)}, follow=True)
    assert "Đã ghi 1 ô từ tệp" in answer.content.decode()
    book["Biểu 2A"]["D6"] = 6
    book["Biểu 2A"]["D7"] = "nhiều"
    answer = clerk.post(address(report), {"upload": saved(book)})
    assert answer.status_code == 422
    print(answer.content.decode())
