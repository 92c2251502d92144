"""How a text names people, and what may be done with a comment by whom and how long."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dondoc.comments.models import Comment
    from dondoc.units.rules import Actor

LONGEST = 4000
MOST_PEOPLE = 20
EDITABLE = timedelta(minutes=15)
QUOTED = 400

_LONGEST_NAME = 8
_TOKEN = re.compile(r"@\{(\d+)\}")
_AT = re.compile(r"(?<![\w@.])@(?=\w)")
_WORD = re.compile(r"[ \t\u00a0]*([^\W\d_]+)")


@dataclass(frozen=True, slots=True)
class Attempt:
    """An @ that a name may follow. ``names``: what may be meant, each with where it ends, the longest first."""

    start: int
    names: tuple[tuple[str, int], ...]


def cleaned(text: str) -> str:
    """As it is kept: composed letters, plain ends of lines, nothing around it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return "\n".join(line.rstrip() for line in lines.split("\n")).strip()


def attempts(text: str) -> list[Attempt]:
    """Every ``@Họ tên`` of a text; an @ within a word (an e-mail address) or before a small letter is none."""
    return [Attempt(found.start(), names) for found in _AT.finditer(text) if (names := tuple(_names(text, found.end())))]


def _names(text: str, start: int) -> list[tuple[str, int]]:
    words: list[str] = []
    held: list[tuple[str, int]] = []
    for word, end in _words(text, start):
        words.append(word)
        held.append((" ".join(words), end))
    return held[::-1] if words and words[0][:1].isupper() else []


def _words(text: str, start: int) -> Iterator[tuple[str, int]]:
    for _ in range(_LONGEST_NAME):
        found = _WORD.match(text, start)
        if found is None or (text[start : start + 1].isspace() and not found[1][:1].isupper()):
            return
        start = found.end()
        yield found[1], start


def with_people(text: str, choose: Callable[[Attempt], tuple[int, int]]) -> str:
    """The text with each attempt replaced by the person (id, end) that ``choose`` finds for it."""
    pieces: list[str] = []
    at = 0
    for attempt in attempts(text):
        if attempt.start < at:
            continue
        person, end = choose(attempt)
        pieces += [text[at : attempt.start], f"@{{{person}}}"]
        at = end
    return "".join([*pieces, text[at:]])


def pieces_of(text: str, names: Mapping[int, str]) -> Iterator[tuple[str, bool]]:
    """The text in pieces: (words, whether they name a person). A token of nobody known stays as it was typed."""
    at = 0
    for found in _TOKEN.finditer(text):
        name = names.get(int(found[1]))
        if name is None:
            continue
        yield text[at : found.start()], False
        yield f"@{name}", True
        at = found.end()
    yield text[at:], False


def as_typed(text: str, names: Mapping[int, str]) -> str:
    """The text with names, to be edited."""
    return "".join(words for words, _ in pieces_of(text, names))


def is_own(comment: "Comment", actor: "Actor") -> bool:
    return comment.author_id == actor.person.pk and comment.removed_at is None


def may_edit(comment: "Comment", actor: "Actor", at: datetime) -> bool:
    """Its author, for a quarter of an hour: after that people have read it as it was."""
    return is_own(comment, actor) and at - comment.made_at <= EDITABLE
