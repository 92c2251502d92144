"""A confirmed reporting duty → all that its campaign needs, computed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from dondoc.common.folding import searchable
from dondoc.documents.places import full_name_of, url_of
from dondoc.programmes.models import Duty, DutyReporter, Programme, Task
from dondoc.programmes.queries.sources import source_of
from dondoc.programmes.rules.deadlines import last_good_day, next_due
from dondoc.reporting.enums import CampaignState, VersionState
from dondoc.reporting.models import Campaign, TemplateVersion
from dondoc.reporting.queries.templates import visible_versions
from dondoc.reporting.queries.visible import received_campaigns
from dondoc.reporting.rules.campaigns import Turn
from dondoc.reporting.rules.proposing import Offered, likely_template, period_of, title_of, window_of
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import members, valid_on
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
    """Where the result goes: a campaign that is open, or what of the programme says that a draft is due later.

    ``source``: the words and the address of its paragraph; of a campaign, none.
    """

    key: str
    words: str
    last_ok_on: date
    campaign: Campaign | None = None
    duty: Duty | None = None
    task: Task | None = None
    source: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """The campaign of the later hop that is proposed along: of whom the consolidated report is asked for, in which template."""

    hop: Hop
    recipient: Unit | None
    template: int | None


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
    later: Later | None = None


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
    known.later = _later(known, actor, offered)
    return known


# Who a consolidated report of a province goes to where the paper does not say it.
_AT_THE_TOP = ("ubnd-tinh", "vp-ubnd")


def _later(known: Proposal, actor: Actor, offered: Sequence[Offered]) -> Later | None:
    """Of the first hop, where no campaign is open for it and it is the recipient who consolidates."""
    hop = next(iter(known.hops), None)
    if hop is None or hop.campaign or known.recipient is None:
        return None
    tops = {
        unit.lexicon_id: unit
        for unit in Unit.objects.filter(valid_on(actor.on), province=known.recipient.scope_id, lexicon_id__in=_AT_THE_TOP)
    }
    top = (hop.duty and hop.duty.recipient) or next((tops[key] for key in _AT_THE_TOP if key in tops), None)
    if top == known.recipient:
        return None
    return Later(hop, top, likely_template(offered, known.recipient.name, known.title, hop.words))


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
    duties = (
        programme.duties.filter(last_ok_on__gt=after, rrule="", reporters__unit=recipient)
        .exclude(pk__in=[one.duty_id for one in opened if one.duty_id])
        .select_related("recipient", "item__document")
    )
    hops += [_hop("d", one) for one in duties.distinct().order_by("last_ok_on", "pk")] if recipient else []
    tasks = programme.tasks.filter(
        Q(assignments__unit=recipient) | Q(assignments__isnull=True), last_ok_on__gt=after, superseded_on__isnull=True
    ).exclude(pk__in=[one.task_id for one in opened if one.task_id])
    tasks = tasks.select_related("item__document", "origin")
    hops += [_hop("t", one) for one in tasks.distinct().order_by("last_ok_on", "pk") if consolidates(one.text)]
    return sorted(hops, key=lambda hop: (hop.campaign is None, hop.last_ok_on, hop.key))


def consolidates(text: str) -> bool:
    """Whether a task is to make one report of many: *Tổng hợp, dự thảo báo cáo …*."""
    folded = searchable(text)
    return _CONSOLIDATES[2] in folded and any(words in folded for words in _CONSOLIDATES[:2])


def _hop(kind: str, row: Duty | Task) -> Hop:
    assert row.last_ok_on  # noqa: S101 - asked for
    words = row.text if len(row.text) <= 140 else f"{row.text[:140].rsplit(' ', 1)[0]} …"
    if isinstance(row, Duty):
        return Hop(f"{kind}{row.pk}", words, row.last_ok_on, duty=row, source=(full_name_of(row.item), url_of(row.item)))
    return Hop(f"{kind}{row.pk}", words, row.last_ok_on, task=row, source=named_source_of(row))


def named_source_of(task: Task) -> tuple[str, str]:
    """Words and address of the paragraph, or of the letter, that asks for a task."""
    if task.item:
        return full_name_of(task.item), url_of(task.item)
    source = source_of(task)
    return source.text, source.url


def hop_named(hops: Sequence[Hop], key: str) -> Hop | None:
    return next((hop for hop in hops if hop.key == key), None)
