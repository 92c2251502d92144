"""Who hears of an obstacle: those it waits for when it comes to them, and who raised it of every word about it."""

from datetime import datetime

from django.urls import reverse

from dondoc.common import wording
from dondoc.notices import services as notices
from dondoc.notices.services import Occasion
from dondoc.programmes.enums import ObstacleEventKind, Solver
from dondoc.programmes.models import Obstacle, ObstacleEvent, Programme
from dondoc.programmes.services.telling import GIVERS, short
from dondoc.units.queries import leaders_of_province, seated
from dondoc.units.rules import Actor

_COMES = frozenset({ObstacleEventKind.RAISED, ObstacleEventKind.PASSED_ON, ObstacleEventKind.REOPENED})


def tell_of(actor: Actor, programme: Programme, obstacle: Obstacle, event: ObstacleEvent, at: datetime) -> None:
    """One notice a person; who did it is not told."""
    address = reverse("programmes:obstacle", args=[programme.pk, obstacle.pk])
    occasion = Occasion(f"obstacle-{event.pk}", _words(obstacle, event), address)
    people = _raisers(actor, obstacle) if event.kind != ObstacleEventKind.RAISED else set()
    if event.kind in _COMES:
        people |= _solvers(actor, programme, obstacle)
    told = [(person, occasion) for person in sorted(people - {actor.person.pk})]
    notices.tell(told, on=actor.on, at=at)


def _words(obstacle: Obstacle, event: ObstacleEvent) -> str:
    said = {
        ObstacleEventKind.RAISED: f"{obstacle.unit.name} nêu vướng mắc",
        ObstacleEventKind.PASSED_ON: f"Vướng mắc của {obstacle.unit.name} được chuyển giải quyết",
        ObstacleEventKind.ANSWERED: "Đã có ý kiến về vướng mắc",
        ObstacleEventKind.SOLVED: "Vướng mắc đã giải quyết xong",
        ObstacleEventKind.REOPENED: "Mở lại vướng mắc",
        ObstacleEventKind.WITHDRAWN: "Rút lại vướng mắc",
    }[ObstacleEventKind(event.kind)]
    paper = ""
    if event.document_code and event.document_date:
        paper = f" ({event.document_code} ngày {wording.day(event.document_date)})"
    return f"{said}: {short(obstacle.text)}{paper}"


def _raisers(actor: Actor, obstacle: Obstacle) -> set[int]:
    return set().union(*seated([obstacle.unit_id], actor.on).values())


def _solvers(actor: Actor, programme: Programme, obstacle: Obstacle) -> set[int]:
    """The people of the unit; for the province's leaders they and the office; for a higher level who looks after the programme."""
    if obstacle.solver == Solver.PROVINCE:
        return leaders_of_province(programme.province_id, actor.on)
    if obstacle.solver == Solver.ABOVE:
        givers = [programme.lead_unit_id] if programme.lead_unit_id else []
        return set().union(*seated(givers, actor.on, GIVERS).values())
    return set().union(*seated([obstacle.solver_unit_id or 0], actor.on).values())
