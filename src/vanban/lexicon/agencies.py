"""Agencies and groups of agencies in a text: by the lexicon, by the grammar of groups, or as written and unknown.

Sources: Decree 30/2020, Decree 150/2025 (provincial departments), Resolution 202/2025/QH15 (two tiers of government).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from vanban.lexicon.folding import Words, clean, words_of
from vanban.lexicon.groups import match_area, match_group, place_name, qualifiers
from vanban.lexicon.tables import AgencyEntry, agency_trie, phrase, variants, word_trie
from vanban.lexicon.trie import Trie
from vanban.reading import AgencyKind
from vanban.spans import Span

_NUMBER = re.compile(r"\d{1,2}|[ivx]{1,5}")
_OF_PROVINCE = {"ubnd-tinh": "ubnd", "hdnd-tinh": "hdnd"}
_ALONE = frozenset({"ubnd", "hdnd", "hdnd-ubnd"})


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """An agency or group where it is named. ``name``: as written, on one line, without a person's title in front."""

    span: Span
    name: str
    id: str | None
    kind: AgencyKind


@dataclass(frozen=True, slots=True)
class _Match:
    end: int
    id: str | None
    kind: AgencyKind


def find_agencies(text: str, span: Span, extra_names: tuple[str, ...] = ()) -> list[AgencyMention]:
    """Every known body or group that ``span`` names, in order, not overlapping, the longest first."""
    words = words_of(text, span)
    return _scan(words, _extra(extra_names))


def _scan(words: Words, extra: Trie[str]) -> list[AgencyMention]:
    found: list[AgencyMention] = []
    at = 0
    while at < len(words):
        match = _match(words, at, extra)
        if match is None:
            at += 1
            continue
        if match.id != "-":
            found.append(_mention(words, at, match))
        at = match.end
    return found


def _mention(words: Words, first: int, match: _Match) -> AgencyMention:
    place = words.span(first, match.end)
    return AgencyMention(place, clean(place.of(words.text)), match.id, match.kind)


@lru_cache(maxsize=16)
def _extra(names: tuple[str, ...]) -> Trie[str]:
    return Trie((variant, name) for name in names for variant in variants(phrase(name)))


def _match(words: Words, at: int, extra: Trie[str]) -> _Match | None:
    """The longest body or group that begins at word ``at``."""
    named = extra.longest(words.words, at)
    candidates = [
        _Match(named[0], None, AgencyKind.UNIT) if named else None,
        _match_unit(words, at),
        _match_group(words, at),
    ]
    return max((c for c in candidates if c), key=lambda c: c.end, default=None)


def _match_group(words: Words, at: int) -> _Match | None:
    end = match_group(words, at)
    if end is None:
        return None
    over = end + (words.words[end : end + 1] == ("trực",))
    if words.words[over : over + 1] == ("thuộc",):
        owner = _match_unit(words, over + 1)
        end = owner.end if owner and owner.id != "-" else end
    return _Match(end, None, AgencyKind.GROUP)


def _match_unit(words: Words, at: int) -> _Match | None:
    found = agency_trie().longest(words.words, at)
    if found is None or not _looks_named(words, at, found[0]):
        return None
    end, entry = found
    if entry.id in _OF_PROVINCE:
        area = match_area(words, end - 1)
        if area is not None and area[1] and area[0] > end:
            return _Match(area[0], f"nhom-{_OF_PROVINCE[entry.id]}", AgencyKind.GROUP)
    if entry.tail == "u":
        return _match_of_area(words, end, entry)
    if entry.tail == "p":
        end = _with_province(words, end)
    elif entry.tail in {"k", "n"}:
        end = _with_number(words, end)
    return _Match(end, entry.id, AgencyKind.UNIT)


def _looks_named(words: Words, first: int, end: int) -> bool:
    """Whether it is written as a name: a capital somewhere, or three words; one word only in capitals, and not inside a symbol."""
    if end - first == 1:
        return words.shouted(first) and not _in_symbol(words, first)
    return end - first > 2 or any(words.capital(i) for i in range(first, end))


def _in_symbol(words: Words, at: int) -> bool:
    """Whether the word is a part of a document's symbol: 2052/SYT-XH."""
    before = at > 0 and words.ends[at - 1] == words.starts[at] and words.words[at - 1] in {"/", "-"}
    after = at + 1 < len(words) and words.starts[at + 1] == words.ends[at] and words.words[at + 1] in {"/", "-"}
    return before or (after and at > 0 and words.words[at - 1] == "/")


def _match_of_area(words: Words, end: int, entry: AgencyEntry) -> _Match | None:
    area = match_area(words, end)
    if area is None:
        return _Match(end, entry.id, AgencyKind.UNIT) if entry.id in _ALONE else None
    last, several = area
    if several:
        return _Match(last, f"nhom-{entry.id}", AgencyKind.GROUP)
    return _Match(last, f"{entry.id}:{' '.join(words.words[end:last])}", AgencyKind.UNIT)


def _with_province(words: Words, end: int) -> int:
    return place_name(words, end)


def _with_number(words: Words, end: int) -> int:
    if end < len(words) and _NUMBER.fullmatch(words.words[end]):
        return end + 1
    return end


