"""What the units say together: a heap of their words, which gives the same total in any order and grouping.

A ratio is the ratio of the sums, never the mean of percentages. Zero is a figure; *không có*, *không áp dụng* and *chưa có
số liệu* are counted apart and add nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from dondoc.programmes.enums import FigureKind, RollUp

WITH_FIGURE = frozenset({FigureKind.FIGURE, FigureKind.ZERO})
PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Said:
    """One unit's word for a period. ``order`` tells which of two words of one day was later."""

    unit_id: int
    kind: str
    period_to: date
    happened_on: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    order: int = 0

    @property
    def rank(self) -> tuple[date, date, int, int]:
        return self.period_to, self.happened_on, self.order, self.unit_id


@dataclass(frozen=True, slots=True)
class Heap:
    """Words of several units, added up. ``parts``: how many of the figures came with numerator and denominator."""

    kinds: dict[str, int] = field(default_factory=dict)
    units: frozenset[int] = frozenset()
    total: Decimal = Decimal(0)
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    parts: int = 0
    greatest: Decimal | None = None
    latest: Said | None = None

    def __add__(self, other: "Heap") -> "Heap":
        latest = [said for said in (self.latest, other.latest) if said]
        greatest = [value for value in (self.greatest, other.greatest) if value is not None]
        return Heap(
            {
                kind: self.kinds.get(kind, 0) + other.kinds.get(kind, 0)
                for kind in FigureKind.values
                if kind in self.kinds or kind in other.kinds
            },
            self.units | other.units,
            self.total + other.total,
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.parts + other.parts,
            max(greatest, default=None),
            max(latest, key=lambda said: said.rank, default=None),
        )

    @property
    def figures(self) -> int:
        return sum(self.kinds.get(kind, 0) for kind in WITH_FIGURE)

    @property
    def answered(self) -> int:
        """How many units gave a figure or said that there is none to give; *chưa có số liệu* is still owed."""
        return sum(count for kind, count in self.kinds.items() if kind != FigureKind.NOT_REPORTED)


def gather(words: Iterable[Said]) -> Heap:
    """The heap of some words; two heaps that have no unit in common are added with ``+``."""
    kinds: dict[str, int] = {}
    units: set[int] = set()
    total = above = below = Decimal(0)
    parts = 0
    greatest: Decimal | None = None
    latest: Said | None = None
    for said in words:
        kinds[said.kind] = kinds.get(said.kind, 0) + 1
        units.add(said.unit_id)
        if said.numerator is not None and said.denominator is not None:
            above, below, parts = above + said.numerator, below + said.denominator, parts + 1
        if said.value is not None and said.kind in WITH_FIGURE:
            total += said.value
            greatest = said.value if greatest is None else max(greatest, said.value)
            latest = said if latest is None or said.rank > latest.rank else latest
    return Heap(kinds, frozenset(units), total, above, below, parts, greatest, latest)


def total_of(heap: Heap, how: str, per: int) -> Decimal | None:
    """The figure of all together; None where nobody gave one, which is not zero."""
    if not heap.figures:
        return None
    if how == RollUp.SUM:
        return heap.total
    if how == RollUp.RATIO:
        return quotient(heap.numerator, heap.denominator, per)
    if how == RollUp.MAXIMUM:
        return heap.greatest
    return heap.latest.value if heap.latest else None


def quotient(numerator: Decimal, denominator: Decimal, per: int) -> Decimal | None:
    """The ratio to four decimals; None for a denominator of zero."""
    return (numerator * per / denominator).quantize(PLACES) if denominator else None


def carried(words: Iterable[Said], earlier: Iterable[Said], members: frozenset[int]) -> list[Said]:
    """Of a running total: for each member unit without a word for the period, its last word before; so no total falls."""
    have = {said.unit_id for said in words if said.kind != FigureKind.NOT_REPORTED}
    last: dict[int, Said] = {}
    for said in sorted(earlier, key=lambda said: said.rank):
        if said.unit_id in members and said.unit_id not in have and said.kind != FigureKind.NOT_REPORTED:
            last[said.unit_id] = said
    return list(last.values())


def tells(heap: Heap, expected: int, how: str, least: Decimal) -> bool:
    """Whether a total can be held against the plan: a sum needs every unit's word, a ratio or maximum ``least`` of them."""
    if not heap.figures:
        return False
    if how == RollUp.SUM:
        return heap.answered >= expected
    return how not in {RollUp.RATIO, RollUp.MAXIMUM} or heap.answered >= expected * least
