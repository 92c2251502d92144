"""The published breakdown on any day, past days included, over many programmes at once: conditions on the spells of that day.

In the programmes' figures a task given to a group is one; in a unit's own its share of it is one.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from dondoc.programmes.enums import TaskState
from dondoc.programmes.models import Spell
from dondoc.programmes.queries import standing
from dondoc.programmes.queries.statistics import Counters
from dondoc.programmes.rules.states import silent_before


@dataclass(frozen=True, slots=True)
class Figures(Counters):
    """With the same lateness told against the terms as they were first given, without extensions."""

    late_first: int = 0
    overdue_first: int = 0

    @classmethod
    def sum(cls, several: Iterable["Figures"]) -> "Figures":
        held = list(several)
        return cls(**{name: sum(getattr(one, name) for one in held) for name in CONDITIONS})


def held_on(day: date, programme_ids: Collection[int]) -> QuerySet[Spell]:
    """Spells that hold on ``day``: programmes' (``unit`` is null) and units' own."""
    return Spell.objects.filter(programme__in=programme_ids, to_on__gt=day, from_on__lte=day).order_by()


def owned(spells: QuerySet[Spell], unit_id: int | None) -> QuerySet[Spell]:
    """A unit's own, or the programmes'."""
    return spells.filter(unit__isnull=True) if unit_id is None else spells.filter(unit=unit_id)


def _silent(day: date) -> Q:
    return standing.of_states(day)[TaskState.NO_DEADLINE] & Q(word_on__lt=silent_before(day))


def _late_first(_day: date) -> Q:
    return Q(done_on__gt=F("first_ok_on"))


def _overdue_first(day: date) -> Q:
    return Q(done_on__isnull=True, paused="", first_ok_on__lt=day)


def _still_owed(_day: date) -> Q:
    return Q(done_on__isnull=True, paused="")


FILTERS: dict[str, Callable[[date], Q]] = {
    **standing.FILTERS,
    "chua-bao-cao": _silent,
    "tre-han-dau": _late_first,
    "qua-han-dau": _overdue_first,
    "con-no": _still_owed,
}
"""What the address bar calls a figure → its rows."""

CONDITIONS = {
    "done_on_time": "dung-han",
    "done_late": "tre-han",
    "within": "trong-han",
    "overdue": "qua-han",
    "undated_open": "khong-thoi-han",
    "undated_done": "xong-khong-han",
    "suspended": "tam-dung",
    "cancelled": "dung",
    "soon": "sap-den-han",
    "long_overdue": "qua-30-ngay",
    "silent": "chua-bao-cao",
    "late_first": "tre-han-dau",
    "overdue_first": "qua-han-dau",
}
"""The figures' names → the filter that opens their rows."""


def figures_by(key: str, spells: QuerySet[Spell], day: date) -> dict[Any, Figures]:
    """The figures of each value of a column, in one query."""
    counts = {name: Count("from_on", filter=FILTERS[asked](day)) for name, asked in CONDITIONS.items()}
    return {row.pop(key): Figures(**row) for row in spells.values(key).annotate(**counts)}
