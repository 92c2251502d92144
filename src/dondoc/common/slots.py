"""Places on a lower app's page that an upper app fills: "Mở chương trình" on a document's page belongs to ``programmes``.

The upper app registers a function in its ``AppConfig.ready``; the page says ``{% slot "documents.actions" document %}``.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Filler = Callable[[HttpRequest, Any], str]

_fillers: dict[str, list[Filler]] = {}


def fill(slot: str, filler: Filler) -> None:
    """Let ``filler(request, subject)`` give a piece of safe HTML (or "") wherever ``slot`` stands."""
    if filler not in _fillers.setdefault(slot, []):
        _fillers[slot].append(filler)


def render(slot: str, request: HttpRequest, subject: Any) -> list[str]:
    """What each upper app puts there, in order of registration, without the empty ones."""
    return [piece for filler in _fillers.get(slot, []) if (piece := filler(request, subject))]
