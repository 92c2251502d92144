"""Campaigns that open themselves: a reporting duty that comes again."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes.enums import ProgrammeState
from dondoc.reporting.enums import ReturnState, VersionState
from dondoc.reporting.models import Campaign, CampaignGroup, Schedule, TemplateVersion
from dondoc.reporting.rules.proposing import title_of
from dondoc.reporting.rules.rights import may_run
from dondoc.reporting.rules.schedules import Coming, coming, good_days, rule_of_good_days
from dondoc.reporting.services import telling
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts, make_campaign
from dondoc.reporting.services.recording import NOT_THE_RECIPIENT
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit
from dondoc.units.queries import members, valid_on
from dondoc.units.rules import Actor

EARLIEST = 180


@transaction.atomic
def schedule(*, actor: Actor, campaign: Campaign, window: str, opens_before: int) -> Schedule:
    """From now on the duty's campaigns open themselves, with this one's groups and templates."""
    duty = campaign.duty
    if not may_run(actor, campaign):
        raise NotAllowed(NOT_THE_RECIPIENT)
    rule = rule_of_good_days(duty.rrule, exclusive=duty.exclusive) if duty else ""
    if duty is None or not rule:
        raise Refused("Văn bản không nêu báo cáo này lặp lại vào ngày nào nên không tự mở được.")
    if not 1 <= opens_before <= EARLIEST:
        raise Refused(f"Ghi số ngày từ 1 đến {EARLIEST}.", field="opens_before")
    row, _ = Schedule.objects.update_or_create(
        duty=duty,
        defaults={"rule": rule, "window": window, "opens_before": opens_before, "set_by": actor.person, "stopped_on": None},
    )
    Campaign.objects.filter(pk=campaign.pk).update(schedule=row)
    audit.record("reporting.schedule", campaign, actor=actor.person, unit=campaign.recipient, rule=rule, window=window)
    return row


@transaction.atomic
def stop(*, actor: Actor, campaign: Campaign) -> None:
    """No further campaign opens itself; those that are open go on."""
    if not may_run(actor, campaign):
        raise NotAllowed(NOT_THE_RECIPIENT)
    held = Schedule.objects.select_for_update().filter(pk=campaign.schedule_id or 0, stopped_on__isnull=True).first()
    if held is None:
        raise Refused("Báo cáo này không tự mở theo kỳ.")
    held.stopped_on = actor.on
    held.save(update_fields=["stopped_on"])
    audit.record("reporting.stop_schedule", campaign, actor=actor.person, unit=campaign.recipient)


def open_due(*, on: date, at: datetime) -> int:
    """The daily run: open the turns whose day has come; how many were new. A second run on the day finds nothing to do."""
    rows = Schedule.objects.filter(stopped_on__isnull=True, duty__programme__state=ProgrammeState.ACTIVE)
    return sum(_open_turns(pk, on, at) for pk in list(rows.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _open_turns(schedule_id: int, on: date, at: datetime) -> int:
    held = Schedule.objects.select_for_update(of=("self",)).select_related("duty__programme").get(pk=schedule_id)
    count = 0
    for turn in list(_turns(held, on)):
        last = held.campaigns.select_related("recipient").order_by("-last_ok_on", "-pk").first()
        if last is None or not (facts := _facts(held, last, turn, on)).groups:
            break
        campaign = make_campaign(facts, on=on, at=at, by=None)
        telling.of_opening(campaign, campaign.returns.all(), on=on, at=at)
        count += 1
    return count


def _turns(held: Schedule, on: date) -> Iterator[Coming]:
    """Those that can still be kept, that open by the day, and that no campaign stands for yet, whatever its deadline is now."""
    known = list(held.campaigns.values_list("last_ok_on", "period_name"))
    latest, names = max((day for day, _ in known), default=date.min), {name for _, name in known}
    for day in good_days(held.rule, on, on + timedelta(days=held.opens_before)):
        turn = coming(held.rule, held.window, day)
        if day > latest and turn.period_name not in names:
            yield turn


def _facts(held: Schedule, last: Campaign, turn: Coming, on: date) -> CampaignFacts:
    groups = _groups(last, on)
    return CampaignFacts(
        title=title_of(held.duty.programme.title, turn.period_name),
        recipient=last.recipient,
        period_name=turn.period_name,
        last_ok_on=turn.last_ok_on,
        groups=groups,
        deadline_text=held.duty.deadline_text,
        window_from=turn.window_from,
        window_to=turn.window_to,
        programme=held.duty.programme,
        duty=held.duty,
        schedule=held,
    )


def _groups(last: Campaign, on: date) -> list[GroupFacts]:
    """A group's members on the day; of one that was picked those who still exist. A unit reports once."""
    taken: set[int] = set()
    found = []
    for group in last.groups.select_related("unit_group", "template"):
        units = [unit for unit in _units(group, on) if unit.pk not in taken]
        taken |= {unit.pk for unit in units}
        if units:
            found.append(GroupFacts(group.name, _newest(group.template), units, group.unit_group))
    return found


def _units(group: CampaignGroup, on: date) -> list[Unit]:
    if group.unit_group and group.unit_group.rule != GroupRule.OPEN:
        return list(members(group.unit_group, on))
    picked = group.returns.exclude(state=ReturnState.EXEMPT).values("unit")
    return list(Unit.objects.filter(valid_on(on), pk__in=picked))


def _newest(version: TemplateVersion) -> TemplateVersion:
    issued = TemplateVersion.objects.filter(template=version.template_id, state=VersionState.ISSUED)
    return issued.order_by("-number").first() or version
