"""What body or group begins at a word: by the lexicon, by the grammar of groups, or by a head word such as "Bệnh viện"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from vanban.lexicon.folding import Words
from vanban.lexicon.groups import match_area, match_group, place_name, qualifiers
from vanban.lexicon.places import at_commune, of_place, place_names, proper_name
from vanban.lexicon.tables import AgencyEntry, Phrase, agency_trie, phrase, rows, variants, word_trie
from vanban.lexicon.trie import Trie
from vanban.reading import AgencyKind

_NUMBER = re.compile(r"\d{1,2}|[ivx]{1,5}")
_OF_PROVINCE = {"ubnd-tinh": "ubnd", "hdnd-tinh": "hdnd"}
_ALONE = frozenset({"ubnd", "hdnd", "hdnd-ubnd", "tram-y-te", "chqs-xa"})
_OF_COMMUNE = frozenset({"hnd", "hlhpn", "hccb", "hctd", "hnct", "tinh-doan", "ldld", "thads", "pctinh"})
_FRONT = frozenset({"mttq", "mttq-tinh"})
_SOCIAL = ("tổ chức chính trị - xã hội", "đoàn thể chính trị - xã hội", "tổ chức thành viên", "tổ chức chính trị xã hội")
_MOST_OPEN_WORDS = 16
_JOINING = frozenset({"và", "-", "các", "về", "của"})
_OPEN_ENDS = frozenset({"tỉnh", "huyện", "thành"})
_VERBS = frozenset(
    {
        "chủ",
        "phối",
        "có",
        "thực",
        "tổ",
        "xây",
        "báo",
        "triển",
        "tham",
        "tiếp",
        "chịu",
        "phải",
        "rà",
        "hướng",
        "kiểm",
        "đề",
        "được",
        "đã",
    }
    | {
        "sẽ",
        "theo",
        "trên",
        "căn",
        "cung",
        "tăng",
        "đẩy",
        "thường",
        "và",
        "là",
        "để",
        "cho",
        "gửi",
        "tại",
        "trong",
        "khi",
        "nếu",
        "không",
    }
    | {"do", "với", "của"}
)


_COMPOUNDS = frozenset(
    {
        ("đăng", "kiểm"),
        ("phát", "triển"),
        ("công", "báo"),
        ("xúc", "tiến"),
        ("giám", "định"),
        ("cơ", "khí"),
        ("bảo", "đảm"),
        ("hội", "tụ"),
    }
)
_ANOTHER = frozenset({"các", "bộ", "sở", "ubnd", "ủy", "cơ", "thời"})


@dataclass(frozen=True, slots=True)
class Match:
    """A body or group from some word up to, not with, word ``end``. Id ``-``: a phrase that only looks like one."""

    end: int
    id: str | None
    kind: AgencyKind


@lru_cache(maxsize=16)
def extra_trie(names: tuple[str, ...]) -> Trie[str]:
    """The caller's own names of bodies, with their short forms."""
    return Trie((variant, name) for name in names for variant in variants(phrase(name)))


def beginnings(words: Words, extra: Trie[str]) -> list[int]:
    """The words at which a body or group may begin: most words of a text are none."""
    first = _first_words() | frozenset(extra.firsts())
    return [at for at, word in enumerate(words.words) if word in first]


def match_at(words: Words, at: int, extra: Trie[str]) -> Match | None:
    """The longest body or group that begins at word ``at``."""
    if words.words[at] not in _first_words() and not extra.begins(words.words[at]):
        return None
    named = extra.longest(words.words, at)
    candidates = [
        Match(named[0], None, AgencyKind.UNIT) if named else None,
        _match_unit(words, at),
        _match_group(words, at) if words.words[at] in _group_words() else None,
        _match_actor(words, at),
    ]
    known = max((c for c in candidates if c), key=lambda c: c.end, default=None)
    opened = _match_open(words, at)
    if opened is None or (known and (opened.end <= known.end or _ends_its_line(words, known.end))):
        return known
    return opened


def _ends_its_line(words: Words, end: int) -> bool:
    """Whether a known name is followed by a line of its own: "Sở Y tế⏎Mở chuyên mục …" names Sở Y tế."""
    return end < len(words) and words.new_line(end)


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    """Every word that a body or group may begin with: most words of a text are none."""
    parts = ("quantifier", "noun", "actor", "open")
    return frozenset(agency_trie().firsts()) | frozenset(word for part in parts for word in word_trie(part).firsts()) | {"cấp"}


@lru_cache(maxsize=1)
def _group_words() -> frozenset[str]:
    """The words that a group may begin with."""
    return frozenset(word for part in ("quantifier", "noun") for word in word_trie(part).firsts()) | {"cấp", "các"}


