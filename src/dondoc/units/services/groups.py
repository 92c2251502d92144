"""Groups of units and who is listed in them from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.units.enums import GroupRule
from dondoc.units.models import GroupMember, Unit, UnitGroup
from dondoc.units.queries.units import valid_on
from dondoc.units.rules import Actor
from dondoc.units.services.common import require_administrator


@dataclass(frozen=True, slots=True)
class GroupFacts:
    name: str
    rule: str
    kinds: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@transaction.atomic
def create_group(*, actor: Actor, province: Unit, facts: GroupFacts) -> UnitGroup:
    require_administrator(actor, province.pk)
    _check(facts)
    number = UnitGroup.objects.filter(province=province).count() + 1
    while UnitGroup.objects.filter(province=province, code=f"nhom-{number}").exists():
        number += 1
    group = UnitGroup(province=province, code=f"nhom-{number}")
    _write(group, facts)
    audit.record("units.create_group", group, actor=actor.person, unit=province, name=group.name, rule=group.rule)
    return group


@transaction.atomic
def edit_group(*, actor: Actor, group: UnitGroup, facts: GroupFacts) -> UnitGroup:
    require_administrator(actor, group.province_id)
    _check(facts)
    before = {"name": group.name, "rule": group.rule}
    _write(group, facts)
    audit.record(
        "units.edit_group", group, actor=actor.person, unit=group.province, before=before, name=group.name, rule=group.rule
    )
    return group


def _check(facts: GroupFacts) -> None:
    if facts.rule == GroupRule.KINDS and not facts.kinds:
        raise Refused("Chọn ít nhất một loại cơ quan.", "kinds")


def _write(group: UnitGroup, facts: GroupFacts) -> None:
    group.name = facts.name
    group.rule = facts.rule
    group.kinds = list(facts.kinds) if facts.rule == GroupRule.KINDS else []
    group.aliases = list(facts.aliases)
    group.save()


@transaction.atomic
def add_members(*, actor: Actor, group: UnitGroup, units: Sequence[Unit], valid_from: date | None) -> int:
    """List units in the group from a day on (None: always); those that are listed already stay as they are."""
    require_administrator(actor, group.province_id)
    if group.rule != GroupRule.LISTED:
        raise Refused("Nhóm này tự tìm thành viên theo quy tắc, không ghi danh sách.")
    if any(unit.scope_id != group.province_id for unit in units):
        raise Refused("Thành viên phải thuộc cùng tỉnh.", "units")
    listed = set(group.listed.filter(valid_to__isnull=True).values_list("unit", flat=True))
    fresh = [GroupMember(group=group, unit=unit, valid_from=valid_from) for unit in units if unit.pk not in listed]
    GroupMember.objects.bulk_create(fresh)
    if fresh:
        names = [member.unit.name for member in fresh]
        audit.record("units.add_members", group, actor=actor.person, unit=group.province, units=names)
    return len(fresh)


@transaction.atomic
def end_member(*, actor: Actor, member: GroupMember, on: date) -> None:
    """Let a unit leave the group: ``on`` is its last day there."""
    group = member.group
    require_administrator(actor, group.province_id)
    if not GroupMember.objects.filter(valid_on(on), pk=member.pk).exists():
        raise Refused("Ngày cuối phải nằm trong thời gian đơn vị ở trong nhóm.", "on")
    member.valid_to = on
    member.save(update_fields=["valid_to"])
    audit.record("units.end_member", group, actor=actor.person, unit=group.province, member=member.unit.name, on=on.isoformat())
