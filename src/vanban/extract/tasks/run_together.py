"""Tasks in tables whose cells have run into one another: a row with work and an agency that leads it is a task.

A cell's words lie on slices of several lines; they are put together to be read, and every place leads back to the slices.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from vanban.extract.deadlines import DeadlineMention, parse_deadline
from vanban.extract.tasks.draft import Draft
from vanban.extract.tasks.partners import without
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention, parse_agency_list
from vanban.lexicon.folding import clean
from vanban.outline.run_together import WovenCell, WovenRow, WovenTable
from vanban.outline.tables import Role
from vanban.reading import AgencyKind, DeadlineKind
from vanban.spans import Span

_PLACES = {
    "text": Role.TASK,
    "lead": Role.LEAD,
    "coordinating": Role.COORDINATOR,
    "supervising": Role.SUPERVISOR,
    "deadline": Role.TIME,
    "result": Role.RESULT,
}
_SHORTEST_NAME = 3
_RANGE = re.compile(r"(?<=\b20\d\d)(?:\.\s+|\s*[-–]\s*)(?=20\d\d\b)")
_CLEAN = re.compile(r"[^\W\d_a-zà-ỹ]\w*(?:[\s,&/.–-]+\w+)+")


class Assembled:
    """The words of a cell in a row, and where each stands."""

    def __init__(self, cell: WovenCell) -> None:
        self._pieces = cell.pieces
        self._starts: list[int] = []
        words: list[str] = []
        length = 0
        for piece in cell.pieces:
            self._starts.append(length)
            words.append(piece.words)
            length += len(piece.words) + 1
        self.text = " ".join(words)

    def place(self, span: Span) -> Span:
        """Where the first words of ``span`` of :attr:`text` stand: up to the end of their slice of a line."""
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_right(self._starts, max(span.start, span.end - 1)) - 1
        held = self._pieces[first].span
        for piece in self._pieces[first + 1 : last + 1]:
            if not 0 <= piece.span.start - held.end <= 1:
                break
            held = Span(held.start, piece.span.end)
        return held


def woven_drafts(work: Work) -> list[Draft]:
    """A task for each row of each such table."""
    return [draft for table in work.woven for draft in _of_table(work, table)]


def _of_table(work: Work, table: WovenTable) -> Iterator[Draft]:
    path = next((held.path for held in work.outline.appendices if held.span.overlaps(table.span)), "")
    for row in table.rows:
        lead = _agencies(work, row, Role.LEAD)
        told = lead or Role.COORDINATOR in row.cells or Role.TIME in row.cells
        if told and Role.TASK in row.cells:
            yield _of_row(
                work, row, lead, ".".join(part for part in (path, row.section) if part), timed=Role.TIME in table.columns
            )


def _of_row(work: Work, row: WovenRow, lead: tuple[AgencyMention, ...], path: str, *, timed: bool) -> Draft:
    """The task of a row; ``timed``: the table has a column of times. One that lacks a lead or a time is less sure to be right."""
    result = row.cells.get(Role.RESULT)
    deadline = _time(work, row)
    whole = bool(lead) and (deadline is not None or not timed)
    return Draft(
        span=row.span,
        words=_words(row.cells[Role.TASK]),
        path=path,
        pattern="row-run-together" if whole else "row-run-together-part",
        lead=lead,
        coordinating=without(_agencies(work, row, Role.COORDINATOR), lead),
        supervising=_agencies(work, row, Role.SUPERVISOR),
        deadline=deadline,
        result=_words(result) if result else None,
        places={name: row.cells[role].slices for name, role in _PLACES.items() if role in row.cells},
    )


def _words(cell: WovenCell) -> str:
    return clean(" ".join(piece.words for piece in cell.pieces))


def _agencies(work: Work, row: WovenRow, role: Role) -> tuple[AgencyMention, ...]:
    """The bodies of a cell, each where its name begins."""
    if role not in row.cells:
        return ()
    held = Assembled(row.cells[role])
    found = parse_agency_list(held.text, Span(0, len(held.text)), work.options.names)
    return tuple(replace(mention, span=held.place(mention.span)) for mention in found if _is_name(mention))


def _is_name(mention: AgencyMention) -> bool:
    """Whether a mention is more than dirt: what the lexicon does not know has letters alone, and begins with a capital."""
    if mention.kind is not AgencyKind.UNKNOWN:
        return True
    return len(mention.name) >= _SHORTEST_NAME and _CLEAN.fullmatch(mention.name) is not None


def _time(work: Work, row: WovenRow) -> DeadlineMention | None:
    """The time of a cell; words that name no time are none."""
    if Role.TIME not in row.cells:
        return None
    held = Assembled(row.cells[Role.TIME])
    text = _RANGE.sub("-", clean(held.text))
    found = parse_deadline(text, Span(0, len(text)), work.issued_on)
    if found is None or found.deadline.kind is DeadlineKind.EVENT:
        return None
    return DeadlineMention(held.place(Span(0, len(held.text))), found.deadline)
