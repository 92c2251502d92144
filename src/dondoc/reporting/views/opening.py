"""The page on which a campaign is opened: from a confirmed duty, or freely."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes.models import Duty
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.reporting.forms.opening import CampaignForm, GroupForm, LaterForm
from dondoc.reporting.models import Campaign
from dondoc.reporting.queries.opening import Hop, Proposal, ProposedGroup, propose, templates_in_use
from dondoc.reporting.rules.rights import may_open_any, may_receive
from dondoc.reporting.services.chaining import open_in_chain
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units import access
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit
from dondoc.units.queries import valid_on, visible_groups
from dondoc.units.rules import Actor

NOT_YOURS = "Chỉ chuyên viên, lãnh đạo cơ quan nhận báo cáo và Văn phòng UBND tỉnh được mở đợt báo cáo."
_FREE_GROUPS = 2


@require_http_methods(["GET", "HEAD", "POST"])
def open_from_duty(request: HttpRequest, duty_pk: int) -> HttpResponse:
    """Everything computed from the duty; the person looks and opens."""
    actor = access.actor(request)
    duties = Duty.objects.filter(programme__in=visible_programmes(actor).values("pk"))
    duty = get_object_or_404(duties.select_related("programme", "recipient", "item"), pk=duty_pk)
    if not (may_receive(actor, duty.recipient) if duty.recipient else may_open_any(actor)):
        raise NotAllowed(NOT_YOURS)
    return _page(request, actor, propose(duty, actor), duty)


@require_http_methods(["GET", "HEAD", "POST"])
def open_freely(request: HttpRequest) -> HttpResponse:
    """A campaign that no document asks for."""
    actor = access.actor(request)
    if not may_open_any(actor):
        raise NotAllowed(NOT_YOURS)
    own = Unit.objects.filter(pk__in=actor.unit_ids, province__isnull=False).order_by("pk").first()
    groups = [ProposedGroup("") for _ in range(_FREE_GROUPS)]
    return _page(request, actor, Proposal(recipient=own, groups=groups), None)


def _page(request: HttpRequest, actor: Actor, proposal: Proposal, duty: Duty | None) -> HttpResponse:
    templates = templates_in_use(actor)
    units = Unit.objects.filter(valid_on(actor.on), province__in=actor.province_ids).order_by("kind", "search_text")
    posted = request.POST if request.method == "POST" else None
    form = CampaignForm(posted, proposal=proposal, units=units, today=actor.on)
    kept = [one.unit_group.pk for one in proposal.groups if one.unit_group]
    groups = visible_groups(actor).exclude(rule=GroupRule.OPEN) | visible_groups(actor).filter(pk__in=kept)
    forms = [
        GroupForm(posted, prefix=f"g{place}", group=group, units=units, groups=groups, templates=templates)
        for place, group in enumerate(proposal.groups or [ProposedGroup("")])
    ]
    later = LaterForm(posted, proposal=proposal, units=units, templates=templates, today=actor.on)
    if posted is not None and (campaign := _opened(actor, form, later, forms, duty)):
        messages.success(request, "Đã mở đợt báo cáo và đợt báo cáo tổng hợp" if later.opens else "Đã mở đợt báo cáo")
        return redirect("reporting:campaign", campaign.pk)
    context: dict[str, Any] = {
        "form": form,
        "forms": forms,
        "later": later if proposal.hops else None,
        "duty": duty,
        "proposal": proposal,
        "has_templates": templates.exists(),
    }
    return render(request, "reporting/open.html", context, status=422 if posted is not None else 200)


def _opened(actor: Actor, form: CampaignForm, later: LaterForm, forms: Sequence[GroupForm], duty: Duty | None) -> Campaign | None:
    if not all([form.is_valid(), later.is_valid(), *(one.is_valid() for one in forms)]):
        return None
    facts, hop = _facts(form, forms, duty, actor), later.chosen
    if hop and hop.campaign:
        facts = replace(facts, feeds=hop.campaign)
    top = _later(later, hop, facts) if hop and later.opens else None
    draft_on = hop.last_ok_on if hop and not hop.campaign and not top else None
    try:
        return open_in_chain(actor=actor, facts=facts, at=clock.now(), draft_on=draft_on, later=top)
    except NotAllowed:
        raise
    except Refused as refusal:
        at_fault = later if refusal.field in later.fields else form
        at_fault.add_error(refusal.field if refusal.field in at_fault.fields else None, refusal.message)
        return None


def _later(form: LaterForm, hop: Hop, first: CampaignFacts) -> CampaignFacts:
    """The consolidator alone reports, on the same period; the day is the paper's where nobody changed it."""
    said = form.cleaned_data
    asked = hop.duty or hop.task
    return CampaignFacts(
        title=f"{first.title} (báo cáo tổng hợp)",
        recipient=said["later_recipient"],
        period_name=first.period_name,
        last_ok_on=said["later_on"] or hop.last_ok_on,
        groups=[GroupFacts(first.recipient.name, said["later_template"], [first.recipient])],
        deadline_text="" if said["later_on"] or not asked else asked.deadline_text,
        window_from=first.window_from,
        window_to=first.window_to,
        programme=first.programme,
        duty=hop.duty,
        task=hop.task,
    )


def _facts(form: CampaignForm, forms: Sequence[GroupForm], duty: Duty | None, actor: Actor) -> CampaignFacts:
    said = form.cleaned_data
    moved = said["last_ok_on"] != form.proposal.last_ok_on
    return CampaignFacts(
        title=said["title"],
        recipient=said["recipient"],
        period_name=said["period_name"],
        last_ok_on=said["last_ok_on"],
        groups=[group for one in forms if (group := one.facts(actor.on))],
        deadline_text="" if moved else form.proposal.deadline_text,
        window_from=said["window_from"],
        window_to=said["window_to"],
        programme=duty.programme if duty else None,
        duty=duty,
    )
