from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.files.models import StoredFile
from dondoc.programmes import services
from dondoc.programmes.models import Part, Programme, Task, TaskEvent
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import ISSUED, add_lead, add_task, by

ActorFor = Callable[..., Actor]
SEPTEMBER_9, SEPTEMBER_10 = date(2025, 9, 9), date(2025, 9, 10)
REASON = {"reason_code": "incomplete", "reason": "Thiếu số liệu"}
STOP = {"reason_code": "directed", "reason": "Theo Thông báo số 12/TB-UBND"}


class Course:
    """A task of Sở Nội vụ in a programme of Sở Y tế: the unit speaks as ``unit``, the giver as ``giver``."""

    def __init__(self, task: Task, unit: Actor, giver: Actor) -> None:
        self.task, self.unit, self.giver = task, unit, giver

    def __call__(self, service: Callable[..., TaskEvent], on: date = TODAY, **facts: Any) -> Task:
        unit_speaks = service in {services.record_progress, services.deliver}
        actor = self.unit if unit_speaks else self.giver
        service(actor=actor, task=self.task, at=NOON, happened_on=on, **facts)
        self.task.refresh_from_db()
        return self.task


@pytest.fixture
def course(programme: Programme, other_department: Unit, colleague: Person, owner: Person, actor_for: ActorFor) -> Course:
    task = add_task(programme, lead=other_department, deadline=by("2025-09-10"))
    return Course(task, actor_for(colleague), actor_for(owner))


def test_progress_is_the_last_word(course: Course, colleague: Person, other_department: Unit) -> None:
    task = course(services.record_progress, on=SEPTEMBER_9, note="Đã có dự thảo", percent=40)
    assert (task.progress_note, task.progress_percent, task.reported_on) == ("Đã có dự thảo", 40, SEPTEMBER_9)
    event = task.events.get()
    assert (event.recorded_by, event.unit, event.recorded_at) == (colleague, other_department, NOON)


def test_progress_noted_later_for_an_earlier_day_does_not_become_the_last_word(course: Course) -> None:
    course(services.record_progress, on=SEPTEMBER_10, note="Lần hai", percent=60)
    task = course(services.record_progress, on=SEPTEMBER_9, note="Lần một", percent=30)
    assert (task.progress_note, task.progress_percent) == ("Lần hai", 60)


def test_a_product_document_makes_it_done_on_that_day(course: Course) -> None:
    task = course(services.deliver, on=SEPTEMBER_9, product_code="12/BC-SNV", product_date=SEPTEMBER_9)
    assert (task.done_on, task.stage) == (SEPTEMBER_9, "")


def test_a_delivery_without_a_document_waits_and_then_counts_from_its_own_day(course: Course) -> None:
    task = course(services.deliver, on=SEPTEMBER_9, note="Đã tham mưu")
    assert (task.done_on, task.stage) == (None, "delivered")
    task = course(services.accept, on=TODAY)
    assert (task.done_on, task.stage) == (SEPTEMBER_9, "")


def test_the_giver_may_confirm_without_a_delivery(course: Course) -> None:
    assert course(services.accept, on=SEPTEMBER_10).done_on == SEPTEMBER_10


def test_what_is_returned_is_open_again_and_the_next_delivery_counts(course: Course) -> None:
    course(services.deliver, on=SEPTEMBER_9, product_code="12/BC-SNV", product_date=SEPTEMBER_9)
    task = course(services.return_, on=SEPTEMBER_10, new_due_on=TODAY, **REASON)
    assert (task.done_on, task.stage) == (None, "returned")
    task = course(services.deliver, on=TODAY, note="Bản bổ sung")
    task = course(services.accept, on=TODAY)
    assert task.done_on == TODAY


def test_reopening_takes_the_end_away(course: Course) -> None:
    course(services.accept, on=SEPTEMBER_9)
    task = course(services.reopen, on=TODAY, **REASON)
    assert (task.done_on, task.stage) == (None, "")


def test_stopping_and_taking_up_again(course: Course) -> None:
    assert course(services.suspend, **STOP).paused == "suspended"
    with pytest.raises(Refused, match="Tiếp tục nhiệm vụ trước"):
        course(services.record_progress, note="x")
    assert course(services.resume, **STOP).paused == ""
    assert course(services.cancel, **STOP).paused == "cancelled"


def test_an_extension_moves_the_last_good_day_and_keeps_the_documents_own(course: Course) -> None:
    task = course(services.extend, on=SEPTEMBER_9, new_due_on=date(2025, 9, 25), reason_code="objective", reason="Chờ số liệu")
    assert (task.last_ok_on, task.due_on, task.exclusive) == (date(2025, 9, 25), SEPTEMBER_10, True)
    entry = AuditEntry.objects.get(verb="programmes.extended")
    assert (entry.reason_code, entry.reason) == ("objective", "Chờ số liệu")


