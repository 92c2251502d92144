"""The lexicon's data files, read once: agencies, provinces, short forms and the words that groups are built of."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

from vanban.lexicon.folding import words_of
from vanban.lexicon.trie import Trie
from vanban.spans import Span

Phrase = tuple[str, ...]

_DATA = Path(__file__).with_name("data")


def phrase(text: str) -> Phrase:
    """The folded words of ``text``."""
    return words_of(text, Span(0, len(text))).words


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``data/NAME.tsv``, by column."""
    head, *lines = (_DATA / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    columns = head.split("\t")
    cells = (line.split("\t") for line in lines if line)
    return [dict(zip_longest(columns, row[: len(columns)], fillvalue="")) for row in cells]


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """A body of the lexicon.

    ``tail`` says what may follow its name: ``p`` a province, ``u`` an area that makes it one body or a group, ``c`` a commune,
    ``k`` a number, ``o`` a proper name. Id ``-``: a phrase that only looks like a body. ``valid_from``, ``valid_to``: ISO days,
    empty where open.
    """

    id: str
    name: str
    tail: str
    valid_from: str
    valid_to: str
    successor: str


@lru_cache(maxsize=1)
def agency_trie() -> Trie[AgencyEntry]:
    """Every name, alias and abbreviation of the lexicon's bodies."""
    named: list[tuple[Phrase, AgencyEntry]] = []
    for row in rows("agencies"):
        entry = AgencyEntry(row["id"], row["name"], row["tail"], row["valid_from"], row["valid_to"], row["successor"])
        for name in [row["name"], *filter(None, row["aliases"].split(";"))]:
            named.extend((variant, entry) for variant in variants(phrase(name)))
    return Trie(named)


@lru_cache(maxsize=1)
def agency_entries() -> dict[str, AgencyEntry]:
    """The lexicon's bodies by id."""
    return {
        row["id"]: AgencyEntry(row["id"], row["name"], row["tail"], row["valid_from"], row["valid_to"], row["successor"])
        for row in rows("agencies")
        if row["id"] != "-"
    }


@lru_cache(maxsize=1)
def province_trie() -> Trie[str]:
    """The names of provinces, those of before July 2025 too."""
    named = [(phrase(row["name"]), row["name"]) for row in rows("provinces")]
    named += [(phrase(row["name"].replace(" - ", "-")), row["name"]) for row in rows("provinces") if " - " in row["name"]]
    return Trie(named)


@lru_cache(maxsize=1)
def province_names() -> frozenset[str]:
    """The names of provinces, those of before July 2025 too."""
    return frozenset(row["name"] for row in rows("provinces"))


@lru_cache(maxsize=1)
def short_forms() -> dict[Phrase, tuple[Phrase, ...]]:
    """Long form → short forms, as words."""
    return {phrase(row["long"]): tuple(phrase(short) for short in row["short"].split(";")) for row in rows("short_forms")}


@lru_cache(maxsize=1)
def group_words() -> dict[str, tuple[Phrase, ...]]:
    """The words that groups and open names are built of, by their part in the grammar."""
    parts: dict[str, list[Phrase]] = {}
    for row in rows("group_words"):
        parts.setdefault(row["part"], []).extend(phrase(words) for words in row["words"].split(";"))
    return {part: tuple(words) for part, words in parts.items()}


@lru_cache(maxsize=64)
def word_trie(*parts: str) -> Trie[str]:
    """The words of ``parts`` of the grammar, each with its part."""
    return Trie((words, part) for part in parts for words in group_words()[part])


def variants(words: Phrase) -> set[Phrase]:
    """``words`` with short forms in place of long ones, and with and without the marks inside."""
    found = set(_shortened(words))
    for mark in (",", "-"):
        found |= {tuple(word for word in form if word != mark) for form in found}
    return found


def _shortened(words: Phrase) -> list[Phrase]:
    if not words:
        return [()]
    forms = [words[:1] + rest for rest in _shortened(words[1:])]
    for size in range(2, len(words) + 1):
        shorter = short_forms().get(words[:size])
        if shorter:
            rests = _shortened(words[size:])
            forms += [short + rest for short in shorter for rest in rests]
    return forms
