"""What happened to a task since somebody opened a form of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import Max, Q

from dondoc.common import deeds, wording
from dondoc.common.models import AuditEntry
from dondoc.programmes.enums import EventKind
from dondoc.programmes.models import Assignment, Task, TaskEvent

_SEEN = re.compile(r"(\d{1,9})-(\d{1,18})-(\d{1,18})")
_EVENT_VERBS = [f"programmes.{kind}" for kind in EventKind.values]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a form shows of a task: its revision, the last of its events, the last entry of the trail; "7-120-4034"."""

    revision: int
    event: int
    entry: int

    def __str__(self) -> str:
        return f"{self.revision}-{self.event}-{self.entry}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None where the form does not say, so that nothing is compared."""
        found = _SEEN.fullmatch(text)
        return cls(*map(int, found.groups())) if found else None


def seen_now(task: Task) -> Seen:
    events = TaskEvent.objects.filter(task=task).aggregate(last=Max("pk"))["last"]
    return Seen(task.revision, events or 0, AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0)


@dataclass(frozen=True, slots=True)
class Change:
    """Who did what, when; ``words``: what they wrote."""

    who: str
    unit: str
    what: str
    at: datetime
    words: str


def changes_since(task: Task, seen: Seen) -> list[Change]:
    """The oldest first, in two queries."""
    events = TaskEvent.objects.filter(task=task, pk__gt=seen.event).select_related("recorded_by", "unit", "part__unit")
    names = Assignment.objects.filter(task=task).values("pk")
    own = Q(subject_type=Task._meta.label_lower, subject_id=task.pk)
    of_names = Q(subject_type=Assignment._meta.label_lower, subject_id__in=names)
    entries = AuditEntry.objects.filter(own | of_names, pk__gt=seen.entry).exclude(verb__in=_EVENT_VERBS)
    found = [_of_event(event) for event in events] + [_of_entry(entry) for entry in entries.select_related("actor", "unit")]
    return sorted(found, key=lambda change: change.at)


def _of_event(event: TaskEvent) -> Change:
    said = [
        f"ngày {wording.day(event.happened_on)}",
        f"{event.percent}%" if event.percent is not None else "",
        f"văn bản {event.product_code}" if event.product_code else "",
        f"hạn {wording.day(event.new_due_on)}" if event.new_due_on else "",
        event.note,
    ]
    what = event.get_kind_display() + (f" ({event.part.unit.name})" if event.part else "")
    unit = event.unit.name if event.unit else ""
    return Change(event.recorded_by.full_name, unit, what, event.recorded_at, " · ".join(filter(None, said)))


def _of_entry(entry: AuditEntry) -> Change:
    named = " → ".join(filter(None, (str(entry.details.get(key) or "") for key in ("name", "before", "after", "bearer"))))
    words = " · ".join(filter(None, (named, entry.reason)))
    who = entry.actor.full_name if entry.actor else "Hệ thống"
    return Change(who, entry.unit.name if entry.unit else "", deeds.words_of(entry.verb), entry.recorded_at, words)