def test_an_extension_asked_for_on_the_last_good_day_is_in_time_the_day_after_it_says_why_so_late(course: Course) -> None:
    facts = {"new_due_on": date(2025, 9, 25), "reason_code": "both", "reason": "Chờ số liệu"}
    with pytest.raises(Refused, match="Hạn đã qua") as refused:
        course(services.extend, on=SEPTEMBER_10, **facts)
    assert refused.value.field == "late_reason"
    task = course(services.extend, on=SEPTEMBER_10, late_reason="Mưa lũ", **facts)
    assert "Đề nghị sau khi hết hạn: Mưa lũ" in task.events.get().note


@pytest.mark.parametrize(
    ("service", "facts", "field"),
    [
        (services.record_progress, {"on": date(2025, 9, 13), "note": "x"}, "happened_on"),
        (services.record_progress, {"on": date(2025, 8, 6), "note": "x"}, "happened_on"),
        (services.record_progress, {"note": " "}, "note"),
        (services.record_progress, {"note": "x", "percent": 101}, "percent"),
        (services.deliver, {"product_code": "12/BC"}, "product_date"),
        (services.deliver, {"product_date": SEPTEMBER_9}, "product_code"),
        (services.deliver, {"on": SEPTEMBER_9, "product_code": "1/BC", "product_date": SEPTEMBER_10}, "product_date"),
        (services.deliver, {}, "product_code"),
        (services.return_, REASON, ""),
        (services.reopen, REASON, ""),
        (services.resume, STOP, ""),
        (services.suspend, {"reason_code": "", "reason": "x"}, "reason_code"),
        (services.suspend, {"reason_code": "directed", "reason": " "}, "reason"),
        (services.extend, {"on": SEPTEMBER_9, "new_due_on": SEPTEMBER_9, "reason_code": "both", "reason": "x"}, "new_due_on"),
    ],
)
def test_refusals_change_nothing(course: Course, service: Callable[..., TaskEvent], facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        course(service, **facts)
    assert refused.value.field == field
    assert not TaskEvent.objects.exists()
    assert not AuditEntry.objects.exists()


def test_work_done_before_the_document_is_recorded_when_that_is_said(course: Course) -> None:
    task = course(services.deliver, on=date(2025, 8, 6), note="Xong sớm", early=True)
    assert task.events.get().happened_on < ISSUED


def test_words_that_decide_follow_each_other(course: Course) -> None:
    course(services.deliver, on=SEPTEMBER_10, note="x")
    with pytest.raises(Refused, match="Ghi từ ngày đó trở đi"):
        course(services.accept, on=SEPTEMBER_9)


def test_done_is_done_until_it_is_reopened(course: Course) -> None:
    course(services.accept, on=SEPTEMBER_9)
    with pytest.raises(Refused, match="Mở lại trước"):
        course(services.accept, on=TODAY)


def test_each_change_is_a_new_version_and_in_the_audit(course: Course, programme: Programme, colleague: Person) -> None:
    course(services.record_progress, note="x")
    programme.refresh_from_db()
    assert programme.version == 2
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.subject_id) == ("programmes.progress", colleague, course.task.pk)


def test_evidence_is_kept_with_the_event(course: Course, owner: Person) -> None:
    stored = StoredFile.objects.create(
        sha256="a" * 64, name="anh.png", media_type="image/png", size=1, stored_by=owner, stored_at=NOON
    )
    assert course(services.deliver, evidence=stored).events.get().evidence == stored


UNIT_SIDE = [services.record_progress, services.deliver]
GIVER_SIDE = [services.accept, services.suspend, services.cancel, services.extend]
FACTS: dict[Any, dict[str, Any]] = {
    services.record_progress: {"note": "x"},
    services.deliver: {"note": "x"},
    services.suspend: STOP,
    services.cancel: STOP,
    services.extend: {"new_due_on": date(2025, 9, 25), "reason_code": "both", "reason": "x", "late_reason": "x"},
}


@pytest.mark.parametrize("service", UNIT_SIDE)
@pytest.mark.parametrize("who", ["colleague", "owner", "unit_leader", "office_specialist"])
def test_the_unit_reports_and_the_giver_may_enter_it_for_them(
    who: str, service: Callable[..., TaskEvent], course: Course, other_department: Unit,
    request: pytest.FixtureRequest, actor_for: ActorFor,
) -> None:  # fmt: skip
    actor = actor_for(request.getfixturevalue(who))
    event = service(actor=actor, task=course.task, at=NOON, happened_on=TODAY, **FACTS[service])
    assert event.unit == other_department


@pytest.mark.parametrize("service", UNIT_SIDE)
@pytest.mark.parametrize("who", ["department_clerk", "commune_clerk", "stranger"])
def test_others_do_not_report(
    who: str, service: Callable[..., TaskEvent], course: Course, request: pytest.FixtureRequest, actor_for: ActorFor
) -> None:
    with pytest.raises(NotAllowed):
        service(actor=actor_for(request.getfixturevalue(who)), task=course.task, at=NOON, happened_on=TODAY, **FACTS[service])


