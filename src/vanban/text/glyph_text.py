"""Mends a text in which words stand as the glyph numbers of their font (:mod:`vanban.text.glyph_codes`).

A text file does not say which font set a letter, so each word is judged by itself: as it stands, with only its strange
signs read, or read whole, whichever gives syllables.
"""

import re
from collections import Counter

from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.glyph_codes import KNOWN, STRANGE, Table, find_table, is_plausible
from vanban.text.quality import is_syllable, syllable_quality

LEAST_SHARE = 0.02  # of the words bear a strange sign
LEAST_WORDS = 4
MOST = 0.6  # of the words without a strange sign are syllables only when read, where all the text is glyph numbers
MOST_GOOD = 0.9  # of the words are well formed where such a text is read with certainty
SURE, UNSURE = 0.95, 0.7
_WORD = re.compile(r"[^ \t\r\n\u00a0]+")
_LINE = re.compile(r"[^ \t\r\n\u00a0][^\r\n]*")
_EDGES = re.compile(r"^\W+|\W+$")
_CAPITALS = re.compile(r"[A-Z\d+*&$%#\"'\\,./()\-]+")  # glyph numbers of capitals: digits and marks, then letters
_PARTLY = re.compile(rf"{STRANGE.pattern}|\xff")
_END_MARKS = ".,;:)"
_FOREIGN = re.compile(r"p(?!h)")  # no word of Vietnamese begins so
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
    if not tables:
        return []
    if _is_all_numbers(words, tables[0]):
        return _whole_lines(text, words, tables[0])
    read = {word: _known(word, _reading(word, tables)) for word in words}
    return [
        Mend(Span(*match.span()), match[0], known[0], MendKind.ENCODING, known[1])
        for match in _WORD.finditer(text)
        if (known := read[match[0]]) is not None
    ]


def _whole_lines(text: str, words: Counter[str], table: Table) -> list[Mend]:
    """A mend for each line of a text that is glyph numbers from end to end."""
    read = {word: word.translate(table) for word in words}
    good = sum(count for word, count in words.items() if is_plausible(read[word]))
    sure = SURE if good >= MOST_GOOD * words.total() else UNSURE
    return [
        Mend(Span(*line.span()), line[0], now, MendKind.ENCODING, sure)
        for line in _LINE.finditer(text)
        if (now := _WORD.sub(lambda word: read[word[0]], line[0])) != line[0]
    ]


def _tables(strange: Counter[str]) -> list[Table]:
    """The tables that read these words: the known faces that read some, or else the one that is found by trying."""
    tables: list[Table] = []
    left = set(strange)
    for layout in KNOWN:
        good = {word for word in left if is_plausible(_best_reading(word, layout.table()))}
        if len(good) >= LEAST_WORDS:
            tables.append(layout.table())
            left -= good
    if len(left) * 2 <= len(strange):
        return tables
    found = find_table(strange)
    return [found] if found is not None else []


def _is_all_numbers(words: Counter[str], table: Table) -> bool:
    """Whether the words without a strange sign are glyph numbers as well."""
    plain = [word for word in words if word.isascii() and any(map(str.isalpha, word)) and not STRANGE.search(word)]
    read = sum(syllable_quality(word.translate(table)) > syllable_quality(word.lower()) for word in plain)
    return len(plain) >= LEAST_WORDS and read >= MOST * len(plain)


def _reading(word: str, tables: list[Table]) -> str:
    """``word`` as it should be; as it stands where that is right or nothing better is known."""
    if STRANGE.search(word) or "\xff" in word:
        readings = [_best_reading(word, table) for table in tables]
        return max(readings, key=lambda reading: (is_plausible(reading), not STRANGE.search(reading)))
    read = word.translate(tables[0])
    if _CAPITALS.fullmatch(word) and _MARKS.search(word):
        return read if read.isupper() and is_plausible(read) else word
    return read if not is_plausible(word) and is_plausible(read) and is_syllable(_EDGES.sub("", read)) else word


def _best_reading(word: str, table: Table) -> str:
    """``word`` read whole, whole but for the marks at its end, or only its strange signs, where the rest is right already."""
    whole = word.translate(table)
    core = word.rstrip(_END_MARKS)
    but_end = core.translate(table) + word[len(core) :]
    partly = _PARTLY.sub(lambda found: found[0].translate(table), word)
    readings = (whole, but_end, partly) if _is_shifted(word) and not _FOREIGN.match(whole) else (partly, whole, but_end)
    return next((reading for reading in readings if is_plausible(reading)), whole)


def _is_shifted(word: str) -> bool:
    """Whether no letter of ``word`` is small: those are glyph numbers of accented letters."""
    return not any(sign.isascii() and sign.islower() for sign in word)


def _known(was: str, now: str) -> tuple[str, float] | None:
    """What to write for ``was`` and how sure that is; None where it stays."""
    return (now, SURE if is_plausible(now) else UNSURE) if now != was else None
