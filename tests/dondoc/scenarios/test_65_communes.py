"""The communes' report of plan 208, Lạng Sơn: one assignment with 65 parts; 64 deliver, one is late.

The plan names the report three times (a step of the schedule that Sở Y tế leads, a duty, a task of the communes): it is owed once.
"""

import html
import re
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from docx import Document as WordDocument

from dondoc.notices.models import Notice
from dondoc.programmes import services
from dondoc.programmes.models import Assignment, Part, Programme, Task
from dondoc.programmes.queries.statistics import counters
from dondoc.programmes.services.urging import urge
from dondoc.units.access import actor_of
from dondoc.units.enums import GroupRule, Role, UnitKind
from dondoc.units.models import Person
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.units import CommuneFactory, GroupFactory, ProvinceFactory, UnitFactory, person_in
from tests.dondoc.scenarios.gold import plan_of
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]

PLAN = "lang-son-208-kh-ubnd.draft"
GIVEN, DUE, TODAY = date(2025, 8, 7), date(2025, 9, 9), date(2025, 9, 12)
COMMUNES = "UBND các xã, phường"


class Review(NamedTuple):
    """The programme of the final review, the communes' part of it, and who looks on."""

    programme: Programme
    task: Task
    late: Part
    health: Person
    chairman: Person
    clerk: Person


def noon(day: date) -> datetime:
    return datetime.combine(day, NOON.timetz())


@pytest.fixture
def review() -> Review:
    province = ProvinceFactory(code="lang-son", name="tỉnh Lạng Sơn")
    office = UnitFactory(province=province, name="Văn phòng UBND tỉnh", kind=UnitKind.OFFICE)
    committee = UnitFactory(province=province, name="UBND tỉnh Lạng Sơn", kind=UnitKind.PEOPLES_COMMITTEE)
    department = UnitFactory(province=province, name="Sở Y tế")
    communes = [CommuneFactory(province=province, code=f"98{number:03}", name=f"xã Mẫu {number:02}") for number in range(1, 66)]
    GroupFactory(code="ubnd-xa-phuong", name=COMMUNES, province=province, rule=GroupRule.ALL_COMMUNES)
    writer = person_in(office, Role.PROVINCIAL_OFFICE, username="vanphong")
    health = person_in(department, username="soyte", email="soyte@minh-hoa.example")
    chairman = person_in(committee, Role.UNIT_LEADER, username="phochutich")
    clerk = person_in(communes[-1], Role.CLERK, username="xa65", email="xa65@minh-hoa.example")
    with time_machine.travel(noon(GIVEN), tick=False):
        document = plan_of(PLAN, office, writer, code="208/KH-UBND", issued_on=GIVEN)
        programme = services.open_programme(actor_of(writer, GIVEN), document, at=noon(GIVEN), lead_unit=department)
    share = Assignment.objects.filter(task__programme=programme, name=COMMUNES, obligation__isnull=False)
    task = share.select_related("task").order_by("task__position").first().task  # type: ignore[union-attr]
    late = Part.objects.select_related("unit", "assignment__task").get(assignment__task=task, unit=communes[-1])
    return Review(programme, task, late, health, chairman, clerk)


def hand_in(review: Review, count: int = 64) -> None:
    """The first communes deliver on the last good day, entered by Sở Y tế."""
    parts = Part.objects.filter(assignment__task=review.task).exclude(pk=review.late.pk).order_by("unit__code")
    with time_machine.travel(noon(DUE), tick=False):
        for part in parts[:count]:
            services.deliver(
                actor=actor_of(review.health, DUE), task=review.task, part=part, at=noon(DUE), happened_on=DUE,
                product_code=f"{part.pk}/BC-UBND", product_date=DUE,
            )  # fmt: skip


def names_of_the_report(review: Review) -> list[Task]:
    owed = Assignment.objects.get(task=review.task, name=COMMUNES).obligation
    return list(Task.objects.filter(assignments__obligation=owed).distinct())


