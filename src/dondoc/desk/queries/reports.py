"""Reports that units owe: those of open campaigns, and duties that neither a campaign nor a task of a board stands for.

And the campaigns that come in at a unit.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from dondoc.programmes.models import Duty
from dondoc.reporting.models import Return
from dondoc.reporting.queries import following
from dondoc.reporting.queries.mine import Line, owed_reports, press
from dondoc.units.models import UnitGroup
from dondoc.units.queries import members_of_groups
from dondoc.units.rules import Actor

SHOWN = 12
_STAYS = timedelta(days=30)


def returns_of(actor: Actor) -> list[Line]:
    """What the actor's units have to fill in for open campaigns, the nearest deadline first."""
    owed = owed_reports(actor).order_by("campaign__last_ok_on", "pk")[:SHOWN]
    return [Line(one, press(one, actor)) for one in owed]


def campaigns_of(actor: Actor) -> list[following.Listed]:
    """The open ones that come in at the actor's units, with what has come."""
    return [one for one in following.campaigns(actor)[0] if one.campaign.recipient_id in actor.unit_ids]


def reports_of(actor: Actor, programmes: Collection[int]) -> list[Duty]:
    """Those of the actor's units, by their last good day."""
    duties = (
        Duty.objects.filter(
            obligation__isnull=True,
            last_ok_on__gte=actor.on - _STAYS,
            programme__in=programmes,
        )
        .exclude(Exists(_asked_for(actor)))
        .select_related("item__document")
        .defer("item__read", "item__corrected")
        .prefetch_related("reporters__group")
        .order_by("last_ok_on", "pk")[:200]
    )
    held = list(duties)
    groups = _groups_with(actor, [one.group for duty in held for one in duty.reporters.all() if one.group])
    mine = [
        duty
        for duty in held
        if any(one.unit_id in actor.unit_ids or one.group_id in groups for one in duty.reporters.all())
    ]  # fmt: skip
    return mine[:SHOWN]


def _asked_for(actor: Actor) -> QuerySet[Return]:
    """The units' reports in a campaign of the duty, or of one that goes with it."""
    same = {"campaign__duty__programme": OuterRef("programme"), "campaign__duty__last_ok_on": OuterRef("last_ok_on")}
    return Return.objects.filter(unit__in=actor.unit_ids, **same)


def _groups_with(actor: Actor, groups: list[UnitGroup]) -> set[int]:
    distinct = {group.pk: group for group in groups}
    if not distinct:
        return set()
    members = members_of_groups(distinct.values(), actor.on)
    return {pk for pk, units in members.items() if any(unit.pk in actor.unit_ids for unit in units)}
