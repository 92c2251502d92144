"""When each province reminds, as it stands on a day."""

from dataclasses import dataclass
from datetime import date

from dondoc.programmes.rules.reminders import Plan
from dondoc.units.enums import ParameterKey
from dondoc.units.queries.parameters import provinces_with_their_own, values_of


@dataclass(frozen=True, slots=True)
class Plans:
    """``ahead`` and ``late``: how far any province looks."""

    on: date
    ahead: int
    late: int

    def of(self, province_id: int) -> Plan:
        before, late = (values_of(key, province_id, self.on) for key in _KEYS)
        return Plan(before, late)


_KEYS = (ParameterKey.REMINDERS_BEFORE, ParameterKey.REMINDERS_LATE)
_NO_PROVINCE = 0


def plans_on(on: date) -> Plans:
    """For all provinces; one of which nothing is set has what is shipped."""
    known = Plans(on, 0, 0)
    held = [known.of(province_id) for province_id in (_NO_PROVINCE, *provinces_with_their_own(*_KEYS))]
    return Plans(on, max(plan.ahead for plan in held), max(plan.forgotten for plan in held))
