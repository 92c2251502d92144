"""What can be talked about: each app says in ``AppConfig.ready`` which kinds it has, who may see a thing and where it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing for one who may see it.

    ``title``: as a notice calls it ("nhiệm vụ …"); ``place``: what its slip of paper says. ``within``: the whole that it is a
    part of, so that all that is said about a whole can be asked for at once. ``units``: those that may see it though it is
    not ``open`` in its province. ``shown_at``: the page that has the thread, where it is not the thread's own.
    """

    kind: str
    key: int
    within: str
    title: str
    address: str
    province_id: int
    open: bool
    units: frozenset[int]
    place: str = ""
    quote: str = ""
    shown_at: str = ""

    @property
    def name(self) -> str:
        """What tells it from others on a page."""
        return f"{self.kind}-{self.key}"

    @property
    def thread(self) -> str:
        """Where its thread has a page of its own, and where what is said of it is sent."""
        return reverse("comments:thread", args=[self.kind, self.key])

    @property
    def talk(self) -> str:
        """Where people read it."""
        return self.shown_at or self.thread


@dataclass(frozen=True, slots=True)
class Kind:
    """``see(actor, key)``: the subject, None where it is not there for the actor. ``whole``: it shows what is said of its parts.

    ``quote(key, start, end)``: the words of a passage of the subject, "" where there are none; only for kinds with a text.
    """

    name: str
    see: Callable[[Actor, int], Subject | None]
    whole: bool = False
    quote: Callable[[int, int, int], str] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind | None:
    return _kinds.get(name)


def seen(actor: Actor, name: str, key: int) -> Subject | None:
    """The subject as the actor may see it today; None where the kind or the thing is not there for them."""
    kind = _kinds.get(name)
    return kind.see(actor, key) if kind else None
