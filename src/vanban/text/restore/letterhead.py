"""What stands at the head and the foot of a document, word for word: motto, issuing body, kind, signature block.

Decree 30/2020, appendix I; party form: Guideline 36-HD/VPTW. A phrase is looked for by its letters without marks, a few of which
may be wrong, only where it belongs: in the first lines, and from "Nơi nhận" or the last lines on.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from vanban.lexicon.documents import document_types
from vanban.lexicon.tables import province_names
from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.restore.lines import Damaged, Line

HEAD_LINES: Final = 14
FOOT_LINES: Final = 40
ALIKE_ENOUGH: Final = 0.78
KIND_ENOUGH: Final = 0.7
_WORD = re.compile(r"\S+")
_HEAD = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "ỦY BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN",
    "THỦ TƯỚNG CHÍNH PHỦ",
    "VĂN PHÒNG",
    "TỈNH ỦY",
    "BAN THƯỜNG VỤ",
)
_FOOT = (
    "Nơi nhận:",
    "TM. ỦY BAN NHÂN DÂN",
    "TM. HỘI ĐỒNG NHÂN DÂN",
    "TM. CHÍNH PHỦ",
    "T/M BAN THƯỜNG VỤ",
    "T/M TỈNH ỦY",
    "KT. CHỦ TỊCH",
    "TL. CHỦ TỊCH",
    "TUQ. CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "CHỦ TỊCH",
    "KT. BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "BỘ TRƯỞNG",
    "KT. THỦ TƯỚNG",
    "PHÓ THỦ TƯỚNG",
    "THỦ TƯỚNG",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "GIÁM ĐỐC",
    "PHÓ BÍ THƯ THƯỜNG TRỰC",
    "PHÓ BÍ THƯ",
    "BÍ THƯ",
    "KT. CHÁNH VĂN PHÒNG",
    "PHÓ CHÁNH VĂN PHÒNG",
    "CHÁNH VĂN PHÒNG",
)
_LOOKS = str.maketrans({"0": "O", "1": "I", "|": "I", "Q": "O", "2": "P", "6": "O", "5": "S"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """``letters``: without marks and gaps, capitals."""

    text: str
    letters: str
    words: int


@dataclass(frozen=True, slots=True)
class _Match:
    span: Span
    now: str
    alike: float


def letters_of(text: str) -> str:
    """The letters of ``text`` without marks, in capitals; digits as the letters that they look like."""
    parts = unicodedata.normalize("NFD", text.upper().replace("Đ", "D").translate(_LOOKS))
    return "".join(sign for sign in parts if sign.isalnum())


def _phrase(text: str) -> Phrase:
    return Phrase(text, letters_of(text), len(_WORD.findall(text)))


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[Phrase, ...], tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Of the head, of the foot, and names of kinds, which have a line to themselves."""
    places = [f"{rank} {name.upper()}" for name in sorted(province_names()) for rank in ("TỈNH", "THÀNH PHỐ", "TỈNH ỦY")]
    kinds = sorted({kind.name.upper() for kind in document_types() if len(kind.name) > 5})
    return tuple(map(_phrase, (*_HEAD, *places))), tuple(map(_phrase, _FOOT)), tuple(map(_phrase, kinds))


def letterhead_mends(page: Damaged) -> list[Mend]:
    """The phrases of the head and the foot; a mend for each, whether it changes it or not; in order."""
    head, foot, kinds = _phrases()
    top = page.lines[:HEAD_LINES]
    bottom = foot_lines(page)
    mends: list[Mend] = []
    for line in sorted({*top, *bottom}, key=lambda line: line.span):
        found = _whole(page, line, kinds) if line in top else None
        phrases = (head if line in top else ()) + (foot if line in bottom else ())
        mends.extend([found] if found else sorted(_inside(page, line, phrases), key=lambda mend: mend.span))
    return mends


def foot_lines(page: Damaged) -> Sequence[Line]:
    """The lines from "Nơi nhận" on (appendices may follow), else the last ones."""
    for index, line in enumerate(page.lines):
        first = _WORD.findall(page.text, line.span.start, min(line.span.end, line.span.start + 16))[:2]
        if (
            len(first) > 1
            and first[0][0] in "NM"
            and Levenshtein.normalized_similarity(letters_of("".join(first)), "NOINHAN") >= ALIKE_ENOUGH
        ):
            return page.lines[index : index + FOOT_LINES]
    return page.lines[max(HEAD_LINES, len(page.lines) - FOOT_LINES // 2) :]


def _whole(page: Damaged, line: Line, kinds: Sequence[Phrase]) -> Mend | None:
    """A line that is the name of a kind of document, and nothing else but a stroke or two."""
    letters = letters_of(page.written(line))
    if not line.capitals or not letters:
        return None
    alike, kind = max((Levenshtein.normalized_similarity(letters, kind.letters), kind.text) for kind in kinds)
    if alike < KIND_ENOUGH:
        return None
    return Mend(line.span, page.written(line), kind, MendKind.WORD, round(alike, 3))


def _inside(page: Damaged, line: Line, phrases: Sequence[Phrase]) -> Iterator[Mend]:
    """The phrases inside a line, the likest first, not overlapping."""
    words = [Span(*found.span()) for found in _WORD.finditer(page.text, line.span.start, line.span.end)]
    found = list(_matches(page.text, words, phrases))
    found.sort(key=lambda match: (-match.alike * len(match.now) ** 0.5, match.span))
    taken: list[Span] = []
    for match in found:
        if not any(match.span.overlaps(other) for other in taken):
            taken.append(match.span)
            yield Mend(match.span, match.span.of(page.text), match.now, MendKind.WORD, round(match.alike, 3))


def _matches(text: str, words: Sequence[Span], phrases: Sequence[Phrase]) -> Iterator[_Match]:
    """The phrase that each run of words of a line is likest to, where it is like one."""
    letters = [letters_of(word.of(text)) for word in words]
    choices = [phrase.letters for phrase in phrases]
    longest = max((phrase.words for phrase in phrases), default=0) + 1
    for first in range(len(words)):
        for last in range(first + 2, min(len(words), first + longest) + 1):
            if not letters[first] or not letters[last - 1]:
                continue
            best = process.extractOne(
                "".join(letters[first:last]), choices, scorer=Levenshtein.normalized_similarity, score_cutoff=ALIKE_ENOUGH
            )
            span = Span(words[first].start, words[last - 1].end)
            if best and abs(phrases[best[2]].words - (last - first)) <= 1 and _same_case(span.of(text), phrases[best[2]].text):
                yield _Match(span, _with_end(span.of(text), phrases[best[2]].text), best[1])


def _same_case(was: str, phrase: str) -> bool:
    """Whether both are in capitals, or neither."""
    high = sum(sign.isupper() for sign in was)
    return (high * 2 > sum(sign.isalpha() for sign in was)) == phrase.isupper()


def _with_end(was: str, phrase: str) -> str:
    """``phrase`` with the semicolon or comma that the damaged words end with."""
    return phrase + was[-1] if was[-1] in ";," and phrase[-1].isalpha() else phrase
