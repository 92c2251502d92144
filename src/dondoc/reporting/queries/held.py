"""How much reports hold of what is asked, part by part: what their rows keep as ``parts``, counted from their cells and texts."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q

from dondoc.reporting.models import Passage, Value
from dondoc.reporting.models.campaign import no_parts
from dondoc.reporting.queries.content import Stage

Parts = dict[str, Any]
"""``{"tables": {code: cells with a number or a kind of nothing}, "sections": [codes with a text]}``; as JSON has it."""


def parts_of(reports: Collection[int], stage: Stage = "") -> dict[int, Parts]:
    """Of each report; two statements."""
    found: dict[int, Parts] = {pk: no_parts() for pk in reports}
    filled = Q(**{f"{stage}number__isnull": False}) | ~Q(**{f"{stage}nothing": ""})
    cells = Value.objects.filter(filled, report__in=reports, indicator__formula="").order_by()
    for report, table, count in cells.values_list("report", "indicator__table__code").annotate(count=Count("pk")):
        found[report]["tables"][table] = count
    texts = Passage.objects.filter(report__in=reports, section__asks=True).exclude(**{f"{stage}text": ""})
    for report, section in texts.order_by("section__position").values_list("report", "section__code"):
        found[report]["sections"].append(section)
    return found


def filled_of(parts: Parts) -> int:
    """How many cells and texts that are."""
    cells: int = sum(parts["tables"].values())
    return cells + len(parts["sections"])
