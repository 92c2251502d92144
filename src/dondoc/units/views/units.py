"""The list of units, the page of one, and what an administrator changes there."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.forms import attempt
from dondoc.common.models import AuditEntry
from dondoc.common.pages import page_of
from dondoc.units import queries
from dondoc.units.access import actor
from dondoc.units.enums import UnitKind
from dondoc.units.forms.units import EndForm, PredecessorForm, ReasonForm, UnitForm
from dondoc.units.models import Predecessor, Unit
from dondoc.units.services import units as services
from dondoc.units.views.common import administrator, provinces_for

COLUMNS: tuple[Column[Unit], ...] = (
    Column("Mã", lambda one: one.code, width=20),
    Column("Tên", lambda one: one.name, width=44),
    Column("Tên tắt", lambda one: one.short_name, width=14),
    Column("Loại", lambda one: one.get_commune_kind_display() or one.get_kind_display(), width=26),
    Column("Điện thoại", lambda one: one.phone),
    Column("Thư điện tử", lambda one: one.email, width=30),
    Column("Số người", lambda one: one.people, width=10),  # type: ignore[attr-defined] # annotated by the list
    Column("Từ ngày", lambda one: one.valid_from, width=14),
    Column("Đến hết ngày", lambda one: one.valid_to, width=14),
)


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    asking = actor(request)
    text = request.GET.get("q", "").strip()
    kind = request.GET.get("loai", "")
    ended = request.GET.get("tinh_trang") == "da-ket-thuc"
    units = queries.listed_units(asking, text=text)
    units = units.filter(valid_to__lt=asking.on) if ended else units.filter(queries.valid_on(asking.on))
    if kind in UnitKind.values:
        units = units.filter(kind=kind)
    held = queries.valid_on(asking.on, "memberships__") & Q(memberships__isnull=False, memberships__person__is_active=True)
    units = units.annotate(people=Count("memberships__person", filter=held, distinct=True))
    if file := wanted_format(request):
        return download(request, file, "Đơn vị", COLUMNS, units.iterator(chunk_size=500))
    facts = {"page": page_of(request, units), "q": text, "kind": kind, "ended": ended, "kinds": UnitKind.choices}
    return render(request, "units/list.html", facts)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    asking = actor(request)
    unit = get_object_or_404(queries.visible_units(asking).select_related("province", "parent"), pk=pk)
    administers = asking.administers(unit.scope_id)
    facts = {
        "unit": unit,
        "administers": administers,
        "people": queries.people_of(unit, asking.on),
        "aliases": unit.aliases.order_by("name"),
        "predecessors": unit.predecessors.select_related("predecessor"),
        "successors": unit.successors.select_related("unit"),
        "below": unit.children.filter(queries.valid_on(asking.on)) if unit.kind != UnitKind.PROVINCE else [],
        "ended": bool(unit.valid_to and unit.valid_to < asking.on),
        "history": AuditEntry.objects.filter(unit=unit, verb__startswith="units.").select_related("actor")[:20]
        if administers
        else [],
    }
    return render(request, "units/detail.html", facts)


def form_page(request: HttpRequest, form: object, **facts: object) -> HttpResponse:
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, "units/form.html", {"form": form, **facts}, status=status)


def _manageable(request: HttpRequest, pk: int) -> Unit:
    """A visible unit; whoever may not change it is told so by the service or by ``administrator``."""
    return get_object_or_404(queries.visible_units(actor(request)).select_related("province", "parent"), pk=pk)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    asking = administrator(request)
    provinces = provinces_for(request, asking)
    form = UnitForm(request.POST or None, actor=asking)
    if request.method == "POST" and form.is_valid():
        unit = attempt(form, lambda: services.create_unit(actor=asking, province=provinces.chosen, facts=form.facts()))
        if unit is not None:
            messages.success(request, f"Đã thêm {unit.name}.")
            return redirect("units:detail", unit.pk)
    title = f"Thêm đơn vị của {provinces.chosen.name}"
    return form_page(request, form, title=title, submit="Thêm đơn vị", back="units:list", provinces=provinces)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _manageable(request, pk)
    asking = administrator(request)
    form = UnitForm(request.POST or None, actor=asking, unit=unit)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.edit_unit(actor=asking, unit=unit, facts=form.facts(unit)))
        if done is not None:
            messages.success(request, f"Đã sửa {unit.name}.")
            return redirect("units:detail", unit.pk)
    return form_page(request, form, title=f"Sửa {unit.name}", submit="Ghi", back="units:detail", back_pk=unit.pk)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _manageable(request, pk)
    asking = administrator(request)
    form = EndForm(request.POST or None, initial={"on": asking.on})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = attempt(form, lambda: services.close_unit(actor=asking, unit=unit, on=data["on"], reason=data["reason"]))
        if done is not None:
            messages.success(request, f"Đã kết thúc {unit.name}.")
            return redirect("units:detail", unit.pk)
    note = "Sau ngày cuối, mọi chỗ làm ở đơn vị này kết thúc. Văn bản, nhiệm vụ và báo cáo cũ vẫn mang tên đơn vị."
    facts = {"title": f"Kết thúc {unit.name}", "submit": "Kết thúc", "back": "units:detail", "back_pk": unit.pk}
    return form_page(request, form, note=note, danger=True, **facts)


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _manageable(request, pk)
    asking = administrator(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.reopen_unit(actor=asking, unit=unit, reason=form.cleaned_data["reason"])
        messages.success(request, f"Đã mở lại {unit.name}.")
        return redirect("units:detail", unit.pk)
    return form_page(request, form, title=f"Mở lại {unit.name}", submit="Mở lại", back="units:detail", back_pk=unit.pk)


@require_http_methods(["GET", "POST"])
def add_predecessor(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _manageable(request, pk)
    asking = administrator(request)
    form = PredecessorForm(request.POST or None, unit=unit, initial={"on": unit.valid_from})
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.add_predecessor(actor=asking, unit=unit, **form.cleaned_data))
        if done is not None:
            messages.success(request, f"Đã ghi tiền thân {done.predecessor.name}.")
            return redirect("units:detail", unit.pk)
    title = f"Ghi tiền thân của {unit.name}"
    return form_page(request, form, title=title, submit="Ghi tiền thân", back="units:detail", back_pk=unit.pk)


@require_POST
def remove_predecessor(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    unit = _manageable(request, pk)
    asking = administrator(request)
    link = get_object_or_404(Predecessor.objects.select_related("unit", "predecessor"), pk=link_pk, unit=unit)
    services.remove_predecessor(actor=asking, link=link)
    messages.success(request, f"Đã bỏ tiền thân {link.predecessor.name}.")
    return redirect("units:detail", unit.pk)
