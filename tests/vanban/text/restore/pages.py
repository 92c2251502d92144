"""Damaged texts for the tests, written for them."""

from vanban.reading import Mend
from vanban.spans import Edit, Span, rewrite
from vanban.text.restore.lines import Damaged, lines_of


def damaged(text: str) -> Damaged:
    """``text`` as one damaged stretch."""
    return Damaged(text, lines_of(text, [Span(0, len(text))]))


def mended(text: str, mends: list[Mend]) -> str:
    """``text`` with its mends carried out."""
    return rewrite(text, (Edit(mend.span, mend.now) for mend in mends))[0]
