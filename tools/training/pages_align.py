"""Which words of a page were read as which tokens: one to one, one as two, two as one, lost, or invented."""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

BAND = 60
"""How far a token may stand from its word's place."""
_LOST = 0.9
_JOIN = 0.15
_FAR = 9.0
_LETTERS = re.compile(r"[^\w&¢§$€£@]")
_ALIKE = str.maketrans("0156¢&@§$", "oisocaass")
Table = NDArray[np.float32]


class Pair(NamedTuple):
    truth: tuple[str, ...]
    read: tuple[str, ...]


def bare(word: str) -> str:
    """Without diacritics, case and marks, digits that look like letters as those letters."""
    plain = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    return _LETTERS.sub("", plain).translate(_ALIKE) or word


def align(truth: list[str], read: list[str]) -> list[Pair]:
    """The pairs in order; words lost and tokens invented stand alone."""
    words, tokens = [bare(word) for word in truth], [bare(token) for token in read]
    single = _distances(words, tokens)
    joined = _distances([a + b for a, b in pairwise(words)], tokens) + _JOIN
    broken = _distances(words, [a + b for a, b in pairwise(tokens)]) + _JOIN
    moves = _moves(single, joined, broken)
    return _walk(moves, truth, read)


def _distances(one: list[str], other: list[str]) -> Table:
    """Edit distance in shares of the longer word, plus a little, so that a good pair costs less than two lost ones."""
    if not one or not other:
        return np.zeros((len(one), len(other)), np.float32)
    return np.asarray(cdist(one, other, scorer=Levenshtein.normalized_distance), np.float32) * 2


_STEPS = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))


def _moves(single: Table, joined: Table, broken: Table) -> NDArray[np.int8]:
    rows, columns = single.shape
    cost = np.full((rows + 1, columns + 1), np.inf)
    cost[0, 0] = 0
    moves = np.full((rows + 1, columns + 1), -1, np.int8)
    slope = columns / max(1, rows)
    for i in range(rows + 1):
        middle = int(i * slope)
        for j in range(max(0, middle - BAND), min(columns, middle + BAND) + 1):
            if i == j == 0:
                continue
            options = (
                cost[i - 1, j - 1] + single[i - 1, j - 1] if i and j else _FAR * 1e6,
                cost[i - 1, j] + _LOST if i else _FAR * 1e6,
                cost[i, j - 1] + _LOST if j else _FAR * 1e6,
                cost[i - 2, j - 1] + joined[i - 2, j - 1] if i > 1 and j else _FAR * 1e6,
                cost[i - 1, j - 2] + broken[i - 1, j - 2] if i and j > 1 else _FAR * 1e6,
            )
            moves[i, j] = min(range(5), key=options.__getitem__)
            cost[i, j] = options[moves[i, j]]
    return moves


def _walk(moves: NDArray[np.int8], truth: list[str], read: list[str]) -> list[Pair]:
    pairs = []
    i, j = len(truth), len(read)
    while i or j:
        down, right = _STEPS[moves[i, j]] if moves[i, j] >= 0 else ((1, 0) if i else (0, 1))
        pairs.append(Pair(tuple(truth[i - down : i]), tuple(read[j - right : j])))
        i, j = i - down, j - right
    return pairs[::-1]
