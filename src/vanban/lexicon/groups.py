"""Groups of bodies ("Các sở, ban, ngành, địa phương liên quan", "UBND các xã, phường"), read by a small grammar.

``group := quantifier? noun (join noun)* qualifier*`` and
``of area := head quantifier? area (join area)* qualifier*``, where a head is UBND, HĐND, Công an …
"""

from vanban.lexicon.folding import Words
from vanban.lexicon.tables import province_trie, word_trie

_JOINS = frozenset({",", "và", "/", "hoặc"})
_APART = frozenset({("cơ", "sở"), ("chính", "quyền"), ("lực", "lượng")})
_LONG_NOUN = 4
_WORKING = frozenset({("cá", "nhân"), ("tổ", "chức"), ("cơ", "sở"), ("gia", "đình")})
_PLACES = frozenset(
    {"tỉnh", "thành", "phố", "huyện", "thị", "xã", "quận", "phường", "trấn", "đặc", "khu", "thôn", "bản", "tổ", "dân", ",", "và"}
)
_SYLLABLES = frozenset(
    {"bộ", "hội", "xã", "trường", "sở", "ban", "ngành", "tỉnh", "huyện", "phường", "bản", "phòng", "quận", "thôn"}
)
_BEFORE = frozenset(
    {
        "với",
        "của",
        "cho",
        "giao",
        "tại",
        "từ",
        "và",
        "đến",
        "ở",
        "gửi",
        "về",
        "bởi",
        "do",
        "là",
        "cùng",
        "theo",
        "giữa",
        "thuộc",
        "nghị",
        "cầu",
    }
    | {"đạo", "hợp", "mỗi", "hai", "số", "nhiều", "hoặc", "trưởng", "trì", "dẫn", "đốc", "thúc", "nhắc", "để", "thì"}
)
_FIRST_OF_ALL = frozenset({"cấp", "ngành", "cấp ủy"})


def match_group(words: Words, first: int) -> int | None:
    """The end of the group that begins at word ``first``; None where there is none.

    A single noun is a group only after a quantifier, before a qualifier, or where it is of four words or more
    ("cơ sở khám bệnh, chữa bệnh"); "địa phương" alone is prose.
    """
    quantified = word_trie("quantifier").longest(words.words, first)
    at = quantified[0] if quantified else first
    levels = words.words[at : at + 1] == ("cấp",)
    listed = _nouns(words, at, every=levels)
    if listed is None:
        return None
    end, count = listed
    qualified = qualifiers(words, _activities(words, end))
    if levels and end == at + 1 and words.words[end : end + 3] != ("có", "thẩm", "quyền"):
        return None
    if quantified is None and not _stands_alone(words, at, end, count, qualified):
        return None
    return qualified


def _stands_alone(words: Words, first: int, end: int, count: int, qualified: int) -> bool:
    """Whether nouns without "các" are a group: two of them, a qualifier, or a long noun; not places, not the end of another word."""
    if count < 2 and qualified == end and end - first < _LONG_NOUN:
        return False
    if all(word in _PLACES for word in words.words[first:end]):
        return False
    short = words.words[first] in _SYLLABLES and word_trie("noun").longest(words.words, first) == (first + 1, "noun")
    return not short or first == 0 or words.words[first - 1] in _BEFORE or not words.words[first - 1].isalpha()


def _nouns(words: Words, first: int, *, every: bool) -> tuple[int, int] | None:
    """The end of a row of nouns and how many they are. ``every``: "các cấp, các ngành", where each has its quantifier."""
    end = _noun(words, first) or (first + 1 if every else None)
    if end is None:
        return None
    count = 1
    while True:
        following = _joined(words, end)
        if following is None or _stands_apart(words, first, end, following):
            return end, count
        if every and words.words[following] == "các":
            following += 1
        longer = _noun(words, following)
        if longer is None:
            return end, count
        end, count = longer, count + 1


def _activities(words: Words, end: int) -> int:
    """The end of what those of a group live by: "tổ chức, cá nhân chăn nuôi, giết mổ"; ``end`` where nothing is told."""
    at = end
    if words.words[end - 2 : end] not in _WORKING:
        return end
    while (found := word_trie("activity", "stop").longest(words.words, at)) is not None and found[1] == "activity":
        end = found[0]
        at = _joined(words, end) or len(words)
    return end


