"""The units of a province: made, changed, ended, and what they took over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from dondoc.common import audit, wording
from dondoc.common.errors import Refused
from dondoc.units.enums import UnitKind
from dondoc.units.models import GroupMember, Membership, Predecessor, StandIn, Unit, UnitAlias
from dondoc.units.queries.units import valid_on
from dondoc.units.rules import Actor
from dondoc.units.services.common import require_administrator


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What a person may say of a unit."""

    name: str
    kind: str
    short_name: str = ""
    commune_kind: str = ""
    code: str = ""
    phone: str = ""
    email: str = ""
    valid_from: date | None = None
    legal_basis: str = ""
    parent: Unit | None = None
    aliases: tuple[str, ...] = ()


_OWN = ("name", "kind", "short_name", "commune_kind", "code", "phone", "email", "valid_from", "legal_basis", "parent")


@transaction.atomic
def create_unit(*, actor: Actor, province: Unit, facts: UnitFacts) -> Unit:
    require_administrator(actor, province.pk)
    _check(facts, province)
    unit = Unit(province=province, **{key: getattr(facts, key) for key in _OWN})
    unit.parent = facts.parent or province
    unit.code = facts.code or _next_code(province)
    unit.save()
    _set_aliases(unit, facts.aliases)
    audit.record("units.create_unit", unit, actor=actor.person, unit=unit, name=unit.name, code=unit.code)
    return unit


@transaction.atomic
def edit_unit(*, actor: Actor, unit: Unit, facts: UnitFacts) -> Unit:
    require_administrator(actor, unit.scope_id)
    _check(facts, unit.province or unit, but=unit)
    changed: dict[str, Any] = {}
    for key in _OWN:
        new = getattr(facts, key)
        if key == "code" and not new:
            continue
        if getattr(unit, key) != new:
            changed[key] = [str(getattr(unit, key) or ""), str(new or "")]
            setattr(unit, key, new)
    unit.save()
    if _set_aliases(unit, facts.aliases):
        changed["aliases"] = list(facts.aliases)
    if changed:
        audit.record("units.edit_unit", unit, actor=actor.person, unit=unit, changed=changed)
    return unit


def _check(facts: UnitFacts, province: Unit, but: Unit | None = None) -> None:
    holder = Unit.objects.filter(code=facts.code).first() if facts.code else None
    if holder is not None and holder != but:
        raise Refused(f"Mã {facts.code} đã thuộc một đơn vị khác. Ghi mã khác.", "code")
    if facts.kind == UnitKind.COMMUNE and not facts.commune_kind:
        raise Refused("Chọn xã, phường hay đặc khu.", "commune_kind")
    if facts.kind == UnitKind.PROVINCE and (but is None or but.kind != UnitKind.PROVINCE):
        raise Refused("Tỉnh, thành phố được nạp theo danh mục của Nhà nước, không thêm ở đây.", "kind")
    if but is not None and but.valid_to and facts.valid_from and facts.valid_from > but.valid_to:
        raise Refused(f"Đơn vị đã kết thúc ngày {wording.day(but.valid_to)}; ngày bắt đầu phải từ đó trở về trước.", "valid_from")
    if facts.parent is not None:
        _check_parent(facts.parent, province, but)


def _check_parent(parent: Unit, province: Unit, unit: Unit | None) -> None:
    if parent.scope_id != province.pk:
        raise Refused("Cấp trên phải thuộc cùng tỉnh.", "parent")
    above: Unit | None = parent
    while unit is not None and above is not None:
        if above.pk == unit.pk:
            raise Refused("Cấp trên không thể là chính đơn vị này hoặc đơn vị bên dưới.", "parent")
        above = above.parent


def _next_code(province: Unit) -> str:
    number = Unit.objects.filter(province=province, code__startswith=f"{province.code}:dv").count() + 1
    while Unit.objects.filter(code=f"{province.code}:dv{number}").exists():
        number += 1
    return f"{province.code}:dv{number}"


def _set_aliases(unit: Unit, names: Iterable[str]) -> bool:
    wanted = set(names)
    known = set(unit.aliases.values_list("name", flat=True))
    unit.aliases.filter(name__in=known - wanted).delete()
    UnitAlias.objects.bulk_create([UnitAlias(unit=unit, name=name) for name in sorted(wanted - known)])
    return wanted != known


@transaction.atomic
def close_unit(*, actor: Actor, unit: Unit, on: date, reason: str) -> Unit:
    """End a unit: ``on`` is its last day. Seats, stand-ins and places in groups end with it; what it did stays."""
    require_administrator(actor, unit.scope_id)
    if unit.kind == UnitKind.PROVINCE:
        raise Refused("Tỉnh không kết thúc ở đây.")
    if unit.valid_from and on < unit.valid_from:
        raise Refused(f"Ngày cuối phải từ ngày bắt đầu ({wording.day(unit.valid_from)}) trở đi.", "on")
    unit.valid_to = on
    unit.save()
    seats = _end_seats(unit, on)
    GroupMember.objects.filter(valid_on(on), unit=unit).update(valid_to=on)
    audit.record("units.close_unit", unit, actor=actor.person, unit=unit, reason=reason, on=on.isoformat(), seats=seats)
    return unit


def _end_seats(unit: Unit, on: date) -> int:
    StandIn.objects.filter(membership__unit=unit, valid_from__gt=on).delete()
    StandIn.objects.filter(membership__unit=unit, valid_to__gt=on).update(valid_to=on)
    Membership.objects.filter(unit=unit, valid_from__gt=on).delete()
    return Membership.objects.filter(valid_on(on), unit=unit).exclude(valid_to=on).update(valid_to=on)


@transaction.atomic
def reopen_unit(*, actor: Actor, unit: Unit, reason: str) -> Unit:
    """Take an ending back. Seats that ended with it are given again one by one."""
    require_administrator(actor, unit.scope_id)
    ended = unit.valid_to
    unit.valid_to = None
    unit.save()
    audit.record("units.reopen_unit", unit, actor=actor.person, unit=unit, reason=reason, ended=str(ended or ""))
    return unit


@transaction.atomic
def add_predecessor(*, actor: Actor, unit: Unit, predecessor: Unit, on: date, legal_basis: str = "") -> Predecessor:
    """Say that ``unit`` took over from ``predecessor``, wholly or in part, on a day."""
    require_administrator(actor, unit.scope_id)
    if predecessor.scope_id != unit.scope_id:
        raise Refused("Đơn vị tiền thân phải thuộc cùng tỉnh.", "predecessor")
    if predecessor.pk == unit.pk:
        raise Refused("Đơn vị không thể là tiền thân của chính nó.", "predecessor")
    link, created = Predecessor.objects.get_or_create(
        unit=unit, predecessor=predecessor, defaults={"on": on, "legal_basis": legal_basis}
    )
    if not created:
        raise Refused(f"{predecessor.name} đã được ghi là tiền thân từ {wording.day(link.on)}.", "predecessor")
    audit.record("units.add_predecessor", unit, actor=actor.person, unit=unit, predecessor=predecessor.name, on=on.isoformat())
    return link


@transaction.atomic
def remove_predecessor(*, actor: Actor, link: Predecessor) -> None:
    """Take back a link that was made by mistake."""
    require_administrator(actor, link.unit.scope_id)
    audit.record("units.remove_predecessor", link.unit, actor=actor.person, unit=link.unit, predecessor=link.predecessor.name)
    link.delete()
