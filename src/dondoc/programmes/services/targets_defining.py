"""What a target means: unit of measure, direction, baseline, how it is measured and added up, and which years belong together."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.programmes.enums import RollUp
from dondoc.programmes.models import Measurement, Programme, Target
from dondoc.programmes.queries.targets import asked_one
from dondoc.programmes.services.guards import steering
from dondoc.programmes.services.projecting import bump
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.rules import Actor

STALE = "Người khác vừa sửa định nghĩa chỉ tiêu này. Xem bản mới ở trên, sửa lại nếu cần rồi ghi."


@dataclass(frozen=True, slots=True)
class Meaning:
    """The whole definition, as the giver wants it from now on."""

    measure: str = ""
    direction: str = ""
    change_kind: str = ""
    baseline_value: Decimal | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    cumulative: bool = False
    numerator: str = ""
    denominator: str = ""
    per: int = 100
    may_exceed: bool = False
    roll_up: str = ""
    frequency: str = ""
    measured_by_unit: Unit | None = None
    measured_by_group: UnitGroup | None = None


MEANING = tuple(field.name for field in fields(Meaning))


def meaning_of(target: Target) -> Meaning:
    return Meaning(**{name: getattr(target, name) for name in MEANING})


@transaction.atomic
def define(*, actor: Actor, target: Target, meaning: Meaning, revision: int, reason: str = "") -> Target:
    """Set or correct the definition. ``revision`` is the one that the person saw; a change of what was set needs a reason."""
    programme = steering(actor, target.programme_id)
    held = Target.objects.get(pk=target.pk)
    if held.revision != revision:
        raise Refused(STALE)
    before = meaning_of(held)
    if before == meaning:
        return held
    if held.revision > 1 and not reason.strip():
        raise Refused("Định nghĩa đang dùng. Ghi lý do sửa.", field="reason")
    _consistent(meaning, programme, actor.on)
    _keeps_figures(held, before, meaning)
    for name in MEANING:
        setattr(held, name, getattr(meaning, name))
    held.revision += 1
    held.save(update_fields=[*MEANING, "revision"])
    bump(programme)
    audit.record("programmes.define_target", held, actor=actor.person, reason=reason.strip(), changes=_changes(before, meaning))
    return held


def _changes(before: Meaning, after: Meaning) -> dict[str, list[str]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in MEANING}
    return {name: ["" if one is None else str(one) for one in pair] for name, pair in pairs.items() if pair[0] != pair[1]}


def _consistent(meaning: Meaning, programme: Programme, on: date) -> None:
    _ratio(meaning)
    _measurer(meaning, programme)
    if (meaning.baseline_value is None) != (meaning.baseline_on is None):
        field = "baseline_on" if meaning.baseline_on is None else "baseline_value"
        raise Refused("Giá trị gốc cần cả số và ngày.", field=field)
    if meaning.baseline_on and meaning.baseline_on > on:
        raise Refused("Ngày của giá trị gốc chưa đến. Ghi ngày đã qua.", field="baseline_on")


def _ratio(meaning: Meaning) -> None:
    if bool(meaning.numerator) != bool(meaning.denominator):
        field = "denominator" if meaning.numerator else "numerator"
        raise Refused("Tỷ lệ cần tên của cả tử số và mẫu số.", field=field)
    if meaning.roll_up == RollUp.RATIO and not meaning.numerator:
        raise Refused("Tỷ lệ của tổng cần tử số và mẫu số. Ghi tên của hai số đó.", field="numerator")
    if meaning.roll_up == RollUp.SUM and meaning.numerator:
        raise Refused("Không cộng được các tỷ lệ. Chọn “Tỷ lệ của tổng”.", field="roll_up")
    if meaning.roll_up == RollUp.SUM and meaning.measure.startswith("%"):
        raise Refused("Không cộng được các tỷ lệ phần trăm. Ghi tử số, mẫu số và chọn “Tỷ lệ của tổng”.", field="roll_up")


def _measurer(meaning: Meaning, programme: Programme) -> None:
    group, unit = meaning.measured_by_group, meaning.measured_by_unit
    if group and unit:
        raise Refused("Chọn một đơn vị hoặc một nhóm đơn vị đo.", field="measured_by")
    if (group and group.province_id != programme.province_id) or (unit and unit.scope_id != programme.province_id):
        raise Refused("Đơn vị đo không thuộc tỉnh của chương trình.", field="measured_by")
    if group and group.rule == GroupRule.OPEN:
        raise Refused(f"Nhóm “{group.name}” để mở nên chưa biết đơn vị nào đo. Chọn nhóm có danh sách.", field="measured_by")
    if group and meaning.roll_up in {"", RollUp.PROVINCE}:
        raise Refused("Nhiều đơn vị đo thì cần cách tổng hợp toàn tỉnh.", field="roll_up")


def _keeps_figures(target: Target, before: Meaning, after: Meaning) -> None:
    """Once there are figures, what they mean does not change under them."""
    named = [name for name in ("measure", "per") if getattr(before, name) and getattr(before, name) != getattr(after, name)]
    shape = ("numerator", "denominator", "cumulative")
    changed = [*named, *(name for name in shape if getattr(before, name) != getattr(after, name))]
    if changed and Measurement.objects.filter(target=target).exists():
        raise Refused(
            "Đã có số đo theo đơn vị đo và cách tính này nên không đổi được nữa. Thêm chỉ tiêu khác cho cách tính mới.",
            field=changed[0],
        )


@transaction.atomic
def join(*, actor: Actor, target: Target, others: list[Target], reason: str = "") -> None:
    """``others`` state the same indicator for other years: they become milestones of ``target`` and keep their own source."""
    programme = steering(actor, target.programme_id)
    held = Target.objects.get(pk=target.pk)
    joining = list(Target.objects.filter(pk__in=[one.pk for one in others], programme=programme).order_by("position", "pk"))
    if not joining or held.pk in {one.pk for one in joining}:
        raise Refused("Chọn chỉ tiêu khác để gộp.", field="others")
    if held.joined_to_id:
        raise Refused("Chỉ tiêu này đã là mốc của một chỉ tiêu khác. Gộp vào chỉ tiêu đó.", field="others")
    for one in joining:
        _may_join(one)
    Target.objects.filter(pk__in=[one.pk for one in joining]).update(joined_to=held)
    _one_value_a_day(held, actor.on)
    _same_measure(held, joining, actor.on, reason)
    Target.objects.filter(pk=held.pk).update(revision=F("revision") + 1)
    bump(programme)
    audit.record("programmes.join_targets", held, actor=actor.person, reason=reason.strip(), joined=[one.pk for one in joining])


def _may_join(one: Target) -> None:
    if one.joined_to_id:
        raise Refused(f"“{one.indicator}” đã là mốc của một chỉ tiêu khác. Tách ra trước.", field="others")
    if one.joined.exists():
        raise Refused(f"“{one.indicator}” đang có mốc gộp vào nó. Gộp các mốc đó trực tiếp.", field="others")
    if one.measurements.exists():
        raise Refused(f"“{one.indicator}” đã có số đo. Gộp chỉ tiêu kia vào chỉ tiêu này.", field="others")


def _one_value_a_day(head: Target, on: date) -> None:
    days: dict[date, str] = {}
    for one in asked_one(head, on).horizons:
        if one.goal is None:
            continue
        if one.goal.by_day in days:
            raise Refused(f"Hai giá trị cho cùng mốc {one.by}: {days[one.goal.by_day]} và {one.words}.", field="others")
        days[one.goal.by_day] = one.words


def _same_measure(head: Target, joining: list[Target], on: date, reason: str) -> None:
    measures = {
        one.version.measure for one in asked_one(head, on).horizons if one.target.pk in {head.pk, *(j.pk for j in joining)}
    }
    known = sorted(measure for measure in measures if measure)
    if len(known) > 1 and not reason.strip():
        names = ", ".join(f"“{one}”" for one in known)
        raise Refused(f"Đơn vị đo khác nhau: {names}. Ghi lý do nếu vẫn là một chỉ tiêu.", field="reason")


@transaction.atomic
def part(*, actor: Actor, target: Target) -> None:
    """A milestone that was joined becomes a target of its own again."""
    programme = steering(actor, target.programme_id)
    held = Target.objects.get(pk=target.pk)
    if held.joined_to_id is None:
        raise Refused("Chỉ tiêu này không gộp vào chỉ tiêu nào.")
    head = held.joined_to_id
    Target.objects.filter(pk=held.pk).update(joined_to=None)
    Target.objects.filter(pk=head).update(revision=F("revision") + 1)
    bump(programme)
    audit.record("programmes.part_targets", held, actor=actor.person, parted_from=head)
