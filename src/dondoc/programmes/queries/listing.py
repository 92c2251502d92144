"""Programmes with their figures and lights, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet

from dondoc.programmes.enums import DocumentRole
from dondoc.programmes.models import Programme, ProgrammeDocument, Task
from dondoc.programmes.queries.statistics import Counters, counters_of
from dondoc.programmes.queries.tasks import in_force
from dondoc.programmes.rules.states import Limits, light, light_rule, waits_long
from dondoc.units.enums import ParameterKey
from dondoc.units.queries.parameters import value_of

LIGHTS = {"good": ("●", "Đúng tiến độ"), "slow": ("▲", "Chậm"), "direct": ("◆", "Cần chỉ đạo")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A programme in a list."""

    programme: Programme
    plan: ProgrammeDocument | None
    figures: Counters
    light: str
    light_rule: str

    @property
    def light_shape(self) -> str:
        return LIGHTS[self.light][0]

    @property
    def light_words(self) -> str:
        return LIGHTS[self.light][1]


def with_terms(programmes: QuerySet[Programme], today: date) -> QuerySet[Programme]:
    """With the first last good day that has passed (``first_overdue``) and the task that comes due next (``next_…``).

    Each is one look into the index of tasks.
    """
    running = Task.objects.filter(in_force(today), programme=OuterRef("pk"), done_on__isnull=True, paused="")
    running = running.order_by("last_ok_on", "position", "pk")
    coming = running.filter(last_ok_on__gte=today)
    return programmes.annotate(
        first_overdue=running.filter(last_ok_on__lt=today).values("last_ok_on")[:1],
        next_on=coming.values("last_ok_on")[:1],
        next_text=coming.values("text")[:1],
        next_pk=coming.values("pk")[:1],
    )


def entries_of(programmes: Sequence[Programme], today: date) -> list[Entry]:
    """``programmes`` come with their lead units and from :func:`with_terms`."""
    pks = [programme.pk for programme in programmes]
    figures = counters_of(pks, today) if pks else {}
    papers = ProgrammeDocument.objects.filter(programme__in=pks, role=DocumentRole.PLAN).select_related("document")
    plans = {paper.programme_id: paper for paper in papers} if pks else {}
    limits = {pk: limits_of(pk, today) for pk in {programme.province_id for programme in programmes}}
    return [_entry(one, plans.get(one.pk), figures[one.pk], limits[one.province_id], today) for one in programmes]


def limits_of(province_id: int, on: date) -> Limits:
    """What the province has set for its lights."""
    keys = (ParameterKey.LIGHT_LATE_DAYS, ParameterKey.LIGHT_OBSTACLE_DAYS)
    return Limits(*(value_of(key, province_id, on) for key in keys))


def _entry(programme: Programme, plan: ProgrammeDocument | None, figures: Counters, limits: Limits, today: date) -> Entry:
    first_overdue: date | None = programme.first_overdue  # type: ignore[attr-defined] # annotated
    long = first_overdue is not None and first_overdue < today - timedelta(days=limits.late)
    stuck = waits_long(programme.obstacle_since, today, limits.obstacle)
    return Entry(programme, plan, figures, light(overdue=figures.overdue, long=long, stuck=stuck), light_rule(limits))
