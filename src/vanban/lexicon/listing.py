"""How a list of bodies is divided: marks between names, names that the lexicon does not know, clauses that narrow a group."""

import re

from vanban.lexicon.folding import Words
from vanban.lexicon.groups import qualifiers
from vanban.lexicon.matching import Match, match_at
from vanban.lexicon.tables import word_trie
from vanban.lexicon.trie import Trie
from vanban.reading import AgencyKind

_ALWAYS = frozenset({",", ";", "\t", "|", "•", "·"})
_MARKS = _ALWAYS | {"và", "-", "+", ".", ":", "*", "/", "("}
_POLITE = ("đề", "nghị")
_BULLETS = frozenset({"-", "+", "*"})
_OF = frozenset({"của", "thuộc", "cho", "với", "tại", "ở", "do", "về", "theo", "cùng"})
_CLAUSE = frozenset(
    {"có", "do", "được", "thuộc", "trên", "nơi", "tham", "hoạt", "quản", "trong", "liên", "nêu", "tại", "ở", "đã", "đến"}
)
_ACTS = re.compile(
    r"\b(?:chủ trì|phối hợp|có trách nhiệm|theo chức năng|chủ động|căn cứ|tiếp tục|tổ chức thực hiện|chỉ đạo|báo cáo|rà soát|tham mưu|xây dựng"
    r"|chịu trách nhiệm|triển khai)\b"
)
_ONE_WORD = frozenset(
    {("phòng", "chống"), ("bệnh", "chữa"), ("khám", "chữa"), ("cháy", "chữa"), ("nạn", "cứu"), ("chính", "tiền")}
)
_MOST_CLAUSE_WORDS = 25
_MOST_NAME_WORDS = 14
_MOST_BRACKET_WORDS = 60


def skip(words: Words, at: int, *, polite: bool = True) -> int:
    """Past marks and brackets between names, titles of persons, and (``polite``) "Đề nghị", "Giao"."""
    leads = word_trie("title", "polite") if polite else word_trie("title")
    while at < len(words):
        lead = leads.longest(words.words, at)
        if lead is not None and _is_office(words, at, lead[0]):
            return at
        if lead is not None and lead[0] < len(words) and words.words[lead[0]] not in _MARKS:
            at = lead[0] + (words.words[lead[0]] in {"của", "với"})
        elif words.words[at] == "(":
            at = past_bracket(words, at)
        elif words.words[at] in _MARKS or (words.words[at] == "đề" and words.words[at : at + 2] != _POLITE):
            at += 1
        else:
            return at
    return at


def _is_office(words: Words, at: int, end: int) -> bool:
    """Whether the title is a part of who is meant: "trưởng thôn", "bí thư chi bộ"."""
    named = word_trie("noun", "actor").longest(words.words, at)
    return named is not None and named[0] > end


def past_bracket(words: Words, at: int) -> int:
    """The word after the bracket that closes the one at ``at``; the next word where none closes it."""
    depth = 0
    for index in range(at, min(len(words), at + _MOST_BRACKET_WORDS)):
        depth += (words.words[index] == "(") - (words.words[index] == ")")
        if depth == 0:
            return index + 1
    return at + 1


def _divides(words: Words, at: int) -> bool:
    """Whether a new name may begin after this word: a comma, "và", a full stop; a dash only at the head of its line."""
    word = words.words[at]
    if word == "," and words.words[at - 1 : at] + words.words[at + 1 : at + 2] in _ONE_WORD:
        return False
    if word in _ALWAYS:
        return True
    if word == ".":
        return not (at + 1 < len(words) and words.starts[at + 1] == words.ends[at])
    if word in _BULLETS:
        return at > 0 and "\n" in words.text[words.ends[at - 1] : words.starts[at]]
    return False


def as_written(words: Words, first: int, extra: Trie[str]) -> Match:
    """An unknown name: up to a comma, semicolon, tab, full stop or a known name."""
    end = first + 1
    while end < len(words) and (not _divides(words, end) or _goes_on(words, first, end)):
        if words.words[end] == "(":
            end = past_bracket(words, end)
            continue
        if words.words[end] == "và" and end + 1 < len(words) and match_at(words, end + 1, extra):
            break
        end += 1
    return Match(end, None, AgencyKind.UNKNOWN)


