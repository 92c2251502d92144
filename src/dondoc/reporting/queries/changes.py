"""What changed in a report since it was handed in the time before, and what is unlikely in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from dondoc.reporting.models import Return, Value
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.totals import IN
from dondoc.reporting.rules.cells import Cell, Place, Sheet, computed
from dondoc.reporting.rules.likely import is_far


@dataclass(frozen=True, slots=True)
class Changes:
    """What stood there before, of cells and sections that are different now; none where this is the first submission."""

    cells: Mapping[Place, Cell]
    texts: Mapping[str, str]
    is_first: bool


def changes_of(report: Return) -> Changes:
    """The last submission beside the one before; of cells that formulas give too."""
    contents = list(report.submissions.order_by("-number").values_list("content", flat=True)[:2])
    if len(contents) < 2:
        return Changes({}, {}, is_first=True)
    what = facts(report.group.template)
    new, old = (_cells(one) for one in contents)
    sheets, places = (Sheet(what, new), Sheet(what, old)), {*new, *old, *computed(what)}
    now, then = ({place: sheet.cell(place) for place in sorted(places)} for sheet in sheets)
    new_texts, old_texts = (one["texts"] for one in contents)
    return Changes(
        {place: then[place] for place in now if now[place] != then[place]},
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


def _cells(content: Mapping[str, Any]) -> dict[Place, Cell]:
    return {
        Place(code, column): Cell(None if number is None else Decimal(number), nothing, words)
        for code, column, number, nothing, words in content["cells"]
    }
