"""Tasks: work that a document gives to a named agency, with lead, partners, deadline and result.

From bullets under an agency's name, sentences that ask or give, lines of attributes, and the rows of task tables.
"""

from collections.abc import Sequence

from vanban.extract.tasks.draft import Draft
from vanban.extract.tasks.prose import prose_drafts
from vanban.extract.tasks.run_together import woven_drafts
from vanban.extract.tasks.statements import Statement, statements
from vanban.extract.tasks.tables import table_drafts
from vanban.extract.tasks.work import Work
from vanban.options import Options
from vanban.outline import Outline
from vanban.reading import Citation, Metadata, Table, Task

__all__ = ["Draft", "Work", "find_tasks", "task_drafts", "told_by"]


def find_tasks(
    text: str, outline: Outline, tables: Sequence[Table], citations: Sequence[Citation], metadata: Metadata, options: Options
) -> list[Task]:
    """The tasks of a document, in the order of the text."""
    work = Work(text, outline, tables, citations=citations, metadata=metadata, options=options)
    return [draft.task() for draft in task_drafts(work, told_by(work))]


def told_by(work: Work) -> list[Statement]:
    """What the document tells whom to do; tasks and reporting duties are both read from it."""
    return list(statements(work))


def task_drafts(work: Work, told: Sequence[Statement]) -> list[Draft]:
    """The tasks of running text and tables, in the order of the text."""
    return sorted(
        (*prose_drafts(work, told), *table_drafts(work), *woven_drafts(work)),
        key=lambda draft: (draft.span.start, draft.span.end),
    )
