"""Who a name stands for, and who answers. What the document says stays as written."""

from collections.abc import Collection

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Part
from dondoc.programmes.rules.periods import rule_of_task
from dondoc.programmes.services.guards import steering
from dondoc.programmes.services.making import expand
from dondoc.programmes.services.obligations import recount
from dondoc.programmes.services.projecting import bump, refresh
from dondoc.programmes.services.recurring import over_by, share_out_anew
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.rules import Actor


@transaction.atomic
def set_unit(*, actor: Actor, assignment: Assignment, unit: Unit | None = None, group: UnitGroup | None = None) -> None:
    """Tie the written name to a unit or a group of the programme's province, or untie it."""
    programme = steering(actor, assignment.task.programme_id)
    bearer = unit or group
    if unit and group:
        raise Refused("Chọn một đơn vị hoặc một nhóm.", field="bearer")
    if bearer and programme.province_id not in {bearer.province_id, bearer.pk if unit else None}:
        raise Refused("Đơn vị thuộc tỉnh khác.", field="bearer")
    if assignment.parts.filter(events__isnull=False).exists():
        raise Refused("Các đơn vị của nhóm đã cập nhật kết quả nên không đổi được đơn vị.", field="bearer")
    assignment.parts.all().delete()
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
        name=assignment.name,
        bearer=str(bearer or ""),
    )


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
    recount(task.programme)
    bump(task.programme)
