"""Documents as an actor may see them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dondoc.common.models import AuditEntry
from dondoc.documents.enums import ItemState, Visibility
from dondoc.documents.models import CitedDocument, Document, DocumentReading, Item, Review
from dondoc.documents.rules.search import search_words
from dondoc.units.enums import Role
from dondoc.units.models import Unit
from dondoc.units.rules import Actor


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """Those open in the actor's provinces, all of the actor's units, those that name them; for the office all of its province."""
    led = {seat.province_id for seat in actor.seats if seat.role in {Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR}}
    named = Document.restricted_to.through.objects.filter(document_id=OuterRef("pk"), unit_id__in=actor.unit_ids)
    return Document.objects.filter(
        Q(province_id__in=led)
        | Q(province_id__in=actor.province_ids, visibility=Visibility.PROVINCE)
        | Q(unit_id__in=actor.unit_ids)
        | Exists(named)
    )


def visible_items(actor: Actor) -> QuerySet[Item]:
    """Items of the documents that the actor may see."""
    return Item.objects.filter(document__in=visible_documents(actor))


def listed(documents: QuerySet[Document], *, query: str = "", state: str = "", kind: str = "") -> QuerySet[Document]:
    """``documents`` with what the list shows: the unit, how many items there are and how many a person has looked at.

    Of several versions of one document the newest official one stands for all, unless words are looked for.
    """
    visible = documents
    for word in search_words(query):
        documents = documents.filter(search_text__contains=word)
    if state:
        documents = documents.filter(state=state)
    if kind:
        documents = documents.filter(type=kind)
    kin = visible.filter(version_group=OuterRef("version_group"))
    if not query:
        documents = documents.filter(~Exists(kin.filter(version_rank__gt=OuterRef("version_rank"))))
    versions = kin.order_by().values("version_group").annotate(number=Count("pk")).values("number")
    return documents.select_related("unit").annotate(
        items_total=_count(Q()),
        items_reviewed=_count(~Q(state=ItemState.PROPOSED)),
        versions=Coalesce(Subquery(versions), 1),
    )


def _count(condition: Q) -> Coalesce:
    counted = (
        Item.objects.filter(condition, document=OuterRef("pk"), orphaned=False)
        .order_by()
        .values("document")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted), 0)


def types_of(documents: QuerySet[Document]) -> list[str]:
    """The types that occur, for the filter."""
    return sorted(documents.exclude(type="").order_by().values_list("type", flat=True).distinct())


def current_reading(document: Document) -> DocumentReading | None:
    """The reading that holds, with its text; the raw text is fetched when it is asked for."""
    return document.readings.filter(current=True).defer("raw", "offsets").first()


def items_of(document: Document) -> list[Item]:
    """All items, in the order of the text; orphans too."""
    return list(document.items.all())


def item_by_key(document: Document, key: UUID) -> QuerySet[Item]:
    return document.items.filter(key=key)


def reviews_of(items: Iterable[Item]) -> dict[int, list[Review]]:
    """The reviews of each item, oldest first."""
    held: dict[int, list[Review]] = {}
    for review in Review.objects.filter(item__in=list(items)).select_related("made_by").order_by("pk"):
        held.setdefault(review.item_id, []).append(review)
    return held


def citations(document: Document, actor: Actor) -> list[CitedDocument]:
    """What the document cites; ``target`` is left out where the actor may not see it."""
    return _in_sight(list(document.cites.select_related("target")), actor, "target_id")


def cited_by(document: Document, actor: Actor) -> list[CitedDocument]:
    """Who cites the document, of those that the actor may see."""
    visible = visible_documents(actor)
    return list(document.cited_by.filter(document__in=visible).select_related("document"))


def _in_sight(edges: list[CitedDocument], actor: Actor, name: str) -> list[CitedDocument]:
    targets = {edge.target_id for edge in edges if edge.target_id}
    seen = set(visible_documents(actor).filter(pk__in=targets).values_list("pk", flat=True)) if targets else set()
    for edge in edges:
        if getattr(edge, name) not in seen:
            edge.target = None
    return edges


def was_quarantined(sha256: str) -> bool:
    """Whether a file of this content was refused for its secrecy mark before; only the audit remembers it."""
    return AuditEntry.objects.filter(verb="documents.quarantine", details__sha256=sha256).exists()


def units_to_hand_in(actor: Actor) -> list[Unit]:
    """The units that the actor may hand in for, their own first."""
    held = {unit.pk: unit for unit in Unit.objects.filter(pk__in=actor.unit_ids)}
    order = dict.fromkeys(seat.unit_id for seat in actor.seats)
    return [held[pk] for pk in order if pk in held]
