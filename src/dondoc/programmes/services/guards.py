"""Refusals that several services share."""

from collections.abc import Collection
from datetime import date

from dondoc.common import wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes.models import Programme, Task
from dondoc.programmes.rules.rights import may_report, may_steer
from dondoc.programmes.services.projecting import lock
from dondoc.units.rules import Actor

NOT_THE_GIVER = "Chỉ cơ quan chủ trì chương trình và Văn phòng UBND tỉnh được làm việc này."
NOT_ASSIGNED = "Chỉ đơn vị được giao nhiệm vụ này được cập nhật tiến độ và báo hoàn thành."


def steering(actor: Actor, programme_id: int) -> Programme:
    """The programme, locked, for one who may steer it."""
    programme = lock(programme_id)
    if not may_steer(actor, programme):
        raise NotAllowed(NOT_THE_GIVER)
    return programme


def reporting(actor: Actor, programme_id: int, unit_ids: Collection[int]) -> Programme:
    """The programme, locked, for one of the assigned units, or for the giver who enters it on their behalf."""
    programme = lock(programme_id)
    if not may_report(actor, unit_ids) and not may_steer(actor, programme):
        raise NotAllowed(NOT_ASSIGNED)
    return programme


def not_in_future(day: date, actor: Actor) -> None:
    if day > actor.on:
        raise Refused(f"Ngày {wording.day(day)} chưa đến. Ghi ngày việc đã xảy ra.", field="happened_on")


def not_before_document(day: date, task: Task, *, early: bool) -> None:
    if day < task.given_on and not early:
        raise Refused(
            f"Ngày {wording.day(day)} trước ngày giao nhiệm vụ ({wording.day(task.given_on)}). "
            "Sửa ngày, hoặc đánh dấu “Việc xong trước khi có văn bản”.",
            field="happened_on",
        )
