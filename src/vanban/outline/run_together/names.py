"""How a narrow column is read: name after name through a tree of what such columns say."""

from collections.abc import Iterator, Mapping, Sequence

from vanban.lexicon.folding import fold
from vanban.outline.run_together.fuzzy import EXACT, alike
from vanban.outline.run_together.layer import Token, bare
from vanban.outline.run_together.vocabulary import FIGURE, Heard, Node, Tree

OPEN = -1
"""The place of a reading inside a name that the tree does not know."""

_DIRT = 0.5
_STRANGE = 2.3
_BEGIN = 0.3
_NO_CAPITAL = 1.5
_NO_CAPITAL_IN_TIME = 2.5
_LONE = 0.4
_UNUSUAL = 3.4
_CUT = 0.6
_LONGEST_REST = 2
_FEW = 4
_MOSTLY = 0.5
_NEXT_LISTED = 0.1
_NEXT_BARE = 1.6
_NEXT_LINE = 0.7
_SKIPPED_WORD = 0.9
_OPEN_FIRST = 1.15
_OPEN_WORD = 1.04
_OPEN_DAMAGED = 1.3
_GAP = 1.0
_EMPTY_END = 2.2
_CUT_END = 1.8
_MARKED = 0.25
_LIKE_START = 0.5
_VALUED = 0.4
_LOST = 0.6
_LOST_WORD = 0.25
_MOST_LOST = 3
_HALF = 0.6
_NEARLY = 0.65
_HALF_LIKE = 0.8
_INITIAL = 0.8
_JOIN = frozenset({"va"})
_MARKS = " ,;.:-–"
_WRONG_MARKS = ";.:"


Cell = tuple[int, int, int]
"""How far a cell is read: a place in its tree (0: between names), the last line it has words on, and marks."""

LISTED, DONE = 1, 2
"""Marks of a cell: its last word ends with a comma; it has a word that says something."""

EMPTY: Cell = (0, -1, 0)

Step = tuple[float, Cell, str | None]
"""A word put into a cell: the price, the cell after it, and the word that it is read as (None: as it stands, "": nothing)."""


