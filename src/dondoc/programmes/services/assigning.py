"""Who a name stands for, and who answers. What the document says stays as written."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.programmes.enums import AssignmentRole, EventKind
from dondoc.programmes.models import Assignment, Part, Programme, Task
from dondoc.programmes.rules.periods import rule_of_task
from dondoc.programmes.services.guards import may_work, steering
from dondoc.programmes.services.making import expand
from dondoc.programmes.services.obligations import recount
from dondoc.programmes.services.projecting import bump, bump_revision, refresh
from dondoc.programmes.services.recording import Word, fresh, say
from dondoc.programmes.services.recurring import over_by, share_out_anew
from dondoc.programmes.services.telling import of_change
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.rules import Actor


@transaction.atomic
def set_unit(
    *,
    actor: Actor,
    assignment: Assignment,
    at: datetime,
    unit: Unit | None = None,
    group: UnitGroup | None = None,
    reason: str = "",
) -> None:
    """Tie the written name to a unit or a group of the programme's province, or untie it.

    A lead that something has happened to already gives the task away: that has a reason and a place in its course, and both
    units are told.
    """
    programme = steering(actor, assignment.task.programme_id)
    bearer, before = unit or group, assignment.unit
    _may_bear(programme, assignment, unit, group, actor.on)
    given_away = _given_away(assignment, bearer, reason)
    assignment.parts.exclude(over_by(actor.on)).delete()
    assignment.unit, assignment.group = unit, group
    assignment.resolved_on = actor.on if group else None
    assignment.save(update_fields=["unit", "group", "resolved_on"])
    if assignment.role == AssignmentRole.LEAD:
        _share_out(actor, assignment)
    _done(actor, assignment)
    audit.record(
        "programmes.set_unit",
        assignment,
        actor=actor.person,
        unit=programme.lead_unit,
        reason=reason.strip(),
        name=assignment.name,
        bearer=str(bearer or ""),
    )
    task = assignment.task
    if given_away:
        note = f"{before} → {bearer or 'chưa giao đơn vị nào'}. {reason.strip()}"
        say(actor, programme, task, None, Word(EventKind.REASSIGNED, actor.on, at, note=note))
        of_change(actor, task, f"Không còn giao {before}", [before.pk] if before else [], at)
    elif assignment.role == AssignmentRole.LEAD and unit and unit != before:
        of_change(actor, task, "Được giao nhiệm vụ", [unit.pk], at)


def _may_bear(programme: Programme, assignment: Assignment, unit: Unit | None, group: UnitGroup | None, on: date) -> None:
    bearer = unit or group
    if unit and group:
        raise Refused("Chọn một đơn vị hoặc một nhóm.", field="bearer")
    if bearer and programme.province_id not in {bearer.province_id, bearer.pk if unit else None}:
        raise Refused("Đơn vị thuộc tỉnh khác.", field="bearer")
    if assignment.parts.filter(events__isnull=False).exclude(over_by(on)).exists():
        raise Refused("Các đơn vị của nhóm đã cập nhật kết quả nên không đổi được đơn vị.", field="bearer")
    if unit:
        lead_and_helper_differ(assignment.task, assignment.role, unit)


def lead_and_helper_differ(task: Task, role: str, unit: Unit) -> None:
    """Who leads a task does not work with itself."""
    other = {AssignmentRole.LEAD: AssignmentRole.COORDINATING, AssignmentRole.COORDINATING: AssignmentRole.LEAD}.get(
        AssignmentRole(role)
    )
    if other and task.assignments.filter(role=other, unit=unit).exists():
        as_what = "phối hợp" if other == AssignmentRole.COORDINATING else "chủ trì"
        raise Refused(
            f"{unit.name} đã là cơ quan {as_what} của nhiệm vụ này. Một cơ quan không vừa chủ trì vừa phối hợp; chọn cơ quan khác.",
            field="bearer",
        )


def _given_away(assignment: Assignment, bearer: Unit | UnitGroup | None, reason: str) -> bool:
    """Whether another takes over what something has happened to."""
    if assignment.role != AssignmentRole.LEAD or assignment.unit is None or bearer == assignment.unit:
        return False
    if not assignment.task.events.filter(part__isnull=True).exists():
        return False
    may_work(fresh(assignment.task, None)[0], None)
    if not reason.strip():
        raise Refused(f"{assignment.unit} đã có cập nhật về nhiệm vụ này. Ghi lý do giao đơn vị khác.", field="reason")
    return True


@transaction.atomic
def name_answerer(*, actor: Actor, assignment: Assignment) -> None:
    """Of several leads, say which one answers for the task."""
    programme = steering(actor, assignment.task.programme_id)
    if assignment.role != AssignmentRole.LEAD:
        raise Refused("Chỉ cơ quan chủ trì chịu trách nhiệm chính về nhiệm vụ.", field="assignment")
    assignment.task.assignments.filter(answers=True).update(answers=False)
    Assignment.objects.filter(pk=assignment.pk).update(answers=True)
    if rule_of_task(assignment.task):
        share_out_anew(assignment, actor.on)
    _done(actor, assignment)
    audit.record("programmes.name_answerer", assignment, actor=actor.person, unit=programme.lead_unit, name=assignment.name)


@transaction.atomic
def choose_parts(*, actor: Actor, assignment: Assignment, units: Collection[Unit]) -> None:
    """Say which units an open group ("các sở, ngành liên quan") stands for. Those that have reported stay."""
    programme = steering(actor, assignment.task.programme_id)
    if assignment.role != AssignmentRole.LEAD:
        raise Refused("Chỉ nhóm chủ trì mới chia theo đơn vị.")
    if any(unit.province_id != programme.province_id for unit in units):
        raise Refused("Đơn vị thuộc tỉnh khác.", field="units")
    wanted = {unit.pk for unit in units}
    dropped = assignment.parts.exclude(unit__in=wanted).exclude(over_by(actor.on))
    if reported := list(dropped.filter(events__isnull=False).values_list("unit__name", flat=True).distinct()):
        raise Refused(f"Đã cập nhật kết quả nên không bỏ được: {', '.join(reported)}.", field="units")
    dropped.delete()
    if rule_of_task(assignment.task):
        share_out_anew(assignment, actor.on, units)
    else:
        held = set(assignment.parts.values_list("unit", flat=True))
        term = assignment.task.last_ok_on
        Part.objects.bulk_create([Part(assignment=assignment, unit_id=pk, last_ok_on=term) for pk in wanted - held])
    _done(actor, assignment)
    audit.record("programmes.choose_parts", assignment, actor=actor.person, unit=programme.lead_unit, units=sorted(wanted))


def _share_out(actor: Actor, assignment: Assignment) -> None:
    """Parts for a lead that changed: of a recurring task for the periods that are not over, of another for a group's units."""
    if rule_of_task(assignment.task):
        share_out_anew(assignment, actor.on)
    elif assignment.group:
        expand([assignment], actor.on)


def _done(actor: Actor, assignment: Assignment) -> None:
    task = assignment.task
    task.refresh_from_db()
    refresh([task], actor)
    bump_revision([task.pk])
    recount(task.programme)
    bump(task.programme)
