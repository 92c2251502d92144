"""The members that follow a group by name: "các Bộ: Tài chính, Nội vụ", "UBND các xã Phú Lương, Võ Nhai", "Các Quỹ: Quỹ A, Quỹ B"."""

from collections.abc import Iterator
from dataclasses import dataclass

from vanban.lexicon.folding import Words, clean
from vanban.lexicon.matching import Match, enumerated, match_at
from vanban.lexicon.places import place_names
from vanban.lexicon.trie import Trie
from vanban.reading import AgencyKind
from vanban.spans import Span

_MARKS = frozenset({",", ";", "và"})
_ONE_KIND = (("xã",), ("phường",), ("đặc", "khu"), ("thị", "trấn"), ("huyện",))


@dataclass(frozen=True, slots=True)
class Member:
    """A member under its full name, from word ``start`` up to, not with, word ``end``."""

    start: int
    end: int
    name: str
    id: str | None
    kind: AgencyKind


def members_of(words: Words, first: int, match: Match, extra: Trie[str]) -> list[Member]:
    """The members that the group at [first, match.end) is told by, the first of them from the group's own first word on.

    Empty where the group stands for itself.
    """
    if match.kind is not AgencyKind.GROUP:
        return []
    found = (
        [*_of_head(words, first, match)] or [*_of_communes(words, first, match)] or [*_of_same_kind(words, first, match, extra)]
    )
    return [Member(first if number == 0 else one.start, one.end, one.name, one.id, one.kind) for number, one in enumerate(found)]


def _text(words: Words, start: int, end: int) -> str:
    place: Span = words.span(start, end)
    return clean(place.of(words.text))


def _of_head(words: Words, first: int, match: Match) -> Iterator[Member]:
    """Các Sở: Tài chính, Xây dựng."""
    for start, end, head, key in enumerated(words, first, match.end):
        yield Member(start, end, f"{head} {_text(words, start, end)}", key, AgencyKind.UNIT)


def _of_communes(words: Words, first: int, match: Match) -> Iterator[Member]:
    """UBND các xã: Phú Lương, Võ Nhai. Where xã and phường are named together nobody can tell which is which."""
    area = next((kind for kind in _ONE_KIND if words.words[match.end - len(kind) : match.end] == kind), None)
    if area is None or match.id is None or not match.id.startswith("nhom-"):
        return
    many = match.end - len(area) - 1
    if many <= first or words.words[many] != "các":
        return
    head, noun = _text(words, first, many), _text(words, many + 1, match.end)
    for start, end in place_names(words, match.end):
        key = f"{match.id.removeprefix('nhom-')}:{' '.join((*area, *words.words[start:end]))}"
        yield Member(start, end, f"{head} {noun} {_text(words, start, end)}", key, AgencyKind.UNIT)


def _of_same_kind(words: Words, first: int, match: Match, extra: Trie[str]) -> Iterator[Member]:
    """Các Quỹ: Quỹ Bảo vệ môi trường, Quỹ Đầu tư phát triển: each begins with the group's own noun."""
    noun = words.words[first + 1 : match.end]
    at = match.end + 1
    if words.words[first] != "các" or words.words[match.end : at] != (":",):
        return
    while words.words[at : at + len(noun)] == noun and words.capital(at):
        one = match_at(words, at, extra)
        if one is None or one.kind is AgencyKind.GROUP or one.id == "-":
            return
        yield Member(at, one.end, _text(words, at, one.end), one.id, one.kind)
        at = one.end
        while at < len(words) and words.words[at] in _MARKS:
            at += 1
