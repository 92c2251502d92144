"""Consolidation: the outline, the paper with its figures, what units wrote; and who changed what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from dondoc.common import clock
from dondoc.common.models import AuditEntry
from dondoc.common.pages import page_of
from dondoc.reporting.enums import ReturnState, VersionState
from dondoc.reporting.models import Block, Campaign, Draft, Return, TemplateVersion
from dondoc.reporting.queries import drafts, figures, narratives
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.figures import Source
from dondoc.reporting.queries.printing import wanted
from dondoc.reporting.queries.templates import visible_versions
from dondoc.reporting.queries.totals import IN
from dondoc.reporting.rules.charts import charted
from dondoc.reporting.rules.fields import field_of
from dondoc.reporting.rules.templates import SectionFacts
from dondoc.reporting.services import drafting
from dondoc.reporting.services.drafting import Clash
from dondoc.reporting.views.campaigns import context_of, received_or_refused
from dondoc.reporting.views.draft_shown import fields_of_newer, shown_block
from dondoc.units import access

TOLD = 40
"""So many groups of passages stand on one page."""


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


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the history: ``place`` is the section's code and heading, ``words`` begin what was changed."""

    entry: AuditEntry
    place: str = ""
    section: str = ""
    block: int | None = None
    words: str = ""


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One section of the draft; without a draft, the way to begin one."""
    campaign = received_or_refused(request, pk)
    held = drafts.draft_of(campaign)
    if held is None:
        return render(request, "reporting/draft_begin.html", _begin(request, campaign))
    return render(request, "reporting/draft.html", page(request, campaign, held, request.GET.get("muc", "")))


def draft_or_404(request: HttpRequest, pk: int) -> tuple[Campaign, Draft]:
    campaign = received_or_refused(request, pk)
    held = drafts.draft_of(campaign)
    if held is None:
        raise Http404
    return campaign, held


def _begin(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    context = context_of(request, campaign)
    usual = drafting.usual_master(campaign) if context["groups"] else None
    issued = visible_versions(access.actor(request)).filter(state=VersionState.ISSUED)
    own = TemplateVersion.objects.filter(campaign_groups__campaign=campaign).select_related("template")
    masters = list(dict.fromkeys([*([usual] if usual else []), *own, *issued]))
    return {**context, "tab": "draft", "masters": masters, "usual": usual}


def page(request: HttpRequest, campaign: Campaign, held: Draft, code: str, mending: Mending | None = None) -> dict[str, Any]:
    """What the page of one section prints; the first where there is no such section."""
    outline = facts(held.master).sections
    section = next((one for one in outline if one.code == code and one.asks), next(one for one in outline if one.asks))
    blocks = list(drafts.all_blocks(held))
    present = [block for block in blocks if drafts.REMOVED not in block.setting]
    here = [block for block in present if block.section.code == section.code]
    sources = figures.sources_of(campaign)
    codes = narratives.section_codes(campaign, held.master)
    writers = narratives.writers_of(campaign, codes)
    reports = [report for source in sources for report in source.reports]
    return {
        **context_of(request, campaign),
        **head_of(held),
        "tab": "draft",
        "section": section,
        "outline": _outline(outline, writers, present),
        "removed": [block for block in blocks if drafts.REMOVED in block.setting and block.section.code == section.code],
        "tables": [(table.code, table.title) for table in _tables(sources)],
        "drawn": [(table, some) for table in _tables(sources) if (some := charted(table))],
        "mending": mending,
        **_paper(request, here, sources),
        **_told(request, campaign, codes, section.code, present),
        **_standing(reports, writers.get(section.code, set())),
    }


def head_of(held: Draft) -> dict[str, Any]:
    """The draft, and what was done to it last."""
    last = drafts.deeds_of(held).first()
    return {"draft": held, "last": last, "last_today": last is not None and localdate(last.recorded_at) == clock.today()}


def _paper(request: HttpRequest, here: Sequence[Block], sources: Sequence[Source]) -> dict[str, Any]:
    """A figure that stands in several blocks is opened in the one where it was clicked, ``doan``."""
    opened, at = field_of(request.GET.get("so", "")), request.GET.get("doan", "")
    known = figures.known_figures(sources, [*wanted(here, sources, opened), *fields_of_newer(here)])
    shown = [shown_block(block, sources, known, opened if at in {"", str(block.pk)} else None) for block in here]
    for one in [one for one in shown if one.opened][1:]:
        one.opened = None
    return {
        "blocks": shown,
        "figure_count": sum(1 for one in shown for line in one.paragraphs for piece in line if piece.key),
        "opened_key": opened.key if opened else "",
    }


def _told(
    request: HttpRequest, campaign: Campaign, codes: Mapping[int, str], code: str, present: Iterable[Block]
) -> dict[str, Any]:
    """What units wrote for the section, what most say first."""
    told = narratives.told_in(campaign, codes, code)
    return {
        "told_count": len(told),
        "told": Paginator(told, TOLD).get_page(request.GET.get("trang")),
        "used": narratives.used(told, (one for one in present if one.setting.get("told") == code)),
    }


def _standing(reports: Sequence[Return], writers: set[int]) -> dict[str, Any]:
    """Who handed in, who is missing, whose report was given back, who says nothing in this section."""
    handed_in = [one for one in reports if one.state in IN]
    return {
        "people": figures.people_words(one.unit for one in reports),
        "handed_in": len(handed_in),
        "expected": len(reports),
        "missing": [one.unit.name for one in reports if one.state not in IN],
        "given_back": [one.unit.name for one in reports if one.state == ReturnState.RETURNED],
        "silent": [one.unit.name for one in handed_in if one.pk not in writers],
        "waiting": sum(1 for one in reports if one.state == ReturnState.RECEIVED),
    }


def _outline(outline: Iterable[SectionFacts], writers: Mapping[str, set[int]], blocks: list[Block]) -> list[OutlineRow]:
    standing = [block.section.code for block in blocks]
    return [OutlineRow(one, len(writers.get(one.code, ())), standing.count(one.code)) for one in outline]


def _tables(sources: Iterable[Source]) -> list[Any]:
    """Of all templates; of two with one code the first."""
    tables = [table for source in sources for table in source.facts.tables]
    return list({table.code: table for table in reversed(tables)}.values())[::-1]


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what, the last first."""
    campaign, held = draft_or_404(request, pk)
    entries = page_of(request, drafts.deeds_of(held))
    blocks = {block.pk: block for block in Block.objects.filter(draft=held).select_related("section")}
    context = {
        **context_of(request, campaign),
        **head_of(held),
        "tab": "draft",
        "page": entries,
        "deeds": [_deed(entry, blocks) for entry in entries],
    }
    return render(request, "reporting/draft_history.html", context)


def _deed(entry: AuditEntry, blocks: Mapping[int, Block]) -> Deed:
    block = blocks.get(entry.details.get("block") or 0)
    if block is None:
        return Deed(entry, words=entry.details.get("now", ""))
    place = f"{block.section.code}. {block.section.heading}"
    return Deed(entry, place, block.section.code, block.pk, block.text)
