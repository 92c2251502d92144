"""What a careful person would query in a unit's own plan, and how far its steps bring the task that they come from.

A unit plans the share that it was given: a step later than the task's own last good day breaks the parent's promise, a task that
no step takes up is forgotten, a step without a person or a day is nobody's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dondoc.common import wording


class Doubt(StrEnum):
    """What is wrong; the value is part of the address of the finding's mark."""

    TOO_LATE = "muon-hon-viec-duoc-giao"
    NOT_PLANNED = "chua-co-viec"
    NOBODY = "chua-co-nguoi"
    NO_DAY = "chua-co-han"


@dataclass(frozen=True, slots=True)
class Owed:
    """A task as the unit owes it: by its own last good day."""

    task_id: int
    text: str
    last_ok_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of work of the plan."""

    pk: int
    text: str
    task_id: int | None
    last_ok_on: date | None
    has_person: bool
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """``step`` none: it concerns the plan as a whole. ``words``: what is doubtful and what to do."""

    doubt: Doubt
    words: str
    step: int | None = None
    task: int | None = None


def findings(owed: Collection[Owed], steps: Collection[Step]) -> list[Finding]:
    """In the order in which they weigh; none for a plan that keeps what it was given."""
    terms = {one.task_id: one.last_ok_on for one in owed}
    found = [_too_late(step, terms[step.task_id]) for step in steps if step.task_id in terms]
    planned = {step.task_id for step in steps}
    found += [_not_planned(one) for one in owed if one.task_id not in planned]
    found += [_nobody(step) for step in steps if not step.has_person]
    found += [_no_day(step) for step in steps if step.last_ok_on is None]
    return [one for one in found if one]


def _too_late(step: Step, term: date | None) -> Finding | None:
    if term is None or step.last_ok_on is None or step.last_ok_on <= term:
        return None
    words = (
        f"Hạn của việc này ({wording.day(step.last_ok_on)}) sau hạn của nhiệm vụ được giao ({wording.day(term)}). "
        "Đưa hạn lên sớm hơn, hoặc đề nghị gia hạn nhiệm vụ."
    )
    return Finding(Doubt.TOO_LATE, words, step.pk, step.task_id)


def _not_planned(owed: Owed) -> Finding:
    return Finding(Doubt.NOT_PLANNED, f"Chưa có việc nào cho nhiệm vụ được giao: {owed.text}", task=owed.task_id)


def _nobody(step: Step) -> Finding:
    return Finding(Doubt.NOBODY, "Chưa có người chịu trách nhiệm. Chọn hoặc ghi tên người làm.", step.pk)


def _no_day(step: Step) -> Finding:
    return Finding(Doubt.NO_DAY, "Chưa có thời hạn. Ghi ngày phải xong.", step.pk)


def shares_done(steps: Iterable[Step]) -> dict[int, int]:
    """Task → percentage done, the mean over its steps (each counts alike), rounded down so that 100 means all."""
    by_task: dict[int, list[int]] = defaultdict(list)
    for step in steps:
        if step.task_id is not None:
            by_task[step.task_id].append(step.percent)
    return {task_id: sum(percents) // len(percents) for task_id, percents in by_task.items()}