def _stands_apart(words: Words, first: int, end: int, following: int) -> bool:
    """Whether what follows is a group of its own: after "… liên quan", or beside "cơ sở …", "chính quyền …" another kind of body."""
    kind, other = words.words[first : first + 2], words.words[following : following + 2]
    apart = kind != other and (kind in _APART or other == ("cộng", "đồng"))
    return apart or words.words[end - 2 : end] == ("liên", "quan")


def _joined(words: Words, end: int) -> int | None:
    """The word after one or two joining marks (", và")."""
    at = end
    while at < len(words) and at < end + 2 and words.words[at] in _JOINS:
        at += 1
    return at if end < at < len(words) else None


def _noun(words: Words, at: int) -> int | None:
    found = word_trie("noun", "stop").longest(words.words, at)
    if found is None or found[1] == "stop" or _names_a_body(words, at, found[0]):
        return None
    return found[0]


def _names_a_body(words: Words, at: int, end: int) -> bool:
    """Whether the noun is the first word of a proper name: "Bộ Tài chính", "Sở Y tế"."""
    return end < len(words) and end - at == 1 and words.words[at] in {"bộ", "sở"} and words.capital(end) and not words.shouted(at)


def qualifiers(words: Words, first: int) -> int:
    """The end of the qualifiers that begin at ``first`` ("có liên quan", "trên địa bàn tỉnh", "thuộc UBND tỉnh")."""
    at = first
    for _ in range(4):
        longer = max(_qualifier(words, at), _place(words, at))
        if longer == at:
            break
        at = longer
    return at


def _qualifier(words: Words, at: int) -> int:
    found = word_trie("qualifier").longest(words.words, at)
    return place_name(words, found[0]) if found else at


def _place(words: Words, at: int) -> int:
    """The end of "trên địa bàn tỉnh Lạng Sơn", "tỉnh"; ``at`` where there is none."""
    where = word_trie("where").longest(words.words, at)
    start = where[0] if where else at
    place = word_trie("place").longest(words.words, start)
    if place is None:
        return where[0] if where and where[0] - at > 1 else at
    if where is None and words.words[at] != "tỉnh":
        return at
    return place_name(words, place[0])


def place_name(words: Words, at: int) -> int:
    """The end of a province's name at ``at``, after ``tỉnh`` or without it; ``at`` where there is none."""
    start = at
    if words.words[at - 1 : at] != ("tỉnh",):
        if words.words[at : at + 1] == ("tỉnh",):
            start = at + 1
        elif words.words[at : at + 2] == ("thành", "phố"):
            start = at + 2
    found = province_trie().longest(words.words, start)
    if found is not None and words.capital(start):
        return found[0]
    return start if start == at + 1 and words.words[at] == "tỉnh" else at


def match_area(words: Words, first: int) -> tuple[int, bool] | None:
    """What follows UBND, HĐND, Công an … : the end, and whether it is a group ("các xã, phường", "cấp xã") or one body ("xã Mai Sao").

    None where no area follows.
    """
    trie = word_trie("level", "area")
    quantified = word_trie("quantifier").longest(words.words, first)
    at = quantified[0] if quantified else first
    found = trie.longest(words.words, at) or trie.longest(words.words, first)
    if found is None:
        return None
    end, part = found
    named = _proper(words, end) if part == "area" and quantified is None else end
    if named > end:
        return named, False
    several = quantified is not None or part == "level"
    while (following := _joined(words, end)) is not None:
        if words.words[following] == "các":
            following += 1
        more = trie.longest(words.words, following)
        if more is None:
            break
        end, several = more[0], True
    return (qualifiers(words, end), True) if several else (end, False)


def _proper(words: Words, first: int) -> int:
    """The end of a proper name of one to four capitalised words; a province's name first."""
    province = province_trie().longest(words.words, first)
    if province is not None and words.capital(first):
        return province[0]
    end = first
    while end < len(words) and end < first + 4 and words.words[end].isalnum() and words.capital(end) and not words.shouted(end):
        end += 1
    if end == first and words.words[first : first + 1] and words.words[first].isdigit():
        return first + 1
    return end
