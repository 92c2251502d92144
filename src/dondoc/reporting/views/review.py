"""Review of what one unit handed in: what changed, what is unlikely, remarks; it is accepted, or returned with a reason and a day."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.enums import RemarkCode, ReturnState
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries.content import facts
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.services import reviewing
from dondoc.reporting.views.campaigns import context_of, received_or_refused
from dondoc.reporting.views.review_shown import ALL, CHANGED, Reviewed
from dondoc.units import access

NOT_A_DAY = "Ghi hạn nộp lại theo ngày/tháng/năm, ví dụ 09/9/2025."


@require_safe
def review(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    campaign = received_or_refused(request, pk)
    return _page(request, campaign, _report_or_404(campaign.returns, report))


def _page(request: HttpRequest, campaign: Campaign, held: Return, refused: str = "") -> HttpResponse:
    """``refused``: the act whose words did not do; what was typed stays in its fields."""
    shown = Reviewed(held)
    only = request.GET.get("xem", "") or (CHANGED if held.state == ReturnState.RECEIVED else ALL)
    only = ALL if only == CHANGED and shown.changes.is_first else only
    context = {
        **context_of(request, campaign),
        "report": held,
        "changes": shown.changes,
        "only": only,
        "doubtful": shown.doubtful,
        "tables": shown.tables(only),
        "sections": shown.sections(only),
        "remarks": shown.answered(),
        "codes": RemarkCode.choices,
        "places": _places(held),
        "may_accept": held.state == ReturnState.RECEIVED,
        "may_reopen": held.state == ReturnState.ACCEPTED,
        "may_return": held.state in {ReturnState.RECEIVED, ReturnState.ACCEPTED},
        "is_in": bool(held.first_received_on),
        "refused": refused,
        "typed": request.POST,
    }
    return render(request, "reporting/review.html", context, status=422 if refused else 200)


@require_POST
def act(request: HttpRequest, pk: int, report: int, what: str) -> HttpResponse:
    """Remark, settle a remark, return, accept or open again; what is refused is said on the page, with what was typed."""
    campaign = received_or_refused(request, pk)
    held = _report_or_404(campaign.returns, report)
    try:
        _ACTS[what](request, held)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _page(request, campaign, _report_or_404(campaign.returns, report), what)
    messages.success(request, _SAID[what])
    return redirect("reporting:review", pk, report)


def _accept(request: HttpRequest, report: Return) -> None:
    actor = access.actor(request)
    reviewing.accept(actor=actor, report=report, at=clock.now(), happened_on=actor.on)


def _return(request: HttpRequest, report: Return) -> None:
    actor = access.actor(request)
    hand_in_by = wording.read_day(request.POST.get("hand_in_by", ""), actor.on)
    if hand_in_by is None:
        raise Refused(NOT_A_DAY, field="hand_in_by")
    reviewing.return_(
        actor=actor,
        report=report,
        at=clock.now(),
        happened_on=actor.on,
        reason_code=request.POST.get("code", ""),
        reason=request.POST.get("text", ""),
        hand_in_by=hand_in_by,
    )


def _remark(request: HttpRequest, report: Return) -> None:
    """``where``: ``muc:I``, ``o:C.03:2025``, or nothing for the report as a whole."""
    kind, _, rest = request.POST.get("where", "").partition(":")
    code, _, column = rest.partition(":")
    known = {value for value, _ in _places(report)}
    if kind and request.POST["where"] not in known:
        raise Refused("Mẫu không có chỗ này. Chọn chỗ trong danh sách.", field="where")
    reviewing.remark(
        actor=access.actor(request),
        report=report,
        at=clock.now(),
        code=request.POST.get("code", ""),
        text=request.POST.get("text", ""),
        place=Place(code, column) if kind == "o" else None,
        section=rest if kind == "muc" else "",
    )


def _settle(request: HttpRequest, report: Return) -> None:
    asked = request.POST.get("remark", "")
    row = get_object_or_404(report.remarks.all(), pk=int(asked) if asked.isdecimal() else 0)
    reviewing.settle(actor=access.actor(request), remark=row, at=clock.now())


def _reopen(request: HttpRequest, report: Return) -> None:
    code, reason = request.POST.get("code", ""), request.POST.get("text", "")
    reviewing.reopen(actor=access.actor(request), report=report, at=clock.now(), reason_code=code, reason=reason)


_ACTS: dict[str, Callable[[HttpRequest, Return], None]] = {
    "duyet": _accept,
    "tra-lai": _return,
    "y-kien": _remark,
    "xong": _settle,
    "mo-lai": _reopen,
}
_SAID = {
    "duyet": "Đã duyệt báo cáo.",
    "tra-lai": "Đã trả lại báo cáo.",
    "y-kien": "Đã ghi ý kiến.",
    "xong": "Đã ghi ý kiến này được giải quyết.",
    "mo-lai": "Đã mở lại báo cáo. Số liệu không còn được cộng cho đến khi duyệt lại.",
}


def _report_or_404(reports: Any, pk: int) -> Return:
    held: Return = get_object_or_404(reports.select_related("unit", "campaign", "group__template__template"), pk=pk)
    return held


def _places(report: Return) -> list[tuple[str, str]]:
    what = facts(report.group.template)
    return [
        *((f"muc:{one.code}", f"Mục {one.code}. {one.heading}") for one in what.sections if one.asks),
        *(
            (f"o:{one.code}:{column.key}", f"{one.code} {one.name}, {column.words}")
            for table in what.tables
            for one in table.indicators
            for column in table.columns
        ),
    ]
