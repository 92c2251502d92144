"""What stands in the way in the invented province, told through the services."""

from dataclasses import dataclass

from dondoc.demo.history import Stage
from dondoc.programmes.enums import ObstacleCause, Solver
from dondoc.programmes.models import Obstacle, Programme, Task
from dondoc.programmes.services import obstacles as services
from dondoc.units.models import Unit


@dataclass(frozen=True, slots=True)
class Told:
    """Raised by the programme's lead for ``unit`` (its lexicon id, or a commune's code) on a day, at the task that begins so."""

    unit: str
    offset: int
    cause: str
    text: str
    asked: str
    solver: str
    task: str = ""


TOLD = (
    Told(
        "xa-ban-lim", -18, ObstacleCause.FUNDS,
        "Chưa có định mức chi cho người dạy bơi tại xã nên không mở được lớp trong hè",
        "Giao Sở Tài chính thẩm định định mức, trình UBND tỉnh trong tháng",
        Solver.PROVINCE,
    ),
    Told(
        "syt", -6, ObstacleCause.COORDINATION,
        "Số liệu tử vong do đuối nước của ngành y tế và ngành công an lệch nhau 11 trường hợp",
        "Giao một cơ quan đầu mối chốt số liệu trước khi tổng hợp báo cáo",
        Solver.PROVINCE,
        task="Tổng hợp, dự thảo báo cáo",
    ),
    Told(
        "svhttdl", -2, ObstacleCause.PROCEDURE,
        "Hai bể bơi học đường chưa bàn giao xong đất nên chưa lắp đặt được",
        "Cho phép bàn giao nguyên trạng, hoàn thiện hồ sơ đất sau",
        Solver.PROVINCE,
    ),
    Told(
        "xa-an-binh", -8, ObstacleCause.STAFF,
        "Công chức phụ trách trẻ em vừa nghỉ việc, chưa có người thay để rà soát ao, hồ",
        "Sở Y tế cử cán bộ hỗ trợ rà soát 02 tuần",
        Solver.LEAD,
    ),
    Told(
        "xa-na-sim", -12, ObstacleCause.TECHNOLOGY,
        "Xã không đăng nhập được vào phần mềm báo cáo",
        "Cấp lại tài khoản",
        Solver.LEAD,
    ),
)  # fmt: skip


def tell(programme: Programme, stage: Stage, units: dict[str, Unit]) -> None:
    """Raise them; one of those that wait for the lead agency was answered, another one solved."""
    raised = [_raise(programme, stage, units, one) for one in TOLD]
    office = stage.actor("vanphong")
    services.answer(
        actor=office,
        obstacle=raised[3],
        at=stage.moment(-5),
        happened_on=stage.day(-5),
        note="Trung tâm Kiểm soát bệnh tật cử 01 cán bộ về xã từ tuần tới.",
        document_code="2604/SYT-NVY",
        document_date=stage.day(-5),
    )
    services.solve(
        actor=office, obstacle=raised[4], at=stage.moment(-11), happened_on=stage.day(-11), note="Đã cấp lại tài khoản."
    )


def _raise(programme: Programme, stage: Stage, units: dict[str, Unit], one: Told) -> Obstacle:
    task: Task | None = programme.tasks.filter(text__istartswith=one.task).first() if one.task else None
    return services.raise_obstacle(
        actor=stage.actor("vanphong", one.offset),
        programme=programme,
        unit=units[one.unit],
        task=task,
        at=stage.moment(one.offset),
        happened_on=stage.day(one.offset),
        cause=one.cause,
        text=one.text,
        asked=one.asked,
        solver=one.solver,
    )
