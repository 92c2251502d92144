"""Places in a text, and the map from a rewritten text back to the text it was made from."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of characters, [start, end), in one text."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start <= end:
            msg = f"not a span: [{start}, {end})"
            raise ValueError(msg)
        _set_start(self, start)  # a reading makes thousands: by the slots is twice as fast as by object.__setattr__
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of ``text`` that the span covers."""
        return text[self.start : self.end]

    def shift(self, offset: int) -> "Span":
        """The same stretch, ``offset`` characters further on."""
        return Span(self.start + offset, self.end + offset)

    def contains(self, other: "Span") -> bool:
        """Whether every character of ``other`` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two have a character in common."""
        return max(self.start, other.start) < min(self.end, other.end)

    def trim(self, text: str, chars: str | None = None) -> "Span":
        """The span without the white space (or ``chars``) at its two ends."""
        piece = text[self.start : self.end]
        inner = piece.strip(chars)
        if len(inner) == len(self):
            return self
        start = self.start + len(piece) - len(piece.lstrip(chars))
        return Span(start, start + len(inner))


_set_start: Callable[[Span, int], None] = Span.__dict__["start"].__set__
_set_end: Callable[[Span, int], None] = Span.__dict__["end"].__set__


def cover(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of ``spans`` (at least one)."""
    held = list(spans)
    return Span(min(s.start for s in held), max(s.end for s in held))


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``replacement`` where ``span`` stood."""

    span: Span
    replacement: str


Segment = tuple[int, int, int, int, bool]
"""A stretch of the new text, [0, 1), and the stretch of the old text that it stands for, [2, 3).

Where the last is true, both have one length and character answers to character; else whole answers to whole.
Plain tuples: a text in parted letters has thousands of them.
"""


class OffsetMap:
    """Where each stretch of a new text comes from in the old one, and the other way round."""

    __slots__ = ("_new_starts", "_old_starts", "_segments")

    def __init__(self, segments: Iterable[Segment]) -> None:
        self._segments = tuple(segments)
        self._new_starts = [segment[0] for segment in self._segments]
        self._old_starts = [segment[2] for segment in self._segments]

    @classmethod
    def identity(cls, length: int) -> "OffsetMap":
        """The map of a text of ``length`` characters that was not changed."""
        return cls([(0, length, 0, length, True)])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OffsetMap) and self._segments == other._segments

    def __hash__(self) -> int:
        return hash(self._segments)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """(new start, new end, old start, old end, character by character), for keeping the map in a file."""
        return self._segments

    @classmethod
    def from_segments(cls, segments: Iterable[Sequence[int | bool]]) -> "OffsetMap":
        """The map whose :attr:`segments` these are.

        :raises ValueError: a stretch ends before it begins.
        """
        held = [(int(a), int(b), int(c), int(d), bool(same)) for a, b, c, d, same in segments]
        for a, b, c, d, _ in held:
            Span(a, b)
            Span(c, d)
        return cls(held)

    def to_old(self, span: Span) -> Span:
        """The stretch of the old text that ``span`` of the new text was made from."""
        return self._across(span, self._new_starts, forward=True)

    def to_new(self, span: Span) -> Span:
        """The stretch of the new text that was made from ``span`` of the old text."""
        return self._across(span, self._old_starts, forward=False)

    def _across(self, span: Span, starts: list[int], *, forward: bool) -> Span:
        first = self._point(span.start, starts, forward=forward, end=False)
        last = self._point(span.end, starts, forward=forward, end=True)
        return Span(first, max(first, last))

    def _point(self, offset: int, starts: list[int], *, forward: bool, end: bool) -> int:
        """Map one edge; an end belongs to the segment of the character before it."""
        index = max(0, bisect_right(starts, offset - 1 if end and offset > 0 else offset) - 1)
        new_start, new_end, old_start, old_end, same = self._segments[index]
        here, here_end, there, there_end = (
            (new_start, new_end, old_start, old_end) if forward else (old_start, old_end, new_start, new_end)
        )
        if same:
            return min(there + offset - here, there_end)
        if offset <= here:
            return there
        return there_end if end or offset >= here_end else there

    def after(self, earlier: "OffsetMap") -> "OffsetMap":
        """The map over both steps, where ``earlier`` made the text that this one rewrote."""
        joined: list[Segment] = []
        for segment in self._segments:
            joined.extend(_through(segment, earlier))
        return OffsetMap(joined)


def _through(segment: Segment, earlier: OffsetMap) -> Iterable[Segment]:
    """``segment`` carried through ``earlier``, cut where ``earlier`` is cut if characters answer one by one."""
    new_start, new_end, start, end, same = segment
    if not same:
        old = earlier.to_old(Span(start, end))
        yield new_start, new_end, old.start, old.end, False
        return
    shift = new_start - start
    parts = earlier._segments  # noqa: SLF001 - the same class
    first = max(0, bisect_right(earlier._new_starts, start) - 1)  # noqa: SLF001 - the same class
    for index in range(first, len(parts)):
        part_start, part_end, old_start, old_end, part_same = parts[index]
        if part_start > end:
            break
        left = max(part_start, start)
        right = max(part_start, min(part_end, end))
        if left == right and end > start:
            continue
        if part_same:
            old_start, old_end = left - part_start + old_start, right - part_start + old_start
        yield left + shift, right + shift, old_start, old_end, part_same


def rewrite(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Carry out ``edits`` (in order, not overlapping) on ``text``; give the new text and the map back to the old one.

    :raises ValueError: two edits overlap or stand out of order.
    """
    return replace_all(text, ((edit.span.start, edit.span.end, edit.replacement) for edit in edits))


def replace_all(text: str, edits: Iterable[tuple[int, int, str]]) -> tuple[str, OffsetMap]:
    """As :func:`rewrite`, with plain (start, end, replacement): for texts that need an edit every few letters.

    :raises ValueError: two edits overlap or stand out of order.
    """
    pieces: list[str] = []
    segments: list[Segment] = []
    old_at = new_at = 0
    for start, end, replacement in edits:
        if start < old_at or end > len(text) or end < start:
            msg = f"edit out of order or outside the text: [{start}, {end})"
            raise ValueError(msg)
        if start > old_at:
            kept = new_at + start - old_at
            segments.append((new_at, kept, old_at, start, True))
            pieces.append(text[old_at:start])
            new_at = kept
        old_at = end
        segments.append((new_at, new_at + len(replacement), start, end, False))
        pieces.append(replacement)
        new_at += len(replacement)
    if old_at < len(text):
        segments.append((new_at, new_at + len(text) - old_at, old_at, len(text), True))
        pieces.append(text[old_at:])
    if not segments:
        return "", OffsetMap.identity(0)
    return "".join(pieces), OffsetMap(segments)
