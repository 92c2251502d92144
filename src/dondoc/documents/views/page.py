"""The reading page: the paper and what was found in it."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from dondoc.common import clock
from dondoc.documents import kin, pictures, queries, services
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document
from dondoc.documents.reading import Unreadable, version
from dondoc.documents.rules.access import may_review
from dondoc.documents.rules.states import is_silent
from dondoc.documents.views.common import document_of, facts, is_htmx, panel_of
from dondoc.documents.views.left import Left
from dondoc.documents.views.panel import PAGE
from dondoc.files.views import hand_out
from dondoc.units.access import actor

RUNNING = frozenset({DocumentState.QUEUED, DocumentState.READING})


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("muc", ""))
    except ValueError:
        return None


@require_safe
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper with its items; while there is none, how the reading goes."""
    document = document_of(request, pk)
    panel = panel_of(request, document, key=_key(request))
    if panel is None or document.state in RUNNING:
        return render(request, "documents/waiting.html", _waiting(request, document))
    left = Left.of(request, panel)
    cards = panel.cards(count=_wanted(request))
    shown = facts(request, document, panel) | {
        "left": left,
        "told": left.told,
        "cards": cards,
        "shown": len(cards),
        "rest": max(0, len(panel.sorted_items) - len(cards)),
        "reading": panel.reading,
        "pages": len(panel.reading.pages),
        "source": panel.reading.contract.get("source") or {},
        "newer_reader": panel.reading.reader_version != version(),
        "cited_by": queries.cited_by(document, actor(request)) if panel.tab == "thong-tin" else [],
        "proposals": kin.proposals(document, actor(request)),
        "versions": kin.versions(document, actor(request)),
    }
    return render(request, "documents/page.html", shown)


def _wanted(request: HttpRequest) -> int:
    """How many cards; more are asked for in the address where there are no scripts."""
    wanted = request.GET.get("so", "")
    return max(PAGE, min(int(wanted), 5000)) if wanted.isdecimal() else PAGE


def _waiting(request: HttpRequest, document: Document) -> dict[str, object]:
    return {
        "document": document,
        "running": document.state in RUNNING,
        "silent": document.state in RUNNING and is_silent(document.progress_at, clock.now()),
        "may_review": may_review(actor(request), document),
    }


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; asked again and again by the page, which is loaded anew when it ends."""
    document = document_of(request, pk)
    if document.state not in RUNNING:
        return HttpResponseClientRefresh() if is_htmx(request) else redirect("documents:page", pk)
    return render(request, "documents/_progress.html", _waiting(request, document))


@require_safe
def item_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A tab's cards; from ``?tu=`` on where the page fetches more of them."""
    document = document_of(request, pk)
    panel = panel_of(request, document, key=_key(request))
    if panel is None:
        raise Http404
    start = int(request.GET["tu"]) if request.GET.get("tu", "").isdecimal() else 0
    cards = panel.cards(start)
    shown = facts(request, document, panel) | {
        "cards": cards,
        "shown": start + len(cards),
        "rest": max(0, len(panel.sorted_items) - start - len(cards)),
        "cited_by": queries.cited_by(document, actor(request)) if panel.tab == "thong-tin" else [],
    }
    return render(request, "documents/_more.html" if start else "documents/_items.html", shown)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The image of one page with the places of the items on it."""
    document = document_of(request, pk)
    panel = panel_of(request, document, key=_key(request))
    if panel is None:
        raise Http404
    left = Left(panel, "anh", request.GET.get("trang", ""), request.GET.get("cho", ""))
    if not left.has_images:
        raise Http404
    shown = {"document": document, "left": left, "tab": panel.tab, "pages": len(panel.reading.pages)}
    return render(request, "documents/_sheet.html", shown)


@require_safe
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The image itself, for those who may see the document; it never changes, so the browser keeps it."""
    document = document_of(request, pk)
    reading = queries.current_reading(document)
    if document.file is None or reading is None:
        raise Http404
    page = next((page for page in reading.pages if page["number"] == number), None)
    if page is None:
        raise Http404
    width = pictures.WIDTHS[bool(request.GET.get("lon"))]
    try:
        drawn = pictures.picture(document.file, number, width, int(page.get("turn") or 0))
    except Unreadable as missing:
        raise Http404(missing.message) from missing
    answer = HttpResponse(drawn, content_type="image/webp")
    answer["Cache-Control"] = "private, max-age=86400"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file itself; a PDF opens in the browser."""
    document = document_of(request, pk)
    if document.file is None:
        raise Http404
    return hand_out(document.file, name=document.name, inline=True)


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk)
    services.stop(actor=actor(request), document=document)
    messages.success(request, "Đã dừng đọc")
    return redirect("documents:page", pk)


@require_POST
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk)
    services.read_again(actor=actor(request), document=document, at=clock.now())
    messages.success(request, "Đang đọc lại văn bản")
    return redirect("documents:page", pk)
