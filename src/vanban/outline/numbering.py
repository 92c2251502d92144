"""The tree of numbers: which mark is to be believed, what it stands under, and the paths."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vanban.outline.lines import is_shouted
from vanban.outline.markers import Mark, Rank, roman

_NESTED = Rank.LETTER + 1
_STROKES = frozenset("1lI|!i")
_WORDED = frozenset({Rank.PART, Rank.CHAPTER, Rank.SECTION, Rank.ARTICLE})
_FAR = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the tree; entries are known by their place in the list. A root has rank -1 and the prefix as key."""

    parent: int
    rank: int
    key: str
    value: int
    shouted: bool


class Numbering:
    """The headings met so far, in order, and the stack of those that are open."""

    __slots__ = ("_entries", "_last", "_stack")

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._stack: list[int] = []
        self._last: dict[tuple[int, int], int] = {}
        self.restart("")

    @property
    def current(self) -> int:
        """The entry that a paragraph stands under now."""
        return self._stack[-1]

    @property
    def depth(self) -> int:
        """How many headings are open, an appendix counted as one."""
        return len(self._stack) - (0 if self._entries[self._stack[0]].key else 1)

    def depth_of(self, entry: int) -> int:
        """How many headings ``entry`` stands under, itself and an appendix counted."""
        depth = 0
        while self._entries[entry].parent >= 0:
            entry, depth = self._entries[entry].parent, depth + 1
        return depth + (1 if self._entries[entry].key else 0)

    def chapter_of(self, entry: int) -> int:
        """The chapter (I, Điều, Chương) that ``entry`` stands under; the root where there is none."""
        while self._entries[entry].parent >= 0 and self._entries[entry].rank > Rank.ARTICLE:
            entry = self._entries[entry].parent
        return entry

    def restart(self, prefix: str) -> None:
        """Begin a new tree: a document attached, or the appendix whose path is ``prefix``."""
        self._entries.append(Entry(-1, -1, prefix, 0, shouted=False))
        self._stack = [len(self._entries) - 1]

    def enter(self, mark: Mark) -> int:
        """Add the heading that ``mark`` opens; give its entry."""
        rank = self._rank(mark)
        self._stack = [held for held in self._stack if self._entries[held].rank < rank]
        if mark.rank == Rank.ARTICLE:
            self._stack = self._stack[:1]
        parent = self._stack[-1]
        self._entries.append(Entry(parent, rank, mark.key, mark.value, is_shouted(mark.rest)))
        self._stack.append(len(self._entries) - 1)
        self._last[parent, rank] = len(self._entries) - 1
        if mark.rank == Rank.ARTICLE:
            self._last[self._stack[0], rank] = len(self._entries) - 1
        return self._stack[-1]

    def _rank(self, mark: Mark) -> int:
        """The mark's rank; a count that begins again below a letter is a list inside it."""
        if mark.rank == Rank.DOTTED:
            return min(Rank.ARABIC + mark.key.count("."), Rank.LETTER - 1)
        if mark.rank != Rank.ARABIC:
            return mark.rank
        outer = self._last_value(Rank.ARABIC)
        nested = self._open(_NESTED)
        if nested is not None:
            inner = self._entries[nested].value
            return _NESTED if mark.value == inner + 1 and mark.value != outer + 1 else Rank.ARABIC
        restarts = mark.value == 1 and outer >= 1 and self._open(Rank.ARABIC) is not None and self._open(Rank.LETTER) is not None
        return _NESTED if restarts else Rank.ARABIC

    def _open(self, rank: int) -> int | None:
        return next((held for held in reversed(self._stack) if self._entries[held].rank == rank), None)

    def _last_entry(self, rank: int) -> Entry | None:
        """The last heading of ``rank`` under the heading that a new one would stand under."""
        parent = next(held for held in reversed(self._stack) if self._entries[held].rank < rank)
        if rank == Rank.ARTICLE:
            parent = self._stack[0]
        found = self._last.get((parent, rank))
        return self._entries[found] if found is not None else None

    def _last_value(self, rank: int) -> int:
        entry = self._last_entry(rank)
        return entry.value if entry else 0

    # which mark is to be believed

    def choose(self, marks: Sequence[Mark], *, broken: bool, dangling: bool) -> Mark | None:
        """The mark to believe among those that a line may open with.

        ``broken``: the line before was full and unfinished, so that the mark may be a part of its sentence;
        ``dangling``: it ended in a word that must go on.
        """
        misread = self._lost_stroke(marks) if is_shouted(marks[0].rest) else None
        if misread is not None:
            return misread
        return next((mark for mark in marks if self._plausible(mark, broken=broken, dangling=dangling)), None)

    def _plausible(self, mark: Mark, *, broken: bool, dangling: bool) -> bool:
        rank = self._rank(mark)
        last = self._last_value(rank)
        expected = mark.value in {1, last + 1}
        if mark.pattern == "roman-misread":
            return is_shouted(mark.rest) and mark.value == last + 1
        if mark.pattern == "arabic-comma":
            return 1 <= last == mark.value - 1 and not (broken or dangling)
        if mark.rank == Rank.DOTTED:
            return self._plausible_dotted(mark, expected=expected, broken=broken or dangling)
        if broken or dangling:
            return expected and not (dangling and mark.rest.lstrip()[:1].islower())
        if mark.rank in _WORDED:
            return True
        return self._near(mark, last)

    @staticmethod
    def _near(mark: Mark, last: int) -> bool:
        """Whether the number is not too far from the one before it."""
        if mark.rank == Rank.UPPER or mark.pattern == "letter-dot":
            return mark.value in {1, last + 1, last + 2}
        if mark.rank == Rank.LETTER:
            return True
        if mark.value >= 100:
            return mark.value == last + 1
        return mark.value <= last + _FAR

    def _plausible_dotted(self, mark: Mark, *, expected: bool, broken: bool) -> bool:
        above = mark.key.rsplit(".", 1)[0]
        under = any(self._entries[held].key == above for held in self._stack)
        siblings = self._last_entry(self._rank(mark))
        beside = siblings is not None and siblings.key.rsplit(".", 1)[0] == above
        begins = mark.rest.lstrip()[:1]
        if broken or begins.islower():
            return expected and (under or beside)
        return under or beside or mark.value == 1

    def _lost_stroke(self, marks: Sequence[Mark]) -> Mark | None:
        """A chapter's Roman number that OCR read as 1 or 11: capitals, where the paragraphs' count does not ask for it."""
        first = marks[0]
        chapter = self._last_entry(Rank.ROMAN)
        if first.rank != Rank.ARABIC or not set(first.key) <= _STROKES or chapter is None or not chapter.shouted:
            return None
        paragraph = self._last_entry(Rank.ARABIC)
        if first.value == (paragraph.value if paragraph else 0) + 1 or (paragraph is not None and paragraph.shouted):
            return None
        value = chapter.value + 1
        return replace(first, pattern="roman-misread", rank=Rank.ROMAN, key=roman(value), value=value)

    # paths

    def paths(self) -> list[str]:
        """The path of every entry, misprinted numbers put right by their neighbours."""
        keys = self._corrected()
        paths: list[str] = []
        for entry, key in zip(self._entries, keys, strict=True):
            if entry.parent < 0:
                paths.append(key)
                continue
            above = self._entries[entry.parent]
            part = key
            if Rank.ARABIC < entry.rank < Rank.LETTER and part.startswith(f"{above.key}."):
                part = part[len(above.key) + 1 :]
            paths.append(f"{paths[entry.parent]}.{part}" if paths[entry.parent] else part)
        return paths

    def _corrected(self) -> list[str]:
        """The keys; a number that breaks its row where the next one mends it is taken as the missing one (III, V, V → III, IV, V).

        A second d is a đ that lost its stroke.
        """
        keys = [entry.key for entry in self._entries]
        rows: dict[tuple[int, int], list[int]] = {}
        for index, entry in enumerate(self._entries):
            rows.setdefault((entry.parent, entry.rank), []).append(index)
        for (_, rank), row in rows.items():
            if rank == Rank.LETTER:
                _restore_strokes(keys, row)
            if rank not in {Rank.ROMAN, Rank.ARABIC}:
                continue
            values = [self._entries[index].value for index in row]
            for at in range(1, len(row) - 1):
                wanted = values[at - 1] + 1
                if values[at] not in {1, wanted} and values[at + 1] == wanted + 1:
                    values[at] = wanted
                    keys[row[at]] = roman(wanted) if self._entries[row[at]].rank == Rank.ROMAN else str(wanted)
        return keys


def _restore_strokes(keys: list[str], row: Sequence[int]) -> None:
    """Take the second d of a row of letters as đ."""
    for before, index in pairwise(row):
        if keys[before] == keys[index] == "d":
            keys[index] = "đ"
