"""A programme that is followed in the invented province: more time asked for, work handed on, a plan of a commune, a meeting, talk."""

from dondoc.comments import services as comments
from dondoc.demo.history import LATE_COMMUNE, Stage
from dondoc.programmes import services
from dondoc.programmes.enums import OriginKind
from dondoc.programmes.models import Part, Programme, Task
from dondoc.programmes.services.adding import Bearers, Deadline, OriginFacts
from dondoc.programmes.services.cascade import StepFacts
from dondoc.programmes.services.schedules import Schedule
from dondoc.programmes.services.urging import urge
from dondoc.units.models import Unit


def tell(programme: Programme, stage: Stage, units: dict[str, Unit]) -> None:
    """What people did up to the day of the demonstration, told through the services."""
    _more_time(programme, stage)
    _handed_on(programme, stage)
    _every_month(programme, stage)
    _from_a_meeting(programme, stage, units)
    _plan_of_a_commune(programme, stage, units["xa-an-binh"])
    _talk(programme, stage)


def _find(programme: Programme, words: str) -> Task:
    return programme.tasks.filter(text__istartswith=words).order_by("position")[0]


def _more_time(programme: Programme, stage: Stage) -> None:
    """The police ask for more time; nobody has answered yet."""
    services.ask_extension(
        actor=stage.actor("vanphong", -2),
        task=_find(programme, "Thống kê, phân tích nguyên nhân"),
        at=stage.moment(-2, 10),
        happened_on=stage.day(-2),
        new_due_on=stage.day(17),
        objective="Ba vụ tại vùng giáp ranh còn chờ kết luận của cơ quan điều tra tỉnh bạn",
        progress="Đã thống kê 38/41 vụ",
        percent=90,
        product_code="1420/CAT-PV01",
        product_date=stage.day(-2),
    )


def _handed_on(programme: Programme, stage: Stage) -> None:
    services.hand_on(
        actor=stage.actor("lanhdao", -10),
        task=_find(programme, "Tổng hợp, dự thảo báo cáo"),
        at=stage.moment(-10),
        happened_on=stage.day(-10),
        person=stage.people["soyte"],
        note="Dự thảo trước ngày họp Ban Chỉ đạo",
    )


def _every_month(programme: Programme, stage: Stage) -> None:
    """What goes on in the communes is reported by months, from the month before."""
    first = stage.day(-35).replace(day=1)
    task = _find(programme, "Rà soát, cắm biển cảnh báo")
    services.set_schedule(
        actor=stage.actor("vanphong", -33),
        task=task,
        schedule=Schedule("FREQ=MONTHLY;BYMONTHDAY=25", "ngày 25 hằng tháng", first),
    )
    first_turn = Part.objects.filter(period__task=task, period__starts_on=first).order_by("unit__code")
    for number, part in enumerate(first_turn.select_related("unit")):
        if part.unit.name != LATE_COMMUNE:
            services.deliver(
                actor=stage.actor("vanphong", -26), task=task, part=part, at=stage.moment(-26), happened_on=stage.day(-29 + number % 3),
                product_code=f"{60 + number}/BC-UBND", product_date=stage.day(-29 + number % 3),
            )  # fmt: skip


def _from_a_meeting(programme: Programme, stage: Stage, units: dict[str, Unit]) -> None:
    services.add_task(
        actor=stage.actor("vanphong", -4),
        programme=programme,
        at=stage.moment(-4, 15),
        origin=OriginFacts(
            OriginKind.MEETING,
            "Họp Ban Chỉ đạo về tiến độ tổng kết",
            stage.day(-5),
            "Giao Sở Giáo dục và Đào tạo báo cáo phương án mở lớp dạy bơi dịp hè tại các xã chưa có bể bơi.",
            said_by="Phó Chủ tịch UBND tỉnh",
        ),
        text="Báo cáo phương án mở lớp dạy bơi dịp hè tại các xã chưa có bể bơi",
        bearers=Bearers((units["sgddt"],), (units["svhttdl"],)),
        deadline=Deadline(stage.day(10)),
    )


def _plan_of_a_commune(programme: Programme, stage: Stage, unit: Unit) -> None:
    """An Bình has worked its share out, and one of its steps is half done."""
    actor = stage.actor("anbinh", -25)
    plan = services.make_plan(actor=actor, programme=programme, unit=unit, at=stage.moment(-25))
    services.write_plan(
        actor=actor,
        plan=plan,
        title="Tổng kết và triển khai công tác phòng, chống đuối nước trẻ em trên địa bàn xã",
        purpose="Đánh giá đúng kết quả trên địa bàn xã; phân công rõ người, rõ việc, rõ thời hạn.",
        organisation="Văn phòng HĐND và UBND xã theo dõi, đôn đốc, báo cáo Chủ tịch UBND xã vào thứ Sáu hằng tuần.",
        signer_title="Chủ tịch",
        signer_name="Bế Văn Sơn",
    )
    for place, step in enumerate(plan.steps.order_by("position")):
        facts = StepFacts(
            step.text, task=step.task, responsible_name=("Vi Thị Lan", "Hà Văn Tâm")[place % 2], result=step.result,
            last_ok_on=step.last_ok_on,
        )  # fmt: skip
        services.change_step(actor=actor, step=step, facts=facts)
    services.issue_plan(actor=actor, plan=plan, code="31/KH-UBND", issued_on=stage.day(-25))
    steps = plan.steps.order_by("position").select_related("plan__unit", "plan__programme")
    for step, percent, note in zip(steps, (100, 50), ("Đã gửi báo cáo", "Đã cắm 6/12 biển cảnh báo"), strict=False):
        services.record_step(
            actor=stage.actor("anbinh", -3), step=step, at=stage.moment(-3), happened_on=stage.day(-3), percent=percent, note=note
        )


def _talk(programme: Programme, stage: Stage) -> None:
    """A late task is talked about, and urged by letter."""
    late = _find(programme, "Kiểm kê các điểm ao, hồ")
    comments.add(
        actor=stage.actor("soyte", -3),
        kind="task",
        key=late.pk,
        text="Còn 4 xã chưa gửi tọa độ; đề nghị Văn phòng đôn đốc trước phiên họp thứ Sáu. @Lê Thu Hà",
        at=stage.moment(-3, 14),
        people=[stage.people["vanphong"].pk],
    )
    comments.add(
        actor=stage.actor("vanphong", -2), kind="task", key=late.pk, text="Đã soạn công văn đôn đốc, trình ký sáng nay.",
        at=stage.moment(-2, 8),
    )  # fmt: skip
    urge(actor=stage.actor("vanphong", -2), at=stage.moment(-2, 8), task=late)
