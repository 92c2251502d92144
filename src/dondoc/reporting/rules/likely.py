"""What is unlikely in a number: far from the other units', or from what the unit said the time before."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

FEWEST = 5
"""Fewer units than this say nothing about what is usual."""

FAR = Decimal("3.5")
"""So many times 1.4826 × the median distance from the median is far (Iglewicz and Hoaglin, 1993)."""

_NORMAL = Decimal("1.4826")

LEAP, LEAST = 3, 5
"""A number that is so many times that of the period before, or as small a part of it, and differs by at least so much."""


def is_far(number: Decimal, others: Sequence[Decimal]) -> bool:
    """By the median and the median distance from it; where half of the others agree, there is no measure and nothing is far."""
    if len(others) < FEWEST:
        return False
    middle = median(others)
    spread = median(abs(other - middle) for other in others)
    return bool(spread) and abs(number - middle) > FAR * _NORMAL * spread


def leaps(number: Decimal | None, before: Decimal | None) -> bool:
    """Beside the period before; without one of the two numbers nothing is said."""
    if number is None or before is None or abs(number - before) < LEAST:
        return False
    return max(number, before) >= LEAP * min(number, before)
