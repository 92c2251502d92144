"""Campaigns: the list, the page on which one is followed, whom to call."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from dondoc.common import clock, wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.errors import NotAllowed
from dondoc.common.exporting import Column
from dondoc.common.pages import page_of
from dondoc.reporting.models import Campaign, CampaignGroup
from dondoc.reporting.queries import following
from dondoc.reporting.queries.feeding import chain_of
from dondoc.reporting.queries.following import PAGE, URGENCY, Counts, Matrix, Row
from dondoc.reporting.queries.opening import templates_in_use
from dondoc.reporting.queries.visible import received_campaigns, visible_campaigns
from dondoc.reporting.rules.rights import may_open_any, may_run
from dondoc.reporting.views.bars import bars_of
from dondoc.reporting.views.common import source_of
from dondoc.units import access

ONLY_RECEIVERS = "Trang theo dõi đợt báo cáo dành cho cơ quan nhận báo cáo và Văn phòng UBND tỉnh."


@require_safe
def campaigns(request: HttpRequest) -> HttpResponseBase:
    """Those that come in here: open ones by deadline, closed ones below."""
    actor = access.actor(request)
    opened, closed = following.campaigns(actor)
    if file := wanted_format(request):
        rows = [*opened, *following.listed(list(closed))]
        return download(request, file, "Đợt báo cáo", LIST_COLUMNS, rows, **{"Tính đến": wording.day(actor.on)})
    page = page_of(request, closed)
    context = {
        "opened": opened,
        "closed": following.listed(list(page.object_list)),
        "page": page,
        "today": actor.on,
        "may_open": may_open_any(actor),
        "has_templates": templates_in_use(actor).exists(),
    }
    return render(request, "reporting/campaigns.html", context)


LIST_COLUMNS: tuple[Column[following.Listed], ...] = (
    Column("Đợt báo cáo", lambda one: one.campaign.title, width=60),
    Column("Cơ quan nhận", lambda one: one.campaign.recipient.name, width=30),
    Column("Kỳ", lambda one: one.campaign.period_name),
    Column("Hạn nộp", lambda one: one.campaign.last_ok_on),
    Column("Phải nộp", lambda one: one.counts.expected),
    Column("Đã nhận", lambda one: one.counts.received),
    Column("Đúng hạn", lambda one: one.counts.on_time),
    Column("Nộp trễ", lambda one: one.counts.late),
    Column("Đã duyệt", lambda one: one.counts.accepted),
    Column("Chưa nhận", lambda one: one.counts.missing),
    Column("Trạng thái", lambda one: one.campaign.get_state_display()),
)


def received_or_refused(request: HttpRequest, pk: int) -> Campaign:
    """The campaign for one of its receiving side; a unit that reports in it is told so, a stranger finds nothing."""
    actor = access.actor(request)
    rows = Campaign.objects.select_related(
        "recipient", "programme", "duty__item__document", "task__item__document", "task__origin", "feeds", "schedule"
    )
    held = rows.filter(Q(pk__in=received_campaigns(actor).values("pk"))).filter(pk=pk).first()
    if held:
        return held
    get_object_or_404(visible_campaigns(actor), pk=pk)
    raise NotAllowed(ONLY_RECEIVERS)


def context_of(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    """What the head of each of a campaign's pages prints."""
    groups = following.groups_of(campaign)
    actor = access.actor(request)
    return {
        "campaign": campaign,
        "groups": groups,
        "source": source_of(campaign),
        "may_run": may_run(actor, campaign),
        "today": actor.on,
        "owing": sum(counts.missing + counts.returned for _, counts in groups),
    }


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One group of the campaign: counters, receipts by day, matrix."""
    held = received_or_refused(request, pk)
    context = context_of(request, held)
    group, counts = _group(context["groups"], request.GET.get("nhom", ""))
    text = request.GET.get("tim", "")
    reports = following.returns_of(group, held.last_ok_on, text)
    if file := wanted_format(request):
        return _download(request, file, held, group, text)
    page = page_of(request, reports, PAGE)
    matrix = following.matrix_of(group, list(page.object_list), held.last_ok_on, context["today"])
    context |= {
        "group": group,
        "counts": counts,
        "bars": bars_of(following.received_by_day(group), held.last_ok_on),
        "matrix": matrix,
        "bands": list(_bands(matrix)),
        "chain": chain_of(held, access.actor(request)),
        "page": page,
        "text": text,
    }
    return render(request, "reporting/campaign.html", context)


def _group(groups: list[tuple[CampaignGroup, Counts]], wanted: str) -> tuple[CampaignGroup, Counts]:
    if not groups:
        raise Http404
    return next((one for one in groups if str(one[0].pk) == wanted), groups[0])


def _bands(matrix: Matrix) -> Iterator[tuple[str, list[Row]]]:
    for rank, words in enumerate(URGENCY):
        if rows := [row for row in matrix.rows if row.rank == rank]:
            yield words, rows


def _download(request: HttpRequest, file: Any, held: Campaign, group: CampaignGroup, text: str) -> HttpResponseBase:
    """All units of the group, whatever the page."""
    on = clock.today()
    reports = list(following.returns_of(group, held.last_ok_on, text))
    matrix = following.matrix_of(group, reports, held.last_ok_on, on)
    facts = {"Đợt báo cáo": held.title, "Nhóm": group.name, "Tính đến": wording.day(on)}
    return download(request, file, "Tình hình nộp báo cáo", _columns(matrix), matrix.rows, **facts)


def _columns(matrix: Matrix) -> list[Column[Row]]:
    sections = [
        Column[Row](f"{one.code} {one.words}"[:80], lambda row, at=place: _said(row, at))  # type: ignore[misc] # the place is bound
        for place, one in enumerate(matrix.columns)
    ]
    return [
        Column("Đơn vị", lambda row: row.report.unit.name, width=32),
        Column("Điện thoại", lambda row: row.report.unit.phone),
        Column("Nộp lần đầu", lambda row: row.report.first_received_on),
        Column("Trễ (ngày)", lambda row: row.late),
        Column("Trạng thái", lambda row: row.report.get_state_display()),
        *sections,
    ]


def _said(row: Row, place: int) -> str:
    mark = row.marks[place]
    return f"{mark.words} {mark.done}/{mark.asked}" if mark.asked else mark.words


@require_safe
def calls(request: HttpRequest, pk: int) -> HttpResponse:
    """Danh sách gọi: who owes a report, with telephone numbers."""
    held = received_or_refused(request, pk)
    page = page_of(request, following.missing_of(held), PAGE)
    context = {**context_of(request, held), "page": page, "rows": list(page.object_list)}
    return render(request, "reporting/calls.html", context)
