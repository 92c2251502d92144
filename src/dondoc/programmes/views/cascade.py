"""Units' own plans of a programme: all of them for the giver, one for those who work on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common import clock
from dondoc.common.downloading import hand_out_made
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.forms import settled
from dondoc.common.official import DOCX, to_docx
from dondoc.programmes import services
from dondoc.programmes.enums import StepKind
from dondoc.programmes.forms.cascade import DropForm, IssueForm, PlanForm, StepForm, StepProgressForm
from dondoc.programmes.models import PlanStep, Programme, UnitPlan
from dondoc.programmes.official.unit_plan import paper_of
from dondoc.programmes.queries.cascade import Given, findings_of, given_to, plan_of, plans_of, steps_of, targets_of_unit
from dondoc.programmes.rules.rights import may_report
from dondoc.programmes.services.cascade import NOT_OURS, StepFacts
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.units import access
from dondoc.units.models import Unit
from dondoc.units.queries import people_of


@require_safe
def plans(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has a plan, and how far each is."""
    programme = programme_or_404(request, pk)
    rows = plans_of(programme, clock.today())
    mine = access.actor(request).unit_ids
    context = {
        **head_context(request, programme, "plans"),
        "rows": sorted(rows, key=lambda row: row.unit.pk not in mine),
        "mine": mine,
        "planned": sum(1 for row in rows if row.plan),
        "issued": sum(1 for row in rows if row.plan and row.plan.issued_on),
    }
    return render(request, "programmes/plans.html", context)


