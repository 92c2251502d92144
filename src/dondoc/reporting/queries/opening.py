"""A confirmed reporting duty → all that its campaign needs, computed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from dondoc.common.folding import searchable
from dondoc.programmes.models import Duty, DutyReporter, Programme, Task
from dondoc.programmes.rules.deadlines import last_good_day, next_due
from dondoc.reporting.enums import CampaignState, VersionState
from dondoc.reporting.models import Campaign, TemplateVersion
from dondoc.reporting.queries.templates import visible_versions
from dondoc.reporting.queries.visible import received_campaigns
from dondoc.reporting.rules.campaigns import Turn
from dondoc.reporting.rules.proposing import Offered, likely_template, period_of, title_of, window_of
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import members
from dondoc.units.rules import Actor


@dataclass(slots=True)
class ProposedGroup:
    """Those who will fill in one template. Of an open group nobody, until somebody picks."""

    name: str
    unit_group: UnitGroup | None = None
    units: list[Unit] = field(default_factory=list)
    template: int | None = None

    @property
    def is_open(self) -> bool:
        return self.unit_group is not None and self.unit_group.rule == GroupRule.OPEN


@dataclass(frozen=True, slots=True)
class Hop:
    """Where the result goes: a campaign that is open, or what of the programme says that a draft is due later."""

    key: str
    words: str
    last_ok_on: date
    campaign: Campaign | None = None
    duty: Duty | None = None


@dataclass(slots=True)
class Proposal:
    """What the page of opening begins with."""

    title: str = ""
    recipient: Unit | None = None
    period_name: str = ""
    window_from: date | None = None
    window_to: date | None = None
    last_ok_on: date | None = None
    deadline_text: str = ""
    groups: list[ProposedGroup] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    hops: list[Hop] = field(default_factory=list)


def templates_in_use(actor: Actor) -> QuerySet[TemplateVersion]:
    """What a campaign can be opened with."""
    return visible_versions(actor).filter(state=VersionState.ISSUED).order_by("template__title", "pk")


def next_day(duty: Duty, on: date) -> date | None:
    """The last good day of the duty: its own, or of one that comes again the next from ``on``."""
    if not duty.rrule:
        return duty.last_ok_on
    due = next_due(duty.rrule, starts_on=duty.starts_on, on=on)
    return last_good_day(due, exclusive=duty.exclusive)


def same_campaign(duty: Duty) -> QuerySet[Duty]:
    """The duty and those of its programme that are asked for by the same day of the same recipient: one campaign, several groups."""
    rows = duty.programme.duties.select_related("recipient")
    if duty.rrule or duty.last_ok_on is None:
        return rows.filter(pk=duty.pk)
    return rows.filter(last_ok_on=duty.last_ok_on, recipient_id=duty.recipient_id, recipient_name=duty.recipient_name, rrule="")


def campaigns_of(duty: Duty) -> QuerySet[Campaign]:
    """Those that were opened for the duty or for one that goes with it."""
    return (
        Campaign.objects.filter(duty__in=same_campaign(duty).values("pk"))
        .select_related("schedule")
        .order_by("-last_ok_on", "-pk")
    )


def propose(duty: Duty, actor: Actor) -> Proposal:
    """From the duty's own words, its reporters on the actor's day, and the templates in use."""
    programme = duty.programme
    last_ok_on = next_day(duty, actor.on)
    day = last_ok_on or actor.on
    period = period_of(window_of(duty.period, day), day, duty.text, programme.title)
    name = period.name if isinstance(period, Turn) else period
    known = Proposal(
        title=title_of(programme.title, name),
        recipient=duty.recipient,
        period_name=name,
        window_from=period.window_from if isinstance(period, Turn) else None,
        window_to=period.window_to if isinstance(period, Turn) else None,
        last_ok_on=last_ok_on,
        deadline_text=duty.deadline_text,
    )
    reporters = DutyReporter.objects.filter(duty__in=same_campaign(duty).values("pk")).select_related("unit", "group")
    rows = list(reporters.order_by("duty__position", "pk"))
    known.groups = _groups(rows, actor.on)
    known.unknown = [one.name for one in rows if not one.unit_id and not one.group_id]
    offered = [Offered(one.pk, one.template.title, one.template.for_whom) for one in templates_in_use(actor)]
    for group in known.groups:
        group.template = likely_template(offered, group.name, programme.title, duty.text, name)
    known.hops = hops_of(programme, actor, day, known.recipient)
    return known


def _groups(reporters: Iterable[DutyReporter], on: date) -> list[ProposedGroup]:
    """A group of units each; units that are named one by one go together."""
    found: dict[int, ProposedGroup] = {}
    single = ProposedGroup("Các đơn vị được nêu tên")
    for one in reporters:
        if one.group:
            if one.group_id not in found:
                found[one.group.pk] = ProposedGroup(one.group.name, one.group, list(members(one.group, on)))
        elif one.unit and one.unit not in single.units:
            single.units.append(one.unit)
    if len(single.units) == 1:
        single.name = single.units[0].name
    return [*found.values(), *([single] if single.units else [])]


_CONSOLIDATES = ("tong hop", "du thao bao cao", "bao cao")


def hops_of(programme: Programme, actor: Actor, after: date, recipient: Unit | None) -> list[Hop]:
    """What follows the day: open campaigns first, then the programme's duties and the tasks that speak of a consolidated report."""
    campaigns = received_campaigns(actor).filter(programme=programme, state=CampaignState.OPEN, last_ok_on__gt=after)
    opened = list(campaigns.order_by("last_ok_on", "pk"))
    hops = [Hop(f"c{one.pk}", f"Đợt đang mở: {one.title}", one.last_ok_on, campaign=one) for one in opened]
    duties = programme.duties.filter(last_ok_on__gt=after, rrule="", reporters__unit=recipient).exclude(
        pk__in=[one.duty_id for one in opened if one.duty_id]
    )
    hops += [_hop("d", one) for one in duties.distinct().order_by("last_ok_on", "pk")] if recipient else []
    tasks = programme.tasks.filter(
        Q(assignments__unit=recipient) | Q(assignments__isnull=True), last_ok_on__gt=after, superseded_on__isnull=True
    )
    hops += [_hop("t", one) for one in tasks.distinct().order_by("last_ok_on", "pk") if consolidates(one.text)]
    return sorted(hops, key=lambda hop: (hop.campaign is None, hop.last_ok_on, hop.key))


def consolidates(text: str) -> bool:
    """Whether a task is to make one report of many: *Tổng hợp, dự thảo báo cáo …*."""
    folded = searchable(text)
    return _CONSOLIDATES[2] in folded and any(words in folded for words in _CONSOLIDATES[:2])


def _hop(kind: str, row: Duty | Task) -> Hop:
    assert row.last_ok_on  # noqa: S101 - asked for
    words = row.text if len(row.text) <= 140 else f"{row.text[:140].rsplit(' ', 1)[0]} …"
    return Hop(f"{kind}{row.pk}", words, row.last_ok_on, duty=row if isinstance(row, Duty) else None)


def hop_named(hops: Sequence[Hop], key: str) -> Hop | None:
    return next((hop for hop in hops if hop.key == key), None)
