"""Lists that come in as tables: template, a look through, then the import."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common.forms import attempt
from dondoc.units.forms.people import MAX_LIST_BYTES, ListForm
from dondoc.units.services import importing as services
from dondoc.units.views.common import administrator, provinces_for


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose a list and look through it."""
    asking = administrator(request)
    provinces = provinces_for(request, asking)
    province = provinces.chosen
    form = ListForm(request.POST or None, request.FILES or None)
    facts: dict[str, object] = {"form": form, "tables": services.TABLES, "province": province, "provinces": provinces}
    if request.method == "POST" and form.is_valid():
        text = attempt(form, lambda: services.decoded(form.cleaned_data["upload"].read()))
        if text is not None:
            kind = form.cleaned_data["kind"]
            found = services.look_through(actor=asking, province=province, kind=kind, text=text)
            facts |= {"found": found, "text": text, "kind": kind, "table": services.TABLES[kind], "rows": _rows(kind, found)}
    return render(request, "units/import.html", facts, status=422 if form.errors else 200)


def _rows(kind: str, found: services.Imported) -> list[tuple[services.Line, list[str]]]:
    columns = services.TABLES[kind].columns
    return [(line, [line.values.get(column.key, "") for column in columns]) for line in found.lines]


@never_cache
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    asking = administrator(request)
    province = provinces_for(request, asking).chosen
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
    if kind not in services.TABLES or len(text) > MAX_LIST_BYTES:
        raise Http404
    done = services.take_in(actor=asking, province=province, kind=kind, text=text)
    if any(line.password for line in done.lines):
        return render(request, "units/passwords.html", {"lines": done.lines})
    messages.success(request, f"Đã nhập {len(done.lines)} dòng: {services.TABLES[kind].name.lower()}.")
    return redirect("units:list" if kind == "don-vi" else "units:people")


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    administrator(request)
    if kind not in services.TABLES:
        raise Http404
    response = HttpResponse(services.template(kind), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mau-{kind}.csv"'
    return response