def _goes_on(words: Words, first: int, comma: int) -> bool:
    """Whether the name goes on after the comma: "Trung tâm Khuyến công, tư vấn và xúc tiến" - small letters, no body, no act."""
    at = comma + 1
    if words.words[comma] != "," or at >= len(words) or not words.words[at].isalpha() or words.capital(at):
        return False
    if not words.capital(first) or word_trie("open").longest(words.words, first) is None:
        return False
    body = word_trie("noun", "open", "actor", "quantifier", "area", "level", "polite", "title").longest(words.words, at)
    return body is None and not _ACTS.match(" ".join(words.words[at : at + 3])) and words.words[at] not in _CLAUSE


def whole(words: Words, at: int, match: Match, extra: Trie[str]) -> Match:
    """``match``, which begins at word ``at``, with the words up to the next division that belong to it.

    A known name followed by more words is another, unknown name; a group followed by a clause is narrowed by it.
    """
    end = _to_division(words, at, match, extra)
    if end == match.end:
        return match
    if match.kind is AgencyKind.GROUP:
        end = _clause_end(words, match.end, end, extra)
    end = max(end, qualifiers(words, end))
    kind = match.kind if match.kind is AgencyKind.GROUP else AgencyKind.UNKNOWN
    return Match(end, match.id if match.kind is not AgencyKind.UNIT else None, kind)


def _to_division(words: Words, first: int, match: Match, extra: Trie[str]) -> int:
    end = match.end
    open_name = match.kind is AgencyKind.UNKNOWN
    while (
        end < len(words)
        and (not _divides(words, end) or (open_name and _goes_on(words, first, end)))
        and words.words[end] not in {"(", ":"}
    ):
        if words.words[end] == "và" and _divides_at_and(words, end, match, extra):
            break
        if match.kind is not AgencyKind.GROUP and word_trie("quantifier").longest(words.words, end):
            break
        if match.kind is not AgencyKind.UNKNOWN and _begins_another(words, end, match, extra):
            break
        end += 1
    return end


def _divides_at_and(words: Words, at: int, match: Match, extra: Trie[str]) -> bool:
    """Whether "và" divides: not not inside an unknown name: "Trung tâm Thông tin và Hội nghị"."""
    return match.kind is not AgencyKind.UNKNOWN or at + 1 >= len(words) or match_at(words, at + 1, extra) is not None


def _begins_another(words: Words, at: int, one: Match, extra: Trie[str]) -> bool:
    """Whether another known body begins here, the comma before it left out: "Các bộ, ngành Ủy ban nhân dân cấp tỉnh"."""
    if words.words[at - 1] in _OF:
        return False
    other = match_at(words, at, extra)
    if other is None or other.id == "-" or other.kind is AgencyKind.UNKNOWN:
        return False
    return words.capital(at) or (one.kind is AgencyKind.UNIT and other.kind is AgencyKind.GROUP)


def _clause_end(words: Words, start: int, end: int, extra: Trie[str]) -> int:
    """The end of a clause with commas inside: "… được cấp giấy phép thăm dò, khai thác khoáng sản"."""
    if words.words[start] not in _CLAUSE and not any(word in _CLAUSE for word in words.words[start:end]):
        return end
    while end + 1 < len(words) and words.words[end] == "," and match_at(words, end + 1, extra) is None:
        if words.capital(end + 1) and not words.shouted(end + 1):
            break
        end += 1
        while end < len(words) and not _divides(words, end) and words.words[end] not in {"và", "(", ":"}:
            end += 1
    return end


def narrows(words: Words, at: int, match: Match) -> bool:
    """Whether the rest of a heading only narrows its last body: "UBND các xã có cụm công nghiệp", "Bệnh viện Y Dược cổ truyền"."""
    rest = words.words[at:]
    if len(rest) > _MOST_CLAUSE_WORDS or _ACTS.search(" ".join(rest)):
        return False
    if match.kind is AgencyKind.UNKNOWN:
        return at == match.end and len(rest) <= _MOST_NAME_WORDS and ":" not in rest and words.words[at] not in {"do", "là"}
    return match.kind is AgencyKind.GROUP and rest[0] in _CLAUSE
