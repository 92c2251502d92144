"""The giver lets a task rest, no longer follows it, excuses a unit, takes it up again."""

from datetime import date, datetime

from django.db import transaction

from dondoc.common.errors import Refused
from dondoc.programmes.enums import EventKind, StopReason
from dondoc.programmes.models import Part, Task, TaskEvent
from dondoc.programmes.services.guards import may_work, needs_reason, not_in_future, steering
from dondoc.programmes.services.recording import Word, fresh, say
from dondoc.units.rules import Actor


@transaction.atomic
def suspend(*, actor: Actor, task: Task, at: datetime, happened_on: date, reason_code: str, reason: str) -> TaskEvent:
    """The giver lets the task rest."""
    word = Word(EventKind.SUSPENDED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return _stop(actor, task, None, word)


@transaction.atomic
def cancel(
    *, actor: Actor, task: Task, at: datetime, happened_on: date, reason_code: str, reason: str, part: Part | None = None
) -> TaskEvent:
    """The giver no longer follows the task; of a part: the unit is excused."""
    word = Word(EventKind.CANCELLED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return _stop(actor, task, part, word)


def _stop(actor: Actor, task: Task, part: Part | None, word: Word) -> TaskEvent:
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    may_work(task, part)
    not_in_future(word.happened_on, actor)
    needs_reason(word.reason_code, word.note, StopReason.values)
    return say(actor, programme, task, part, word)


@transaction.atomic
def resume(
    *, actor: Actor, task: Task, at: datetime, happened_on: date, reason_code: str, reason: str, part: Part | None = None
) -> TaskEvent:
    """The giver takes it up again."""
    programme = steering(actor, task.programme_id)
    task, part = fresh(task, part)
    stopped = part.excused if part else bool(task.paused)
    if not stopped:
        raise Refused("Nhiệm vụ đang được theo dõi nên không cần tiếp tục lại.")
    not_in_future(happened_on, actor)
    needs_reason(reason_code, reason, StopReason.values)
    word = Word(EventKind.RESUMED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    return say(actor, programme, task, part, word)
