from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from dondoc.documents.enums import ItemState
from dondoc.documents.models import Item
from dondoc.documents.queries import visible_documents
from dondoc.programmes.models import Duty, Programme, ProgrammeDocument, Target, Task
from dondoc.programmes.queries.opening import KINDS
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a programme, and what may still be taken from it. ``visible``: the reader may open it."""

    paper: ProgrammeDocument
    tasks: int
    waiting: int
    unseen: int
    visible: bool


def papers_of(programme: Programme, actor: Actor) -> list[Paper]:
    """All of them, in three queries."""
    papers = list(programme.papers.select_related("document"))
    pks = [paper.document_id for paper in papers]
    tasks = dict(programme.tasks.order_by().values_list("item__document").annotate(Count("pk")))
    left = {row["document"]: row for row in _left(programme, pks)}
    seen = set(visible_documents(actor).filter(pk__in=pks).values_list("pk", flat=True))
    return [
        Paper(
            paper=paper,
            tasks=tasks.get(paper.document_id, 0),
            waiting=left.get(paper.document_id, {}).get("waiting", 0),
            unseen=left.get(paper.document_id, {}).get("unseen", 0),
            visible=paper.document_id in seen,
        )
        for paper in papers
    ]


def _left(programme: Programme, document_ids: list[int]) -> "QuerySet[Item, dict[str, int]]":
    taken = [Exists(model.objects.filter(programme=programme, item=OuterRef("pk"))) for model in (Task, Target, Duty)]
    items = Item.objects.filter(~taken[0], ~taken[1], ~taken[2], document__in=document_ids, kind__in=KINDS, orphaned=False)
    confirmed = Q(state__in=(ItemState.ACCEPTED, ItemState.CORRECTED))
    return (
        items.order_by()
        .values("document")
        .annotate(waiting=Count("pk", filter=confirmed), unseen=Count("pk", filter=Q(state=ItemState.PROPOSED)))
    )


def superseded_of(programme: Programme) -> QuerySet[Task]:
    """Tasks that are no longer asked for; they keep their history."""
    return programme.tasks.filter(superseded_on__isnull=False).order_by("superseded_on", "position")


def tasks_to_replace(programme: Programme) -> tuple[list[Task], list[Task]]:
    """Tasks of later documents, and those that they may take the place of."""
    plan = programme.papers.order_by("pk").values("document")[:1]
    open_tasks = programme.tasks.filter(superseded_on__isnull=True)
    newer = open_tasks.exclude(item__document__in=plan).filter(supersedes__isnull=True)
    return list(newer), list(open_tasks.annotate(document=F("item__document"))) if newer else []
