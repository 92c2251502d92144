"""What a caller may set for one reading. A value object: it can be sent to another process."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Options:
    """How to read, and where to stop.

    ``name`` is the name that the file was handed in under, where it lies under another.

    ``date`` is the document's date where it has none of its own; ``province`` the bare name ("Lạng Sơn") that a
    symbol such as KH-UBND belongs to where the header does not tell; ``names`` more names of agencies that the
    reader should know. Sizes are in bytes.

    Pages that are read from their image: ``max_pixels`` of one image, ``cores`` how many pages at once (None: as many as
    the machine lets this process have), ``page_seconds`` how long one page may take before it is tried once more, coarser,
    and then left out, ``page_cache`` a folder that keeps what was read of each page (None: nothing is kept),
    ``read_images`` False to take no page image at all.
    """

    date: dt.date | None = None
    province: str | None = None
    names: tuple[str, ...] = ()
    name: str = ""
    max_bytes: int = 64 * MEBIBYTE
    max_unpacked_bytes: int = 512 * MEBIBYTE
    max_text_characters: int = 5_000_000
    max_pages: int = 2_000
    max_pixels: int = 100_000_000
    cores: int | None = None
    page_seconds: float = 60.0
    page_cache: Path | None = None
    read_images: bool = True
