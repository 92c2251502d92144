"""The text that the language model learns from, as arrays of ids: sentences, their weights, the case of each word.

Words stand as the restoration sees them: one id for anything with a digit, none for marks inside a sentence, ``BOUNDARY``
between sentences (a stop, a colon, an item's label, a new paragraph).
"""

import lzma
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vanban.text.quality import is_syllable
from vanban.text.restore.language import BOUNDARY, NUMBER, SPECIAL, UNKNOWN, spelled

MOST = 1 << 13
"""Ids fit 13 bits, so that four of them fit a key of 52."""
_LABEL = re.compile(r"(?m)^[ \t]*(?:[-+*•–]|\(?(?:[a-zđ]|[IVXLC]{1,5}|\d+(?:\.\d+)*)[.)/])[ \t]")
_SOURCE = re.compile(r"\[\[[^\]]*\]\]")
_SMALL = "".join(sign for sign in map(chr, range(0x61, 0x1EFA)) if sign.islower() and not 0x180 <= ord(sign) < 0x1A0)
_BROKEN = re.compile(rf"(?<=[^\s.:;!?])[ \t]*\n+(?=[ \t]*[{_SMALL}])")
_GOES_ON = re.compile(rf"[.:;!?…]+(?=[ \t]+[{_SMALL}])")
_TOKEN = re.compile(r"\n|[^\s\d]*\d(?:\S*[^\W_])?|[^\W\d_]+|[.:;!?…]")
_MUCH = 1000
_HELD_OUT = 200
"""One paragraph in so many is kept for measuring."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: indices into ``forms``."""

    index: NDArray[np.int32]
    forms: list[str]


def read(path: Path) -> str:
    """The text of a file, composed, without the marks of who collected it; lines that go on are joined.

    A stop before a small letter is left out: the sentence goes on, and in damaged text such a stop is often dust.
    """
    raw = (lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()).decode()
    text = _SOURCE.sub("\n", unicodedata.normalize("NFC", raw))
    return _GOES_ON.sub("", _BROKEN.sub(" ", _LABEL.sub("\n", text)))


def split(text: str) -> tuple[str, str]:
    """The text to learn from and, one paragraph in ``_HELD_OUT``, that to measure with."""
    lines = text.split("\n")
    held = [line for at, line in enumerate(lines) if at % _HELD_OUT == _HELD_OUT - 1]
    return "\n".join(line for at, line in enumerate(lines) if at % _HELD_OUT != _HELD_OUT - 1), "\n".join(held)


def tokens(texts: Iterable[str]) -> list[Tokens]:
    """The words of each text; the forms are shared."""
    forms: dict[str, int] = {}
    found = []
    for text in texts:
        words = chain(("\n",), (match.group() for match in _TOKEN.finditer(text)), ("\n",))
        found.append(np.fromiter((forms.setdefault(word, len(forms)) for word in words), np.int32))
    names = list(forms)
    return [Tokens(index, names) for index in found]


def vocabulary(counts: Counter[str], known: Iterable[str]) -> list[str]:
    """The syllables of the model, frequent first: well-formed ones that are not too rare, common acronyms, ``known`` ones."""
    names = set(known)
    kept = [word for word, count in counts.most_common() if _worth(word, count if word not in names else _MUCH)]
    return kept[: MOST - SPECIAL]


def _worth(word: str, count: int) -> bool:
    if not word.isalpha():
        return False
    return count >= 12 if is_syllable(word) else count >= 60 and word.isascii() | ("đ" in word)


def folded_counts(streams: Iterable[tuple[Tokens, int]]) -> Counter[str]:
    """How often each folded word stands, by weight."""
    counts: Counter[str] = Counter()
    for stream, weight in streams:
        sums = np.bincount(stream.index, minlength=len(stream.forms))
        for at in np.flatnonzero(sums):
            counts[spelled(stream.forms[at])] += int(sums[at]) * weight
    return counts


def ids_of_forms(forms: list[str], syllables: list[str]) -> NDArray[np.int32]:
    """The id of each form as it is written."""
    ids = {word: at + SPECIAL for at, word in enumerate(syllables)}
    return np.fromiter((_id(form, ids) for form in forms), np.int32, len(forms))


def _id(form: str, ids: dict[str, int]) -> int:
    if form in "\n.:;!?…":
        return BOUNDARY
    if any(sign.isdigit() for sign in form):
        return NUMBER
    return ids.get(spelled(form), UNKNOWN)


def cases_of_forms(forms: list[str]) -> NDArray[np.uint8]:
    """0 lower case, 1 a capital first, 2 capitals only (two letters or more)."""
    return np.fromiter(
        (2 if len(form) > 1 and form.isupper() else int(form[:1].isupper()) for form in forms), np.uint8, len(forms)
    )


def without_repeats(ids: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which ids to keep so that no two boundaries stand together."""
    keep = np.ones(len(ids), np.bool_)
    keep[1:] = (ids[1:] != BOUNDARY) | (ids[:-1] != BOUNDARY)
    return keep
