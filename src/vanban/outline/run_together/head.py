"""The head of a table whose cells have run together: that it is one, which columns it has, and where it is told again.

A head is read across its columns like everything below it ("Cấp ủy Cơ quan chịu Kết quả" over "STT Nhiệm vụ theo dõi chủ trì"),
so only words that stand for one kind of column tell anything; what stands left of what on one line tells the order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban.outline.run_together.fuzzy import alike, cost
from vanban.outline.run_together.layer import Line, Token
from vanban.outline.tables import Role

_CUES: tuple[tuple[str, Role], ...] = (
    ("stt", Role.NUMBER), ("nhiem vu", Role.TASK), ("noi dung", Role.TASK), ("cong viec", Role.TASK), ("dau viec", Role.TASK),
    ("cap uy", Role.SUPERVISOR), ("theo doi", Role.SUPERVISOR), ("lanh dao", Role.SUPERVISOR), ("phu trach", Role.SUPERVISOR), ("chi dao", Role.SUPERVISOR),
    ("chu tri", Role.LEAD), ("tri tham", Role.LEAD), ("quan thuc", Role.LEAD), ("vi thuc", Role.LEAD), ("chiu trach", Role.LEAD), ("phan cong", Role.LEAD),
    ("phoi hop", Role.COORDINATOR), ("phoi", Role.COORDINATOR),
    ("thoi gian", Role.TIME), ("thoi han", Role.TIME), ("tien do", Role.TIME), ("thoi", Role.TIME),
    ("ket qua", Role.RESULT), ("san pham", Role.RESULT), ("ghi chu", Role.NOTE),
)  # fmt: skip
_WORDS = frozenset(
    [
        "stt",
        "tt",
        "so",
        "thu",
        "tu",
        "ten",
        "nhiem",
        "vu",
        "cu",
        "the",
        "noi",
        "dung",
        "cong",
        "viec",
        "giai",
        "phap",
        "hoat",
        "dong",
        "dau",
        "cap",
        "uy",
        "theo",
        "doi",
        "chi",
        "dao",
        "don",
        "doc",
        "lanh",
        "phu",
        "trach",
        "dong",
        "co",
        "quan",
        "don",
        "vi",
        "chu",
        "tri",
        "tham",
        "muu",
        "thuc",
        "hien",
        "chiu",
        "trach",
        "nhiem",
        "phan",
        "to",
        "chuc",
        "phoi",
        "hop",
        "thoi",
        "gian",
        "han",
        "hoan",
        "thanh",
        "tien",
        "do",
        "ket",
        "qua",
        "san",
        "pham",
        "du",
        "kien",
        "dau",
        "ra",
        "ghi",
        "chu",
        "trien",
        "khai",
        "giao",
        "nguoi",
    ]
)
_ORDER = (
    Role.NUMBER, Role.TASK, Role.SUPERVISOR, Role.LEAD, Role.COORDINATOR, Role.RESULT, Role.TIME, Role.NOTE,
)  # fmt: skip
_NUMBER = frozenset({"stt", "tt"})
_REACH = 5
_MOSTLY = 0.5
_FEW = 3
_LONGEST = 26
_ALIKE = 0.7
_LONG = 12
_PART = 0.75


@dataclass(frozen=True, slots=True)
class Head:
    """A table's head: lines [first, last) of the layer, and its columns from left to right."""

    first: int
    last: int
    columns: tuple[Role, ...]


def heads(lines: Sequence[Line]) -> Iterator[Head]:
    """Every head of a table of work in ``lines``, those told again at the top of a page too, in order."""
    end = 0
    known: list[str] = []
    for index, line in enumerate(lines):
        if index < end or not _opens(line):
            continue
        first, last = _around(lines, index, end)
        columns = _columns(lines[first:last])
        again = len(_letters(line)) >= _LONG and any(alike(_letters(line), held) >= _ALIKE for held in known)
        if again or ({Role.TASK, Role.LEAD} <= set(columns) and len(columns) > 3):
            last = _like_known(lines, last, known)
            known += [_letters(held) for held in lines[first:last]]
            yield Head(first, last, columns)
            end = last


def _like_known(lines: Sequence[Line], last: int, known: Sequence[str]) -> int:
    """The end of a head told again whose last lines are damaged: they look like those of the heads before."""
    while last < len(lines) and any(_is_damaged(_letters(lines[last]), held) for held in known):
        last += 1
    return last


def _is_damaged(letters: str, known: str) -> bool:
    """Whether ``letters`` are those of the line ``known`` of a head, damaged, or a good part of them."""
    share = alike(letters, known)
    if share >= _ALIKE:
        return True
    common = share * (len(letters) + len(known)) / 2
    return len(letters) >= _LONG and common >= _PART * len(letters)


def _letters(line: Line) -> str:
    return "".join(token.bare for token in line.tokens)


def _opens(line: Line) -> bool:
    return any(token.bare in _NUMBER and token.text.isupper() for token in line.tokens[:2])


def _around(lines: Sequence[Line], index: int, least: int) -> tuple[int, int]:
    """The lines around ``index`` that are made of the words of heads."""
    first = index
    while first > max(least, index - _REACH) and _of_head(lines[first - 1]):
        first -= 1
    last = index + 1
    while last < min(len(lines), index + _REACH + 8) and _of_head(lines[last]):
        last += 1
    return first, last


def _of_head(line: Line) -> bool:
    """Whether the line is short and mostly of words that heads are made of; a line of nothing but dirt is not."""
    words = [token for token in line.tokens if not token.junk]
    if len(words) > 3 and all(token.text.isupper() for token in words):
        return False
    known = sum(_is_head_word(token) for token in words)
    if len(words) > _LONGEST or known < max(1, _MOSTLY * len(words)):
        return False
    roles = len(set(_roles(line)))
    if line.tokens[0].bare.isdigit():
        return roles > 1 or (roles == 1 and any(token.barred for token in line.tokens[1:]))
    return roles > 0 or len(words) <= _FEW


def _is_head_word(token: Token) -> bool:
    return token.bare in _WORDS or (len(token.bare) > 3 and any((cost(token.bare, word) or 1) < 0.5 for word in _WORDS))


def _columns(lines: Sequence[Line]) -> tuple[Role, ...]:
    """The columns that the lines of a head name, from left to right."""
    told = [list(dict.fromkeys(_roles(line))) for line in lines]
    found = {role for roles in told for role in roles}
    before = {(one, other) for roles in told for at, one in enumerate(roles) for other in roles[at + 1 :]}
    if not before or max(map(len, told)) == 1:
        return tuple(sorted(dict.fromkeys(role for roles in told for role in roles), key=lambda role: role is not Role.NUMBER))
    ordered: list[Role] = []
    left = [role for role in _ORDER if role in found]
    while left:
        free = [role for role in left if not any((other, role) in before and (role, other) not in before for other in left)]
        ordered.append((free or left)[0])
        left.remove(ordered[-1])
    return tuple(ordered)


def _roles(line: Line) -> Iterator[Role]:
    """What the words of one line of a head stand for, from left to right."""
    words = [token.bare for token in line.tokens]
    if words and words[0] == "tt":
        words[0] = "stt"
    for at in range(len(words)):
        role = next((role for cue, role in _CUES if _says(words[at:], cue.split())), None)
        if role is not None:
            yield role


def _says(words: Sequence[str], cue: Sequence[str]) -> bool:
    """Whether ``words`` begin with ``cue``; a word of it that is long enough may be damaged."""
    return len(words) >= len(cue) and all(
        word == part or (len(part) > 4 and (cost(word, part) or 1) < 0.5) for word, part in zip(words, cue, strict=False)
    )