def _match_group(words: Words, at: int) -> Match | None:
    if words.words[at : at + 1] == ("các",) and any(enumerated(words, at, at + 2)):
        return Match(at + 2, None, AgencyKind.GROUP)
    end = match_group(words, at)
    if end is None:
        return None
    over = end + (words.words[end : end + 1] == ("trực",))
    if words.words[over : over + 1] == ("thuộc",):
        owner = _match_unit(words, over + 1)
        end = owner.end if owner and owner.id != "-" else end
    return Match(end, None, AgencyKind.GROUP)


def _match_actor(words: Words, at: int) -> Match | None:
    """One noun that names who acts, at the head of a clause: "Chủ đầu tư"."""
    found = word_trie("actor").longest(words.words, at)
    if found is None or not words.capital(at):
        return None
    return Match(qualifiers(words, found[0]), None, AgencyKind.GROUP)


def _match_unit(words: Words, at: int) -> Match | None:
    found = agency_trie().longest(words.words, at)
    if found is None:
        return None
    end, entry = found
    if entry.tail == "u" or entry.id in _OF_PROVINCE or entry.id == "mttq":
        of_area = _match_of_area(words, end, entry)
        if of_area is not None:
            return of_area
    if (entry.tail == "u" and entry.id not in _ALONE) or not _looks_named(words, at, end):
        return None
    return _completed(words, end, entry)


def _completed(words: Words, end: int, entry: AgencyEntry) -> Match:
    """The body with what belongs to its name: its commune, province, number, branch, or the organisations beside the Front."""
    if entry.id in _OF_COMMUNE and at_commune(words, end):
        last = of_place(words, end)
        return Match(last, f"{entry.id}:{' '.join(words.words[end:last])}", AgencyKind.UNIT)
    end = _with_tail(words, end, entry.tail)
    branch = _branch(words, end)
    if branch > end:
        return Match(branch, None, AgencyKind.UNIT)
    if entry.id in _FRONT:
        joined = _with_organisations(words, end)
        if joined is not None:
            return Match(joined, "nhom-mttq", AgencyKind.GROUP)
    return Match(end, entry.id, AgencyKind.UNIT)


def _branch(words: Words, end: int) -> int:
    """The end of "chi nhánh Tây Nguyên", "chi nhánh khu vực 10" after a body's name; ``end`` where there is none."""
    at = end + (words.words[end : end + 1] == ("-",))
    if words.words[at : at + 2] != ("chi", "nhánh"):
        return end
    at += 2
    if words.words[at : at + 2] == ("khu", "vực"):
        return at + 3 if at + 2 < len(words) and _NUMBER.fullmatch(words.words[at + 2]) else at + 2
    named = place_name(words, at)
    return named if named > at else max(end, _name_end(words, at, min(len(words), at + _MOST_OPEN_WORDS)))


def _with_tail(words: Words, end: int, tail: str) -> int:
    """The name with its province, its region's number, or its own proper name, as its kind may have one."""
    if tail == "c":
        area = match_area(words, end)
        return area[0] if area else end
    if tail == "p":
        return place_name(words, end)
    if tail == "o":
        return place_name(words, _zones(words, proper_name(words, end)))
    if tail in {"k", "n"} and end < len(words) and _NUMBER.fullmatch(words.words[end]):
        return end + 1
    return end


def _zones(words: Words, end: int) -> int:
    """The end of "và các KCN", "và các Khu công nghiệp", after the name of an economic zone's board."""
    at = end + 2 if words.words[end : end + 2] == ("và", "các") else end + 1 if words.words[end : end + 1] == ("và",) else end
    for zone in (("khu", "công", "nghiệp"), ("khu", "kinh", "tế"), ("kcn",), ("kkt",)):
        if at > end and words.words[at : at + len(zone)] == zone:
            return at + len(zone)
    return end


def _with_organisations(words: Words, end: int) -> int | None:
    """The end of "… và các tổ chức chính trị - xã hội", which belong to the Fatherland Front since July 2025."""
    at = end + (words.words[end : end + 1] == ("và",))
    if at == end or words.words[at : at + 1] != ("các",):
        return None
    for name in _SOCIAL:
        named = phrase(name)
        if words.words[at + 1 : at + 1 + len(named)] == named:
            return qualifiers(words, at + 1 + len(named))
    return None


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


def _match_of_area(words: Words, end: int, entry: AgencyEntry) -> Match | None:
    """UBND, HĐND, Công an … of communes, districts or provinces: one by its name, or a group."""
    head = _OF_PROVINCE.get(entry.id, entry.id)
    whole = entry.id in _OF_PROVINCE
    area = match_area(words, end - 1 if whole else end)
    if area is None:
        return None
    last, several = area
    if whole and not (several and last > end):
        return None
    if several:
        if _of_several_kinds(words, end, last):
            last = next((stop for _, stop in reversed(place_names(words, last))), last)
        return Match(last, f"nhom-{head}", AgencyKind.GROUP)
    return Match(last, f"{head}:{' '.join(words.words[end:last])}", AgencyKind.UNIT)


