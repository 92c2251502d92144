"""Names as a tree of words: the longest name that begins at a word is found in as many steps as it has words."""

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

V = TypeVar("V")


class _Node(Generic[V]):
    __slots__ = ("following", "value")

    def __init__(self) -> None:
        self.following: dict[str, _Node[V]] = {}
        self.value: V | None = None


class Trie(Generic[V]):
    """A map from sequences of words to values."""

    __slots__ = ("_root",)

    def __init__(self, names: Iterable[tuple[Sequence[str], V]] = ()) -> None:
        self._root: _Node[V] = _Node()
        for words, value in names:
            self._add(words, value)

    def _add(self, words: Sequence[str], value: V) -> None:
        node = self._root
        for word in words:
            node = node.following.setdefault(word, _Node())
        if node.value is None:
            node.value = value

    def longest(self, words: Sequence[str], first: int) -> tuple[int, V] | None:
        """The end (a word index) and value of the longest name that begins at word ``first``; None where none does."""
        node = self._root
        best: tuple[int, V] | None = None
        for index in range(first, len(words)):
            following = node.following.get(words[index])
            if following is None:
                break
            node = following
            if node.value is not None:
                best = (index + 1, node.value)
        return best

    def begins(self, word: str) -> bool:
        """Whether any name begins with ``word``."""
        return word in self._root.following

    def firsts(self) -> Iterable[str]:
        """The words that names begin with."""
        return self._root.following.keys()
