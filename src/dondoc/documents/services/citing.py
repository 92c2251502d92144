"""The graph of citations: who names whom, by number and day."""

from datetime import date
from typing import Any

from django.db.models import Q

from dondoc.documents.enums import ItemKind, ItemState
from dondoc.documents.models import CitedDocument, Document
from dondoc.documents.rules.fields import day_of

Edge = tuple[str, date | None]


def relink(document: Document) -> None:
    """Make the edges that leave ``document`` anew from its items, and tie those that meant it to it."""
    wanted: dict[Edge, dict[str, Any]] = {}
    items = document.items.filter(kind=ItemKind.CITATION, orphaned=False).exclude(state=ItemState.REJECTED)
    for item in items:
        content = item.content
        code = str(content.get("code") or "")[:80]
        if code:
            wanted.setdefault((code, day_of(content.get("date"))), content)
    document.cites.all().delete()
    CitedDocument.objects.bulk_create(
        CitedDocument(
            document=document,
            code=code,
            issued_on=day,
            issuer=str(content.get("issuer") or "")[:255],
            relation=str(content.get("relation") or "")[:20],
            target=_bearer(document, code, day),
        )
        for (code, day), content in wanted.items()
    )
    _tie_to(document)


def _bearer(document: Document, code: str, day: date | None) -> Document | None:
    """The one document of the province with this number (and day, where the citation has one); none where several could be."""
    alike = Document.objects.filter(province=document.province_id, code=code).exclude(pk=document.pk)
    if day is not None:
        alike = alike.filter(issued_on=day)
    found = list(alike.order_by("pk")[:2])
    return found[0] if len(found) == 1 or (found and day is not None) else None


def _tie_to(document: Document) -> None:
    """Edges of the province that name this document lead here; those that led here and no longer do are let go."""
    meant = Q(code=document.code) & (Q(issued_on=document.issued_on) | Q(issued_on=None))
    edges = CitedDocument.objects.filter(document__province=document.province_id).exclude(document=document)
    edges.filter(target=document).exclude(meant).update(target=None)
    if document.code:
        edges.filter(meant, target=None).update(target=document)
