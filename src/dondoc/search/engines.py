"""The two full-text indexes behind one face. The database itself keeps them equal to the entries (see the migrations)."""

from dataclasses import dataclass
from typing import Protocol

from django.db import connection

from dondoc.search.rules import Term


class Engine(Protocol):
    """What a query needs. ``asked(terms)`` is the one parameter of ``matches`` and of ``rank`` (the smaller, the better)."""

    @property
    def tables(self) -> tuple[str, ...]: ...

    @property
    def matches(self) -> tuple[str, ...]: ...

    @property
    def rank(self) -> str: ...

    def asked(self, terms: tuple[Term, ...]) -> str: ...


@dataclass(frozen=True, slots=True)
class Fts5:
    """SQLite: a search for the bare words, or for those with diacritics as well, which then count for more."""

    tables: tuple[str, ...] = ("search_index",)
    matches: tuple[str, ...] = ("search_index MATCH %s", "search_index.rowid = search_entry.id")
    rank: str = "bm25(search_index, 8.0, 4.0, 1.0)"

    def asked(self, terms: tuple[Term, ...]) -> str:
        bare = " AND ".join(f"bare : {self._phrase(term.bare, begins=term.begins)}" for term in terms)
        marked = " AND ".join(f"{{title body}} : {self._phrase(term.words, begins=term.begins)}" for term in terms)
        return f"({bare}) OR ({marked})"

    @staticmethod
    def _phrase(words: tuple[str, ...], *, begins: bool) -> str:
        return " + ".join(f'"{word}"' for word in words) + ("*" if begins else "")


@dataclass(frozen=True, slots=True)
class TsVector:
    """PostgreSQL: the same, by the weights of the title (A), the body (B) and the bare words (C)."""

    tables: tuple[str, ...] = ()
    matches: tuple[str, ...] = ("search_entry.words @@ to_tsquery('simple', %s)",)
    rank: str = "-ts_rank('{0, 0.1, 0.4, 0.8}', search_entry.words, to_tsquery('simple', %s))"

    def asked(self, terms: tuple[Term, ...]) -> str:
        bare = " & ".join(self._phrase(term.bare, "C", begins=term.begins) for term in terms)
        marked = " & ".join(self._phrase(term.words, "AB", begins=term.begins) for term in terms)
        return f"({bare}) | ({marked})"

    @staticmethod
    def _phrase(words: tuple[str, ...], weights: str, *, begins: bool) -> str:
        last = f"'{words[-1]}':{'*' if begins else ''}{weights}"
        return "(" + " <-> ".join([*(f"'{word}':{weights}" for word in words[:-1]), last]) + ")"


def engine() -> Engine:
    """The one of the database in use."""
    return TsVector() if connection.vendor == "postgresql" else Fts5()
