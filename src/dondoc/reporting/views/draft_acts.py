"""What an editor does with a draft: begin it, take new figures, add, edit, move, remove."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.models import Block, Campaign, Draft, TemplateVersion
from dondoc.reporting.queries.templates import visible_versions
from dondoc.reporting.services import drafting
from dondoc.reporting.services.drafting import Clash
from dondoc.reporting.views.campaigns import received_or_refused
from dondoc.reporting.views.draft import Mending, draft_or_404, page
from dondoc.units import access


@require_POST
def make(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = received_or_refused(request, pk)
    master = None
    if wish := request.POST.get("master", ""):
        rows = visible_versions(access.actor(request)) | TemplateVersion.objects.filter(campaign_groups__campaign=campaign)
        master = get_object_or_404(rows.distinct(), pk=wish) if wish.isdecimal() else None
    drafting.make_draft(actor=access.actor(request), campaign=campaign, at=clock.now(), master=master)
    messages.success(request, "Đã lập dự thảo báo cáo.")
    return redirect("reporting:draft", pk)


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    _, held = draft_or_404(request, pk)
    drafting.renew_draft(actor=access.actor(request), draft=held, at=clock.now())
    messages.success(request, "Đã lấy số mới. Đoạn đã sửa được giữ nguyên.")
    return _back(request, pk)


@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """The report's name as the paper prints it."""
    _, held = draft_or_404(request, pk)
    title, seen = request.POST.get("title", ""), request.POST.get("seen", "")
    try:
        drafting.name_draft(actor=access.actor(request), draft=held, title=title, seen=seen)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Đã ghi tên báo cáo.")
    return _back(request, pk)


@require_POST
def add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """What units say, a paragraph of one's own, a table, a chart: at the end of the section."""
    _, held = draft_or_404(request, pk)
    try:
        block = _ADDED[what](request, held)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _back(request, pk)
    messages.success(request, "Đã chèn vào dự thảo.")
    return _back(request, pk, f"doan-{block.pk}")


def _told(request: HttpRequest, held: Draft) -> Block:
    key, told = request.POST.get("key", ""), request.POST.get("tu", "")
    return drafting.insert_told(actor=access.actor(request), draft=held, section=_section(request), key=key, told=told)


def _text(request: HttpRequest, held: Draft) -> Block:
    text = request.POST.get("text", "")
    return drafting.add_text(actor=access.actor(request), draft=held, section=_section(request), text=text, at=clock.now())


def _table(request: HttpRequest, held: Draft) -> Block:
    table = request.POST.get("bieu", "")
    return drafting.add_table(actor=access.actor(request), draft=held, section=_section(request), table=table, at=clock.now())


def _chart(request: HttpRequest, held: Draft) -> Block:
    """``chi-tieu``: ``2A:C.03``."""
    table, _, code = request.POST.get("chi-tieu", "").partition(":")
    actor, section = access.actor(request), _section(request)
    return drafting.add_chart(actor=actor, draft=held, section=section, table=table, code=code, at=clock.now())


_ADDED: dict[str, Callable[[HttpRequest, Draft], Block]] = {
    "doan-cua-don-vi": _told,
    "doan": _text,
    "bieu": _table,
    "bieu-do": _chart,
}


@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: int, block: int, what: str) -> HttpResponse:
    """Edit, keep, move, remove or put back one block.

    An edit that met another's answers with the page at this address: what its links ask for is on the page of the draft.
    """
    campaign, held = draft_or_404(request, pk)
    if request.method == "GET":
        return redirect(f"{reverse('reporting:draft', args=[pk])}?{request.GET.urlencode()}")
    row = get_object_or_404(Block.objects.select_related("draft", "section"), pk=block, draft=held)
    if what == "sua":
        return _edit(request, campaign, held, row)
    service, said = _ACTS[what]
    service(actor=access.actor(request), block=row)
    if said:
        messages.success(request, said)
    return _back(request, pk, "" if what == "bo" else f"doan-{row.pk}")


_ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "len": (lambda actor, block: drafting.move_block(actor=actor, block=block, up=True), ""),
    "xuong": (lambda actor, block: drafting.move_block(actor=actor, block=block, up=False), ""),
    "giu": (drafting.keep_words, "Đã giữ bản đã sửa."),
    "bo": (drafting.remove_block, "Đã bỏ khỏi dự thảo. Lấy lại ở cuối mục."),
    "lay-lai": (drafting.restore_block, "Đã lấy lại."),
}


def _edit(request: HttpRequest, campaign: Campaign, held: Draft, row: Block) -> HttpResponse:
    text, seen = request.POST.get("text", ""), request.POST.get("seen", "")
    try:
        done = drafting.edit_block(actor=access.actor(request), block=row, text=text, seen=seen, at=clock.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _back(request, campaign.pk, f"doan-{row.pk}")
    if isinstance(done, Clash):
        mending = Mending(row.pk, text, done)
        return render(request, "reporting/draft.html", page(request, campaign, held, row.section.code, mending), status=409)
    messages.success(request, "Đã lưu.")
    return _back(request, campaign.pk, f"doan-{row.pk}")


def _section(request: HttpRequest) -> str:
    return request.POST.get("muc", "")


def _back(request: HttpRequest, pk: int, anchor: str = "") -> HttpResponse:
    """To the section that the person was working in."""
    section = _section(request)
    query = f"?{urlencode({'muc': section})}" if section else ""
    return redirect(f"{reverse('reporting:draft', args=[pk])}{query}{'#' + anchor if anchor else ''}")
