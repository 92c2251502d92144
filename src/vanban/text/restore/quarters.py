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
_ROMANS = frozenset({"I", "II", "III", "IV"})
_FIGURES = r"[1lI|!TivVYH]{1,4}"
_FIGURE = re.compile(_FIGURES)
_AFTER = re.compile(rf"(?P<figures>{_FIGURES}(?:[-–,]{_FIGURES})*)(?=/(?:19|20)\d\d|[.,;:)]*(?!\S))")
_QUARTER = re.compile(r"\W*qu[ýí]", re.IGNORECASE)
_IN_TEXT = re.compile(rf"(?<![^\W_])(?i:qu(?:[ýí]|[yiỳỷỹìỉ¥](?=[ \t]+[^\s/]+/(?:19|20)\d\d)))[ \t]+{_AFTER.pattern}")


def figures_of(figures: str) -> str:
    """``figures`` of quarters as they are to be; those that already are, or that no quarter can be, as they were."""
    return _FIGURE.sub(lambda found: _figure(found[0]), figures)


def _figure(was: str) -> str:
    if was.upper() in _ROMANS or was == "1" or (len(was) == 1 and was.isupper()):
        return was  # a letter alone may be a name's
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


def with_quarters(words: Sequence["ReadWord"]) -> list["ReadWord"]:
    """Words that were read from an image, in order, the figures of quarters put right."""
    read = list(words)
    for index in range(1, len(read)):
        word = read[index]
        found = _AFTER.match(word.now) if _QUARTER.fullmatch(read[index - 1].now) else None
        if found and (now := figures_of(found["figures"])) != found["figures"]:
            read[index] = replace(word, now=now + word.now[found.end("figures") :], kind=MendKind.NUMBER, sure=SURE)
    return read