def _of_several_kinds(words: Words, first: int, last: int) -> bool:
    """Whether names after [first, last) belong to communes of several kinds: "các xã, phường Sa Pa, Bắc Hà" stays whole."""
    return words.words[first : first + 1] == ("các",) and any(word in {",", "và"} for word in words.words[first:last])


def _match_open(words: Words, at: int) -> Match | None:
    """A body by its head word and proper name, "Trung tâm Khuyến nông tỉnh": known by its form, not to the lexicon."""
    head = word_trie("open", "stop").longest(words.words, at)
    if head is None or head[1] == "stop" or not words.capital(at) or words.shouted(at):
        return None
    if words.words[at] in {"bộ", "sở"} and _is_broken_off(words, at):
        return None
    end = _name_end(words, head[0], min(len(words), at + _MOST_OPEN_WORDS))
    if end == head[0]:
        return None
    return Match(of_place(words, _small_letters(words, end)), None, AgencyKind.UNKNOWN)


def _is_broken_off(words: Words, at: int) -> bool:
    """Whether a known ministry or department begins here and is not whole: "Bộ Khoa học và" in a narrow column."""
    following = words.words[at + 1] if at + 1 < len(words) else ""
    return _named_after()[words.words[at]].begins(following)


def _name_end(words: Words, first: int, limit: int) -> int:
    """The end of a name whose every part begins with a capital: "Khoa học Lao động và Xã hội", "Lạng Sơn"."""
    end = first
    at = first
    while (
        at < limit
        and words.words[at].isalpha()
        and words.capital(at)
        and (words.words[at] not in _VERBS or words.words[at - 1] == "-")
        and not _on_new_line(words, at)
    ):
        end = at + 1
        if end < limit and _is_syllable(words, end) and not (end - first > 1 and words.capital(at - 1)):
            end += 1
        at = end
        joined = at + 1 < limit and words.words[at] in _JOINING and not (words.words[at] == "-" and _on_new_line(words, at))
        if joined and words.capital(at + 1) and not _opens(words, at + 1):
            at += 1
    return end


def _on_new_line(words: Words, at: int) -> bool:
    """Whether the word opens a line, and the word before it does not call for one more: another paragraph, as a rule."""
    if at == 0 or words.words[at - 1] in _JOINING:
        return False
    return "\n" in words.text[words.ends[at - 1] : words.starts[at]]


def _is_syllable(words: Words, at: int) -> bool:
    """Whether it may be the second syllable of a word in a name: in small letters, and no verb."""
    if not words.words[at].isalpha() or words.capital(at):
        return False
    return words.words[at - 1 : at + 1] in _COMPOUNDS or words.words[at] not in _VERBS | _OPEN_ENDS | _JOINING


def _opens(words: Words, at: int) -> bool:
    """Whether another body begins here: "Trung tâm A và Sở Y tế"."""
    return agency_trie().longest(words.words, at) is not None or word_trie("open").longest(words.words, at) is not None


def _small_letters(words: Words, end: int) -> int:
    """Words in small letters that still belong to a name, where "tỉnh" ends them: "Kiểm soát bệnh tật tỉnh"."""
    for last in range(end, min(len(words), end + 5)):
        if words.words[last] in _OPEN_ENDS:
            return last
        if not words.words[last].isalpha() or words.capital(last) or _is_verb(words, last):
            break
    return end


def _is_verb(words: Words, at: int) -> bool:
    """Whether a verb begins or ends here, and no word of names such as "phát triển"."""
    return words.words[at] in _VERBS and words.words[at - 1 : at + 1] not in _COMPOUNDS


@lru_cache(maxsize=1)
def _named_after() -> dict[str, Trie[str]]:
    """The names of ministries and departments without their head ("bộ" → Tài chính, Nội vụ)."""
    named: dict[str, list[tuple[Phrase, str]]] = {"bộ": [], "sở": []}
    for row in rows("agencies"):
        for name in [row["name"], *filter(None, row["aliases"].split(";"))]:
            head, *rest = phrase(name)
            if head in named and rest:
                named[head].extend(
                    (variant[1:], row["id"]) for variant in variants(phrase(name)) if variant[0] == head and variant[1:]
                )
    return {head: Trie(names) for head, names in named.items()}


def enumerated(words: Words, first: int, end: int) -> Iterator[tuple[int, int, str, str]]:
    """The members of "các Bộ: Tài chính, Nội vụ", after the group at [first, end): first word, end, head and id of each."""
    head = next((word for word in words.words[first:end] if word in {"bộ", "sở"}), None)
    if head is None or end >= len(words):
        return
    at = end + 1 if words.words[end] == ":" else end
    while at < len(words) and words.capital(at):
        found = _named_after()[head].longest(words.words, at)
        if found is None:
            return
        yield at, found[0], head.capitalize(), found[1]
        at = found[0]
        while at < len(words) and words.words[at] in {",", "và"}:
            at += 1
