"""From the reader's contract to the items that it proposes. No place, no item."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from dondoc.documents.enums import ItemKind
from dondoc.documents.rules.fields import FIELDS

Contract = dict[str, Any]
SECTION_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """An item before it has a key: what was read, and where."""

    kind: str
    start: int
    end: int
    section: str
    confidence: float | None
    read: dict[str, Any]


def drafts_of(contract: Contract, text: str) -> list[Draft]:
    """All that may become an item, in the order of the text; what has no place in it is left out."""
    sections = Sections(contract.get("outline") or [])
    drafts = [
        *_metadata(contract),
        *_spanned(contract, "tasks", ItemKind.TASK),
        *_spanned(contract, "targets", ItemKind.TARGET),
        *_spanned(contract, "reporting_duties", ItemKind.DUTY),
        *_citations(contract),
        *_findings(contract, text),
    ]
    placed = [draft for draft in drafts if 0 <= draft.start < draft.end <= len(text)]
    placed = [draft if draft.section else replace(draft, section=sections.at(draft.start)) for draft in placed]
    return sorted(placed, key=lambda draft: (draft.start, draft.kind, draft.end))


class Sections:
    """Under which numbered heading an offset stands."""

    def __init__(self, outline: list[dict[str, Any]]) -> None:
        held = sorted((heading for heading in outline if heading.get("span")), key=lambda heading: heading["span"][0])
        self._starts = [heading["span"][0] for heading in held]
        self._paths = [str(heading["path"])[:SECTION_LENGTH] for heading in held]

    def at(self, offset: int) -> str:
        index = bisect_right(self._starts, offset) - 1
        return self._paths[index] if index >= 0 else ""


def _metadata(contract: Contract) -> Iterator[Draft]:
    held = contract.get("metadata") or {}
    places = held.get("spans") or {}
    for field in FIELDS:
        place = next((places[name] for name in (field.name, *field.places) if places.get(name)), None)
        if place is None:
            continue
        read = {"field": field.name, "value": held.get(field.name)}
        if field.name == "date":
            read["written"] = held.get("date_written")
        yield Draft(ItemKind.METADATA, place[0], place[1], "", None, read)


def _spanned(contract: Contract, name: str, kind: ItemKind) -> Iterator[Draft]:
    for entry in contract.get(name) or []:
        start, end = entry["span"]
        yield Draft(kind, start, end, str(entry.get("section") or "")[:SECTION_LENGTH], entry.get("confidence"), entry)


def _citations(contract: Contract) -> Iterator[Draft]:
    for entry in contract.get("citations") or []:
        if entry.get("spans"):
            start, end = entry["spans"][0]
            yield Draft(ItemKind.CITATION, start, end, "", None, entry)


def _findings(contract: Contract, text: str) -> Iterator[Draft]:
    """A finding on the document as a whole stands at its first line and says that this is not its place."""
    first = first_line(text)
    for entry in contract.get("findings") or []:
        if entry.get("span"):
            start, end = entry["span"]
            yield Draft(ItemKind.FINDING, start, max(end, start + 1), "", None, entry)
        elif first is not None:
            yield Draft(ItemKind.FINDING, *first, "", None, entry | {"placeless": True})


def first_line(text: str) -> tuple[int, int] | None:
    """Where the first line with a letter stands."""
    offset = 0
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = offset + line.index(bare)
            return start, start + len(bare)
        offset += len(line)
    return None
