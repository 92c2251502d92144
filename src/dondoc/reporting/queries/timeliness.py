"""How punctually units have reported, over campaigns: by first receipts, in the terms of each unit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from dondoc.common.folding import searchable
from dondoc.reporting.enums import ReturnEventKind, ReturnState
from dondoc.reporting.models import Return, ReturnEvent
from dondoc.reporting.queries.visible import visible_returns
from dondoc.reporting.rules.courses import Standing, days_late
from dondoc.units.models import Unit
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Punctuality:
    """``expected``: what was due before the day or is in; on time, late and missing come to it. ``late_days``: of all late ones.

    ``exempt`` ones are not expected.
    """

    unit: Unit
    expected: int
    on_time: int
    late: int
    late_days: int
    missing: int
    exempt: int = 0

    @property
    def received(self) -> int:
        return self.on_time + self.late

    @property
    def share(self) -> float | None:
        return 100 * self.on_time / self.expected if self.expected else None


def owed_by(actor: Actor, year: int | None = None) -> QuerySet[Return]:
    """Reports that are due or in on the actor's day, exempt ones too: their units' own and those that they receive."""
    rows = visible_returns(actor)
    rows = rows.filter(Q(first_received_on__isnull=False) | Q(campaign__last_ok_on__lt=actor.on))
    return rows.filter(campaign__last_ok_on__year=year) if year else rows


def years_of(actor: Actor) -> list[int]:
    """Those of the deadlines, the last first."""
    years = owed_by(actor).order_by().annotate(year=ExtractYear("campaign__last_ok_on")).values_list("year", flat=True)
    return sorted(set(years.distinct()), reverse=True)


def _found(actor: Actor, year: int | None, text: str) -> QuerySet[Return]:
    rows = owed_by(actor, year)
    return rows.filter(unit__search_text__contains=searchable(text)) if text.strip() else rows


def by_unit(actor: Actor, *, year: int | None, text: str = "") -> QuerySet[Return, dict[str, Any]]:
    """A row a unit, for :func:`rows_of`."""
    rows = _found(actor, year, text)
    held = ~Q(state=ReturnState.EXEMPT)
    late = held & Q(first_received_on__gt=F("campaign__last_ok_on"))
    return (
        rows.order_by()
        .values("unit")
        .annotate(
            expected=Count("pk", filter=held),
            on_time=Count("pk", filter=held & Q(first_received_on__lte=F("campaign__last_ok_on"))),
            late=Count("pk", filter=late),
            late_days=Sum(F("first_received_on") - F("campaign__last_ok_on"), filter=late),
            missing=Count("pk", filter=held & Q(first_received_on__isnull=True)),
            exempt=Count("pk", filter=~held),
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
            row["exempt"],
        )
        for row in found
    ]


@dataclass(frozen=True, slots=True)
class Instance:
    """One report of a unit; ``late`` in days, by its first receipt or, where none came, by the day. ``exempt_for``: the reason."""

    report: Return
    late: int
    exempt_for: str = ""

    @property
    def words(self) -> str:
        """*Đúng hạn*, *Trễ 3 ngày*, *Chưa nộp, quá hạn 3 ngày*, *Được miễn*."""
        if self.report.state == ReturnState.EXEMPT:
            return "Được miễn"
        if self.report.first_received_on is None:
            return f"Chưa nộp, quá hạn {self.late} ngày"
        return f"Trễ {self.late} ngày" if self.late else "Đúng hạn"


SHOWN = 200
AT_ONCE = 500


def of_unit(actor: Actor, unit: int, year: int | None) -> list[Instance]:
    """The reports behind a unit's row, the last deadline first."""
    rows = owed_by(actor, year).filter(unit=unit).select_related("campaign__recipient", "unit")
    return list(instances(rows.order_by("-campaign__last_ok_on", "-pk")[:SHOWN], actor.on))


def of_all(actor: Actor, *, year: int | None, text: str = "") -> Iterator[Instance]:
    """The reports behind all rows, unit by unit; read some at a time, since those of a year are tens of thousands."""
    rows = _found(actor, year, text).select_related("campaign__recipient", "unit")
    rows = rows.order_by("unit__kind", "unit__search_text", "unit", "campaign__last_ok_on", "pk")
    found = rows.iterator(chunk_size=AT_ONCE)
    while some := list(islice(found, AT_ONCE)):
        yield from instances(some, actor.on)


def instances(reports: Iterable[Return], on: date) -> Iterator[Instance]:
    held = list(reports)
    exempt = [one.pk for one in held if one.state == ReturnState.EXEMPT]
    events = (
        ReturnEvent.objects.filter(report__in=exempt, kind=ReturnEventKind.EXEMPTED) if exempt else ReturnEvent.objects.none()
    )
    reasons = dict(events.values_list("report", "note"))
    for report in held:
        standing = Standing(ReturnState(report.state), report.first_received_on)
        yield Instance(report, days_late(standing, report.campaign.last_ok_on, on), reasons.get(report.pk, ""))
