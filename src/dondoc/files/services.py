"""Keeps files by their content: handed in twice, stored once."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from dondoc.common import audit, clock, wording
from dondoc.common.errors import Refused
from dondoc.files import rules
from dondoc.files.models import StoredFile

if TYPE_CHECKING:
    from dondoc.units.rules import Actor

HEAD_BYTES = 16


@dataclass(frozen=True, slots=True)
class _Received:
    """A file on this disk, not yet in its place."""

    path: Path
    sha256: str
    size: int
    head: bytes


def store(upload: UploadedFile, actor: "Actor | None") -> tuple[StoredFile, bool]:
    """Keep the bytes; ``True`` beside it if they are new here.

    Whoever calls this inside a transaction that fails afterwards removes a new file with :func:`remove_bytes`.

    :raises Refused: the file is empty or larger than the limit; nothing is kept.
    """
    name = rules.clean_name(upload.name or "")
    _check_size(upload.size or 0, name)
    received = _receive(upload, name)
    try:
        return _keep(received, name, actor)
    finally:
        received.path.unlink(missing_ok=True)


def _check_size(size: int, name: str) -> None:
    limit = settings.MAX_FILE_BYTES
    if size > limit:
        raise Refused(
            f"Tệp “{name}” có dung lượng {wording.size(size)}, lớn hơn mức nhận được là {wording.size(limit)}. "
            "Giảm dung lượng hoặc tách tệp rồi gửi lại.",
            "upload",
        )


def _receive(upload: UploadedFile, name: str) -> _Received:
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    handle, place = tempfile.mkstemp(dir=folder)
    path = Path(place)
    try:
        with os.fdopen(handle, "wb") as target:
            received = _copy(upload, target.write, path, name)
            target.flush()
            os.fsync(target.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return received


def _copy(upload: UploadedFile, write: Callable[[bytes], object], path: Path, name: str) -> _Received:
    digest = hashlib.sha256()
    size = 0
    head = b""
    for chunk in upload.chunks():
        size += len(chunk)
        _check_size(size, name)
        head = (head + chunk)[:HEAD_BYTES] if len(head) < HEAD_BYTES else head
        digest.update(chunk)
        write(chunk)
    if size == 0:
        raise Refused(f"Tệp “{name}” rỗng (0 byte). Kiểm tra lại tệp rồi gửi lại.", "upload")
    return _Received(path, digest.hexdigest(), size, head)


def _keep(received: _Received, name: str, actor: "Actor | None") -> tuple[StoredFile, bool]:
    known = StoredFile.objects.filter(sha256=received.sha256).first()
    if known is not None:
        _put_in_place(received, known)
        return known, False
    stored = StoredFile(
        sha256=received.sha256,
        name=name,
        media_type=rules.media_type(name, received.head),
        size=received.size,
        stored_by=actor.person if actor else None,
        stored_at=clock.now(),
    )
    stored.content.name = stored.content.field.generate_filename(stored, name)
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
            _put_in_place(received, stored)
    except IntegrityError:
        # Someone else handed in the same bytes at this moment.
        return StoredFile.objects.get(sha256=received.sha256), False
    return stored, True


def _put_in_place(received: _Received, stored: StoredFile) -> None:
    """Move the bytes to where they belong, in one step; they may lie there already."""
    place = Path(default_storage.path(stored.content.name))
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    received.path.chmod(0o640)
    received.path.replace(place)


@contextmanager
def kept(upload: UploadedFile | None, actor: "Actor | None") -> Iterator[StoredFile | None]:
    """The file, stored, for as long as nothing is refused; a new one does not outlive a refusal."""
    stored, new = store(upload, actor) if upload else (None, False)
    try:
        yield stored
    except Refused:
        if stored and new:
            remove_bytes(stored)
            stored.delete()
        raise


def remove_bytes(stored: StoredFile) -> None:
    """Take the bytes off the disk, for a record that was never committed."""
    default_storage.delete(stored.content.name)


@transaction.atomic
def purge(stored: StoredFile, *, actor: "Actor | None" = None, reason_code: str = "", reason: str = "") -> None:
    """Remove the record and, once that is committed, the bytes.

    :raises Refused: a record still points to it.
    """
    key = stored.pk
    try:
        stored.delete()
    except ProtectedError as error:
        raise Refused(f"Tệp “{stored.name}” còn được dùng ở {len(error.protected_objects)} nơi nên chưa xóa được.") from error
    stored.pk = key
    audit.record(
        "files.purge",
        stored,
        actor=actor.person if actor else None,
        reason_code=reason_code,
        reason=reason,
        name=stored.name,
        sha256=stored.sha256,
        size=stored.size,
    )
    stored.pk = None
    name = stored.content.name
    transaction.on_commit(lambda: default_storage.delete(name))


def remove_strays(*, before: datetime) -> int:
    """Delete what lies on the disk since before a moment and belongs to no record: a power cut left it. Gives how many."""
    root = Path(settings.MEDIA_ROOT)
    known = set(StoredFile.objects.values_list("content", flat=True))
    count = 0
    for path in root.rglob("*") if root.is_dir() else ():
        old = path.is_file() and path.stat().st_mtime < before.timestamp()
        if old and path.relative_to(root).as_posix() not in known:
            path.unlink(missing_ok=True)
            count += 1
    return count
