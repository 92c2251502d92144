"""What of a report is there, by section and by table: the cells of the page on which a campaign is followed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dondoc.reporting.enums import Need
from dondoc.reporting.rules.templates import SectionFacts, TableFacts, TemplateFacts

_TOP = 1


class Fill(StrEnum):
    FULL = "full"
    PART = "part"
    EMPTY = "empty"
    RETURNED = "returned"
    NOT_ASKED = "none"


WORDS = {
    Fill.FULL: "đủ",
    Fill.PART: "thiếu một phần",
    Fill.EMPTY: "trống",
    Fill.RETURNED: "trả lại",
    Fill.NOT_ASKED: "không bắt buộc",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading with what is asked below it, or a table. ``needed``: sections that have to be written; ``asked``: cells of a table."""

    code: str
    words: str
    sections: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    table: str = ""
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell of the matrix; ``done`` of ``asked`` for a table."""

    fill: Fill
    words: str
    done: int = 0
    asked: int = 0


def columns_of(facts: TemplateFacts) -> list[Column]:
    """Headings of the first level that ask for something, by the order of the outline, then tables."""
    return [*_headings(facts), *(_table(one) for one in facts.tables)]


def _headings(facts: TemplateFacts) -> Iterator[Column]:
    below: list[tuple[SectionFacts, list[SectionFacts]]] = []
    for one in facts.sections:
        if one.level <= _TOP or not below:
            below.append((one, []))
        if one.asks:
            below[-1][1].append(one)
    for head, asking in below:
        if asking:
            needed = frozenset(one.code for one in asking if one.need == Need.ALWAYS)
            yield Column(head.code, _plain(head.heading), frozenset(one.code for one in asking), needed)


def _plain(heading: str) -> str:
    """Papers print main headings in capitals; a narrow column is read more easily without."""
    return heading.capitalize() if heading.isupper() else heading


def _table(one: TableFacts) -> Column:
    cells = sum(1 for row in one.indicators if not row.formula) * len(one.columns)
    return Column(one.code, one.title, table=one.code, asked=cells)


def mark_of(column: Column, written: Collection[str], filled: Mapping[str, int], returned: Collection[str]) -> Mark:
    """``written``: codes of sections with text; ``filled``: table → cells; ``returned``: codes with open remarks."""
    done, asked = _done(column, written, filled)
    if is_returned(column, returned):
        fill = Fill.RETURNED
    elif is_full(column, written, filled):
        fill = Fill.FULL
    elif asked == 0:
        fill = Fill.NOT_ASKED
    else:
        fill = Fill.PART if done else Fill.EMPTY
    return Mark(fill, WORDS[fill], done, asked)


def is_returned(column: Column, returned: Collection[str]) -> bool:
    return column.table in returned or not column.sections.isdisjoint(returned)


def is_full(column: Column, written: Collection[str], filled: Mapping[str, int]) -> bool:
    """All that is asked; of a column that asks for nothing, anything."""
    if column.table:
        return 0 < column.asked <= filled.get(column.table, 0)
    return column.needed.issubset(written) if column.needed else not column.sections.isdisjoint(written)


def _done(column: Column, written: Collection[str], filled: Mapping[str, int]) -> tuple[int, int]:
    if column.table:
        return min(filled.get(column.table, 0), column.asked), column.asked
    if not column.needed:
        return len(column.sections.intersection(written)), 0
    return len(column.needed.intersection(written)), len(column.needed)
