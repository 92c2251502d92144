"""The order of several files of one document, and what each is called."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dondoc.documents.models import Document

DRAFT, SIGNED, AGAIN = "Dự thảo", "Bản ký", "Bản quét hoặc gửi lại"


def is_official(document: "Document") -> bool:
    """It bears a number and a day."""
    return document.code[:1].isdigit() and document.issued_on is not None


def in_order(documents: Sequence["Document"]) -> list["Document"]:
    """Drafts, then the signed one, then what came later of it; the last is the newest official one."""
    return sorted(documents, key=lambda each: (is_official(each), each.uploaded_at, each.pk))


def names(documents: Sequence["Document"]) -> list[tuple["Document", str]]:
    """Each with what it is called, in order."""
    held = in_order(documents)
    first = next((each for each in held if is_official(each)), None)
    return [(each, DRAFT if not is_official(each) else SIGNED if each is first else AGAIN) for each in held]
