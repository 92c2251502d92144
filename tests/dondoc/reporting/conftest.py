from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.forms import CheckboxInput
from django.test import Client

from dondoc.programmes import services as programmes
from dondoc.programmes.models import Duty, Programme
from dondoc.reporting.enums import VersionState
from dondoc.reporting.models import Campaign, Return, TemplateVersion
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.templates import (
    CheckFacts,
    ColumnFacts,
    IndicatorFacts,
    SectionFacts,
    TableFacts,
    TemplateFacts,
)
from dondoc.reporting.services import filling, handing, opening, templates
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.enums import GroupRule
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import by, duty, plan, recurring, task
from tests.dondoc.factories.units import GroupFactory

DUE = TODAY + timedelta(days=10)

POOLS = TemplateFacts(
    "boi",
    "Báo cáo tổng kết phòng, chống đuối nước",
    for_whom="UBND các xã, phường",
    sections=(
        SectionFacts("I", "KẾT QUẢ THỰC HIỆN", guidance="Nêu số liệu."),
        SectionFacts("II", "KIẾN NGHỊ", need="free"),
    ),
    tables=(
        TableFacts(
            "2A",
            "Biểu số liệu",
            (ColumnFacts("2024", "Năm 2024"), ColumnFacts("2025", "Năm 2025")),
            (
                IndicatorFacts("C.01", "Số trẻ em", band="C. Trẻ em", measure="trẻ em", across_periods="latest"),
                IndicatorFacts("C.02", "Số trẻ em biết bơi", band="C. Trẻ em", measure="trẻ em", across_periods="latest"),
                IndicatorFacts(
                    "C.03", "Tỷ lệ trẻ em biết bơi", band="C. Trẻ em", measure="%", decimals=1, formula="C.02 / C.01 * 100",
                    across_units="ratio", across_periods="ratio", numerator="C.02", denominator="C.01",
                    target_comparator=">=", target_value=Decimal(50),
                ),
                IndicatorFacts("D.01", "Số lớp dạy bơi", band="D. Lớp", measure="lớp"),
            ),
        ),
    ),
    checks=(CheckFacts("C.02", "<=", "C.01", "Sửa một trong hai số."),),
)  # fmt: skip


@pytest.fixture
def related(province: Unit) -> UnitGroup:
    return GroupFactory(code="so-lien-quan", name="Các sở, ban, ngành liên quan", province=province, rule=GroupRule.OPEN)


@pytest.fixture
def programme(
    owner: Person,
    department: Unit,
    all_communes: UnitGroup,
    related: UnitGroup,
    actor_for: Callable[..., Actor],
    frozen_day: date,
) -> Programme:
    """Two duties by one day, and the task whose draft is due later."""
    call_command("load_templates")
    document = plan(
        department,
        owner,
        [
            duty("Các sở, ban, ngành liên quan lập báo cáo theo phụ lục 1, 1A", reporters=[related.name], recipient="Sở Y tế",
                 deadline=by("2025-10-10")),
            duty("UBND các xã, phường lập báo cáo theo phụ lục 2, 2A", reporters=[all_communes.name], recipient="Sở Y tế",
                 deadline=by("2025-10-10")),
            duty("báo cáo công tác hằng năm", reporters=[all_communes.name], recipient="Sở Y tế", period="P1Y",
                 deadline=recurring("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "trước ngày 30/11")),
            task("Tổng hợp, dự thảo báo cáo tổng kết của tỉnh", lead=["Sở Y tế"], deadline=by("2025-10-20")),
        ],
    )  # fmt: skip
    return programmes.open_programme(actor_for(owner), document, at=NOON, lead_unit=department)


@pytest.fixture
def of_communes(programme: Programme) -> Duty:
    return programme.duties.get(text__startswith="UBND")


@pytest.fixture
def template(owner: Person, department: Unit, actor_for: Callable[..., Actor]) -> TemplateVersion:
    """A small template in use: two sections, four indicators over two years, one check."""
    version = templates.make_template(actor=actor_for(owner), owner=department, facts=POOLS, at=NOON)
    templates.issue(actor=actor_for(owner), version=version)
    version.refresh_from_db()
    assert version.state == VersionState.ISSUED
    return version


@pytest.fixture
def campaign(
    template: TemplateVersion,
    department: Unit,
    owner: Person,
    communes: list[Unit],
    all_communes: UnitGroup,
    actor_for: Callable[..., Actor],
) -> Campaign:
    """Three communes report to Sở Y tế within ten days."""
    group = GroupFacts("UBND các xã, phường", template, communes, all_communes)
    facts = CampaignFacts(
        title="Tổng kết Chương trình phòng, chống đuối nước",
        recipient=department,
        period_name="Giai đoạn 2021 - 2025",
        last_ok_on=DUE,
        groups=[group],
        deadline_text="trước 23/9/2025",
    )
    return opening.open_campaign(actor=actor_for(owner), facts=facts, at=NOON)


@pytest.fixture
def report(campaign: Campaign, commune: Unit) -> Return:
    """That of xã An Bình."""
    return Return.objects.select_related("campaign", "group__template", "unit").get(campaign=campaign, unit=commune)


def fill(report: Return, actor: Actor, number: int = 4, **cells: Cell) -> None:
    """Every cell with one number, but C02_2025=…; the section that must be written is."""
    entries = [filling.Entry(place, Cell(Decimal(number))) for _, _, place in asked(POOLS)]
    entries += [filling.Entry(Place(f"{name[0]}.{name[1:3]}", name[4:]), cell) for name, cell in cells.items()]
    filling.save_cells(actor=actor, report=report, entries=entries, at=NOON)
    filling.save_text(actor=actor, report=report, section="I", text="Đã mở lớp dạy bơi.", at=NOON)


def hand_in(report: Return, person: Person, actor_for: Callable[..., Actor], on: date = TODAY, number: int = 4) -> Return:
    """Filled in and handed in by a person of the unit."""
    actor = actor_for(person, on)
    fill(report, actor, number)
    handing.submit(actor=actor, report=report, token=uuid4(), at=NOON)
    report.refresh_from_db()
    return report


def answer(client: Client, address: str, **changed: object) -> dict[str, object]:
    """What the browser sends from the page of opening when nothing was changed but ``changed``."""
    page = client.get(address)
    assert page.status_code == 200
    sent: dict[str, object] = {}
    for form in filter(None, (page.context["form"], page.context["later"], *page.context["forms"])):
        for field in form:
            value = field.value()
            if isinstance(field.field.widget, CheckboxInput):
                sent[field.html_name] = "on" if value else ""
                continue
            sent[field.html_name] = field.field.widget.format_value(value) if value is not None else ""
    return {name: value for name, value in sent.items() if value} | changed
