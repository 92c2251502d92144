"""Units' own plans: what each of them was given, what it made of it, and how far it is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from dondoc.programmes.enums import AssignmentRole, StepKind
from dondoc.programmes.models import Assignment, Part, PlanStep, Programme, Target, Task, UnitPlan
from dondoc.programmes.queries.known import deciding_parts
from dondoc.programmes.queries.tasks import in_force
from dondoc.programmes.rules import cascade
from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit
from dondoc.units.queries import members_of_groups


@dataclass(frozen=True, slots=True)
class Given:
    """A task that a unit was given: led by it, or its part of a group's."""

    task: Task
    part: Part | None

    @property
    def last_ok_on(self) -> date | None:
        return self.part.last_ok_on if self.part else self.task.last_ok_on


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One unit on the page of all plans."""

    unit: Unit
    plan: UnitPlan | None
    tasks: int
    steps: int = 0
    done: int = 0
    late: int = 0


def given_to(unit: Unit, programme: Programme, on: date) -> list[Given]:
    """In the order of the document; of a recurring task the part that is owed first."""
    parts = deciding_parts().filter(
        in_force(on, "assignment__task__"), unit=unit, excused=False, assignment__task__programme=programme
    )
    found: dict[int, Given] = {}
    for part in parts.select_related("assignment__task").order_by("done_on", "last_ok_on", "pk"):
        found.setdefault(part.assignment.task_id, Given(part.assignment.task, part))
    leads = Assignment.objects.filter(
        in_force(on, "task__"), unit=unit, role=AssignmentRole.LEAD, task__programme=programme
    ).select_related("task")
    for lead in leads:
        found.setdefault(lead.task_id, Given(lead.task, None))
    return sorted(found.values(), key=lambda one: (one.task.position, one.task.pk))


def steps_of(plan: UnitPlan) -> list[PlanStep]:
    """Those that are planned still, goals first."""
    rows = plan.steps.filter(dropped_on__isnull=True).select_related("responsible", "task__item", "target")
    return sorted(rows, key=lambda step: (step.kind != StepKind.GOAL, step.position, step.pk))


def findings_of(given: list[Given], steps: list[PlanStep]) -> list[cascade.Finding]:
    owed = [cascade.Owed(one.task.pk, one.task.text, one.last_ok_on) for one in given if one.task.done_on is None]
    return cascade.findings(owed, [step_of(step) for step in steps if step.kind == StepKind.WORK])


def step_of(step: PlanStep) -> cascade.Step:
    """The row as the rules see it."""
    return cascade.Step(
        pk=step.pk,
        text=step.text,
        task_id=step.task_id,
        last_ok_on=step.last_ok_on,
        has_person=bool(step.responsible_id or step.responsible_name),
        percent=step.percent,
    )


def plan_of(programme: Programme, unit: Unit) -> UnitPlan | None:
    return (
        UnitPlan.objects.filter(programme=programme, unit=unit).select_related("unit__province", "programme__lead_unit").first()
    )


def plans_of(programme: Programme, on: date) -> list[PlanRow]:
    """Every unit that leads a task or has a part of one, with its plan, agencies first: in four queries."""
    leads = Assignment.objects.filter(
        in_force(on, "task__"), role=AssignmentRole.LEAD, task__programme=programme, unit__isnull=False
    )
    parts = deciding_parts().filter(in_force(on, "assignment__task__"), assignment__task__programme=programme)
    given: dict[int, set[int]] = {}
    for unit_id, task_id in [
        *leads.values_list("unit", "task"),
        *parts.values_list("unit", "assignment__task"),
    ]:
        given.setdefault(unit_id or 0, set()).add(task_id)
    plans = {plan.unit_id: plan for plan in _counted(programme, on)}
    units = sorted(
        Unit.objects.filter(pk__in=[*given, *plans]), key=lambda unit: (unit.kind == UnitKind.COMMUNE, unit.search_text, unit.pk)
    )
    return [_row(unit, plans.get(unit.pk), len(given.get(unit.pk, ()))) for unit in units]


def _counted(programme: Programme, on: date) -> QuerySet[UnitPlan]:
    work = Q(steps__kind=StepKind.WORK, steps__dropped_on__isnull=True)
    undone = work & Q(steps__done_on__isnull=True)
    return programme.unit_plans.annotate(
        step_count=Count("steps", filter=work),
        done_count=Count("steps", filter=work & Q(steps__done_on__isnull=False)),
        late_count=Count("steps", filter=undone & Q(steps__last_ok_on__lt=on)),
    )


def _row(unit: Unit, plan: UnitPlan | None, tasks: int) -> PlanRow:
    if plan is None:
        return PlanRow(unit, None, tasks)
    return PlanRow(unit, plan, tasks, plan.step_count, plan.done_count, plan.late_count)  # type: ignore[attr-defined]


def targets_of_unit(unit: Unit, programme: Programme, on: date) -> list[Target]:
    """Those that the unit measures: by itself, within a group, or as the programme's lead where nobody is named."""
    targets = list(programme.targets.filter(joined_to__isnull=True).select_related("measured_by_group"))
    groups = {one.measured_by_group_id: one.measured_by_group for one in targets if one.measured_by_group}
    members = members_of_groups(groups.values(), on) if groups else {}
    return [one for one in targets if _measures(unit, one, programme, members)]


def _measures(unit: Unit, target: Target, programme: Programme, members: dict[int, list[Unit]]) -> bool:
    if target.measured_by_group_id:
        return unit in members[target.measured_by_group_id]
    return unit.pk == (target.measured_by_unit_id or programme.lead_unit_id)
