from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from dondoc.common.folding import searchable
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Membership, Person, StandIn, Unit
from dondoc.units.queries.units import valid_on
from dondoc.units.rules import Actor


def _with_seats_in(province_ids: frozenset[int]) -> QuerySet[Person]:
    seats = Membership.objects.filter(Q(unit__province__in=province_ids) | Q(unit__in=province_ids), person=OuterRef("pk"))
    return Person.objects.filter(Exists(seats))


def visible_people(actor: Actor, *, text: str = "") -> QuerySet[Person]:
    """Those who work in the actor's provinces today, for the telephone list."""
    seats = Membership.objects.filter(
        valid_on(actor.on), Q(unit__province__in=actor.province_ids) | Q(unit__in=actor.province_ids), person=OuterRef("pk")
    )
    return _matching(Person.objects.filter(Exists(seats), is_active=True), text)


def manageable_people(actor: Actor, *, text: str = "") -> QuerySet[Person]:
    """Those who work or worked in the provinces that the actor administers."""
    provinces = frozenset(seat.province_id for seat in actor.seats if seat.role == Role.ADMINISTRATOR)
    return _matching(_with_seats_in(provinces), text)


def _matching(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    folded = searchable(text)
    if not folded:
        return people
    return people.filter(Q(search_text__contains=folded) | Q(phone__contains=text.strip()))


def memberships_on(actor: Actor) -> Prefetch[str]:
    """To prefetch people with the seats that they hold today in the actor's provinces, as ``person.seats_now``."""
    here = Q(unit__province__in=actor.province_ids) | Q(unit__in=actor.province_ids)
    held = Membership.objects.filter(valid_on(actor.on), here).select_related("unit")
    return Prefetch("memberships", queryset=held, to_attr="seats_now")


def people_of(unit: Unit, on: date) -> QuerySet[Membership]:
    """Who works in a unit on a day, leaders first."""
    held = Membership.objects.filter(valid_on(on), unit=unit, person__is_active=True)
    return held.select_related("person").order_by("person__search_text", "pk")


def seated(unit_ids: Collection[int] | QuerySet[Unit, int], on: date, roles: Collection[str] = ()) -> dict[int, set[int]]:
    """Who (by id) works in each of the units on a day, in one of the roles where some are given; those who stand in too."""
    held = Membership.objects.filter(valid_on(on), unit__in=unit_ids)
    if roles:
        held = held.filter(role__in=roles)
    lent = StandIn.objects.filter(membership__in=held, valid_from__lte=on, valid_to__gte=on, person__is_active=True)
    people: dict[int, set[int]] = {}
    rows = [
        *held.filter(person__is_active=True).values_list("unit_id", "person_id"),
        *lent.values_list("membership__unit_id", "person_id"),
    ]
    for unit_id, person_id in rows:
        people.setdefault(unit_id, set()).add(person_id)
    return people


def leaders_of_province(province_id: int, on: date) -> set[int]:
    """Who (by id) leads the provincial People's Committee on a day, and the provincial office that works for them."""
    units = Unit.objects.filter(valid_on(on), province=province_id)
    committee = units.filter(kind=UnitKind.PEOPLES_COMMITTEE).values_list("pk", flat=True)
    leaders = seated(committee, on, (Role.UNIT_LEADER,))
    return set().union(*leaders.values(), *seated(units.values_list("pk", flat=True), on, (Role.PROVINCIAL_OFFICE,)).values())
