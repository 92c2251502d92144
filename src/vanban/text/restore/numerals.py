"""Numerals that damage has changed: Roman figures of headings and of congresses, letters and commas of items.

``I1. POI TUQNG`` → II., ``HI. NHIỆM VỤ`` → III., ``lan thu X1V`` → XIV, ``¢) Bao cao`` → c), ``4, Day manh`` → 4. A heading's figure is read from the order
in which headings follow one another; what could be read in several ways from its neighbours only.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.restore.lines import Damaged

MOST: Final = 30
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_TENS = ("", "X", "XX", "XXX")
_SIGNS = str.maketrans({"1": "I", "l": "I", "|": "I", "!": "I", "T": "I", "i": "I", "v": "V", "x": "X", "H": "II"})
_HEADING = re.compile(r"[ \t]*(?P<figure>[IVXHl1|!T]{1,6})(?P<mark>[.:)]?-?|[.:)])[ \t]*(?=[^\W\d_])")
_ARABIC = re.compile(r"[ \t]*(?P<figure>\d{1,2})(?P<mark>[.,])[ \t]*(?=\S)")
_LETTER = re.compile(r"[ \t]*(?P<figure>[^\W\d_]|[¢&€§6])(?P<mark>\))")
_CONGRESS = re.compile(
    r"(?i:(?P<time>l[^\W\d]n)\s+(?P<order>th[^\W_]{1,2})|kh[^\W\d][^\W_]?|nhi[^\W\d]m\s+k[^\W\d])['’]?\s+(?P<figure>[XVI1l|]{1,6}(?:[ \t][XVI1l|]{1,4})?)(?![^\W_])"
)
_TIMES = (("time", "lần"), ("order", "thứ"))
_ITEMS = "abcdđeghiklmnopqrstuvxy"
_SAME_ITEM = {
    "¢": "c",
    "€": "e",
    "&": "e",
    "§": "g",
    "6": "đ",
    "á": "a",
    "à": "a",
    "â": "a",
    "é": "e",
    "è": "e",
    "ê": "e",
    "ð": "đ",
    "C": "c",
}
SURE: Final = 0.97
LIKELY: Final = 0.85


@lru_cache(maxsize=1)
def _romans() -> tuple[str, ...]:
    """Index → Roman figure, 0 to :data:`MOST`."""
    return tuple(_TENS[number // 10] + _ONES[number % 10] for number in range(MOST + 1))


def heading_mends(page: Damaged) -> list[Mend]:
    """The labels of all headings, items in capitals first; a mend for each, whether it changes it or not; in order."""
    roman = _roman_headings(page)
    taken = {mend.span.start for mend in roman}
    others = [mend for mend in (*_arabic_items(page), *_letter_items(page)) if mend.span.start not in taken]
    return sorted((*roman, *others), key=lambda mend: mend.span)


@dataclass(frozen=True, slots=True)
class _Label:
    span: Span
    figure: str


def _roman_headings(page: Damaged) -> list[Mend]:
    """The figures of lines in capitals, read as one growing row."""
    labels: list[_Label] = []
    for line in page.lines:
        found = _HEADING.match(page.text, line.span.start, line.span.end) if line.capitals else None
        if found and found["mark"] and len(page.written(line)) > found.end() - line.span.start + 3:
            labels.append(_Label(Span(*found.span("figure")), found["figure"]))
    values = _row([label.figure for label in labels])
    mends = []
    for label, value in zip(labels, values, strict=True):
        now = _romans()[value] if value else label.figure
        sure = SURE if label.figure.translate(_SIGNS) == now else LIKELY
        mends.append(Mend(label.span, label.figure, now, MendKind.HEADING, sure))
    return mends


def _row(figures: Sequence[str]) -> list[int]:
    """The numbers that a row of damaged Roman figures is likeliest to be; 0 for one that is none (an Arabic 1)."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for figure in figures:
        step: dict[int, tuple[float, list[int]]] = {}
        for before, (cost, path) in best.items():
            for value in range(MOST + 1):
                total = cost + (_not_roman(figure) if value == 0 else _misread(figure, value) + _jump(before, value))
                state = value or before
                if state not in step or total < step[state][0]:
                    step[state] = (total, [*path, value])
        best = step
    return min(best.values())[1]


