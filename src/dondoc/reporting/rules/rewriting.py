"""Pieces of a template put in, changed, moved and taken out: facts in, facts out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from dondoc.reporting.rules.keeping import Kind, check_key
from dondoc.reporting.rules.templates import CheckFacts, IndicatorFacts, SectionFacts, TableFacts, TemplateFacts

Piece = SectionFacts | TableFacts | IndicatorFacts | CheckFacts
Row = TypeVar("Row", bound=Piece)


def key_of(piece: Piece) -> str:
    """What names a piece: its code, or what a check says."""
    return check_key(piece) if isinstance(piece, CheckFacts) else piece.code


def find(facts: TemplateFacts, kind: Kind, key: str) -> Piece | None:
    """The piece, where it is still there."""
    rows: dict[Kind, Sequence[Piece]] = {
        Kind.SECTION: facts.sections,
        Kind.TABLE: facts.tables,
        Kind.INDICATOR: [one for table in facts.tables for one in table.indicators],
        Kind.CHECK: facts.checks,
    }
    return next((one for one in rows.get(kind, ()) if key_of(one) == key), None)


def table_of(facts: TemplateFacts, code: str) -> str:
    """The code of the table in which an indicator stands; "" where it is nowhere."""
    return next((table.code for table in facts.tables if any(one.code == code for one in table.indicators)), "")


def with_piece(facts: TemplateFacts, piece: Piece, key: str = "", after: str = "", table: str = "") -> TemplateFacts:
    """``piece`` in the place of the one that ``key`` names, else after ``after``, else last.

    ``table``: where an indicator goes; in its own table it keeps its place.
    """
    if isinstance(piece, SectionFacts):
        return replace(facts, sections=_put(facts.sections, piece, key, after))
    if isinstance(piece, TableFacts):
        return replace(facts, tables=_put(facts.tables, piece, key, after))
    if isinstance(piece, CheckFacts):
        return replace(facts, checks=_put(facts.checks, piece, key, after))
    if key and table_of(facts, key) != table:
        facts = without(facts, Kind.INDICATOR, key)
    return replace(
        facts,
        tables=tuple(
            replace(one, indicators=_put(one.indicators, piece, key, after)) if one.code == table else one for one in facts.tables
        ),
    )


def without(facts: TemplateFacts, kind: Kind, key: str) -> TemplateFacts:
    """A table goes with its indicators."""
    return replace(
        facts,
        sections=_drop(facts.sections, key) if kind == Kind.SECTION else facts.sections,
        checks=_drop(facts.checks, key) if kind == Kind.CHECK else facts.checks,
        tables=tuple(
            replace(one, indicators=_drop(one.indicators, key)) if kind == Kind.INDICATOR else one
            for one in facts.tables
            if kind != Kind.TABLE or one.code != key
        ),
    )


def moved(facts: TemplateFacts, kind: Kind, key: str, step: int) -> TemplateFacts:
    """One place up (``step`` -1) or down (1), a heading with all below it; at an end nothing changes."""
    return replace(
        facts,
        sections=_move_heading(facts.sections, key, step) if kind == Kind.SECTION else facts.sections,
        checks=_move(facts.checks, key, step) if kind == Kind.CHECK else facts.checks,
        tables=_move(
            tuple(
                replace(one, indicators=_move(one.indicators, key, step)) if kind == Kind.INDICATOR else one
                for one in facts.tables
            ),
            key if kind == Kind.TABLE else "",
            step,
        ),
    )


def _put(rows: Sequence[Row], piece: Row, key: str, after: str) -> tuple[Row, ...]:
    names = [key_of(one) for one in rows]
    if key in names:
        place = names.index(key)
        return (*rows[:place], piece, *rows[place + 1 :])
    place = names.index(after) + 1 if after in names else len(rows)
    return (*rows[:place], piece, *rows[place:])


def _drop(rows: Sequence[Row], key: str) -> tuple[Row, ...]:
    return tuple(one for one in rows if key_of(one) != key)


def _move(rows: Sequence[Row], key: str, step: int) -> tuple[Row, ...]:
    kept = list(rows)
    place = next((number for number, one in enumerate(kept) if key_of(one) == key), None)
    if place is not None and 0 <= place + step < len(kept):
        kept[place], kept[place + step] = kept[place + step], kept[place]
    return tuple(kept)


def _move_heading(rows: Sequence[SectionFacts], key: str, step: int) -> tuple[SectionFacts, ...]:
    """Past its neighbour of the same level with what is below that one, or over the heading above into the next chapter."""
    start = next((number for number, one in enumerate(rows) if one.code == key), None)
    if start is None:
        return tuple(rows)
    end = _end(rows, start)
    if step > 0:
        if end == len(rows):
            return tuple(rows)
        past = _end(rows, end) if rows[end].level == rows[start].level else end + 1
        return (*rows[:start], *rows[end:past], *rows[start:end], *rows[past:])
    before = start - 1
    while before >= 0 and rows[before].level > rows[start].level:
        before -= 1
    before = max(before, 0)
    return (*rows[:before], *rows[start:end], *rows[before:start], *rows[end:])


def _end(rows: Sequence[SectionFacts], start: int) -> int:
    """The place after the heading and all that stands below it."""
    return next((n for n in range(start + 1, len(rows)) if rows[n].level <= rows[start].level), len(rows))
