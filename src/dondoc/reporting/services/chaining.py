"""Opening a campaign in its place of the chain commune → department → province, and telling its units."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.models import Campaign, CampaignGroup, Return
from dondoc.reporting.rules.campaigns import hop_fault
from dondoc.reporting.rules.rights import may_receive
from dondoc.reporting.services import telling
from dondoc.reporting.services.opening import CampaignFacts, add_unit, make_campaign, open_campaign
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

NOT_THE_CONSOLIDATOR = "Đợt của bước sau chỉ mở cùng đợt trước, cho chính cơ quan tổng hợp của đợt trước."


@transaction.atomic
def open_in_chain(
    *, actor: Actor, facts: CampaignFacts, at: datetime, draft_on: date | None = None, later: CampaignFacts | None = None
) -> Campaign:
    """``draft_on``: the day by which the consolidated draft is due, where no campaign stands for it yet.

    ``later``: that campaign, opened along; it is fed by this one, whose recipient reports in it. Campaigns of the programme whose
    recipients report here feed this one from now on.
    """
    if later:
        facts = replace(facts, feeds=_open_later(actor, later, facts, at))
    if fault := hop_fault(facts.last_ok_on, feeds_on=draft_on, fed_until=None):
        raise Refused(fault, field="last_ok_on")
    campaign = open_campaign(actor=actor, facts=facts, at=at)
    _take_in_earlier(campaign)
    telling.of_opening(campaign, campaign.returns.all(), on=actor.on, at=at, but=actor.person.pk)
    return campaign


def _open_later(actor: Actor, later: CampaignFacts, first: CampaignFacts, at: datetime) -> Campaign:
    """Whoever opens the first hop owes the later one: the paper asks for it, and nobody reports in it but their unit."""
    if not may_receive(actor, first.recipient) or [unit for group in later.groups for unit in group.units] != [first.recipient]:
        raise NotAllowed(NOT_THE_CONSOLIDATOR)
    if later.recipient == first.recipient:
        raise Refused(
            f"{first.recipient.name} không gửi báo cáo tổng hợp cho chính mình. Chọn cơ quan khác.", field="later_recipient"
        )
    if fault := hop_fault(first.last_ok_on, feeds_on=later.last_ok_on, fed_until=None):
        raise Refused(fault, field="later_on")
    campaign = make_campaign(later, on=actor.on, at=at, by=actor.person)
    _take_in_earlier(campaign)
    telling.of_opening(campaign, campaign.returns.all(), on=actor.on, at=at, but=actor.person.pk)
    telling.of_later_hop(campaign, first.recipient, on=actor.on, at=at, but=actor.person.pk)
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
