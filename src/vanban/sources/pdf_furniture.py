"""What a page carries beside its text: page numbers, running heads and feet, the caption of a digital signature."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from vanban.sources.pdf_page import Line

HEAD = 75.0  # points from the upper edge within which a running head stands (margins are 20 to 25 mm)
FOOT = 65.0
SHARE = 0.4  # of the pages that a running head stands on at least

# Each with examples: page number, head of a gazette (marks may be lost where it was read from an image).
PAGE_NUMBER = re.compile(r"[-–\s]*(?:Trang|Page)?\s*\d{1,4}(?:\s*[/of]+\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
GAZETTE = re.compile(r"\d*\s*C[^\W\d_]NG\s+B[^\W\d_]O\s*/\s*S[^\W_]\s.*", re.IGNORECASE)

# The caption that signing software prints: its first line, then any of the others.
SIGNED_BY = re.compile(r"(?:Ký\s+bởi|Người\s+ký)\s*:|(?:Được\s+ký|Digitally\s+signed|Signed)\s+(?:bởi|by)\b", re.IGNORECASE)
CAPTION = re.compile(
    r"(?:Ký\s+bởi|Người\s+ký|Email|Cơ\s+quan|Tổ\s+chức|Chức\s+vụ|Thời\s+gian\s+ký|Ngày\s+ký|Lý\s+do|Địa\s+điểm|Reason|Location|Date|DN)\s*:",
    re.IGNORECASE,
)
SIGNED_AT = re.compile(r"(?:Thời\s+gian\s+ký|Ngày\s+ký|Date)\s*:", re.IGNORECASE)
MAX_CAPTION = 8


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page and how high the page is."""

    lines: Sequence[Line]
    height: float


def without_furniture(pages: Sequence[PageLines]) -> list[list[Line]]:
    """The lines of each page that belong to the document's text."""
    repeated = _repeated(pages)
    return [_without_caption([line for line in page.lines if not _is_furniture(line, page.height, repeated)]) for page in pages]


def _is_furniture(line: Line, height: float, repeated: frozenset[str]) -> bool:
    if not _is_at_edge(line, height):
        return False
    return bool(PAGE_NUMBER.fullmatch(line.text) or GAZETTE.fullmatch(line.text)) or _shape(line.text) in repeated


def _is_at_edge(line: Line, height: float) -> bool:
    return line.y > height - HEAD or line.y < FOOT


def _repeated(pages: Sequence[PageLines]) -> frozenset[str]:
    """The shapes that stand at the edge of many pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_shape(line.text) for line in page.lines if _is_at_edge(line, page.height)})
    enough = max(3, SHARE * len(pages))
    return frozenset(shape for shape, count in counts.items() if count >= enough and shape)


def _shape(text: str) -> str:
    """A running head without what changes from page to page, and without the marks that a reader of images may take for others."""
    words = re.sub(r"\W+", " ", re.sub(r"^\s*\d+\b|\b\d+\s*$", "", text)).strip().casefold()
    return "".join(sign for sign in unicodedata.normalize("NFD", words) if not unicodedata.combining(sign))


def _without_caption(lines: list[Line]) -> list[Line]:
    """Leave out the captions of digital signatures."""
    kept: list[Line] = []
    until = 0
    for index, line in enumerate(lines):
        if index < until:
            continue
        until = _caption_end(lines, index) if SIGNED_BY.match(line.text) else 0
        if index >= until:
            kept.append(line)
    return kept


def _caption_end(lines: Sequence[Line], start: int) -> int:
    """The index after the caption that begins at ``start``: its labelled lines, and a broken name between them."""
    end = start + 1
    for index in range(start + 1, min(len(lines), start + MAX_CAPTION)):
        if CAPTION.match(lines[index].text):
            end = index + 1
            if SIGNED_AT.match(lines[index].text):
                break
        elif abs(lines[index].size - lines[start].size) > 1 or abs(lines[index].x0 - lines[start].x0) > 5 * lines[start].size:
            break
    return end
