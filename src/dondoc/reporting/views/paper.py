"""The report as a paper: what is still open in it, and the files."""

from textwrap import shorten
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common import clock, pdf
from dondoc.common.downloading import hand_out_made
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.official import DOCX, Form
from dondoc.files.rules import clean_name
from dondoc.reporting.models import Campaign, Draft
from dondoc.reporting.paper import paper_of
from dondoc.reporting.paper.gaps import gaps_of
from dondoc.reporting.paper.heading import addressee_of, counted
from dondoc.reporting.paper.material import material_of
from dondoc.reporting.queries.drafts import draft_of
from dondoc.reporting.views.campaigns import context_of, received_or_refused
from dondoc.units.letterhead import letterhead_of

NAME = 100
"""So many letters of the title name the file."""

WORD, AS_PDF = "docx", "pdf"
FORMS = {
    Form.STATE: "Nghị định 30/2020/NĐ-CP",
    Form.PARTY: "Hướng dẫn 36-HD/VPTW, Hướng dẫn 05-HD/VPTW",
}


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """``dang``: docx or pdf, a file; without it the page. ``nguon=1``: with the annex of sources."""
    campaign = received_or_refused(request, pk)
    held = draft_of(campaign)
    wanted = request.GET.get("dang", "")
    if held is None or wanted not in {"", WORD, AS_PDF}:
        raise Http404
    if not wanted:
        return _page(request, campaign, held)
    try:
        return _file(request, held, wanted)
    except NotAllowed:
        raise
    except Refused as refusal:  # no PDF now: the page says so, with the Word file beside it
        return _page(request, campaign, held, fault=refusal.message, status=503)


def _file(request: HttpRequest, held: Draft, wanted: str) -> HttpResponse:
    with_sources = request.GET.get("nguon") == "1"
    content = paper_of(held, on=clock.today(), with_sources=with_sources, site=request.build_absolute_uri("/").rstrip("/"))
    name = clean_name(shorten(held.title.replace("/", "-"), NAME, placeholder="…")) + (" (kèm nguồn)" if with_sources else "")
    if wanted == AS_PDF:
        return hand_out_made(pdf.to_pdf(content), name, AS_PDF, pdf.PDF)
    return hand_out_made(content, name, WORD, DOCX)


def _page(request: HttpRequest, campaign: Campaign, held: Draft, fault: str = "", status: int = 200) -> HttpResponse:
    material = material_of(held)
    head = letterhead_of(material.campaign.recipient)
    context: dict[str, Any] = {
        **context_of(request, campaign),
        "tab": "draft",
        "draft": held,
        "gaps": gaps_of(material),
        "counted": counted(material),
        "left_out": [source for source in material.sources if source.accepted < len(source.reports)],
        "head": head,
        "form_words": FORMS[head.form],
        "addressee": addressee_of(material.campaign),
        "lacks_addressee": head.form == Form.STATE and not material.campaign.feeds_id,
        "may_pdf": pdf.is_there(),
        "fault": fault,
    }
    return render(request, "reporting/paper.html", context, status=status)
