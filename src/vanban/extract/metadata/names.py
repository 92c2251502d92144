"""A body's full name from the capitals of a letterhead: "UBND TỈNH LÀO CAI" and "SỞ CÔNG THƯƠNG" → "Sở Công Thương tỉnh Lào Cai"."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from vanban.lexicon.folding import fold, words_of
from vanban.lexicon.tables import agency_trie, phrase, province_trie, word_trie
from vanban.spans import Span

_AREA = re.compile(r"\b(tỉnh(?!\s+ủy|\s+uỷ|\s+đoàn)|thành phố|tp\.?|xã|phường|đặc khu|huyện|thị xã|thị trấn|quận)\s+(.+)$")
_OF_THE_WHOLE = re.compile(r"Văn phòng|(?:Ban )?Thường trực|Ban Thường vụ|Ban Chấp hành", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![^\W\d])(?:ubnd|hđnd|mttq|tw|đbqh|bchqs|chqs)(?![^\W\d])")
_BOARDS = {"ban thường trực": "Ban Thường trực", "ban thường vụ": "Ban Thường vụ", "ban chấp hành": "Ban Chấp hành"}
_RANKS = {"tp": "thành phố", "tp.": "thành phố"}


def full_name(lines: Sequence[str], text: str) -> str | None:
    """The full name of the body whose letterhead is ``lines``; casing by the lexicon, else as ``text`` has it, else by rule."""
    bodies = _bodies(lines)
    if not bodies:
        return _unknown(" ".join(lines), text)
    own = bodies[-1]
    parent = bodies[-2] if len(bodies) > 1 else None
    name = _cased(own, text)
    if _AREA.search(name.lower()) or _central(own):
        return name
    return _under(name, _cased(parent, text) if parent else None)


def _bodies(lines: Sequence[str]) -> list[str]:
    """The letterhead cut where each body's name begins: at names of the lexicon, and at lines that begin like one (VĂN PHÒNG)."""
    joined = " ".join(lines)
    words = words_of(joined, Span(0, len(joined)))
    begun = list(accumulate((len(line) + 1 for line in lines), initial=0))[:-1]
    starts: list[int] = []
    at = 0
    while at < len(words):
        found = agency_trie().longest(words.words, at)
        opens = words.starts[at] in begun and (at == 0 or starts) and word_trie("open").longest(words.words, at) is not None
        if found is not None or opens:
            starts.append(words.starts[at])
        at = found[0] if found is not None else at + 1
    if not starts:
        return []
    first = [0] if joined[: starts[0]].strip() else []
    cuts = [*first, *starts, len(joined)]
    return [joined[a:b].strip(" -") for a, b in pairwise(cuts)]


def _central(body: str) -> bool:
    """Whether the lexicon knows the body as one that needs no province: Thủ tướng Chính phủ, Bộ Y tế, Tỉnh ủy Điện Biên."""
    words = phrase(body)
    found = agency_trie().longest(words, 0)
    return found is not None and (found[1].tail == "" or found[0] < len(words))


def _cased(body: str, text: str) -> str:
    """``body`` in ordinary letters: the lexicon's name and the rest (its area) by rule."""
    words = words_of(body, Span(0, len(body)))
    found = agency_trie().longest(words.words, 0)
    if found is None:
        return _unknown(body, text)
    end, entry = found
    rest = body[words.starts[end] :] if end < len(words) else ""
    name = _lexicon_name(entry.name, words.words[:end])
    if not rest:
        return name
    area = _cased_area(rest, text)
    return f"{name.removesuffix(' tỉnh')} {area}" if area.startswith("tỉnh ") else f"{name} {area}"


def _unknown(body: str, text: str) -> str:
    """A body that the lexicon does not have: as the text has it, else with a capital at its head and its area by rule."""
    area = _AREA.search(body.lower())
    if area is None:
        return _sentence_case(body, text)
    if area.start() == 0:
        named = _cased_area(body, text)
        return f"{named[:1].upper()}{named[1:]}"
    return f"{_sentence_case(body[: area.start()].strip(), text)} {_cased_area(body[area.start() :], text)}"


def in_ordinary_letters(capitals: str) -> str:
    """A title and the body it belongs to, "GIÁM ĐỐC SỞ NỘI VỤ": the body's name as the lexicon has it, the rest in small letters."""
    words = words_of(capitals, Span(0, len(capitals)))
    for at in range(1, len(words)):
        found = agency_trie().longest(words.words, at)
        if found is not None and found[0] - at == len(phrase(found[1].name)):
            start = words.starts[at]
            return f"{fold(capitals[:start]).strip()} {_cased(capitals[start:], '')}"
    return _ABBREVIATION.sub(lambda found: found.group().upper(), fold(capitals))


def _lexicon_name(name: str, written: tuple[str, ...]) -> str:
    """The lexicon's name, with "tỉnh" left out where the letterhead left it out, and Thành ủy where it is a city's."""
    if written[-1] != "tỉnh" and name.endswith(" tỉnh"):
        name = name.removesuffix(" tỉnh") + (" thành phố" if written[-2:] == ("thành", "phố") else "")
    if "thành" in written and "Tỉnh ủy" in name:
        name = name.replace("Tỉnh ủy", "Thành ủy")
    return name


def _cased_area(rest: str, text: str) -> str:
    low = rest.lower()
    found = _AREA.match(low)
    if found is None:
        province = _province(rest)
        return province or _sentence_case(rest, text, proper=True)
    rank = _RANKS.get(found[1], found[1])
    name = rest[found.start(2) :]
    return f"{rank} {_province(name) or _sentence_case(name, text, proper=True)}"


def _province(name: str) -> str | None:
    words = phrase(name)
    found = province_trie().longest(words, 0)
    return found[1] if found is not None and found[0] == len(words) else None


def _sentence_case(name: str, text: str, *, proper: bool = False) -> str:
    """``name`` as it stands in ordinary letters somewhere in ``text``, else every word (``proper``) or the first with a capital."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in name.split()), re.IGNORECASE)
    for found in pattern.finditer(text):
        if not found.group().isupper() and found.group()[0].isupper():
            return " ".join(found.group().split())
    if proper:
        return " ".join(word.capitalize() for word in name.split())
    return name.strip().capitalize()


def _under(name: str, parent: str | None) -> str:
    """``name`` with what its superior tells: the province of a department, the committee of an office."""
    if parent is None:
        return name
    if _OF_THE_WHOLE.fullmatch(name):
        return f"{_BOARDS.get(name.lower(), name)} {parent}"
    area = _AREA.search(parent.lower())
    if parent.startswith(("Tỉnh ủy", "Thành ủy", "Ban Chấp hành Đảng bộ")):
        return name if "ủy" in name.split()[-1:] and name == parent else _of_party(name, parent)
    if area is None or name.startswith(("Bộ ", "Chính phủ")):
        return name
    return f"{name.removesuffix(' tỉnh')} {parent[area.start(1) :]}"


def _of_party(name: str, parent: str) -> str:
    committee = parent.removeprefix("Ban Chấp hành Đảng bộ ").strip()
    head = re.match(r"(?:Tỉnh|Thành) ủy", name)
    bare = re.sub(r"\s*(?:Tỉnh|Thành) ủy$", "", name)
    return name if head else f"{bare} {committee}"
