"""Who may do what in a programme. Reading is a matter of ``queries.visible_programmes``."""

from collections.abc import Collection

from dondoc.documents.models import Document
from dondoc.programmes.enums import Solver
from dondoc.programmes.models import Programme
from dondoc.units.enums import Role
from dondoc.units.rules import Actor

OPENERS = (Role.SPECIALIST, Role.UNIT_LEADER)


def may_open(actor: Actor, document: Document) -> bool:
    """Specialists and leaders of the unit that handed the document in, and the provincial office."""
    return actor.leads_province(document.province_id) or actor.has_role(*OPENERS, unit_id=document.unit_id)


def may_steer(actor: Actor, programme: Programme) -> bool:
    """The giver's side: the programme's lead unit and the provincial office accept, return, extend, stop and assign."""
    if actor.leads_province(programme.province_id):
        return True
    return programme.lead_unit_id is not None and actor.has_role(*OPENERS, unit_id=programme.lead_unit_id)


def may_report(actor: Actor, unit_ids: Collection[int]) -> bool:
    """The assigned unit's side: everyone who works in one of the units."""
    return not actor.unit_ids.isdisjoint(unit_ids)


def may_answer(actor: Actor, programme: Programme, solver: str, solver_unit_id: int | None) -> bool:
    """Those whom an obstacle waits for, and the provincial office on behalf of anybody.

    For the province's leaders they themselves; what a higher level said is entered by those who look after the programme.
    """
    if actor.leads_province(programme.province_id):
        return True
    if solver == Solver.PROVINCE:
        return actor.chairs_province(programme.province_id)
    if solver == Solver.ABOVE:
        return may_steer(actor, programme)
    return solver_unit_id in actor.unit_ids


def provinces_led(actor: Actor) -> set[int]:
    """Those whose leaders, or the office that works for them, the actor belongs to."""
    return {pk for pk in actor.province_ids if actor.leads_province(pk) or actor.chairs_province(pk)}
