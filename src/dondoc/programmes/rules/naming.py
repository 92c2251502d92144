"""Names in the content of items, and of the letters and meetings that tasks are added from."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dondoc.common import wording
from dondoc.programmes.enums import OriginKind

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


_NAMES_OF_ORIGINS = {
    OriginKind.LETTER: "Công văn",
    OriginKind.MEETING: "Kết luận cuộc họp",
    OriginKind.DIRECTION: "Chỉ đạo trực tiếp",
}


def name_of_origin(kind: str, code: str, said_on: date) -> str:
    """``45/TB-UBND · 12/9/2025``; without a number, ``Kết luận cuộc họp 12/9/2025``."""
    if code:
        return f"{code} · {wording.day(said_on)}"
    return f"{_NAMES_OF_ORIGINS[OriginKind(kind)]} {wording.day(said_on)}"