class TreeReader:
    """Reads the cells of one kind of column through ``tree``.

    ``starts``: what a name that the tree does not know may begin with; ``usual``: the bare words that the names of this
    column begin with elsewhere in the table, and how large a share of the names each begins;
    ``heard``: what the words of a damaged layer may have been; ``values``: the whole values that recur, as bare words.
    """

    def __init__(
        self,
        tree: Tree,
        starts: frozenset[str],
        usual: Mapping[str, float] | None = None,
        heard: Mapping[str, Heard] | None = None,
        values: Sequence[Sequence[str]] = (),
    ) -> None:
        self._tree, self._starts, self._usual, self._heard = tree, starts, usual, heard or {}
        self._uniform = max((usual or {}).values(), default=0.0)
        self._values = [path for value in values if (path := tree.path(value))]
        self._valued = {held.number for path in self._values for held in path}
        self._usual_first = [
            node
            for word, share in (usual or {}).items()
            if share >= _MOSTLY and (node := tree.root.following.get(word)) is not None
        ]
        self._rests: dict[int, str | None] = {}
        self._moves: dict[tuple[int, str], list[tuple[float, int, str | None]]] = {}

    def steps(self, cell: Cell, token: Token, number: int, *, begins: bool) -> Sequence[Step]:
        """What ``token``, on line ``number`` of the row, may be in a cell that was read as far as ``cell``."""
        place, line, marks = cell
        dated = place > 0 or token.dated
        word = FIGURE if dated and token.figure else token.bare
        on = self._on(place, token, word) if place > 0 else ()
        begun = self._begin(token, word, listed=bool(marks & LISTED))
        if begins and not token.barred and not on and not begun and place != OPEN and word not in _JOIN:
            return ()
        gap = _GAP * min(3, max(0, number - line - 1)) if begins and line >= 0 else 0.0
        after = DONE | (LISTED if token.listed else 0)
        made: list[Step] = []
        if not begins or token.barred:
            made.append((_STRANGE + gap, (place, number, marks), ""))
        if place == OPEN:
            made.append(((_OPEN_DAMAGED if self._heard else _OPEN_WORD) + gap, (OPEN, number, after), None))
        made.extend((price + gap, (held, number, after), read) for price, held, read in on)
        rest = self._rest(place) if place > 0 else ""
        if rest is None:
            return made
        if marks & DONE and word in _JOIN and not rest:
            made.append((_DIRT + gap, (0, number, DONE | LISTED), None))
        base = gap + (_BEGIN + _CUT if rest else self._next_price(cell, number))
        made.extend(
            (base + price, (held, number, after), f"{rest}, {read or token.text}" if rest else read)
            for price, held, read in begun
        )
        return made

    def end_price(self, cell: Cell) -> float:
        """What it costs to leave a cell there."""
        place, _, marks = cell
        if not marks & DONE:
            return _EMPTY_END
        rest = self._rest(place) if place > 0 else ""
        return _CUT_END if rest is None else _CUT if rest else 0.0

    def rest(self, cell: Cell) -> str:
        """The words that the name lacks in which ``cell`` ends, where there is only one way to end it; else ""."""
        return (self._rest(cell[0]) if cell[0] > 0 else "") or ""

    def _rest(self, place: int) -> str | None:
        """The words from ``place`` to the end of the name: "" where it may end here, None where it may go on in several ways."""
        if place not in self._rests:
            self._rests[place] = _rest_of(self._tree.nodes[place])
        return self._rests[place]

    def _next_price(self, cell: Cell, number: int) -> float:
        """What it costs to begin a name: after a comma, on a new line, or with nothing to tell it apart from the one before."""
        _, line, marks = cell
        if not marks & DONE:
            return _BEGIN
        return _BEGIN + (_NEXT_LISTED if marks & LISTED else _NEXT_LINE if number > line else _NEXT_BARE)

    def _on(self, place: int, token: Token, word: str) -> list[tuple[float, int, str | None]]:
        key = (place, token.raw + token.text)
        if key not in self._moves:
            self._moves[key] = list(self._moves_on(place, token, word))
        return self._moves[key]

    def _moves_on(self, place: int, token: Token, word: str) -> Iterator[tuple[float, int, str | None]]:
        node = self._tree.nodes[place]
        for price, held in self._led(node, token, word):
            read = _read(token, word, node, held)
            yield price + (_MARKED if read and price < _MARKED else 0.0), held.number, read
        yield from self._jumps(place, token, word)
        if len(node.following) > _FEW:
            return
        for skipped in node.following.values():
            if skipped.word == FIGURE:
                continue
            for price, held in self._led(skipped, token, word):
                read = _read(token, word, skipped, held)
                yield price + _SKIPPED_WORD, held.number, f"{skipped.shown} {read or token.text}"

    def _jumps(self, place: int, token: Token, word: str) -> Iterator[tuple[float, int, str | None]]:
        """The places of recurring values that ``token`` may lead to where the layer has lost more than one word before it."""
        if not self._heard:
            return
        for path in self._values:
            at = next((i + 1 for i, held in enumerate(path) if held.number == place), None if place else 0)
            if at is None:
                continue
            if at < len(path) and _may_be(bare(token.raw), path[at].word, _HALF if at else _NEARLY):
                yield _HALF_LIKE, path[at].number, _like(token, path[at].shown)
            for i in range(at + 2, min(len(path), at + _MOST_LOST + 1)):
                for price, held in self._led(path[i - 1], token, word):
                    if held is path[i]:
                        lost = " ".join(one.shown for one in path[at:i])
                        read = _read(token, word, path[i - 1], held) or token.text
                        yield price + _LOST + _LOST_WORD * (i - at), held.number, f"{lost} {read}"

    def _begin(self, token: Token, word: str, *, listed: bool) -> list[tuple[float, int, str | None]]:
        key = (-2 if listed else -1, token.raw + token.text)
        if key not in self._moves:
            self._moves[key] = list(self._beginnings(token, word, listed=listed))
        return self._moves[key]

    def _beginnings(self, token: Token, word: str, *, listed: bool) -> Iterator[tuple[float, int, str | None]]:
        lower = 0.0 if token.capital or listed or word == FIGURE else _NO_CAPITAL if self._starts else _NO_CAPITAL_IN_TIME
        root = self._tree.root
        for price, held in self._led(root, token, word):
            if price < _LIKE_START or root.following.get(held.word) is not held:
                read = _read(token, word, root, held)
                marked = _MARKED if read and price < _MARKED else 0.0
                lone = " " in held.shown and held.ends
                yield price + (_LONE if lone else lower) + marked + self._unusual(held.first), held.number, read
        for first in self._usual_first:
            for price, held in self._led(first, token, word):
                small = _NO_CAPITAL if held.shown[0].isupper() and not token.capital else 0.0
                yield price + _SKIPPED_WORD + small, held.number, f"{first.shown} {_read(token, word, first, held) or token.text}"
        yield from self._jumps(0, token, word)
        if len(token.raw) == 1:
            yield from (
                (_INITIAL, first.number, first.shown) for first in self._usual_first if token.raw.lower() == first.word[0]
            )
        if token.capital and word in self._starts:
            yield (_OPEN_DAMAGED if self._heard else _OPEN_FIRST) + self._unusual(word), OPEN, None

    def _led(self, node: Node, token: Token, word: str) -> list[tuple[float, Node]]:
        """Where ``token`` may lead from ``node``, as it is written now and as it was before the text was restored."""
        return [(price - _VALUED * (held.number in self._valued), held) for price, held in self._likely(node, token, word)]

    def _likely(self, node: Node, token: Token, word: str) -> list[tuple[float, Node]]:
        heard = self._heard.get(token.raw)
        if heard is None:
            return self._tree.after(node, word)
        found: dict[int, tuple[float, Node]] = {}
        exact = [(EXACT, held) for held in {node.following.get(word), node.following.get(bare(token.raw))} if held is not None]
        for price, held in (*exact, *self._tree.after_damaged(node, heard)):
            if held.number not in found or price < found[held.number][0]:
                found[held.number] = (price, held)
        return list(found.values())

    def _unusual(self, word: str) -> float:
        """What it costs to begin a name with ``word``, by how many names of the column do so elsewhere."""
        if self._usual is None:
            return 0.0
        return _UNUSUAL * (self._uniform * (1.0 - self._usual.get(word, 0.0))) ** 2


