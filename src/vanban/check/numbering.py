"""Numbers of headings that jump or come twice (domain VR-29)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.check.rule import Case, Found, shorten
from vanban.outline.markers import roman_value
from vanban.reading import Heading

_NUMBER = re.compile(r"(\d+)[a-zđ]?$")
_FAR = 3


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A heading in its row: the parent's path and the kind of number, the number printed, and the one it must have been."""

    heading: Heading
    row: tuple[str, str]
    printed: int
    meant: int


def _numbered(heading: Heading) -> _Numbered | None:
    """``heading`` with its number; None for letters, whose row offices write in two ways, and for words (Phần thứ nhất)."""
    parent, _, own = heading.path.rpartition(".")
    if own.startswith("Điều "):
        printed = meant = _value(own)
        row = ("", "Điều")
    else:
        printed, meant = _value(heading.marker.rstrip(" .-–/)")), _value(own)
        row = (parent, "La Mã" if roman_value(own) else "số")
    return _Numbered(heading, row, printed or meant, meant) if meant else None


def _value(number: str) -> int:
    """The last part of a number: 1.3 → 3, IV → 4; 0 where it is none."""
    found = _NUMBER.search(number)
    return int(found[1]) if found else roman_value(number)


def _pairs(case: Case) -> Iterator[tuple[_Numbered, _Numbered, set[int]]]:
    """Each numbered heading with the one before it in its row, and the numbers of the row so far."""
    rows: dict[tuple[str, str], tuple[_Numbered, set[int]]] = {}
    for heading in case.outline.headings:
        held = None if heading.path.startswith("PL") else _numbered(heading)
        if held is None:
            continue
        before = rows.get(held.row)
        if before is None or held.printed == 1:
            rows[held.row] = (held, {held.meant})
            continue
        yield before[0], held, before[1]
        before[1].add(held.meant)
        rows[held.row] = (held, before[1])


def number_skipped(case: Case) -> Iterator[Found]:
    """A number is left out of its row."""
    for before, held, seen in _pairs(case):
        heading = held.heading
        if before.meant + 1 < held.printed <= before.meant + _FAR and held.printed not in seen:
            yield Found(
                f"Đánh số mục nhảy cóc: sau mục “{before.heading.marker}” là “{heading.marker} {shorten(heading.text, 50)}”. Cần kiểm tra thiếu mục hay nhầm số.",
                heading.span,
            )


def number_repeated(case: Case) -> Iterator[Found]:
    """A number stands twice in its row, or comes after a higher one."""
    for before, held, seen in _pairs(case):
        heading = held.heading
        if held.printed in seen or held.printed < before.meant:
            yield Found(
                f"Số mục “{heading.marker}” bị lặp hoặc sai thứ tự: “{heading.marker} {shorten(heading.text, 50)}”. Cần đánh lại số để viện dẫn không nhầm.",
                heading.span,
            )
