"""Measures what restoration makes of damaged text, and writes the table of docs/restoration.md.

    python -m tools.measure_restoration --texts DIR [--files DIR] [--write docs/restoration.md]

Clean documents that nothing was trained on are damaged on the fly: drawn as pages and read with Tesseract's ``eng`` and ``vie``
models, bared of their marks, typed in TCVN3; the file with a broken font is read as it is.  Every text goes the way of a file
that a person hands in.  Syllables: share of the true text's words that stand in the other in order, marks included.
"""

import argparse
import difflib
import random
import re
import tempfile
import textwrap
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
from rapidfuzz.distance import Levenshtein

from tools.training import pages_draw
from tools.training.pages import tesseract
from tools.training.pages_text import Line
from vanban.pipeline import read
from vanban.text.legacy_tables import TCVN3

CLEAN: Final = ("cv-193*", "cv-7432*", "cv-sct*", "ct-21*", "cv-ubnd-laocai-baove*")
SCANNED: Final = (("ct-08*-ocr-eng.txt", "ct-08*eng-ocr.reference.txt"),)
BROKEN: Final = (("tb-1894*brokenfont.pdf", "tb-1894*clean.txt"),)
ROWS: Final = 30
SEED: Final = 20_26
START, END = "<!-- measured -->", "<!-- /measured -->"


@dataclass(slots=True)
class Figures:
    """Sums over documents: right and true syllables, character errors and true characters, before and after."""

    syllables: int = 0
    characters: int = 0
    right: tuple[int, int] = (0, 0)
    wrong: tuple[int, int] = (0, 0)

    def add(self, truth: str, before: str, after: str) -> None:
        want = words_of(truth)
        rights = tuple(matching(want, words_of(text)) for text in (before, after))
        errors = tuple(Levenshtein.distance(flat(truth), flat(text)) for text in (before, after))
        self.syllables += len(want)
        self.characters += len(flat(truth))
        self.right = self.right[0] + rights[0], self.right[1] + rights[1]
        self.wrong = self.wrong[0] + errors[0], self.wrong[1] + errors[1]

    def row(self, kind: str) -> str:
        shares = [f"{right / self.syllables:.3f}" for right in self.right]
        errors = [f"{wrong / self.characters:.3f}" for wrong in self.wrong]
        return f"| {kind} | {self.syllables} | {shares[0]} | {shares[1]} | {errors[0]} | {errors[1]} |"


def words_of(text: str) -> list[str]:
    """The words and figures of ``text``, in lower case and normal form."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def flat(text: str) -> str:
    """``text`` in normal form on one line."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def matching(want: list[str], got: list[str]) -> int:
    """How many words of ``want`` stand in ``got`` in order."""
    return sum(block.size for block in difflib.SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks())


def scanned(model: str, dpi: int) -> Callable[[str], str]:
    """What Tesseract reads on pages of ``dpi`` dots per inch."""

    def damage(text: str) -> str:
        rng = random.Random(SEED)  # noqa: S311 -- nothing is kept secret
        face = next(iter(pages_draw.faces()))
        look = pages_draw.Look(face, dpi, 13, 0.6 * dpi / 200, 0, 8, 0.2, 0, 1)
        lines = [Line(row, "regular") for row in wrapped(text)]
        pages = [lines[at : at + ROWS] for at in range(0, len(lines), ROWS)]
        images = (cv2.imencode(".png", pages_draw.draw(page, look, rng))[1].tobytes() for page in pages)
        return "\n".join(tesseract(image, model, dpi) for image in images)

    return damage


def wrapped(text: str) -> list[str]:
    """The lines of a page for each paragraph."""
    return [row for line in text.splitlines() if line.strip() for row in textwrap.wrap(line.strip(), pages_draw.ACROSS)]


def bared(text: str) -> str:
    """``text`` without any mark."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def in_tcvn3(text: str) -> str:
    """``text`` typed in TCVN3, as it shows elsewhere; capitals that it lacks in small letters."""
    signs = {letter: sign for sign, letter in TCVN3.letters.items() if len(sign) == 1}
    return "".join(signs.get(letter, signs.get(letter.lower(), letter)) for letter in unicodedata.normalize("NFC", text))


DAMAGE: Final[dict[str, Callable[[str], str]]] = {
    "Tesseract `eng`, 150 dpi": scanned("eng", 150),
    "Tesseract `vie`, 100 dpi": scanned("vie", 100),
    "marks stripped": bared,
    "TCVN3": in_tcvn3,
}


def measured(asked: argparse.Namespace) -> Iterable[str]:
    """The rows of the table."""
    texts = [path.read_text(encoding="utf-8")[: asked.characters] for path in _found(asked.texts, CLEAN)]
    for kind, damage in DAMAGE.items():
        figures = Figures()
        for truth in texts:
            before = damage(truth)
            figures.add(truth, before, _read_text(before))
        yield figures.row(kind)
    for kind, pairs in (("a real scan's `eng` layer", SCANNED), ("broken font (PDF)", BROKEN)):
        figures = Figures()
        for damaged_name, true_name in pairs:
            for damaged, true in zip(_found(asked.files, [damaged_name]), _found(asked.files, [true_name]), strict=False):
                reading = read(damaged)
                figures.add(true.read_text(encoding="utf-8"), reading.raw, reading.text)
        if figures.syllables:
            yield figures.row(kind)


def _read_text(text: str) -> str:
    """The text that is read of a file with ``text``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "van-ban.txt"
        path.write_text(text, encoding="utf-8")
        return read(path).text


def _found(folder: Path, names: Iterable[str]) -> list[Path]:
    return [path for name in names for path in sorted(folder.rglob(name))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True, help="folder with the clean texts")
    parser.add_argument(
        "--files", type=Path, help="folder with real damaged files and their true texts; the texts' own where absent"
    )
    parser.add_argument("--characters", type=int, default=4000, help="so much of each text")
    parser.add_argument("--write", type=Path, help="the page whose table is to be written")
    asked = parser.parse_args()
    asked.files = asked.files or asked.texts
    head = "| damage | syllables | right before | right after | character errors before | after |\n|---|---|---|---|---|---|"
    table = "\n".join((head, *measured(asked)))
    print(table)
    if asked.write:
        page = asked.write.read_text(encoding="utf-8")
        before, _, rest = page.partition(START)
        asked.write.write_text(f"{before}{START}\n{table}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
