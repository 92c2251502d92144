"""The demonstration's own documents, written for it, dated around the day on which they are loaded.

A source file ``NAME.docx.txt`` becomes a Word file, ``NAME.txt`` stays text; ``NAME.pdf`` was printed once
(``tools/demo_paper.py``) and is taken as it is, ``NAME.scan.pdf`` was drawn (``tools/demo_scan.py``) and has no text. In the sources ``{day -3}`` is the third day before the loading day.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dondoc.common import wording
from dondoc.demo.papers.word import make_docx

FOLDER = Path(__file__).parent
SCAN = ".scan.pdf"
_TOKEN = re.compile(r"\{(day|long|month|month-number|year) ([+-]\d+)\}")


_FORMS: dict[str, Callable[[date], str]] = {
    "day": wording.day,
    "long": wording.long_day,
    "month": lambda day: f"tháng {day.month}/{day.year}",
    "month-number": lambda day: str(day.month),
    "year": lambda day: str(day.year),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to hand in; ``scan``: its pages are images, which take a while to read."""

    name: str
    content: bytes
    scan: bool = False


def fill_in(source: str, today: date) -> str:
    """``source`` with its days counted from ``today``."""
    return _TOKEN.sub(lambda found: _FORMS[found[1]](today + timedelta(days=int(found[2]))), source)


def papers(today: date) -> Iterator[Paper]:
    """The demonstration's documents as files, in the order in which they are handed in."""
    for path in sorted(FOLDER.iterdir()):
        if path.name.endswith(".docx.txt"):
            yield Paper(path.name.removesuffix(".txt"), make_docx(fill_in(path.read_text(encoding="utf-8"), today)))
        elif path.suffix == ".txt":
            yield Paper(path.name, fill_in(path.read_text(encoding="utf-8"), today).encode())
        elif path.name.endswith(SCAN):
            yield Paper(path.name.replace(SCAN, ".pdf"), path.read_bytes(), scan=True)
        elif path.suffix == ".pdf":
            yield Paper(path.name, path.read_bytes())
