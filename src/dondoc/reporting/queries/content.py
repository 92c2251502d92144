"""What a report holds: cells and texts, as they are being filled in, as they were handed in, as they were accepted."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from django.db.models import Q

from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Campaign, Passage, Return, TemplateVersion, Value
from dondoc.reporting.queries.templates import facts_of, with_content
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.templates import TemplateFacts

Stage = Literal["", "sent_", "accepted_"]


@lru_cache(maxsize=64)
def facts_by_number(version_id: int, _revision: int) -> TemplateFacts:
    """:func:`facts` of the version with this number."""
    return facts_of(with_content(TemplateVersion.objects.select_related("template")).get(pk=version_id))


def facts(version: TemplateVersion) -> TemplateFacts:
    """What the version asks for; kept, since an issued version never changes and a draft's revision grows."""
    return facts_by_number(version.pk, version.revision)


def cells_of(report: Return, stage: Stage = "") -> dict[Place, Cell]:
    """The cells that were filled in."""
    rows = Value.objects.filter(report=report).values_list(
        "indicator__code", "column", f"{stage}number", f"{stage}nothing", "explanation"
    )
    cells = {Place(code, column): Cell(number, nothing, words) for code, column, number, nothing, words in rows}
    return {place: cell for place, cell in cells.items() if cell.is_filled or cell.explanation}


def texts_of(report: Return, stage: Stage = "") -> dict[str, str]:
    """Section code → text."""
    rows = Passage.objects.filter(report=report).values_list("section__code", f"{stage}text")
    return {code: text for code, text in rows if text}


def earlier_of(report: Return) -> Mapping[str, Decimal]:
    """Code → the number of its table's last column in the unit's accepted report of the period before, under the same programme."""
    before = _report_before(report)
    if before is None:
        return {}
    rows = Value.objects.filter(report=before, accepted_number__isnull=False)
    numbers = {
        Place(code, column): number for code, column, number in rows.values_list("indicator__code", "column", "accepted_number")
    }
    last = {one.code: table.columns[-1].key for table in facts(before.group.template).tables for one in table.indicators}
    return {code: number for code, column in last.items() if (number := numbers.get(Place(code, column))) is not None}


def _report_before(report: Return) -> Return | None:
    """By the same template; of one that comes again by any that does, since half a year and the year ask for the same codes."""
    campaign: Campaign = report.campaign
    same = Q(group__template__template=report.group.template.template_id)
    if campaign.schedule_id:
        same |= Q(campaign__schedule__isnull=False)
    earlier = Return.objects.select_related("group__template").filter(
        same,
        unit=report.unit_id,
        state=ReturnState.ACCEPTED,
        campaign__programme=campaign.programme_id,
        campaign__last_ok_on__lt=campaign.last_ok_on,
    )
    return earlier.order_by("-campaign__last_ok_on", "-pk").first()


def count_asked(version: TemplateVersion) -> int:
    """How many cells and texts the version asks for."""
    what = facts(version)
    return sum(1 for _ in asked(what)) + sum(1 for section in what.sections if section.asks)
