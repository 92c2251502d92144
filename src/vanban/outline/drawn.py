"""Tables that are only drawn with spaces or bars in a text: which lines they take, so that nobody reads them as sentences."""

import re
from collections.abc import Sequence

from vanban.outline.lines import Line
from vanban.outline.words import bare

_GAP = re.compile(r"\S(?: {3,}|\t+| *\| *)(?=\S)")
_NUMBER_HEAD = re.compile(r"\|?\s*s?tt\b")
_HEADS = (
    re.compile(r"nhiem vu|noi dung|cong viec|hoat dong|giai phap|danh muc|ten "),
    re.compile(r"co quan|don vi|chu tri|phoi hop|phan cong"),
    re.compile(r"thoi gian|thoi han|tien do"),
    re.compile(r"ket qua|san pham|ghi chu|chi tieu"),
)
_AFTER = re.compile(r"noi nh\w{1,3}\s*[:;,]|phu luc\b|(?:tm|kt|tl|tuq)\.\s")
_REACH = 6


def drawn_tables(lines: Sequence[Line]) -> list[int | None]:
    """For each line the number of the drawn table that it lies in: from its head to the last line with columns."""
    inside: list[int | None] = [None] * len(lines)
    number = 0
    at = 0
    while at < len(lines):
        if not _is_head(lines[at]):
            at += 1
            continue
        first, last = _first(lines, at), _last(lines, at)
        inside[first : last + 1] = [number] * (last + 1 - first)
        number, at = number + 1, last + 1
    return inside


def _is_head(line: Line) -> bool:
    """Whether the line is the head of a table: it begins with STT, and has other headings beside it."""
    if line.text[:1] not in {"S", "T", "|"} or len(_GAP.findall(line.text)) < 2:
        return False
    words = bare(line.text)
    return _NUMBER_HEAD.match(words) is not None and any(head.search(words) for head in _HEADS)


def _first(lines: Sequence[Line], at: int) -> int:
    """The first line of the head: headings are set in the middle of their cells, so that some stand higher than STT."""
    while at and lines[at - 1].blanks < 2 and _GAP.search(lines[at - 1].text) and not lines[at - 1].shouted:
        at -= 1
    return at


def _last(lines: Sequence[Line], at: int) -> int:
    """The last line with columns; a few lines without may stand between two."""
    last = at
    for index in range(at + 1, len(lines)):
        if index - last > _REACH or _AFTER.match(bare(lines[index].text[:12])):
            break
        if _GAP.search(lines[index].text) and not lines[index].furniture:
            last = index
    return last
