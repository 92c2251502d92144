"""What the pages of documents share: finding what is asked for, answering after an act."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from dondoc.documents import queries
from dondoc.documents.models import Document, Item
from dondoc.documents.rules.access import may_review
from dondoc.documents.views.panel import Panel
from dondoc.units.access import actor


def document_of(request: HttpRequest, pk: int) -> Document:
    """The document, if the person may see it; else it is not there."""
    visible = queries.visible_documents(actor(request)).select_related("unit", "file", "uploaded_by")
    return get_object_or_404(visible, pk=pk)


def item_of(request: HttpRequest, pk: int, key: UUID) -> tuple[Document, Item]:
    document = document_of(request, pk)
    item = get_object_or_404(document.items.select_related("reading"), key=key)
    item.document = document
    return document, item


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def panel_of(request: HttpRequest, document: Document, *, key: UUID | None = None) -> Panel | None:
    """The items as they are now, in the tab that the page was on; none while nothing was read."""
    reading = queries.current_reading(document)
    if reading is None:
        return None
    tab = request.POST.get("tab") or request.GET.get("tab") or ""
    return Panel(document, reading, actor(request), tab=tab, key=key)


def facts(request: HttpRequest, document: Document, panel: Panel) -> dict[str, Any]:
    """What the head and the cards are drawn from."""
    return {"document": document, "panel": panel, "tab": panel.tab, "may_review": may_review(actor(request), document)}


def address_of(item: Item, tab: str) -> str:
    return f"{reverse('documents:page', args=[item.document_id])}?tab={tab}&muc={item.key}#muc-{item.pk}"


def acted(request: HttpRequest, document: Document, items: list[Item], said: str) -> HttpResponse:
    """After an act: the cards of ``items`` anew, the head and the tabs with them; without htmx back to the page."""
    tab = request.POST.get("tab", "")
    if not is_htmx(request):
        messages.success(request, said)
        return redirect(address_of(items[0], tab)) if items else redirect("documents:page", document.pk)
    document.refresh_from_db()
    panel = panel_of(request, document)
    if panel is None:
        return HttpResponseClientRedirect(reverse("documents:page", args=[document.pk]))
    known = {item.pk: item for item in panel.items}
    shown = request.headers.get("X-Shown")
    on_page = known.keys() if shown is None else {int(pk) for pk in shown.split(",") if pk.isdecimal()}
    cards = panel.cards_of([known[item.pk] for item in items if item.pk in known and item.pk in on_page])
    response = render(request, "documents/_acted.html", facts(request, document, panel) | {"cards": cards})
    looks = {mark.ident: mark.css for mark in panel.marks}
    touched = {item.pk: looks.get(item.pk, "off") for item in items}
    return trigger_client_event(
        response, "documents:said", {"text": said, "items": list(touched), "marks": touched}, after="settle"
    )


def to_item(request: HttpRequest, item: Item, said: str, tab: str = "") -> HttpResponse:
    """To the page with ``item`` in sight: after an act that makes or moves cards."""
    messages.success(request, said)
    address = address_of(item, tab)
    return HttpResponseClientRedirect(address) if is_htmx(request) else redirect(address)
