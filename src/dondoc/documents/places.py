"""Addresses of passages: the source chip of a task, a figure or a sentence leads here."""

import re
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from dondoc.documents.models import Item

ARTICLE = "Điều"
AT_THE_END = frozenset({"signer", "recipients"})
ANNEX = re.compile(r"PL([^.]*)(?:\.(.+))?")


def url_of(item: "Item") -> str:
    """The reading page with the item's passage marked and in sight."""
    return f"{reverse('documents:page', args=[item.document_id])}?muc={item.key}#doan"


def name_of(item: "Item") -> str:
    """What the item's source chip says."""
    if item.content.get("field") in AT_THE_END:
        return "cuối văn bản"
    return name_of_section(item.section)


def full_name_of(item: "Item") -> str:
    """What the chip says where the document's name does not stand on the page: ``214/KH-UBND · mục III.2.b``."""
    return " · ".join(filter(None, (item.document.code, name_of(item))))


def name_of_section(section: str) -> str:
    """Mục III.2.b, Điều 4, or Phụ lục 2, mục I; without a numbered heading, the head of the document."""
    if not section:
        return "đầu văn bản"
    annex = ANNEX.fullmatch(section)
    if annex:
        number, below = annex.groups()
        return ", ".join(filter(None, (f"Phụ lục {number}".strip(), f"mục {below}" if below else "")))
    return section if section.startswith(ARTICLE) else f"mục {section}"
