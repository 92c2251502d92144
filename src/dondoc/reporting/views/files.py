"""A unit's form as a file: made for it, and taken back; on its unit's behalf by those who receive the report."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import IO, Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dondoc.common import clock, downloading, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.files.rules import clean_name
from dondoc.reporting.forms.files import BehalfForm, FilledForm
from dondoc.reporting.models import Return
from dondoc.reporting.queries.form import by_part, content_of
from dondoc.reporting.queries.visible import visible_returns
from dondoc.reporting.rules.checks import Fault
from dondoc.reporting.rules.parts import Part
from dondoc.reporting.rules.rights import may_fill, may_run
from dondoc.reporting.services import handing, uploading
from dondoc.reporting.services.collecting import hand_in_for
from dondoc.reporting.services.uploading import Uploaded, place_chosen
from dondoc.reporting.unit_files import excel, word
from dondoc.reporting.unit_files.contents import Filled, UnitForm, form_of
from dondoc.reporting.unit_files.guarding import Kind
from dondoc.reporting.unit_files.reading import read_form
from dondoc.reporting.unit_files.sealing import packed, unpacked
from dondoc.reporting.views.common import head_context, report_or_404
from dondoc.reporting.views.shown import locked_words
from dondoc.units import access

WRITERS: Mapping[Kind, Callable[[UnitForm], bytes]] = {Kind.EXCEL: excel.to_xlsx, Kind.WORD: word.to_docx}
TYPES = {
    Kind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NEITHER = "Chỉ người của đơn vị phải báo cáo, cơ quan nhận báo cáo và Văn phòng UBND tỉnh dùng được mẫu này."


def filled_by(request: HttpRequest, pk: int) -> tuple[Return, bool]:
    """The report, and whether it is filled in on its unit's behalf."""
    report, actor = report_or_404(request, pk), access.actor(request)
    if may_fill(actor, report):
        return report, False
    if may_run(actor, report.campaign):
        return report, True
    raise NotAllowed(NEITHER)


