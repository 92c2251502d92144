"""What the paper is made of, fetched in a number of statements that does not grow with units, figures or passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dondoc.documents.enums import Visibility
from dondoc.documents.models import Document, Item
from dondoc.programmes.models import ProgrammeDocument
from dondoc.reporting.models import Block, Campaign, Draft
from dondoc.reporting.queries.charts import fields_of_chart
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.drafts import blocks_of
from dondoc.reporting.queries.figures import Known, Source, known_figures, sources_of
from dondoc.reporting.queries.printing import wanted
from dondoc.reporting.rules.templates import SectionFacts


@dataclass(frozen=True, slots=True)
class Material:
    """``blocks``: code of a section → what stands in it. ``bases``: documents that the programme rests on beside the one that asks for the report."""

    draft: Draft
    campaign: Campaign
    sections: Sequence[SectionFacts]
    blocks: Mapping[str, Sequence[Block]]
    sources: Sequence[Source]
    known: Mapping[str, Known]
    bases: Sequence[Document]


def material_of(draft: Draft) -> Material:
    related = ("recipient__province", "feeds__recipient__province", "duty__item__document", "task__item__document")
    campaign = Campaign.objects.select_related(*related).get(pk=draft.campaign_id)
    blocks = list(blocks_of(draft))
    sources = sources_of(campaign)
    by_section: dict[str, list[Block]] = {}
    for block in blocks:
        by_section.setdefault(block.section.code, []).append(block)
    charted = [field for block in blocks for field in fields_of_chart(block, sources)]
    return Material(
        draft=draft,
        campaign=campaign,
        sections=facts(draft.master).sections,
        blocks=by_section,
        sources=sources,
        known=known_figures(sources, [*wanted(blocks, sources, None), *charted]),
        bases=_bases(campaign),
    )


def item_of(campaign: Campaign) -> Item | None:
    """The passage that asks for the report: of a duty, or of the task that a later hop stands for."""
    asking = campaign.duty or campaign.task
    return asking.item if asking else None


def _bases(campaign: Campaign) -> list[Document]:
    """Open ones alone: a document that few may see is not named to all who read the report."""
    if campaign.programme_id is None:
        return []
    papers = ProgrammeDocument.objects.filter(programme=campaign.programme_id, document__visibility=Visibility.PROVINCE)
    item = item_of(campaign)
    held = (paper.document for paper in papers.select_related("document").order_by("pk"))
    return [document for document in held if item is None or document.pk != item.document_id]
