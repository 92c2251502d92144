"""What the readers of deadlines share: the scene they read in, and what they hand back."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from vanban.reading import Deadline, DeadlineKind
from vanban.spans import Span


@dataclass(frozen=True, slots=True)
class DeadlineMention:
    """A deadline and where it stands; ``form`` names the pattern that found it."""

    span: Span
    deadline: Deadline
    form: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One stretch to read: as written and folded (equally long), and the day of the document; ``strict`` in running text."""

    text: str
    low: str
    issued_on: date | None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A reading at one place.

    ``strict``: sure enough in running text; else only where a time is asked for. ``void``: words that look like a
    deadline and never are one (a vision, a day of effect); they are passed over whole.
    """

    start: int
    stop: int
    kind: DeadlineKind
    first: date | None = None
    last: date | None = None
    exclusive: bool = False
    rrule: str | None = None
    anchor: tuple[int, int] | None = None
    offset: str | None = None
    strict: bool = True
    void: bool = False
    form: str = ""


Reader = Callable[[Scene, int], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Example:
    """What ``text`` means in a document of 21 November 2025."""

    text: str
    kind: str
    start: str | None = None
    end: str | None = None
    exclusive: bool = False
    rrule: str | None = None
    anchor: str | None = None
    offset: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A named way to write a deadline: the words it begins with, its reader, and an example that the tests run."""

    name: str
    heads: tuple[str, ...]
    read: Reader
    example: Example


_SPACES = re.compile(r"\s+")
_CLAUSE_BEFORE = re.compile(r"(?:^|[;:.(\[|]\s*|[-+*•–]\s+|,\s*đồng thời,?\s*|đồng thời,?\s*|\t|\n\s*\n\s*)$")
_LOOK_BACK = 24


def clean(words: str) -> str:
    """The words on one line, single spaces."""
    return _SPACES.sub(" ", words).strip()


def begins_clause(scene: Scene, at: int) -> bool:
    """Whether a sentence, a bullet or a clause after ";" begins here (a capital letter that no heading in capitals explains)."""
    if scene.text[at : at + 1].isupper():
        return not scene.text[at : at + 8].isupper()
    return _CLAUSE_BEFORE.search(scene.low[max(0, at - _LOOK_BACK) : at]) is not None if at else True


def mention(scene: Scene, found: Found, shift: int) -> DeadlineMention:
    """The reading as the contract has it, with its place in the whole text."""
    deadline = Deadline(
        text=clean(scene.text[found.start : found.stop]),
        kind=found.kind,
        start=found.first,
        end=found.last,
        exclusive=found.exclusive,
        rrule=found.rrule,
        anchor=clean(scene.text[slice(*found.anchor)]) if found.anchor else None,
        offset=found.offset,
    )
    return DeadlineMention(Span(found.start, found.stop).shift(shift), deadline, found.form)
