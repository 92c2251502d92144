"""What can be found: each app says in ``AppConfig.ready`` which kinds it has and how their entries read."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Found:
    """A thing as it is to be found. ``units``: those that may see it though it is not ``open`` in its province."""

    key: int
    province_id: int
    open: bool
    title: str
    address: str
    units: frozenset[int] = frozenset()
    mark: str = ""
    body: str = ""
    place: str = ""
    on: date | None = None


Describe = Callable[[Collection[int] | None], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Source:
    """``describe(keys)`` gives the things with these keys that are to be found, ``describe(None)`` all of them."""

    kind: str
    label: str
    describe: Describe


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.kind] = source


def known() -> list[Source]:
    """In the order in which the apps came."""
    return list(_sources.values())


def source_of(kind: str) -> Source:
    """:raises KeyError: no app registered the kind."""
    return _sources[kind]
