"""One form for every text: composed letters, plain spaces and line ends, nothing invisible.

Letters, digits, dashes and line breaks stay as they were written; what changes is how the same sign is encoded.
"""

import re
import unicodedata
from collections.abc import Iterator

from vanban.spans import OffsetMap, replace_all

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = ("\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
_SAME_SIGN = {
    "\u00d0": "Đ",  # Latin letter eth, typed for Đ
    "\u0189": "Đ",  # African D, likewise
    "\u0256": "đ",
    "\u2010": "-",
    "\u2011": "-",  # no-break hyphen
    "\uf02d": "-",  # bullets of the Symbol and Wingdings fonts
    "\uf0b7": "•",
    "\uf0a7": "▪",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
}
_ONE_FOR_ONE = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_LINE_ENDS, "\n") | _SAME_SIGN)
_INVISIBLE = (
    r"\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _ONE_FOR_ONE)))}]")
_REMOVED = re.compile(rf"\r(?=\n)|[{_INVISIBLE}]+")
# A character and what may join it: all but the blocks in which nothing is decomposed (Latin, Vietnamese, punctuation).
_JOINED = re.compile(r"[^\n]?[^\x00-\u02ff\u1e00-\u1eff\u2000-\u206f\u20ab\ue000-\uf8ff]+")


def normalise(raw: str) -> tuple[str, OffsetMap]:
    """The normal form of ``raw`` and the map back to it. Idempotent; the map of a clean text is the identity."""
    text, offsets = replace_all(raw, ((*found.span(), "") for found in _REMOVED.finditer(raw)))
    if _ODD.search(text):
        text = text.translate(_ONE_FOR_ONE)  # keeps every place, so that the map stays true
    if unicodedata.is_normalized("NFC", text):
        return text, offsets
    composed, composition = replace_all(text, _compositions(text))
    return composed, composition if len(offsets.segments) == 1 and len(text) == len(raw) else composition.after(offsets)


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    """An edit for each letter that is written in parts."""
    for found in _JOINED.finditer(text):
        whole = unicodedata.normalize("NFC", found[0])
        if whole != found[0]:
            yield found.start(), found.end(), whole
