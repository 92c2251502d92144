"""Requests for more time: who decides, how often, and lateness told against the first deadline and the extended one.

Practice under Decision 42/2014/QĐ-TTg and the provinces' rules after it: asked in writing before the deadline, decided by who gave
the task; the first deadline is kept. What differs between provinces is data (``units.parameters``).
"""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Terms:
    """The first last good day and the one that holds now; none where there is no deadline."""

    first: date | None
    now: date | None

    @property
    def extended(self) -> bool:
        return self.now is not None and self.now != self.first

    def late(self, day: date) -> int:
        """Days after the deadline that holds; 0 in time."""
        return _days_after(self.now, day)

    def late_by_first(self, day: date) -> int:
        """Days after the first deadline; 0 in time."""
        return _days_after(self.first, day)


def _days_after(term: date | None, day: date) -> int:
    return max((day - term).days, 0) if term else 0
