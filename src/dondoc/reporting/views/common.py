"""What the pages of a unit's report have in common."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from dondoc.common.errors import NotAllowed
from dondoc.documents.places import full_name_of, url_of
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries.mine import press, with_all
from dondoc.reporting.queries.opening import named_source_of
from dondoc.reporting.queries.visible import visible_returns
from dondoc.reporting.rules.rights import may_fill
from dondoc.reporting.services.recording import NOT_THE_UNIT
from dondoc.units import access


def report_or_404(request: HttpRequest, pk: int) -> Return:
    """The report, for its unit and for those who receive it."""
    return get_object_or_404(with_all(visible_returns(access.actor(request))), pk=pk)


def own_report(request: HttpRequest, pk: int) -> Return:
    """The report, for those who fill it in."""
    report = report_or_404(request, pk)
    if not may_fill(access.actor(request), report):
        raise NotAllowed(NOT_THE_UNIT)
    return report


def source_of(campaign: Campaign) -> tuple[str, str] | None:
    """Words and address of the paragraph that asks for the campaign: of its duty, or of a later hop its task."""
    if campaign.duty:
        return full_name_of(campaign.duty.item), url_of(campaign.duty.item)
    return named_source_of(campaign.task) if campaign.task else None


def head_context(request: HttpRequest, report: Return, tab: str) -> dict[str, Any]:
    """What the head of each of a report's pages prints."""
    actor, source = access.actor(request), source_of(report.campaign)
    return {
        "report": report,
        "campaign": report.campaign,
        "tab": tab,
        "press": press(report, actor),
        "fills": may_fill(actor, report),
        "source": source,
    }
