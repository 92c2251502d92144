"""What the pages to enter and look over measurements show: periods, units, and what stands for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from dondoc.common.folding import searchable
from dondoc.common.models import AuditEntry
from dondoc.programmes.enums import Frequency, Verdict
from dondoc.programmes.models import Measurement, MeasurementReview, Milestone, Programme, Target, TargetVersion
from dondoc.programmes.queries.targets import measurers
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.rules.targets import in_force
from dondoc.programmes.rules.targets_periods import Span, span_ending, spans
from dondoc.units.models import Unit
from dondoc.units.queries import roster
from dondoc.units.rules import Actor

YEARS_BACK = 2


@dataclass(frozen=True, slots=True)
class Held:
    """A measurement with the giver's last word on it."""

    measurement: Measurement
    ruling: MeasurementReview | None

    @property
    def state(self) -> str:
        """*accepted*, *returned*, else *waiting*."""
        return self.ruling.verdict if self.ruling else "waiting"

    @property
    def is_returned(self) -> bool:
        return self.state == Verdict.RETURNED


@dataclass(frozen=True, slots=True)
class Slot:
    """A unit in a period, with what it said and the share it was given."""

    unit: Unit
    held: Held | None
    share: Milestone | None = None


def target_of(programme: Programme, pk: int) -> QuerySet[Target]:
    """A target that is followed itself, with what its pages print."""
    related = ("item__document", "item__reading", "programme__lead_unit", "measured_by_unit", "measured_by_group")
    heavy = ("raw", "offsets", "contract", "tables", "pages")
    targets = Target.objects.filter(programme=programme, pk=pk).select_related(*related)
    return targets.defer(*(f"item__reading__{name}" for name in heavy))


def spans_to_enter(target: Target, on: date) -> list[Span]:
    """The periods that can be entered on a day: those that have ended since the target or its baseline began, newest first."""
    begun = [*[version.effective_from for version in target.versions.all()][:1], target.baseline_on or on]
    first = date(min([on.year - YEARS_BACK, *(day.year for day in begun)]), 1, 1)
    return spans(target.frequency, first, on, cumulative=target.cumulative)


def span_chosen(target: Target, ends_on: date | None, on: date) -> Span | None:
    """The period that ends on a day, or the last that has ended; None where none fits."""
    if ends_on is None:
        return next(iter(spans_to_enter(target, on)), None)
    if ends_on > on:
        return None
    known = target.measurements.filter(period_to=ends_on).values_list("period_from", flat=True).first()
    if known is not None:
        return Span(ends_on, known)
    return span_ending(ends_on, target.frequency, cumulative=target.cumulative)


def measurable_by(actor: Actor, target: Target, on: date) -> list[Unit]:
    """The units for which the person may enter: their own among the measuring ones, all of them for the giver."""
    units = units_of(target, on)
    if may_steer(actor, target.programme):
        return units
    return [unit for unit in units if unit.pk in actor.unit_ids]


def units_of(target: Target, on: date) -> list[Unit]:
    return measurers(target, roster([target.measured_by_group] if target.measured_by_group else []), on)


def held_for(target: Target, ends_on: date, units: Sequence[Unit] | None = None) -> dict[int, Held]:
    """What stands for a period, by unit."""
    rows = with_reviews(target.measurements.filter(period_to=ends_on, newest=True))
    if units is not None:
        rows = rows.filter(unit__in=[unit.pk for unit in units])
    return {row.unit_id: held(row) for row in rows}


def with_reviews(rows: QuerySet[Measurement]) -> QuerySet[Measurement]:
    reviews = MeasurementReview.objects.select_related("recorded_by").order_by("happened_on", "recorded_at", "pk")
    return rows.select_related("unit", "recorded_by", "evidence").prefetch_related(Prefetch("reviews", queryset=reviews))


def held(row: Measurement) -> Held:
    return Held(row, next(iter(reversed(row.reviews.all())), None))


def slots_of(target: Target, span: Span, on: date) -> list[Slot]:
    """Every unit that measures in the period, and those that said something though they do not measure now."""
    expected = units_of(target, span.ends_on)
    known = held_for(target, span.ends_on)
    more = [one.measurement.unit for pk, one in known.items() if pk not in {unit.pk for unit in expected}]
    shares = shares_of(target, span.ends_on, on)
    return [Slot(unit, known.get(unit.pk), shares.get(unit.pk)) for unit in [*expected, *more]]


def shares_of(target: Target, day: date, on: date) -> dict[int, Milestone]:
    """For each unit the nearest milestone that it was given from the day on, else the last before."""
    version = in_force(TargetVersion.objects.filter(target=target), on)
    if version is None:
        return {}
    given = version.milestones.filter(unit__isnull=False).order_by("by_day", "pk")
    found: dict[int, Milestone] = {}
    for one in given:
        if one.unit_id is not None and (one.unit_id not in found or found[one.unit_id].by_day < day):
            found[one.unit_id] = one
    return found


def chain_of(measurement: Measurement) -> list[Held]:
    """All that was said for the unit and period, the newest first."""
    rows = Measurement.objects.filter(
        target=measurement.target_id, unit=measurement.unit_id, period_to=measurement.period_to
    ).order_by("-recorded_at", "-pk")
    return [held(row) for row in with_reviews(rows)]


def takes_any_day(target: Target) -> bool:
    return target.frequency == Frequency.ANY


def history_of(target: Target, most: int = 12) -> list[AuditEntry]:
    """What was done to the definition and the values, the newest first."""
    verbs = [
        f"programmes.{verb}" for verb in ("define_target", "join_targets", "part_targets", "change_target", "add_milestones")
    ]
    rows = AuditEntry.objects.filter(subject_type=target._meta.label_lower, subject_id=target.pk, verb__in=verbs)
    return list(rows.select_related("actor").order_by("-recorded_at", "-pk")[:most])


def candidates_to_join(target: Target) -> list[Target]:
    """Targets of the programme that could state this indicator for another year: alone, without figures; alike ones first."""
    rows = Target.objects.filter(programme=target.programme_id, joined_to__isnull=True, joined__isnull=True)
    rows = rows.exclude(pk=target.pk).exclude(
        pk__in=Measurement.objects.filter(target__programme=target.programme_id).values("target")
    )
    own = set(searchable(target.indicator).split())
    return sorted(rows.order_by("position", "pk"), key=lambda one: -_likeness(own, set(searchable(one.indicator).split())))


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
