"""Who is given the work: nobody, or several at once (domain VR-16; Decree 191/2026, article 2.2: one task, one lead)."""

import re
from collections.abc import Iterator

from vanban.check.rule import Case, Found, shorten
from vanban.outline import BlockKind
from vanban.reading import AgencyKind, Severity, Task
from vanban.spans import Span

_LEADS = re.compile(r"chủ\s+trì", re.IGNORECASE)


def task_without_lead(case: Case) -> Iterator[Found]:
    """Work with a time, a product or helpers, and nobody to answer for it."""
    for task in case.reading.tasks:
        if task.lead or not (task.deadline or task.result or task.coordinating):
            continue
        missing = (
            "có cơ quan phối hợp nhưng"
            if task.coordinating
            else "có thời hạn, sản phẩm nhưng"
            if task.deadline and task.result
            else ""
        )
        message = " ".join(f"Nhiệm vụ {missing} chưa giao cơ quan chủ trì: “{shorten(task.text)}”.".split())
        yield Found(message, task.span, Severity.MUST_FIX if _in_table(case, task) else None)


def task_with_several_leads(case: Case) -> Iterator[Found]:
    """Several bodies lead one task: a person must say which one answers. Groups ("các sở, ngành") each do their own part.

    Tasks that take the same bodies from the same heading are told once.
    """
    kinds = {agency.name: agency.kind for agency in case.reading.agencies}
    alike: dict[object, list[Task]] = {}
    for task in case.reading.tasks:
        if sum(kinds.get(name) in {AgencyKind.UNIT, AgencyKind.UNKNOWN} for name in task.lead) >= 2:
            alike.setdefault((task.lead, task.spans.get("lead") or task.span), []).append(task)
    for tasks in alike.values():
        certain = any(_in_table(case, task) or _said_to_lead(case, task) for task in tasks)
        first = tasks[0]
        more = f" (và {len(tasks) - 1} nhiệm vụ cùng mục)" if len(tasks) > 1 else ""
        yield Found(
            f"Nhiệm vụ giao {len(first.lead)} cơ quan cùng chủ trì ({'; '.join(first.lead)}): “{shorten(first.text)}”{more}. "
            "Cần xác định một cơ quan chịu trách nhiệm chính.",
            first.span,
            None if certain else Severity.VERIFY,
        )


def _in_table(case: Case, task: Task) -> bool:
    block = case.outline.block_at(task.span.start)
    return block is not None and block.kind == BlockKind.TABLE


def _said_to_lead(case: Case, task: Task) -> bool:
    """Whether the words "chủ trì" begin the task, or stand before the names in the line that names them."""
    return bool(_LEADS.search(task.text[:60])) or any(_LEADS.search(_before(case, place)) for place in task.spans.get("lead", ()))


def _before(case: Case, place: Span) -> str:
    """What stands before ``place`` in its paragraph."""
    block = case.outline.block_at(place.start)
    return case.text[block.span.start if block else place.start : place.start]
