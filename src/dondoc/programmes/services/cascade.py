"""A unit plans its share, works on it, and its progress rolls up to the task that the share comes from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes.enums import StepEventKind, StepKind
from dondoc.programmes.models import PlanStep, Programme, StepEvent, Target, Task, UnitPlan
from dondoc.programmes.queries.cascade import Given, given_to, step_of, steps_of
from dondoc.programmes.rules.cascade import shares_done
from dondoc.programmes.rules.rights import may_report
from dondoc.programmes.services.delivering import record_progress
from dondoc.programmes.services.guards import not_in_future
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor

NOT_OURS = "Chỉ người của đơn vị được lập và cập nhật kế hoạch của đơn vị mình."


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What a line of the plan says. ``responsible_name`` is for somebody without an account."""

    text: str
    kind: str = StepKind.WORK
    task: Task | None = None
    target: Target | None = None
    responsible: Person | None = None
    responsible_name: str = ""
    result: str = ""
    starts_on: date | None = None
    last_ok_on: date | None = None


@transaction.atomic
def make_plan(*, actor: Actor, programme: Programme, unit: Unit, at: datetime, targets: Collection[Target] = ()) -> UnitPlan:
    """The unit's plan with a step for each task that it was given, and a goal for each of ``targets``, to be worked out."""
    _own(actor, unit)
    given = given_to(unit, programme, actor.on)
    if not given:
        raise Refused("Đơn vị chưa được giao nhiệm vụ nào trong chương trình này nên chưa có gì để lập kế hoạch.")
    try:
        with transaction.atomic():
            plan = UnitPlan.objects.create(
                programme=programme, unit=unit, title=f"Thực hiện {programme.title}", made_by=actor.person, made_at=at
            )
    except IntegrityError as error:
        raise Refused("Đơn vị đã có kế hoạch. Mở kế hoạch đang có để sửa.") from error
    goals = [
        PlanStep(plan=plan, kind=StepKind.GOAL, position=place, text=one.indicator, target=one)
        for place, one in enumerate(targets)
    ]
    steps = [
        PlanStep(plan=plan, position=place, text=one.task.text, task=one.task, result=one.task.result, last_ok_on=one.last_ok_on)
        for place, one in enumerate(given, start=len(goals))
    ]
    PlanStep.objects.bulk_create([*goals, *steps])
    audit.record("programmes.make_plan", plan, actor=actor.person, unit=unit, steps=len(steps))
    return plan


@transaction.atomic
def write_plan(
    *, actor: Actor, plan: UnitPlan, title: str, purpose: str, organisation: str, signer_title: str, signer_name: str
) -> None:
    """The words around the steps."""
    plan = _held(actor, plan)
    if not title.strip():
        raise Refused("Ghi trích yếu của kế hoạch.", field="title")
    plan.title, plan.purpose, plan.organisation = title.strip(), purpose.strip(), organisation.strip()
    plan.signer_title, plan.signer_name = signer_title.strip(), signer_name.strip()
    plan.save(update_fields=["title", "purpose", "organisation", "signer_title", "signer_name"])
    _changed(actor, plan, "programmes.write_plan")


@transaction.atomic
def issue_plan(*, actor: Actor, plan: UnitPlan, code: str, issued_on: date) -> None:
    """The plan was signed: its number and day."""
    plan = _held(actor, plan)
    if not code.strip():
        raise Refused("Ghi số, ký hiệu của kế hoạch, ví dụ 15/KH-UBND.", field="code")
    if issued_on > actor.on:
        raise Refused(f"Ngày {wording.day(issued_on)} chưa đến. Ghi ngày đã ban hành.", field="issued_on")
    if not any(step.kind == StepKind.WORK for step in steps_of(plan)):
        raise Refused("Kế hoạch chưa có việc nào. Thêm việc trước khi ghi số.")
    plan.code, plan.issued_on = code.strip(), issued_on
    plan.save(update_fields=["code", "issued_on"])
    _changed(actor, plan, "programmes.issue_plan", code=plan.code, issued_on=issued_on.isoformat())


@transaction.atomic
def add_step(*, actor: Actor, plan: UnitPlan, facts: StepFacts) -> PlanStep:
    """One more goal or piece of work."""
    plan = _held(actor, plan)
    _fits(plan, facts)
    top = plan.steps.aggregate(top=Max("position"))["top"]
    step = PlanStep(plan=plan, position=0 if top is None else top + 1)
    _take(step, facts)
    step.save()
    _changed(actor, plan, "programmes.add_step", step=step.pk)
    return step


@transaction.atomic
def change_step(*, actor: Actor, step: PlanStep, facts: StepFacts, revision: int | None = None) -> None:
    """Its words, person or days. ``revision``: the plan's when the form was opened; somebody's change since is told."""
    plan = _held(actor, step.plan)
    if revision is not None and revision != plan.revision:
        raise Refused(
            "Kế hoạch vừa được người khác sửa. Nội dung đang gõ được giữ ở dưới; xem bản hiện có bên cạnh rồi ghi lại nếu vẫn đúng."
        )
    _fits(plan, facts)
    held = PlanStep.objects.get(pk=step.pk)
    before = {"text": held.text, "last_ok_on": held.last_ok_on and held.last_ok_on.isoformat()}
    _take(held, facts)
    held.save()
    _changed(actor, plan, "programmes.change_step", step=held.pk, before=before)


