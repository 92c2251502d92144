"""Words as they are compared: lower case, one place for the tone mark, diacritics kept; and the words of a stretch."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from vanban.spans import Span

_NEW_STYLE = {
    old + mark_old: mark_new + late
    for old, late, marks in (("o", "a", "àáảãạ òóỏõọ"), ("o", "e", "èéẻẽẹ òóỏõọ"), ("u", "y", "ỳýỷỹỵ ùúủũụ"))
    for mark_old, mark_new in zip(*marks.split(), strict=True)
}
_OLD_STYLE = re.compile("(?:" + "|".join(_NEW_STYLE) + r")(?![^\W\d])")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[\t\f]|[^\w\s]|_+")
_SAME = {"&": "và", "–": "-", "—": "-", "−": "-"}


def fold(text: str) -> str:
    """``text`` in lower case with ``uỷ``, ``hoà`` written ``ủy``, ``hòa``; as long as ``text``, so that offsets stay."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _OLD_STYLE.sub(lambda found: _NEW_STYLE[found.group()], low)


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of a stretch: folded, with their places in the whole text.

    A tab is a word of its own (it divides table cells); other white space only divides words.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> Span:
        """The stretch from word ``first`` up to, not with, word ``last``."""
        return Span(self.starts[first], self.ends[last - 1])

    def capital(self, index: int) -> bool:
        """Whether the word begins with a capital letter."""
        return self.text[self.starts[index]].isupper()

    def shouted(self, index: int) -> bool:
        """Whether the word is written in capitals only, of two letters or more."""
        piece = self.text[self.starts[index] : self.ends[index]]
        return len(piece) > 1 and piece.isupper()

    def new_line(self, index: int) -> bool:
        """Whether a line break stands before the word."""
        return index > 0 and "\n" in self.text[self.ends[index - 1] : self.starts[index]]

    def at(self, offset: int) -> int:
        """The first word that begins at ``offset`` or after it."""
        return bisect_left(self.starts, offset)


def words_of(text: str, span: Span) -> Words:
    """The words and marks of ``span``."""
    base = span.start
    low = fold(text[span.start : span.end])
    places = [match.span() for match in _TOKEN.finditer(low)]  # the matches themselves would fill the memory of a long text
    words = [low[start:end] for start, end in places]
    for mark, same in _SAME.items():
        if mark in low:
            words = [same if word == mark else word for word in words]
    return Words(text, tuple(words), tuple([base + start for start, _ in places]), tuple([base + end for _, end in places]))


def clean(text: str) -> str:
    """``text`` on one line, single spaces, words that a line break divided at a hyphen joined (QĐ-⏎TTg → QĐ-TTg)."""
    return " ".join(re.sub(r"(?<=\S)-[ ]*\n\s*(?=\S)", "-", text).split())
