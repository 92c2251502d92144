"""Words on items that need no form: Đúng, Bỏ, Hoàn tác, and those on many at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from dondoc.common import clock
from dondoc.documents import services
from dondoc.documents.models import Item
from dondoc.documents.views.common import acted, document_of, facts, is_htmx, item_of, panel_of
from dondoc.units.access import actor

FEW = 3


@require_safe
def card(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """One card, to put back what a form had taken the place of; without htmx the page itself."""
    document, item = item_of(request, pk, key)
    panel = panel_of(request, document)
    if panel is None or not is_htmx(request):
        return redirect(f"{reverse('documents:page', args=[pk])}?muc={key}#muc-{item.pk}")
    cards = panel.cards_of([known for known in panel.items if known.pk == item.pk])
    return render(request, "documents/_card.html", facts(request, document, panel) | {"card": cards[0]})


@require_POST
def accept(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    document, item = item_of(request, pk, key)
    services.accept(actor=actor(request), item=item, at=clock.now())
    return acted(request, document, [item], "Đã xác nhận")


@require_POST
def reject(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    document, item = item_of(request, pk, key)
    services.reject(actor=actor(request), item=item, at=clock.now())
    return acted(request, document, [item], "Đã bỏ")


@require_POST
def undo(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    document, item = item_of(request, pk, key)
    items = services.undo(actor=actor(request), item=item, at=clock.now())
    return acted(request, document, [item, *(other for other in items if other.pk != item.pk)], "Đã hoàn tác")


@require_POST
def undo_last(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk)
    items = services.undo_last(actor=actor(request), document=document, at=clock.now())
    return _many(request, pk, items, "Đã hoàn tác")


@require_POST
def accept_certain(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk)
    items = services.accept_certain(actor=actor(request), document=document, at=clock.now())
    said = f"Đã nhận {len(items)} mục chắc" if items else "Không còn mục chắc nào chưa xem"
    return _many(request, pk, items, said)


@require_POST
def accept_particulars(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk)
    kind = request.POST.get("kind", "")
    items = services.accept_particulars(actor=actor(request), document=document, kind=kind, at=clock.now())
    return _many(request, pk, items, f"Đã nhận {len(items)} mục")


def _many(request: HttpRequest, pk: int, items: list[Item], said: str) -> HttpResponse:
    """Cards of a few items are put in place; for many the page is loaded anew."""
    document = document_of(request, pk)
    if is_htmx(request) and len(items) <= FEW:
        return acted(request, document, items, said)
    if is_htmx(request):
        acted_page = f"{reverse('documents:page', args=[pk])}?tab={request.POST.get('tab', '')}"
        messages.success(request, said)
        return HttpResponseClientRedirect(acted_page)
    return acted(request, document, items, said)
