"""The whole country: its units, and programmes in which things have happened for three years."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.urls import reverse

from dondoc.documents.enums import ItemKind
from dondoc.programmes.enums import AssignmentRole, DocumentRole, EventKind
from dondoc.programmes.models import (
    Assignment,
    Duty,
    Part,
    Programme,
    ProgrammeDocument,
    Spell,
    Target,
    TargetVersion,
    Task,
    TaskEvent,
)
from dondoc.programmes.rules.replay import Charge, Happening, Line, Share
from dondoc.programmes.rules.spells import Story, stretches_of
from dondoc.programmes.services import projecting
from dondoc.units.enums import GroupRule
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tools.bench.country.courses import alone, in_order, shared
from tools.bench.country.papers import NOON, Papers, Plan, field_of, sections, words_of
from tools.bench.country.scale import TODAY, Scale
from tools.bench.country.tables import Table, filling
from tools.bench.country.units import Province, Units

_SPELL = ("unit_id", "part_id", "given_on", "from_on", "to_on", "last_ok_on", "first_ok_on", "done_on", "paused", "word_on")


def fill(scale: Scale) -> None:
    """Everything, into an empty database that has its tables."""
    units = Units(scale)
    programmes = Programmes(scale)
    with filling([*units.tables, *programmes.tables]):
        provinces = units.all()
        for number in range(scale.programmes):
            programmes.add(number, provinces[number % len(provinces)])
    check()


class Programmes:
    """The rows of programmes and all below them."""

    def __init__(self, scale: Scale) -> None:
        self.scale, self.papers = scale, Papers()
        self.programmes, self.plans = Table(Programme), Table(ProgrammeDocument)
        self.tasks, self.leads, self.parts, self.events, self.spells = map(Table, (Task, Assignment, Part, TaskEvent, Spell))
        self.targets, self.versions, self.duties = Table(Target), Table(TargetVersion), Table(Duty)
        self.tables: Sequence[Table] = (
            *self.papers.tables, self.programmes, self.plans, self.tasks, self.leads, self.parts, self.events, self.spells,
            self.targets, self.versions, self.duties,
        )  # fmt: skip
        self.noon = self.events.prepared("recorded_at", NOON)

    def add(self, number: int, province: Province) -> None:
        chance = Random(f"{self.scale.seed}:{number}")  # noqa: S311 - no secret
        lead = province.departments[number % len(province.departments)]
        plan = Plan(
            number + 1, province.pk, lead, province.people[lead], f"Kế hoạch số {number + 1} về {words_of(chance, number)}",
            f"{number + 101}/KH-UBND", TODAY - timedelta(days=chance.randint(30, 1000)),
        )  # fmt: skip
        document = self.papers.document(plan)
        self.programmes.add(
            province_id=province.pk, title=plan.title, lead_unit_id=lead, field=field_of(number), opened_by_id=plan.person,
            opened_at=self.noon,
        )  # fmt: skip
        self.plans.add(programme_id=plan.programme, document_id=document, role=DocumentRole.PLAN, effective_on=plan.issued_on)
        places = sections()
        for position in range(_size(self.scale, number)):
            self._task(chance, plan, document, province, position, next(places))
        self._others(chance, plan, document, number)

    def _task(self, chance: Random, plan: Plan, document: int, province: Province, position: int, section: str) -> None:
        text = words_of(chance, self.tasks.count + 1)
        item = self.papers.item(document, ItemKind.TASK, position, text, section)
        term = plan.issued_on + timedelta(days=chance.randint(20, 420)) if chance.random() < 0.72 else None
        told = Telling(self, chance, plan, province, term)
        story = told.story(self.tasks.count + 1)
        course = story.course_on(TODAY)
        pk = self.tasks.add(
            programme_id=plan.programme, item_id=item, text=text, section=section, position=position, given_on=plan.issued_on,
            deadline_text=f"đến ngày {term:%d/%m/%Y}" if term else "thường xuyên", deadline_kind="by" if term else "ongoing",
            due_on=term, paused=course.task.paused, reported_on=course.task.reported_on, progress_percent=course.task.percent,
            progress_note=course.task.note, revision=len(story.events) + 1, **_followed(course.task),
        )  # fmt: skip
        for part, line in course.parts.items():
            self.parts.rows[told.rows[part]][self.parts.places["excused"]] = bool(line.paused)
            for name, value in _followed(line).items():
                self.parts.rows[told.rows[part]][self.parts.places[name]] = value
        for one in stretches_of(story):
            facts = (*one.owner, one.given_on, one.from_on, one.to_on, *one.facts)
            self.spells.add(programme_id=plan.programme, task_id=pk, **dict(zip(_SPELL, facts, strict=True)))
        address = reverse("programmes:task", args=[plan.programme, pk])
        self.papers.entry(plan, "task", pk, text, address, body=told.name, on=term)

    def _others(self, chance: Random, plan: Plan, document: int, number: int) -> None:
        """Targets and reports: measured is only that they are there, and found."""
        for place in range(self.scale.share(self.scale.targets, number, self.scale.programmes)):
            text = f"Tỷ lệ {words_of(chance, place).lower()}"
            item = self.papers.item(document, ItemKind.TARGET, place, text, "I.1")
            pk = self.targets.add(programme_id=plan.programme, item_id=item, position=place, indicator=text, text=text)
            self.versions.add(
                target_id=pk, effective_from=plan.issued_on, comparator=">=", horizon="2030", decided_by_id=document
            )
            self.papers.entry(plan, "target", pk, text, reverse("programmes:targets", args=[plan.programme]))
        for place in range(self.scale.share(self.scale.duties, number, self.scale.programmes)):
            text = f"Báo cáo {words_of(chance, place).lower()}"
            item = self.papers.item(document, ItemKind.DUTY, place, text, "IV.1")
            templates = self.duties.prepared("templates", [])
            pk = self.duties.add(programme_id=plan.programme, item_id=item, position=place, text=text, templates=templates)
            self.papers.entry(plan, "duty", pk, text, reverse("programmes:duties", args=[plan.programme]))


class Telling:
    """Who leads one task, and what has happened to it: writes the leads, parts and events."""

    def __init__(self, rows: Programmes, chance: Random, plan: Plan, province: Province, term: date | None) -> None:
        self.to, self.chance, self.plan, self.province, self.term = rows, chance, plan, province, term
        self.rows: dict[int, int] = {}
        self.name = ""

    def story(self, task: int) -> Story:
        drawn = self.chance.random()
        if drawn < 0.14:
            rule = GroupRule.ALL_COMMUNES if drawn < 0.06 else GroupRule.ALL_DEPARTMENTS
            return self._of_group(task, rule)
        units = self.province.departments if drawn < 0.75 else self.province.communes
        unit = self.chance.choice(units) if drawn < 0.97 else None
        return self._of_one(task, unit)

    def _of_one(self, task: int, unit: int | None) -> Story:
        self.name = self.province.names[unit] if unit else "Các cơ quan liên quan"
        self.to.leads.add(task_id=task, role=AssignmentRole.LEAD, name=self.name, unit_id=unit)
        events = alone(self.chance, self.plan.issued_on, self.term, self.to.scale.words)
        self._write(task, events, {None: unit or self.plan.unit})
        return Story(Charge(self.term, shares_decide=False), self.plan.issued_on, leads=[unit] if unit else [], events=events)

    def _of_group(self, task: int, rule: GroupRule) -> Story:
        units = self.province.communes if rule == GroupRule.ALL_COMMUNES else self.province.departments
        self.name = "UBND các xã, phường" if rule == GroupRule.ALL_COMMUNES else "Các sở, ban, ngành"
        group = self.province.groups[rule]
        lead = self.to.leads.add(task_id=task, role=AssignmentRole.LEAD, name=self.name, group_id=group, resolved_on=TODAY)
        if len(self.to.parts.rows) + len(units) >= 19_000:
            self.to.parts.flush()
        of_part: dict[int | None, int] = {}
        events: list[Happening] = []
        for unit in units:
            pk = self.to.parts.add(assignment_id=lead, unit_id=unit)
            of_part[pk] = unit
            self.rows[pk] = len(self.to.parts.rows) - 1
            events += shared(self.chance, pk, self.plan.issued_on, self.term)
        events = in_order(events)
        self._write(task, events, of_part)
        shares = [Share(pk, unit_id=unit) for pk, unit in of_part.items() if pk]
        return Story(Charge(self.term, shares=shares), self.plan.issued_on, events=events)

    def _write(self, task: int, events: Collection[Happening], units: dict[int | None, int]) -> None:
        for event in events:
            unit = units[event.part_id]
            self.to.events.add(
                task_id=task, part_id=event.part_id, kind=event.kind, happened_on=event.happened_on, recorded_at=self.to.noon,
                recorded_by_id=self.province.people[unit], unit_id=unit, percent=event.percent, note=event.note,
                new_due_on=event.new_due_on, product_code=f"{task % 900 + 1}/BC" if event.has_product else "",
                product_date=event.happened_on if event.has_product else None,
                reason_code="other" if event.kind in {EventKind.EXTENDED, EventKind.SUSPENDED, EventKind.CANCELLED} else "",
            )  # fmt: skip


def _size(scale: Scale, number: int) -> int:
    """Tasks of a programme: the first has a twelfth of all, the second an average one's, the others share the rest."""
    first, second = scale.tasks // 12, scale.tasks // scale.programmes
    if number < 2:
        return (first, second)[number]
    return scale.share(scale.tasks - first - second, number - 2, scale.programmes - 2)


