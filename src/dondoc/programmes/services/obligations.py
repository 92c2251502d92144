"""Linking what one report owes under several names."""

from collections.abc import Collection

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.notices.calendar import rest_days
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Duty, Obligation, Programme, Task
from dondoc.programmes.rules.deadlines import term_of
from dondoc.programmes.rules.links import Claim, Party, head_of, party_key
from dondoc.programmes.services.anchoring import count_from_event
from dondoc.programmes.services.guards import steering
from dondoc.programmes.services.projecting import bump, refresh
from dondoc.units.rules import Actor

# Words that say there is no single day.
_DAYLESS = frozenset({"ongoing", "recurring", "relative"})


@transaction.atomic
def link(*, actor: Actor, duty: Duty, assignments: Collection[Assignment]) -> Obligation:
    """Say that these shares of tasks are the report that ``duty`` asks for."""
    programme = steering(actor, duty.programme_id)
    if any(assignment.task.programme_id != programme.pk for assignment in assignments):
        raise Refused("Nhiệm vụ thuộc chương trình khác. Chỉ gộp trong một chương trình.")
    obligation = join(actor=actor, programme=programme, duty=duty, assignments=assignments)
    settle(actor, {assignment.task_id for assignment in assignments})
    recount(programme)
    bump(programme)
    audit.record(
        "programmes.link",
        duty,
        actor=actor.person,
        unit=programme.lead_unit,
        assignments=[assignment.pk for assignment in assignments],
    )
    return obligation


def join(*, actor: Actor, programme: Programme, duty: Duty, assignments: Collection[Assignment]) -> Obligation:
    """The rows of :func:`link`, within a transaction of the caller."""
    obligation = duty.obligation
    if obligation is None:
        obligation = Obligation.objects.create(programme=programme, title=duty.text, confirmed_by=actor.person)
        duty.obligation = obligation
        duty.save(update_fields=["obligation"])
    for assignment in assignments:
        assignment.obligation = obligation
    Assignment.objects.bulk_update(assignments, ["obligation"])
    return obligation


@transaction.atomic
def unlink(*, actor: Actor, duty: Duty) -> None:
    """Take the duty's links apart: each task is owed and counted on its own again."""
    programme = steering(actor, duty.programme_id)
    obligation = duty.obligation
    if obligation is None:
        raise Refused("Báo cáo này chưa gộp với nhiệm vụ nào.")
    title = obligation.title
    tasks = set(obligation.assignments.values_list("task", flat=True))
    obligation.delete()
    settle(actor, tasks)
    duty.obligation = None
    recount(programme)
    bump(programme)
    audit.record("programmes.unlink", duty, actor=actor.person, unit=programme.lead_unit, title=title)


def settle(actor: Actor, task_ids: Collection[int]) -> None:
    """Deadlines of tasks that were linked or taken apart.

    A task whose own words name no day ("bảo đảm thời gian quy định") is held to the day of the reports that it stands for,
    the latest where there are several; taken apart, it has its own words again.
    """
    tasks = list(Task.objects.filter(pk__in=task_ids).select_related("item", "anchor_event"))
    for task in tasks:
        if task.item is None or task.rrule:  # what a person wrote is its own term; periods have theirs
            continue
        term = term_of(task.item.content.get("deadline"), issued_on=task.given_on, holidays=rest_days())  # type: ignore[arg-type]
        duty = None if term.due_on or term.deadline_kind in _DAYLESS else _latest_duty(task)
        task.deadline_text = term.deadline_text or (duty.deadline_text if duty else "")
        task.due_on, task.exclusive = (duty.due_on, duty.exclusive) if duty else (term.due_on, term.exclusive)
        if task.anchor_event and duty is None:
            count_from_event(task)
    Task.objects.bulk_update(tasks, ["deadline_text", "due_on", "exclusive"])
    refresh(tasks, actor)


def _latest_duty(task: Task) -> Duty | None:
    leads = task.assignments.filter(role=AssignmentRole.LEAD)
    if leads.filter(obligation__isnull=True).exists():
        return None
    duties = Duty.objects.filter(obligation__in=leads.values("obligation"), last_ok_on__isnull=False)
    return duties.order_by("-last_ok_on", "pk").first()


def recount(programme: Programme) -> None:
    """Count one task for each obligation: a task is left out where another stands for all that its leads owe."""
    leads: dict[int, list[Assignment]] = {}
    linked = Assignment.objects.filter(obligation__programme=programme).values("task")
    rows = Assignment.objects.filter(task__in=linked, role=AssignmentRole.LEAD, task__superseded_on__isnull=True)
    rows = rows.select_related("task")
    for assignment in rows.order_by("task__position", "task", "position"):
        leads.setdefault(assignment.task_id, []).append(assignment)
    heads = _heads(leads)
    left_out = {
        task_id for task_id, own in leads.items() if all(one.obligation_id and heads[one.obligation_id] != task_id for one in own)
    }
    programme.tasks.filter(pk__in=left_out).update(counted=False)
    programme.tasks.filter(counted=False).exclude(pk__in=left_out).update(counted=True)


def _heads(leads: dict[int, list[Assignment]]) -> dict[int, int]:
    claims: dict[int, dict[int, Claim]] = {}
    for task_id, own in leads.items():
        claim = claim_of(own[0].task, own)
        for assignment in own:
            if assignment.obligation_id:
                claims.setdefault(assignment.obligation_id, {})[task_id] = claim
    return {obligation_id: head_of(tasks.values()) for obligation_id, tasks in claims.items()}


def claim_of(task: Task, leads: Collection[Assignment]) -> Claim:
    """A task as something that its leads owe."""
    parties = tuple(Party(lead.pk, party_key(unit_id=lead.unit_id, group_id=lead.group_id, name=lead.name)) for lead in leads)
    return Claim(task.pk, task.text, parties, task.last_ok_on)
