"""What is talked about in a document: an item, a passage that somebody selected, the document as a whole."""

from django.urls import reverse

from dondoc.comments.subjects import Kind, Subject, register
from dondoc.documents.enums import Visibility
from dondoc.documents.models import Document, DocumentReading, Item
from dondoc.documents.places import name_of, url_of
from dondoc.documents.queries import visible_documents
from dondoc.documents.rules.telling import label_of
from dondoc.units.rules import Actor

ITEM, DOCUMENT = "item", "document"
QUOTED = 300


def within(document: Document) -> str:
    """The whole that items and passages of a document are parts of."""
    return f"document-{document.pk}"


def document_subject(document: Document) -> Subject:
    return _subject(document, kind=DOCUMENT, key=document.pk, title=f"văn bản {document}")


def _item_subject(item: Item) -> Subject:
    document = item.document
    words = " ".join(item.reading.text[item.span_start : item.span_end].split())
    return _subject(
        document,
        kind=ITEM,
        key=item.pk,
        title=f"{label_of(item.kind, item.content).lower()} ở {name_of(item)}, văn bản {document}",
        address=url_of(item),
        place=name_of(item),
        quote=words if len(words) <= QUOTED else f"{words[:QUOTED].rsplit(' ', 1)[0]} …",
    )


def _subject(
    document: Document, *, kind: str, key: int, title: str, address: str = "", place: str = "", quote: str = ""
) -> Subject:
    is_open = document.visibility == Visibility.PROVINCE
    named = () if is_open else document.restricted_to.values_list("pk", flat=True)
    return Subject(
        kind=kind,
        key=key,
        within=within(document),
        title=title,
        address=address or reverse("documents:page", args=[document.pk]),
        province_id=document.province_id,
        open=is_open,
        units=frozenset(named) | {document.unit_id},
        place=place,
        quote=quote,
    )


def _see_document(actor: Actor, key: int) -> Subject | None:
    document = visible_documents(actor).filter(pk=key).first()
    return document_subject(document) if document else None


def _see_item(actor: Actor, key: int) -> Subject | None:
    held = Item.objects.filter(pk=key, document__in=visible_documents(actor)).select_related("document", "reading")
    item = held.defer("reading__raw", "reading__offsets", "reading__contract", "reading__tables", "reading__pages").first()
    return _item_subject(item) if item else None


def _passage(key: int, start: int, end: int) -> str:
    """The words between two places of the text that is shown now."""
    text = DocumentReading.objects.filter(document=key, current=True).values_list("text", flat=True).first() or ""
    return text[start:end]


register(Kind(DOCUMENT, _see_document, whole=True, quote=_passage))
register(Kind(ITEM, _see_item))
