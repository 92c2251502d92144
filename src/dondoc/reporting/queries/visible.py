"""What of campaigns and reports a person may see: their own unit's report, and all of the campaigns that they receive."""

from django.db.models import Q, QuerySet

from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.reporting.models import Campaign, Return
from dondoc.units.enums import Role
from dondoc.units.rules import Actor


def visible_campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Those of the actor's provinces that their unit receives or reports in; the provincial office sees all.

    A campaign of a restricted programme is seen by those who may see the programme, and by the units that report.
    """
    return Campaign.objects.filter(
        Q(province__in=_led(actor)) | Q(recipient__in=actor.unit_ids) | Q(pk__in=_reporting(actor)),
        province__in=actor.province_ids,
    )


def received_campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Those whose reports the actor may read: all of the province for its office, else those that their unit receives."""
    seen = Q(programme__isnull=True) | Q(programme__in=visible_programmes(actor).values("pk")) | Q(recipient__in=actor.unit_ids)
    return Campaign.objects.filter(
        Q(province__in=_led(actor)) | Q(recipient__in=actor.unit_ids), seen, province__in=actor.province_ids
    )


def visible_returns(actor: Actor) -> QuerySet[Return]:
    """The actor's units' own reports, and all reports of the campaigns that they receive."""
    own = Q(unit__in=actor.unit_ids)
    return Return.objects.filter(own | Q(campaign__in=received_campaigns(actor).values("pk")))


def _reporting(actor: Actor) -> QuerySet[Return]:
    return Return.objects.filter(unit__in=actor.unit_ids).values("campaign")  # type: ignore[return-value] # values of one column


def _led(actor: Actor) -> set[int]:
    leading = {Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR}
    return {seat.province_id for seat in actor.seats if seat.role in leading}
