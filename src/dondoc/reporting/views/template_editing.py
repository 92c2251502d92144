"""The editor of a draft: a page for each piece, and buttons that move it or take it out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from dondoc.common.forms import settled
from dondoc.reporting.forms.templates import FORMS, IndicatorForm, PieceForm
from dondoc.reporting.models import TemplateVersion
from dondoc.reporting.queries.templates import facts_of
from dondoc.reporting.rules.keeping import Kind
from dondoc.reporting.rules.rewriting import find, key_of, moved, without
from dondoc.reporting.rules.templates import TemplateFacts
from dondoc.reporting.services import templates as services
from dondoc.reporting.views.template_shown import shown_of
from dondoc.reporting.views.templates import own_draft
from dondoc.units import access

NAMES = {
    Kind.ABOUT: "thông tin chung",
    Kind.SECTION: "mục",
    Kind.TABLE: "biểu",
    Kind.INDICATOR: "chỉ tiêu",
    Kind.CHECK: "kiểm tra",
}
CHANGED = "Mẫu vừa được người khác sửa. Xem lại bản hiện có rồi làm lại."


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """``?ma=`` names the piece, ``?sau=`` the one after which a new one goes, ``?bieu=`` the table of a new indicator."""
    part = _kind(kind)
    version = own_draft(request, pk)
    facts, key = facts_of(version), request.GET.get("ma", "")
    piece = find(facts, part, key) if key else None
    posted = request.POST if request.method == "POST" else None
    if (key and piece is None and posted is None) or (part == Kind.INDICATOR and not facts.tables):
        raise Http404
    form = FORMS[part](posted, facts=facts, piece=piece, table=request.GET.get("bieu", ""))
    clash = False
    if posted is not None and form.is_valid():
        clash = _revision(request) != version.revision
        changed = form.changed(request.GET.get("sau", ""))
        if _saved(request, version, form, changed):
            messages.success(request, "Đã ghi vào bản soạn.")
            place = "" if part == Kind.ABOUT else _anchor(changed, part, key_of(form.piece()))
            return redirect(f"{reverse('reporting:template', args=[pk])}{place}")
    context: dict[str, Any] = {
        "version": version,
        "form": form,
        "kind": part,
        "heading": f"{'Sửa' if key or part == Kind.ABOUT else 'Thêm'} {NAMES[part]}{f' {key}' if key and part != Kind.CHECK else ''}",
        "revision": version.revision if clash or posted is None else _revision(request),
        "clash": clash,
        "gone": clash and bool(key) and piece is None,
        "now": _now(form) if clash and (piece or part == Kind.ABOUT) else [],
        "bands": form.bands if isinstance(form, IndicatorForm) else [],
    }
    return render(request, "reporting/template_edit.html", context, status=422 if posted is not None else 200)


@require_POST
def act(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """``buoc``: len (up), xuong (down), bo (take out)."""
    part = _kind(kind)
    version = own_draft(request, pk)
    facts, key = facts_of(version), request.POST.get("ma", "")
    steps = {"len": -1, "xuong": 1}
    step = request.POST.get("buoc", "")
    if step not in {*steps, "bo"}:
        raise Http404
    changed = without(facts, part, key) if step == "bo" else moved(facts, part, key, steps[step])
    if _revision(request) != version.revision or find(facts, part, key) is None:
        messages.error(request, CHANGED)
    elif changed != facts:
        services.rewrite(actor=access.actor(request), version=version, facts=changed, revision=version.revision)
    return redirect(f"{reverse('reporting:template', args=[pk])}{_anchor(changed, part, key)}")


def _kind(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError as error:
        raise Http404 from error


def _saved(request: HttpRequest, version: TemplateVersion, form: PieceForm, facts: TemplateFacts) -> bool:
    actor, revision = access.actor(request), _revision(request)
    return settled(form, lambda: services.rewrite(actor=actor, version=version, facts=facts, revision=revision))


def _revision(request: HttpRequest) -> int:
    """The draft's when the page was opened; -1, which no draft has, where it is not said."""
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else -1


def _anchor(facts: TemplateFacts, part: Kind, key: str) -> str:
    shown = shown_of(facts, with_flaws=False)
    rows = [
        *shown.sections,
        *(table.line for table in shown.tables),
        *(line for table in shown.tables for band in table.bands for line in band.lines),
        *shown.checks,
    ]
    return next((f"#{one.place}" for one in rows if one.kind == part and one.key == key), "")


def _now(form: PieceForm) -> list[tuple[str, str]]:
    """What the draft says by now, field by field, where it differs from what was typed."""
    rows = []
    for bound in form:
        value = form.initial.get(bound.name)
        if bound.name in form.changed_data:
            choices = {str(key): str(words) for key, words in getattr(bound.field, "choices", ())}
            words = {True: "có", False: "không"}.get(value) if isinstance(value, bool) else choices.get(str(value), value)
            rows.append((str(bound.label), str("" if words is None else words)))
    return rows
