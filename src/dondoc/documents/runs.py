"""A stretch of text with the places of items and of mends marked in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of an item: ``ident`` the item, ``css`` its kind and state; ``own``: it stands here, its parts elsewhere."""

    start: int
    end: int
    ident: int
    css: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class Mended:
    """A stretch that the reader rewrote: what stood there, how sure the new words are in hundredths.

    ``strong``: it touches a figure, a day, a name, a symbol or a heading.
    """

    start: int
    end: int
    was: str
    percent: int
    strong: bool


class Runs:
    """The text cut where a mark or a mend begins or ends; the shortest mark lies on top, a mend within it."""

    def __init__(self, text: str, marks: Iterable[Mark], selected: int | None, mended: Iterable[Mended] = ()) -> None:
        self._text = text
        self._selected = selected
        self._anchored = selected is None
        held = [mark for mark in marks if mark.start < mark.end]
        self._mended = sorted((mend for mend in mended if mend.start < mend.end), key=lambda mend: mend.start)
        self._mend_starts = [mend.start for mend in self._mended]
        places = [(mark.start, mark.end) for mark in held] + [(mend.start, mend.end) for mend in self._mended]
        self._cuts = sorted({edge for place in places for edge in place})
        self._active: list[list[Mark]] = [[] for _ in self._cuts]
        for mark in sorted(held, key=lambda mark: (mark.end - mark.start, not mark.css.startswith("w"), mark.ident)):
            first, last = bisect_left(self._cuts, mark.start), bisect_left(self._cuts, mark.end)
            for index in range(first, last):
                self._active[index].append(mark)

    def html(self, start: int, end: int) -> str:
        """The stretch; every character of the text is escaped."""
        pieces: list[str] = []
        at = start
        index = bisect_right(self._cuts, start) - 1
        while at < end:
            until = min(end, self._cuts[index + 1]) if index + 1 < len(self._cuts) else end
            pieces.append(self._run(at, until, self._active[index] if index >= 0 else []))
            at, index = until, index + 1
        return "".join(pieces)

    def _words(self, start: int, end: int) -> str:
        words = escape(self._text[start:end])
        index = bisect_right(self._mend_starts, start) - 1
        mend = self._mended[index] if index >= 0 else None
        if mend is None or mend.end <= start:
            return words
        look = "md hard" if mend.strong else "md"
        return f'<span class="{look}" data-was="{escape(mend.was)}" data-sure="{mend.percent}">{words}</span>'

    def _run(self, start: int, end: int, marks: list[Mark]) -> str:
        words = self._words(start, end)
        if not marks:
            return words
        idents = dict.fromkeys(mark.ident for mark in marks)
        own = dict.fromkeys(mark.ident for mark in marks if mark.own)
        css = f"{marks[0].css} sel" if self._selected in idents else marks[0].css
        names = f' data-k="{" ".join(map(str, idents))}"' + (f' data-m="{" ".join(map(str, own))}"' if own else "")
        if self._selected in own and not self._anchored:
            self._anchored, names = True, f'{names} id="doan"'
        return f'<mark class="{css}"{names}>{words}</mark>'
