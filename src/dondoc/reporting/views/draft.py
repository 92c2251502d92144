"""Consolidation: the outline, the paper with its figures, what units wrote; and what an editor does with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.enums import ReturnState, VersionState
from dondoc.reporting.models import Block, Campaign, Draft, TemplateVersion
from dondoc.reporting.queries import drafts, figures, narratives
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.figures import Source
from dondoc.reporting.queries.printing import named, wanted
from dondoc.reporting.queries.templates import visible_versions
from dondoc.reporting.queries.totals import IN
from dondoc.reporting.rules.fields import field_of
from dondoc.reporting.rules.templates import SectionFacts
from dondoc.reporting.services import drafting
from dondoc.reporting.services.drafting import Clash
from dondoc.reporting.views.campaigns import context_of, received_or_refused
from dondoc.reporting.views.draft_shown import shown_block
from dondoc.units import access


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A heading of the outline: how many units wrote for it, how many blocks stand in it."""

    section: SectionFacts
    units: int
    blocks: int


@dataclass(frozen=True, slots=True)
class Mending:
    """An edit that met another's: both versions."""

    block: int
    mine: str
    clash: Clash


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One section of the draft; without a draft, the way to begin one."""
    campaign = received_or_refused(request, pk)
    held = drafts.draft_of(campaign)
    if held is None:
        return render(request, "reporting/draft_begin.html", _begin(request, campaign))
    return render(request, "reporting/draft.html", _page(request, campaign, held, request.GET.get("muc", "")))


def _begin(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    context = context_of(request, campaign)
    usual = drafting.usual_master(campaign) if context["groups"] else None
    issued = visible_versions(access.actor(request)).filter(state=VersionState.ISSUED)
    own = TemplateVersion.objects.filter(campaign_groups__campaign=campaign).select_related("template")
    masters = list(dict.fromkeys([*([usual] if usual else []), *own, *issued]))
    return {**context, "tab": "draft", "masters": masters, "usual": usual}


def _page(request: HttpRequest, campaign: Campaign, held: Draft, code: str, mending: Mending | None = None) -> dict[str, Any]:
    outline = facts(held.master).sections
    section = next((one for one in outline if one.code == code and one.asks), next(one for one in outline if one.asks))
    blocks = list(drafts.all_blocks(held))
    present = [block for block in blocks if drafts.REMOVED not in block.setting]
    here = [block for block in present if block.section.code == section.code]
    opened = field_of(request.GET.get("so", ""))
    sources = figures.sources_of(campaign)
    known = figures.known_figures(sources, wanted(here, sources, opened))
    shown = [shown_block(block, sources, known, opened) for block in here]
    codes = narratives.section_codes(campaign, held.master)
    told = narratives.told_in(campaign, codes, section.code)
    reports = [report for source in sources for report in source.reports]
    return {
        **context_of(request, campaign),
        "tab": "draft",
        "draft": held,
        "section": section,
        "outline": _outline(outline, narratives.counts_of(campaign, codes), present),
        "blocks": shown,
        "figure_count": sum(1 for one in shown for line in one.paragraphs for piece in line if piece.key),
        "removed": [block for block in blocks if drafts.REMOVED in block.setting and block.section.code == section.code],
        "told": told,
        "used": narratives.used(told, (one for one in present if one.setting.get("told") == section.code)),
        "tables": _tables(sources),
        "mending": mending,
        "opened_key": opened.key if opened else "",
        **_standing(reports),
    }


def _standing(reports: list[Any]) -> dict[str, Any]:
    """Who handed in, who is missing, whose report was given back."""
    by_state = {state: [one.unit.name for one in reports if one.state == state] for state in ReturnState}
    missing = [one.unit.name for one in reports if one.state not in IN]
    return {
        "people": figures.people_words(reports),
        "handed_in": sum(1 for one in reports if one.state in IN),
        "expected": len(reports),
        "missing": named(missing),
        "given_back": named(by_state[ReturnState.RETURNED]),
        "waiting": len(by_state[ReturnState.RECEIVED]),
    }


def _outline(outline: tuple[SectionFacts, ...], counts: dict[str, int], blocks: list[Block]) -> list[OutlineRow]:
    standing = [block.section.code for block in blocks]
    return [OutlineRow(one, counts.get(one.code, 0), standing.count(one.code)) for one in outline]


def _tables(sources: list[Source]) -> list[tuple[str, str]]:
    return list({table.code: (table.code, table.title) for source in sources for table in source.facts.tables}.values())


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
    _, held = _draft_or_404(request, pk)
    drafting.renew_draft(actor=access.actor(request), draft=held, at=clock.now())
    messages.success(request, "Đã lấy số mới. Đoạn đã sửa được giữ nguyên.")
    return _back(request, pk)


@require_POST
def add(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """What units say, a paragraph of one's own, a table: at the end of the section."""
    _, held = _draft_or_404(request, pk)
    actor, section = access.actor(request), request.POST.get("muc", "")
    try:
        if what == "doan-cua-don-vi":
            key = request.POST.get("key", "")
            block = drafting.insert_told(actor=actor, draft=held, section=section, key=key, told=request.POST.get("tu", ""))
        elif what == "doan":
            text = request.POST.get("text", "")
            block = drafting.add_text(actor=actor, draft=held, section=section, text=text, at=clock.now())
        else:
            table = request.POST.get("bieu", "")
            block = drafting.add_table(actor=actor, draft=held, section=section, table=table, at=clock.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _back(request, pk)
    messages.success(request, "Đã chèn vào dự thảo.")
    return _back(request, pk, f"doan-{block.pk}")


@require_POST
def act(request: HttpRequest, pk: int, block: int, what: str) -> HttpResponse:
    """Edit, move, remove or put back one block."""
    campaign, held = _draft_or_404(request, pk)
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
    "bo": (drafting.remove_block, "Đã bỏ khỏi dự thảo. Lấy lại ở cuối mục."),
    "lay-lai": (drafting.restore_block, "Đã lấy lại."),
}


def _edit(request: HttpRequest, campaign: Campaign, held: Draft, row: Block) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        done = drafting.edit_block(
            actor=access.actor(request), block=row, text=text, seen=request.POST.get("seen", ""), at=clock.now()
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _back(request, campaign.pk, f"doan-{row.pk}")
    if isinstance(done, Clash):
        mending = Mending(row.pk, text, done)
        return render(request, "reporting/draft.html", _page(request, campaign, held, row.section.code, mending), status=409)
    messages.success(request, "Đã lưu.")
    return _back(request, campaign.pk, f"doan-{row.pk}")


def _draft_or_404(request: HttpRequest, pk: int) -> tuple[Campaign, Draft]:
    campaign = received_or_refused(request, pk)
    held = drafts.draft_of(campaign)
    if held is None:
        raise Http404
    return campaign, held


def _back(request: HttpRequest, pk: int, anchor: str = "") -> HttpResponse:
    """To the section that the person was working in."""
    section = request.POST.get("muc", "")
    query = f"?{urlencode({'muc': section})}" if section else ""
    return redirect(f"{reverse('reporting:draft', args=[pk])}{query}{'#' + anchor if anchor else ''}")
