"""What a unit has measured of a programme's targets → figures of its report.

An indicator says so by its source ``chi-tieu``: the target of the campaign's programme that has the indicator's own name. Of the
periods that end in the cut-off window (in the year of a column that is a year; without a window, up to the day) a running total
and a level give their last, a flow the sum of those that do not overlap. What was accepted goes before what was only received; a
kind of nothing gives nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse

from dondoc.common import wording
from dondoc.common.folding import searchable
from dondoc.programmes.enums import FigureKind
from dondoc.programmes.models import Measurement, Target
from dondoc.reporting.enums import Method
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.known import Known
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts, TemplateFacts

SOURCE = "chi-tieu"
_YEAR = 4


def measured_of(report: Return, what: TemplateFacts, on: date) -> dict[Place, Known]:
    """Two queries, or none where nothing asks for it."""
    asked = [(table, one) for table in what.tables for one in table.indicators if one.source == SOURCE and not one.formula]
    if not asked or report.campaign.programme_id is None:
        return {}
    targets = {searchable(one.indicator): one for one in Target.objects.filter(programme=report.campaign.programme_id)}
    wanted = [(table, one, targets[searchable(one.name)]) for table, one in asked if searchable(one.name) in targets]
    told = _told(report, [target.pk for _, _, target in wanted], on)
    found: dict[Place, Known] = {}
    for table, one, target in wanted:
        for key, (start, end) in _spans(table, report.campaign, on).items():
            rows = [row for row in told.get(target.pk, []) if (start is None or row.period_to >= start) and row.period_to <= end]
            if rows:
                found[Place(one.code, key)] = _measured(rows, one, target)
    return found


def _told(report: Return, targets: Iterable[int], on: date) -> dict[int, list[Measurement]]:
    """Target → one figure a period, the oldest first."""
    rows = Measurement.objects.filter(
        Q(counted=True) | Q(newest=True),
        target__in=list(targets),
        unit=report.unit_id,
        happened_on__lte=on,
        kind__in=(FigureKind.FIGURE, FigureKind.ZERO),
    )
    by_period = {(row.target_id, row.period_to): row for row in rows.order_by("period_to", "counted", "pk")}
    found: dict[int, list[Measurement]] = {}
    for (target, _), row in sorted(by_period.items()):
        found.setdefault(target, []).append(row)
    return found


def _spans(table: TableFacts, campaign: Campaign, on: date) -> Mapping[str, tuple[date | None, date]]:
    """Column → first and last day."""
    last = min(campaign.window_to or on, on)
    found: dict[str, tuple[date | None, date]] = {}
    for place, column in enumerate(table.columns, start=1):
        if column.key.isdecimal() and len(column.key) == _YEAR:
            year = int(column.key)
            found[column.key] = (date(year, 1, 1), min(date(year, 12, 31), last))
        elif place == len(table.columns):
            found[column.key] = (campaign.window_from, last)
    return found


def _measured(rows: list[Measurement], one: IndicatorFacts, target: Target) -> Known:
    flows = one.across_periods == Method.SUM and not target.cumulative and not target.numerator
    used = _apart(rows) if flows else rows[-1:]
    number = sum((row.value or Decimal(0) for row in used), Decimal(0))
    state = "đã duyệt" if all(row.counted for row in used) else "chờ duyệt"
    span = f"từ {wording.day(used[0].period_from)} đến {wording.day(used[-1].period_to)}"
    address = reverse("programmes:target", args=[target.programme_id, target.pk])
    return Known(number, f"Số đo chỉ tiêu, {span}, {state}", address)


def _apart(rows: list[Measurement]) -> list[Measurement]:
    """Periods that do not overlap, from the last one back: those of half years all begin on 1 January, the year's holds them."""
    used: list[Measurement] = []
    for row in reversed(rows):
        if not used or row.period_to < used[0].period_from:
            used.insert(0, row)
    return used
