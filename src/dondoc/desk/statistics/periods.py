"""What was given and finished in each period of a year, and what was still owed at its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, F, Q, QuerySet

from dondoc.desk.statistics.scope import Scope
from dondoc.programmes.models import Spell
from dondoc.programmes.queries.spells import owned

YEARS = 5


@dataclass(frozen=True, slots=True)
class Span:
    """``last`` is the day of the figures where the period has not ended by then."""

    words: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Turnover:
    """``given`` and the three of what was finished go by what is known on the figures' day, what is owed by that of the end."""

    span: Span
    given: int
    on_time: int
    late: int
    undated: int
    owed: int
    overdue: int


def spans(period: str, year: int, day: date) -> list[Span]:
    """The months or quarters of a year, or the last years, as far as they have begun on ``day``."""
    months = {"thang": 1, "quy": 3, "nam": 12}[period]
    begins = [date(year, month, 1) for month in range(1, 13, months)]
    if period == "nam":
        begins = [date(day.year - ago, 1, 1) for ago in range(YEARS - 1, -1, -1)]
    ends = (first + relativedelta(months=months) - timedelta(days=1) for first in begins)
    return [Span(_words(period, first), first, min(last, day)) for first, last in zip(begins, ends, strict=True) if first <= day]


def _words(period: str, first: date) -> str:
    if period == "thang":
        return f"Tháng {first.month}/{first.year}"
    return f"Quý {('I', 'II', 'III', 'IV')[first.month // 3]}/{first.year}" if period == "quy" else f"Năm {first.year}"


def turnovers(scope: Scope, asked_spans: list[Span], day: date) -> list[Turnover]:
    """In two queries, and one for each period: each looks only at what held at its end."""
    if not asked_spans:
        return []
    spells = owned(Spell.objects.filter(programme__in=scope.programmes).order_by(), scope.unit.pk if scope.unit else None)
    now = spells.filter(from_on__lte=day, to_on__gt=day)
    given = dict(now.values_list("given_on").annotate(number=Count("from_on")))
    done = {
        row[0]: row[1:]
        for row in now.filter(done_on__isnull=False)
        .values_list("done_on")
        .annotate(
            on_time=Count("from_on", filter=Q(last_ok_on__gte=F("done_on"))),
            late=Count("from_on", filter=Q(last_ok_on__lt=F("done_on"))),
            undated=Count("from_on", filter=Q(last_ok_on__isnull=True)),
        )
    }
    return [_turnover(span, given, done, _owed(spells, span.last)) for span in asked_spans]


def _owed(spells: QuerySet[Spell], day: date) -> dict[str, int]:
    held = spells.filter(to_on__gt=day, from_on__lte=day, done_on__isnull=True, paused="")
    return held.aggregate(owed=Count("from_on"), overdue=Count("from_on", filter=Q(last_ok_on__lt=day)))


def _turnover(span: Span, given: dict[date, int], done: dict[date, Any], owed: dict[str, int]) -> Turnover:
    finished = [sum(column) for column in zip(*_within(done, span), strict=True)] or [0, 0, 0]
    return Turnover(span, sum(_within(given, span)), *finished, **owed)


def _within(counted: dict[date, Any], span: Span) -> Iterator[Any]:
    return (number for day, number in counted.items() if span.first <= day <= span.last)
