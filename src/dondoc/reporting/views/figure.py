"""The units behind a figure of the consolidated report, each with its report."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.pages import page_of
from dondoc.reporting.models import Campaign
from dondoc.reporting.queries.behind import UnitRow, units_behind
from dondoc.reporting.queries.figures import Known, known_figures, sources_of
from dondoc.reporting.queries.following import PAGE
from dondoc.reporting.queries.printing import column_words, opened_of
from dondoc.reporting.rules.fields import Field
from dondoc.reporting.views.campaigns import context_of, received_or_refused

COLUMNS: tuple[Column[UnitRow], ...] = (
    Column("Đơn vị", lambda row: row.report.unit.name, width=34),
    Column("Trạng thái", lambda row: row.report.get_state_display()),
    Column("Đã duyệt", lambda row: row.accepted.number if row.accepted else None),
    Column("Cách ghi đã duyệt", lambda row: row.accepted_words if row.accepted and row.accepted.number is None else ""),
    Column("Đã nhận", lambda row: row.received.number if row.received else None),
    Column("Cách ghi đã nhận", lambda row: row.received_words if row.received and row.received.number is None else ""),
    Column("Tử số đã nhận", lambda row: row.received.parts[0] if row.received and row.received.parts else None),
    Column("Mẫu số đã nhận", lambda row: row.received.parts[1] if row.received and row.received.parts else None),
)


@require_safe
def figure(request: HttpRequest, pk: int, group: int, code: str, column: str) -> HttpResponseBase:
    """Accepted and received of every unit that is expected, whoever lacks data among them."""
    campaign = received_or_refused(request, pk)
    known = _known_or_404(campaign, group, code, column)
    rows = units_behind(known)
    if file := wanted_format(request):
        name = f"Số liệu {known.indicator.code} theo đơn vị"
        facts = {"Đợt báo cáo": campaign.title, "Chỉ tiêu": known.indicator.name, "Cột": column_words(known)}
        return download(request, file, name, COLUMNS, rows, **facts)
    page = page_of(request, rows, PAGE)
    context: dict[str, Any] = {
        **context_of(request, campaign),
        "tab": "draft",
        "known": known,
        "opened": opened_of(known),
        "column": column_words(known),
        "page": page,
        "rows": list(page.object_list),
    }
    return render(request, "reporting/figure.html", context)


def _known_or_404(campaign: Campaign, group: int, code: str, column: str) -> Known:
    for source in sources_of(campaign, code):
        if group in {one.pk for one in source.groups}:
            fields = [Field(table.code, code, column) for table in source.facts.tables]
            for known in known_figures([source], fields).values():
                return known
    raise Http404
