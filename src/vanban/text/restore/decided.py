"""What rules that know the form of a document decide, put together: where two claim one place, the earlier rule has it."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from vanban.reading import Mend
from vanban.text.restore.lines import Damaged

Rule = Callable[[Damaged], Sequence[Mend]]
"""Gives mends in any order, those too that change nothing but hold their place."""


def decided_by(rules: Iterable[Rule], page: Damaged) -> list[Mend]:
    """The mends of all ``rules``, in order, not overlapping."""
    held: list[Mend] = []
    for rule in rules:
        held = _joined(held, rule(page))
    return held


def _joined(held: Sequence[Mend], more: Sequence[Mend]) -> list[Mend]:
    """``held`` and those of ``more`` that touch neither one of them nor one another, in order."""
    ends = [mend.span.end for mend in held]
    free: list[Mend] = []
    for mend in sorted(more, key=lambda mend: mend.span):
        index = bisect_left(ends, mend.span.start + 1)
        if (index == len(held) or not mend.span.overlaps(held[index].span)) and (
            not free or free[-1].span.end <= mend.span.start
        ):
            free.append(mend)
    return sorted((*held, *free), key=lambda mend: mend.span)