def parse_agency_list(text: str, span: Span, extra_names: tuple[str, ...] = ()) -> list[AgencyMention]:
    """The bodies of a stretch that is a list of them (a "Chủ trì:" value, a table cell, a heading).

    Divided at ``,`` ``;`` ``và`` and line ends between names, never inside a known name or a group; what the lexicon
    does not know is kept as written, with kind UNKNOWN.
    """
    words = words_of(text, span)
    extra = _extra(extra_names)
    found: list[AgencyMention] = []
    at = 0
    while at < len(words):
        at = _skip(words, at)
        if at >= len(words):
            break
        match = _match(words, at, extra) or _as_written(words, at, extra)
        match = _whole(words, match, extra)
        if match.id != "-":
            found.append(_mention(words, at, match))
        at = match.end
    return found


_BETWEEN = frozenset({",", ";", "và", "-", "+", ".", ":", "*", "\t", "/", "•", "·", "đề", "|"})


def _skip(words: Words, at: int) -> int:
    """Past marks between names, "Đề nghị", "Giao" and titles of persons."""
    while at < len(words):
        lead = word_trie("title", "polite").longest(words.words, at)
        if lead is not None and lead[0] < len(words) and words.words[lead[0]] not in _BETWEEN:
            at = lead[0]
            if words.words[at] == "của":
                at += 1
        elif words.words[at] in _BETWEEN and words.words[at : at + 2] != ("đề", "nghị"):
            at += 1
        else:
            return at
    return at


def _as_written(words: Words, first: int, extra: Trie[str]) -> _Match:
    """An unknown name: up to a comma, semicolon, tab, full stop or a known name."""
    end = first + 1
    while end < len(words) and words.words[end] not in {",", ";", "\t", "|", "•"}:
        if words.words[end] == "." and not _inside(words, end):
            break
        if words.words[end] == "và" and end + 1 < len(words) and _match(words, end + 1, extra):
            break
        end += 1
    return _Match(end, None, AgencyKind.UNKNOWN)


def _inside(words: Words, at: int) -> bool:
    """Whether a full stop stands inside a name ("TP.HCM", "Phòng P.Thh")."""
    return at + 1 < len(words) and words.starts[at + 1] == words.ends[at]


def _whole(words: Words, match: _Match, extra: Trie[str]) -> _Match:
    """``match`` with the words up to the next division that belong to it: a known name followed by more words is another name."""
    end = match.end
    while end < len(words) and words.words[end] not in _BETWEEN:
        if match.kind is not AgencyKind.GROUP and word_trie("quantifier").longest(words.words, end):
            break
        if match.kind is not AgencyKind.UNKNOWN and _begins_another(words, end, match, extra):
            break
        end += 1
    if end == match.end:
        return match
    end = max(end, qualifiers(words, end))
    return _Match(
        end,
        match.id if match.kind is not AgencyKind.UNIT else None,
        match.kind if match.kind is AgencyKind.GROUP else AgencyKind.UNKNOWN,
    )


_OF = frozenset({"của", "thuộc", "cho", "với", "tại", "ở", "do", "về", "theo", "cùng"})


def _begins_another(words: Words, at: int, one: _Match, extra: Trie[str]) -> bool:
    """Whether another known body begins here, the comma before it left out: "Các bộ, ngành Ủy ban nhân dân cấp tỉnh"."""
    if words.words[at - 1] in _OF:
        return False
    other = _match(words, at, extra)
    return (
        other is not None
        and other.id != "-"
        and (words.capital(at) or (one.kind is AgencyKind.UNIT and other.kind is AgencyKind.GROUP))
    )


_CLAUSE = frozenset(
    {"có", "do", "được", "thuộc", "trên", "nơi", "tham", "hoạt", "quản", "trong", "liên", "nêu", "tại", "ở", "đã", "("}
)
_ACTS = re.compile(
    r"\b(?:chủ trì|phối hợp|có trách nhiệm|theo chức năng|chủ động|căn cứ|tiếp tục|tổ chức thực hiện|chỉ đạo|báo cáo|thực hiện|rà soát|tham mưu|xây dựng)\b"
)


def is_agency_heading(text: str, span: Span) -> bool:
    """Whether a heading is the name of an agency or group, or several: "Sở Y tế", "Đề nghị Báo và Đài …", "UBND các xã, phường"."""
    words = words_of(text, span.trim(text, " \t\n\f.:;,*"))
    at = _skip(words, 0)
    last: AgencyMention | None = None
    while at < len(words):
        match = _match(words, at, _extra(()))
        if match is None or match.id == "-":
            return last is not None and _is_clause(words, at, last)
        last = _mention(words, at, match)
        at = _skip(words, match.end)
    return last is not None


def _is_clause(words: Words, at: int, last: AgencyMention) -> bool:
    """Whether the rest of a heading only narrows its last group: "UBND các xã có cụm công nghiệp"."""
    rest = words.words[at:]
    if len(rest) > 25 or rest[0] not in _CLAUSE or (last.kind is not AgencyKind.GROUP and rest[0] != "("):
        return False
    return _ACTS.search(" ".join(rest)) is None
