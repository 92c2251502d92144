"""What the pages of a unit's report have in common."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from dondoc.common.errors import NotAllowed
from dondoc.documents.places import name_of, url_of
from dondoc.reporting.models import Return
from dondoc.reporting.queries.mine import press, with_all
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


def head_context(request: HttpRequest, report: Return, tab: str) -> dict[str, Any]:
    """What the head of each of a report's pages prints."""
    actor, duty = access.actor(request), report.campaign.duty
    return {
        "report": report,
        "campaign": report.campaign,
        "tab": tab,
        "press": press(report, actor),
        "fills": may_fill(actor, report),
        "source_words": duty.item.document.code or name_of(duty.item) if duty else "",
        "source_url": url_of(duty.item) if duty else "",
    }
