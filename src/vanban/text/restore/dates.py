"""Dates whose words are damaged or have run into their figures: ``ngay 07thang 8 nam 2025`` → ngày 07 tháng 8 năm 2025.

The figures stay as they are; where a stroke beside one is taken away, that is a mend of a date, to be compared.
"""

import re
from collections.abc import Iterator
from typing import Final

from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.restore.lines import Damaged

SURE: Final = 0.98
_LETTER = r"[^\W\d_]"
_DAY = rf"(?:ng{_LETTER}{{1,2}}|NG{_LETTER}{{1,2}})"
_MONTH = rf"(?:[tT]h?{_LETTER}{{1,2}}ng|th[4é&]ng)"
_YEAR = rf"(?:[nN]{_LETTER}{{1,2}}m)"
_STROKES = r"[ \t]*[/.,'|:]?[ \t]*"
# "ngay 07thang 8 nam 2025", "ngay 28 thang 7/nam 2025", "ngày £6 thang 3 nam 2018" keeps its day, "thang 10 nam 2025"
_WRITTEN = re.compile(
    rf"(?:(?P<day_word>{_DAY})(?P<s1>[ \t]+)(?P<day>\d{{1,2}})(?P<s2>{_STROKES}))?"
    rf"(?<![^\W\d_])(?P<month_word>{_MONTH})(?P<s3>[ \t]*)(?P<month>\d{{1,2}})(?P<s4>{_STROKES})(?P<year_word>{_YEAR})(?P<s5>[ \t]*)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_BROKEN_YEAR = re.compile(rf"(?P<word>{_YEAR})\s(?P<year>20\d[ ]\d|2[ ]0\d\d|20[ ]\d\d)(?!\d|[.,]\d|%)")


def date_mends(page: Damaged) -> list[Mend]:
    """The words and gaps of written dates, and years with a gap inside; in order."""
    mends = [
        mend
        for line in page.lines
        for found in _WRITTEN.finditer(page.text, line.span.start, line.span.end)
        for mend in _date(found)
    ]
    for line in page.lines:
        for found in _BROKEN_YEAR.finditer(page.text, line.span.start, line.span.end):
            year = found["year"]
            mends.append(Mend(Span(*found.span("year")), year, year.replace(" ", ""), MendKind.NUMBER, SURE))
    return sorted(mends, key=lambda mend: mend.span)


def _date(found: re.Match[str]) -> Iterator[Mend]:
    """The mends of one date; a gap with a stroke in it goes with the figure before it and the word after it."""
    for name, word, gap, figure in (
        ("day_word", "ngày", None, None),
        ("month_word", "tháng", "s2", "day"),
        ("year_word", "năm", "s4", "month"),
    ):
        was = found[name]
        if not was:
            continue
        now = word.capitalize() if was[0].isupper() else word
        between = found[gap] if gap else None
        if between is None or between == " ":
            yield Mend(Span(*found.span(name)), was, now, MendKind.WORD, SURE)
        else:
            span = Span(found.start(figure or name), found.end(name))
            kind = MendKind.DATE if between.strip() else MendKind.SPACING
            yield Mend(span, span.of(found.string), f"{found[figure or name]} {now}", kind, SURE)
    for name in ("s3", "s5"):
        if found[name] is not None and found[name] != " ":
            yield Mend(Span(*found.span(name)), found[name], " ", MendKind.SPACING, SURE)
