"""Appendices that are announced and do not lie in the file (domain VR-28)."""

import re
from collections.abc import Iterator

from vanban.check.rule import Case, Found
from vanban.outline.markers import roman_value
from vanban.spans import Span

_NAMED = r"(?:\d{1,2}[A-Z]?|[IVX]{1,5})\b"
_MENTION = re.compile(
    rf"(?i:phụ\s+lục)(?:\s+(?i:số))?(?:\s+(?P<numbers>{_NAMED}(?:\s*(?:,|;|và|-)\s*(?:(?i:phụ\s+lục)\s+(?:số\s+)?)?{_NAMED})*))?"
)
_ELSEWHERE = re.compile(
    r"\s*(?:[^.;\n]{0,60}\b(?:kèm\s+theo|tại|của)\s+)?(?:Nghị\s+định|Thông\s+tư|Luật|(?:Quyết\s+định|Nghị\s+quyết|Công\s+văn|Kế\s+hoạch|Chỉ\s+thị|Chương\s+trình|Văn\s+bản)\s+số)\b"
)
_ANNOUNCES = re.compile(r"kèm\s+theo|đính\s+kèm|theo\s+(?:\S+\s+){0,4}$|tại\s+$|\(chi\s+tiết", re.IGNORECASE)


def _key(number: str) -> str:
    """One form for I, 01 and 1."""
    return str(roman_value(number)) if roman_value(number) else number.upper().lstrip("0")


def _announced(case: Case) -> Iterator[tuple[list[str], Span]]:
    """The appendices of this document that its body speaks of: their numbers, and where."""
    body = case.outline.body
    for found in _MENTION.finditer(case.text, body.start, body.end):
        after = case.text[found.end() : found.end() + 120]
        if _ELSEWHERE.match(after):
            continue
        before = case.text[max(body.start, found.start() - 40) : found.start()]
        if not (_ANNOUNCES.search(before) or _ANNOUNCES.match(after.lstrip())):
            continue
        numbers = [_key(number) for number in re.findall(_NAMED, found["numbers"] or "")]
        yield numbers, Span(found.start(), found.end())


def appendix_missing(case: Case) -> Iterator[Found]:
    """The body sends the reader to an appendix that is not in this file."""
    present = {_key(appendix.path.removeprefix("PL")) for appendix in case.outline.appendices}
    missing: list[str] = []
    first: Span | None = None
    for numbers, span in _announced(case):
        lacking = [number for number in numbers if number not in present] if numbers else ([] if present else [""])
        if lacking and not (len(present) == 1 and "" in present):
            first = first or span
            missing.extend(number for number in lacking if number not in missing)
    if first is None:
        return
    names = ", ".join(number for number in missing if number)
    what = f"Phụ lục {names}" if names else "phụ lục kèm theo"
    yield Found(
        f"Văn bản dẫn {what} nhưng trong tệp này không có. Cần kiểm tra tệp đính kèm hoặc bổ sung phụ lục trước khi giao việc.",
        first,
    )
