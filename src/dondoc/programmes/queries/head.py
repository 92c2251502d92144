"""The head of a programme's pages."""

from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse

from dondoc.common import wording
from dondoc.programmes.enums import DocumentRole
from dondoc.programmes.models import Programme

KEEP_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Head:
    """Figures that stand in the tabs, and the slips of the documents; the plan comes first."""

    plan_id: int
    chips: tuple[Chip, ...]
    targets: int
    duties: int
    papers: int


def head_of(programme: Programme) -> Head:
    """Kept by the programme's edition: what happens to a task does not change it."""
    key = f"programmes:head:{programme.pk}:{programme.edition}"
    held: Head | None = cache.get(key)
    if held is None:
        held = _head(programme)
        cache.set(key, held, KEEP_SECONDS)
    return held


def _head(programme: Programme) -> Head:
    papers = list(programme.papers.select_related("document"))
    plan = next((paper for paper in papers if paper.role == DocumentRole.PLAN), papers[0])
    chips = []
    for paper in papers[:3]:
        document = paper.document
        name = document.code or document.name
        day = f" · {wording.day(document.issued_on)}" if document.issued_on else ""
        chips.append(Chip(f"{name}{day}", reverse("documents:page", args=[document.pk])))
    return Head(
        plan.document_id,
        tuple(chips),
        programme.targets.filter(joined_to__isnull=True).count(),
        programme.duties.count(),
        len(papers),
    )