def _read(token: Token, word: str, node: Node, held: Node) -> str | None:
    """How ``token`` is to be read where it leads from ``node`` to ``held``: as it stands where it is that very word."""
    if held.word == FIGURE or (word == held.word and fold(token.text.strip(_MARKS)) == fold(held.shown.strip(_MARKS))):
        if not held.ends and token.text[-1] in _WRONG_MARKS:  # no name has them inside: a damaged comma
            return token.text.rstrip(_MARKS) + held.shown[len(held.shown.rstrip(_MARKS)) :]
        return None
    words = [held.shown] if node.following.get(held.word) is held else _words_between(node, held)
    words[-1] = words[-1].rstrip(_MARKS) + (token.text[-1] if token.listed else words[-1][len(words[-1].rstrip(_MARKS)) :])
    return " ".join([_like(token, words[0]), *words[1:]])


def _may_be(word: str, known: str, least: float) -> bool:
    """Whether a damaged word may be ``known``, which is likely to stand there: alike enough, or both a lone letter."""
    return len(word) == 1 == len(known) or alike(word, known) >= least


def _words_between(node: Node, held: Node) -> list[str]:
    """The words that lead from ``node`` to ``held``, two or three places on."""
    for first in node.following.values():
        if first.following.get(held.word) is held:
            return [first.shown, held.shown]
        for second in first.following.values():
            if second.following.get(held.word) is held:
                return [first.shown, second.shown, held.shown]
    return [held.shown]


def _like(token: Token, word: str) -> str:
    return word[:1].upper() + word[1:] if token.capital else word


def _rest_of(node: Node) -> str | None:
    words: list[str] = []
    while not node.ends:
        if len(node.following) != 1 or len(words) == _LONGEST_REST:
            return None
        node = next(iter(node.following.values()))
        if node.word == FIGURE:
            return None
        words.append(node.shown)
    return " ".join(words)
