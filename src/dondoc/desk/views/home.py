"""Việc của tôi: one page whose content follows the seats of the person."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.desk.queries import debts, leading, people, reports, waiting
from dondoc.desk.queries.debts import Figures
from dondoc.programmes.forms.obstacles import answer_form
from dondoc.programmes.queries.listing import Entry
from dondoc.programmes.queries.obstacles import Listed
from dondoc.programmes.queries.targets_course import off_course
from dondoc.programmes.rules.rights import provinces_led
from dondoc.reporting.rules.urgency import Lane
from dondoc.units import access
from dondoc.units.enums import Role
from dondoc.units.rules import Actor

PROGRAMMES_SHOWN = 8
TARGETS_SHOWN = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """For who leads the province its programmes; for all others what their units owe. What waits for their word is on both."""
    actor = access.actor(request)
    if provinces_led(actor):
        return render(request, "desk/leader.html", _province(actor))
    return render(request, "desk/home.html", _unit(actor))


def _unit(actor: Actor) -> dict[str, Any]:
    """A commune, a department: its debts, what waits for its word, its people, the programmes that it leads."""
    running = debts.running(actor)
    entries = leading.programmes_of(actor)
    owed, returns = debts.owed_by(actor, running), reports.returns_of(actor)
    lanes = {lane: [line for line in returns if line.press.lane == lane] for lane in Lane}
    return {
        "actor": actor,
        "who": ", ".join(dict.fromkeys(seat.unit_name for seat in actor.seats if seat.unit_name)),
        "several_units": len(actor.unit_ids) > 1,
        "owed": owed,
        "returns": returns,
        "pressing": [*lanes[Lane.OVERDUE], *lanes[Lane.RETURNED]],
        "soon": lanes[Lane.SOON],
        "later": lanes[Lane.RUNNING],
        "figures": Figures(
            owed.figures.overdue + len(lanes[Lane.OVERDUE]),
            owed.figures.returned + len(lanes[Lane.RETURNED]),
            owed.figures.soon + len(lanes[Lane.SOON]),
            owed.figures.later + len(lanes[Lane.RUNNING]),
            owed.figures.undated,
        ),
        "reports": reports.reports_of(actor, running),
        "campaigns": reports.campaigns_of(actor),
        **_waiting(actor, entries),
        "obstacles": _answerable(actor, waiting.obstacles_of_units(actor)),
        "entries": entries[:PROGRAMMES_SHOWN],
        "leads": actor.has_role(Role.UNIT_LEADER),
        "holders": people.holders(actor, running),
    }


def _province(actor: Actor) -> dict[str, Any]:
    """The province's leaders; its office sees what waits for its own word as well."""
    entries = leading.programmes_of(actor)
    running = [entry.programme.pk for entry in entries]
    late = leading.late_agencies(actor, running)
    straying = off_course(actor, actor.on)
    office = any(actor.leads_province(pk) for pk in actor.province_ids)
    return {
        **(_waiting(actor, entries) if office else {}),
        "actor": actor,
        "office": office,
        "owed": debts.owed_by(actor, running),
        "sums": leading.sums_of(entries),
        "entries": entries[:PROGRAMMES_SHOWN],
        "most": max((entry.figures.total for entry in entries), default=0),
        "late": late[: leading.AGENCIES_SHOWN],
        "late_total": len(late),
        "late_units": sorted(frozenset().union(*(one.unit_ids for one in late))),
        "late_most": max((one.overdue for one in late), default=0),
        "straying": straying[:TARGETS_SHOWN],
        "straying_total": len(straying),
        "obstacles": _answerable(actor, waiting.obstacles_of_province(actor)),
        "due": leading.due_soon(actor, running),
    }


def _waiting(actor: Actor, entries: list[Entry]) -> dict[str, Any]:
    led = [entry.programme.pk for entry in entries if entry.programme.lead_unit_id in actor.unit_ids]
    return {
        "deliveries": waiting.deliveries(led),
        "requests": waiting.requests(actor),
        "to_review": waiting.documents(actor),
    }


def _answerable(actor: Actor, some: waiting.Some) -> waiting.Some:
    """Each obstacle with the form to answer it, for who may."""
    rows: list[Listed] = some.rows
    return waiting.Some([(one, answer_form(actor, one.obstacle)) for one in rows], some.total)
