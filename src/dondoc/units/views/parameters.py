"""Parameters of a province: what holds today, since when and by what basis; an administrator confirms or changes one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dondoc.common.forms import attempt
from dondoc.units.enums import ParameterKey
from dondoc.units.forms.parameters import ParameterForm
from dondoc.units.queries.parameters import course_of, held
from dondoc.units.services.parameters import set_parameter
from dondoc.units.views.common import administrator, provinces_for
from dondoc.units.views.units import form_page


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    asking = administrator(request)
    provinces = provinces_for(request, asking)
    rows = [_row(key, provinces.chosen.pk, asking.on) for key in ParameterKey]
    return render(request, "units/parameters.html", {"rows": rows, "provinces": provinces, "on": asking.on})


def _row(key: ParameterKey, province_id: int, on: date) -> dict[str, Any]:
    """What holds, and what held before or will hold."""
    now = held(key, province_id, on)
    return {"now": now, "others": [one for one in course_of(key, province_id) if one != now]}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    if key not in ParameterKey.values:
        raise Http404
    asking = administrator(request)
    provinces = provinces_for(request, asking)
    now = held(ParameterKey(key), provinces.chosen.pk, asking.on)
    form = ParameterForm(request.POST or None, now=now, today=asking.on)
    if request.method == "POST" and form.is_valid():
        row = attempt(
            form,
            lambda: set_parameter(actor=asking, province=provinces.chosen, key=ParameterKey(key), **form.cleaned_data),
        )
        if row is not None:
            messages.success(request, f"Đã ghi thông số “{row.get_key_display()}”.")
            return redirect(f"{reverse('units:parameters')}?tinh={provinces.chosen.pk}")
    facts = {
        "title": now.key.label,
        "note": f"Đang áp dụng: {now.words}. Căn cứ: {now.basis}. Giá trị cũ được giữ lại.",
        "submit": "Ghi thông số",
        "back": "units:parameters",
        "hidden": {"tinh": provinces.chosen.pk},
    }
    return form_page(request, form, **facts)
