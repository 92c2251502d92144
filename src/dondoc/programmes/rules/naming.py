"""Names in the content of items."""

from collections.abc import Iterable, Mapping
from typing import Any

_FIELDS = ("lead", "coordinating", "supervising", "reporters")


def words(content: Mapping[str, Any], field: str) -> list[str]:
    """A list of names, each once."""
    held = content.get(field) or []
    return list(dict.fromkeys(str(name) for name in held if name))


def named_in(contents: Iterable[Mapping[str, Any]]) -> list[str]:
    """Every name that has a role, once."""
    names: dict[str, None] = {}
    for content in contents:
        for field in _FIELDS:
            names.update(dict.fromkeys(words(content, field)))
        if recipient := content.get("recipient"):
            names[str(recipient)] = None
    return list(names)
