"""What a file is, by its first bytes and its name."""

from pathlib import PurePath

OCTETS = "application/octet-stream"

_BY_ENDING = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".zip": "application/zip",
}
_BY_HEAD = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
ENDINGS = tuple(_BY_ENDING)

# What a browser may show in a page; all else is handed out to be saved.
SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})


def media_type(name: str, head: bytes) -> str:
    """The type by the first bytes where they tell it, else by the ending of the name."""
    for mark, kind in _BY_HEAD:
        if head.startswith(mark):
            return kind
    return _BY_ENDING.get(PurePath(name).suffix.lower(), OCTETS)


def clean_name(name: str) -> str:
    """The last part of a name that came from outside, without control characters, short enough to keep."""
    last = PurePath(name.replace("\\", "/")).name
    printable = "".join(letter for letter in last if letter.isprintable()).strip()
    if not printable:
        return "tệp"
    path = PurePath(printable)
    ending = path.suffix[:20]
    return path.stem[: 255 - len(ending)] + ending
