"""What a task is given for, said by a person."""

from datetime import datetime

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.programmes.enums import TaskKind
from dondoc.programmes.models import Task
from dondoc.programmes.services.guards import may_work, steering
from dondoc.programmes.services.projecting import bump_revision, bump_version, refresh
from dondoc.programmes.services.recording import all_units, fresh, reporting_units
from dondoc.programmes.services.telling import of_change
from dondoc.units.rules import Actor


@transaction.atomic
def change_kind(*, actor: Actor, task: Task, at: datetime, kind: str, reason: str) -> Task:
    """Who closes follows from the kind, so it changes only while nothing was handed in."""
    programme = steering(actor, task.programme_id)
    task, _ = fresh(task, None)
    may_work(task, None)
    if kind not in TaskKind.values:
        raise Refused("Chọn loại nhiệm vụ.", field="kind")
    if kind == task.kind:
        raise Refused(f"Nhiệm vụ đang là loại “{TaskKind(kind).label}”. Chọn loại khác.", field="kind")
    if not reason.strip():
        raise Refused("Ghi lý do.", field="reason")
    if task.events.filter(kind__in=("delivered", "accepted", "returned")).exists():
        raise Refused("Đã có đơn vị báo hoàn thành nên không đổi được loại nhiệm vụ.", field="kind")
    before = TaskKind(task.kind).label
    task.kind = kind
    task.save(update_fields=["kind"])
    refresh([task], actor)
    bump_revision([task.pk])
    bump_version(programme)
    said = f"Đổi loại từ “{before}” thành “{TaskKind(kind).label}”"
    audit.record(
        "programmes.change_kind",
        task,
        actor=actor.person,
        unit=programme.lead_unit,
        reason=reason.strip(),
        before=str(before),
        after=str(TaskKind(kind).label),
    )
    task.refresh_from_db()
    of_change(actor, task, said, reporting_units(task, None) or all_units(task), at)
    return task