@require_safe
def form_file(request: HttpRequest, pk: int, ending: str) -> FileResponse:
    """The form made for the unit, with what its draft holds now; for those who receive it, what it has handed in."""
    report, behalf = filled_by(request, pk)
    kind = Kind(f".{ending}")
    data = WRITERS[kind](form_of(report, access.actor(request).on, clock.now(), on_behalf=behalf))

    def write(target: IO[bytes]) -> None:
        target.write(data)

    name = clean_name(f"{report.unit.name} - {report.campaign.period_name}".replace("/", "-"))
    return downloading.hand_out(name, ending, TYPES[kind], write)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a file; then, where something in it cannot be taken as it is, decide about it."""
    report, behalf = filled_by(request, pk)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BehalfForm(*posted, on=access.actor(request).on) if behalf else FilledForm(*posted)
    if request.method != "POST":
        return _choose(request, report, form)
    if "held" in request.POST:
        return _decided(request, report, behalf=behalf)
    if not form.is_valid():
        return _choose(request, report, form)
    chosen: UploadedFile = form.cleaned_data["upload"]
    name = clean_name(chosen.name or "")
    filled = None
    try:
        filled = read_form(chosen.read())
        done = _taken(request, report, filled, name, behalf=behalf)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error("upload", refusal.message)
        return _choose(request, report, form, filled)
    for words in filled.notices:
        messages.info(request, words)
    if done.is_clean:
        messages.success(request, said(done, name))
        return _onwards(request, report, behalf=behalf, received_on=form.cleaned_data.get("received_on"), file=chosen)
    return _asked(request, report, filled, done, name, form.cleaned_data.get("received_on"))


def _taken(request: HttpRequest, report: Return, filled: Filled, name: str, *, behalf: bool, **more: Any) -> Uploaded:
    actor = access.actor(request)
    return uploading.upload(actor=actor, report=report, filled=filled, at=clock.now(), on_behalf=behalf, file_name=name, **more)


def _choose(request: HttpRequest, report: Return, form: FilledForm, filled: Filled | None = None) -> HttpResponse:
    """``filled``: of a file that does not belong here; the way to where it does, for those who may go there."""
    other = None
    if filled and filled.stamp.report != report.pk:
        actor = access.actor(request)
        found = visible_returns(actor).filter(pk=filled.stamp.report).select_related("unit", "campaign").first()
        other = found if found and (may_fill(actor, found) or may_run(actor, found.campaign)) else None
    context = {**head_context(request, report, "files"), "form": form, "locked": locked_words(report), "other": other}
    return render(request, "reporting/files.html", context, status=422 if form.errors else 200)


def _asked(
    request: HttpRequest, report: Return, filled: Filled, done: Uploaded, name: str, received_on: date | None
) -> HttpResponse:
    """What could not be taken as it is, each at its place, for the person to decide."""
    context = {
        **head_context(request, report, "files"),
        "done": done,
        "name": name,
        "held": packed(filled),
        "received_on": received_on,
        "here": reverse("reporting:upload", args=[report.pk]),
    }
    return render(request, "reporting/files_result.html", context, status=200 if done.written else 422)


def _decided(request: HttpRequest, report: Return, *, behalf: bool) -> HttpResponse:
    """Write what is good, with the file's own where the person chose it."""
    posted = request.POST
    name = clean_name(posted.get("name", ""))
    try:
        filled, taking = unpacked(posted["held"]), posted.getlist("lay")
        done = _taken(request, report, filled, name, behalf=behalf, good_only=True, taking=taking)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("reporting:upload", report.pk)
    messages.success(request, said(done, name))
    open_ = {place_chosen(choice) for choice in done.choices}
    if any(place_chosen(one) in open_ for one in taking):
        messages.warning(request, "Có chỗ đã chọn vừa được người khác sửa nên chưa ghi. Xem lại rồi chọn.")
        return _asked(request, report, filled, done, name, wording.read_day(posted.get("received_on", "")))
    if done.faults:
        messages.warning(request, f"{len(done.faults)} chỗ của tệp chưa ghi được. Nhập trên trang, hoặc sửa tệp rồi chọn lại.")
    day = None if done.faults else wording.read_day(posted.get("received_on", ""))
    return _onwards(request, report, behalf=behalf, received_on=day)


def _onwards(
    request: HttpRequest, report: Return, *, behalf: bool, received_on: date | None, file: UploadedFile | None = None
) -> HttpResponse:
    """The unit goes to the check. Those who received it hand it in where they said on which day."""
    if not behalf:
        return redirect("reporting:check", report.pk)
    if not received_on:
        return redirect("reporting:review", report.campaign_id, report.pk)
    try:
        hand_in_for(actor=access.actor(request), report=report, at=clock.now(), received_on=received_on, file=file)
    except handing.NotReady as refusal:
        messages.warning(request, refusal.message)
        report.refresh_from_db()
        context = {**head_context(request, report, "files"), "groups": _unready(report, refusal.faults)}
        return render(request, "reporting/files_unready.html", context)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("reporting:upload", report.pk)
    messages.success(request, f"Đã nộp thay {report.unit.name}")
    return redirect("reporting:review", report.campaign_id, report.pk)


def _unready(report: Return, faults: list[Fault]) -> list[tuple[Part, list[Fault], int]]:
    """What is wrong, part by part, and how many cells are still empty there."""
    content = content_of(report)

    def is_empty(fault: Fault) -> bool:
        return fault.place is not None and not content.sheet.cell(fault.place).is_filled

    return [
        (part, [one for one in found if not is_empty(one)], sum(1 for one in found if is_empty(one)))
        for part, found in by_part(content, faults)
    ]


def said(done: Uploaded, name: str) -> str:
    """What was written: *48 ô, 3 mục*, and from which file."""
    if not done.good:
        return f"Tệp “{name}” không có gì khác bản nhập nên không ghi thêm."
    return f"Đã ghi {done.counted} từ tệp “{name}”."
