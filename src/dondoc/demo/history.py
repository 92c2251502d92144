"""What has happened in the invented province by the day of the demonstration, told through the services."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from dondoc.programmes import services
from dondoc.programmes.models import Part, Programme, Task
from dondoc.units.access import actor_of
from dondoc.units.models import Person
from dondoc.units.rules import Actor

LATE_COMMUNE = "xã Bản Lim"


@dataclass(frozen=True, slots=True)
class Stage:
    """The demonstration's day and its people."""

    today: date
    people: dict[str, Person] = field(default_factory=dict)

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def moment(self, offset: int, hour: int = 9) -> datetime:
        return timezone.make_aware(datetime.combine(self.day(offset), time(hour)))

    def actor(self, username: str, offset: int = 0) -> Actor:
        """The person as they were on that day."""
        return actor_of(self.people[username], self.day(offset))


def tell(programme: Programme, stage: Stage) -> None:
    """The progress of the drowning-prevention review up to the day of the demonstration."""
    _deliver(programme, stage, "Ban hành Kế hoạch tổng kết", -45, product_code="214/KH-UBND")
    _parts(programme, stage)
    _progress(
        programme,
        stage,
        "Tổng hợp, dự thảo báo cáo",
        -1,
        percent=60,
        note="Đã có dự thảo lần 1; chờ số liệu của các xã.",
    )
    _progress(programme, stage, "Truyền thông trên báo, đài", -6, percent=40, note="Đã phát 8 tin, bài; 01 phóng sự truyền hình.")
    _progress(programme, stage, "Kiểm kê các điểm ao, hồ", -20, percent=70, note="Còn 4 xã chưa gửi tọa độ điểm nguy hiểm.")
    _deliver(programme, stage, "Phối hợp với Sở Văn hóa, Thể thao và Du lịch thống kê", -7, product_code="2915/SGDĐT-GDTrH")


def _find(programme: Programme, words: str) -> Task | None:
    return programme.tasks.filter(text__istartswith=words).order_by("position").first()


def _deliver(programme: Programme, stage: Stage, words: str, offset: int, *, product_code: str) -> None:
    if task := _find(programme, words):
        services.deliver(
            actor=stage.actor("vanphong", offset),
            task=task,
            at=stage.moment(offset, 16),
            happened_on=stage.day(offset),
            product_code=product_code,
            product_date=stage.day(offset),
        )


def _progress(programme: Programme, stage: Stage, words: str, offset: int, *, percent: int, note: str) -> None:
    if task := _find(programme, words):
        services.record_progress(
            actor=stage.actor("vanphong", offset),
            task=task,
            at=stage.moment(offset),
            happened_on=stage.day(offset),
            percent=percent,
            note=note,
        )


def _parts(programme: Programme, stage: Stage) -> None:
    """All communes but one have sent their report; a third of the departments as well."""
    communes, departments = _share_of(programme, "xã, phường"), _share_of(programme, "sở, ban, ngành")
    for index, part in enumerate(communes):
        if part.unit.name != LATE_COMMUNE:
            _hand_in(stage, part, -9 + index % 6, "/BC-UBND")
    for index, part in enumerate(departments[: len(departments) // 3]):
        _hand_in(stage, part, -6 + index % 3, "/BC-SNN")


def _share_of(programme: Programme, group: str) -> list[Part]:
    """The parts of the first report that a group owes."""
    owed = Part.objects.filter(
        assignment__task__programme=programme,
        assignment__obligation__isnull=False,
        assignment__group__name__icontains=group,
    )
    first = owed.order_by("assignment__task__position").values_list("assignment", flat=True).first()
    return list(owed.filter(assignment=first).select_related("unit", "assignment__task").order_by("unit__code"))


def _hand_in(stage: Stage, part: Part, offset: int, symbol: str) -> None:
    part.refresh_from_db()
    if part.done_on is None:
        services.deliver(
            actor=stage.actor("vanphong", offset),
            task=part.assignment.task,
            part=part,
            at=stage.moment(offset, 15),
            happened_on=stage.day(offset),
            product_code=f"{40 + part.pk % 60}{symbol}",
            product_date=stage.day(offset),
        )
