"""The page before a programme is opened: what will be taken, what is not yet seen, who is not known, what is one report."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from dondoc.common import clock
from dondoc.common.errors import NotAllowed
from dondoc.common.forms import attempt
from dondoc.documents.enums import ItemKind
from dondoc.documents.models import Document, Item
from dondoc.documents.queries import visible_documents
from dondoc.programmes import services
from dondoc.programmes.forms.opening import OpenForm
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.opening import confirmed_items, likely_lead, proposals, unseen
from dondoc.programmes.queries.programmes import programme_of_plan, visible_programmes
from dondoc.programmes.rules.naming import named_in, words
from dondoc.programmes.rules.rights import may_open
from dondoc.units import access
from dondoc.units.enums import GroupRule, UnitKind
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import Match, match_many, valid_on
from dondoc.units.rules import Actor

_KINDS = ((ItemKind.TASK, "nhiệm vụ"), (ItemKind.TARGET, "chỉ tiêu"), (ItemKind.DUTY, "báo cáo"))


@dataclass(frozen=True, slots=True)
class Taking:
    """A kind of items: how many are taken, how many nobody has looked at."""

    words: str
    taken: int
    unseen: int


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, document_pk: int) -> HttpResponse:
    actor = access.actor(request)
    document = get_object_or_404(visible_documents(actor).select_related("unit", "province"), pk=document_pk)
    if not may_open(actor, document):
        raise NotAllowed("Chỉ chuyên viên, lãnh đạo đơn vị đã nộp văn bản và Văn phòng UBND tỉnh được mở chương trình.")
    existing = programme_of_plan(document)
    if existing and visible_programmes(actor).filter(pk=existing.pk).exists():
        return redirect("programmes:board", existing.pk)
    items = list(confirmed_items(document))
    matches = match_many(named_in(item.content for item in items), document.province, actor.on)
    found = proposals(items, matches, document)
    form = _form(request, actor, document, likely_lead(items, matches))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (programme := _opened(request, actor, document, form)):
            messages.success(request, "Đã mở chương trình")
            return redirect("programmes:board", programme.pk)
    chosen = set(request.POST.getlist("links")) if request.method == "POST" else {one.key for one in found}
    context = {
        "document": document,
        "form": form,
        "proposals": [(one, one.key in chosen) for one in found],
        **_takings(document, items),
        **_to_look_at(items, matches),
    }
    return render(request, "programmes/open.html", context, status=status)


def _form(request: HttpRequest, actor: Actor, document: Document, lead: Unit | None) -> OpenForm:
    units = Unit.objects.filter(valid_on(actor.on), province=document.province_id)
    units = units.exclude(kind=UnitKind.COMMUNE).order_by("kind", "search_text") | units.filter(pk=document.unit_id)
    initial = {"title": document.title or document.name, "lead_unit": lead or document.unit}
    return OpenForm(request.POST or None, units=units, initial=initial)


def _opened(request: HttpRequest, actor: Actor, document: Document, form: OpenForm) -> Programme | None:
    return attempt(
        form,
        lambda: services.open_programme(
            actor,
            document,
            at=clock.now(),
            title=form.cleaned_data["title"],
            lead_unit=form.cleaned_data["lead_unit"],
            links=request.POST.getlist("links"),
        ),
    )


def _takings(document: Document, items: list[Item]) -> dict[str, Any]:
    waiting = unseen(document)
    return {
        "takings": [Taking(name, sum(1 for item in items if item.kind == kind), waiting[kind]) for kind, name in _KINDS],
        "taken": len(items),
        "unseen": sum(waiting.values()),
    }


def _to_look_at(items: list[Item], matches: dict[str, Match]) -> dict[str, Any]:
    """What a person has to settle after opening."""
    tasks = [item.content for item in items if item.kind == ItemKind.TASK]
    open_groups = {name for name, match in matches.items() if isinstance(match, UnitGroup) and match.rule == GroupRule.OPEN}
    return {
        "unmatched": sorted(name for name, match in matches.items() if match is None),
        "open_groups": sorted(open_groups),
        "without_lead": sum(1 for content in tasks if not words(content, "lead")),
        "several_leads": sum(1 for content in tasks if len(words(content, "lead")) > 1),
        "without_day": sum(1 for content in tasks if not content.get("deadline")),
    }
