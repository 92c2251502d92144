"""Templates that come in as a file: a look through that saves nothing, then the draft."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from dondoc.common.errors import Refused
from dondoc.reporting.forms.templates import FileForm, OwnForm
from dondoc.reporting.outline_files import Taken, read_file
from dondoc.reporting.queries.templates import possible_owners
from dondoc.reporting.rules.templates import TemplateError, read, write
from dondoc.reporting.views.template_shown import shown_of
from dondoc.reporting.views.templates import made, maker

SPOILT = "Nội dung đã đọc không còn nguyên vẹn. Chọn lại tệp."


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Choose a file and look through what it says."""
    actor = maker(request)
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if posted and form.is_valid():
        upload = form.cleaned_data["upload"]
        try:
            taken = read_file(upload.name or "", upload.read())
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message.splitlines())
        else:
            own = OwnForm(owners=possible_owners(actor), code=taken.facts.code)
            return _preview(request, taken, own)
    return render(request, "reporting/template_file.html", {"form": form}, status=422 if posted else 200)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Make the draft of what was looked through; it comes back with the form, and is read again."""
    actor = maker(request)
    try:
        facts = read(request.POST.get("text", ""))
    except TemplateError as error:
        raise Refused(SPOILT) from error
    doubts = [line for line in request.POST.get("doubts", "").splitlines() if line]
    own = OwnForm(request.POST, owners=possible_owners(actor))
    if own.is_valid() and (version := made(request, own, replace(facts, code=own.cleaned_data["code"]))):
        messages.success(request, "Đã lập bản soạn từ tệp. Xem lại từng mục, từng chỉ tiêu trước khi đưa vào dùng.")
        return redirect("reporting:template", version.pk)
    return _preview(request, Taken(facts, doubts), own, 422)


def _preview(request: HttpRequest, taken: Taken, own: OwnForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "shown": shown_of(taken.facts),
        "doubts": taken.doubts,
        "own": own,
        "text": write(taken.facts),
        "told": "\n".join(taken.doubts),
    }
    return render(request, "reporting/template_file.html", context, status=status)