@transaction.atomic
def drop_step(*, actor: Actor, step: PlanStep, at: datetime, reason: str) -> None:
    """It is no longer planned; what was done of it stays on record."""
    plan = _held(actor, step.plan)
    if not reason.strip():
        raise Refused("Ghi lý do bỏ việc này khỏi kế hoạch.", field="reason")
    step.dropped_on = actor.on
    step.save(update_fields=["dropped_on"])
    _happened(actor, step, StepEventKind.DROPPED, actor.on, at, note=reason.strip())
    _changed(actor, plan, "programmes.drop_step", step=step.pk, reason=reason.strip())


@transaction.atomic
def record_step(*, actor: Actor, step: PlanStep, at: datetime, happened_on: date, percent: int, note: str = "") -> None:
    """How far a step is; at 100 it is done on that day. The task that it comes from hears of it."""
    plan = _held(actor, step.plan)
    held = PlanStep.objects.get(pk=step.pk)
    if held.dropped_on:
        raise Refused("Việc này đã bỏ khỏi kế hoạch.")
    not_in_future(happened_on, actor)
    if not 0 <= percent <= 100:
        raise Refused("Tỷ lệ hoàn thành từ 0 đến 100%.", field="percent")
    reopened = held.done_on is not None and percent < 100
    _happened(actor, held, StepEventKind.REOPENED if reopened else StepEventKind.PROGRESS, happened_on, at, percent, note.strip())
    held.percent, held.done_on = percent, (held.done_on or happened_on) if percent == 100 else None
    held.save(update_fields=["percent", "done_on"])
    _changed(actor, plan, "programmes.record_step", step=held.pk, percent=percent)
    _roll_up(actor, held, happened_on, at)


def _roll_up(actor: Actor, step: PlanStep, happened_on: date, at: datetime) -> None:
    """Write the mean over the steps of a task as its progress, or as that of the unit's part, while it is open."""
    plan = step.plan
    given = next((one for one in given_to(plan.unit, plan.programme, actor.on) if one.task.pk == step.task_id), None)
    if given is None or not _is_open(given):
        return
    own = [one for one in steps_of(plan) if one.kind == StepKind.WORK and one.task_id == step.task_id]
    done = sum(1 for one in own if one.done_on)
    record_progress(
        actor=actor,
        task=given.task,
        part=given.part,
        at=at,
        happened_on=max(happened_on, given.task.given_on),
        percent=shares_done(map(step_of, own))[given.task.pk],
        note=f"Theo kế hoạch của đơn vị: xong {done}/{len(own)} việc",
    )


def _is_open(given: Given) -> bool:
    task, part = given.task, given.part
    return not (task.done_on or task.paused or task.superseded_on or (part and (part.done_on or part.excused)))


def _happened(
    actor: Actor, step: PlanStep, kind: str, on: date, at: datetime, percent: int | None = None, note: str = ""
) -> None:
    StepEvent.objects.create(
        step=step, kind=kind, happened_on=on, recorded_at=at, recorded_by=actor.person, percent=percent, note=note
    )


def _own(actor: Actor, unit: Unit) -> None:
    if not may_report(actor, [unit.pk]):
        raise NotAllowed(NOT_OURS)


def _held(actor: Actor, plan: UnitPlan) -> UnitPlan:
    """The plan, locked, for the unit's own people."""
    _own(actor, plan.unit)
    return UnitPlan.objects.select_for_update(of=("self",)).select_related("unit", "programme").get(pk=plan.pk)


def _fits(plan: UnitPlan, facts: StepFacts) -> None:
    if not facts.text.strip():
        raise Refused("Ghi nội dung việc.", field="text")
    if facts.task and facts.task.programme_id != plan.programme_id:
        raise Refused("Nhiệm vụ thuộc chương trình khác.", field="task")
    if facts.starts_on and facts.last_ok_on and facts.last_ok_on < facts.starts_on:
        raise Refused(f"Thời hạn phải từ ngày bắt đầu ({wording.day(facts.starts_on)}) trở đi.", field="last_ok_on")


def _take(step: PlanStep, facts: StepFacts) -> None:
    step.kind, step.text, step.task, step.target = facts.kind, facts.text.strip(), facts.task, facts.target
    step.responsible, step.responsible_name = facts.responsible, "" if facts.responsible else facts.responsible_name.strip()
    step.result, step.starts_on, step.last_ok_on = facts.result.strip(), facts.starts_on, facts.last_ok_on


def _changed(actor: Actor, plan: UnitPlan, action: str, *, reason: str = "", **facts: Any) -> None:
    UnitPlan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)
    audit.record(action, plan, actor=actor.person, unit=plan.unit, reason=reason, **facts)
