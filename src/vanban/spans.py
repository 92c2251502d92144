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


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of the new text and the stretch of the old text that it stands for.

    Where both have one length and ``same`` holds, character answers to character; else whole answers to whole.
    """

    new: Span
    old: Span
    same: bool


class OffsetMap:
    """Where each stretch of a new text comes from in the old one, and the other way round."""

    __slots__ = ("_new_starts", "_old_starts", "_segments")

    def __init__(self, segments: Sequence[_Segment]) -> None:
        self._segments = tuple(segments)
        self._new_starts = [s.new.start for s in self._segments]
        self._old_starts = [s.old.start for s in self._segments]

    @classmethod
    def identity(cls, length: int) -> "OffsetMap":
        """The map of a text of ``length`` characters that was not changed."""
        whole = Span(0, length)
        return cls([_Segment(whole, whole, same=True)])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OffsetMap) and self._segments == other._segments

    def __hash__(self) -> int:
        return hash(self._segments)

    @property
    def segments(self) -> tuple[tuple[int, int, int, int, bool], ...]:
        """(new start, new end, old start, old end, character by character), for keeping the map in a file."""
        return tuple((s.new.start, s.new.end, s.old.start, s.old.end, s.same) for s in self._segments)

    @classmethod
    def from_segments(cls, segments: Iterable[Sequence[int | bool]]) -> "OffsetMap":
        """The map whose :attr:`segments` these are."""
        return cls([_Segment(Span(a, b), Span(c, d), same=bool(same)) for a, b, c, d, same in segments])

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
        segment = self._segments[index]
        here, there = (segment.new, segment.old) if forward else (segment.old, segment.new)
        if segment.same:
            return min(there.start + offset - here.start, there.end)
        if offset <= here.start:
            return there.start
        return there.end if end or offset >= here.end else there.start

    def after(self, earlier: "OffsetMap") -> "OffsetMap":
        """The map over both steps, where ``earlier`` made the text that this one rewrote."""
        joined: list[_Segment] = []
        for segment in self._segments:
            joined.extend(_through(segment, earlier))
        return OffsetMap(joined)


def _through(segment: _Segment, earlier: OffsetMap) -> Iterable[_Segment]:
    """``segment`` carried through ``earlier``, cut where ``earlier`` is cut if characters answer one by one."""
    if not segment.same:
        yield _Segment(segment.new, earlier.to_old(segment.old), same=False)
        return
    shift = segment.new.start - segment.old.start
    first = max(0, bisect_right(earlier._new_starts, segment.old.start) - 1)  # noqa: SLF001 - the same class
    for part in earlier._segments[first:]:  # noqa: SLF001 - the same class
        if part.new.start > segment.old.end:
            break
        middle = Span(max(part.new.start, segment.old.start), max(part.new.start, min(part.new.end, segment.old.end)))
        if len(middle) == 0 and len(segment.old) > 0:
            continue
        old = (
            Span(middle.start - part.new.start + part.old.start, middle.end - part.new.start + part.old.start)
            if part.same
            else part.old
        )
        yield _Segment(middle.shift(shift), old, same=part.same)


def rewrite(text: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap]:
    """Carry out ``edits`` (in order, not overlapping) on ``text``; give the new text and the map back to the old one.

    :raises ValueError: two edits overlap or stand out of order.
    """
    pieces: list[str] = []
    segments: list[_Segment] = []
    old_at = new_at = 0

    def keep(until: int) -> None:
        nonlocal old_at, new_at
        if until > old_at:
            length = until - old_at
            segments.append(_Segment(Span(new_at, new_at + length), Span(old_at, until), same=True))
            pieces.append(text[old_at:until])
            old_at, new_at = until, new_at + length

    for edit in edits:
        if edit.span.start < old_at or edit.span.end > len(text):
            msg = f"edit out of order or outside the text: {edit.span}"
            raise ValueError(msg)
        keep(edit.span.start)
        size = len(edit.replacement)
        segments.append(_Segment(Span(new_at, new_at + size), edit.span, same=False))
        pieces.append(edit.replacement)
        old_at, new_at = edit.span.end, new_at + size
    keep(len(text))
    if not segments:
        return "", OffsetMap.identity(0)
    return "".join(pieces), OffsetMap(segments)