@require_safe
def plan(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    return _page(request, programme, _unit(programme, unit_pk))


@require_POST
def make(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    unit = _unit(programme, unit_pk)
    try:
        targets = targets_of_unit(unit, programme, clock.today())
        services.make_plan(actor=access.actor(request), programme=programme, unit=unit, at=clock.now(), targets=targets)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Đã lập kế hoạch từ phần việc được giao")
    return redirect("programmes:plan", pk, unit_pk)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    programme, held = _held(request, pk, unit_pk)
    form = PlanForm(request.POST if request.method == "POST" else None, plan=held)
    if form.is_valid() and settled(
        form, lambda: services.write_plan(actor=access.actor(request), plan=held, **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi lời văn kế hoạch")
        return redirect("programmes:plan", pk, unit_pk)
    return _form(request, programme, held, form, "Lời văn kế hoạch", "Ghi lời văn")


@require_POST
def issue(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    programme, held = _held(request, pk, unit_pk)
    form = IssueForm(request.POST, plan=held, today=clock.today())
    if form.is_valid() and settled(
        form, lambda: services.issue_plan(actor=access.actor(request), plan=held, **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi số và ngày ban hành")
        return redirect("programmes:plan", pk, unit_pk)
    return _page(request, programme, held.unit, status=422, issue_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    programme, held = _held(request, pk, unit_pk)
    form = _step_form(request, programme, held)
    if form.is_valid() and settled(form, lambda: services.add_step(actor=access.actor(request), plan=held, facts=_facts(form))):
        messages.success(request, "Đã thêm vào kế hoạch")
        return redirect("programmes:plan", pk, unit_pk)
    return _form(request, programme, held, form, "Thêm vào kế hoạch", "Thêm")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int, unit_pk: int, step_pk: int) -> HttpResponse:
    programme, held = _held(request, pk, unit_pk)
    step = _step(held, step_pk)
    form = _step_form(request, programme, held, step)
    revision = form.cleaned_data.get("revision") if form.is_valid() else None
    if form.is_valid() and settled(
        form,
        lambda: services.change_step(actor=access.actor(request), step=step, facts=_facts(form), revision=revision),
    ):
        messages.success(request, "Đã sửa việc")
        return redirect("programmes:plan", pk, unit_pk)
    if form.is_bound:
        # Written over the other's version only once it was seen: the form now carries the revision that stands beside it.
        form.data = request.POST.copy()
        form.data["revision"] = str(UnitPlan.objects.values_list("revision", flat=True).get(pk=held.pk))
    return _form(request, programme, held, form, "Sửa việc", "Ghi", step=step)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int, unit_pk: int, step_pk: int) -> HttpResponse:
    programme, held = _held(request, pk, unit_pk)
    step = _step(held, step_pk)
    form = StepProgressForm(request.POST if request.method == "POST" else None, step=step, today=clock.today())
    actor = access.actor(request)
    if form.is_valid() and settled(
        form, lambda: services.record_step(actor=actor, step=step, at=clock.now(), **form.cleaned_data)
    ):
        messages.success(request, "Đã ghi tiến độ")
        return redirect("programmes:plan", pk, unit_pk)
    return _form(request, programme, held, form, "Ghi tiến độ", "Ghi tiến độ", step=step)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, pk: int, unit_pk: int, step_pk: int) -> HttpResponse:
    programme, held = _held(request, pk, unit_pk)
    step = _step(held, step_pk)
    form = DropForm(request.POST if request.method == "POST" else None)
    actor = access.actor(request)
    if form.is_valid() and settled(form, lambda: services.drop_step(actor=actor, step=step, at=clock.now(), **form.cleaned_data)):
        messages.success(request, "Đã bỏ khỏi kế hoạch")
        return redirect("programmes:plan", pk, unit_pk)
    return _form(request, programme, held, form, "Bỏ khỏi kế hoạch", "Bỏ khỏi kế hoạch", step=step)


@require_safe
def paper(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """The plan as a Word file in official form."""
    programme = programme_or_404(request, pk)
    held = plan_of(programme, _unit(programme, unit_pk))
    if held is None:
        raise Http404
    content = to_docx(paper_of(held, steps_of(held), today=clock.today()))
    return hand_out_made(content, f"Kế hoạch {held.unit.name}", "docx", DOCX)


def _unit(programme: Programme, unit_pk: int) -> Unit:
    """A unit of the programme's province."""
    return get_object_or_404(Unit.objects.select_related("province").filter(province=programme.province_id), pk=unit_pk)


def _held(request: HttpRequest, pk: int, unit_pk: int) -> tuple[Programme, UnitPlan]:
    """The programme and the unit's plan, for those of the unit; others are told why they may not."""
    programme = programme_or_404(request, pk)
    held = plan_of(programme, _unit(programme, unit_pk))
    if held is None:
        raise Http404
    if not may_report(access.actor(request), [unit_pk]):
        raise NotAllowed(NOT_OURS)
    return programme, held


def _step(held: UnitPlan, step_pk: int) -> PlanStep:
    return get_object_or_404(
        held.steps.filter(dropped_on__isnull=True).select_related("plan__unit", "plan__programme"), pk=step_pk
    )


def _step_form(request: HttpRequest, programme: Programme, held: UnitPlan, step: PlanStep | None = None) -> StepForm:
    today = clock.today()
    people = {seat.person_id: seat.person for seat in people_of(held.unit, today)}
    return StepForm(
        request.POST if request.method == "POST" else None,
        plan=held,
        given=given_to(held.unit, programme, today),
        people=list(people.values()),
        targets=targets_of_unit(held.unit, programme, today),
        today=today,
        step=step,
    )


def _facts(form: StepForm) -> StepFacts:
    return StepFacts(**{name: value for name, value in form.cleaned_data.items() if name != "revision"})


def _form(
    request: HttpRequest,
    programme: Programme,
    held: UnitPlan,
    form: forms.Form,
    heading: str,
    verb: str,
    step: PlanStep | None = None,
) -> HttpResponse:
    context = {
        **head_context(request, programme, "plans"),
        "plan": held,
        "form": form,
        "heading": heading,
        "verb": verb,
        "step": step,
        "events": step.events.select_related("recorded_by").order_by("-happened_on", "-pk") if step else (),
    }
    return render(request, "programmes/plan_form.html", context, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, programme: Programme, unit: Unit, status: int = 200, **bound: Any) -> HttpResponse:
    today = clock.today()
    held = plan_of(programme, unit)
    given = given_to(unit, programme, today)
    own = may_report(access.actor(request), [unit.pk])
    context = {
        **head_context(request, programme, "plans"),
        "unit": unit,
        "plan": held,
        "given": given,
        "own": own,
        "today": today,
    }
    if held:
        context |= _plan_context(held, given)
        if own:
            context["issue_form"] = IssueForm(plan=held, today=today)
    return render(request, "programmes/plan.html", {**context, **bound}, status=status)


def _plan_context(held: UnitPlan, given: list[Given]) -> dict[str, Any]:
    steps = steps_of(held)
    found = findings_of(given, steps)
    by_step: dict[int | None, list[str]] = {}
    for one in found:
        by_step.setdefault(one.step, []).append(one.words)
    work = [step for step in steps if step.kind == StepKind.WORK]
    return {
        "goals": [step for step in steps if step.kind == StepKind.GOAL],
        "work": [(step, by_step.get(step.pk, [])) for step in work],
        "whole": by_step.get(None, []),
        "found": len(found),
        "done": sum(1 for step in work if step.done_on),
    }
