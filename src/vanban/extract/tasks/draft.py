"""A task before it is a :class:`vanban.reading.Task`: its parts as places in the text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vanban.extract.confidence import confidence_of
from vanban.extract.deadlines import DeadlineMention
from vanban.lexicon.agencies import AgencyMention
from vanban.reading import AgencyKind, Task
from vanban.spans import Span

_END = re.compile(r"[\s;,:]*(?:\./\.?|\.(?!\.))?[\s;]*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """``words`` is the task's text as it is to be shown; everything else is a mention with its place.

    ``places``: for a row that was read across its columns, the slices of lines that each attribute stands on.
    """

    span: Span
    words: str
    path: str
    pattern: str
    lead: tuple[AgencyMention, ...] = ()
    coordinating: tuple[AgencyMention, ...] = ()
    supervising: tuple[AgencyMention, ...] = ()
    deadline: DeadlineMention | None = None
    result: str | None = None
    result_span: Span | None = None
    places: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def roles(self) -> tuple[AgencyMention, ...]:
        """Every agency of the task."""
        return (*self.lead, *self.coordinating, *self.supervising)

    def task(self) -> Task:
        """The task as the contract has it."""
        return Task(
            text=tidy(self.words),
            lead=names(self.lead),
            coordinating=names(self.coordinating),
            supervising=names(self.supervising),
            deadline=self.deadline.deadline if self.deadline else None,
            result=self.result,
            section=self.path or None,
            span=self.span,
            confidence=confidence_of("task", self._kind()),
            spans=self._outside(),
        )

    def _kind(self) -> str:
        """The pattern that found it, told apart where a lead is not in the lexicon."""
        unknown = any(mention.kind is AgencyKind.UNKNOWN for mention in self.lead)
        return f"{self.pattern}-unknown" if unknown else self.pattern

    def _outside(self) -> dict[str, tuple[Span, ...]]:
        """The places of what stands outside the task's own span, or among other things in it."""
        if self.places:
            return dict(self.places)
        places = {
            "lead": [mention.span for mention in self.lead],
            "coordinating": [mention.span for mention in self.coordinating],
            "supervising": [mention.span for mention in self.supervising],
            "deadline": [self.deadline.span] if self.deadline else [],
            "result": [self.result_span] if self.result_span else [],
        }
        outside = {key: tuple(span for span in held if not self.span.contains(span)) for key, held in places.items()}
        return {key: held for key, held in outside.items() if held}


def names(mentions: Sequence[AgencyMention]) -> tuple[str, ...]:
    """The names of ``mentions``, each once, with a capital first letter."""
    return tuple(dict.fromkeys(shown(mention.name) for mention in mentions))


def shown(name: str) -> str:
    """A name as it stands alone: with a capital first letter."""
    return name[:1].upper() + name[1:]


def tidy(words: str) -> str:
    """A task's text without the marks that end its line."""
    return _END.sub("", words).strip()
