"""What was measured in the invented province by the day of the demonstration, told through the services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dondoc.demo.history import LATE_COMMUNE, Stage
from dondoc.demo.people import SINCE
from dondoc.programmes.enums import FigureKind, Frequency, RollUp
from dondoc.programmes.models import Programme, Target
from dondoc.programmes.queries.targets_entry import spans_to_enter, units_of
from dondoc.programmes.rules.targets_checks import Figure
from dondoc.programmes.rules.targets_periods import Span
from dondoc.programmes.services import targets_defining, targets_measuring
from dondoc.programmes.services.targets_defining import Meaning
from dondoc.programmes.services.targets_measuring import Entry
from dondoc.units.models import Unit, UnitGroup

GIVER = "soyte"
PERIODS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A target found by its first words, and the shares measured in the last periods, the oldest first."""

    words: str
    baseline: str
    shares: Sequence[str]
    numerator: str = ""
    denominator: str = ""


TOLD = (
    Told(
        "Trẻ em từ đủ 6 tuổi", "41.5", ("44", "46", "49", "52"), "số trẻ biết kỹ năng an toàn", "số trẻ từ đủ 6 đến dưới 16 tuổi"
    ),
    Told("Trường tiểu học", "40", ("66", "74", "83", "92.5")),
    Told("Xã, phường rà soát", "25", ("58", "67", "75", "83.3")),
)


def tell(programme: Programme, stage: Stage) -> None:
    """Four quarters of three targets; of the last quarter one commune owes its figure, one has nothing to count, one waits."""
    group = UnitGroup.objects.filter(province=programme.province_id, code="ubnd-xa-phuong").first()
    for told in TOLD:
        target = programme.targets.filter(indicator__istartswith=told.words).order_by("position").first()
        if target is not None and group is not None:
            _define(target, told, group, stage)
            _tell(target, told, stage)


def _define(target: Target, told: Told, group: UnitGroup, stage: Stage) -> None:
    shared = bool(told.numerator)
    meaning = Meaning(
        measure="%",
        baseline_value=Decimal(told.baseline),
        baseline_on=date(stage.today.year - 2, 12, 31),
        baseline_source=f"Điều tra năm {stage.today.year - 2}",
        numerator=told.numerator,
        denominator=told.denominator,
        roll_up=RollUp.RATIO if shared else RollUp.PROVINCE,
        frequency=Frequency.QUARTER,
        measured_by_group=group if shared else None,
    )
    targets_defining.define(actor=stage.actor(GIVER), target=target, meaning=meaning, revision=target.revision)
    target.refresh_from_db()


def _tell(target: Target, told: Told, stage: Stage) -> None:
    spans = [span for span in spans_to_enter(target, stage.today) if span.starts_on >= SINCE][:PERIODS]
    for place, (span, share) in enumerate(zip(reversed(spans), told.shares, strict=False), start=1):
        last = place == len(spans)
        for index, unit in enumerate(units_of(target, span.ends_on)):
            if not (last and unit.name == LATE_COMMUNE):
                _record(target, unit, span, _figure(told, Decimal(share), index), stage, waits=last and index == 1)


def _figure(told: Told, share: Decimal, index: int) -> Figure:
    """Communes differ in size and by some points; the sixth has no such children."""
    if not told.numerator:
        return Figure(FigureKind.FIGURE, share)
    if index == 5:
        return Figure(FigureKind.NONE)
    below = Decimal(310 + index * 67 % 420)
    above = (below * (share + (index * 7 % 21) - 7) / 100).to_integral_value()
    return Figure(FigureKind.FIGURE, None, above, below)


def _record(target: Target, unit: Unit, span: Span, figure: Figure, stage: Stage, *, waits: bool) -> None:
    said_on = min(span.ends_on + timedelta(days=6), stage.today)
    offset = (said_on - stage.today).days
    targets_measuring.record(
        actor=stage.actor(GIVER, offset),
        target=target,
        unit=unit,
        span=span,
        entry=Entry(figure, said_on, source_words=f"Báo cáo {span.name} của {unit.name}"),
        seen=None,
        at=stage.moment(offset, 16),
        accept_it=not waits,
    )
