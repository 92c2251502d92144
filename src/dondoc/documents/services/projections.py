"""What can be computed again at any time: an item's state from its reviews, a document's columns from its items."""

from collections.abc import Iterable
from typing import Any

from dondoc.documents import found, queries
from dondoc.documents.enums import ItemKind, ItemState
from dondoc.documents.models import Document, Item
from dondoc.documents.rules.fields import day_of
from dondoc.documents.rules.replay import project
from dondoc.documents.rules.search import search_text
from dondoc.documents.services.citing import relink
from dondoc.documents.services.ranking import rank
from dondoc.search import services as search

_COLUMNS = {"type": 20, "code": 80, "title": None, "issuer": 255}


def rebuild(item: Item) -> Item:
    """State and correction of one item, from its reviews."""
    rebuild_many([item])
    return item


def rebuild_many(items: Iterable[Item]) -> None:
    """The same for many, in two queries."""
    held = list(items)
    reviews = queries.reviews_of(held)
    for item in held:
        projection = project(item.read, reviews.get(item.pk, []))
        item.state, item.corrected = projection.state, projection.corrected
    Item.objects.bulk_update(held, ["state", "corrected"], batch_size=200)


def rebuild_document(document: Document) -> None:
    """The document's columns and what it is found by, as its items say now."""
    take_particulars(document)
    search.refresh({found.KIND: [document.pk]})


def take_particulars(document: Document) -> None:
    """Number, day, title, issuer and type as the particulars say now; the search text and the graph of citations follow."""
    values = _values(document)
    for name, length in _COLUMNS.items():
        setattr(document, name, str(values.get(name) or "")[:length])
    document.issued_on = day_of(values.get("date"))
    document.search_text = search_text(document.code, document.title, document.issuer, document.name)
    document.save(update_fields=[*_COLUMNS, "issued_on", "search_text"])
    relink(document)
    rank(document.version_group)


def _values(document: Document) -> dict[str, Any]:
    """Field → value: what the reader gave without a place, then the items; a rejected one says nothing."""
    reading = queries.current_reading(document)
    values: dict[str, Any] = dict((reading.contract.get("metadata") or {}) if reading else {})
    for item in document.items.filter(kind=ItemKind.METADATA, orphaned=False):
        content = item.content
        values[str(content["field"])] = None if item.state == ItemState.REJECTED else content.get("value")
    return values
