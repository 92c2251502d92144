"""Who holds what inside a unit, for those who lead it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from dondoc.desk.queries.debts import leads, of_state, parts
from dondoc.units.enums import Role
from dondoc.units.models import Membership
from dondoc.units.queries import valid_on
from dondoc.units.rules import Actor

_COUNTED = {"overdue": "qua-han", "soon": "sap-den-han", "total": ""}


@dataclass(slots=True)
class Holder:
    """A person of the unit, or nobody, with what was handed on to them: of ``total`` those overdue and soon due."""

    key: int
    name: str
    position: str = ""
    figures: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds work, what was handed on to nobody first, then who is late most; and those who hold none."""

    busy: list[Holder] = field(default_factory=list)
    free: list[Holder] = field(default_factory=list)


def holders(actor: Actor, programmes: Collection[int]) -> Holders:
    """Of the units that the actor leads, in three queries; of nobody for others."""
    led = {seat.unit_id for seat in actor.seats if seat.role == Role.UNIT_LEADER}
    if not led:
        return Holders()
    seats = Membership.objects.filter(valid_on(actor.on), unit__in=led, person__is_active=True).select_related("person")
    people = {
        seat.person_id: Holder(seat.person_id, seat.person.full_name, seat.position)
        for seat in seats.order_by("person__search_text", "pk")
    }
    nobody = Holder(0, "Chưa giao ai")
    for key, row in _held(actor, programmes, led):
        holder = people.get(key, nobody) if key else nobody
        for name in _COUNTED:
            holder.figures[name] += row[name]
    busy = [holder for holder in people.values() if holder.figures["total"]]
    busy.sort(key=lambda holder: (-holder.figures["overdue"], -holder.figures["total"]))
    free = [holder for holder in people.values() if not holder.figures["total"]]
    return Holders([*([nobody] if nobody.figures["total"] else []), *busy], free)


def _held(actor: Actor, programmes: Collection[int], units: Iterable[int]) -> Iterable[tuple[int, dict[str, int]]]:
    for rows, own in ((leads(actor, programmes), "task__"), (parts(actor, programmes), "")):
        for row in _counted(rows.filter(unit__in=units), actor, own):
            yield row.pop("held_by") or 0, row


def _counted(rows: QuerySet[Any], actor: Actor, own: str) -> QuerySet[Any]:
    counts = {name: Count("pk", filter=of_state(key, actor.on, own) & Q(pk__isnull=False)) for name, key in _COUNTED.items()}
    counted: QuerySet[Any] = rows.annotate(held_by=F(f"{own}handler")).values("held_by").annotate(**counts)
    return counted
