"""The files that are meant: those named, and those of known kinds in the folders named."""

from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIXES = frozenset(
    {".txt", ".docx", ".doc", ".pdf", ".xlsx", ".xlsm", ".xls", ".odt", ".ods", ".rtf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
)


def collect(named: Iterable[Path]) -> list[Path]:
    """The files to read, in order, each once; a folder gives what it and its folders hold, sorted by name."""
    return list(dict.fromkeys(path for name in named for path in _expand(name)))


def _expand(name: Path) -> Iterator[Path]:
    if not name.is_dir():
        yield name
        return
    for path in sorted(name.rglob("*")):
        inside = path.relative_to(name).parts
        if path.suffix.lower() in SUFFIXES and path.is_file() and not any(part.startswith((".", "~$")) for part in inside):
            yield path
