from typing import cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.pages import page_of
from dondoc.notices import queries, services
from dondoc.notices.calendar import holidays
from dondoc.notices.models import Notice
from dondoc.units.models import Person

COLUMNS: tuple[Column[Notice], ...] = (
    Column("Lúc", lambda one: one.made_at, width=18),
    Column("Mức", lambda one: one.get_weight_display(), width=16),
    Column("Thông báo", lambda one: one.text, width=90),
    Column("Đã xem lúc", lambda one: one.read_at, width=18),
)


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)


@require_safe
def notice_list(request: HttpRequest) -> HttpResponseBase:
    """What I was told, the newest first, and the days of rest on which nobody is reminded."""
    person = _person(request)
    if file := wanted_format(request):
        return download(request, file, "Thông báo", COLUMNS, queries.notices_of(person).iterator(chunk_size=500))
    today = clock.today()
    coming = [holiday for holiday in holidays() if holiday.last >= today][:5]
    context = {
        "page": page_of(request, queries.notices_of(person)),
        "unread": queries.unread(person),
        "holidays": coming,
        "unverified": any(holiday.verified_on is None for holiday in coming),
    }
    return render(request, "notices/list.html", context)


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell of the top bar with its number; fetched after the page."""
    return render(request, "notices/_bell.html", {"unread": queries.unread(_person(request))})


@require_safe
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what the notice is about; from then on it counts as read."""
    person = _person(request)
    notice = get_object_or_404(queries.notices_of(person), pk=pk)
    services.read(person=person, notice=notice, at=clock.now())
    return redirect(notice.address)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    services.read_all(person=_person(request), at=clock.now())
    return redirect("notices:list")
