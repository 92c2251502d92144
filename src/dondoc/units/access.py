"""Makes the :class:`Actor` that services and queries ask for."""

from datetime import date
from typing import cast

from django.db.models import Q
from django.http import HttpRequest

from dondoc.common import clock
from dondoc.units.models import Membership, Person
from dondoc.units.rules import Actor, Seat


def actor(request: HttpRequest) -> Actor:
    """Who asks, with the seats that they hold today; asked of the database once a request."""
    known = getattr(request, "dondoc_actor", None)
    if known is None:
        known = actor_of(cast("Person", request.user), clock.today())
        request.dondoc_actor = known  # type: ignore[attr-defined]
    return cast("Actor", known)


def actor_of(person: Person, on: date) -> Actor:
    """``person`` with what they may do on that day: their own seats and those they stand in for."""
    if not person.is_active:
        return Actor(person=person, on=on, seats=())
    own = Q(person=person)
    lent = Q(stand_ins__person=person, stand_ins__valid_from__lte=on, stand_ins__valid_to__gte=on)
    rows = (
        Membership.objects.filter(own | lent)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
        .order_by("-valid_from", "pk")
        .values_list("unit_id", "unit__province_id", "role", "person_id", "unit__name", "unit__kind")
        .distinct()
    )
    seats = {
        Seat(
            unit_id, province_id or unit_id, role, standing_in=holder_id != person.pk, unit_name=unit_name, unit_kind=unit_kind
        ): None
        for unit_id, province_id, role, holder_id, unit_name, unit_kind in rows
    }
    return Actor(person=person, on=on, seats=tuple(sorted(seats, key=lambda seat: seat.standing_in)))
