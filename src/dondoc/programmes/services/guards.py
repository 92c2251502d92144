"""Refusals that several services share."""

from collections.abc import Collection
from datetime import date

from dondoc.common import wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes.enums import ProgrammeState
from dondoc.programmes.models import Part, Programme, Task
from dondoc.programmes.rules.rights import may_report, may_steer
from dondoc.programmes.services.projecting import lock
from dondoc.programmes.services.recording import missing_parts
from dondoc.programmes.wording import some
from dondoc.units.rules import Actor

NOT_THE_GIVER = "Chỉ cơ quan chủ trì chương trình và Văn phòng UBND tỉnh được làm việc này."
NOT_ASSIGNED = "Chỉ đơn vị được giao nhiệm vụ này được cập nhật tiến độ và báo hoàn thành."


def steering(actor: Actor, programme_id: int) -> Programme:
    """The programme, locked, for one who may steer it; one that is closed is opened again first."""
    programme = lock(programme_id)
    if not may_steer(actor, programme):
        raise NotAllowed(NOT_THE_GIVER)
    still_open(programme)
    return programme


def reporting(actor: Actor, programme_id: int, unit_ids: Collection[int], refusal: str = NOT_ASSIGNED) -> Programme:
    """The programme, locked, for one of the assigned units, or for the giver who enters it on their behalf."""
    programme = lock(programme_id)
    if not may_report(actor, unit_ids) and not may_steer(actor, programme):
        raise NotAllowed(refusal)
    still_open(programme)
    return programme


def still_open(programme: Programme) -> None:
    if programme.state == ProgrammeState.CLOSED and programme.closed_on:
        raise Refused(
            f"Chương trình đã kết thúc ngày {wording.day(programme.closed_on)} nên không ghi thêm. Mở lại chương trình trước."
        )


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


def may_work(task: Task, part: Part | None) -> None:
    """Done and stopped things are taken up again first."""
    if task.superseded_on:
        raise Refused(f"Nhiệm vụ đã được thay thế từ ngày {wording.day(task.superseded_on)}.")
    if task.paused:
        raise Refused("Nhiệm vụ đang tạm dừng hoặc dừng theo dõi. Tiếp tục nhiệm vụ trước.")
    done_on = part.done_on if part else task.done_on
    if done_on:
        raise Refused(f"Đã hoàn thành ngày {wording.day(done_on)}. Mở lại trước nếu cần làm tiếp.")
    if part and part.excused:
        raise Refused("Đơn vị đã được miễn phần việc này.")


def needs_reason(reason_code: str, reason: str, allowed: list[str]) -> None:
    if reason_code not in allowed:
        raise Refused("Chọn loại lý do.", field="reason_code")
    if not reason.strip():
        raise Refused("Ghi lý do.", field="reason")


def one_by_one(task: Task, part: Part | None) -> None:
    """A group's task is closed and opened part by part, a recurring one period by period."""
    if part is None and task.rrule and task.periods.exists():
        raise Refused("Nhiệm vụ định kỳ ghi theo từng kỳ. Chọn kỳ.", field="part")
    if part is None and (missing := missing_parts(task)):
        raise Refused(f"Nhiệm vụ giao cho một nhóm, ghi từng đơn vị. Chưa hoàn thành: {some(missing)}.")


def may_be_handed_in_by(new_due_on: date | None, happened_on: date) -> None:
    """The day to hand in again by is not before the day of the return."""
    if new_due_on and new_due_on < happened_on:
        raise Refused(f"Hạn nộp lại phải từ ngày {wording.day(happened_on)} trở đi.", field="new_due_on")
