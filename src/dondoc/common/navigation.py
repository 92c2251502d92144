"""The places of the top bar: the first page of an app, shown where that app has one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import Resolver404, resolve

Entry = Callable[[HttpRequest], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """``app``: the namespace of its addresses; ``key``: the letter after ``g``; ``may_enter``: who sees it.

    ``only_tabs``: it stands in a telephone's tab bar alone, since the top bar has another way there; ``only_top``: the other
    way round, since a tab bar has room for few.
    """

    app: str
    name: str
    address: str
    icon: str
    key: str
    may_enter: Entry | None = None
    only_tabs: bool = False
    only_top: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    place: Place
    current: bool


_places: list[Place] = [
    Place("desk", "Việc của tôi", "/", "checklist", "n"),
    Place("documents", "Văn bản", "/van-ban/", "file-text", "v"),
    Place("programmes", "Chương trình", "/chuong-trinh/", "layout-kanban", "c"),
]


def add(place: Place) -> None:
    """Let an app add its place; called in ``AppConfig.ready``."""
    if place not in _places:
        _places.append(place)


def shown(request: HttpRequest) -> list[Shown]:
    """Those that exist and that the person who asks may enter, with the one they are in."""
    here = request.resolver_match.app_name if request.resolver_match else ""
    return [
        Shown(place, current=place.app == here)
        for place in _places
        if _exists(place.address) and (place.may_enter is None or place.may_enter(request))
    ]


def _exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
