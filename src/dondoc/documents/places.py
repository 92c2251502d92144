"""Addresses of passages: the source chip of a task, a figure or a sentence leads here."""

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from dondoc.documents.models import Item

NAMED_THEMSELVES = ("Điều", "Phụ lục", "Chương", "Phần")


def url_of(item: "Item") -> str:
    """The reading page with the item's passage marked and in sight."""
    return f"{reverse('documents:page', args=[item.document_id])}?muc={item.key}#doan"


def name_of(item: "Item") -> str:
    """What a source chip says: mục III.2.b, Điều 4; where there is no numbered heading, the head of the document."""
    if not item.section:
        return "đầu văn bản"
    return item.section if item.section.startswith(NAMED_THEMSELVES) else f"mục {item.section}"
