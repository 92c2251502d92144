"""The draft of a campaign's report: its blocks in the order of the paper."""

from django.db.models import Prefetch, QuerySet

from dondoc.common.models import AuditEntry
from dondoc.reporting.models import Block, Campaign, Draft, Passage

REMOVED = "removed"
"""In a block's setting: an editor took it out, and it stays out when the draft is made anew."""


def draft_of(campaign: Campaign) -> Draft | None:
    return Draft.objects.filter(campaign=campaign).select_related("master__template", "made_by").first()


def blocks_of(draft: Draft) -> QuerySet[Block]:
    """Those that stand in the paper, with who edited them and the passages that they come from."""
    return all_blocks(draft).exclude(setting__has_key=REMOVED)


def all_blocks(draft: Draft) -> QuerySet[Block]:
    """With those that were taken out and may be put back; of the passages whose they are, not their words."""
    sources = Passage.objects.select_related("report__unit").defer("text", "sent_text", "accepted_text")
    sources = sources.order_by("report__unit__search_text", "pk")
    rows = Block.objects.filter(draft=draft).select_related("section", "edited_by")
    return rows.prefetch_related(Prefetch("sources", queryset=sources)).order_by("section__position", "position", "pk")


def deeds_of(draft: Draft) -> QuerySet[AuditEntry]:
    """Who did what to it, the last first."""
    rows = AuditEntry.objects.filter(subject_type=Draft._meta.label_lower, subject_id=draft.pk)
    return rows.select_related("actor", "unit")
