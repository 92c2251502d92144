"""Places after the name of a body: a commune, a proper name, and proper names in a row ("Phú Lương, Võ Nhai và Đồng Hỷ")."""

from vanban.lexicon.folding import Words
from vanban.lexicon.groups import place_name
from vanban.lexicon.tables import agency_trie, word_trie

_MOST_SYLLABLES = 4
_MOST_NAMES = 60
_COMMUNE = frozenset({"xã", "phường"})


def place_names(words: Words, at: int) -> list[tuple[int, int]]:
    """The names that begin at word ``at``, after a colon or none: first and last word (not with it) of each; empty for none.

    One word alone is a name only where more names follow it: a sentence may begin after the colon.
    """
    if words.words[at : at + 1] == (":",):
        at += 1
    elif at < len(words) and words.new_line(at):
        return []
    found: list[tuple[int, int]] = []
    while len(found) < _MOST_NAMES and (end := _name(words, at)) > at:
        found.append((at, end))
        following = _next(words, end)
        if following is None:
            break
        at = following
    if len(found) == 1 and found[0][1] - found[0][0] == 1:
        return []
    return found


def _name(words: Words, first: int) -> int:
    """The end of one name: capitalised words on one line, none of which begins a body; ``first`` for none."""
    end = first
    while (
        end < min(len(words), first + _MOST_SYLLABLES) and _is_syllable(words, end) and not (end > first and words.new_line(end))
    ):
        end += 1
    return end


def _is_syllable(words: Words, at: int) -> bool:
    if not words.words[at].isalpha() or not words.capital(at) or words.shouted(at):
        return False
    opened = word_trie("open").longest(words.words, at)
    return agency_trie().longest(words.words, at) is None and (opened is None or opened[0] - at == 1)


def _next(words: Words, end: int) -> int | None:
    """The word after a comma, "và" or both, where it begins with a capital."""
    at = end
    while at < min(len(words), end + 2) and words.words[at] in {",", "và"}:
        at += 1
    return at if end < at < len(words) and words.capital(at) else None


def proper_name(words: Words, end: int) -> int:
    """The end of one to four capitalised words at ``end``."""
    first = end
    while end < len(words) and end < first + 4 and words.words[end].isalpha() and words.capital(end) and not words.shouted(end):
        end += 1
    return end


def at_commune(words: Words, at: int) -> bool:
    """Whether "xã" or "phường" stands here as the place of a body: "Hội Nông dân xã", and not "xã hội"."""
    return words.words[at : at + 1] != () and words.words[at] in _COMMUNE and words.words[at + 1 : at + 2] != ("hội",)


def of_place(words: Words, end: int) -> int:
    """With "tỉnh", a province, or "khu vực Bắc Sơn", "huyện Lộc Bình"."""
    longer = place_name(words, end)
    if longer > end:
        return longer
    size = 2 if words.words[end : end + 2] in {("khu", "vực"), ("thị", "xã"), ("thành", "phố")} else 1
    if size == 2 or words.words[end : end + 1] in {("huyện",), ("xã",), ("phường",)}:
        named = proper_name(words, end + size)
        return named if named > end + size else end + at_commune(words, end)
    return end