def _followed(line: Line) -> dict[str, Any]:
    return {"done_on": line.done_on, "stage": line.stage, "received_on": line.received_on, "last_ok_on": line.last_ok_on}


def check(sample: int = 60) -> None:
    """Projections made by the services anew are those that were written.

    :raises RuntimeError: where one differs.
    """
    pks = sorted(Random(1).sample(range(1, Task.objects.count() + 1), min(sample, Task.objects.count())))  # noqa: S311 - no secret
    before = _projected(pks)
    with transaction.atomic():
        actor = Actor(Person.objects.latest("pk"), TODAY, ())
        projecting.refresh(list(Task.objects.filter(pk__in=pks)), actor)
        after = _projected(pks)
        transaction.set_rollback(True)
    for name, rows in before.items():
        if rows != after[name]:
            raise RuntimeError(f"{name} of the generated country differ: {sorted(set(rows) ^ set(after[name]), key=str)[:6]}")


def _projected(pks: Collection[int]) -> dict[str, list[tuple[Any, ...]]]:
    common = ("pk", "done_on", "stage", "received_on", "asking_until", "last_ok_on")
    tasks = Task.objects.filter(pk__in=pks).order_by("pk")
    parts = Part.objects.filter(assignment__task__in=pks).order_by("pk")
    return {
        "tasks": list(tasks.values_list(*common, "paused", "reported_on", "progress_percent", "progress_note")),
        "parts": list(parts.values_list(*common, "excused")),
        "spells": list(Spell.objects.filter(task__in=pks).order_by("pk").values_list("pk", "unit", "from_on", "to_on")),
    }
