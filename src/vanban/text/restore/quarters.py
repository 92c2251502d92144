"""Quarters whose Roman figure was read as another: ``Quý 11/2026`` → II, ``quý lV`` → IV, ``Quý I-111/2026`` → I-III.

A year has four quarters, so that the figure after quý is one of I to IV or 1 to 4 whatever was seen.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vanban.reading import Mend, MendKind
from vanban.spans import Span

if TYPE_CHECKING:
    from vanban.text.restore.lines import Damaged
    from vanban.text.restore.readings import ReadWord

SURE: Final = 0.95
_SIGNS = str.maketrans({"1": "I", "l": "I", "|": "I", "!": "I", "T": "I", "i": "I", "v": "V", "Y": "V", "H": "II"})
_MARKS = frozenset({"", *"/.,;:)"})
_ROMANS = frozenset({"I", "II", "III", "IV"})
_FIGURES = r"[1lI|!TivVYH]{1,4}"
_FIGURE = re.compile(_FIGURES)
# without a year a capital alone may be a name's
_AFTER = re.compile(
    rf"(?P<figures>{_FIGURES}(?:[-–,]{_FIGURES})*)(?:(?=/(?:19|20)\d\d)|(?<!\s[TYH])(?<!^[TYH])(?=[.,;:)]*(?!\S)))"
)
_QUARTER = re.compile(r"\W*qu[ýí]", re.IGNORECASE)
_IN_TEXT = re.compile(rf"(?<![^\W_])(?i:qu(?:[ýí]|[yiỳỷỹìỉ¥](?=[ \t]+[^\s/]+/(?:19|20)\d\d)))[ \t]+{_AFTER.pattern}")


def figures_of(figures: str) -> str:
    """``figures`` of quarters as they are to be; those that already are, or that no quarter can be, as they were."""
    return _FIGURE.sub(lambda found: _figure(found[0]), figures)


def _figure(was: str) -> str:
    if was.upper() in _ROMANS or was == "1":
        return was
    now = was.translate(_SIGNS)
    return now if now in _ROMANS else was


def quarter_mends(page: "Damaged") -> list[Mend]:
    """The figures of quarters in damaged text; a mend for each, in order."""
    mends = []
    for line in page.lines:
        for found in _IN_TEXT.finditer(page.text, line.span.start, line.span.end):
            was = found["figures"]
            mends.append(Mend(Span(*found.span("figures")), was, figures_of(was), MendKind.NUMBER, SURE))
    return mends


def with_quarters(words: Sequence["ReadWord"], others: Sequence[str]) -> list["ReadWord"]:
    """Words that were read from an image, in order, the figures of quarters put right.

    ``others``: what the other reading has in place of each word, "" for nothing. A scan loses strokes and adds none, so that
    ``II`` of either reading stands against ``1``.
    """
    read = list(words)
    for index in range(1, len(read)):
        word = read[index]
        if not _QUARTER.fullmatch(read[index - 1].now):
            continue
        now = _put_right(word.now)
        if _lone(now):
            now = max((now, *(_put_right(other) for other in (word.was, others[index]) if _may_stand_for(other, now))), key=len)
        if now != word.now:
            read[index] = replace(word, now=now, kind=MendKind.NUMBER, sure=SURE)
    return read


def _put_right(word: str) -> str:
    """The word after quý with its figures as they are to be."""
    found = _AFTER.match(word)
    return figures_of(found["figures"]) + word[found.end("figures") :] if found else word


def _lone(word: str) -> bool:
    return word[:1] == "1" and word[1:2] in _MARKS


def _may_stand_for(other: str, lone: str) -> bool:
    """Whether ``other`` has a Roman figure of several signs where ``lone`` has 1, and the same after it."""
    found = _AFTER.match(other)
    return found is not None and figures_of(found["figures"]) in _ROMANS and other[found.end("figures") :] == lone[1:]
