"""The daily run over campaigns: units are told what is due or late, once a step, up the same ladder as tasks.

A returned report presses by its own day. Running it again on the same day tells nobody twice; nobody is told on a day of rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from dondoc.common import wording
from dondoc.notices import services as notices
from dondoc.notices.calendar import is_quiet
from dondoc.notices.enums import Weight
from dondoc.notices.services import Occasion
from dondoc.programmes.queries.plans import Plans, plans_on
from dondoc.programmes.rules.reminders import Step, Whom, step_on, words
from dondoc.programmes.services.telling import GIVERS, short
from dondoc.programmes.wording import some
from dondoc.reporting.enums import CampaignState, ReturnState
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.services.telling import address_of, address_of_campaign
from dondoc.units.enums import Role
from dondoc.units.models import Unit
from dondoc.units.queries import seated


@dataclass(frozen=True, slots=True)
class _Due:
    report: Return
    due_on: date
    step: Step


def remind(*, on: date, at: datetime) -> int:
    """Tell all who are to be told today; how many notices are new."""
    if is_quiet(on):
        return 0
    plans = plans_on(on)
    due = [_Due(report, day, step) for report, day in _owing(plans) if (step := _step(report, day, plans))]
    with transaction.atomic():
        return notices.tell([*_to_units(due, on), *_to_others(due, on)], on=on, at=at)


def _owing(plans: Plans) -> Iterator[tuple[Return, date]]:
    """Reports that are with their units, each with the day that it is due, as far as any province looks."""
    never = Q(state__in=(ReturnState.EXPECTED, ReturnState.APPROVING))
    rows = (
        Return.objects.filter(never | Q(state=ReturnState.RETURNED), campaign__state=CampaignState.OPEN)
        .annotate(due_on=Coalesce("hand_in_by", F("campaign__last_ok_on")))
        .filter(due_on__lte=plans.on + timedelta(days=plans.ahead), due_on__gte=plans.on - timedelta(days=plans.late))
        .select_related("campaign", "unit")
        .order_by("campaign", "pk")
    )
    return ((row, row.due_on) for row in rows)


def _step(report: Return, due_on: date, plans: Plans) -> Step | None:
    return step_on(due_on, plans.on, plans.of(report.campaign.province_id))


def _to_units(due: Iterable[_Due], on: date) -> Iterator[tuple[int, Occasion]]:
    """Each unit of its own report; at the second rung its leaders alone, or everybody where it has none here."""
    for whom, roles in ((Whom.UNIT, ()), (Whom.LEADERS, (Role.UNIT_LEADER,))):
        held = [one for one in due if one.step.whom == whom]
        units = {one.report.unit_id for one in held}
        people = seated(units, on, roles) if units else {}
        if left := units - people.keys():
            people |= seated(left, on)
        for one in held:
            occasion = Occasion(
                key=f"return-{one.report.pk}:{one.due_on}:{one.step.name}",
                text=f"{_said(one)}: {short(one.report.campaign.title)} ({one.report.unit.name}; hạn {wording.day(one.due_on)})",
                address=address_of(one.report),
                weight=_weight(one),
            )
            yield from ((person, occasion) for person in sorted(people.get(one.report.unit_id, ())))


def _said(one: _Due) -> str:
    what = "nộp lại báo cáo" if one.report.state == ReturnState.RETURNED else "nộp báo cáo"
    return f"{words(one.step)} {what}"


def _weight(one: _Due) -> Weight:
    return Weight.LATE if one.step.late else Weight.SOON


def _to_others(due: Iterable[_Due], on: date) -> Iterator[tuple[int, Occasion]]:
    """The recipient's people, and the provincial office: one notice a campaign and step, however many units are late."""
    for whom in (Whom.GIVER, Whom.OFFICE):
        late: dict[tuple[int, str], list[_Due]] = {}
        for one in due:
            if one.step.whom == whom:
                late.setdefault((one.report.campaign_id, one.step.name), []).append(one)
        people = _people(whom, {held[0].report.campaign for held in late.values()}, on)
        for (campaign_id, name), held in late.items():
            campaign = held[0].report.campaign
            names = some([one.report.unit.name for one in held])
            occasion = Occasion(
                key=f"campaign-{campaign_id}:{held[0].due_on}:{name}:{whom}",
                text=f"{_said(held[0])}: {short(campaign.title)} ({names}; hạn {wording.day(held[0].due_on)})",
                address=address_of_campaign(campaign),
                weight=_weight(held[0]),
            )
            yield from ((person, occasion) for person in sorted(people.get(campaign_id, ())))


def _people(whom: Whom, campaigns: Iterable[Campaign], on: date) -> dict[int, set[int]]:
    """Campaign → who is told."""
    held = list(campaigns)
    if not held:
        return {}
    if whom == Whom.GIVER:
        people = seated({one.recipient_id for one in held}, on, GIVERS)
        return {one.pk: people.get(one.recipient_id, set()) for one in held}
    units = dict(Unit.objects.filter(province__in={one.province_id for one in held}).values_list("pk", "province"))
    offices: dict[int, set[int]] = {}
    for unit, people_here in seated(set(units), on, (Role.PROVINCIAL_OFFICE,)).items():
        offices.setdefault(units[unit] or unit, set()).update(people_here)
    return {one.pk: offices.get(one.province_id, set()) for one in held}
