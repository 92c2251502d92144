"""How punctually units have reported, over campaigns: by first receipts, in the terms of each unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from dondoc.common.folding import searchable
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Return
from dondoc.reporting.queries.visible import visible_returns
from dondoc.units.models import Unit
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Punctuality:
    """``expected``: what was due before the day or is in; on time, late and missing come to it. ``late_days``: of all late ones."""

    unit: Unit
    expected: int
    on_time: int
    late: int
    late_days: int
    missing: int

    @property
    def share(self) -> float | None:
        return 100 * self.on_time / self.expected if self.expected else None


def owed_by(actor: Actor, year: int | None = None) -> QuerySet[Return]:
    """Reports that count on the actor's day: their units' own and those that they receive, but for exempt ones."""
    rows = visible_returns(actor).exclude(state=ReturnState.EXEMPT)
    rows = rows.filter(Q(first_received_on__isnull=False) | Q(campaign__last_ok_on__lt=actor.on))
    return rows.filter(campaign__last_ok_on__year=year) if year else rows


def years_of(actor: Actor) -> list[int]:
    """Those of the deadlines, the last first."""
    years = owed_by(actor).order_by().annotate(year=ExtractYear("campaign__last_ok_on")).values_list("year", flat=True)
    return sorted(set(years.distinct()), reverse=True)


def by_unit(actor: Actor, *, year: int | None, text: str = "") -> QuerySet[Return, dict[str, Any]]:
    """A row a unit, for :func:`rows_of`."""
    rows = owed_by(actor, year)
    if text.strip():
        rows = rows.filter(unit__search_text__contains=searchable(text))
    late = Q(first_received_on__gt=F("campaign__last_ok_on"))
    return (
        rows.order_by()
        .values("unit")
        .annotate(
            expected=Count("pk"),
            on_time=Count("pk", filter=Q(first_received_on__lte=F("campaign__last_ok_on"))),
            late=Count("pk", filter=late),
            late_days=Sum(F("first_received_on") - F("campaign__last_ok_on"), filter=late),
            missing=Count("pk", filter=Q(first_received_on__isnull=True)),
        )
        .order_by("unit__kind", "unit__search_text", "unit")
    )


def rows_of(found: Sequence[dict[str, Any]]) -> list[Punctuality]:
    """With the units, in one query more."""
    units = Unit.objects.in_bulk([row["unit"] for row in found])
    return [
        Punctuality(
            units[row["unit"]],
            row["expected"],
            row["on_time"],
            row["late"],
            row["late_days"].days if row["late_days"] else 0,
            row["missing"],
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class Instance:
    """One report of a unit; ``late`` in days, by its first receipt or, where none came, by the day."""

    report: Return
    late: int


def of_unit(actor: Actor, unit: int, year: int | None) -> list[Instance]:
    """The reports behind a unit's row, the last deadline first."""
    rows = owed_by(actor, year).filter(unit=unit).select_related("campaign__recipient")
    return [_instance(one, actor.on) for one in rows.order_by("-campaign__last_ok_on", "-pk")[:200]]


def _instance(report: Return, on: date) -> Instance:
    return Instance(report, max(((report.first_received_on or on) - report.campaign.last_ok_on).days, 0))
