"""Targets as opening makes them, defined and measured through the services."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dondoc.programmes.enums import DocumentRole, FigureKind, RollUp
from dondoc.programmes.models import Measurement, Programme, Target, TargetVersion
from dondoc.programmes.rules.targets_checks import Figure
from dondoc.programmes.rules.targets_periods import span_ending
from dondoc.programmes.services import targets_measuring
from dondoc.programmes.services.targets_measuring import Entry
from dondoc.units.access import actor_of
from dondoc.units.models import Person, Unit, UnitGroup
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import ISSUED, add_items, target

YEAR_2024 = date(2024, 12, 31)
# The communes of the fixtures exist from July on.
JULY, AUGUST = date(2025, 7, 31), date(2025, 8, 31)


def add_target(
    programme: Programme,
    indicator: str = "Tỷ lệ trẻ em biết bơi",
    *,
    comparator: str = ">=",
    value: object = 60,
    horizon: str = "2030",
    measure: str = "%",
    **facts: Any,
) -> Target:
    """A target with its first version; ``facts`` are of its definition."""
    document = programme.papers.get(role=DocumentRole.PLAN).document
    text = f"{indicator} đạt {value}{measure} đến năm {horizon}"
    item = add_items(document, document.readings.get(), [target(text, indicator=indicator, section="II.1")])[0]
    made = Target.objects.create(
        programme=programme, item=item, text=text, section="II.1", position=item.position, indicator=indicator, **facts
    )
    TargetVersion.objects.create(
        target=made,
        effective_from=document.issued_on or ISSUED,
        comparator=comparator,
        value=None if value is None else Decimal(str(value)),
        measure=measure,
        horizon=horizon,
        decided_by=document,
    )
    return made


def add_ratio(programme: Programme, group: UnitGroup, indicator: str = "Tỷ lệ trẻ em biết bơi", **facts: Any) -> Target:
    """A share that each unit of the group measures every month, from 40% at the end of 2024."""
    usual: dict[str, Any] = {
        "numerator": "số trẻ biết bơi",
        "denominator": "số trẻ",
        "roll_up": RollUp.RATIO,
        "frequency": "month",
        "measured_by_group": group,
        "baseline_value": Decimal(40),
        "baseline_on": YEAR_2024,
    }
    return add_target(programme, indicator, **{**usual, **facts})


def figure(value: object = None, *, above: int | None = None, below: int | None = None) -> Figure:
    return Figure(
        FigureKind.FIGURE,
        None if value is None else Decimal(str(value)),
        None if above is None else Decimal(above),
        None if below is None else Decimal(below),
    )


def measured(
    held: Target,
    unit: Unit,
    person: Person,
    what: Figure,
    *,
    ends_on: date = AUGUST,
    accept_it: bool = False,
    seen: int | None = None,
    on: date = TODAY,
    at: datetime = NOON,
    happened_on: date | None = None,
    reason: str = "",
    **entry: Any,
) -> Measurement:
    """Through the service, as ``person`` on a day."""
    span = span_ending(ends_on, held.frequency, cumulative=held.cumulative)
    assert span is not None
    return targets_measuring.record(
        actor=replace(actor_of(person, TODAY), on=on),
        target=held,
        unit=unit,
        span=span,
        entry=Entry(what, happened_on or max(ends_on, min(on, TODAY)), **entry),
        seen=seen,
        at=at,
        reason=reason,
        accept_it=accept_it,
    )


def all_measured(held: Target, units: Sequence[Unit], person: Person, parts: Sequence[tuple[int, int]], **facts: Any) -> None:
    for unit, (above, below) in zip(units, parts, strict=True):
        measured(held, unit, person, figure(above=above, below=below), accept_it=True, **facts)