class TestOwedOnce:
    def test_three_names_are_one_obligation(self, review: Review) -> None:
        owed = Assignment.objects.get(task=review.task, name=COMMUNES).obligation
        assert owed is not None
        assert owed.duties.count() == 1
        assert sum(one.counted for one in names_of_the_report(review)) == 1

    def test_accepting_the_last_part_closes_all(self, review: Review) -> None:
        hand_in(review)
        with time_machine.travel(noon(TODAY), tick=False):
            services.deliver(
                actor=actor_of(review.clerk, TODAY), task=review.task, part=review.late, at=noon(TODAY), happened_on=TODAY,
                note="Đã gửi báo cáo giấy",
            )  # fmt: skip
            assert not any(one.done_on for one in names_of_the_report(review))
            services.accept(
                actor=actor_of(review.health, TODAY), task=review.task, part=review.late, at=noon(TODAY), happened_on=TODAY
            )
        shares = Assignment.objects.get(task=review.task, name=COMMUNES).obligation.assignments.all()  # type: ignore[union-attr]
        assert shares.count() > 1
        assert not Part.objects.filter(assignment__in=shares, done_on=None).exists()
        alone = [one for one in names_of_the_report(review) if one.assignments.filter(role="lead").count() == 1]
        assert {one.done_on for one in alone} == {TODAY}


@pytest.fixture
def three_days_late(review: Review) -> Review:
    hand_in(review)
    return review


class TestOneIsLate:
    def test_one_assignment_with_65_parts(self, three_days_late: Review) -> None:
        """One task of the programme that is overdue; 65 parts in the units' own figures."""
        with time_machine.travel(noon(TODAY), tick=False):
            figures = counters(three_days_late.programme, TODAY, today=TODAY)
        parts = Part.objects.filter(assignment__task=three_days_late.task)
        assert (parts.count(), parts.filter(done_on=DUE).count()) == (65, 64)
        assert figures.overdue == Task.objects.filter(
            programme=three_days_late.programme, counted=True, done_on=None, last_ok_on__lt=TODAY
        ).count()  # fmt: skip
        assert Task.objects.get(pk=three_days_late.task.pk).last_ok_on == DUE

    def test_the_matrix(self, three_days_late: Review, log_in: Callable[[Person], Client]) -> None:
        with time_machine.travel(noon(TODAY), tick=False):
            client = log_in(three_days_late.health)
            board = client.get(f"/chuong-trinh/{three_days_late.programme.pk}/").content.decode()
            matrix = client.get(
                f"/chuong-trinh/{three_days_late.programme.pk}/nhiem-vu/{three_days_late.task.pk}/don-vi/"
            ).content.decode()
        assert "64/65" in board
        assert "xã Mẫu 65" in board
        assert all(f"xã Mẫu {number:02}" in matrix.replace("Xã", "xã") for number in range(1, 66))

    def test_the_letter(self, three_days_late: Review) -> None:
        with time_machine.travel(noon(TODAY), tick=False):
            actor = actor_of(three_days_late.health, TODAY)
            letter = urge(actor=actor, at=noon(TODAY), task=three_days_late.task)
            assert urge(actor=actor, at=noon(TODAY), task=three_days_late.task) == letter
            with letter.file.content.open("rb") as stored:
                word = WordDocument(BytesIO(stored.read()))
        text = "\n".join([p.text for p in word.paragraphs] + [c.text for t in word.tables for r in t.rows for c in r.cells])
        assert "xã Mẫu 65" in text
        assert "xã Mẫu 64" not in text
        assert "208/KH-UBND" in text

    def test_the_digest(self, three_days_late: Review) -> None:
        with time_machine.travel(noon(TODAY), tick=False):
            call_command("remind", verbosity=0)
            call_command("remind", verbosity=0)
        (letter,) = [one for one in mail.outbox if one.to == ["xa65@minh-hoa.example"]]
        assert "Quá hạn 3 ngày" in letter.body
        assert not Notice.objects.filter(person=three_days_late.chairman, key__contains=":late-").exists()

    def test_the_chairmans_page(self, three_days_late: Review, log_in: Callable[[Person], Client]) -> None:
        with time_machine.travel(noon(TODAY), tick=False):
            page = log_in(three_days_late.chairman).get("/").content.decode()
            (row,) = re.findall(r'<a[^>]*href="([^"]*)"[^>]*>[^<]*Xã, phường', page)
            behind = log_in(three_days_late.chairman).get(html.unescape(row)).content.decode()
        assert "1/65" in page
        assert "xã Mẫu 65" in behind.replace("Xã", "xã")
        assert "xã Mẫu 64" not in behind.replace("Xã", "xã")
