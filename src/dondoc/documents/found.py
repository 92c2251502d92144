"""How a document is found: by its number, title, issuer, the name of its file and every word of its text."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from dondoc.documents.enums import DocumentState, Visibility
from dondoc.documents.models import Document, DocumentReading
from dondoc.search.sources import Found, Source, register

KIND = "document"


def describe(keys: Collection[int] | None) -> Iterator[Found]:
    """Those that were read, whatever is being done with them now; never one in quarantine."""
    held = Document.objects.filter(readings__current=True).exclude(state=DocumentState.QUARANTINED)
    if keys is not None:
        held = held.filter(pk__in=keys)
    for document in held.prefetch_related("restricted_to").order_by("pk").iterator(chunk_size=100):
        yield _found(document)


def _found(document: Document) -> Found:
    text = DocumentReading.objects.values_list("text", flat=True).get(document=document, current=True)
    return Found(
        key=document.pk,
        province_id=document.province_id,
        open=document.visibility == Visibility.PROVINCE,
        units=frozenset({document.unit_id, *(unit.pk for unit in document.restricted_to.all())}),
        mark=document.code,
        title=document.title or document.name,
        body=f"{text}\n{document.name}",
        place=document.issuer,
        address=reverse("documents:page", args=[document.pk]),
        on=document.issued_on,
    )


register(Source(KIND, "Văn bản", describe))
