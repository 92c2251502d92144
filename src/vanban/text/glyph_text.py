"""Mends a text in which words stand as the glyph numbers of their font (:mod:`vanban.text.glyph_codes`).

A text file does not say which font set a letter, so each word is judged by itself: as it stands, with only its strange
signs read, or read whole, whichever gives syllables.
"""

import re
from collections import Counter

from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.glyph_codes import KNOWN, STRANGE, Table, find_table, fitness, is_plausible

LEAST_SHARE = 0.02  # of the words bear a strange sign
LEAST_WORDS = 4
SURE, UNSURE = 0.95, 0.7
_WORD = re.compile(r"\S+")
_BROKEN = re.compile(r"[A-Z\d+*&$%#\"'\\,./()\-]+")  # capitals alone, as glyph numbers: digits and marks, then letters
_MARKS = re.compile(r"[+*&$%#\"\\]")


def glyph_mends(text: str) -> list[Mend]:
    """What to write for the words of ``text`` that are glyph numbers; in order, empty where there are none."""
    if not STRANGE.search(text):
        return []
    words = Counter(_WORD.findall(text))
    strange = Counter({word: count for word, count in words.items() if STRANGE.search(word)})
    if strange.total() < max(LEAST_WORDS, LEAST_SHARE * words.total()):
        return []
    tables = _tables(strange)
    return [mend for found in _WORD.finditer(text) if (mend := _mend(found, tables))] if tables else []


def _tables(strange: Counter[str]) -> list[Table]:
    """The tables that read these words: one a face, each for what the others leave."""
    tables: list[Table] = []
    left = strange
    for table in (*(layout.table() for layout in KNOWN), None):
        held = table if table is not None else find_table(left)
        if held is None:
            continue
        good = {word for word in left if is_plausible(_best_reading(word, held))}
        if len(good) >= LEAST_WORDS:
            tables.append(held)
            left = Counter({word: count for word, count in left.items() if word not in good})
    return tables


def _best_reading(word: str, table: Table) -> str:
    """``word`` read whole, or only its strange signs where the rest is right already."""
    whole = word.translate(table)
    partly = STRANGE.sub(lambda found: found[0].translate(table), word)
    return partly if is_plausible(partly) and not (is_plausible(whole) and _is_shifted(word)) else whole


def _is_shifted(word: str) -> bool:
    return not any(sign.isascii() and sign.islower() for sign in word)


def _mend(found: re.Match[str], tables: list[Table]) -> Mend | None:
    was = found[0]
    if STRANGE.search(was) or "\xff" in was:
        readings = [_best_reading(was, table) for table in tables]
        now = max(readings, key=lambda reading: (is_plausible(reading), not STRANGE.search(reading)))
    elif _BROKEN.fullmatch(was) and _MARKS.search(was):
        now = was.translate(tables[0])
        if not (now.isupper() and is_plausible(now)):
            return None
    else:
        return None
    if now == was:
        return None
    return Mend(Span(*found.span()), was, now, MendKind.ENCODING, SURE if is_plausible(now) else UNSURE)


__all__ = ["fitness", "glyph_mends"]
