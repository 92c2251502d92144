"""A file comes in and becomes a document."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from dondoc.common import jobs
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents import queries
from dondoc.documents.enums import DocumentState, Visibility
from dondoc.documents.models import Document
from dondoc.documents.rules.access import NO_SEAT, may_hand_in
from dondoc.documents.rules.search import search_text
from dondoc.documents.services.common import note
from dondoc.files import services as files
from dondoc.files.models import StoredFile
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

QUARANTINED_BEFORE = (
    "Tệp này đã bị cách ly vì mang dấu chỉ độ mật nên không được nhận. "
    "Văn bản mật phải quản lý theo quy định về bảo vệ bí mật nhà nước, không đưa lên hệ thống này."
)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The document, and whether it is new; ``in_sight``: the actor may open it."""

    document: Document
    created: bool
    in_sight: bool = True


def hand_in(
    *,
    actor: Actor,
    unit: Unit,
    upload: UploadedFile,
    at: datetime,
    fallback_date: date | None = None,
    restricted: bool = False,
) -> HandedIn:
    """Keep the file and ask for it to be read. The same file in one province is one document.

    Until it is read nobody knows whether it is a Party document: so long only the unit and the provincial office see it.

    :raises NotAllowed: the actor does not work in ``unit``.
    :raises Refused: the file cannot be taken; nothing is kept of it.
    """
    province_id = unit.province_id or unit.pk
    if not may_hand_in(actor, unit.pk, province_id):
        raise NotAllowed(NO_SEAT)
    stored: StoredFile | None = None
    created = False
    try:
        with transaction.atomic():
            stored, created = files.store(upload, actor)
            _check_not_quarantined(stored)
            document, is_new = Document.objects.get_or_create(
                province_id=province_id,
                file=stored,
                defaults=_facts(actor, unit, upload, at) | {"fallback_date": fallback_date, "visibility_chosen": restricted},
            )
            return _taken(document, stored, actor) if is_new else _known(document, actor)
    except BaseException:
        if created and stored is not None:
            files.remove_bytes(stored)
        raise


def _check_not_quarantined(stored: StoredFile) -> None:
    if queries.was_quarantined(stored.sha256):
        raise Refused(QUARANTINED_BEFORE)


def _facts(actor: Actor, unit: Unit, upload: UploadedFile, at: datetime) -> dict[str, object]:
    name = PurePath(upload.name or "tệp").name[:255]
    return {
        "unit": unit,
        "name": name,
        "state": DocumentState.QUEUED,
        "visibility": Visibility.RESTRICTED,
        "search_text": search_text(name),
        "uploaded_by": actor.person,
        "uploaded_at": at,
        "progress_at": at,
    }


def _taken(document: Document, stored: StoredFile, actor: Actor) -> HandedIn:
    note("hand_in", document, actor, sha256=stored.sha256)
    jobs.enqueue("documents.read", document.pk)
    return HandedIn(document, created=True)


def _known(document: Document, actor: Actor) -> HandedIn:
    in_sight = queries.visible_documents(actor).filter(pk=document.pk).exists()
    return HandedIn(document, created=False, in_sight=in_sight)
