"""Requests for more time: who decides, and what kind of reason a request names.

Practice under Decision 42/2014/QĐ-TTg and the provinces' rules after it: asked in writing before the deadline, decided by who gave
the task; the first deadline is kept. What differs between provinces is data (``units.parameters``).
"""

from dondoc.programmes.enums import ExtensionReason
from dondoc.programmes.models import Programme
from dondoc.programmes.rules.rights import may_steer
from dondoc.units.rules import Actor


def may_decide(actor: Actor, programme: Programme, asking_unit_id: int | None) -> bool:
    """Those who steer the programme; where their own unit asks, the provincial office alone."""
    if actor.leads_province(programme.province_id):
        return True
    return may_steer(actor, programme) and asking_unit_id not in actor.unit_ids


def reason_code(objective: str, subjective: str) -> ExtensionReason:
    """Which of the two a request names."""
    if objective.strip() and subjective.strip():
        return ExtensionReason.BOTH
    return ExtensionReason.OBJECTIVE if objective.strip() else ExtensionReason.SUBJECTIVE
