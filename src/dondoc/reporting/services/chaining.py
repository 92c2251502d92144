"""Opening a campaign in its place of the chain commune → department → province, and telling its units."""

from datetime import date, datetime

from django.db import transaction

from dondoc.common.errors import Refused
from dondoc.reporting.models import Campaign, CampaignGroup, Return
from dondoc.reporting.rules.campaigns import hop_fault
from dondoc.reporting.services import telling
from dondoc.reporting.services.opening import CampaignFacts, add_unit, open_campaign
from dondoc.units.models import Unit
from dondoc.units.rules import Actor


@transaction.atomic
def open_in_chain(*, actor: Actor, facts: CampaignFacts, at: datetime, draft_on: date | None = None) -> Campaign:
    """``draft_on``: the day by which the consolidated draft is due, where no campaign stands for it yet.

    Campaigns of the programme whose recipients report here feed this one from now on.
    """
    if fault := hop_fault(facts.last_ok_on, feeds_on=draft_on, fed_until=None):
        raise Refused(fault, field="last_ok_on")
    campaign = open_campaign(actor=actor, facts=facts, at=at)
    _take_in_earlier(campaign)
    telling.of_opening(campaign, campaign.returns.all(), on=actor.on, at=at, but=actor.person.pk)
    return campaign


@transaction.atomic
def bring_in(*, actor: Actor, group: CampaignGroup, unit: Unit, at: datetime) -> Return:
    """One more unit, which hears of it."""
    report = add_unit(actor=actor, group=group, unit=unit)
    telling.of_opening(group.campaign, [report], on=actor.on, at=at, but=actor.person.pk)
    return report


def _take_in_earlier(campaign: Campaign) -> None:
    if campaign.programme_id is None or campaign.schedule_id is not None:
        return
    before = Campaign.objects.filter(
        programme=campaign.programme_id,
        feeds__isnull=True,
        schedule__isnull=True,
        recipient__in=campaign.returns.values("unit"),
        last_ok_on__lt=campaign.last_ok_on,
    )
    before.exclude(pk=campaign.pk).update(feeds=campaign)
