"""Words on items that take a form: Sửa, Thêm, Tách, Gộp, and the particulars that settle a finding."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents import services
from dondoc.documents.enums import ItemKind
from dondoc.documents.forms.items import AddForm, PaperDateForm, SplitForm, form_for, preview
from dondoc.documents.models import Document, Item
from dondoc.documents.rules import telling
from dondoc.documents.rules.access import NOT_YOURS, may_review
from dondoc.documents.rules.contents import ADDABLE
from dondoc.documents.rules.fields import BY_NAME, RULE_FIELDS
from dondoc.documents.views.common import acted, document_of, is_htmx, item_of, to_item
from dondoc.units.access import actor

NEIGHBOURS = 6


def _may(request: HttpRequest, document: Document) -> None:
    if not may_review(actor(request), document):
        raise NotAllowed(NOT_YOURS)


def _reading_day(document: Document) -> date | None:
    """The day that a deadline without a year is understood by."""
    return document.issued_on or document.fallback_date


def _form_page(request: HttpRequest, document: Document, form: Form, **more: Any) -> HttpResponse:
    """The form in the card's place, or on a page of its own."""
    name = "documents/_form.html" if is_htmx(request) else "documents/form.html"
    shown = {"document": document, "form": form, "tab": request.POST.get("tab") or request.GET.get("tab") or "", **more}
    return render(request, name, shown, status=422 if form.is_bound else 200)


def _refused(form: Form, refused: Refused) -> None:
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, ValidationError(refused.message))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    document, item = item_of(request, pk, key)
    _may(request, document)
    if item.kind == ItemKind.FINDING:
        raise Refused("Cảnh báo không sửa được; sửa mục mà cảnh báo nói đến.")
    form = form_for(item.kind, item.content, request.POST or None, issued_on=_reading_day(document))
    if request.method == "POST" and form.is_valid():
        try:
            services.correct(actor=actor(request), item=item, content=form.content(), at=clock.now())
        except NotAllowed:
            raise
        except Refused as refused:
            _refused(form, refused)
        else:
            return acted(request, document, [item], "Đã lưu bản sửa")
    label = telling.label_of(item.kind, item.content)
    return _form_page(request, document, form, item=item, heading=f"Sửa: {label}", action="Lưu bản sửa", icon="pencil")


@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    document, item = item_of(request, pk, key)
    _may(request, document)
    form = SplitForm(request.POST or None, initial={"first": telling.title_of(item.kind, item.content)})
    if request.method == "POST" and form.is_valid():
        services.split(actor=actor(request), item=item, at=clock.now(), **form.cleaned_data)
        return to_item(request, item, "Đã tách làm hai mục", request.POST.get("tab", ""))
    explanation = "Cắt phần nội dung của mục thứ hai sang ô dưới. Chủ trì, phối hợp, thời hạn được chép sang cả hai mục."
    return _form_page(
        request,
        document,
        form,
        item=item,
        heading="Tách làm hai mục",
        action="Tách",
        icon="arrows-split",
        explanation=explanation,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    document, item = item_of(request, pk, key)
    _may(request, document)
    if request.method == "POST":
        try:
            other_key = UUID(request.POST.get("other", ""))
        except ValueError:
            raise Refused("Chưa chọn mục để gộp. Chọn một mục rồi bấm Gộp.") from None
        other = get_object_or_404(document.items, key=other_key)
        services.merge(actor=actor(request), item=item, other=other, at=clock.now())
        return to_item(request, item, "Đã gộp hai mục", request.POST.get("tab", ""))
    name = "documents/_merge.html" if is_htmx(request) else "documents/merge.html"
    rows = [(other, telling.title_of(other.kind, other.content)) for other in _neighbours(item)]
    shown = {"document": document, "item": item, "title": telling.title_of(item.kind, item.content), "rows": rows}
    return render(request, name, shown | {"tab": request.GET.get("tab", "")})


def _neighbours(item: Item) -> list[Item]:
    """The items of the kind that stand nearest; those are what a reader cuts apart by mistake."""
    alike = item.document.items.filter(kind=item.kind, orphaned=False).exclude(pk=item.pk).exclude(state="rejected")
    near = sorted(alike, key=lambda other: (abs(other.span_start - item.span_start), other.position))[:NEIGHBOURS]
    return sorted(near, key=lambda other: other.position)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    document = document_of(request, pk)
    _may(request, document)
    form = AddForm(request.POST or None, initial={"kind": ADDABLE[0]}, issued_on=_reading_day(document))
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            item = services.add(
                actor=actor(request),
                document=document,
                kind=held["kind"],
                content=form.content(),
                start=held["start"] or 0,
                end=held["end"] or 0,
                quote=held["quote"],
                at=clock.now(),
            )
        except NotAllowed:
            raise
        except Refused as refused:
            _refused(form, refused)
        else:
            return to_item(request, item, "Đã thêm mục từ đoạn chọn")
    return _form_page(request, document, form, heading="Thêm mục từ văn bản", action="Thêm", icon="plus")


@require_http_methods(["GET", "HEAD", "POST"])
def particular(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """A particular that the reader did not find at all."""
    document = document_of(request, pk)
    _may(request, document)
    if field not in BY_NAME:
        raise Http404
    form = form_for(ItemKind.METADATA, {"field": field}, request.POST or None, issued_on=None)
    if request.method == "POST" and form.is_valid():
        try:
            value = form.content()["value"]
            item = services.set_field(actor=actor(request), document=document, field=field, value=value, at=clock.now())
        except NotAllowed:
            raise
        except Refused as refused:
            _refused(form, refused)
        else:
            return to_item(request, item, f"Đã ghi {BY_NAME[field].label.lower()}", "thong-tin")
    return _form_page(request, document, form, heading=f"Ghi {BY_NAME[field].label.lower()}", action="Ghi", icon="pencil")


@require_POST
def settle(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """The particular that a finding doubts, as the paper has it."""
    document, item = item_of(request, pk, key)
    field = RULE_FIELDS.get(str(item.content.get("rule") or ""))
    if item.kind != ItemKind.FINDING or field is None:
        raise Http404
    value = request.POST.get("value", "").strip()
    if field == "date":
        day = PaperDateForm(request.POST).date()
        if day is None:
            raise Refused("Ngày, tháng, năm chưa đủ hoặc không có ngày đó. Ghi lại theo bản giấy.")
        value = day.isoformat()
    services.set_field(actor=actor(request), document=document, field=field, value=value, at=clock.now(), finding=item)
    return acted(request, document, [item], f"Đã ghi {BY_NAME[field].label.lower()}")


@require_POST
def keep(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """The particular that a finding doubts stands as it was read."""
    document, item = item_of(request, pk, key)
    field = RULE_FIELDS.get(str(item.content.get("rule") or ""))
    if item.kind != ItemKind.FINDING or field is None:
        raise Http404
    services.keep_field(actor=actor(request), document=document, field=field, finding=item, at=clock.now())
    return acted(request, document, [item], f"Đã giữ {BY_NAME[field].label.lower()}")


@require_safe
def deadline_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What a deadline is understood as, while it is typed."""
    document = document_of(request, pk)
    words = request.GET.get("deadline", "")[:255]
    meant = preview(words, _reading_day(document))
    return render(request, "documents/_deadline.html", {"words": words.strip(), "meant": meant})
