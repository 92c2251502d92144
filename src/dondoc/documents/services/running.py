"""Reading as background work: taken up once, told of as it goes, ended in one of three ways. Safe to run twice."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F, ProtectedError

from dondoc.common import clock, jobs
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents import found, pictures, reading
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document, Item, ReadingPage, Review
from dondoc.documents.rules.access import NOT_YOURS, may_review
from dondoc.documents.rules.search import search_text
from dondoc.documents.rules.states import MAY_BE_QUEUED, UNEXPECTED, is_silent, step_words
from dondoc.documents.services.common import locked, note
from dondoc.documents.services.keeping import keep
from dondoc.documents.services.ranking import unsign
from dondoc.files import services as files
from dondoc.files.models import StoredFile
from dondoc.search import services as search
from dondoc.units.models import Unit, UnitAlias
from dondoc.units.rules import Actor

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds between two notes of progress
PURGED = "Tệp đã được xóa khỏi hệ thống; chỉ giữ dấu vết là đã có tệp này, ai nộp và khi nào."
STOPPED = "Đã dừng đọc theo yêu cầu. Bấm Đọc lại khi cần."
FILE_GONE = "Tệp gốc không còn trên máy chủ nên không đọc được. Nộp lại tệp."


def read_again(*, actor: Actor, document: Document, at: datetime) -> None:
    """Ask for another reading: after a failure, with a newer reader, or where a job was broken off.

    :raises NotAllowed: the actor belongs to another unit.
    :raises Refused: it is being read, or nothing is left to read.
    """
    with transaction.atomic():
        held = locked(document.pk)
        if not may_review(actor, held):
            raise NotAllowed(NOT_YOURS)
        if held.file_id is None:
            raise Refused("Tệp của văn bản này đã bị xóa nên không đọc lại được.")
        if held.state not in MAY_BE_QUEUED and not is_silent(held.progress_at, at):
            raise Refused("Văn bản đang được đọc. Chờ đọc xong rồi mới đọc lại.")
        Document.objects.filter(pk=held.pk).update(
            state=DocumentState.QUEUED, failure="", step="", pages_done=0, pages_total=0, progress_at=at
        )
        note("read_again", held, actor)
        jobs.enqueue("documents.read", held.pk)


def stop(*, actor: Actor, document: Document) -> None:
    """Dừng: give the reading up; the job notices it at its next word of progress.

    :raises NotAllowed: the actor belongs to another unit.
    :raises Refused: it is not being read.
    """
    with transaction.atomic():
        held = locked(document.pk)
        if not may_review(actor, held):
            raise NotAllowed(NOT_YOURS)
        if held.state not in {DocumentState.QUEUED, DocumentState.READING}:
            raise Refused("Văn bản không còn đang đọc. Mở lại trang để xem kết quả.")
        _end(held, STOPPED)
        note("stop", held, actor)


def read(*, document_id: int) -> None:
    """What the job does. Whatever happens, the document ends as read, failed or quarantined, and says so."""
    attempt = _claim(document_id)
    if attempt is None:
        return
    document = Document.objects.select_related("province", "file").get(pk=document_id)
    try:
        made = reading.read(_path(document), _wanted(document), _teller(document_id, attempt))
    except reading.Secret as secret:
        quarantine(document_id=document_id, attempt=attempt, message=secret.message)
    except reading.Stopped:
        return
    except reading.Unreadable as unreadable:
        fail(document_id=document_id, attempt=attempt, message=unreadable.message)
    except Exception:
        logger.exception("reading document %s failed", document_id)
        fail(document_id=document_id, attempt=attempt, message=UNEXPECTED)
    else:
        _keep(document_id, attempt, made)


def _keep(document_id: int, attempt: int, made: reading.Made) -> None:
    try:
        keep(document_id=document_id, attempt=attempt, made=made, at=clock.now())
    except Exception:
        logger.exception("keeping the reading of document %s failed", document_id)
        fail(document_id=document_id, attempt=attempt, message=UNEXPECTED)


def _claim(document_id: int) -> int | None:
    """The number of this attempt; none where the document does not wait to be read."""
    waiting = Document.objects.filter(pk=document_id, state=DocumentState.QUEUED)
    with transaction.atomic():
        if not waiting.update(state=DocumentState.READING, attempt=F("attempt") + 1, progress_at=clock.now(), failure=""):
            return None
        return Document.objects.values_list("attempt", flat=True).get(pk=document_id)


def _path(document: Document) -> Path:
    stored = document.file
    if stored is None or not stored.content.storage.exists(stored.content.name):
        raise reading.Unreadable(FILE_GONE, "gone")
    return Path(stored.content.path)


def _wanted(document: Document) -> reading.Wanted:
    units = Unit.objects.filter(province=document.province_id)
    names = [*units.values_list("name", flat=True), *UnitAlias.objects.filter(unit__in=units).values_list("name", flat=True)]
    province = document.province.name
    for kind in ("tỉnh ", "thành phố "):
        if province.casefold().startswith(kind):
            province = province[len(kind) :]
    return reading.Wanted(
        fallback_date=document.fallback_date,
        province=province,
        names=tuple(dict.fromkeys(names)),
        file_name=document.name,
        page_cache=pictures.words_folder(document.file) if document.file else None,
    )


def _teller(document_id: int, attempt: int) -> Callable[[str, int, int], None]:
    """Writes the progress down, not oftener than each second; stops the reader when the attempt is no longer wanted."""
    last_step, last_at = "", 0.0

    def tell(step: str, done: int, total: int) -> None:
        nonlocal last_step, last_at
        now = time.monotonic()
        if step == last_step and done < total and now - last_at < EVERY:
            return
        last_step, last_at = step, now
        running = Document.objects.filter(pk=document_id, attempt=attempt, state=DocumentState.READING)
        words = step_words(step)[:120]
        if not running.update(step=words, pages_done=done, pages_total=total, progress_at=clock.now()):
            raise reading.Stopped("Đã dừng đọc.", "cancelled")

    return tell


def fail(*, document_id: int, attempt: int, message: str) -> None:
    """Say why it could not be read. A document that was read before stays read, and says that this time failed."""
    with transaction.atomic():
        document = locked(document_id)
        if document.state != DocumentState.READING or document.attempt != attempt:
            return
        _end(document, message)
        note("fail", document, None, message=message)


def _end(document: Document, message: str) -> None:
    known = document.readings.filter(current=True).exists()
    document.state = DocumentState.READ if known else DocumentState.FAILED
    document.failure, document.step, document.progress_at = message, "", None
    document.save(update_fields=["state", "failure", "step", "progress_at"])


def quarantine(*, document_id: int, attempt: int, message: str) -> None:
    """A secrecy mark: the bytes and all that was read go, in every province that has the file.

    The audit keeps the fact, the hash and who handed it in.
    """
    with transaction.atomic():
        document = locked(document_id)
        if document.state != DocumentState.READING or document.attempt != attempt:
            return
        stored = document.file
        if stored is None:
            return
        for each in Document.objects.select_for_update().filter(file=stored).order_by("pk"):
            _forget(each, f"{message} {PURGED}")
            note("quarantine", each, None, sha256=stored.sha256, handed_in_by=each.uploaded_by_id)
        _purge(stored)


def _forget(document: Document, message: str) -> None:
    for field in ("type", "code", "title", "issuer", "step"):
        setattr(document, field, "")
    document.issued_on = document.file = document.progress_at = None
    document.name = "Tệp đã cách ly"
    document.search_text = search_text(document.name)
    document.state, document.failure = DocumentState.QUARANTINED, message
    document.save()
    document.cites.all().delete()
    Review.objects.filter(item__document=document).update(content=None)
    document.items.update(read={"text": "(đã xóa)"}, corrected=None)
    for item in document.items.all():
        _drop(item)
    search.refresh({found.KIND: [document.pk]})
    document.readings.update(text="", raw="", offsets=[], contract={}, tables=[], pages=[], blocks=[], mends=[])
    ReadingPage.objects.filter(reading__document=document).delete()
    unsign(document)


def _drop(item: Item) -> None:
    try:
        with transaction.atomic():
            item.delete()
    except ProtectedError:
        Item.objects.filter(pk=item.pk).update(orphaned=True)


def _purge(stored: StoredFile) -> None:
    """The bytes first: if the rest fails, the job is done again, and nothing secret is left."""
    files.remove_bytes(stored)
    pictures.forget(stored)
    try:
        with transaction.atomic():
            stored.delete()
    except ProtectedError:
        logger.warning("the file %s was purged, other records still name it", stored.sha256)
