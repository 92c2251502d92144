"""Agencies and groups of agencies in a text: by the lexicon, by the grammar of groups, or as written and unknown.

Sources: Decree 30/2020, Decree 150/2025 (provincial departments), Resolution 202/2025/QH15 (two tiers of government).
"""

from dataclasses import dataclass

from vanban.lexicon.folding import Words, clean, words_of
from vanban.lexicon.listing import as_written, narrows, skip, whole
from vanban.lexicon.matching import Match, beginnings, extra_trie, match_at
from vanban.lexicon.members import Member, members_of
from vanban.lexicon.trie import Trie
from vanban.reading import AgencyKind
from vanban.spans import Span


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """An agency or group where it is named. ``name``: as written, on one line, without a person's title in front."""

    span: Span
    name: str
    id: str | None
    kind: AgencyKind


def find_agencies(text: str, span: Span, extra_names: tuple[str, ...] = ()) -> list[AgencyMention]:
    """Every known body or group that ``span`` names, in order, not overlapping, the longest first."""
    words = words_of(text, span)
    return _scan(words, extra_trie(extra_names))


def _scan(words: Words, extra: Trie[str]) -> list[AgencyMention]:
    found: list[AgencyMention] = []
    taken = 0
    for at in beginnings(words, extra):
        match = match_at(words, at, extra) if at >= taken else None
        if match is None:
            continue
        members = members_of(words, at, match, extra)
        if members:
            found.extend(_told(words, member) for member in members)
            taken = members[-1].end
            continue
        if match.id != "-":
            found.append(_mention(words, at, match))
        taken = match.end
    return found


def _told(words: Words, member: Member) -> AgencyMention:
    return AgencyMention(words.span(member.start, member.end), member.name, member.id, member.kind)


def _mention(words: Words, first: int, match: Match) -> AgencyMention:
    place = words.span(first, match.end)
    return AgencyMention(place, clean(place.of(words.text)), match.id, match.kind)


def parse_agency_list(text: str, span: Span, extra_names: tuple[str, ...] = ()) -> list[AgencyMention]:
    """The bodies of a stretch that is a list of them (a "Chủ trì:" value, a table cell, a heading).

    Divided at ``,`` ``;`` ``và`` and line ends between names, never inside a known name or a group; what the lexicon
    does not know is kept as written, with kind UNKNOWN. What stands in brackets after a known name is left out.
    """
    words = words_of(text, span)
    extra = extra_trie(extra_names)
    found: list[AgencyMention] = []
    at = skip(words, 0)
    while at < len(words):
        match = match_at(words, at, extra) or as_written(words, at, extra)
        members = members_of(words, at, match, extra)
        if members:
            found.extend(_told(words, member) for member in members)
            at = skip(words, members[-1].end)
            continue
        match = whole(words, at, match, extra)
        if match.id != "-":
            found.append(_mention(words, at, match))
        at = skip(words, match.end)
    return found


def is_agency_heading(text: str, span: Span) -> bool:
    """Whether a heading is the name of an agency or group, or several: "Sở Y tế", "Đề nghị Báo và Đài …", "UBND các xã, phường"."""
    words = words_of(text, span.trim(text, " \t\n\f.:;,*"))
    at, extra = skip(words, 0), extra_trie(())
    last: Match | None = None
    while at < len(words):
        match = match_at(words, at, extra)
        if match is None or match.id == "-":
            return last is not None and narrows(words, at, last)
        last = match
        members = members_of(words, at, match, extra)
        at = skip(words, members[-1].end if members else match.end, polite=False)
    return last is not None
