"""How fast a clean document is read."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document

from tools.bench.measure import Measured, paired, seconds
from tools.bench.samples import HARD, hard_text, text_of, word_file
from vanban.pipeline import read, read_text

TEN_KB = 10_000
WORD_TEXT = 30_000  # what a Word file of 60 to 80 KB holds
HARD_SIZE = 10_000
DONDOC = Path(sys.executable).with_name("dondoc")


def measure() -> Iterator[Measured]:
    """The figures of reading, one after another."""
    text = text_of(TEN_KB)
    warm = seconds(lambda: read_text(text), 15)
    yield Measured("read-warm", warm * 1000, "ms", None, None, "under 30 ms")
    with tempfile.TemporaryDirectory() as folder:
        yield _whole_process(Path(folder), text)
        yield _growth(text)
        yield _hard()
        yield _word(Path(folder))


def _whole_process(folder: Path, text: str) -> Measured:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    installed = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder)}  # with its bytecode
    mine, bare = paired(
        lambda: subprocess.run([DONDOC, "read", path, "--json"], check=True, capture_output=True, env=installed),
        lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        7,
    )
    return Measured("read-process", mine, "s", "python -c pass", mine / bare, "under 0.5 s")


def _growth(text: str) -> Measured:
    long = text_of(100 * TEN_KB)
    whole = seconds(lambda: read_text(long), 3, warm=1)
    pieces = seconds(lambda: [read_text(text) for _ in range(100)], 3, warm=0)
    return Measured("read-growth", whole, "s", "100 times 10 KB", whole / pieces, "within 1.3")


def _hard() -> Measured:
    """The worst growth among texts that say one piece again and again: ten times the text, per ten times the time."""
    worst, piece = max((_growth_of(piece), piece) for piece in HARD)
    return Measured("read-hard", worst * 10, "times", f"10 times, of {piece.strip()!r}"[:34], worst, "within 3")


def _growth_of(piece: str) -> float:
    short, long = hard_text(piece, HARD_SIZE), hard_text(piece, 10 * HARD_SIZE)
    return seconds(lambda: read_text(long), 1, warm=0) / (10 * seconds(lambda: read_text(short), 3, warm=1))


def _word(folder: Path) -> Measured:
    path = folder / "plan.docx"
    path.write_bytes(word_file(WORD_TEXT))
    mine, opening = paired(lambda: read(path), lambda: Document(str(path)), 9)
    return Measured("read-docx", mine * 1000, "ms", "python-docx opening it", mine / opening, "within 12")
