"""The forms of all units of a campaign as files: handed out together, and taken in together."""

from collections.abc import Iterable
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from dondoc.common import clock, downloading
from dondoc.common.errors import NotAllowed, Refused
from dondoc.files.rules import clean_name
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.forms.files import ManyFilledForm
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries.mine import with_all
from dondoc.reporting.rules.rights import may_run
from dondoc.reporting.services.collecting import Collected, collect
from dondoc.reporting.services.recording import NOT_THE_RECIPIENT
from dondoc.reporting.unit_files.contents import form_of
from dondoc.reporting.unit_files.guarding import Kind, check_size
from dondoc.reporting.views.campaigns import context_of, received_or_refused
from dondoc.reporting.views.files import WRITERS
from dondoc.units import access

A_FILE = 200
"""So many forms stand in one .zip."""


def _run(request: HttpRequest, pk: int) -> Campaign:
    campaign = received_or_refused(request, pk)
    if not may_run(access.actor(request), campaign):
        raise NotAllowed(NOT_THE_RECIPIENT)
    return campaign


@require_http_methods(["GET", "HEAD", "POST"])
def upload_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the files that units sent; then a line for each of them."""
    campaign = _run(request, pk)
    on = access.actor(request).on
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ManyFilledForm(*posted, on=on, initial={"received_on": on})
    if form.is_valid():
        lines = [_collected(request, campaign, one, form.cleaned_data["received_on"]) for one in form.cleaned_data["upload"]]
        counts = {
            "handed_in": sum(1 for one in lines if one.handed_in),
            "written": sum(1 for one in lines if one.done.written and not one.handed_in),
            "refused": sum(1 for one in lines if not one.done.written),
        }
        context = {**context_of(request, campaign), "form": form, "lines": lines, "counts": counts}
        return render(request, "reporting/many_files_result.html", context)
    waiting = _waiting(campaign).count()
    parts = [(first + 1, min(first + A_FILE, waiting), first // A_FILE) for first in range(0, waiting, A_FILE)]
    context = {**context_of(request, campaign), "form": form, "parts": parts}
    return render(request, "reporting/many_files.html", context, status=422 if form.errors else 200)


def _collected(request: HttpRequest, campaign: Campaign, upload: Any, received_on: Any) -> Collected:
    name = clean_name(upload.name or "")
    try:
        check_size(upload.size or 0)
    except Refused as refusal:
        return Collected(name, problem=refusal.message)
    actor = access.actor(request)
    return collect(actor=actor, campaign=campaign, name=name, data=upload.read(), at=clock.now(), received_on=received_on)


@require_safe
def forms_of_all(request: HttpRequest, pk: int, ending: str, part: str) -> FileResponse:
    """A .zip with the form of each unit that still owes its report."""
    campaign = _run(request, pk)
    reports = list(with_all(_waiting(campaign))[int(part) * A_FILE : (int(part) + 1) * A_FILE])
    if not reports:
        raise Http404
    on, at = access.actor(request).on, clock.now()

    def write(target: IO[bytes]) -> None:
        with ZipFile(target, "w", ZIP_STORED) as packed:
            for name, report in _named(reports):
                packed.writestr(f"{name}.{ending}", WRITERS[Kind(f".{ending}")](form_of(report, on, at, on_behalf=True)))

    kind = "Excel" if ending == "xlsx" else "Word"
    title = f"Mẫu {kind} {campaign.period_name}{f' phần {int(part) + 1}' if int(part) else ''}"
    return downloading.hand_out(clean_name(title.replace("/", "-")), "zip", "application/zip", write)


def _waiting(campaign: Campaign) -> Any:
    return campaign.returns.filter(state__in=[ReturnState.EXPECTED, ReturnState.RETURNED]).order_by("unit__search_text", "pk")


def _named(reports: Iterable[Return]) -> Iterable[tuple[str, Return]]:
    """Units of one name are told apart by their number."""
    taken: set[str] = set()
    for report in reports:
        name = clean_name(report.unit.name.replace("/", "-"))
        yield f"{name} {report.pk}" if name in taken else name, report
        taken.add(name)
