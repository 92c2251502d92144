from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common import clock
from dondoc.common.pages import page_of
from dondoc.programmes.queries.listing import entries_of
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.units import access


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """The programmes that the person may see, the newest first, each with its figures and its light."""
    programmes = visible_programmes(access.actor(request)).select_related("lead_unit")
    text = request.GET.get("tim", "").strip()
    if text:
        programmes = programmes.filter(title__icontains=text)
    page = page_of(request, programmes, size=20)
    entries = entries_of(list(page.object_list), clock.today())
    return render(request, "programmes/list.html", {"page": page, "entries": entries, "text": text})
