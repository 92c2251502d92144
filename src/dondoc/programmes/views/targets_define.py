"""What a target means and asks for: its definition, a change of value, milestones, and which years belong together."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.forms import settled
from dondoc.documents.enums import DocumentState
from dondoc.documents.places import name_of, url_of
from dondoc.documents.queries import visible_documents
from dondoc.programmes.forms.targets import ChangeForm, JoinForm, MeaningForm, MilestoneForm
from dondoc.programmes.models import Programme, Target
from dondoc.programmes.queries.targets import asked_one
from dondoc.programmes.queries.targets_entry import candidates_to_join, units_of
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.services import targets_deciding, targets_defining
from dondoc.programmes.services.guards import NOT_THE_GIVER
from dondoc.programmes.services.targets_defining import STALE
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.programmes.views.target import target_or_404
from dondoc.units import access
from dondoc.units.models import Unit
from dondoc.units.queries import valid_on, visible_groups

NONE_TO_JOIN = "Không có chỉ tiêu nào khác để gộp: mỗi chỉ tiêu còn lại đã có số đo hoặc đã gộp."


def _held(request: HttpRequest, pk: int, target_pk: int) -> tuple[Programme, Target]:
    """Both, for one who may steer; others are told that they may not."""
    programme = programme_or_404(request, pk)
    row = target_or_404(programme, target_pk)
    if not may_steer(access.actor(request), programme):
        raise NotAllowed(NOT_THE_GIVER)
    return programme, row


@require_http_methods(["GET", "HEAD", "POST"])
def define(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """The definition. Where somebody else changed it meanwhile the page shows both, and what was typed stays."""
    programme, row = _held(request, pk, target_pk)
    form = _meaning_form(request, programme, row)
    stale = False
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            targets_defining.define(
                actor=access.actor(request),
                target=row,
                meaning=form.meaning(),
                revision=facts["revision"],
                reason=facts.get("reason", ""),
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            stale = refusal.message == STALE
        else:
            messages.success(request, "Đã ghi định nghĩa chỉ tiêu")
            return redirect("programmes:target", pk, target_pk)
    if stale:
        typed = request.POST.copy()
        typed["revision"] = str(row.revision)
        form.data = typed
    extra = {"now": _meaning_form(request, programme, row, bound=False) if stale else None}
    return _page(request, programme, row, form, "Định nghĩa chỉ tiêu", "Ghi định nghĩa", template="target_define", **extra)


def _meaning_form(request: HttpRequest, programme: Programme, row: Target, *, bound: bool = True) -> MeaningForm:
    actor = access.actor(request)
    groups = [group for group in visible_groups(actor).filter(province=programme.province_id) if group.rule != "open"]
    units = Unit.objects.filter(valid_on(actor.on), province=programme.province_id).order_by("kind", "search_text", "pk")
    data = request.POST if bound and request.method == "POST" else None
    return MeaningForm(data, target=row, groups=groups, units=list(units), today=clock.today())


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """A new value by a deciding document, for the row that states the goal of ``?dong=`` (the target itself where none is named)."""
    programme, row = _held(request, pk, target_pk)
    stated = row.joined.filter(pk=request.GET["dong"]).first() if request.GET.get("dong", "").isdecimal() else None
    version = asked_one(row, clock.today()).version
    initial = {"effective_from": clock.today(), "horizon": version.horizon if version else ""}
    form = ChangeForm(_data(request), documents=_documents(request, programme), today=clock.today(), initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if settled(
            form,
            lambda: targets_deciding.change_value(
                actor=access.actor(request),
                target=stated or row,
                value=form.value_asked(),
                horizon=facts["horizon"],
                effective_from=facts["effective_from"],
                decided_by=facts["decided_by"],
                reason=facts["reason"],
            ),
        ):
            messages.success(request, "Đã ghi điều chỉnh; giá trị cũ được giữ trong lịch sử")
            return redirect("programmes:target", pk, target_pk)
    return _page(request, programme, row, form, "Điều chỉnh chỉ tiêu", "Ghi điều chỉnh", version=version)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """A value on the way to the goal: of the whole province, or the share of each unit that measures."""
    programme, row = _held(request, pk, target_pk)
    form = MilestoneForm(_data(request), documents=_documents(request, programme), today=clock.today())
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        by_day: date = facts["by_day"]
        units: list[Unit | None] = [*units_of(row, access.actor(request).on)] if facts["each_unit"] else [None]
        if settled(
            form,
            lambda: targets_deciding.add_milestones(
                actor=access.actor(request),
                target=row,
                by_day=by_day,
                values=[(unit, form.value_asked()) for unit in units],
                decided_by=facts["decided_by"],
                at=clock.now(),
            ),
        ):
            messages.success(request, "Đã thêm mốc")
            return redirect("programmes:target", pk, target_pk)
    return _page(request, programme, row, form, "Thêm mốc", "Thêm mốc")


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """Other years of the same indicator become its milestones."""
    programme, row = _held(request, pk, target_pk)
    candidates = candidates_to_join(row)
    form = JoinForm(_data(request), candidates=candidates)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if settled(
            form,
            lambda: targets_defining.join(actor=access.actor(request), target=row, others=form.targets(), reason=facts["reason"]),
        ):
            messages.success(request, "Đã gộp thành một chỉ tiêu có nhiều mốc")
            return redirect("programmes:target", pk, target_pk)
    return _page(
        request, programme, row, form, "Gộp các năm của một chỉ tiêu", "Gộp chỉ tiêu", nothing="" if candidates else NONE_TO_JOIN
    )


@require_POST
def part(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """The milestone is a target of its own again."""
    _, row = _held(request, pk, target_pk)
    try:
        targets_defining.part(actor=access.actor(request), target=row)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, "Đã tách thành chỉ tiêu riêng")
    return redirect("programmes:target", pk, target_pk)


def _data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _documents(request: HttpRequest, programme: Programme) -> Any:
    """Those of the programme first come to mind: all that the person may see in the province, the newest first."""
    documents: Any = visible_documents(access.actor(request))
    return documents.filter(province=programme.province_id, state=DocumentState.READ).order_by("-issued_on", "-pk")


def _page(
    request: HttpRequest, programme: Programme, row: Target, form: forms.Form, title: str, verb: str, *,
    template: str = "target_form", **extra: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        **head_context(request, programme, "targets"),
        "target": row,
        "form": form,
        "title": title,
        "verb": verb,
        "source": name_of(row.item),
        "source_url": url_of(row.item),
        **extra,
    }
    return render(request, f"programmes/{template}.html", context, status=422 if form.errors else 200)
