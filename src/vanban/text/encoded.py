"""All that is wrong with how a text is encoded, as mends: older encodings, glyph numbers, letters of other scripts."""

from collections.abc import Sequence

from vanban.reading import Mend
from vanban.text.glyph_text import glyph_mends
from vanban.text.legacy import legacy_mends


def encoding_mends(raw: str, known: Sequence[Mend] = ()) -> list[Mend]:
    """``known`` and the mends of encoding that ``raw`` needs besides, in order, none over another.

    What ``known`` covers is left alone and says nothing about the rest.
    """
    rest = _without(raw, known)
    found = glyph_mends(rest)
    found.extend(legacy_mends(_without(rest, found)))
    return sorted([*known, *found], key=lambda mend: mend.span) if found else list(known)


def _without(text: str, mends: Sequence[Mend]) -> str:
    """``text`` with spaces where ``mends`` stand."""
    if not mends:
        return text
    pieces = []
    done = 0
    for mend in sorted(mends, key=lambda mend: mend.span):
        pieces += [text[done : mend.span.start], " " * len(mend.span)]
        done = mend.span.end
    return "".join([*pieces, text[done:]])
