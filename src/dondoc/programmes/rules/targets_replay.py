"""Which measurements count: the replay of rows and reviews that the projections must equal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dondoc.programmes.enums import Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """A row, and the one that it supersedes."""

    pk: int
    supersedes: int | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """The giver's word on a row."""

    measurement: int
    verdict: str


def counted_and_newest(lines: Sequence[Line], rulings: Iterable[Ruling]) -> tuple[set[int], set[int]]:
    """Ids of the rows that count, and of those that nothing supersedes. ``rulings`` come in their order, the last holds.

    Of a row and its corrections the last accepted one counts: a correction that waits does not take the figure away.
    """
    superseding = {line.supersedes: line.pk for line in lines if line.supersedes is not None}
    last = {ruling.measurement: ruling.verdict for ruling in rulings}
    counted, newest = set(), set()
    for line in lines:
        if line.supersedes is not None:
            continue
        chain = [line.pk]
        while chain[-1] in superseding:
            chain.append(superseding[chain[-1]])
        newest.add(chain[-1])
        accepted = [pk for pk in chain if last.get(pk) == Verdict.ACCEPTED]
        counted.update(accepted[-1:])
    return counted, newest
