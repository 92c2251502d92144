"""Letters that urge: the list of those made, and the page to make one."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dondoc.common import clock
from dondoc.common.downloading import download, wanted_format
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.exporting import Column
from dondoc.common.pages import page_of
from dondoc.files.views import hand_out
from dondoc.notices.calendar import workday_after
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.forms.urging import UrgeForm
from dondoc.programmes.models import Assignment, Task, UrgingLetter
from dondoc.programmes.official.urging import addressees, units_of
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.queries.urging import letters_about, listed_letters, overdue_debts, steered_programmes, visible_letters
from dondoc.programmes.services.urging import NOBODY, NOTHING, WORKDAYS_TO_ANSWER, urge
from dondoc.units import access
from dondoc.units.rules import Actor

COLUMNS = (
    Column[UrgingLetter]("Ngày", lambda one: one.made_on, width=14),
    Column[UrgingLetter]("Kính gửi", lambda one: ", ".join(unit.name for unit in one.to_units.all()), width=50),
    Column[UrgingLetter]("Số nhiệm vụ", lambda one: one.tasks_total, width=12),  # type: ignore[attr-defined] # annotated
    Column[UrgingLetter]("Đề nghị báo cáo trước hết ngày", lambda one: one.report_by, width=20),
    Column[UrgingLetter]("Đơn vị soạn", lambda one: one.from_unit.name, width=34),
    Column[UrgingLetter]("Người soạn", lambda one: one.made_by.full_name, width=26),
)


@require_safe
def letters(request: HttpRequest) -> HttpResponseBase:
    """Those that the person's units made; of one programme where the address names it."""
    actor = access.actor(request)
    held = listed_letters(visible_letters(actor))
    programme = None
    if (wanted := request.GET.get("chuong-trinh", "")).isdecimal():
        programme = get_object_or_404(visible_programmes(actor), pk=wanted)
        naming = UrgingLetter.tasks.through.objects.filter(task__programme=programme).values("urgingletter")
        held = held.filter(pk__in=naming)
    if file := wanted_format(request):
        return download(request, file, "Công văn đôn đốc", COLUMNS, held.iterator(chunk_size=500))
    page = page_of(request, held)
    rows = [(letter, addressees(letter.to_units.all())) for letter in page.object_list]
    context = {"page": page, "rows": rows, "programme": programme, "may_urge": steered_programmes(actor).exists()}
    return render(request, "programmes/letters.html", context)


@require_safe
def letter_file(request: HttpRequest, letter_pk: int) -> HttpResponseBase:
    letter = get_object_or_404(visible_letters(access.actor(request)).select_related("file"), pk=letter_pk)
    return hand_out(letter.file)


@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest) -> HttpResponse:
    """What a letter would say, and a button that makes it; made, its file is handed out at once."""
    actor = access.actor(request)
    given = request.POST if request.method == "POST" else request.GET
    unit_ids = [int(one) for one in given.getlist("don-vi") if one.isdecimal()]
    task = _task(request, given.get("nhiem-vu", ""))
    usual = workday_after(actor.on, WORKDAYS_TO_ANSWER)
    form = UrgeForm(request.POST if request.method == "POST" else None, initial={"report_by": usual}, around=actor.on)
    if request.method == "POST" and form.is_valid():
        try:
            letter = urge(
                actor=actor, at=clock.now(), unit_ids=unit_ids, task=task, report_by=form.cleaned_data["report_by"] or None
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(request, "Đã soạn công văn đôn đốc")
            return redirect("programmes:letter_file", letter.pk)
    if not steered_programmes(actor).exists():
        raise NotAllowed(NOBODY)
    debts = overdue_debts(actor, unit_ids=unit_ids, task=task) if unit_ids or task else []
    context = {
        "form": form,
        "debts": [(debt, (actor.on - debt.last_ok_on).days) for debt in debts],
        "addressees": addressees(units_of(debts)),
        "fields": [("don-vi", pk) for pk in unit_ids] + ([("nhiem-vu", task.pk)] if task else []),
        "task": task,
        "nothing": NOTHING,
    }
    return render(request, "programmes/letter.html", context, status=422 if form.errors else 200)


def _task(request: HttpRequest, wanted: str) -> Task | None:
    """The task that the address names, of a programme that the person may see."""
    if not wanted:
        return None
    if not wanted.isdecimal():
        raise Http404
    visible = visible_programmes(access.actor(request))
    return get_object_or_404(Task.objects.select_related("programme").filter(programme__in=visible), pk=wanted)


def urging_of(actor: Actor, task: Task, assignments: Sequence[Assignment], *, overdue: bool) -> dict[str, Any]:
    """What a task's page tells its giver: letters that named it and, where it is overdue, what a new one is about.

    A lead that owes the task whole is urged about all that it owes; the missing units of a group about this task.
    """
    leads = [one for one in assignments if one.role == AssignmentRole.LEAD]
    alone = len(leads) == 1 and leads[0].unit_id is not None and not leads[0].parts.all()
    fields = [("don-vi", leads[0].unit_id)] if alone else [("nhiem-vu", task.pk)]
    return {
        "letters": letters_about(task, actor),
        "urge_fields": fields if overdue and leads else [],
        "letters_url": f"{reverse('programmes:letters')}?chuong-trinh={task.programme_id}",
    }
