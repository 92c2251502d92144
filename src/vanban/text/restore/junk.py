"""What is no writing at all: stray marks at the edge of a line, and what stamps and signatures left beside the recipients.

``: thuc hien du an`` loses its colon; ``- CT, PCT UBND tinh; sy`` ends at the semicolon. What is dropped is a mend too.
"""

import re
from typing import Final

from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.quality import is_syllable
from vanban.text.restore.acronyms import acronym
from vanban.text.restore.letterhead import foot_lines
from vanban.text.restore.lines import Damaged

SURE: Final = 0.9
SHORT: Final = 18
"""Signs of what is left beside a recipient, at most."""
_STRAY = re.compile(r"[:.;'`’‘·~^_|*°¬]+[ \t]+(?=\S)")
_LONE = re.compile(r"[^\w\s]{1,4}|[^\w\s]*[^\W\d][^\w\s]*")
_BESIDE = re.compile(r"^[-–—][^;\n]{4,};(?P<rest>[ \t]+\S[^;\n]*)$")
_FIGURES = re.compile(r"\d{1,4}")
_WORD = re.compile(r"[^\W\d_]+")


def junk_mends(page: Damaged) -> list[Mend]:
    """Stray marks in front of a line, lines of marks alone, remains beside recipients; in order."""
    mends: list[Mend] = []
    for line in page.lines:
        written = page.written(line)
        stray = _STRAY.match(written)
        if stray:
            mends.append(_dropped(page, Span(line.span.start, line.span.start + stray.end())))
        elif _LONE.fullmatch(written) and not _FIGURES.fullmatch(written):
            mends.append(_dropped(page, line.span))
    for line in foot_lines(page):
        beside = _BESIDE.match(page.written(line))
        if beside and _is_remains(beside["rest"]):
            mends.append(_dropped(page, Span(line.span.start + beside.start("rest"), line.span.end)))
    return sorted(mends, key=lambda mend: mend.span)


def _dropped(page: Damaged, span: Span) -> Mend:
    return Mend(span, span.of(page.text), "", MendKind.JUNK, SURE)


def _is_remains(rest: str) -> bool:
    """Whether no word of it is of use: short, no acronym, no syllable of three letters or more in small letters."""
    words = _WORD.findall(rest)
    useful = [word for word in words if acronym(word) or (len(word) > 2 and word.islower() and is_syllable(word))]
    return len(rest.strip()) <= SHORT and not useful
