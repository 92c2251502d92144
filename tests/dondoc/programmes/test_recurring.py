"""Recurring tasks: their periods open by themselves, each with a part for every unit that leads."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents.models import Document
from dondoc.programmes import services
from dondoc.programmes.enums import ProgrammeState, StopReason
from dondoc.programmes.models import Part, Period, Programme, Task
from dondoc.programmes.services.recurring import begin
from dondoc.programmes.services.schedules import Schedule
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_lead, add_task, by, plan, recurring, task
from tests.dondoc.factories.units import CommuneFactory

ActorFor = Callable[..., Actor]
QUARTERLY = recurring("FREQ=MONTHLY;INTERVAL=3", "định kỳ hằng quý")
MONTHLY = {**recurring("FREQ=MONTHLY;BYMONTHDAY=25", "trước ngày 25 hằng tháng"), "exclusive": True}


def follow(programme: Programme, lead: Unit | UnitGroup | Sequence[Unit | UnitGroup], **facts: object) -> Task:
    """A recurring task, followed from TODAY (12/9/2025) on."""
    deadline = facts.pop("deadline", MONTHLY)
    made = add_task(programme, "Báo cáo kết quả", deadline=deadline, rrule=deadline["rrule"], **facts)  # type: ignore[arg-type,index]
    for one in lead if isinstance(lead, Sequence) else [lead]:
        add_lead(made, one)
    begin([made], TODAY)
    made.refresh_from_db()
    return made


def shown(task: Task) -> list[tuple[str, list[str]]]:
    """Names of the periods with those of the units that owe them."""
    periods = task.periods.prefetch_related("parts__unit")
    return [(one.name, sorted(part.unit.name for part in one.parts.all())) for one in periods]


@pytest.fixture
def monthly(programme: Programme, all_communes: UnitGroup) -> Task:
    """Each commune owes it by the 24th of each month."""
    return follow(programme, all_communes)


COMMUNES = ["phường Hòa Lạc", "xã An Bình", "xã Suối Trong"]


class TestOpening:
    def test_a_programme_opens_with_the_present_period(
        self, department: Unit, owner: Person, all_communes: UnitGroup, actor_for: ActorFor
    ) -> None:
        document = plan(department, owner, [task("Báo cáo kết quả", lead=["UBND các xã, phường"], deadline=QUARTERLY)])
        programme = services.open_programme(actor_for(owner), document, at=NOON)
        made = programme.tasks.get()
        assert shown(made) == [("Quý III/2025", COMMUNES)]
        assert (made.last_ok_on, made.turns_on) == (date(2025, 9, 30), date(2025, 10, 1))
        assert Part.objects.filter(assignment__task=made, period__isnull=True).count() == 0

    def test_a_unit_that_leads_alone_has_parts_too(self, programme: Programme, department: Unit) -> None:
        assert shown(follow(programme, department)) == [("Tháng 9/2025", ["Sở Y tế"])]

    def test_what_was_due_before_it_was_followed_is_not_asked_for(self, monthly: Task) -> None:
        assert monthly.given_on == date(2025, 8, 7)
        assert shown(monthly) == [("Tháng 9/2025", COMMUNES)]

    @pytest.mark.parametrize(
        ("on", "opened"), [(date(2025, 9, 30), 0), (date(2025, 10, 1), 1), (date(2025, 10, 31), 1), (date(2025, 11, 1), 2)]
    )
    def test_on_the_first_day_of_the_next_period(self, on: date, opened: int, monthly: Task) -> None:
        assert services.open_periods(on=on) == opened
        assert services.open_periods(on=on) == 0
        assert monthly.periods.count() == 1 + opened
        assert Part.objects.count() == 3 * (1 + opened)

    def test_missed_days_are_made_up_for(self, monthly: Task) -> None:
        assert services.open_periods(on=date(2025, 12, 3)) == 3
        assert [name for name, _ in shown(monthly)] == ["Tháng 9/2025", "Tháng 10/2025", "Tháng 11/2025", "Tháng 12/2025"]
        monthly.refresh_from_db()
        assert (monthly.last_ok_on, monthly.turns_on) == (date(2025, 9, 24), date(2026, 1, 1))

    def test_a_member_that_joins_later_owes_from_then_on_and_one_that_has_gone_owes_nothing_more(
        self, monthly: Task, province: Unit, communes: list[Unit]
    ) -> None:
        CommuneFactory(code="99004", name="xã Mới", province=province)
        communes[1].valid_to = date(2025, 9, 30)
        communes[1].save()
        services.open_periods(on=date(2025, 10, 1))
        assert shown(monthly) == [
            ("Tháng 9/2025", COMMUNES),
            ("Tháng 10/2025", ["phường Hòa Lạc", "xã An Bình", "xã Mới"]),
        ]

    def test_a_closed_unit_that_led_alone(self, programme: Programme, department: Unit) -> None:
        made = follow(programme, department)
        department.valid_to = date(2025, 9, 30)
        department.save()
        services.open_periods(on=date(2025, 10, 1))
        assert shown(made) == [("Tháng 9/2025", ["Sở Y tế"]), ("Tháng 10/2025", [])]

    def test_only_programmes_that_are_followed(self, monthly: Task) -> None:
        Programme.objects.update(state=ProgrammeState.CLOSED, closed_on=TODAY)
        assert services.open_periods(on=date(2025, 10, 1)) == 0

    def test_while_a_task_rests_its_periods_go_by(self, monthly: Task, owner: Person, actor_for: ActorFor) -> None:
        reasons = {"reason_code": StopReason.WAITING, "reason": "Chờ kinh phí"}
        services.suspend(actor=actor_for(owner), task=monthly, at=NOON, happened_on=TODAY, **reasons)
        assert services.open_periods(on=date(2025, 10, 1)) == 0
        actor = actor_for(owner, date(2025, 10, 20))
        services.resume(actor=actor, task=monthly, at=NOON, happened_on=actor.on, **reasons)
        services.open_periods(on=date(2025, 11, 1))
        assert [name for name, _ in shown(monthly)] == ["Tháng 9/2025", "Tháng 11/2025"]

    def test_an_open_group_keeps_those_that_were_chosen(
        self, programme: Programme, owner: Person, communes: list[Unit], open_group: UnitGroup, actor_for: ActorFor
    ) -> None:
        made = follow(programme, open_group)
        assert shown(made) == [("Tháng 9/2025", [])]
        services.choose_parts(actor=actor_for(owner), assignment=made.assignments.get(), units=communes[:2])
        services.open_periods(on=date(2025, 10, 1))
        assert shown(made) == [(name, ["xã An Bình", "xã Suối Trong"]) for name in ("Tháng 9/2025", "Tháng 10/2025")]

    def test_another_unit_owes_from_the_present_period_on(
        self, programme: Programme, department: Unit, other_department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        made = follow(programme, department)
        services.set_unit(actor=actor_for(owner), assignment=made.assignments.get(), at=NOON, unit=other_department)
        services.open_periods(on=date(2025, 10, 1))
        assert shown(made) == [(name, ["Sở Nội vụ"]) for name in ("Tháng 9/2025", "Tháng 10/2025")]

    def test_queries_grow_neither_with_the_tasks_nor_with_those_that_do_not_turn(
        self, document: Document, programme: Programme, all_communes: UnitGroup, department: Unit
    ) -> None:
        def queries(on: date) -> int:
            with CaptureQueriesContext(connection) as captured:
                services.open_periods(on=on)
            return len(captured)

        follow(programme, all_communes)
        assert queries(date(2025, 9, 30)) == 1
        one = queries(date(2025, 10, 1))
        for _ in range(4):
            follow(programme, all_communes)
            follow(programme, department, deadline=QUARTERLY)
        services.open_periods(on=date(2025, 10, 31))
        assert queries(date(2025, 11, 1)) == one

    def test_what_comes_every_day_has_no_periods(self, programme: Programme, department: Unit) -> None:
        made = follow(programme, department, deadline=recurring("FREQ=DAILY", "hằng ngày"))
        assert (shown(made), made.turns_on) == ([], None)


@pytest.fixture
def open_group(province: Unit) -> UnitGroup:
    return UnitGroup.objects.create(code="lien-quan", name="Các đơn vị liên quan", province=province, rule="open")


class TestState:
    def deliver(self, part: Part, on: date, actor: Actor) -> None:
        facts = {"product_code": "1/BC", "product_date": on, "happened_on": on, "at": NOON}
        services.deliver(actor=actor, task=part.assignment.task, part=part, **facts)

    def test_the_task_follows_the_earliest_period_that_is_owed(self, monthly: Task, owner: Person, actor_for: ActorFor) -> None:
        services.open_periods(on=date(2025, 10, 1))
        monthly.refresh_from_db()
        assert monthly.last_ok_on == date(2025, 9, 24)
        actor = actor_for(owner, date(2025, 10, 2))
        for part in Part.objects.filter(period__name="Tháng 9/2025"):
            self.deliver(part, date(2025, 10, 2), actor)
        monthly.refresh_from_db()
        assert (monthly.last_ok_on, monthly.done_on) == (date(2025, 10, 24), None)

    def test_between_periods_nothing_is_owed(
        self, programme: Programme, department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        made = follow(programme, department)
        self.deliver(Part.objects.get(), TODAY, actor_for(owner))
        made.refresh_from_db()
        assert (made.done_on, made.last_ok_on) == (None, None)
        services.open_periods(on=date(2025, 10, 1))
        made.refresh_from_db()
        assert made.last_ok_on == date(2025, 10, 24)

    def test_on_the_rule_s_last_day_it_is_done_when_all_is_in(
        self, programme: Programme, department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        made = follow(programme, department, deadline={**MONTHLY, "end": "2025-09-30"})
        self.deliver(Part.objects.get(), TODAY, actor_for(owner))
        made.refresh_from_db()
        assert (made.done_on, made.turns_on) == (None, date(2025, 9, 30))
        services.open_periods(on=date(2025, 9, 30))
        made.refresh_from_db()
        assert (made.done_on, made.last_ok_on, made.turns_on) == (TODAY, date(2025, 9, 24), None)

    def test_it_is_delivered_period_by_period(self, monthly: Task, owner: Person, actor_for: ActorFor) -> None:
        with pytest.raises(Refused, match="Chọn kỳ"):
            services.deliver(
                actor=actor_for(owner), task=monthly, at=NOON, happened_on=TODAY, product_code="1/BC", product_date=TODAY
            )

    def test_two_recurring_names_of_one_debt_are_closed_period_by_period(
        self, programme: Programme, department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        first, second = follow(programme, department), follow(programme, department)
        obligation = programme.obligations.create(title="Báo cáo", confirmed_by=owner)
        for made in (first, second):
            made.assignments.update(obligation=obligation)
        services.open_periods(on=date(2025, 10, 1))
        part = Part.objects.get(assignment__task=first, period__name="Tháng 9/2025")
        self.deliver(part, TODAY, actor_for(owner, date(2025, 10, 2)))
        done = Part.objects.filter(done_on__isnull=False).values_list("assignment__task", "period__name")
        assert set(done) == {(first.pk, "Tháng 9/2025"), (second.pk, "Tháng 9/2025")}
        second.refresh_from_db()
        assert second.last_ok_on == date(2025, 10, 24)


REASONS = {"reason_code": StopReason.OVERTAKEN, "reason": "Kỳ này gộp vào báo cáo năm"}


class TestSkipping:
    def test_every_unit_is_excused_and_may_be_asked_again(self, monthly: Task, owner: Person, actor_for: ActorFor) -> None:
        period = monthly.periods.get()
        skipped = services.skip_period(actor=actor_for(owner), period=period, at=NOON, happened_on=TODAY, **REASONS)
        assert len(skipped) == 3
        assert set(period.parts.values_list("excused", flat=True)) == {True}
        monthly.refresh_from_db()
        assert (monthly.last_ok_on, monthly.done_on) == (None, None)
        entry = AuditEntry.objects.get(verb="programmes.cancelled")
        assert (entry.reason_code, entry.reason) == ("overtaken", "Kỳ này gộp vào báo cáo năm")
        services.take_up_period(actor=actor_for(owner), period=period, at=NOON, happened_on=TODAY, **REASONS)
        monthly.refresh_from_db()
        assert monthly.last_ok_on == date(2025, 9, 24)

    def test_one_unit_alone(self, monthly: Task, commune: Unit, owner: Person, actor_for: ActorFor) -> None:
        period = monthly.periods.get()
        services.skip_period(actor=actor_for(owner), period=period, at=NOON, happened_on=TODAY, unit=commune, **REASONS)
        assert list(period.parts.filter(excused=True).values_list("unit", flat=True)) == [commune.pk]
        services.open_periods(on=date(2025, 10, 1))
        assert Part.objects.filter(unit=commune, excused=False).count() == 1

    def test_a_reason_is_needed_and_something_to_skip(self, monthly: Task, owner: Person, actor_for: ActorFor) -> None:
        facts = {"actor": actor_for(owner), "period": monthly.periods.get(), "at": NOON, "happened_on": TODAY}
        with pytest.raises(Refused, match="Ghi lý do"):
            services.skip_period(**facts, reason_code=StopReason.OTHER, reason=" ")
        with pytest.raises(Refused, match="chưa bỏ qua"):
            services.take_up_period(**facts, **REASONS)
        services.skip_period(**facts, **REASONS)
        with pytest.raises(Refused, match="không còn đơn vị nào"):
            services.skip_period(**facts, **REASONS)

    def test_the_giver_alone(self, monthly: Task, colleague: Person, stranger: Person, actor_for: ActorFor) -> None:
        for person in (colleague, stranger):
            with pytest.raises(NotAllowed):
                services.skip_period(actor=actor_for(person), period=monthly.periods.get(), at=NOON, happened_on=TODAY, **REASONS)


class TestSchedule:
    def quarterly(self, **facts: object) -> Schedule:
        usual: dict[str, object] = {"rrule": "FREQ=MONTHLY;INTERVAL=3", "words": "hằng quý", "from_on": TODAY}
        return Schedule(**{**usual, **facts})  # type: ignore[arg-type]

    def test_a_task_that_was_asked_for_once_comes_again(
        self, programme: Programme, department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        made = add_task(programme, lead=department, deadline=by("2025-09-20"))
        services.set_schedule(actor=actor_for(owner), task=made, schedule=self.quarterly())
        made.refresh_from_db()
        assert shown(made) == [("Quý III/2025", ["Sở Y tế"])]
        assert (made.deadline_text, made.last_ok_on, made.turns_on) == ("hằng quý", date(2025, 9, 30), date(2025, 10, 1))

    def test_parts_of_a_group_become_those_of_the_first_period(
        self, programme: Programme, all_communes: UnitGroup, communes: list[Unit], owner: Person, actor_for: ActorFor
    ) -> None:
        made = add_task(programme, lead=all_communes, members=communes, deadline=by("2025-09-20"))
        part = Part.objects.filter(unit=communes[0]).get()
        actor = actor_for(owner)
        services.record_progress(actor=actor, task=made, part=part, at=NOON, happened_on=TODAY, note="Đã có dự thảo")
        services.set_schedule(actor=actor, task=made, schedule=self.quarterly())
        part.refresh_from_db()
        assert part.period == made.periods.get()
        assert shown(made) == [("Quý III/2025", COMMUNES)]

    def test_a_change_keeps_periods_of_which_something_was_said(self, monthly: Task, owner: Person, actor_for: ActorFor) -> None:
        services.open_periods(on=date(2025, 10, 1))
        actor = actor_for(owner, date(2025, 10, 2))
        part = Part.objects.filter(period__name="Tháng 9/2025").first()
        services.record_progress(actor=actor, task=monthly, part=part, at=NOON, happened_on=TODAY, note="Đang làm")
        services.set_schedule(actor=actor, task=monthly, schedule=self.quarterly(from_on=TODAY))
        assert [name for name, _ in shown(monthly)] == ["Tháng 9/2025", "Quý IV/2025"]

    def test_periods_that_are_over_stay(self, monthly: Task, owner: Person, actor_for: ActorFor) -> None:
        services.open_periods(on=date(2025, 11, 3))
        actor = actor_for(owner, date(2025, 11, 3))
        services.set_schedule(actor=actor, task=monthly, schedule=self.quarterly(from_on=date(2025, 11, 1)))
        assert [name for name, _ in shown(monthly)] == ["Tháng 9/2025", "Tháng 10/2025"]
        monthly.refresh_from_db()
        assert monthly.turns_on == date(2026, 1, 1)

    def test_stopping_opens_nothing_more_and_what_is_open_stays_owed(
        self, monthly: Task, owner: Person, actor_for: ActorFor
    ) -> None:
        services.stop_schedule(actor=actor_for(owner), task=monthly, on=TODAY, **REASONS)
        monthly.refresh_from_db()
        assert (monthly.last_ok_on, monthly.turns_on, monthly.done_on) == (date(2025, 9, 24), None, None)
        assert services.open_periods(on=date(2026, 1, 1)) == 0

    def test_refusals(self, monthly: Task, owner: Person, colleague: Person, actor_for: ActorFor) -> None:
        actor = actor_for(owner)
        with pytest.raises(Refused, match="Chọn kỳ"):
            services.set_schedule(actor=actor, task=monthly, schedule=self.quarterly(rrule="FREQ=DAILY"))
        with pytest.raises(Refused, match="Ngày cuối phải từ ngày"):
            services.set_schedule(actor=actor, task=monthly, schedule=self.quarterly(until=TODAY - timedelta(days=1)))
        with pytest.raises(Refused, match="Dừng từ hôm nay"):
            services.stop_schedule(actor=actor, task=monthly, on=TODAY - timedelta(days=1), **REASONS)
        with pytest.raises(NotAllowed):
            services.set_schedule(actor=actor_for(colleague), task=monthly, schedule=self.quarterly())
        assert Period.objects.count() == 1
