"""Programmes with their figures and lights, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.programmes.enums import DocumentRole
from dondoc.programmes.models import Programme, ProgrammeDocument
from dondoc.programmes.queries.statistics import Counters, counters_of
from dondoc.programmes.rules.states import LIGHT_RULE, light, waits_long

LIGHTS = {"good": ("●", "Đúng tiến độ"), "slow": ("▲", "Chậm"), "direct": ("◆", "Cần chỉ đạo")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A programme in a list."""

    programme: Programme
    plan: ProgrammeDocument | None
    figures: Counters
    light: str

    @property
    def light_shape(self) -> str:
        return LIGHTS[self.light][0]

    @property
    def light_words(self) -> str:
        return LIGHTS[self.light][1]

    @property
    def light_rule(self) -> str:
        return LIGHT_RULE


def entries_of(programmes: Sequence[Programme], today: date) -> list[Entry]:
    """``programmes`` come with their lead units."""
    pks = [programme.pk for programme in programmes]
    figures = counters_of(pks, today) if pks else {}
    papers = ProgrammeDocument.objects.filter(programme__in=pks, role=DocumentRole.PLAN).select_related("document")
    plans = {paper.programme_id: paper for paper in papers} if pks else {}
    return [_entry(programme, plans.get(programme.pk), figures[programme.pk], today) for programme in programmes]


def _entry(programme: Programme, plan: ProgrammeDocument | None, figures: Counters, today: date) -> Entry:
    stuck = waits_long(programme.obstacle_since, today)
    return Entry(programme, plan, figures, light(overdue=figures.overdue, long=figures.long_overdue, stuck=stuck))
