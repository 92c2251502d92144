"""What a target asks for: new versions by a deciding document, milestones on the way, shares of units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from dondoc.common import audit, wording
from dondoc.common.errors import Refused
from dondoc.documents.models import Document
from dondoc.programmes.models import Milestone, Programme, Target, TargetVersion
from dondoc.programmes.rules.targets import day_of_horizon, in_force
from dondoc.programmes.services.guards import steering
from dondoc.programmes.services.projecting import bump
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

COMPARATORS = (">=", ">", "<=", "<", "=", "range", "increase", "decrease")


@dataclass(frozen=True, slots=True)
class Value:
    """What is asked for: *ít nhất 95*, *từ 8 đến 9*."""

    comparator: str
    value: Decimal
    value_high: Decimal | None = None


@transaction.atomic
def change_value(
    *,
    actor: Actor,
    target: Target,
    value: Value,
    horizon: str,
    effective_from: date,
    decided_by: Document | None,
    reason: str,
) -> TargetVersion:
    """A new version from a day on, by the document that decided it; the version before stays as it was.

    Milestones of the former version that lie before the new horizon go on: they were not what was changed.
    """
    programme = steering(actor, target.programme_id)
    held = in_force(target.versions.all(), effective_from)
    _decided(programme, decided_by)
    _in_order(value)
    if not reason.strip():
        raise Refused("Ghi lý do điều chỉnh.", field="reason")
    by_day = day_of_horizon(horizon)
    if by_day is None:
        raise Refused("Ghi năm phải đạt, ví dụ 2030, hoặc ngày 2030-12-31.", field="horizon")
    later = target.versions.filter(effective_from__gte=effective_from).order_by("-effective_from").first()
    if later:
        raise Refused(
            f"Đã có giá trị áp dụng từ ngày {wording.day(later.effective_from)}. Ghi ngày sau ngày đó.", field="effective_from"
        )
    made = TargetVersion.objects.create(
        target=target,
        effective_from=effective_from,
        comparator=value.comparator,
        value=value.value,
        value_high=value.value_high,
        measure=held.measure if held else target.measure,
        baseline=held.baseline if held else "",
        horizon=horizon.strip(),
        decided_by=decided_by,
    )
    if held:
        _carry_milestones(held, made, by_day)
    bump(programme)
    audit.record(
        "programmes.change_target", target, actor=actor.person, reason=reason.strip(), version=made.pk,
        effective_from=effective_from.isoformat(),
    )  # fmt: skip
    return made


def _carry_milestones(held: TargetVersion, made: TargetVersion, by_day: date) -> None:
    going_on = list(held.milestones.filter(by_day__lt=by_day))
    for one in going_on:
        one.pk, one.version = None, made
    Milestone.objects.bulk_create(going_on)


@transaction.atomic
def add_milestones(
    *,
    actor: Actor,
    target: Target,
    by_day: date,
    values: Sequence[tuple[Unit | None, Value]],
    decided_by: Document | None,
    at: datetime,
    words: str = "",
) -> list[Milestone]:
    """What the version in force asks for by a day: of the province (None), or the share of each unit. Only added."""
    programme = steering(actor, target.programme_id)
    version = in_force(target.versions.all(), actor.on)
    if version is None:
        raise Refused("Chỉ tiêu chưa có giá trị đang áp dụng.")
    _decided(programme, decided_by)
    last = day_of_horizon(version.horizon)
    if last and by_day > last:
        raise Refused(f"Mốc phải trước năm phải đạt ({version.horizon}).", field="by_day")
    if last == by_day and any(unit is None for unit, _ in values):
        raise Refused(
            f"Mốc {wording.day(by_day)} đã có giá trị chung. Đổi giá trị chung thì ghi điều chỉnh chỉ tiêu.", field="by_day"
        )
    for _, value in values:
        _in_order(value)
    _not_set(version, by_day, [unit for unit, _ in values])
    made = [
        Milestone(
            version=version,
            unit=unit,
            by_day=by_day,
            comparator=value.comparator,
            value=value.value,
            value_high=value.value_high,
            words=words.strip()[:255],
            decided_by=decided_by,
            recorded_at=at,
            recorded_by=actor.person,
        )
        for unit, value in values
    ]
    Milestone.objects.bulk_create(made)
    bump(programme)
    audit.record("programmes.add_milestones", target, actor=actor.person, by_day=by_day.isoformat(), count=len(made))
    return made


def _not_set(version: TargetVersion, by_day: date, units: Sequence[Unit | None]) -> None:
    held = version.milestones.filter(by_day=by_day).select_related("unit")
    wanted = {unit.pk if unit else None for unit in units}
    known = [one for one in held if one.unit_id in wanted]
    if known:
        names = ", ".join(one.unit.name if one.unit else "toàn tỉnh" for one in known[:5])
        raise Refused(f"Mốc {wording.day(by_day)} đã giao: {names}. Đổi mức đã giao thì ghi điều chỉnh chỉ tiêu.", field="by_day")


def _decided(programme: Programme, document: Document | None) -> None:
    """The deciding document is one of the province's."""
    if document is None:
        raise Refused("Chọn văn bản quyết định.", field="decided_by")
    if document.province_id != programme.province_id:
        raise Refused("Văn bản không thuộc tỉnh của chương trình.", field="decided_by")


def _in_order(value: Value) -> None:
    if value.comparator not in COMPARATORS:
        raise Refused("Chọn cách so sánh.", field="comparator")
    if value.comparator == "range" and value.value_high is None:
        raise Refused("Khoảng cần cả hai số.", field="value_high")
    if value.value_high is not None and value.value_high < value.value:
        raise Refused(
            f"Số sau ({wording.number(value.value_high)}) nhỏ hơn số trước ({wording.number(value.value)}).", field="value_high"
        )
