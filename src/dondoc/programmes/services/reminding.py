"""The daily run: everybody is told what presses, once a step. Running it again on the same day tells nobody twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from dondoc.common import wording
from dondoc.notices import services as notices
from dondoc.notices.calendar import is_quiet
from dondoc.notices.enums import Weight
from dondoc.notices.services import Occasion
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.plans import Plans, plans_on
from dondoc.programmes.queries.pressing import Pressing, pressing
from dondoc.programmes.rules.reminders import Step, Whom, step_on, words
from dondoc.programmes.services.telling import GIVERS, short
from dondoc.programmes.services.telling_extensions import of_open_requests
from dondoc.programmes.wording import some
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Unit
from dondoc.units.queries import seated

_ROLES = {Whom.LEADERS: (Role.UNIT_LEADER,), Whom.GIVER: GIVERS, Whom.OFFICE: (Role.PROVINCIAL_OFFICE,)}


@dataclass(frozen=True, slots=True)
class _Due:
    debt: Pressing
    step: Step


def remind(*, on: date, at: datetime) -> int:
    """Tell all who are to be told today; how many notices are new. None on a day of rest."""
    if is_quiet(on):
        return 0
    plans = plans_on(on)
    due = [_Due(debt, step) for debt in pressing(on, ahead=plans.ahead, late=plans.late) if (step := _step(debt, plans, on))]
    with transaction.atomic():
        return notices.tell([*_to_units(due, on), *_to_others(due, on), *of_open_requests(plans, on)], on=on, at=at)


def _step(debt: Pressing, plans: Plans, on: date) -> Step | None:
    return step_on(debt.last_ok_on, on, plans.of(debt.programme.province_id), answered=debt.answered)


def _to_units(due: Iterable[_Due], on: date) -> Iterator[tuple[int, Occasion]]:
    """Each unit of its own debts; at the second rung its leaders alone, or everybody where it has none here."""
    for whom in (Whom.UNIT, Whom.LEADERS):
        held = [one for one in due if one.step.whom == whom]
        units = {one.debt.unit_id for one in held}
        people = seated(units, on, _ROLES.get(whom, ()))
        people |= seated(units - people.keys(), on)
        for one in held:
            occasion = _occasion(one, f"{one.debt.subject}:{one.debt.last_ok_on}:{one.step.name}")
            yield from ((person, occasion) for person in sorted(people.get(one.debt.unit_id, ())))


def _to_others(due: Iterable[_Due], on: date) -> Iterator[tuple[int, Occasion]]:
    """Those who look after the programme, and the office: one notice a task, however many units are late with it."""
    for whom in (Whom.GIVER, Whom.OFFICE):
        by_task: dict[int, list[_Due]] = {}
        for one in due:
            if one.step.whom == whom:
                by_task.setdefault(one.debt.task_id, []).append(one)
        units = _units(whom, by_task)
        people = seated(set(units.values()), on, _ROLES[whom])
        for task_id, late in by_task.items():
            key = f"task-{task_id}:{late[0].debt.last_ok_on}:{late[0].step.name}:{whom}"
            occasion = _occasion(late[0], key, some([one.debt.unit_name for one in late]))
            yield from ((person, occasion) for person in sorted(people.get(units.get(task_id, 0), ())))


def _units(whom: Whom, by_task: dict[int, list[_Due]]) -> dict[int, int]:
    """Task → the unit whose people are told."""
    programmes = {task_id: late[0].debt.programme for task_id, late in by_task.items()}
    if whom == Whom.GIVER:
        return {task_id: one.lead_unit_id for task_id, one in programmes.items() if one.lead_unit_id}
    offices = _offices({one.province_id for one in programmes.values()})
    return {
        task_id: office for task_id, one in programmes.items() if (office := _office_of(one, offices.get(one.province_id, [])))
    }


def _offices(provinces: set[int]) -> dict[int, list[int]]:
    """Province → units that hold its office, that of the people's committee first (the party's programmes have the party's)."""
    rows = Unit.objects.filter(province__in=provinces, memberships__role=Role.PROVINCIAL_OFFICE).distinct()
    found: dict[int, list[int]] = {}
    for unit in sorted(rows, key=lambda unit: (unit.kind != UnitKind.OFFICE, unit.pk)):
        found.setdefault(unit.scope_id, []).append(unit.pk)
    return found


def _office_of(programme: Programme, offices: list[int]) -> int | None:
    if programme.lead_unit_id in offices:
        return programme.lead_unit_id
    return offices[0] if offices else None


def _occasion(one: _Due, key: str, names: str = "") -> Occasion:
    late = one.step.late
    return Occasion(
        key=key,
        text=f"{words(one.step)}: {short(one.debt.text)} ({names or one.debt.unit_name}; hạn {wording.day(one.debt.last_ok_on)})",
        address=reverse("programmes:task", args=[one.debt.programme.pk, one.debt.task_id]),
        weight=Weight.LATE if late else Weight.SOON,
    )
