"""Handing in files: each by itself, so that one bad file never stops the others."""

from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents import queries, services
from dondoc.documents.forms.handing_in import HandInForm
from dondoc.documents.models import Document
from dondoc.documents.rules.access import NO_SEAT
from dondoc.documents.views.common import is_htmx
from dondoc.units.access import actor
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

HIDDEN = (
    "Tệp này đã có trong tỉnh, do đơn vị khác nộp và hạn chế người xem. Liên hệ Văn phòng UBND tỉnh nếu đơn vị cần văn bản này."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: accepted, known, hidden or refused."""

    name: str
    kind: str
    message: str = ""
    document: Document | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    who = actor(request)
    units = queries.units_to_hand_in(who)
    if not units:
        raise NotAllowed(NO_SEAT)
    form = HandInForm(request.POST or None, request.FILES or None, units=units, today=clock.today())
    if request.method != "POST" or not form.is_valid():
        name = "documents/_hand_in_errors.html" if is_htmx(request) else "documents/hand_in.html"
        return render(request, name, {"form": form}, status=422 if form.is_bound else 200)
    held = form.cleaned_data
    outcomes = [
        _take(upload, who, held["unit"], held["fallback_date"], restricted=held["restricted"]) for upload in held["upload"]
    ]
    if is_htmx(request):
        return render(request, "documents/_outcomes.html", {"outcomes": outcomes})
    fresh = HandInForm(units=units, today=clock.today())
    return render(request, "documents/hand_in.html", {"form": fresh, "outcomes": outcomes})


def _take(upload: UploadedFile, who: Actor, unit: Unit, fallback_date: date | None, *, restricted: bool) -> Outcome:
    name = upload.name or "tệp"
    try:
        held = services.hand_in(
            actor=who, unit=unit, upload=upload, at=clock.now(), fallback_date=fallback_date, restricted=restricted
        )
    except Refused as refused:
        return Outcome(name, "refused", refused.message)
    if held.created:
        return Outcome(name, "accepted", document=held.document)
    return Outcome(name, "known", document=held.document) if held.in_sight else Outcome(name, "hidden", HIDDEN)
