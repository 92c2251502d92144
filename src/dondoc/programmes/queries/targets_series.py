"""Measurements of targets, period by period: what was accepted, and what was received beside it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q

from dondoc.programmes.models import Measurement, MeasurementReview
from dondoc.programmes.queries.targets import Asked, measurers
from dondoc.programmes.rules.targets import Spot
from dondoc.programmes.rules.targets_course import THRESHOLDS
from dondoc.programmes.rules.targets_periods import Span
from dondoc.programmes.rules.targets_replay import Line, Ruling, counted_and_newest
from dondoc.programmes.rules.targets_totals import Heap, Said, carried, gather, tells, total_of
from dondoc.units.models import Unit
from dondoc.units.queries import Roster, roster

_FIELDS = (
    "pk", "target_id", "unit_id", "period_from", "period_to", "kind", "value", "numerator", "denominator", "happened_on",
    "supersedes_id", "newest", "counted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A period. ``value`` is of the accepted words, ``received_value`` of all; ``silent``: units that owe their word.

    ``carried``: units whose last running total stands for this period as well.
    """

    span: Span
    accepted: Heap
    received: Heap
    value: Decimal | None
    received_value: Decimal | None
    expected: tuple[Unit, ...]
    silent: tuple[Unit, ...]
    carried: frozenset[int]
    tells: bool

    @property
    def spot(self) -> Spot | None:
        """The position that is held against the plan."""
        return Spot(self.span.ends_on, self.value) if self.tells and self.value is not None else None

    @property
    def waiting(self) -> int:
        """How many words wait for the giver."""
        return len(self.received.units - self.accepted.units)


@dataclass(frozen=True, slots=True)
class _Row:
    target_id: int
    span: Span
    said: Said
    newest: bool
    counted: bool


def series_of(asked: Sequence[Asked], on: date, today: date) -> dict[int, list[Point]]:
    """The points of each target as they stood on a day, the oldest first; by target, in four queries at most."""
    rows = _rows_of([one.target.pk for one in asked], on, today)
    held = roster({one.target.measured_by_group for one in asked if one.target.measured_by_group})
    by_target: dict[int, list[_Row]] = {}
    for row in rows:
        by_target.setdefault(row.target_id, []).append(row)
    return {one.target.pk: _points(one, by_target.get(one.target.pk, []), held) for one in asked}


def _rows_of(targets: Collection[int], on: date, today: date) -> list[_Row]:
    """From the projections for today, by replay for an earlier day."""
    rows = Measurement.objects.filter(target__in=targets, happened_on__lte=on)
    if on >= today:
        return [_row(fields) for fields in rows.filter(Q(newest=True) | Q(counted=True)).values_list(*_FIELDS)]
    fields = list(rows.values_list(*_FIELDS))
    rulings = MeasurementReview.objects.filter(measurement__target__in=targets, happened_on__lte=on)
    ruled = [Ruling(*one) for one in rulings.order_by("happened_on", "recorded_at", "pk").values_list("measurement", "verdict")]
    counted, newest = counted_and_newest([Line(one[0], one[10]) for one in fields], ruled)
    found = [replace(_row(one), newest=one[0] in newest, counted=one[0] in counted) for one in fields]
    return [row for row in found if row.newest or row.counted]


def _row(fields: tuple[object, ...]) -> _Row:
    pk, target, unit, starts, ends, kind, value, numerator, denominator, happened_on, _, newest, counted = fields
    said = Said(unit, kind, ends, happened_on, value, numerator, denominator, pk)  # type: ignore[arg-type]
    return _Row(target, Span(ends, starts), said, bool(newest), bool(counted))  # type: ignore[arg-type]


def _points(asked: Asked, rows: Sequence[_Row], held: Roster) -> list[Point]:
    """The periods of one target; those that end on one day are one period."""
    by_day: dict[date, list[_Row]] = {}
    for row in rows:
        by_day.setdefault(row.span.ends_on, []).append(row)
    points: list[Point] = []
    for day in sorted(by_day):
        earlier = [row for before in by_day if before < day for row in by_day[before]]
        points.append(_point(asked, by_day[day], earlier, tuple(measurers(asked.target, held, day))))
    return points


def _point(asked: Asked, rows: Sequence[_Row], earlier: Sequence[_Row], expected: tuple[Unit, ...]) -> Point:
    target, members = asked.target, frozenset(unit.pk for unit in expected)
    accepted = [row.said for row in rows if row.counted]
    received = [row.said for row in rows if row.newest]
    stands: list[Said] = []
    if target.cumulative:
        stands = carried(accepted, (row.said for row in earlier if row.counted), members)
        received += carried(received, (row.said for row in earlier if row.newest), members)
    heap, all_received = gather([*accepted, *stands]), gather(received)
    answered = {said.unit_id for said in received if said.kind != "missing"}
    return Point(
        max(row.span for row in rows),
        heap,
        all_received,
        total_of(heap, asked.how, target.per),
        total_of(all_received, asked.how, target.per),
        expected,
        tuple(unit for unit in expected if unit.pk not in answered),
        frozenset(said.unit_id for said in stands),
        tells(heap, len(expected), asked.how, THRESHOLDS.coverage),
    )


def spots_of(points: Iterable[Point]) -> list[Spot]:
    """The positions that tell, the oldest first."""
    return [point.spot for point in points if point.spot]
