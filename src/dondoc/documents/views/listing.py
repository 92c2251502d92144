"""The list of documents, with the place to hand in more."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common import clock
from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.pages import page_of
from dondoc.documents import queries
from dondoc.documents.forms.handing_in import FilterForm, HandInForm
from dondoc.documents.models import Document
from dondoc.documents.rules.fields import type_name
from dondoc.documents.views.common import is_htmx
from dondoc.documents.views.page import RUNNING
from dondoc.units.access import actor

COLUMNS: tuple[Column[Document], ...] = (
    Column("Số, ký hiệu", lambda one: one.code),
    Column("Loại văn bản", lambda one: type_name(one.type)),
    Column("Trích yếu", lambda one: one.title or one.name, width=70),
    Column("Cơ quan ban hành", lambda one: one.issuer, width=34),
    Column("Ngày ban hành", lambda one: one.issued_on, width=14),
    Column("Trạng thái", lambda one: one.get_state_display(), width=16),
    Column("Mục đã xác nhận", lambda one: one.items_reviewed, width=10),  # type: ignore[attr-defined] # annotated by the query
    Column("Số mục", lambda one: one.items_total, width=10),  # type: ignore[attr-defined]
    Column("Người xem", lambda one: one.get_visibility_display(), width=14),
    Column("Đơn vị nộp", lambda one: one.unit.name, width=34),
    Column("Nộp lúc", lambda one: one.uploaded_at, width=18),
)


@require_safe
def document_list(request: HttpRequest) -> HttpResponseBase:
    who = actor(request)
    visible = queries.visible_documents(who)
    form = FilterForm(request.GET, types=queries.types_of(visible))
    wanted = form.wanted()
    listed = queries.listed(visible, **wanted)
    if file := wanted_format(request):
        return download(request, file, "Văn bản", COLUMNS, listed.iterator(chunk_size=500))
    page = page_of(request, listed)
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
