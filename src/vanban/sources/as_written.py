"""Where a reader has put words right while it read: finds them in the text again, with what the file has for each."""

import re
from collections.abc import Iterable

from vanban.spans import Span
from vanban.text.glyph_codes import is_plausible

SURE, UNSURE = 0.97, 0.8  # confidence of a word that is well formed, and of another
_WORD = re.compile(r"\S+")


def as_written(text: str, span: Span, words: Iterable[tuple[str, str]]) -> list[tuple[Span, str, float]]:
    """For each of the ``words`` (as it should be, as the file has it) met in ``span``: place, what the file has, confidence.

    ``words`` come in the order of the text; one that is not met as it should be (cut by a column, joined at a line end)
    is passed over.
    """
    waiting: dict[str, list[str]] = {}
    for now, was in words:
        waiting.setdefault(now, []).append(was)
    for held in waiting.values():
        held.reverse()
    found: list[tuple[Span, str, float]] = []
    for word in _WORD.finditer(text, span.start, span.end):
        known = waiting.get(word[0])
        was = known.pop() if known else word[0]
        if was != word[0]:
            found.append((Span(*word.span()), was, SURE if is_plausible(word[0]) else UNSURE))
    return found
