"""Reporting duties of a programme, and which tasks are the same report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock, wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents.places import name_of, url_of
from dondoc.programmes import services
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment
from dondoc.programmes.queries.duties import duties_of
from dondoc.programmes.views.columns import DUTY_COLUMNS
from dondoc.programmes.views.common import head_context, programme_or_404, steered
from dondoc.units import access


@require_safe
def duties(request: HttpRequest, pk: int) -> HttpResponseBase:
    programme = programme_or_404(request, pk)
    today = clock.today()
    if file := wanted_format(request):
        facts = {"Chương trình": programme.title, "Tính đến": wording.day(today)}
        return download(request, file, "Báo cáo", DUTY_COLUMNS, duties_of(programme, today), **facts)
    rows = [(one, name_of(one.duty.item), url_of(one.duty.item)) for one in duties_of(programme, today)]
    context = {**head_context(request, programme, "duties"), "rows": rows, "today": today}
    return render(request, "programmes/duties.html", context)


@require_POST
def link(request: HttpRequest, pk: int, duty_pk: int) -> HttpResponse:
    programme = steered(request, pk)
    duty = get_object_or_404(programme.duties, pk=duty_pk)
    wanted = [value for value in request.POST.getlist("shares") if value.isdecimal()]
    shares = Assignment.objects.filter(pk__in=wanted, task__programme=programme, role=AssignmentRole.LEAD)
    chosen = list(shares.select_related("task"))
    if not chosen:
        messages.warning(request, "Chọn nhiệm vụ để gộp.")
        return redirect("programmes:duties", pk)
    services.link(actor=access.actor(request), duty=duty, assignments=chosen)
    messages.success(request, "Đã gộp thành một nghĩa vụ")
    return redirect("programmes:duties", pk)


@require_POST
def unlink(request: HttpRequest, pk: int, duty_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    duty = get_object_or_404(programme.duties, pk=duty_pk)
    try:
        services.unlink(actor=access.actor(request), duty=duty)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Đã tách nghĩa vụ")
    return redirect("programmes:duties", pk)
