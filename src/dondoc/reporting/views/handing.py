"""From the draft to the recipient: the check, handing in, the unit's leader, the receipt with the signed paper, the print."""

from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.forms import settled
from dondoc.files.services import kept
from dondoc.files.views import hand_out
from dondoc.reporting.enums import ReturnEventKind, ReturnState
from dondoc.reporting.forms.handing import HoldBackForm, PaperForm
from dondoc.reporting.models import Return
from dondoc.reporting.queries.content import cells_of, earlier_of, facts, texts_of
from dondoc.reporting.queries.form import Content, by_part, content_of
from dondoc.reporting.rules.checks import Fault
from dondoc.reporting.rules.courses import Standing, days_late
from dondoc.reporting.rules.parts import Part
from dondoc.reporting.rules.rights import leads
from dondoc.reporting.services import handing
from dondoc.reporting.views.common import head_context, own_report, report_or_404
from dondoc.reporting.views.printed import Printed
from dondoc.reporting.views.shown import locked_words
from dondoc.units import access


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    return _check_page(request, own_report(request, pk))


def _check_page(request: HttpRequest, report: Return, hold_back: HoldBackForm | None = None, status: int = 200) -> HttpResponse:
    """All that is wrong, by part, with ways there; and the button where nothing is."""
    content, actor = content_of(report), access.actor(request)
    by_leader = handing.wants_leader(report.unit)
    open_ = [fault for fault in content.faults if fault.blocks or not fault.explained]
    approving = report.state == ReturnState.APPROVING
    facts_ = {
        **head_context(request, report, "check"),
        "groups": [(part, len(faults), _lines(content, part, faults)) for part, faults in by_part(content, open_)],
        "blocking": sum(1 for one in open_ if one.blocks),
        "to_explain": sum(1 for one in open_ if not one.blocks),
        "explained": sum(1 for one in content.faults if one.explained),
        "approving": approving,
        "locked": "" if approving else locked_words(report),
        "by_leader": by_leader,
        "may_submit": handing.may_submit(actor, report),
        "leads": leads(actor, report),
        "token": uuid4(),
        "hold_back": (hold_back or HoldBackForm()) if approving and leads(actor, report) else None,
    }
    return render(request, "reporting/check.html", facts_, status=status)


def _lines(content: Content, part: Part, faults: list[Fault]) -> list[dict[str, Any]]:
    """One for each fault, and one for all cells that are still empty: the way to the first of them."""
    empty = [one for one in faults if one.place and not content.sheet.cell(one.place).is_filled]
    lines = [_line(content.report, part, one) for one in faults if one not in empty]
    return [*lines, _line(content.report, part, empty[0]) | {"empty": len(empty)}] if empty else lines


def _line(report: Return, part: Part, fault: Fault) -> dict[str, Any]:
    """A fault with the way to its cell."""
    address = f"{reverse('reporting:form', args=[report.pk])}?{part.key}"
    name, column = "", ""
    if fault.place and part.table:
        name = fault.place.code
        column = next((one.words for one in part.table.columns if one.key == fault.place.column), "")
        address += f"&nam={quote(fault.place.column)}#td-{quote(':'.join(fault.place))}"
    return {"fault": fault, "address": address, "name": name, "column": column}


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the draft in; the same form sent twice is one submission."""
    report = own_report(request, pk)
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError as error:
        raise Refused("Trang nộp đã cũ. Mở lại trang Kiểm tra và nộp.") from error
    try:
        handing.submit(actor=access.actor(request), report=report, token=token, at=clock.now())
    except handing.NotReady as refusal:
        messages.error(request, refusal.message)
        return redirect("reporting:check", pk)
    messages.success(request, "Đã nộp báo cáo")
    return redirect("reporting:receipt", pk)


@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponse:
    report = own_report(request, pk)
    try:
        handing.pass_on(actor=access.actor(request), report=report, at=clock.now())
    except handing.NotReady as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Đã trình lãnh đạo đơn vị")
    return redirect("reporting:check", pk)


@require_POST
def hold_back(request: HttpRequest, pk: int) -> HttpResponse:
    report, form = own_report(request, pk), HoldBackForm(request.POST)
    if not form.is_valid():
        return _check_page(request, report, form, status=422)
    handing.hold_back(actor=access.actor(request), report=report, at=clock.now(), note=form.cleaned_data["note"])
    messages.success(request, "Đã trả lại để sửa")
    return redirect("reporting:check", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in, when, by whom, in time or not; and the signed paper."""
    report = report_or_404(request, pk)
    context = head_context(request, report, "receipt")
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _paper_added(request, report, form):
        messages.success(request, "Đã ghi văn bản đã ký")
        return redirect("reporting:receipt", pk)
    events = report.events.select_related("recorded_by", "submission", "file").order_by("-recorded_at", "-pk")
    standing = Standing(ReturnState(report.state), report.first_received_on)
    late = days_late(standing, report.campaign.last_ok_on, report.first_received_on or access.actor(request).on)
    facts_ = {
        **context,
        "submission": report.submissions.select_related("made_by").last(),
        "events": events,
        "papers": [one for one in events if one.paper_code],
        "late": late,
        "form": form if context["fills"] and report.first_received_on else None,
    }
    return render(request, "reporting/receipt.html", facts_, status=422 if form.errors else 200)


def _paper_added(request: HttpRequest, report: Return, form: PaperForm) -> bool:
    """A new file does not outlive a refusal."""
    data = dict(form.cleaned_data)
    actor, upload = access.actor(request), data.pop("file")

    def add() -> None:
        with kept(upload, actor) as stored:
            handing.add_paper(actor=actor, report=report, at=clock.now(), file=stored, **data)

    return settled(form, add)


@require_safe
def scan(request: HttpRequest, pk: int, event_pk: int) -> FileResponse:
    """The scan of a signed paper."""
    event = get_object_or_404(report_or_404(request, pk).events.select_related("file"), pk=event_pk, file__isnull=False)
    if event.file is None or event.kind not in {ReturnEventKind.SIGNED, ReturnEventKind.SUBMITTED}:
        raise NotAllowed("Tệp này không phải bản quét của báo cáo đã ký.")
    return hand_out(event.file, inline=True)


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report on paper: the unit sees its draft, the recipient what was handed in."""
    report = report_or_404(request, pk)
    context = head_context(request, report, "print")
    if context["fills"]:
        content = content_of(report)
    else:
        version = facts(report.group.template)
        content = Content(report, version, cells_of(report, "sent_"), texts_of(report, "sent_"), earlier_of(report))
    is_empty = not context["fills"] and report.first_received_on is None
    return render(request, "reporting/print.html", {**context, "printed": Printed(content), "is_empty": is_empty})
