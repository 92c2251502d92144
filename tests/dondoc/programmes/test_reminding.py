"""The daily run and what people hear of events: whom, on which day, once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from dondoc.notices.models import Notice
from dondoc.programmes import services
from dondoc.programmes.models import Programme, Task
from dondoc.programmes.rules.reminders import Plan, Whom, step_on
from dondoc.units.enums import Role
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_lead, add_task, by
from tests.dondoc.factories.units import person_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]

PLAN = Plan((7, 3, 1), (1, 7, 15, 30))
DUE = date(2025, 9, 24)  # a Wednesday, the last good day of "đến ngày 24/9"
ActorFor = Callable[..., Actor]


def remind(on: date) -> int:
    return services.remind(on=on, at=datetime(on.year, on.month, on.day, 7, tzinfo=NOON.tzinfo))


def heard(person: Person) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(person=person).order_by("made_at", "pk")]


class TestSteps:
    @pytest.mark.parametrize(
        ("day", "name", "whom"),
        [
            (date(2025, 9, 16), None, None),
            (date(2025, 9, 17), "before-7", Whom.UNIT),
            (date(2025, 9, 20), "before-7", Whom.UNIT),
            (date(2025, 9, 21), "before-3", Whom.UNIT),
            (date(2025, 9, 23), "before-1", Whom.UNIT),
            (DUE, "before-1", Whom.UNIT),
            (date(2025, 9, 25), "late-1", Whom.UNIT),
            (date(2025, 9, 30), "late-1", Whom.UNIT),
            (date(2025, 10, 1), "late-7", Whom.LEADERS),
            (date(2025, 10, 9), "late-15", Whom.GIVER),
            (date(2025, 10, 24), "late-30", Whom.OFFICE),
            (date(2025, 11, 23), "late-30", Whom.OFFICE),
            (date(2025, 11, 24), None, None),
        ],
    )
    def test_the_step_of_each_day(self, day: date, name: str | None, whom: Whom | None) -> None:
        step = step_on(DUE, day, PLAN)
        assert (step.name if step else None, step.whom if step else None) == (name, whom)

    def test_an_answer_stops_the_ladder(self) -> None:
        assert step_on(DUE, DUE + timedelta(days=30), PLAN, answered=True) is None
        assert step_on(DUE, DUE, PLAN, answered=True) is not None

    @given(st.integers(-80, 80))
    def test_steps_follow_one_another(self, days: int) -> None:
        order = ["before-7", "before-3", "before-1", "late-1", "late-7", "late-15", "late-30"]
        one, other = step_on(DUE, DUE + timedelta(days=days), PLAN), step_on(DUE, DUE + timedelta(days=days + 1), PLAN)
        if one and other:
            assert order.index(one.name) <= order.index(other.name)


@pytest.fixture
def task(programme: Programme, other_department: Unit) -> Task:
    """Of Sở Nội vụ, in a programme of Sở Y tế."""
    return add_task(programme, lead=other_department, deadline=by("2025-09-24", exclusive=False))


class TestDailyRun:
    def test_the_unit_is_reminded_once_a_step(self, task: Task, colleague: Person, owner: Person) -> None:
        days = [DUE - timedelta(days=left) for left in range(9, -1, -1)]
        for day in days:
            remind(day)
            remind(day)

        texts = heard(colleague)
        assert [text.split(":")[0] for text in texts] == ["Còn 7 ngày", "Còn 2 ngày", "Còn 1 ngày"]  # 21/9 is a Sunday
        assert "Sở Nội vụ; hạn 24/9/2025" in texts[0]
        assert heard(owner) == []

    def test_lateness_climbs_to_those_who_answer(
        self, task: Task, colleague: Person, owner: Person, office_specialist: Person, other_department: Unit
    ) -> None:
        leader = person_in(other_department, Role.UNIT_LEADER, username="gd", full_name="Lý Văn Giám Đốc")
        for late in (1, 7, 15, 30, 31):
            remind(_workday(DUE + timedelta(days=late)))

        assert [text.split(":")[0] for text in heard(colleague)] == ["Quá hạn 1 ngày"]
        assert [text.split(":")[0] for text in heard(leader)] == ["Quá hạn 1 ngày", "Quá hạn 7 ngày"]
        assert [text.split(":")[0] for text in heard(owner)] == ["Quá hạn 15 ngày"]
        assert [text.split(":")[0] for text in heard(office_specialist)] == ["Quá hạn 30 ngày"]

    def test_an_answer_stops_it(self, task: Task, colleague: Person, owner: Person, actor_for: ActorFor) -> None:
        late = DUE + timedelta(days=2)
        services.record_progress(actor=actor_for(colleague, on=late), task=task, at=NOON, happened_on=late, note="Đang làm")
        remind(DUE + timedelta(days=15))
        assert heard(owner) == []

    def test_what_is_done_waits_or_rests_is_left_alone(
        self, task: Task, colleague: Person, owner: Person, actor_for: ActorFor
    ) -> None:
        services.deliver(actor=actor_for(colleague), task=task, at=NOON, happened_on=TODAY, note="Đã gửi")
        Notice.objects.all().delete()
        assert remind(DUE) == 0

    def test_nobody_is_reminded_on_a_day_of_rest(self, task: Task, colleague: Person) -> None:
        assert remind(date(2025, 9, 20)) == 0
        assert remind(date(2025, 9, 22)) == 1

    def test_a_late_group_is_one_notice_to_the_giver(
        self, programme: Programme, all_communes: UnitGroup, communes: list[Unit], commune_clerk: Person, owner: Person
    ) -> None:
        task = add_task(programme, deadline=by("2025-09-24", exclusive=False))
        add_lead(task, all_communes, communes)
        assert remind(_workday(DUE + timedelta(days=1))) == 1
        assert "xã An Bình" in heard(commune_clerk)[0]
        assert remind(_workday(DUE + timedelta(days=15))) == 1
        assert "phường Hòa Lạc" in heard(owner)[0]
        assert "xã An Bình" in heard(owner)[0]

    @pytest.mark.parametrize("many", [1, 5])
    def test_cost_does_not_grow_with_what_is_not_due(
        self, programme: Programme, other_department: Unit, django_assert_num_queries: Callable[..., Any], many: int
    ) -> None:
        for number in range(many):
            add_task(programme, lead=other_department, text=f"Việc {number}", deadline=by("2026-09-24"))
        with django_assert_num_queries(6):
            assert services.remind(on=DUE, at=NOON) == 0


class TestEvents:
    def test_a_delivery_that_waits_is_told_to_the_giver(
        self, task: Task, colleague: Person, owner: Person, actor_for: ActorFor
    ) -> None:
        services.deliver(actor=actor_for(colleague), task=task, at=NOON, happened_on=TODAY, note="Đã gửi")
        assert heard(owner) == [f"Sở Nội vụ báo hoàn thành, chờ xác nhận: {task.text}"]
        assert heard(colleague) == []

    def test_a_return_is_told_to_the_unit_with_its_reason(
        self, task: Task, colleague: Person, owner: Person, actor_for: ActorFor
    ) -> None:
        services.deliver(actor=actor_for(colleague), task=task, at=NOON, happened_on=TODAY, note="Đã gửi")
        services.return_(
            actor=actor_for(owner), task=task, at=NOON, happened_on=TODAY, reason_code="incomplete", reason="Thiếu số liệu"
        )
        assert heard(colleague) == [f"Trả lại để làm tiếp: {task.text} Lý do: Thiếu số liệu"]

    def test_new_work_is_told_once_to_each_unit(
        self, review_plan: Any, owner: Person, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        services.open_programme(actor_for(owner), review_plan, at=NOON)
        assert len(heard(commune_clerk)) == 1
        assert heard(commune_clerk)[0].startswith("Được giao ")
        assert heard(owner) == []


class TestCommand:
    def test_it_says_what_it_did_and_may_be_run_again(
        self, task: Task, colleague: Person, capsys: pytest.CaptureFixture[str], mailoutbox: list[Any]
    ) -> None:
        colleague.email = "dn@minhhoa.example"
        colleague.save()
        for _ in range(2):
            call_command("remind", "--date", "2025-09-17")
        assert capsys.readouterr().out.splitlines() == [
            "Đã nhắc 1 lượt, gửi 1 thư tổng hợp.",
            "Đã nhắc 0 lượt, gửi 0 thư tổng hợp.",
        ]
        assert len(mailoutbox) == 1

    def test_it_rests_on_days_of_rest(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("remind", "--date", "2026-02-17")
        assert "ngày nghỉ" in capsys.readouterr().out

    def test_a_wrong_day_is_refused(self) -> None:
        with pytest.raises(CommandError, match="không phải là ngày"):
            call_command("remind", "--date", "mai")


def _workday(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day
