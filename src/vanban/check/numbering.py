"""Numbers of headings that jump or come twice (domain VR-29)."""

import re
from collections.abc import Iterator

from vanban.check.rule import Case, Found, shorten
from vanban.outline.markers import roman_value
from vanban.reading import Heading

_ROMAN = re.compile(r"[IVX]+")
_NUMBER = re.compile(r"(\d+)\D*$")
_FAR = 3


def _place(heading: Heading) -> tuple[str, str, int] | None:
    """(parent's path, kind, value as printed) of a numbered heading; None for letters, whose row offices write in two ways."""
    parent, _, own = heading.path.rpartition(".")
    marker = heading.marker
    if own.startswith("Điều ") or (heading.path.startswith("Điều ") and "." not in heading.path):
        found = _NUMBER.search(marker.rstrip("abcđ .:"))
        return ("", "Điều", int(found[1])) if found else None
    roman = _ROMAN.match(marker)
    if roman:
        return (parent, "La Mã", roman_value(roman.group())) if roman_value(roman.group()) else None
    found = _NUMBER.search(marker)
    return (parent, "số", int(found[1])) if found and marker[0].isdigit() else None


def _pairs(case: Case) -> Iterator[tuple[Heading, Heading, int, int, set[int]]]:
    """Each heading with the one before it in its row, their numbers, and the numbers seen in the row so far."""
    last: dict[tuple[str, str], tuple[Heading, int, set[int]]] = {}
    for heading in case.outline.headings:
        place = None if heading.path.startswith("PL") else _place(heading)
        if place is None:
            continue
        parent, kind, value = place
        before = last.get((parent, kind))
        if before is None or value == 1:
            last[parent, kind] = (heading, value, {value})
            continue
        yield before[0], heading, before[1], value, set(before[2])
        before[2].add(value)
        last[parent, kind] = (heading, value, before[2])


def number_skipped(case: Case) -> Iterator[Found]:
    """A number is left out of its row."""
    for before, heading, first, second, seen in _pairs(case):
        if first + 1 < second <= first + _FAR and second not in seen:
            yield Found(
                f"Đánh số mục nhảy cóc: sau mục “{before.marker}” là “{heading.marker} {shorten(heading.text, 50)}”. Cần kiểm tra thiếu mục hay nhầm số.",
                heading.span,
            )


def number_repeated(case: Case) -> Iterator[Found]:
    """A number stands twice in its row, or comes after a higher one."""
    for _, heading, first, second, seen in _pairs(case):
        if second in seen or second < first:
            yield Found(
                f"Số mục “{heading.marker}” bị lặp hoặc sai thứ tự: “{heading.marker} {shorten(heading.text, 50)}”. Cần đánh lại số để viện dẫn không nhầm.",
                heading.span,
            )
