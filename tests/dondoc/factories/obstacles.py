"""Obstacles as a service would write them, raised and waiting."""

from datetime import date
from typing import Any

from dondoc.programmes.enums import ObstacleCause, ObstacleEventKind, Solver
from dondoc.programmes.models import Obstacle, ObstacleEvent, Programme
from dondoc.units.models import Person, Unit
from tests.dondoc.factories.common import NOON, TODAY


def add_obstacle(
    programme: Programme, unit: Unit, person: Person, text: str = "Chưa có định mức hỗ trợ", *, on: date = TODAY, **facts: Any
) -> Obstacle:
    """Its first event is written with it; what the programme says of its obstacles is not touched."""
    usual = {
        "cause": ObstacleCause.FUNDS,
        "asked": "Giao Sở Tài chính thẩm định",
        "solver": Solver.PROVINCE,
        "solver_since": on,
        "waits_since": on,
    }
    made = Obstacle.objects.create(programme=programme, unit=unit, text=text, happened_on=on, **{**usual, **facts})
    ObstacleEvent.objects.create(
        obstacle=made,
        kind=ObstacleEventKind.RAISED,
        happened_on=on,
        recorded_at=NOON,
        recorded_by=person,
        unit=unit,
        solver=made.solver,
        solver_unit=made.solver_unit,
    )
    return made
