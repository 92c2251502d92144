"""How Vietnamese a text is: the share of its words that are well-formed syllables.

A syllable is an onset, a nucleus, a coda and a tone. A coda p, t, c, ch takes only the tones sắc and nặng, and not
every nucleus takes every coda; damaged layers of scans break these rules everywhere, clean text almost never does.
"""

import re
import unicodedata

_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_OPEN = "(?:i[aê]?u?|uy[aêu]?u?|o[aeă]?[ioy]?|oa[oiy]|oeo|u[aâêơô]?[iyo]?|ư[aơ]?[iu]?|yê?u?|[aâăeêôơ][iyuo]?)"
_CLOSED = "(?:iê|yê|uyê|oa|oă|oe|oo|uâ|uê|uô|uơ|uy|ươ|ua|[aăâeêioôơuưy])"
_TONED_STOP = re.compile(f"{_ONSET}{_CLOSED}(?:ch|[ptck])")
_FREE = re.compile(f"{_ONSET}(?:{_OPEN}|{_CLOSED}(?:ng|nh|[mn]))")
_TOKEN = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"[A-ZĐƯ]{1,8}|[A-Z]?[A-ZĐ][a-z]?[A-ZĐ]+|[IVXLC]+|TTg|TTr|CTr|[a-zđ]")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


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


def syllable_quality(text: str) -> float:
    """Share of well-formed Vietnamese syllables among the words of ``text``, 0 to 1; 1.0 where it has no words."""
    good = words = 0
    for token in _TOKEN.findall(unicodedata.normalize("NFC", text)):
        if _ABBREVIATION.fullmatch(token):
            continue
        words += 1
        good += is_syllable(token)
    return good / words if words else 1.0
