"""The reports that a person's units owe or have handed in."""

from dataclasses import dataclass

from django.db.models import QuerySet

from dondoc.reporting.enums import CampaignState, ReturnState
from dondoc.reporting.models import Return
from dondoc.reporting.queries.visible import visible_returns
from dondoc.reporting.rules.urgency import Lane, Press, press_of
from dondoc.units.rules import Actor

SHOWN = 200
OWED = (ReturnState.EXPECTED, ReturnState.APPROVING, ReturnState.RETURNED)


@dataclass(frozen=True, slots=True)
class Line:
    report: Return
    press: Press


def own_reports(actor: Actor) -> QuerySet[Return]:
    """Those of the units that the actor works in."""
    return with_all(visible_returns(actor).filter(unit__in=actor.unit_ids))


def owed_reports(actor: Actor) -> QuerySet[Return]:
    """Those that the actor's units have yet to hand in, for the first time or again."""
    return own_reports(actor).filter(campaign__state=CampaignState.OPEN, state__in=OWED)


def with_all(reports: QuerySet[Return]) -> QuerySet[Return]:
    """With what pages of a report print of its campaign and template."""
    return reports.select_related(
        "unit",
        "campaign__recipient",
        "campaign__programme",
        "campaign__duty__item__document",
        "campaign__task__item__document",
        "campaign__task__origin",
        "group__template__template",
    )


def pressing(actor: Actor) -> list[tuple[Lane, list[Line]]]:
    """The latest so many, under what they press, the nearest day first; settled ones the latest first."""
    lanes: dict[Lane, list[Line]] = {}
    for report in own_reports(actor).order_by("-campaign__last_ok_on", "-pk")[:SHOWN]:
        line = Line(report, press(report, actor))
        lanes.setdefault(line.press.lane, []).append(line)
    for lane in set(lanes) & {Lane.OVERDUE, Lane.RETURNED, Lane.SOON, Lane.RUNNING}:
        lanes[lane].sort(key=lambda line: line.press.due_on)
    return sorted(lanes.items())


def press(report: Return, actor: Actor) -> Press:
    return press_of(
        state=report.state,
        campaign_state=report.campaign.state,
        last_ok_on=report.campaign.last_ok_on,
        hand_in_by=report.hand_in_by,
        filled=report.filled,
        on=actor.on,
    )
