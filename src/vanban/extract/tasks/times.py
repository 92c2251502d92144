"""Which of the times in a statement is the time of its work, and where a statement holds several works by time."""

import re
from collections.abc import Sequence

from vanban.extract.deadlines import BINDING, DeadlineMention
from vanban.extract.tasks.words import WORK
from vanban.extract.tasks.work import Work
from vanban.reading import DeadlineKind
from vanban.spans import Span

_FIRM = {DeadlineKind.BY, DeadlineKind.WITHIN, DeadlineKind.RECURRING, DeadlineKind.RELATIVE}
_TOLD = re.compile(r"(?:được|đã|từng)\s+(?:\S+\s+){0,4}$", re.IGNORECASE)
_TO_BE_DONE = re.compile(
    r"(?:trong|hoàn\s+thành|xong|thời\s+(?:gian|hạn)|tiến\s+độ|chậm\s+nhất|hạn|trình|báo\s+cáo|trước|vào)\b", re.IGNORECASE
)
_PERIOD = re.compile(r"giai\s+đoạn|thời\s+kỳ|nhiệm\s+kỳ", re.IGNORECASE)
_EXACT = re.compile(r"\d|thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|định\s+kỳ", re.IGNORECASE)
_REPORTED = re.compile(r"(?:báo\s+cáo|định\s+kỳ|tổng\s+hợp|đánh\s+giá|sơ\s+kết|gửi)[^,.;]{0,40}$", re.IGNORECASE)
_CLAUSE_START = re.compile(r"(?:^|[;.:(]|,\s*|\b(?:và|đồng\s+thời|đồng\s+thời,))\s*(?:định\s+kỳ\s*,?\s*)?$", re.IGNORECASE)
_CUT = re.compile(r"(?:;|\.(?=\s+[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ]))\s*(?:đồng\s+thời,?\s*)?")
_NEAR = 60
_LED_APART = re.compile(r";\s+(?:đồng\s+thời,?\s+)?(?=chủ\s+trì(?!\w))")
_ENDS = re.compile(r"hoàn\s+thành|xong|kết\s+thúc|chậm\s+nhất", re.IGNORECASE)
_CUT_IN_CLAUSE = re.compile(
    rf"(?:,\s+(?:và\s+)?|(?<=\s)và\s+)(?=(?:sơ\s+kết|tổng\s+kết|(?:[Đđ]ợt|[Gg]iai\s+đoạn|[Ll]ần|[Bb]ước)\s+(?:\d|[IV]+\b|hai|ba|cuối)|(?!báo\s+cáo|gửi|trình|tổng\s+hợp|hằng|hàng|định\s+kỳ|trong|hoàn\s+thành){WORK})(?!\w)[^,;.]{{0,120}}$)"
)


def dues(work: Work, span: Span) -> list[DeadlineMention]:
    """The times in running text by or in which something is to be done; mere mentions of a year or period are left out."""
    return [mention for mention in work.deadlines(span) if _is_due(work.text, span, mention)]


def _is_due(text: str, span: Span, mention: DeadlineMention) -> bool:
    before = text[max(span.start, mention.span.start - 60) : mention.span.start]
    kind = mention.deadline.kind
    if kind is DeadlineKind.BY or mention.form in BINDING:
        return _TOLD.search(before) is None
    if kind is DeadlineKind.WITHIN:
        if _PERIOD.search(mention.deadline.text) or _TOLD.search(before):
            return False
        return _TO_BE_DONE.search(before[-24:] + " " + mention.deadline.text) is not None
    if kind is DeadlineKind.RECURRING:
        opens = _CLAUSE_START.search(before) is not None
        return opens or bool(_EXACT.search(mention.deadline.text)) or _REPORTED.search(before) is not None
    if kind is DeadlineKind.ONGOING:
        return not text[span.start : mention.span.start].strip()
    return kind is DeadlineKind.RELATIVE


def main_due(mentions: Sequence[DeadlineMention]) -> DeadlineMention | None:
    """The one that binds: a firm one before an ongoing one, the last of several firm ones."""
    firm = [mention for mention in mentions if mention.deadline.kind in _FIRM]
    return firm[-1] if firm else (mentions[0] if mentions else None)


def cut_by_times(work: Work, span: Span) -> list[tuple[Span, DeadlineMention | None]]:
    """``span`` as works with a time each: cut between two different times where a sentence or a clause ends."""
    found = dues(work, span)
    firm = [mention for mention in found if mention.deadline.kind in _FIRM]
    pieces: list[tuple[Span, DeadlineMention | None]] = []
    start = span.start
    held: DeadlineMention | None = None
    looked = span.start
    for mention in firm:
        cut = _cut_before(work.text, looked, mention.span.start) if held and _differ(held, mention) else None
        looked = mention.span.end
        if cut is not None and held is not None:
            pieces.append((Span(start, cut.start).trim(work.text), held))
            start = cut.end
            held = None
        if held is None or _finishes(work.text, held, mention):
            held = mention
    led = _LED_APART.search(work.text, held.span.end, span.end) if held else None
    if led is not None:
        pieces.append((Span(start, led.start()).trim(work.text), held))
        return [*pieces, (Span(led.end(), span.end).trim(work.text), None)]
    pieces.append((Span(start, span.end).trim(work.text), held or main_due(found)))
    return pieces


def _finishes(text: str, held: DeadlineMention, mention: DeadlineMention) -> bool:
    """Whether the later of two times in one clause binds: the end of the work, or the same kind of time said more closely."""
    if held.deadline.kind is not mention.deadline.kind or mention.deadline.kind is not DeadlineKind.BY:
        return True
    return _ENDS.search(text, max(held.span.end, mention.span.start - _NEAR), mention.span.start) is not None


def _differ(one: DeadlineMention, other: DeadlineMention) -> bool:
    a, b = one.deadline, other.deadline
    return (a.end, a.rrule, a.offset) != (b.end, b.rrule, b.offset)


def _cut_before(text: str, start: int, end: int) -> Span | None:
    """The mark between two times behind which the second one's clause or sentence begins, or a verb of its own; None where they share one."""
    cut = _CUT.search(text, start, end + 1)
    if cut and cut.end() <= end:
        return Span(cut.end(), cut.end())
    joint = _CUT_IN_CLAUSE.search(text, start, end)
    return Span(*joint.span()) if joint else None
