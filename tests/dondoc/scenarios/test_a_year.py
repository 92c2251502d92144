"""The plan of Điện Biên followed over a year: what happens to its tasks and targets, and the figures counted by hand.

21/11/2025 the plan is given. Three party committees owe their own plans before 15/12/2025: the first in time, the second with an
extension, the third late, through the whole ladder. One task recurs each year, three run to 2030, the rest goes on without an end.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

import pytest
import time_machine
from django.db.models import Q
from django.test import Client

from dondoc.notices.models import Notice
from dondoc.programmes import services
from dondoc.programmes.enums import FigureKind
from dondoc.programmes.models import Part, Programme, Target, Task
from dondoc.programmes.queries.statistics import Counters, counters
from dondoc.programmes.rules.targets_checks import Figure
from dondoc.programmes.rules.targets_periods import Span
from dondoc.programmes.services import targets_measuring
from dondoc.units.access import actor_of
from dondoc.units.enums import GroupRule, Role, UnitKind
from dondoc.units.models import GroupMember, Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.units import GroupFactory, ProvinceFactory, UnitFactory, person_in
from tests.dondoc.scenarios.gold import gold, names_in, plan_of
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.django_db]

PLAN = "dien-bien-07-kh-tu.ocr"
GIVEN = date(2025, 11, 21)
COMMITTEES = "Các đảng ủy trực thuộc Tỉnh ủy"
FIRST_DAY, LAST_DAY = date(2026, 1, 1), date(2026, 12, 31)


class Year(NamedTuple):
    """The programme, and who acts in it."""

    programme: Programme
    giver: Person
    people: dict[str, Person]

    def actor(self, name: str, on: date) -> Actor:
        return actor_of(self.giver if name == "giver" else self.people[name], on)

    def task(self, words: str) -> Task:
        return Task.objects.get(programme=self.programme, text__icontains=words)

    def part(self, task: Task, name: str) -> Part:
        return Part.objects.get(assignment__task=task, unit__name=name, period=None)


def noon(day: date) -> datetime:
    return datetime.combine(day, NOON.timetz())


@pytest.fixture
def year() -> Year:
    province = ProvinceFactory(code="dien-bien", name="tỉnh Điện Biên")
    office = UnitFactory(province=province, name="Văn phòng Tỉnh ủy", kind=UnitKind.PARTY)
    giver = person_in(office, Role.PROVINCIAL_OFFICE, username="vptu", full_name="Lò Thị Văn Phòng")
    committees = [UnitFactory(province=province, name=f"Đảng ủy xã Mẫu {number}", kind=UnitKind.PARTY) for number in (1, 2, 3)]
    _group(province, committees)
    bodies = [name for name in names_in(gold(PLAN), "lead") if name != COMMITTEES]
    units = {name: UnitFactory(province=province, name=name) for name in bodies} | {unit.name: unit for unit in committees}
    people = {name: person_in(unit, username=f"nguoi{unit.pk}") for name, unit in units.items()}
    with time_machine.travel(noon(GIVEN), tick=False):
        document = plan_of(
            PLAN, office, giver, type="KH", code="07-KH/TU", issued_on=GIVEN, title="Thực hiện Nghị quyết số 72-NQ/TW"
        )
        programme = services.open_programme(actor_of(giver, GIVEN), document, at=noon(GIVEN))
    return Year(programme, giver, people)


def _group(province: Unit, members: list[Unit]) -> UnitGroup:
    group: UnitGroup = GroupFactory(code="dang-uy-truc-thuoc", name=COMMITTEES, province=province, rule=GroupRule.LISTED)
    GroupMember.objects.bulk_create([GroupMember(group=group, unit=unit) for unit in members])
    return group


def run(on: date, until: date) -> None:
    """The daily run of every day."""
    while on <= until:
        with time_machine.travel(noon(on), tick=False):
            services.open_periods(on=on)
            services.remind(on=on, at=noon(on))
        on += timedelta(days=1)


def deliver(year: Year, task: Task, name: str, on: date, part: Part | None = None) -> None:
    services.deliver(
        actor=year.actor(name, on), task=task, part=part, at=noon(on), happened_on=on, product_code="1/BC", product_date=on
    )


def the_committees(year: Year) -> Task:
    """First in time, second with an extension, third late."""
    task = year.task("quán triệt và xây dựng kế hoạch")
    first, second = (f"Đảng ủy xã Mẫu {number}" for number in (1, 2))
    deliver(year, task, first, date(2025, 12, 10), year.part(task, first))
    asked = services.ask_extension(
        actor=year.actor(second, date(2025, 12, 12)), task=task, part=year.part(task, second), at=noon(date(2025, 12, 12)),
        happened_on=date(2025, 12, 12), new_due_on=date(2025, 12, 31), objective="Chờ hướng dẫn của Trung ương", progress="Đã dự thảo",
    )  # fmt: skip
    services.grant_extension(
        actor=year.actor("giver", date(2025, 12, 13)), request=asked, at=noon(date(2025, 12, 13)), happened_on=date(2025, 12, 13),
        new_due_on=date(2025, 12, 31),
    )  # fmt: skip
    deliver(year, task, second, date(2025, 12, 30), year.part(task, second))
    return task


def live(year: Year) -> None:
    """Everything that happens until the end of 2026."""
    task = the_committees(year)
    third = "Đảng ủy xã Mẫu 3"
    run(date(2025, 12, 1), date(2026, 1, 31))
    deliver(year, task, third, date(2026, 2, 10), year.part(task, third))
    recurring = year.task("Lồng ghép và ưu tiên các chỉ tiêu")
    services.name_answerer(actor=year.actor("giver", FIRST_DAY), assignment=recurring.assignments.get(name="Sở Y tế"))
    services.skip_period(
        actor=year.actor("giver", FIRST_DAY), period=recurring.periods.get(starts_on__year=2025), at=noon(FIRST_DAY),
        happened_on=FIRST_DAY, reason_code="overtaken", reason="Kế hoạch ban hành cuối năm 2025",
    )  # fmt: skip
    run(FIRST_DAY, FIRST_DAY)
    turn = Part.objects.get(assignment__task=recurring, unit__name="Sở Y tế", period__starts_on__year=2026)
    deliver(year, recurring, "Sở Y tế", date(2026, 12, 20), turn)
    hospital = year.task("Bệnh viện đa khoa tỉnh đạt cấp chuyên sâu")
    services.name_answerer(actor=year.actor("giver", FIRST_DAY), assignment=hospital.assignments.get(name="Sở Y tế"))
    deliver(year, hospital, "Sở Y tế", date(2026, 6, 1))
    for words, name, on in (
        ("Tham mưu thực hiện luân phiên", "Sở Y tế", date(2026, 11, 2)),
        ("đổi mới và tăng cường giáo dục y đức".capitalize(), "Sở Y tế", date(2026, 5, 4)),
    ):
        services.record_progress(
            actor=year.actor(name, on), task=year.task(words), at=noon(on), happened_on=on, note="Đã làm một phần"
        )
    done = year.task("Công tác điều trị Methadone")
    deliver(year, done, "Sở Y tế", date(2026, 8, 3))
    stop = {"at": noon(date(2026, 7, 1)), "happened_on": date(2026, 7, 1), "reason_code": "directed", "reason": "Theo chỉ đạo"}
    giver = year.actor("giver", date(2026, 7, 1))
    services.suspend(actor=giver, task=year.task("Cai nghiện ma túy"), **stop)  # type: ignore[arg-type]
    services.cancel(actor=giver, task=year.task("phát triển công nghiệp dược"), **stop)  # type: ignore[arg-type]


class TestTheYear:
    def test_the_appendix_and_the_targets_are_all_there(self, year: Year) -> None:
        data = gold(PLAN)
        assert year.programme.tasks.count() == len(data["tasks"]) == 32
        assert year.programme.targets.count() == len(data["targets"]) == 15

    def test_the_years_figures_are_those_counted_by_hand(self, year: Year) -> None:
        """Of 32 tasks 5 have a deadline: the committees' plans (the third was late), three until 2030 of which one is done, and
        the yearly one, whose turn of 2025 was left out with a reason, that of 2026 is done and the next has not begun. Without a
        deadline are 28: one done, two stopped, 25 going on, of which one spoke in the last three months.
        """
        live(year)
        today = date(2027, 3, 1)
        with time_machine.travel(noon(today), tick=False):
            at_the_end = counters(year.programme, LAST_DAY, today=today)
            before = counters(year.programme, date(2025, 12, 14), today=today)
            on_the_day_after = counters(year.programme, date(2025, 12, 15), today=today)
        assert at_the_end == Counters(
            done_on_time=1, done_late=1, within=2, overdue=0, undated_open=25, undated_done=1, suspended=1, cancelled=1,
            soon=0, long_overdue=0, silent=23,
        )  # fmt: skip
        assert at_the_end.total == 32
        assert (before.overdue, before.soon, on_the_day_after.overdue) == (0, 1, 1)

    def test_lateness_is_told_against_both_deadlines(self, year: Year) -> None:
        task = the_committees(year)
        part = year.part(task, "Đảng ủy xã Mẫu 2")
        assert (part.done_on, part.last_ok_on) == (date(2025, 12, 30), date(2025, 12, 31))
        task.refresh_from_db()
        assert (task.due_on, task.last_ok_on, task.done_on) == (date(2025, 12, 15), date(2025, 12, 14), None)

    def test_the_late_one_goes_up_the_ladder_once_a_step(self, year: Year) -> None:
        task = the_committees(year)
        run(date(2025, 12, 1), date(2026, 1, 31))
        run(date(2025, 12, 1), date(2026, 1, 31))
        part = year.part(task, "Đảng ủy xã Mẫu 3")
        told = Notice.objects.filter(Q(key__startswith=f"part-{part.pk}:") | Q(key__startswith=f"task-{task.pk}:"))
        steps = [
            (key.split(":", 2)[2], unit)
            for key, unit in told.order_by("pk").values_list("key", "person__memberships__unit__name")
        ]
        assert steps == [
            ("before-7", "Đảng ủy xã Mẫu 3"),
            ("before-3", "Đảng ủy xã Mẫu 3"),
            ("late-1", "Đảng ủy xã Mẫu 3"),
            ("late-7", "Đảng ủy xã Mẫu 3"),
            ("late-15:giver", "Văn phòng Tỉnh ủy"),
            ("late-30:office", "Văn phòng Tỉnh ủy"),
        ]

    def test_a_targets_picture(self, year: Year, log_in: Callable[[Person], Client]) -> None:
        target = Target.objects.get(programme=year.programme, indicator__icontains="bao phủ bảo hiểm y tế")
        for month, value in ((3, "96.8"), (6, "97.2"), (9, "97.9")):
            last = date(2026, month, 30 if month != 3 else 31)
            with time_machine.travel(noon(last + timedelta(days=1)), tick=False):
                on = last + timedelta(days=1)
                targets_measuring.record(
                    actor=year.actor("giver", on), target=target, unit=year.programme.lead_unit,  # type: ignore[arg-type]
                    span=Span(last, date(2026, 1, 1)),
                    entry=targets_measuring.Entry(Figure(FigureKind.FIGURE, Decimal(value)), on, "Báo cáo của bảo hiểm xã hội"),
                    seen=None, at=noon(on), accept_it=True,
                )  # fmt: skip
        with time_machine.travel(noon(date(2026, 10, 2)), tick=False):
            page = log_in(year.giver).get(f"/chuong-trinh/{year.programme.pk}/chi-tieu/{target.pk}/").content.decode()
        assert "<svg" in page
        assert "97,9" in page
        assert "98" in page
