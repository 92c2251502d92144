"""Tells text typed for the fonts of before Unicode: TCVN3 (.VnTime) and VNI, which shows as strange letters elsewhere.

In TCVN3 a sign such as µ, © or ® stands for a Vietnamese letter inside a word ("ñy ban nh©n d©n"); in VNI a mark
follows its vowel as a letter ("Uûy ban nhaân daân").
"""

import re
import unicodedata

from vanban.text.quality import syllable_quality

SAMPLE = 20_000  # characters that are enough to tell
MANY = 0.12  # share of the words that bear a sign of the old fonts; good text and damaged layers have under 0.02
DOUBTFUL = 0.7  # no text of better quality is looked at

_WORD = re.compile(r"\S+")
_TCVN3 = re.compile(r"[^\W\d_][µ¸¶·¹¨»¾¼½©®ª«¬­]|[µ¸¶·¹¨»¾¼½©®ª«¬­][^\W\d_]")
_VNI = re.compile(r"[aeouyöôAEOUYÖÔ][âùøûõïáàåãäéèúüëÂÙØÛÕÏÁÀÅÃÄÉÈÚÜË]")


def legacy_font(text: str) -> str | None:
    """The name of the old encoding that ``text`` was typed in, None where it is Unicode."""
    sample = unicodedata.normalize("NFC", text[:SAMPLE])
    if syllable_quality(sample) > DOUBTFUL:
        return None
    words = _WORD.findall(sample)
    for name, pattern in (("TCVN3", _TCVN3), ("VNI", _VNI)):
        if sum(1 for word in words if pattern.search(word)) > MANY * len(words):
            return name
    return None
