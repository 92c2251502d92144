"""Confirmed items → rows of a programme."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dondoc.documents.enums import ItemKind
from dondoc.documents.models import Document, Item
from dondoc.notices.calendar import rest_days
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Duty, DutyReporter, Part, Programme, Target, TargetVersion, Task
from dondoc.programmes.rules.deadlines import term_of
from dondoc.programmes.rules.kinds import kind_of
from dondoc.programmes.rules.naming import words
from dondoc.programmes.rules.periods import rule_of_task
from dondoc.programmes.services.anchoring import tie
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import Match, members_of_groups

_ROLES = (
    (AssignmentRole.LEAD, "lead"),
    (AssignmentRole.COORDINATING, "coordinating"),
    (AssignmentRole.SUPERVISING, "supervising"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, by the item that it was made of."""

    tasks: dict[int, Task]
    targets: dict[int, Target]
    duties: dict[int, Duty]
    leads: dict[tuple[int, int], Assignment]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all rows of one taking have in common. ``on``: the day on which groups are expanded."""

    programme: Programme
    document: Document
    matches: Mapping[str, Match]
    given_on: date
    on: date
    first_position: int = 0


def make(items: Sequence[Item], setting: Setting) -> Made:
    """Rows for all the items, in a few statements however many they are."""
    tasks = _made_of(items, ItemKind.TASK, lambda item: _task(item, setting))
    targets = _made_of(items, ItemKind.TARGET, lambda item: _target(item, setting))
    duties = _made_of(items, ItemKind.DUTY, lambda item: _duty(item, setting))
    tie(tasks.values(), setting.programme.province)
    Task.objects.bulk_create(tasks.values(), batch_size=500)
    Target.objects.bulk_create(targets.values(), batch_size=500)
    Duty.objects.bulk_create(duties.values(), batch_size=500)
    TargetVersion.objects.bulk_create([_version(target, setting) for target in targets.values()], batch_size=500)
    DutyReporter.objects.bulk_create(
        [reporter for duty in duties.values() for reporter in _reporters(duty, setting)], batch_size=500
    )
    leads = _assign(list(tasks.values()), setting)
    return Made(tasks, targets, duties, leads)


def _made_of(items: Sequence[Item], kind: str, build: Any) -> dict[int, Any]:
    return {item.pk: build(item) for item in items if item.kind == kind}


def _text(content: Mapping[str, Any]) -> str:
    return str(content.get("text") or "")


def _task(item: Item, setting: Setting) -> Task:
    content = item.content
    term = term_of(content.get("deadline"), issued_on=setting.given_on, holidays=rest_days())  # type: ignore[arg-type]
    return Task(
        programme=setting.programme,
        item=item,
        text=_text(content),
        kind=kind_of(_text(content)),
        section=_section(item),
        position=setting.first_position + item.position,
        given_on=setting.given_on,
        result=str(content.get("result") or ""),
        **asdict(term),
    )


def _section(item: Item) -> str:
    return (item.section or str(item.content.get("section") or ""))[:80]


def _target(item: Item, setting: Setting) -> Target:
    content = item.content
    return Target(
        programme=setting.programme,
        item=item,
        text=_text(content),
        section=_section(item),
        position=setting.first_position + item.position,
        indicator=str(content.get("indicator") or _text(content)),
    )


def _version(target: Target, setting: Setting) -> TargetVersion:
    content = target.item.content
    low, high = _number(content.get("value")), _number(content.get("value_high"))
    return TargetVersion(
        target=target,
        effective_from=setting.given_on,
        comparator=str(content.get("comparator") or "none"),
        value=low,
        value_high=high,
        measure=str(content.get("unit") or "")[:80],
        baseline=str(content.get("baseline") or "")[:255],
        horizon=str(content.get("horizon") or "")[:10],
        decided_by=setting.document,
    )


def _number(value: object) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _duty(item: Item, setting: Setting) -> Duty:
    content = item.content
    term = term_of(content.get("deadline"), issued_on=setting.given_on)  # type: ignore[arg-type]
    recipient = str(content.get("recipient") or "")
    known = setting.matches.get(recipient)
    return Duty(
        programme=setting.programme,
        item=item,
        text=_text(content),
        section=_section(item),
        position=setting.first_position + item.position,
        recipient_name=recipient[:255],
        recipient=known if isinstance(known, Unit) else None,
        period=str(content.get("period") or "")[:20],
        cutoff=str(content.get("cutoff") or "")[:255],
        templates=words(content, "template"),
        **asdict(term),
    )


def _bearer(match: Match) -> dict[str, Unit | UnitGroup | None]:
    return {
        "unit": match if isinstance(match, Unit) else None,
        "group": match if isinstance(match, UnitGroup) else None,
    }


def _reporters(duty: Duty, setting: Setting) -> list[DutyReporter]:
    names = words(duty.item.content, "reporters")
    return [DutyReporter(duty=duty, name=name[:255], **_bearer(setting.matches.get(name))) for name in names]


def _assign(tasks: list[Task], setting: Setting) -> dict[tuple[int, int], Assignment]:
    """Assignments of all tasks, and the parts of those groups that lead; other groups stay one name.

    Parts of a recurring task are those of its periods.
    """
    assignments = [assignment for task in tasks for assignment in _assignments(task, setting)]
    Assignment.objects.bulk_create(assignments, batch_size=500)
    leads = [assignment for assignment in assignments if assignment.role == AssignmentRole.LEAD]
    expand([assignment for assignment in leads if assignment.group and not rule_of_task(assignment.task)], setting.on)
    return {(_item_of(assignment.task).pk, assignment.position): assignment for assignment in leads}


def _item_of(task: Task) -> Item:
    assert task.item is not None  # noqa: S101 - these tasks are made of items
    return task.item


def _assignments(task: Task, setting: Setting) -> list[Assignment]:
    content = _item_of(task).content
    made = []
    for role, field in _ROLES:
        for position, name in enumerate(words(content, field)):
            bearer = _bearer(setting.matches.get(name))
            resolved_on = setting.on if bearer["group"] else None
            made.append(Assignment(task=task, role=role, position=position, name=name[:255], resolved_on=resolved_on, **bearer))
    return made


def expand(assignments: Sequence[Assignment], on: date) -> None:
    """One part for each unit that a leading group stands for on the day. An open group has none until people choose."""
    groups = {assignment.group.pk: assignment.group for assignment in assignments if assignment.group}
    units = members_of_groups(groups.values(), on) if groups else {}
    parts = [
        Part(assignment=assignment, unit=unit, last_ok_on=assignment.task.last_ok_on)
        for assignment in assignments
        for unit in units.get(assignment.group_id or 0, ())
    ]
    Part.objects.bulk_create(parts, batch_size=500, ignore_conflicts=True)
