"""What is kept of a file's pages beside the database: their images, and the words that were read from them.

All of it lies in one folder a file, named by the file's content, can be made again, and goes when the file goes.
"""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from dondoc.documents import reading
from dondoc.files.models import StoredFile

WIDTHS = (900, 1700)  # pixels: a phone or a pane, and the same magnified


def _folder(stored: StoredFile) -> Path:
    return Path(settings.PAGES_ROOT) / stored.sha256[:2] / stored.sha256


def words_folder(stored: StoredFile) -> Path:
    """Where the reader keeps what it read of each page of this file."""
    folder = _folder(stored) / "words"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def forget(stored: StoredFile) -> None:
    """Everything that was kept of the file's pages."""
    shutil.rmtree(_folder(stored), ignore_errors=True)


def picture(stored: StoredFile, number: int, width: int, turn: int) -> bytes:
    """Page ``number`` as a WebP of ``width`` pixels, drawn once.

    :raises dondoc.documents.reading.Unreadable: the file is gone, or has no such page image.
    """
    kept = _folder(stored) / "images" / f"{number}-{width}-{turn}.webp"
    try:
        return kept.read_bytes()
    except OSError:
        pass
    source = Path(stored.content.path)
    if not source.exists():
        raise reading.Unreadable("Tệp gốc không còn trên máy chủ nên không có ảnh trang.", "gone")
    drawn = reading.page_image(source, number, width, turn)
    _keep(kept, drawn)
    return drawn


def _keep(place: Path, content: bytes) -> None:
    """In one step, so that nobody is handed half an image; where the disk is full the page is drawn anew each time."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as target:
            target.write(content)
        Path(name).replace(place)
    except OSError:
        return
