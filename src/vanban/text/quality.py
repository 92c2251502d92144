"""How Vietnamese a text is: the share of its words that are well-formed syllables.

A syllable is an onset, a nucleus, a coda and a tone. A coda p, t, c, ch takes only the tones sắc and nặng, and not
every nucleus takes every coda; damaged layers of scans break these rules everywhere, clean text almost never does.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_OPEN = "(?:i[aê]?u?|uy[aêu]?u?|o[aeă]?[ioy]?|oa[oiy]|oeo|u[aâêơô]?[iyo]?|ư[aơ]?[iu]?|yê?u?|[aâăeêôơ][iyuo]?)"
_CLOSED = "(?:iê|yê|uyê|oa|oă|oe|oo|uâ|uê|uô|uơ|uy|ươ|ua|[aăâeêioôơuưy])"
_TONED_STOP = re.compile(f"{_ONSET}{_CLOSED}(?:ch|[ptck])")
_FREE = re.compile(f"{_ONSET}(?:{_OPEN}|{_CLOSED}(?:ng|nh|[mn]))")
# Letters, and what stands between letters where no word has it: "d6t", "vi$c".
_TOKEN = re.compile(r"[^\W\d_]+(?:[\d¢$€£¥§~^|\\{}<>=#&*+]+[^\W\d_]+)*")
# Neither for nor against: UBND, QĐ, H2SO4, TTg, roman figures, single letters, units, and the loan words of office texts.
_ABBREVIATION = re.compile(
    r"[A-ZĐÐƯ\d&+]{1,10}|[A-Z]?[A-ZĐ][a-z]?[A-ZĐ]+|[IVXLC]+|[ivx]+|TTg|TTr|CTr|[a-zđ]|[kcdmM]?m|k[gVW]|ha|Km"
)
_LOANS = frozenset(
    [
        "internet",
        "email",
        "website",
        "online",
        "web",
        "file",
        "logistics",
        "container",
        "camera",
        "robot",
        "chip",
        "video",
        "marketing",
        "blockchain",
        "logo",
        "fax",
        "hotline",
        "zalo",
        "facebook",
        "smartphone",
        "startup",
        "vn",
        "gov",
        "com",
        "www",
        "http",
        "https",
        "org",
        "halal",
        "karaoke",
        "hydrogen",
    ]
)
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether ``word`` is a well-formed Vietnamese syllable, in any case, with the tone mark on either vowel."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in parts if sign in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(sign for sign in parts if sign not in _TONES))
    if _TONED_STOP.fullmatch(plain):
        return bool(tones) and tones[0] in {"\u0301", "\u0323"}
    return _FREE.fullmatch(plain) is not None


def is_known_word(word: str) -> bool:
    """Whether ``word`` is no syllable and stands in office texts all the same: an abbreviation, a unit, a loan word."""
    return _ABBREVIATION.fullmatch(word) is not None or word.lower() in _LOANS


def syllable_quality(text: str) -> float:
    """Share of well-formed Vietnamese syllables among the words of ``text``, 0 to 1; 1.0 where it has no words."""
    counts = Counter(_TOKEN.findall(unicodedata.normalize("NFC", text)))
    good = words = 0
    for token, count in counts.items():
        if is_known_word(token):
            continue
        words += count
        good += count * is_syllable(token)
    return good / words if words else 1.0
