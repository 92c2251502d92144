"""What is talked about in a programme: its tasks."""

from django.urls import reverse

from dondoc.comments.subjects import Kind, Subject, register
from dondoc.documents.enums import Visibility
from dondoc.documents.places import name_of_section
from dondoc.programmes.models import Programme, Task
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.services.telling import short
from dondoc.units.rules import Actor

TASK = "task"


def subject_of(task: Task, programme: Programme) -> Subject:
    """A task of a programme that the asker may see."""
    is_open = programme.visibility == Visibility.PROVINCE
    address = reverse("programmes:task", args=[programme.pk, task.pk])
    named = () if is_open else programme.restricted_to.values_list("pk", flat=True)
    return Subject(
        kind=TASK,
        key=task.pk,
        within=f"programme-{programme.pk}",
        title=f"nhiệm vụ “{short(task.text)}”",
        address=address,
        shown_at=address,
        province_id=programme.province_id,
        open=is_open,
        units=frozenset(named) | ({programme.lead_unit_id} if programme.lead_unit_id else set()),
        place=str(task.origin) if task.origin else name_of_section(task.section),
    )


def _task(actor: Actor, key: int) -> Subject | None:
    task = Task.objects.select_related("programme", "origin").filter(pk=key, programme__in=visible_programmes(actor)).first()
    return subject_of(task, task.programme) if task else None


register(Kind(TASK, _task))