@pytest.mark.parametrize("service", GIVER_SIDE)
@pytest.mark.parametrize("who", ["owner", "unit_leader", "office_specialist", "administrator"])
def test_the_giver_decides(
    who: str, service: Callable[..., TaskEvent], course: Course, request: pytest.FixtureRequest, actor_for: ActorFor
) -> None:
    actor = actor_for(request.getfixturevalue(who))
    assert service(actor=actor, task=course.task, at=NOON, happened_on=TODAY, **FACTS.get(service, {})).pk


@pytest.mark.parametrize("service", GIVER_SIDE)
@pytest.mark.parametrize("who", ["colleague", "department_clerk", "commune_clerk", "stranger"])
def test_those_who_do_the_work_do_not_decide(
    who: str, service: Callable[..., TaskEvent], course: Course, request: pytest.FixtureRequest, actor_for: ActorFor
) -> None:
    actor = actor_for(request.getfixturevalue(who))
    with pytest.raises(NotAllowed):
        service(actor=actor, task=course.task, at=NOON, happened_on=TODAY, **FACTS.get(service, {}))
    assert not TaskEvent.objects.exists()


@pytest.fixture
def group_task(programme: Programme, all_communes: UnitGroup, communes: list[Unit]) -> Task:
    return add_task(programme, lead=all_communes, members=communes, deadline=by("2025-09-10"))


def part_of(task: Task, unit: Unit) -> Part:
    return Part.objects.get(assignment__task=task, unit=unit)


def test_a_commune_reports_its_own_part_only(
    group_task: Task, communes: list[Unit], commune_clerk: Person, actor_for: ActorFor, at: datetime
) -> None:
    actor = actor_for(commune_clerk)
    services.deliver(actor=actor, task=group_task, part=part_of(group_task, communes[0]), at=at, happened_on=TODAY, note="Đã gửi")
    assert part_of(group_task, communes[0]).stage == "delivered"
    with pytest.raises(NotAllowed):
        services.deliver(actor=actor, task=group_task, part=part_of(group_task, communes[1]), at=at, happened_on=TODAY, note="x")


def test_a_groups_task_is_done_with_its_last_part_that_is_not_excused(
    group_task: Task, communes: list[Unit], owner: Person, actor_for: ActorFor, at: datetime
) -> None:
    actor = actor_for(owner)
    first, second, third = (part_of(group_task, unit) for unit in communes)
    services.accept(actor=actor, task=group_task, part=first, at=at, happened_on=SEPTEMBER_9)
    services.accept(actor=actor, task=group_task, part=second, at=at, happened_on=SEPTEMBER_10)
    group_task.refresh_from_db()
    assert group_task.done_on is None

    services.cancel(actor=actor, task=group_task, part=third, at=at, happened_on=TODAY, **STOP)
    group_task.refresh_from_db()
    assert (group_task.done_on, part_of(group_task, communes[2]).excused) == (SEPTEMBER_10, True)

    services.resume(actor=actor, task=group_task, part=third, at=at, happened_on=TODAY, **STOP)
    group_task.refresh_from_db()
    assert group_task.done_on is None


def test_a_groups_task_is_not_closed_over_the_heads_of_the_missing(
    group_task: Task, owner: Person, actor_for: ActorFor, at: datetime
) -> None:
    with pytest.raises(Refused, match="Chưa hoàn thành: phường Hòa Lạc, xã An Bình, xã Suối Trong"):
        services.accept(actor=actor_for(owner), task=group_task, at=at, happened_on=TODAY)


def test_a_part_of_another_task_is_refused(group_task: Task, course: Course, communes: list[Unit], at: datetime) -> None:
    with pytest.raises(Refused, match="thuộc nhiệm vụ khác"):
        services.accept(actor=course.giver, task=course.task, part=part_of(group_task, communes[0]), at=at, happened_on=TODAY)


def test_of_several_leads_the_one_that_answers_decides(
    programme: Programme, all_communes: UnitGroup, communes: list[Unit], other_department: Unit, owner: Person,
    colleague: Person, actor_for: ActorFor, at: datetime,
) -> None:  # fmt: skip
    task = add_task(programme, lead=all_communes, members=communes, deadline=by("2025-09-10"))
    department = add_lead(task, other_department)
    services.name_answerer(actor=actor_for(owner), assignment=department)
    services.deliver(actor=actor_for(colleague), task=task, at=at, happened_on=TODAY, product_code="1/BC-SNV", product_date=TODAY)
    task.refresh_from_db()
    assert task.done_on == TODAY


def test_a_superseded_task_is_closed_to_words(course: Course) -> None:
    Task.objects.filter(pk=course.task.pk).update(superseded_on=TODAY)
    with pytest.raises(Refused, match="đã được thay thế"):
        course(services.record_progress, note="x")
