"""How a programme and what it asks for are found: by their words, and by who answers for them."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from dondoc.documents.enums import Visibility
from dondoc.documents.places import name_of_section
from dondoc.programmes.models import Duty, Obstacle, Programme, Target, Task
from dondoc.search import services as search
from dondoc.search.sources import Found, Source, register


def refresh(programme: Programme) -> None:
    """The programme and all that it asks for, as they are now."""
    search.refresh(
        {
            "programme": [programme.pk],
            "task": list(programme.tasks.values_list("pk", flat=True)),
            "target": list(programme.targets.values_list("pk", flat=True)),
            "duty": list(programme.duties.values_list("pk", flat=True)),
            "obstacle": list(programme.obstacles.values_list("pk", flat=True)),
        }
    )


def programmes(keys: Collection[int] | None) -> Iterator[Found]:
    for programme in _some(Programme.objects.select_related("lead_unit"), keys, "restricted_to"):
        yield Found(
            key=programme.pk,
            title=programme.title,
            place=programme.lead_unit.name if programme.lead_unit else "",
            address=reverse("programmes:board", args=[programme.pk]),
            **_scope(programme),
        )


def tasks(keys: Collection[int] | None) -> Iterator[Found]:
    held = Task.objects.filter(superseded_on__isnull=True).select_related("programme")
    for task in _some(held, keys, "programme__restricted_to", "assignments"):
        names = [assignment.name for assignment in task.assignments.all()]
        yield Found(
            key=task.pk,
            title=task.text,
            body="; ".join(filter(None, [*names, task.result, task.deadline_text])),
            address=reverse("programmes:task", args=[task.programme_id, task.pk]),
            on=task.due_on,
            **_below(task),
        )


def targets(keys: Collection[int] | None) -> Iterator[Found]:
    for target in _some(Target.objects.select_related("programme"), keys, "programme__restricted_to"):
        yield Found(
            key=target.pk,
            title=target.indicator,
            body=target.text,
            address=reverse("programmes:target", args=[target.programme_id, target.pk]),
            **_below(target),
        )


def duties(keys: Collection[int] | None) -> Iterator[Found]:
    for duty in _some(Duty.objects.select_related("programme"), keys, "programme__restricted_to", "reporters"):
        names = [reporter.name for reporter in duty.reporters.all()]
        yield Found(
            key=duty.pk,
            title=duty.text,
            body="; ".join(filter(None, [*names, duty.recipient_name, duty.deadline_text])),
            address=reverse("programmes:duties", args=[duty.programme_id]),
            on=duty.due_on,
            **_below(duty),
        )


def obstacles(keys: Collection[int] | None) -> Iterator[Found]:
    for obstacle in _some(Obstacle.objects.select_related("programme", "unit"), keys, "programme__restricted_to"):
        yield Found(
            key=obstacle.pk,
            title=obstacle.text,
            body=f"{obstacle.asked}; {obstacle.unit.name}; {obstacle.get_cause_display()}",
            place=f"{obstacle.programme.title[:160]} · vướng mắc",
            address=reverse("programmes:obstacle", args=[obstacle.programme_id, obstacle.pk]),
            on=obstacle.happened_on,
            **_scope(obstacle.programme),
        )


def _some(rows: QuerySet[Any], keys: Collection[int] | None, *related: str) -> Iterator[Any]:
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    return rows.prefetch_related(*related).order_by("pk").iterator(chunk_size=500)


def _scope(programme: Programme) -> dict[str, Any]:
    units = {programme.lead_unit_id, *(unit.pk for unit in programme.restricted_to.all())} - {None}
    return {
        "province_id": programme.province_id,
        "open": programme.visibility == Visibility.PROVINCE,
        "units": frozenset(units),
    }


def _below(row: Task | Target | Duty) -> dict[str, Any]:
    """Scope and place of what stands in a programme."""
    return {"place": f"{row.programme.title[:160]} · {name_of_section(row.section)}", **_scope(row.programme)}


register(Source("programme", "Chương trình", programmes))
register(Source("task", "Nhiệm vụ", tasks))
register(Source("target", "Chỉ tiêu", targets))
register(Source("duty", "Báo cáo phải nộp", duties))
register(Source("obstacle", "Vướng mắc", obstacles))
