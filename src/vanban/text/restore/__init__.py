"""Restoration of damaged Vietnamese text: a noisy channel, a language model, and the field's own vocabulary.

Rules that know the form of a document (symbols, dates, headings, letterhead, names) decide their places first; all other words
are read by the channel and the language model together. Nothing is changed in place: the answer is a list of mends.
"""

from collections.abc import Sequence

from vanban.reading import Mend
from vanban.spans import Span
from vanban.text.restore.hints import Hints

__all__ = ["Hints", "restore", "set_right"]


def restore(text: str, stretches: Sequence[Span], hints: Hints = Hints()) -> list[Mend]:  # noqa: B008 - frozen
    """The mends of the damaged ``stretches`` (in order, not overlapping) of ``text``, which is in normal form; in order, not overlapping.

    What no reading explains at a likely cost is left as it stands.
    """
    from vanban.text.restore.document import mends_of  # noqa: PLC0415 -- numpy and the language model, which clean text never needs

    return mends_of(text, stretches, hints)


def set_right(text: str, stretches: Sequence[Span]) -> list[Mend]:
    """What the form of a document tells about ``stretches`` that were read from images: its letterhead, the order of its headings (``H.`` after I.)."""
    from vanban.text.restore.decided import decided_by  # noqa: PLC0415 -- beside the slow ones
    from vanban.text.restore.letterhead import letterhead_mends  # noqa: PLC0415 -- beside the slow ones
    from vanban.text.restore.lines import Damaged, lines_of  # noqa: PLC0415 -- beside the slow ones
    from vanban.text.restore.numerals import heading_mends  # noqa: PLC0415 -- beside the slow ones

    page = Damaged(text, lines_of(text, stretches))
    return [mend for mend in decided_by((heading_mends, letterhead_mends), page) if mend.was != mend.now]
