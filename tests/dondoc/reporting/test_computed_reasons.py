"""What is doubtful about a cell that a formula gives is explained at the cell, on the page and without scripts."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from dondoc.reporting.models import Return, TemplateVersion
from dondoc.reporting.queries.content import cells_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.templates import CheckFacts, ColumnFacts, IndicatorFacts, TableFacts, TemplateFacts
from dondoc.reporting.services import filling, handing, templates
from dondoc.reporting.services.handing import NotReady
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.test_form import ActorFor, LogIn, address, autosave, cell, open_for

pytestmark = pytest.mark.usefixtures("frozen_day")
FACTS = TemplateFacts(
    "ty-le",
    "Tỷ lệ",
    tables=(
        TableFacts(
            "1",
            "Biểu",
            (ColumnFacts("2025", "Năm 2025"),),
            (
                IndicatorFacts("A", "Số lớp", measure="lớp"),
                IndicatorFacts("B", "Số lớp đạt", measure="lớp"),
                IndicatorFacts("C", "Tỷ lệ đạt", measure="%", decimals=1, formula="B / A * 100"),
            ),
        ),
    ),
    checks=(CheckFacts("C", ">=", "50", "Kiểm tra số lớp đạt", severity="warn"),),
)
A, B, C = (Place(code, "2025") for code in "ABC")
PART = "?bieu=1"


@pytest.fixture
def low(department: Unit, commune: Unit, owner: Person, commune_clerk: Person, actor_for: Callable[..., Actor]) -> Return:
    """1 of 5: 20,0%, which is to be explained."""
    version = templates.make_template(actor=actor_for(owner), owner=department, facts=FACTS, at=NOON)
    templates.issue(actor=actor_for(owner), version=version)
    report = open_for(TemplateVersion.objects.get(pk=version.pk), department, commune, actor_for(owner))
    entries = [filling.Entry(A, Cell(Decimal(5))), filling.Entry(B, Cell(Decimal(1)))]
    filling.save_cells(actor=actor_for(commune_clerk), report=report, entries=entries, at=NOON)
    return report


@pytest.fixture
def clerk(commune_clerk: Person, log_in: LogIn) -> Client:
    return log_in(commune_clerk)


def test_the_page_asks_for_the_reason(low: Return, clerk: Client) -> None:
    page = clerk.get(address(low, PART)).content.decode()
    assert "20 nhỏ hơn 50" in page
    assert 'name="ly-do:C:2025"' in page
    assert 'name="cu:C:2025" value="|"' in page
    assert 'name="C:2025"' not in page  # nobody types what a formula gives
    details = page.split('id="why-C:2025"')[1].split(">")[0]
    assert "hidden" not in details.replace("data-fresh-hidden", "")


def test_without_scripts(low: Return, clerk: Client, commune_clerk: Person, actor_for: ActorFor) -> None:
    with pytest.raises(NotReady):
        handing.submit(actor=actor_for(commune_clerk), report=low, token=uuid4(), at=NOON)
    answer = clerk.post(address(low, PART), {"ly-do:C:2025": "Lớp mới mở\ntừ tháng 8.", "cu:C:2025": "|"})
    assert answer.status_code == 302
    assert cells_of(low) == {A: Cell(Decimal(5)), B: Cell(Decimal(1)), C: Cell(explanation="Lớp mới mở từ tháng 8.")}
    page = clerk.get(address(low, PART)).content.decode()
    assert "Lớp mới mở từ tháng 8.</textarea>" in page
    assert 'name="cu:C:2025" value="|Lớp mới mở từ tháng 8."' in page
    submission = handing.submit(actor=actor_for(commune_clerk), report=low, token=uuid4(), at=NOON)
    assert ["C", "2025", None, "", "Lớp mới mở từ tháng 8."] in submission.content["cells"]


def test_by_itself(low: Return, clerk: Client) -> None:
    answer = autosave(clerk, low, cell("C:2025", "", why="Lớp mới mở."), part="bieu=1&nhom=1").json()
    assert answer["saved"] == {"C:2025": "|Lớp mới mở."}
    assert "Đã ghi lý do:" in answer["html"]


def test_a_reason_cannot_bring_a_figure_with_it(low: Return, clerk: Client) -> None:
    answer = autosave(clerk, low, cell("C:2025", "99", why="Đúng."))
    assert answer.status_code == 409
    assert C not in cells_of(low)


def test_two_people_at_one_reason(low: Return, clerk: Client, log_in: LogIn) -> None:
    other = log_in(person_in(low.unit, username="canbo2", full_name="Lý Thị Hai"))
    other.post(address(low, PART), {"ly-do:C:2025": "Thiếu người dạy.", "cu:C:2025": "|"})
    page = clerk.post(address(low, PART), {"ly-do:C:2025": "Lớp mới mở.", "cu:C:2025": "|"}).content.decode()
    assert "Lý Thị Hai vừa sửa lý do ở ô này" in page
    assert "“Thiếu người dạy.”" in page
    assert 'name="cu:C:2025" value="|Thiếu người dạy."' in page
    assert cells_of(low)[C].explanation == "Thiếu người dạy."
    clerk.post(address(low, PART), {"ly-do:C:2025": "Lớp mới mở.", "cu:C:2025": "|Thiếu người dạy."})
    assert cells_of(low)[C].explanation == "Lớp mới mở."


def test_what_nobody_doubts_is_not_asked(low: Return, clerk: Client, commune_clerk: Person, actor_for: ActorFor) -> None:
    entry = filling.Entry(B, Cell(Decimal(4)))
    filling.save_cells(actor=actor_for(commune_clerk), report=low, entries=[entry], at=NOON)
    page = clerk.get(address(low, PART)).content.decode()
    assert page.split('id="why-C:2025"')[1].split(">")[0].rstrip().endswith("hidden")


def test_who_may(low: Return, owner: Person, colleague: Person, stranger: Person, log_in: LogIn) -> None:
    for person, status in ((owner, 403), (colleague, 404), (stranger, 404)):
        answer = log_in(person).post(address(low, PART), {"ly-do:C:2025": "Lý do.", "cu:C:2025": "|"})
        assert answer.status_code == status
    assert C not in cells_of(low)
