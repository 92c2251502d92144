"""A word as Tesseract saw it on a page."""

from dataclasses import dataclass

PixelBox = tuple[int, int, int, int]  # left, top, right, bottom; y grows downward


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word, where it stands on the prepared image, how sure Tesseract is (0 to 1), and the line it belongs to."""

    text: str
    box: PixelBox
    confidence: float
    line: tuple[int, int, int]  # block, paragraph and line as Tesseract numbers them


def words_of(table: str) -> list[SeenWord]:
    """The words of Tesseract's TSV output, in its order."""
    found = []
    for row in table.splitlines():
        fields = row.split("\t", 11)
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        left, top, width, height = map(int, fields[6:10])
        if width > 0 and height > 0:
            place = (int(fields[2]), int(fields[3]), int(fields[4]))
            sure = max(0.0, float(fields[10])) / 100
            found.append(SeenWord(fields[11].strip(), (left, top, left + width, top + height), sure, place))
    return found
