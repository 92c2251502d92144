"""Text that was put on a PDF page after it was made: number, day and marks from the document management system.

Such text is held in annotations. It is drawn into the page, then each piece is set into the gap of the line that it
stands on: "Số:      /UBND-TH" with the piece "57" reads "Số: 57/UBND-TH".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vanban.sources.pdf_page import Line, PageText

SHOWN = (3, 13, 20)  # free text, stamp, form field
MARK = re.compile(r"(?:TUYỆT|TỐI)?\s*MẬT|(?:THƯỢNG\s+)?KHẨN|H[ỎO][ẢA]\s+TỐC(?:\s+HẸN\s+GIỜ)?", re.IGNORECASE)
_PIECE_GAP = 1.0  # ems between two pieces on one line
_DRAWN = 4  # lines at the end of a page's content that may be stamps
_TOUCH = 1.0  # points by which a stamp may reach over its neighbours
_CLOSING = re.compile(r"[/.,;:)\-–]")


def flattened(document: Any, index: int) -> tuple[Any, int | None]:
    """The page with its stamps drawn into it, and how many characters stood on it before; None where it has no stamps."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 -- slow import

    page = document[index]
    kinds = []
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kinds.append(pdfium.FPDFAnnot_GetSubtype(annotation))
        pdfium.FPDFPage_CloseAnnot(annotation)
    if not any(kind in SHOWN for kind in kinds):
        return page, None
    count = page.get_textpage().count_chars()
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page, None
    page.close()
    return document[index], count


def set_in(lines: Sequence[Line], text: PageText, own: int) -> list[Line]:
    """The lines with each stamp set into the line it stands on; a mark such as HỎA TỐC first, what is left last.

    ``own``: the number of characters that belong to the page itself.
    """
    own = _drawn_last(lines, text, own)
    held = [line for line in lines if line.first < own]
    left: list[Line] = []
    stamps = [piece for line in lines if line.first >= own for piece in text.pieces(line, _PIECE_GAP)]
    for stamp in sorted(stamps, key=lambda piece: -piece.x0):  # from the right, so that places to the left stay true
        host = _host(stamp, held)
        if host is None:
            left.append(stamp)
        else:
            held[host] = _joined(held[host], stamp, text)
    left.sort(key=lambda stamp: stamp.first)
    marks = [stamp for stamp in left if MARK.fullmatch(stamp.text)]
    return [*marks, *held, *(stamp for stamp in left if stamp not in marks)]


def _drawn_last(lines: Sequence[Line], text: PageText, own: int) -> int:
    """Where the stamps begin that are drawn as the last of the page's own content, up the page again, in gaps of earlier lines."""
    page = [line for line in lines if line.first < own]
    for place in range(len(page) - 1, max(0, len(page) - 1 - _DRAWN), -1):
        line, before = page[place], page[:place]
        pieces = text.pieces(line, _PIECE_GAP)
        if line.y < before[-1].y + line.size or not all(_fills_gap(piece, before, text) for piece in pieces):
            break
        own = line.first
    return own


def _fills_gap(stamp: Line, lines: Sequence[Line], text: PageText) -> bool:
    """Whether no letter of the line that the stamp stands on is where the stamp is."""
    host = _host(stamp, lines)
    if host is None:
        return False
    places = (text.char(place) for place in range(lines[host].first, lines[host].last) if text.signs[place].strip())
    return not any(char.x0 < stamp.x1 - _TOUCH and char.x1 > stamp.x0 + _TOUCH for char in places)


def _host(stamp: Line, lines: Sequence[Line]) -> int | None:
    """The line that the stamp stands on, at its end or in a gap of it; only few words are set in."""
    if len(stamp.text.split()) > 3:
        return None
    near = [
        (abs(line.y - stamp.y), index)
        for index, line in enumerate(lines)
        if abs(line.y - stamp.y) <= 0.6 * max(line.size, stamp.size) and line.x0 < stamp.x0 < line.x1 + 3 * line.size
    ]
    return min(near)[1] if near else None


def _joined(line: Line, stamp: Line, text: PageText) -> Line:
    middle = (stamp.x0 + stamp.x1) / 2
    places = [index for index in range(line.first, line.last) if text.signs[index].strip()]
    passed = sum(1 for index in places if text.char(index).x0 < middle)
    cut = _after(line.text, passed)
    before, after = line.text[:cut].rstrip(), line.text[cut:].lstrip()
    gap = "" if not after or _CLOSING.match(after) else " "
    return replace(line, text=f"{before} {stamp.text}{gap}{after}".strip(), x1=max(line.x1, stamp.x1))


def _after(text: str, count: int) -> int:
    """The offset behind the ``count``-th sign of ``text`` that is no space."""
    for offset, sign in enumerate(text):
        if count == 0:
            return offset
        count -= bool(sign.strip())
    return len(text)
