"""Who hears of a request for more time: those who decide on it, and again while it waits and its day comes near.

The units hear of the decision (``services.telling``).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from dondoc.common import wording
from dondoc.notices import services as notices
from dondoc.notices.enums import Weight
from dondoc.notices.services import Occasion
from dondoc.programmes.models import Programme, TaskEvent
from dondoc.programmes.queries.extensions import pressing_between
from dondoc.programmes.queries.plans import Plans
from dondoc.programmes.rules.reminders import step_on, words
from dondoc.programmes.services.telling import GIVERS, short
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Unit
from dondoc.units.queries import seated
from dondoc.units.rules import Actor


def of_request(actor: Actor, programme: Programme, event: TaskEvent, at: datetime) -> None:
    until = wording.day(event.new_due_on) if event.new_due_on else ""
    _tell(actor, programme, event, f"ask-{event.pk}", f"xin gia hạn đến {until}, chờ quyết định", at)


def of_withdrawal(actor: Actor, programme: Programme, request: TaskEvent, at: datetime) -> None:
    _tell(actor, programme, request, f"ask-{request.pk}-withdrawn", "rút đề nghị gia hạn", at)


def deciders(programme: Programme, asking_unit_id: int | None, on: date) -> set[int]:
    """Who (by id) decides: the people of the lead unit; where it asks itself, or there is none, the provincial office."""
    if programme.lead_unit_id and programme.lead_unit_id != asking_unit_id:
        return set().union(*seated([programme.lead_unit_id], on, GIVERS).values())
    offices = Unit.objects.filter(province=programme.province_id, kind=UnitKind.OFFICE)
    return set().union(*seated(set(offices.values_list("pk", flat=True)), on, (Role.PROVINCIAL_OFFICE,)).values())


def of_open_requests(plans: Plans, on: date) -> Iterator[tuple[int, Occasion]]:
    """Who decides is reminded of each open request by the steps of its last good day, until there is a decision."""
    window = on - timedelta(days=plans.late), on + timedelta(days=plans.ahead)
    known: dict[tuple[int, bool], set[int]] = {}
    for event in pressing_between(*window):
        programme = event.request.programme
        term: date = event.term  # type: ignore[attr-defined] # annotated
        step = step_on(term, on, plans.of(programme.province_id))
        if step is None:
            continue
        own = event.unit_id == programme.lead_unit_id
        if (programme.pk, own) not in known:
            known[programme.pk, own] = deciders(programme, event.unit_id, on)
        unit = event.unit.name if event.unit else "Đơn vị"
        said = f"{words(step)}, chưa quyết định đề nghị gia hạn của {unit}: {short(event.task.text)} (hạn {wording.day(term)})"
        weight = Weight.LATE if step.late else Weight.SOON
        occasion = Occasion(f"ask-{event.pk}:{step.name}", said, _address(event), weight)
        yield from ((person, occasion) for person in sorted(known[programme.pk, own]))


def _address(event: TaskEvent) -> str:
    return reverse("programmes:request", args=[event.task.programme_id, event.task_id, event.pk])


def _tell(actor: Actor, programme: Programme, request: TaskEvent, key: str, said: str, at: datetime) -> None:
    unit = request.unit.name if request.unit else "Đơn vị"
    occasion = Occasion(key, f"{unit} {said}: {short(request.task.text)}", _address(request))
    people = deciders(programme, request.unit_id, actor.on) - {actor.person.pk}
    notices.tell([(person, occasion) for person in sorted(people)], on=actor.on, at=at)
