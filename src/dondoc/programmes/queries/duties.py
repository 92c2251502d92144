"""Reporting duties, with what of them is in, and the tasks that may be the same report."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q

from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Assignment, Duty, DutyReporter, Programme
from dondoc.programmes.rules.deadlines import next_due
from dondoc.programmes.rules.links import Claim, Party, party_key, propose


@dataclass(slots=True)
class Owed:
    """A duty on the page."""

    duty: Duty
    linked: list[Assignment]
    proposed: list[Assignment]
    done: int
    total: int
    next_on: date | None


def duties_of(programme: Programme, today: date) -> list[Owed]:
    """In a constant number of queries."""
    duties = list(
        programme.duties.select_related("recipient", "item").prefetch_related(
            Prefetch("reporters", queryset=DutyReporter.objects.select_related("unit", "group"))
        )
    )
    shares = _shares(programme)
    linked: dict[int, list[Assignment]] = {}
    for share in shares:
        if share.obligation_id:
            linked.setdefault(share.obligation_id, []).append(share)
    proposed = _proposed(duties, [share for share in shares if not share.obligation_id])
    return [_owed(duty, linked, proposed, today) for duty in duties]


def _owed(duty: Duty, linked: dict[int, list[Assignment]], proposed: dict[int, list[Assignment]], today: date) -> Owed:
    shares = linked.get(duty.obligation_id or 0, [])
    fullest = max(shares, key=lambda share: share.parts_total, default=None)  # type: ignore[attr-defined]
    done, total = (fullest.parts_done, fullest.parts_total) if fullest else (0, 0)  # type: ignore[attr-defined]
    if fullest and not total:
        done, total = sum(1 for share in shares if share.task.done_on), len(shares)
    return Owed(
        duty=duty,
        linked=shares,
        proposed=proposed.get(duty.pk, []),
        done=done,
        total=total,
        next_on=next_due(duty.rrule, starts_on=duty.starts_on, on=today) if duty.rrule else None,
    )


def _shares(programme: Programme) -> list[Assignment]:
    counted = Q(parts__excused=False)
    return list(
        Assignment.objects.filter(task__programme=programme, role=AssignmentRole.LEAD, task__superseded_on__isnull=True)
        .select_related("task")
        .annotate(
            parts_total=Count("parts", filter=counted),
            parts_done=Count("parts", filter=counted & Q(parts__done_on__isnull=False)),
        )
        .order_by("task__position", "position")
    )


def _proposed(duties: list[Duty], free: list[Assignment]) -> dict[int, list[Assignment]]:
    """The rule of :mod:`dondoc.programmes.rules.links`, for what is not linked yet."""
    claims = [
        Claim(
            duty.pk,
            duty.text,
            tuple(
                Party(one.pk, party_key(unit_id=one.unit_id, group_id=one.group_id, name=one.name))
                for one in duty.reporters.all()
            ),
            duty.last_ok_on,
        )
        for duty in duties
    ]
    tasks = [
        Claim(
            share.task_id,
            share.task.text,
            (Party(share.pk, party_key(unit_id=share.unit_id, group_id=share.group_id, name=share.name)),),
            share.task.last_ok_on,
        )
        for share in free
    ]
    by_pk = {share.pk: share for share in free}
    found: dict[int, list[Assignment]] = {}
    for link in propose(claims, tasks):
        found.setdefault(link.duty, []).append(by_pk[link.party])
    return found
