"""Who hears of a request for more time: those who decide on it. The units hear of the decision (``services.telling``)."""

from datetime import date, datetime

from django.urls import reverse

from dondoc.common import wording
from dondoc.notices import services as notices
from dondoc.notices.services import Occasion
from dondoc.programmes.models import Programme, TaskEvent
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
    offices = Unit.objects.filter(province=programme.province_id, kind=UnitKind.OFFICE).values("pk")
    return set().union(*seated(offices, on, (Role.PROVINCIAL_OFFICE,)).values())


def _tell(actor: Actor, programme: Programme, request: TaskEvent, key: str, said: str, at: datetime) -> None:
    unit = request.unit.name if request.unit else "Đơn vị"
    address = reverse("programmes:request", args=[programme.pk, request.task_id, request.pk])
    occasion = Occasion(key, f"{unit} {said}: {short(request.task.text)}", address)
    people = deciders(programme, request.unit_id, actor.on) - {actor.person.pk}
    notices.tell([(person, occasion) for person in sorted(people)], on=actor.on, at=at)
