"""What the machine rewrote in a damaged text and a person must compare with the original: figures, dates, symbols, names, headings.

The same mend in many places is told once; words that were read without certainty are told together.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from vanban.check.rule import Case, Found, shorten
from vanban.reading import Mend, MendKind

DOUBTFUL: Final = 0.6
"""A word that was read with less confidence is to be compared."""
EXAMPLES: Final = 5
_COUNTING = re.compile(r"^\d+\s*[/-]?\s*")


def mended_figure(case: Case) -> Iterator[Found]:
    """A figure or a date was changed: the one thing that nobody would notice."""
    return _told(case, {MendKind.NUMBER, MendKind.DATE}, lambda text: text)


def mended_symbol(case: Case) -> Iterator[Found]:
    """A symbol of a document or an acronym was changed (QD-TTg → QĐ-TTg), whatever its number."""
    return _told(case, {MendKind.SYMBOL}, lambda text: _COUNTING.sub("", text))


def mended_name(case: Case) -> Iterator[Found]:
    """A name was changed."""
    return _told(case, {MendKind.NAME}, lambda text: text)


def mended_heading(case: Case) -> Iterator[Found]:
    """A heading's number was read from the order of the headings."""
    return _told(case, {MendKind.HEADING}, lambda text: text)


def doubtful_words(case: Case) -> Iterator[Found]:
    """Words that the machine could as well have read otherwise, all in one finding."""
    doubtful = [
        mend for mend in case.reading.mends if mend.kind in {MendKind.WORD, MendKind.SPACING} and mend.confidence < DOUBTFUL
    ]
    if doubtful:
        shown = sorted(doubtful, key=lambda mend: mend.confidence)[:EXAMPLES]
        examples = ", ".join(f"“{shorten(mend.was)}” đọc là “{shorten(mend.now)}”" for mend in shown)
        yield Found(
            f"Có {len(doubtful)} chỗ máy đọc chưa chắc chắn, nhất là: {examples}; đề nghị đối chiếu bản gốc.", shown[0].span
        )


def _told(case: Case, kinds: set[MendKind], essence: Callable[[str], str]) -> Iterator[Found]:
    """One finding for all mends of ``kinds`` that are the same in essence, at the first of them."""
    groups: dict[tuple[str, str], list[Mend]] = {}
    for mend in _visible(case.reading.mends):
        if mend.kind in kinds:
            groups.setdefault((essence(shorten(mend.was)), essence(shorten(mend.now))), []).append(mend)
    for (was, now), mends in groups.items():
        times = f" ({len(mends)} chỗ)" if len(mends) > 1 else ""
        if now:
            yield Found(f"Máy sửa “{was}” thành “{now}”{times}; đề nghị đối chiếu bản gốc.", mends[0].span)
        else:
            yield Found(f"Máy bỏ “{was}”{times}; đề nghị đối chiếu bản gốc.", mends[0].span)


def _visible(mends: Iterable[Mend]) -> Iterator[Mend]:
    """The mends that change more than spaces and stops."""
    return (mend for mend in mends if _signs(mend.was) != _signs(mend.now))


def _signs(words: str) -> str:
    """The letters, figures and strokes of ``words``."""
    return "".join(sign for sign in words if sign.isalnum() or sign in "/%")