def _not_roman(figure: str) -> float:
    return 2.5 if set(figure) <= {"1"} else 6.0


def _jump(before: int, value: int) -> float:
    if value == before + 1:
        return 0.0
    if value == 1:
        return 2.0  # an annex counts from one again
    return 1.5 + 1.5 * abs(value - before - 1)


@lru_cache(maxsize=1024)
def _misread(figure: str, value: int) -> float:
    """What it costs to read the number ``value`` as ``figure``: figures lost, added or changed."""
    true, seen = _romans()[value], figure.translate(_SIGNS)
    rows = list(range(len(seen) + 1))
    for index, sign in enumerate(true, 1):
        before, rows[0] = rows[0], index
        for place, other in enumerate(seen, 1):
            before, rows[place] = rows[place], min(rows[place] + 1, rows[place - 1] + 1, before + (sign != other))
    return 2.0 * rows[-1] + 0.1 * (figure != seen)


def _arabic_items(page: Damaged) -> Iterator[Mend]:
    """``4, Day manh`` after item 3 is item 4."""
    before = 0
    for line in page.lines:
        found = _ARABIC.match(page.text, line.span.start, line.span.end) if line.opens else None
        if not found:
            continue
        number = int(found["figure"])
        if found["mark"] == "," and number == before + 1 and page.text[found.end()].isupper():
            span = Span(*found.span("mark"))
            yield Mend(span, ",", ".", MendKind.HEADING, SURE)
        before = number


def _letter_items(page: Damaged) -> Iterator[Mend]:
    """``¢)`` after ``b)`` is ``c)``, a second ``d)`` is ``đ)``."""
    before = -1
    for line in page.lines:
        found = _LETTER.match(page.text, line.span.start, line.span.end)
        if not found:
            continue
        was = found["figure"]
        expected = _ITEMS[before + 1] if before + 1 < len(_ITEMS) else ""
        now = _SAME_ITEM.get(was, was)
        if (now == "d" and expected == "đ") or (was in _SAME_ITEM and _alike_item(was, expected)):
            now = expected
        if now not in _ITEMS:
            continue
        before = _ITEMS.index(now)
        yield Mend(Span(*found.span("figure")), was, now, MendKind.HEADING, SURE if now == expected else LIKELY)


def _alike_item(was: str, expected: str) -> bool:
    """Whether a sign that is no item's letter may stand for ``expected``."""
    return expected != "" and expected in {"¢": "ce", "€": "ce", "&": "eg", "§": "g", "6": "đdb"}.get(was, "")


def congress_mends(page: Damaged) -> list[Mend]:
    """Roman figures after lần thứ, khóa, nhiệm kỳ: a mend for each, in order."""
    found = [match for line in _runs(page) for match in _CONGRESS.finditer(page.text, line.start, line.end)]
    clear = Counter(text.translate(_SIGNS) for match in found if "l" not in (text := match["figure"]))
    mends = []
    for match in found:
        was = match["figure"]
        now = _figure(was, clear)
        if now:
            mends += [
                Mend(Span(*match.span(name)), match[name], word, MendKind.WORD, SURE) for name, word in _TIMES if match[name]
            ]
            mends.append(Mend(Span(*match.span("figure")), was, now, MendKind.NUMBER, SURE if "l" not in was else LIKELY))
    return mends


def _figure(was: str, clear: Counter[str]) -> str:
    """The Roman figure that ``was`` is; an l may be one I or two, whichever the document has elsewhere."""
    plain = was.replace(" ", "")
    choices = [plain.translate(_SIGNS), plain.replace("l", "II").translate(_SIGNS)] if "l" in plain else [plain.translate(_SIGNS)]
    valid = [choice for choice in choices if choice in _romans()[1:]]
    return max(valid, key=lambda choice: (clear[choice], -len(choice)), default="")


def _runs(page: Damaged) -> Iterator[Span]:
    """Paragraphs: lines that belong together."""
    start = end = -1
    for line in page.lines:
        if start >= 0 and line.opens:
            yield Span(start, end)
            start = -1
        start = line.span.start if start < 0 else start
        end = line.span.end
    if start >= 0:
        yield Span(start, end)
