"""Who may see a document."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dondoc.common.errors import NotAllowed
from dondoc.documents import services
from dondoc.documents.forms.handing_in import VisibilityForm
from dondoc.documents.rules.access import NOT_YOURS, may_review
from dondoc.documents.views.common import document_of
from dondoc.units.access import actor


@require_http_methods(["GET", "HEAD", "POST"])
def visibility(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk)
    if not may_review(actor(request), document):
        raise NotAllowed(NOT_YOURS)
    initial = {"visibility": document.visibility, "units": [unit.pk for unit in document.restricted_to.all()]}
    form = VisibilityForm(request.POST or None, initial=initial, province_id=document.province_id)
    if request.method == "POST" and form.is_valid():
        services.set_visibility(actor=actor(request), document=document, **form.cleaned_data)
        messages.success(request, "Đã đổi phạm vi xem")
        return redirect("documents:page", pk)
    return render(
        request, "documents/visibility.html", {"document": document, "form": form}, status=422 if form.is_bound else 200
    )
