"""Whether a text can be used as it stands, and why not: judged by the text itself, page by page or stretch by stretch.

Three signs: the share of words that are well-formed syllables, the share of vowels that bear a mark (a text that lost all its
marks is made of well-formed words, more or less), and junk inside words. A text of another language is left as it is.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vanban.reading import Page, PageDecision
from vanban.spans import Span
from vanban.text.quality import is_known_word, is_syllable

GOOD = 0.93  # share of well-formed syllables: damaged layers have 0.4 to 0.75, good ones 0.97 and more, light OCR errors 0.98
BARE = 0.2  # share of marked vowels: clean texts have 0.59 to 0.70, damaged layers 0.1 to 0.2, English none
VIETNAMESE = 0.55  # share of words that have the shape of a syllable under any marks and junk; English has under 0.4
FEW_BAD = 8  # a text with fewer bad words has no damaged stretch: that is 50 words long and a fifth of them is bad
FEW_WORDS = 25  # a stretch of fewer words is judged with those beside it
STRETCH_GOOD = 0.8
_WORD = re.compile(r"[^\W\d_]+(?:[\d¢$€£¥§~^|\\{}<>=#&*+'’:]+[^\W\d_]+)*")
_JUNK = re.compile(  # the sign first: a look behind at every place would take five times as long
    r"[¢$€£¥§~^|\\{}<>=#*’'\d\ufffd\ue000-\uf8ff]"
    r"(?:(?<=[^\W_]\W)(?=[^\W_])|(?<=[^\W\d_]\d)(?=[^\W\d_])|(?<=[\ufffd\ue000-\uf8ff]))"
)
_VOWELS = frozenset("aeiouy")
_ALIKE = str.maketrans("016€¢", "oiose")
_SHAPE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?(?:[iuy]?[aeiouy]{1,2}|uye|ieu|uoi|uou|oai|oay|uay)(?:ng|nh|ch|[cmnpt])?"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``quality``, ``marked``: shares, 0 to 1 (of well-formed syllables among the words, of marked vowels); ``junk``: of damaged words."""

    decision: PageDecision
    reason: str
    quality: float
    marked: float
    junk: float


@dataclass(slots=True)
class _Count:
    words: int = 0
    good: int = 0
    shaped: int = 0
    vowels: int = 0
    marked: int = 0
    junk: int = 0


@lru_cache(maxsize=16_384)
def _judged(word: str) -> tuple[bool, bool, int, int] | None:
    """Of a word: whether it is a syllable, whether it has the shape of one, its vowels, its marked vowels; None of a known one."""
    if is_known_word(word):
        return None
    letters = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    plain = "".join(sign for sign in letters if sign.isalnum())
    vowels = sum(sign in _VOWELS for sign in plain)
    marked = sum(
        unicodedata.normalize("NFD", sign)[0] in _VOWELS and len(unicodedata.normalize("NFD", sign)) > 1
        for sign in unicodedata.normalize("NFC", word.lower())
    )
    return is_syllable(word), _SHAPE.fullmatch(plain.translate(_ALIKE)) is not None, vowels, marked


def _count(text: str) -> _Count:
    counted = _Count()
    for word, times in Counter(_WORD.findall(text)).items():
        judged = _judged(word)
        if judged is None:
            continue
        good, shaped, vowels, marked = judged
        counted.words += times
        counted.good += times * good
        counted.shaped += times * shaped
        counted.vowels += times * vowels
        counted.marked += times * marked
    counted.junk = len(_JUNK.findall(text))
    return counted


def verdict(text: str) -> Verdict:
    """The verdict on a text, or on a page of it, in normal form (NFC)."""
    return _verdict(_count(text), GOOD)


def _verdict(count: _Count, good: float) -> Verdict:
    if not count.words:
        return Verdict(PageDecision.KEEP, "", 1.0, 0.0, 0.0)
    quality, marked, junk = count.good / count.words, count.marked / max(1, count.vowels), min(1.0, count.junk / count.words)
    vietnamese = count.shaped >= VIETNAMESE * count.words
    decision, reason = PageDecision.KEEP, ""
    if vietnamese and marked < BARE and count.words >= FEW_WORDS:
        lost = "Chữ đã mất dấu" if quality > STRETCH_GOOD or marked < 0.02 else "Chữ bị mất dấu và sai lệch"
        decision, reason = (
            PageDecision.RESTORE,
            f"{lost}: chỉ {marked:.0%} nguyên âm có dấu, {quality:.0%} số tiếng đúng cấu tạo.",
        )
    elif quality < good and (vietnamese or marked > BARE):
        decision, reason = PageDecision.RESTORE, f"Lớp chữ bị sai lệch: chỉ {quality:.0%} số tiếng đúng cấu tạo tiếng Việt."
    return Verdict(decision, reason, quality, marked, junk)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a whole text, on its pages (as many as were given), and the stretches that are to be restored."""

    whole: Verdict
    pages: tuple[Verdict, ...]
    stretches: tuple[Span, ...]


def judge(text: str, pages: Sequence[Page] = ()) -> Judgement:
    """What of ``text`` (in normal form) is damaged.

    ``pages`` with spans into it: those read from an image are left alone, those that their source wants restored are restored.
    """
    total = _count(text)
    whole = _verdict(total, GOOD)
    sound = total.words - total.good < FEW_BAD and whole.decision is PageDecision.KEEP
    page_verdicts = tuple(whole if sound else verdict(page.span.of(text)) for page in pages)
    spared = [page.span for page in pages if page.decision is PageDecision.IMAGE]
    if whole.decision is PageDecision.RESTORE:
        stretches = [Span(0, len(text))]
    else:
        stretches = [
            page.span
            for page, one in zip(pages, page_verdicts, strict=True)
            if PageDecision.RESTORE in {page.decision, one.decision}
        ]
        if not stretches and not sound:
            stretches = list(_damaged([(span, _count(span.of(text))) for span in _pieces(text)]))
    return Judgement(whole, page_verdicts, tuple(piece for stretch in stretches for piece in _without(stretch, spared)))


def _pieces(text: str) -> Iterator[Span]:
    """Paragraphs, or runs of lines: pieces of at least :data:`FEW_WORDS` words, near enough."""
    start = at = 0
    size = FEW_WORDS * 5
    while (end := text.find("\n", at)) >= 0:
        at = end + 1
        if at - start >= size:
            yield Span(start, at)
            start = at
    if start < len(text):
        yield Span(start, len(text))


def _damaged(counts: Sequence[tuple[Span, _Count]]) -> Iterator[Span]:
    """Runs of two pieces or more that are damaged, each with its neighbours' evidence."""
    bad = [_verdict(count, STRETCH_GOOD).decision is PageDecision.RESTORE and count.words > 0 for _, count in counts]
    start: int | None = None
    for index in range(len(bad) + 1):
        if index < len(bad) and bad[index]:
            start = index if start is None else start
        elif start is not None:
            if index - start > 1:
                yield Span(counts[start][0].start, counts[index - 1][0].end)
            start = None


def _without(stretch: Span, spared: Sequence[Span]) -> Iterator[Span]:
    """What is left of ``stretch`` without the spared places, which are in order."""
    at = stretch.start
    for span in spared:
        if span.start >= stretch.end or span.end <= at:
            continue
        if span.start > at:
            yield Span(at, span.start)
        at = span.end
    if at < stretch.end:
        yield Span(at, stretch.end)
