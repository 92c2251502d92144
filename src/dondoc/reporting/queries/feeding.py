"""The chain commune → department → province: which campaigns feed which, and what a consolidator's report takes from the hop before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from dondoc.reporting.enums import BlockKind
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.drafts import blocks_of, draft_of
from dondoc.reporting.queries.figures import Source, known_figures, sources_of
from dondoc.reporting.queries.following import Listed, counted, listed
from dondoc.reporting.queries.visible import received_campaigns
from dondoc.reporting.rules.cells import Place, asked
from dondoc.reporting.rules.drafts import section_like
from dondoc.reporting.rules.fields import Field, fields_in, pieces
from dondoc.reporting.rules.known import Known
from dondoc.units.rules import Actor

LONGEST = 5
"""More hops than this no paper asks for."""


@dataclass(frozen=True, slots=True)
class Link:
    """A hop. ``is_open``: the person may follow it."""

    listed: Listed
    is_open: bool


def chain_of(campaign: Campaign, actor: Actor) -> list[Link]:
    """The hops before and after, with this one, by their deadlines; empty where it stands alone."""
    ups, one = [campaign.pk], campaign
    while one.feeds and one.feeds_id not in ups and len(ups) < LONGEST:
        one = one.feeds
        ups.append(one.pk)
    rows = list(counted(Campaign.objects.filter(Q(pk__in=ups) | Q(feeds=campaign))).order_by("last_ok_on", "pk"))
    if len(rows) < 2:
        return []
    may = set(received_campaigns(actor).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [Link(found, found.campaign.pk in may) for found in listed(rows)]


def fed_by(report: Return) -> list[Campaign]:
    """The campaigns whose results go into the report: those that its unit receives, of the hop before."""
    rows = Campaign.objects.filter(feeds=report.campaign_id, recipient=report.unit_id)
    return list(rows.order_by("last_ok_on", "pk"))


def fed_figures(report: Return) -> Mapping[Place, Known]:
    """What was accepted in the hop before, of cells that the report asks for; the first template that has one gives it."""
    found: dict[Place, Known] = {}
    places = {place for _, _, place in asked(facts(report.group.template))}
    for campaign in fed_by(report):
        for source in sources_of(campaign):
            words = f"Tổng hợp {source.accepted}/{len(source.reports)} báo cáo đã duyệt, {campaign.period_name}"
            for place, figure in source.totals.accepted.items():
                if place in places and place not in found and figure.number is not None:
                    found[place] = Known(figure.number, words, _address(campaign, source, place))
    return found


def fed_text(report: Return, section: str) -> str:
    """The paragraphs of the draft of the hop before that stand in the section like this one, with their figures as they are now."""
    wanted = next((one for one in facts(report.group.template).sections if one.code == section), None)
    texts: list[str] = []
    for campaign in fed_by(report) if wanted else ():
        draft = draft_of(campaign)
        master = facts(draft.master).sections if draft else ()
        if draft is None or wanted is None or not master:
            continue
        code = wanted.code if draft.master_id == report.group.template_id else section_like(wanted, master)
        kinds = (BlockKind.PASSAGE, BlockKind.FIGURES, BlockKind.OWN)
        blocks = blocks_of(draft).filter(section__code=code, kind__in=kinds)
        texts += _filled([block.text for block in blocks if block.text.strip()], campaign)
    return "\n".join(texts)


def _filled(texts: Sequence[str], campaign: Campaign) -> list[str]:
    fields = [field for text in texts for field in fields_in(text)]
    known = known_figures(sources_of(campaign), fields) if fields else {}

    def words(piece: str | Field) -> str:
        if isinstance(piece, str):
            return piece
        one = known.get(piece.key)
        return "[KHÔNG CÓ CHỈ TIÊU]" if one is None else one.verdict if piece.against_target else one.words

    return ["".join(map(words, pieces(text))) for text in texts]


def _address(campaign: Campaign, source: Source, place: Place) -> str:
    return reverse("reporting:figure", args=[campaign.pk, source.groups[0].pk, place.code, place.column])
