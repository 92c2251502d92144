"""Who is given the work: nobody, or several at once (domain VR-16; Decree 191/2026, article 2.2: one task, one lead)."""

import re
from collections.abc import Iterator

from vanban.check.rule import Case, Found, shorten
from vanban.outline import BlockKind
from vanban.reading import AgencyKind, Severity, Task

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
        message = " ".join(f"Nhiệm vụ {missing} chưa giao cơ quan chủ trì: {shorten(task.text)}".split())
        yield Found(message, task.span, Severity.MUST_FIX if _in_table(case, task) else None)


def task_with_several_leads(case: Case) -> Iterator[Found]:
    """Several bodies lead one task: a person must say which one answers. Groups ("các sở, ngành") each do their own part."""
    kinds = {agency.name: agency.kind for agency in case.reading.agencies}
    for task in case.reading.tasks:
        named = [name for name in task.lead if kinds.get(name) in {AgencyKind.UNIT, AgencyKind.UNKNOWN}]
        if len(named) < 2:
            continue
        certain = _in_table(case, task) or _said_to_lead(case, task)
        yield Found(
            f"Nhiệm vụ giao {len(named)} cơ quan cùng chủ trì ({'; '.join(named)}): {shorten(task.text)} Cần xác định một cơ quan chịu trách nhiệm chính.",
            task.span,
            None if certain else Severity.VERIFY,
        )


def _in_table(case: Case, task: Task) -> bool:
    block = case.outline.block_at(task.span.start)
    return block is not None and block.kind == BlockKind.TABLE


def _said_to_lead(case: Case, task: Task) -> bool:
    """Whether the words "chủ trì" stand in the task or just before the names."""
    places = task.spans.get("lead", ())
    return bool(_LEADS.search(task.text)) or any(
        _LEADS.search(case.text[max(0, place.start - 40) : place.start]) for place in places
    )
