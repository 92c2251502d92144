"""Templates: the list, the page of a version, copying, issuing, handing out as a file."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.forms import settled
from dondoc.reporting.enums import VersionState
from dondoc.reporting.forms.templates import NewForm, OwnForm
from dondoc.reporting.models import TemplateVersion
from dondoc.reporting.queries.templates import (
    facts_of,
    listed_templates,
    possible_owners,
    uses_of,
    visible_versions,
    with_content,
)
from dondoc.reporting.rules.rights import may_keep
from dondoc.reporting.rules.templates import TemplateFacts, write
from dondoc.reporting.services import templates as services
from dondoc.reporting.views.template_shown import shown_of
from dondoc.units import access
from dondoc.units.rules import Actor

NOBODY = "Chỉ chuyên viên, lãnh đạo đơn vị và Văn phòng UBND tỉnh được lập mẫu báo cáo."
STEPS = (("len", "Lên", "arrow-up"), ("xuong", "Xuống", "arrow-down"), ("bo", "Bỏ", "trash"))
NOT_DRAFT = "Bản đang dùng không sửa được. Soạn bản mới của mẫu."


def version_or_404(request: HttpRequest, pk: int) -> TemplateVersion:
    """The version with all that it asks for, for one who may see it."""
    return get_object_or_404(with_content(visible_versions(access.actor(request))), pk=pk)


def keeps(actor: Actor, version: TemplateVersion) -> bool:
    """Whether the actor looks after the template; of one that came with the program nobody does."""
    owner = version.template.owner
    return owner is not None and may_keep(actor, owner)


def own_draft(request: HttpRequest, pk: int) -> TemplateVersion:
    """The draft, for those who look after it."""
    version = version_or_404(request, pk)
    if not keeps(access.actor(request), version):
        raise NotAllowed(services.NOT_YOURS)
    if version.state != VersionState.DRAFT:
        raise Refused(NOT_DRAFT)
    return version


@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    actor = access.actor(request)
    rows = listed_templates(actor)
    context = {
        "own": [one for one in rows if one.template.province_id],
        "shipped": [one for one in rows if not one.template.province_id],
        "makes": possible_owners(actor).exists(),
    }
    return render(request, "reporting/templates.html", context)


@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponse:
    actor = access.actor(request)
    version = version_or_404(request, pk)
    kept = keeps(actor, version)
    drafted = version.state == VersionState.DRAFT
    versions = list(version.template.versions.all())
    context: dict[str, Any] = {
        "version": version,
        "shown": shown_of(facts_of(version), with_flaws=drafted),
        "versions": versions,
        "draft": next((one for one in versions if one.state == VersionState.DRAFT), None),
        "uses": uses_of(actor, version),
        "keeps": kept,
        "edits": kept and drafted,
        "steps": STEPS,
        "makes": possible_owners(actor).exists(),
    }
    return render(request, "reporting/template.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An empty template, as a draft."""
    owners = possible_owners(maker(request))
    form = NewForm(request.POST if request.method == "POST" else None, owners=owners)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        facts = TemplateFacts(said["code"], said["title"], for_whom=said["for_whom"])
        if version := made(request, form, facts):
            messages.success(request, "Đã lập bản soạn. Thêm mục và biểu số liệu.")
            return redirect("reporting:template", version.pk)
    context = {"form": form, "heading": "Lập mẫu báo cáo", "verb": "Lập bản soạn"}
    return render(request, "reporting/template_own.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a template over into the province, as a draft."""
    version = version_or_404(request, pk)
    owners = possible_owners(maker(request))
    form = OwnForm(request.POST if request.method == "POST" else None, owners=owners, code=version.template.code)
    if form.is_bound and form.is_valid():
        facts = replace(facts_of(version), code=form.cleaned_data["code"])
        if made_version := made(request, form, facts):
            messages.success(request, "Đã chép mẫu thành bản soạn của tỉnh.")
            return redirect("reporting:template", made_version.pk)
    context = {"form": form, "version": version, "heading": "Chép mẫu về tỉnh", "verb": "Chép thành bản soạn"}
    return render(request, "reporting/template_own.html", context, status=422 if form.is_bound else 200)


@require_POST
def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_or_404(request, pk)
    facts = facts_of(version)
    draft = services.next_version(actor=access.actor(request), template=version.template, facts=facts, at=clock.now())
    messages.success(request, f"Đã mở bản soạn {draft.number} từ bản {version.number}.")
    return redirect("reporting:template", draft.pk)


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_or_404(request, pk)
    services.issue(actor=access.actor(request), version=version)
    messages.success(request, "Đã đưa vào dùng. Các đợt báo cáo mở từ nay dùng bản này.")
    return redirect("reporting:template", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_or_404(request, pk)
    services.discard(actor=access.actor(request), version=version)
    messages.success(request, "Đã bỏ bản soạn.")
    return redirect("reporting:templates")


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The version as one file, for another installation or for safe-keeping."""
    version = version_or_404(request, pk)
    response = HttpResponse(write(facts_of(version)), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="mau-{version.template.code}-ban-{version.number}.json"'
    return response


def maker(request: HttpRequest) -> Actor:
    """The actor, where there is a unit for which they may make templates."""
    actor = access.actor(request)
    if not possible_owners(actor).exists():
        raise NotAllowed(NOBODY)
    return actor


def made(request: HttpRequest, form: OwnForm, facts: TemplateFacts) -> TemplateVersion | None:
    """The new template's draft; a refusal becomes an error of the form."""
    found: list[TemplateVersion] = []
    actor, owner = access.actor(request), form.cleaned_data["owner"]
    settled(form, lambda: found.append(services.make_template(actor=actor, owner=owner, facts=facts, at=clock.now())))
    return found[0] if found else None
