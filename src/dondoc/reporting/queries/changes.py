"""What changed in a report since it was handed in the time before, and what is unlikely in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from dondoc.reporting.models import Return, Value
from dondoc.reporting.queries.totals import IN
from dondoc.reporting.rules.cells import Cell, Place

FEWEST = 5
"""Fewer units than this say nothing about what is usual."""

FAR = Decimal("3.5")
"""So many times 1.4826 × the median distance from the median is far (Iglewicz and Hoaglin, 1993)."""

_NORMAL = Decimal("1.4826")


@dataclass(frozen=True, slots=True)
class Changes:
    """What stood there before, of cells and sections that are different now; none where this is the first submission."""

    cells: Mapping[Place, Cell]
    texts: Mapping[str, str]
    is_first: bool


def changes_of(report: Return) -> Changes:
    """The last submission beside the one before."""
    contents = list(report.submissions.order_by("-number").values_list("content", flat=True)[:2])
    if len(contents) < 2:
        return Changes({}, {}, is_first=True)
    new, old = (_cells(one) for one in contents)
    new_texts, old_texts = (one["texts"] for one in contents)
    return Changes(
        {place: old.get(place, Cell()) for place in sorted(new.keys() | old.keys()) if new.get(place) != old.get(place)},
        {
            code: old_texts.get(code, "")
            for code in new_texts.keys() | old_texts.keys()
            if new_texts.get(code) != old_texts.get(code)
        },
        is_first=False,
    )


def unlikely_in(report: Return) -> dict[Place, Decimal]:
    """Cells whose number lies far from those of the group's other units; place → their median."""
    numbers: dict[Place, dict[int, Decimal]] = {}
    rows = Value.objects.filter(report__group=report.group_id, report__state__in=IN, sent_number__isnull=False)
    for code, column, unit, number in rows.values_list("indicator__code", "column", "report", "sent_number"):
        numbers.setdefault(Place(code, column), {})[unit] = number or Decimal(0)  # none is null
    found = {}
    for place, given in numbers.items():
        own, others = given.get(report.pk), [number for unit, number in given.items() if unit != report.pk]
        if own is not None and is_far(own, others):
            found[place] = median(others)
    return found


def is_far(number: Decimal, others: list[Decimal]) -> bool:
    """By the median and the median distance from it; where half of the others agree, there is no measure and nothing is far."""
    if len(others) < FEWEST:
        return False
    middle = median(others)
    spread = median(abs(other - middle) for other in others)
    return bool(spread) and abs(number - middle) > FAR * _NORMAL * spread


def _cells(content: Mapping[str, Any]) -> dict[Place, Cell]:
    return {
        Place(code, column): Cell(None if number is None else Decimal(number), nothing, words)
        for code, column, number, nothing, words in content["cells"]
    }
