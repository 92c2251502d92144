"""Text typed for the fonts of before Unicode, or whose bytes were read with the wrong code page, read as what it says.

"ñy ban nh©n d©n" (TCVN3), "Uûy ban nhaân daân" (VNI), "Uy? ban nha^n da^n" (VIQR), "á»¦y ban" (UTF-8 taken for
Windows-1252): an encoding counts where it turns the words that bear its signs into Vietnamese syllables, so that one such
name inside a good text is left alone. Each changed word is a mend of kind ``ENCODING``; the raw text stays.

Letters of other scripts that look like Latin ones (Cyrillic а, Greek ο) are put right inside words that are Latin otherwise.
"""

import re
from collections import Counter
from collections.abc import Iterator

from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.legacy_tables import ENCODINGS, TCVN3, VIQR, VNI, Encoding, mac_as_windows
from vanban.text.quality import is_syllable, syllable_quality

SAMPLE = 40_000  # characters that are enough to tell
LEAST_SHARE = 0.04  # of the words bear signs of the encoding; in good text under 0.005
LEAST_GOOD = 0.8  # of these words are syllables once read by it
LEAST_GAIN = 0.4  # of these words are none as they stand
LEAST_WORDS = 2
GOOD = 0.97  # no text of better quality is looked at for another encoding
LATIN_1 = 0xFF  # no byte of an older encoding is above
CONFIDENCE, DOUBTFUL = 0.98, 0.8

MAC_AS_WINDOWS = mac_as_windows()

_WORD = re.compile(r"[^ \t\r\n]+")  # a no-break space may be half a letter
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_MARKS = ' .,;:()[]“”"'
_PARTS = re.compile(r"[^\W\d_]+")
_SAME_LOOK = str.maketrans(
    "асеорхуіјѕԁһѵАВСЕНІЈКМОРЅТХУαοινΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aceopxyijsdhvABCEHIJKMOPSTXYaoivABEZHIKMNOPTYX",
)
_OTHER_SCRIPT = re.compile(r"[Ͱ-ԯ]")
_MIXED = re.compile(r"[^\W\d_\u0370-\u052f][^\W\d_]*[Ͱ-ԯ]|[Ͱ-ԯ][^\W\d_]*[^\W\d_\u0370-\u052f]")
_LETTERS = re.compile(r"[^\W\d_]+")
_STOP = "."


def encoding_of(text: str) -> Encoding | None:
    """The older encoding that ``text`` was typed in; None where it is Unicode."""
    sample = text[:SAMPLE]
    if not any(encoding.marked.search(sample) for encoding in ENCODINGS) or syllable_quality(sample) > GOOD:
        return None
    words = Counter(_WORD.findall(sample))
    found = [(share, place, encoding) for place, encoding in enumerate(ENCODINGS) if (share := _share(words, encoding))]
    return max(found, key=lambda item: (item[0], -item[1]))[2] if found else None


def _share(words: Counter[str], encoding: Encoding) -> float:
    """Share of the words that the encoding makes good, where they are enough to believe it; else 0."""
    total = words.total()
    bearing = {word: count for word, count in words.items() if encoding.marked.search(word)}
    if sum(bearing.values()) < max(LEAST_WORDS, LEAST_SHARE * total):
        return 0.0
    good = sum(count for word, count in bearing.items() if _is_good(_read(word, encoding, ends=False)))
    gained = good - sum(count for word, count in bearing.items() if is_syllable(word.strip(_MARKS)))
    whole = sum(bearing.values())
    return gained / total if good >= LEAST_GOOD * whole and gained >= LEAST_GAIN * whole else 0.0


def _is_good(written: str) -> bool:
    """Whether every word in ``written`` is a syllable."""
    parts = _PARTS.findall(_EDGES.sub("", written))
    return bool(parts) and all(is_syllable(part) for part in parts)


def legacy_mends(text: str) -> list[Mend]:
    """What to write for the words of ``text`` in an older encoding; in order, spans into it."""
    encoding = encoding_of(text)
    if encoding is None:
        return []
    mends = []
    known: dict[tuple[str, bool], tuple[str, float] | None] = {}
    for found in _WORD.finditer(text):
        was = found[0]
        key = was, encoding is VIQR and _ends(text, found.end())
        if key not in known:
            known[key] = _known(was, _read(was, encoding, ends=key[1]))
        now = known[key]
        if now is not None:
            mends.append(Mend(Span(*found.span()), was, now[0], MendKind.ENCODING, now[1]))
    return mends


def _known(was: str, now: str) -> tuple[str, float] | None:
    """What to write for ``was`` and how sure that is; None where it stays."""
    good = _is_good(now)
    return (now, CONFIDENCE if good else DOUBTFUL) if now != was and (good or not _is_good(was)) else None


def _ends(text: str, place: int) -> bool:
    """Whether a sentence ends before ``place``: no small letter follows."""
    after = text[place : place + 40].lstrip()
    return not after or not (after[0].islower() or after[0].isdigit())


def _read(word: str, encoding: Encoding, *, ends: bool) -> str:
    """``word`` in Unicode. A point at the end of a word of VIQR is one where the sentence ends, else the tone nặng."""
    if encoding is VIQR and ends and word.endswith(_STOP):
        return encoding.read(word[:-1]) + word[-1]
    return encoding.read(word)


def has_other_script(text: str) -> bool:
    """Whether ``text`` has a letter of Greek or Cyrillic."""
    return _OTHER_SCRIPT.search(text) is not None


def look_alikes(text: str) -> Iterator[Mend]:
    """The words with letters of Cyrillic or Greek that look Latin, among Latin letters; the sign stays, so this is sure."""
    for found in _LETTERS.finditer(text):
        was = found[0]
        if _MIXED.search(was):
            now = was.translate(_SAME_LOOK)
            if not _OTHER_SCRIPT.search(now):
                yield Mend(Span(*found.span()), was, now, MendKind.ENCODING, 1.0)


def font_encoding(font: str) -> tuple[Encoding | None, bool]:
    """The encoding that a font of this name is made for, and whether it shows all letters as capitals (.VnTimeH)."""
    name = font.rpartition("+")[2].lower()
    if name.startswith(".vn"):
        return TCVN3, name.split("-")[0].rstrip("bi ").endswith("h")
    return (VNI, False) if name.startswith("vni") else (None, False)


def in_font(written: str, font: str) -> str:
    """``written`` as the font shows it: in Unicode where the font is of an older encoding, else as it stands."""
    encoding, capitals = font_encoding(font)
    if encoding is None or any(ord(sign) > LATIN_1 for sign in written):
        return written
    read = encoding.read(written)
    return read.upper() if capitals else read
