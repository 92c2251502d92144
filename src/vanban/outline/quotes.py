"""Stretches between quotation marks: what is quoted there gives no headings."""

import re
from bisect import bisect_right
from collections.abc import Callable

_MARKS = re.compile('[“”"]')
_LONGEST = 8000
_STRAIGHT = 200


def quoted(text: str) -> Callable[[int], bool]:
    """A test whether an offset lies inside “…” in ``text``; marks that never close are passed over."""
    starts: list[int] = []
    ends: list[int] = []
    opened: int | None = None
    for found in _MARKS.finditer(text):
        if found.group() == '"':  # closes “ where the two kinds are mixed
            opened = None if opened is not None and found.start() - opened <= _STRAIGHT else opened
        elif found.group() == "“":
            opened = found.start() if opened is None or found.start() - opened > _LONGEST else opened
        elif opened is not None:
            if found.start() - opened <= _LONGEST:
                starts.append(opened)
                ends.append(found.start())
            opened = None

    def holds(offset: int) -> bool:
        index = bisect_right(starts, offset) - 1
        return index >= 0 and starts[index] < offset < ends[index]

    return holds
