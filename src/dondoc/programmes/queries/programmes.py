from datetime import date

from django.db.models import Q, QuerySet

from dondoc.documents.enums import Visibility
from dondoc.documents.models import Document
from dondoc.programmes.enums import AssignmentRole, DocumentRole
from dondoc.programmes.models import Assignment, Part, Programme, Task
from dondoc.programmes.queries.tasks import tasks_on
from dondoc.units.enums import Role
from dondoc.units.rules import Actor


def visible_programmes(actor: Actor) -> QuerySet[Programme]:
    """Those open in the actor's provinces, and the restricted ones of their units; the provincial office sees all."""
    open_to_all = Q(province__in=actor.province_ids, visibility=Visibility.PROVINCE)
    named = Programme.restricted_to.through.objects.filter(unit__in=actor.unit_ids).values("programme")
    own = Q(lead_unit__in=actor.unit_ids) | Q(pk__in=named)
    led = Q(province__in=_led_provinces(actor))
    return Programme.objects.filter(open_to_all | Q(visibility=Visibility.RESTRICTED) & (own | led))


def visible_programme(actor: Actor, pk: int) -> Programme | None:
    """One of :func:`visible_programmes` with its lead unit; for an open one, by a plain look-up."""
    programme = Programme.objects.select_related("lead_unit").filter(pk=pk).first()
    if programme is None or programme.province_id not in actor.province_ids:
        return None
    if programme.visibility == Visibility.PROVINCE or programme.lead_unit_id in actor.unit_ids:
        return programme
    return programme if visible_programmes(actor).filter(pk=pk).exists() else None


def _led_provinces(actor: Actor) -> set[int]:
    leading = {Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR}
    return {seat.province_id for seat in actor.seats if seat.role in leading}


def programme_of_plan(document: Document) -> Programme | None:
    """The programme that was opened from this document."""
    return Programme.objects.filter(papers__document=document, papers__role=DocumentRole.PLAN).first()


def open_tasks(programme: Programme, on: date) -> QuerySet[Task]:
    """What of a programme is neither done nor stopped."""
    return tasks_on(programme, on).filter(done_on__isnull=True, paused="")


def units_at_work(programme: Programme, on: date) -> set[int]:
    """The units that lead open tasks, alone or in a group."""
    tasks = open_tasks(programme, on).order_by().values("pk")
    leads = Assignment.objects.filter(task__in=tasks, role=AssignmentRole.LEAD, unit__isnull=False)
    parts = Part.objects.filter(assignment__task__in=tasks, done_on__isnull=True, excused=False).order_by()
    return {pk for pk in leads.order_by().values_list("unit", flat=True).union(parts.values_list("unit", flat=True)) if pk}
