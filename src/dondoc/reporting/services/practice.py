"""How a unit hands in its reports: whether its leader approves, and who hands in. For the unit's leader and the administrator."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.models import Practice, Submitter
from dondoc.units.enums import Role
from dondoc.units.models import Person, Unit
from dondoc.units.queries.people import people_of
from dondoc.units.rules import Actor

NOT_THE_LEADER = "Chỉ lãnh đạo đơn vị và quản trị được đặt cách nộp báo cáo của đơn vị."


def may_set(actor: Actor, unit: Unit) -> bool:
    return actor.has_role(Role.UNIT_LEADER, unit_id=unit.pk) or actor.administers(unit.scope_id)


@transaction.atomic
def set_practice(*, actor: Actor, unit: Unit, leader_approves: bool, at: datetime) -> Practice:
    """Whether the leader approves each report before it goes out."""
    _check(actor, unit)
    practice, _ = Practice.objects.update_or_create(
        unit=unit, defaults={"leader_approves": leader_approves, "set_at": at, "set_by": actor.person}
    )
    audit.record("reporting.set_practice", unit, actor=actor.person, unit=unit, leader_approves=leader_approves)
    return practice


@transaction.atomic
def name_submitter(*, actor: Actor, unit: Unit, person: Person, valid_from: date, valid_to: date | None = None) -> Submitter:
    """Somebody of the unit who hands in from a day on; others no longer do."""
    _check(actor, unit)
    if valid_to and valid_to < valid_from:
        raise Refused(f"Ngày cuối {wording.day(valid_to)} trước ngày đầu {wording.day(valid_from)}.", field="valid_to")
    if not people_of(unit, actor.on).filter(person=person).exists():
        raise Refused(f"{person.full_name} không làm việc ở {unit.name}.", field="person")
    if submitters(unit, valid_from).filter(person=person).exists():
        raise Refused(f"{person.full_name} đã được phân công từ trước.", field="person")
    row = Submitter.objects.create(unit=unit, person=person, valid_from=valid_from, valid_to=valid_to, named_by=actor.person)
    audit.record("reporting.name_submitter", unit, actor=actor.person, unit=unit, person=person.pk)
    return row


@transaction.atomic
def end_submitter(*, actor: Actor, submitter: Submitter) -> None:
    """From today on the person no longer hands in; of one whose days have not begun nothing remains."""
    _check(actor, submitter.unit)
    if submitter.valid_from >= actor.on:
        submitter.delete()
    else:
        submitter.valid_to = actor.on - timedelta(days=1)
        submitter.save(update_fields=["valid_to"])
    audit.record("reporting.end_submitter", submitter.unit, actor=actor.person, unit=submitter.unit, person=submitter.person_id)


def submitters(unit: Unit, on: date) -> QuerySet[Submitter]:
    """Those named on the day or later."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    return Submitter.objects.filter(still, unit=unit).select_related("person", "unit").order_by("valid_from", "pk")


def _check(actor: Actor, unit: Unit) -> None:
    if not may_set(actor, unit):
        raise NotAllowed(NOT_THE_LEADER)
