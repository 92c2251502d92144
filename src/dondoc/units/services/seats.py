"""Where people work, from when to when, and who stands in for them."""

from datetime import date

from django.db import transaction

from dondoc.common import audit, wording
from dondoc.common.errors import Refused
from dondoc.units.models import Membership, Person, StandIn
from dondoc.units.rules import Actor
from dondoc.units.services import people
from dondoc.units.services.common import require_administrator


@transaction.atomic
def add_membership(*, actor: Actor, person: Person, seat: people.SeatFacts) -> Membership:
    """Give a person a further place in a unit of the administrator's province."""
    require_administrator(actor, seat.unit.scope_id)
    people.check_seat_days(seat)
    same = Membership.objects.filter(person=person, unit=seat.unit, role=seat.role)
    if same.filter(valid_to__isnull=True).exists() or same.filter(valid_to__gte=seat.valid_from).exists():
        raise Refused(f"{person.full_name} đã có vai trò này ở {seat.unit.name} trong thời gian đó.", "unit")
    membership = Membership.objects.create(
        person=person,
        unit=seat.unit,
        role=seat.role,
        position=seat.position,
        valid_from=seat.valid_from,
        valid_to=seat.valid_to,
    )
    audit.record(
        "units.add_membership",
        person,
        actor=actor.person,
        unit=seat.unit,
        role=seat.role,
        valid_from=seat.valid_from.isoformat(),
    )
    return membership


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, on: date, reason: str = "") -> Membership:
    """Let a person leave: ``on`` is the last day with its rights; whoever stands in for them stops too."""
    require_administrator(actor, membership.unit.scope_id)
    if on < membership.valid_from:
        raise Refused(f"Ngày cuối phải từ ngày bắt đầu ({wording.day(membership.valid_from)}) trở đi.", "on")
    if membership.valid_to and on > membership.valid_to:
        raise Refused(f"Chỗ làm này đã kết thúc ngày {wording.day(membership.valid_to)}.", "on")
    people.require_another_administrator(membership.person, actor.on, [membership])
    membership.valid_to = on
    membership.save(update_fields=["valid_to"])
    membership.stand_ins.filter(valid_from__gt=on).delete()
    membership.stand_ins.filter(valid_to__gt=on).update(valid_to=on)
    audit.record(
        "units.end_membership",
        membership.person,
        actor=actor.person,
        unit=membership.unit,
        reason=reason,
        role=membership.role,
        on=on.isoformat(),
    )
    return membership


@transaction.atomic
def add_stand_in(*, actor: Actor, membership: Membership, person: Person, valid_from: date, valid_to: date) -> StandIn:
    """Let ``person`` act in the seat's place from one day to another, both included."""
    require_administrator(actor, membership.unit.scope_id)
    if person.pk == membership.person_id:
        raise Refused("Không thay cho chính mình được.", "person")
    if valid_to < valid_from:
        raise Refused("Ngày kết thúc phải từ ngày bắt đầu trở đi.", "valid_to")
    if valid_from < membership.valid_from or (membership.valid_to and valid_to > membership.valid_to):
        raise Refused("Thời gian thay phải nằm trong thời gian của chỗ làm được thay.", "valid_from")
    stand_in = StandIn.objects.create(membership=membership, person=person, valid_from=valid_from, valid_to=valid_to)
    audit.record(
        "units.add_stand_in",
        membership.person,
        actor=actor.person,
        unit=membership.unit,
        stand_in=person.full_name,
        valid_from=valid_from.isoformat(),
        valid_to=valid_to.isoformat(),
    )
    return stand_in


@transaction.atomic
def end_stand_in(*, actor: Actor, stand_in: StandIn, on: date) -> None:
    """Stop standing in: ``on`` is the last day; before its first day it is taken back whole."""
    membership = stand_in.membership
    require_administrator(actor, membership.unit.scope_id)
    if on > stand_in.valid_to:
        raise Refused(f"Việc thay đã kết thúc ngày {wording.day(stand_in.valid_to)}.", "on")
    audit.record(
        "units.end_stand_in",
        membership.person,
        actor=actor.person,
        unit=membership.unit,
        stand_in=stand_in.person.full_name,
        on=on.isoformat(),
    )
    if on < stand_in.valid_from:
        stand_in.delete()
        return
    stand_in.valid_to = on
    stand_in.save(update_fields=["valid_to"])
