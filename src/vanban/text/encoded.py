"""All that is wrong with how a text is encoded, as mends: older encodings, glyph numbers, letters of other scripts."""

from collections.abc import Sequence
from heapq import merge

from vanban.reading import Mend
from vanban.text.glyph_text import glyph_mends
from vanban.text.legacy import has_other_script, legacy_mends, look_alikes


def encoding_mends(raw: str, known: Sequence[Mend] = ()) -> list[Mend]:
    """``known`` and the mends of encoding that ``raw`` needs besides, in order, none over another.

    What ``known`` covers is left alone and says nothing about the rest.
    """
    rest = _without(raw, known)
    glyphs = glyph_mends(rest)
    rest = _without(rest, glyphs)
    older = legacy_mends(rest)
    alike = list(look_alikes(_without(rest, older))) if has_other_script(rest) else []
    parts = [part for part in (known, glyphs, older, alike) if part]
    return list(merge(*parts, key=lambda mend: mend.span.start)) if len(parts) > 1 else list(*parts)


def _without(text: str, mends: Sequence[Mend]) -> str:
    """``text`` with spaces where ``mends`` stand, which are in order."""
    if not mends:
        return text
    pieces = []
    done = 0
    for mend in mends:
        pieces += [text[done : mend.span.start], " " * len(mend.span)]
        done = mend.span.end
    return "".join([*pieces, text[done:]])
