"""The list of documents, with the place to hand in more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common import clock
from dondoc.common.pages import page_of
from dondoc.documents import queries
from dondoc.documents.forms.handing_in import FilterForm, HandInForm
from dondoc.documents.views.common import is_htmx
from dondoc.documents.views.page import RUNNING
from dondoc.units.access import actor


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    who = actor(request)
    visible = queries.visible_documents(who)
    form = FilterForm(request.GET, types=queries.types_of(visible))
    wanted = form.wanted()
    page = page_of(request, queries.listed(visible, **wanted))
    units = queries.units_to_hand_in(who)
    shown = {
        "page": page,
        "form": form,
        "filtered": any(wanted.values()),
        "running": any(document.state in RUNNING for document in page),
        "hand_in": HandInForm(units=units, today=clock.today()) if units else None,
    }
    if is_htmx(request):
        return render(request, "documents/_rows.html", shown)
    return render(request, "documents/list.html", shown)
