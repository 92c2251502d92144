"""Versions of one document: a person's word on them, and what is different between two."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.documents import queries, services
from dondoc.documents.models import Document, DocumentReading
from dondoc.documents.rules import changes
from dondoc.documents.rules.access import may_review
from dondoc.documents.rules.comparing import differences
from dondoc.documents.rules.versions import names
from dondoc.documents.views.common import document_of
from dondoc.units.access import actor


@require_POST
def judge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Là một văn bản, or Không phải."""
    document, second = document_of(request, pk), document_of(request, other)
    same = request.POST.get("same") == "1"
    services.judge_version(actor=actor(request), document=document, other=second, same=same, at=clock.now())
    messages.success(request, "Đã ghi hai tệp là một văn bản" if same else "Đã ghi hai tệp là hai văn bản khác nhau")
    return redirect("documents:page", pk)


@require_safe
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """What the older of the two says otherwise than the newer one; what a scan merely read badly is left out."""
    document = document_of(request, pk)
    (older, older_name), (newer, newer_name) = names([document, document_of(request, other)] if pk != other else [document] * 2)
    one, two = _reading(older), _reading(newer)
    items = queries.items_of(older), queries.items_of(newer)
    judged = document.version_group is not None and older.version_group == newer.version_group
    shown = {
        "document": document,
        "other": newer if older.pk == pk else older,
        "sides": ((older, older_name), (newer, newer_name)),
        "particulars": changes.particulars(*items),
        "contents": changes.contents(*items, (one.text, two.text)),
        "differences": differences(one.text, two.text),
        "judged": judged,
        "may_review": may_review(actor(request), document),
    }
    return render(request, "documents/compare.html", shown)


def _reading(document: Document) -> DocumentReading:
    return get_object_or_404(document.readings.defer("raw", "offsets"), current=True)
