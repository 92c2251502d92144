"""The giver sets, changes and stops the rule of a recurring task, and leaves periods out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from dondoc.common import audit, wording
from dondoc.common.errors import Refused
from dondoc.programmes.enums import EventKind, StopReason
from dondoc.programmes.models import Part, Period, Task, TaskEvent
from dondoc.programmes.rules.periods import rule_of, spans
from dondoc.programmes.services.guards import may_work, needs_reason, not_in_future, steering
from dondoc.programmes.services.projecting import bump, refresh
from dondoc.programmes.services.recording import Word, fresh, say_of_each
from dondoc.programmes.services.recurring import turn
from dondoc.units.models import Unit
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule as the giver sets it: ``words`` are shown, ``from_on`` and ``until`` are its first and its last day."""

    rrule: str
    words: str
    from_on: date
    until: date | None = None
    exclusive: bool = False


@transaction.atomic
def set_schedule(*, actor: Actor, task: Task, schedule: Schedule) -> None:
    """Let the task come again by this rule from a day on.

    Periods that are over by then, and those of which something was said, stay; the rest go, and the new rule's begin after them.
    """
    programme = steering(actor, task.programme_id)
    task, _ = fresh(task, None)
    may_work(task, None)
    rule = rule_of(schedule.rrule, words=f"{schedule.words}; {task.text}", exclusive=schedule.exclusive)
    if rule is None:
        raise Refused("Chọn kỳ: tuần, tháng, quý, 6 tháng hoặc năm.", field="every")
    if schedule.until and schedule.until < schedule.from_on:
        raise Refused(f"Ngày cuối phải từ ngày {wording.day(schedule.from_on)} trở đi.", field="until")
    _drop(task, schedule.from_on)
    last = task.periods.order_by("-ends_on").first()
    first_on = max(schedule.from_on, task.given_on, last.ends_on if last else date.min)
    coming = (one.starts_on for one in spans(rule, first_on, schedule.until) if one.ends_on >= first_on)
    first = next((day for day in coming if last is None or day > last.ends_on), None)
    if first is None:
        raise Refused("Trong thời gian này không có kỳ nào. Sửa ngày bắt đầu hoặc ngày cuối.", field="until")
    task.rrule, task.deadline_text, task.deadline_kind = schedule.rrule, schedule.words[:255], "recurring"
    task.starts_on, task.due_on, task.exclusive = schedule.from_on, schedule.until, schedule.exclusive
    task.turns_on = first
    task.save(update_fields=["rrule", "deadline_text", "deadline_kind", "starts_on", "due_on", "exclusive", "turns_on"])
    if first <= actor.on:
        turn([task], actor.on)
    _done(actor, task)
    audit.record(
        "programmes.set_schedule",
        task,
        actor=actor.person,
        unit=programme.lead_unit,
        rrule=schedule.rrule,
        words=schedule.words,
        from_on=schedule.from_on.isoformat(),
        until=schedule.until.isoformat() if schedule.until else None,
    )


def _drop(task: Task, on: date) -> None:
    """Periods that are not over by the day and of which nothing was said."""
    said = TaskEvent.objects.filter(part__period=OuterRef("pk"))
    task.periods.filter(~Exists(said), ends_on__gte=on).delete()


@transaction.atomic
def stop_schedule(*, actor: Actor, task: Task, on: date, reason_code: str, reason: str) -> None:
    """No period opens after the day. What is open stays owed, and with the last of it the task is done."""
    programme = steering(actor, task.programme_id)
    task, _ = fresh(task, None)
    if not task.turns_on:
        raise Refused("Nhiệm vụ không còn kỳ nào sẽ mở nên không cần dừng.")
    needs_reason(reason_code, reason, StopReason.values)
    if on < actor.on:
        raise Refused(f"Dừng từ hôm nay ({wording.day(actor.on)}) trở đi; kỳ đã mở thì bỏ qua từng kỳ.", field="on")
    if task.due_on and on > task.due_on:
        raise Refused(f"Nhiệm vụ đã kết thúc lặp lại vào ngày {wording.day(task.due_on)}.", field="on")
    task.due_on = on
    task.turns_on = on if on > actor.on else None
    task.save(update_fields=["due_on", "turns_on"])
    _done(actor, task)
    audit.record(
        "programmes.stop_schedule",
        task,
        actor=actor.person,
        unit=programme.lead_unit,
        reason_code=reason_code,
        reason=reason.strip(),
        on=on.isoformat(),
    )


def _done(actor: Actor, task: Task) -> None:
    refresh([task], actor)
    Task.objects.filter(pk=task.pk).update(revision=F("revision") + 1)
    bump(task.programme)


@transaction.atomic
def skip_period(
    *,
    actor: Actor,
    period: Period,
    at: datetime,
    happened_on: date,
    reason_code: str,
    reason: str,
    unit: Unit | None = None,
) -> list[TaskEvent]:
    """Nobody owes anything for the period, or this one unit does not."""
    return _of_period(
        actor, period, unit, Word(EventKind.CANCELLED, happened_on, at, note=reason.strip(), reason_code=reason_code)
    )


@transaction.atomic
def take_up_period(
    *,
    actor: Actor,
    period: Period,
    at: datetime,
    happened_on: date,
    reason_code: str,
    reason: str,
    unit: Unit | None = None,
) -> list[TaskEvent]:
    """What was left out is owed after all."""
    return _of_period(actor, period, unit, Word(EventKind.RESUMED, happened_on, at, note=reason.strip(), reason_code=reason_code))


def _of_period(actor: Actor, period: Period, unit: Unit | None, word: Word) -> list[TaskEvent]:
    programme = steering(actor, period.task.programme_id)
    task, _ = fresh(period.task, None)
    skips = word.kind == EventKind.CANCELLED
    if task.superseded_on or task.paused:
        may_work(task, None)
    not_in_future(word.happened_on, actor)
    needs_reason(word.reason_code, word.note, StopReason.values)
    parts = Part.objects.filter(period=period, done_on__isnull=True, excused=not skips)
    parts = parts.filter(unit=unit) if unit else parts
    held = list(parts.select_related("assignment", "unit", "period").order_by("unit__search_text", "pk"))
    if not held:
        raise Refused("Kỳ này không còn đơn vị nào phải làm." if skips else "Kỳ này chưa bỏ qua đơn vị nào.", field="unit")
    return say_of_each(actor, programme, task, held, word)
