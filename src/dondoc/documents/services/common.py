"""What the services of documents share: the lock, the permission, the audit line."""

from typing import TYPE_CHECKING, Any

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document, DocumentReading
from dondoc.documents.rules.access import NOT_YOURS, may_review
from dondoc.units.rules import Actor

if TYPE_CHECKING:
    from dondoc.units.models import Unit


def locked(document_id: int) -> Document:
    """The document as it is now, held until the transaction ends."""
    return Document.objects.select_for_update(of=("self",)).select_related("unit").get(pk=document_id)


def for_review(actor: Actor, document_id: int) -> tuple[Document, DocumentReading]:
    """The document and its current reading, held, once it is sure that ``actor`` may work on them.

    :raises NotAllowed: the actor belongs to another unit.
    :raises Refused: the document is not read, or is being read again.
    """
    document = locked(document_id)
    if not may_review(actor, document):
        raise NotAllowed(NOT_YOURS)
    reading = document.readings.filter(current=True).first()
    if document.state in {DocumentState.QUEUED, DocumentState.READING}:
        raise Refused("Văn bản đang được đọc. Xác nhận sau khi đọc xong.")
    if reading is None or document.state == DocumentState.QUARANTINED:
        raise Refused("Văn bản chưa đọc được nên chưa có mục nào để xác nhận.")
    return document, reading


def note(verb: str, document: Document, actor: Actor | None, **details: Any) -> None:
    """An audit line on the document, for the actor's unit where it is the one that handed it in."""
    unit: Unit | None = document.unit if actor is not None and document.unit_id in actor.unit_ids else None
    audit.record(f"documents.{verb}", document, actor=actor.person if actor else None, unit=unit, **details)
