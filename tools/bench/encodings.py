"""How fast a text is read whose letters stand as glyph numbers or in an older encoding, and a list of Excel."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

from tools.bench.measure import Measured, seconds
from tools.bench.samples import text_of
from vanban.options import Options
from vanban.sources import extract
from vanban.text.encoded import encoding_mends
from vanban.text.glyph_codes import KNOWN
from vanban.text.legacy_tables import ENCODINGS, Encoding

MEGABYTE = 1_000_000
SIZE = 500_000
ROWS = 2_000
KEPT = " \n\t"


def measure() -> Iterator[Measured]:
    """The figures of encodings, one after another."""
    clean = text_of(SIZE)
    yield _speed("brokenfont", _as_glyph_numbers(clean), "at least 1 MB/s")
    for encoding in ENCODINGS:
        if encoding.name in {"TCVN3", "VNI"}:
            yield _speed(encoding.name.lower(), _written_in(clean, encoding), "at least 1 MB/s")
    yield _speed("clean-text", clean, "at least 20 MB/s")
    with tempfile.TemporaryDirectory() as folder:
        yield _rows(Path(folder) / "list.xlsx")


def _speed(name: str, text: str, aim: str) -> Measured:
    """Megabytes of the text, as UTF-8, a second: everything that is wrong with its encoding found and put right."""
    took = seconds(lambda: encoding_mends(text), 5, warm=1)
    return Measured(name, len(text.encode()) / MEGABYTE / took, "MB/s", None, None, aim)


def _as_glyph_numbers(text: str) -> str:
    numbers = {sign: chr(glyph) for glyph, sign in KNOWN[0].table().items()}
    return "".join(sign if sign in KEPT else numbers.get(sign, sign) for sign in text)


def _written_in(text: str, encoding: Encoding) -> str:
    signs: dict[str, str] = {}
    for written, letter in encoding.letters.items():
        signs.setdefault(letter, written)
    return "".join(signs.get(sign, sign) for sign in text)


def _rows(path: Path) -> Measured:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Nhiệm vụ")
    sheet.append(["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"])
    for number in range(ROWS):
        sheet.append([number + 1, f"Xây dựng hạng mục số {number}", "Sở Nội vụ", "Quý III/2026"])
    book.save(path)
    took = seconds(lambda: extract(path, Options()), 3, warm=1)
    return Measured("xlsx", ROWS / took, "rows/s", None, None, "at least 2,000")
