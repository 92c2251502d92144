"""Tasks in tables: a row with work and an agency that leads it is a task."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from vanban.extract.deadlines import DeadlineMention
from vanban.extract.tasks.draft import Draft
from vanban.extract.tasks.fields import agency_list, time_of
from vanban.extract.tasks.partners import without
from vanban.extract.tasks.times import dues, main_due
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention
from vanban.lexicon.folding import clean
from vanban.outline import BlockKind
from vanban.outline.tables import Role, Row, TaskTable, task_table
from vanban.reading import Table
from vanban.spans import Span, cover

_CARRIED = (Role.LEAD, Role.COORDINATOR, Role.SUPERVISOR, Role.TIME)
_DITTO = re.compile(r"[\s\-–\"'.(]*(?:nt|như\s+trên|[”″\"])[\s\-–\"'.)]*", re.IGNORECASE)


def table_drafts(work: Work) -> list[Draft]:
    """A task for each row of each task table."""
    return [draft for table in work.tables if not table.layout for draft in _of_table(work, table)]


def _of_table(work: Work, table: Table) -> Iterator[Draft]:
    known = task_table(work.text, table, _path_at(work, table.span))
    if known is None or Role.LEAD not in known.columns.values():
        return
    above: Mapping[Role, tuple[Span, ...]] = {}
    for written in known.rows:
        row = replace(written, cells=_as_above(work, written.cells, above))
        above = row.cells
        lead = _agencies(work, row, Role.LEAD)
        if lead and row.cells.get(Role.TASK):
            yield _of_row(work, known, row, lead)


def _path_at(work: Work, span: Span) -> str:
    """The path under which the table stands."""
    return next((block.path for block in work.outline.blocks_in(span) if block.kind is BlockKind.TABLE), "")


def _of_row(work: Work, table: TaskTable, row: Row, lead: tuple[AgencyMention, ...]) -> Draft:
    cells = row.cells[Role.TASK]
    results = row.cells.get(Role.RESULT, ())
    return Draft(
        span=cover(cells),
        words=_words(work, cells),
        path=row.section,
        pattern="row" if Role.TIME in table.columns.values() else "row-without-time",
        lead=lead,
        coordinating=without(_agencies(work, row, Role.COORDINATOR), lead),
        supervising=_agencies(work, row, Role.SUPERVISOR),
        deadline=_time(work, table, row),
        result=_words(work, results) or None,
        result_span=cover(results) if results else None,
    )


def _words(work: Work, cells: Sequence[Span]) -> str:
    return clean(" ".join(cell.of(work.text) for cell in cells))


def _agencies(work: Work, row: Row, role: Role) -> tuple[AgencyMention, ...]:
    return tuple(mention for cell in row.cells.get(role, ()) for mention in agency_list(work, cell))


def _as_above(
    work: Work, cells: Mapping[Role, tuple[Span, ...]], above: Mapping[Role, tuple[Span, ...]]
) -> Mapping[Role, tuple[Span, ...]]:
    """The cells, each that only says "như trên" in a column of bodies or times given by the one above it."""
    same = {role: above.get(role, ()) for role in _CARRIED if _is_ditto(work, cells.get(role, ()))}
    return {**cells, **same}


def _is_ditto(work: Work, cells: Sequence[Span]) -> bool:
    return bool(cells) and all(_DITTO.fullmatch(cell.of(work.text)) for cell in cells)


def _time(work: Work, table: TaskTable, row: Row) -> DeadlineMention | None:
    """The time column; the task's own words where the table has no such column."""
    for cell in row.cells.get(Role.TIME, ()):
        found = time_of(work, cell)
        if found is not None:
            return found
    if Role.TIME in table.columns.values():
        return None
    return main_due([mention for cell in row.cells[Role.TASK] for mention in dues(work, cell)])
