"""Targets with what they ask for on a day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from dondoc.common import wording
from dondoc.programmes.enums import Direction, RollUp
from dondoc.programmes.models import Milestone, Programme, Target, TargetVersion
from dondoc.programmes.rules.targets import (
    Goal,
    baseline_of,
    direction_of,
    goal_of,
    in_force,
    measure_of,
    milestone_goal,
    missing_of,
)
from dondoc.units.models import Unit
from dondoc.units.queries import Roster

_COMPARATORS = {
    ">=": "ít nhất ",
    ">": "trên ",
    "<=": "không quá ",
    "<": "dưới ",
    "=": "",
    "increase": "tăng ",
    "decrease": "giảm ",
}


@dataclass(frozen=True, slots=True)
class Horizon:
    """One of the values that are asked for, with the row it comes from. ``goal``: None where it cannot be computed yet."""

    target: Target
    version: TargetVersion
    words: str
    goal: Goal | None
    milestone: Milestone | None = None

    @property
    def by(self) -> str:
        """*2030*, *31/12/2030*; empty where the document names no time."""
        day = self.milestone.by_day if self.milestone else self.goal.by_day if self.goal else None
        if day is None:
            return self.version.horizon
        return str(day.year) if (day.month, day.day) == (12, 31) else wording.day(day)


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator and all that is asked of it on a day, its other years (``joined_to``) among them."""

    target: Target
    version: TargetVersion | None
    earlier: list[TargetVersion]
    horizons: list[Horizon]
    direction: Direction | None
    measure: str
    missing: list[str]

    @property
    def goals(self) -> list[Goal]:
        """Those with figures, the nearest first."""
        return sorted((one.goal for one in self.horizons if one.goal), key=lambda goal: goal.by_day)

    @property
    def value(self) -> str:
        return value_of(self.version) if self.version else ""

    @property
    def how(self) -> str:
        return self.target.roll_up or RollUp.PROVINCE

    @property
    def last(self) -> Horizon | None:
        """The last that is asked for."""
        known = [one for one in self.horizons if one.goal]
        return max(known, key=lambda one: one.goal.by_day if one.goal else date.min, default=None)

    def next(self, on: date) -> Horizon | None:
        """The nearest whose day has not passed, else the last."""
        coming = [one for one in self.horizons if one.goal and one.goal.by_day >= on]
        return min(coming, key=lambda one: one.goal.by_day if one.goal else on, default=self.last)


def asked_of(programmes: Collection[int], on: date) -> list[Asked]:
    """All targets of these programmes in their order, in three queries."""
    targets = _with_versions(Target.objects.filter(programme__in=programmes))
    return _asked(targets.order_by("programme", "position", "pk"), on)


def asked_one(target: Target, on: date) -> Asked:
    """One target with its other years."""
    rows = _with_versions(Target.objects.filter(pk=target.pk) | Target.objects.filter(joined_to=target))
    return _asked(rows, on)[0]


def _with_versions(targets: QuerySet[Target]) -> QuerySet[Target]:
    milestones = Milestone.objects.filter(unit__isnull=True).select_related("decided_by")
    versions = TargetVersion.objects.select_related("decided_by").order_by("-effective_from", "-pk")
    related = ("item", "programme__lead_unit", "measured_by_unit", "measured_by_group")
    return targets.select_related(*related).prefetch_related(
        Prefetch("versions", queryset=versions), Prefetch("versions__milestones", queryset=milestones)
    )


def _asked(targets: Iterable[Target], on: date) -> list[Asked]:
    heads: list[Target] = []
    others: dict[int, list[Target]] = {}
    for target in targets:
        if target.joined_to_id is None:
            heads.append(target)
        else:
            others.setdefault(target.joined_to_id, []).append(target)
    return [_one(head, others.get(head.pk, ()), on) for head in heads]


def _one(head: Target, others: Sequence[Target], on: date) -> Asked:
    version = in_force(head.versions.all(), on)
    horizons = [one for member in (head, *others) for one in _horizons(head, member, on)]
    horizons.sort(key=lambda one: one.goal.by_day if one.goal else date.max)
    direction = direction_of(head, version)
    return Asked(
        head,
        version,
        [held for held in head.versions.all() if held.effective_from <= on and held != version],
        horizons,
        direction,
        measure_of(head, version),
        missing_of(head, version, direction),
    )


def _horizons(head: Target, member: Target, on: date) -> list[Horizon]:
    version = in_force(member.versions.all(), on)
    if version is None:
        return []
    measure = measure_of(head, version)
    found = [
        Horizon(member, version, words_of(one, measure), milestone_goal(head, one, version.measure), one)
        for one in version.milestones.all()
    ]
    return [*found, Horizon(member, version, value_of(version), goal_of(head, version))]


def measurers(target: Target, roster: Roster, on: date) -> list[Unit]:
    """The units that measure the target on a day: of the group, the named one, or the programme's lead."""
    if target.measured_by_group is not None:
        return roster.members(target.measured_by_group, on)
    unit = target.measured_by_unit or target.programme.lead_unit
    return [unit] if unit else []


def targets_of(programme: Programme, on: date) -> list[Asked]:
    return asked_of([programme.pk], on)


def value_of(version: TargetVersion) -> str:
    """*ít nhất 50%*, *8 - 9%*, *tăng 1,5 cm*; a goal without a figure says so."""
    return "không nêu số" if version.value is None else words_of(version, version.measure)


def words_of(asked: TargetVersion | Milestone, measure: str) -> str:
    """Comparator, figures and unit of measure."""
    if asked.value is None:
        return "không nêu số"
    figures = wording.number(asked.value)
    if asked.value_high is not None:
        figures = f"{figures} - {wording.number(asked.value_high)}"
    words = "" if asked.comparator == "range" else _COMPARATORS.get(asked.comparator, "")
    return f"{words}{figures}{unit_words(measure)}"


def unit_words(measure: str) -> str:
    """What stands behind a figure: the percent sign at once, other units after a space."""
    return "%" if measure.startswith("%") else f" {measure}" if measure else ""


def baseline_words(target: Target, measure: str) -> str:
    """*26,4% (31/12/2024)*; empty where none is known."""
    start = baseline_of(target)
    return f"{wording.number(start.value)}{unit_words(measure)} ({wording.day(start.day)})" if start else ""
