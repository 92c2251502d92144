"""Tasks that no document in the program names: from a letter, a meeting, a direction."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from dondoc.common import audit, wording
from dondoc.common.errors import Refused
from dondoc.files.models import StoredFile
from dondoc.programmes.enums import AssignmentRole, OriginKind, TaskKind
from dondoc.programmes.models import Assignment, Origin, Programme, Task
from dondoc.programmes.rules.deadlines import Term, last_good_day
from dondoc.programmes.rules.kinds import kind_of
from dondoc.programmes.services.guards import steering
from dondoc.programmes.services.making import expand
from dondoc.programmes.services.projecting import bump
from dondoc.programmes.services.telling import of_new_work
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.rules import Actor

Bearer = Unit | UnitGroup


@dataclass(frozen=True, slots=True)
class OriginFacts:
    """A letter, meeting or direction as it is written down; ``words``: what was asked."""

    kind: str
    title: str
    said_on: date
    words: str
    code: str = ""
    said_by: str = ""
    file: StoredFile | None = None


@dataclass(frozen=True, slots=True)
class Bearers:
    """Who answers (the first where there are several), who works with them, who follows it."""

    leads: Sequence[Bearer]
    coordinating: Sequence[Bearer] = ()
    supervising: Sequence[Bearer] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day named, whether the words exclude it, and the words; without words they are made from the day."""

    due_on: date | None = None
    exclusive: bool = False
    words: str = ""


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    programme: Programme,
    at: datetime,
    origin: Origin | OriginFacts,
    text: str,
    bearers: Bearers,
    deadline: Deadline,
    kind: str = "",
    result: str = "",
) -> Task:
    """One more task of the programme. Without ``kind``, what its words say it is given for."""
    programme = steering(actor, programme.pk)
    if not text.strip():
        raise Refused("Ghi nội dung nhiệm vụ.", field="text")
    _may_bear(programme, bearers)
    held = origin if isinstance(origin, Origin) else _add_origin(actor, programme, at, origin)
    if held.programme_id != programme.pk:
        raise Refused("Nguồn thuộc chương trình khác. Chọn nguồn của chương trình này.", field="origin")
    term = _term(deadline, held.said_on)
    task = Task.objects.create(
        programme=programme,
        origin=held,
        text=text.strip(),
        result=result.strip(),
        kind=kind if kind in TaskKind.values else kind_of(text),
        position=(programme.tasks.aggregate(top=Max("position"))["top"] or 0) + 1,
        given_on=held.said_on,
        **asdict(term),
    )
    _assign(task, bearers, actor.on)
    bump(programme)
    audit.record("programmes.add_task", task, actor=actor.person, unit=programme.lead_unit, origin=held.pk)
    of_new_work(actor, programme, [task], at)
    return task


def _add_origin(actor: Actor, programme: Programme, at: datetime, facts: OriginFacts) -> Origin:
    if facts.kind not in OriginKind.values:
        raise Refused("Chọn loại nguồn.", field="origin_kind")
    for field, words in (("title", "Ghi tên cuộc họp, văn bản."), ("words", "Ghi lời giao việc như trong nguồn.")):
        if not getattr(facts, field).strip():
            raise Refused(words, field=field)
    if facts.said_on > actor.on:
        raise Refused(f"Ngày {wording.day(facts.said_on)} chưa đến. Ghi ngày giao việc.", field="said_on")
    origin = Origin.objects.create(
        programme=programme, added_by=actor.person, added_at=at, **asdict(facts) | {"file": facts.file}
    )
    audit.record(
        "programmes.add_origin", origin, actor=actor.person, unit=programme.lead_unit, kind=facts.kind, title=facts.title
    )
    return origin


def _may_bear(programme: Programme, bearers: Bearers) -> None:
    if not bearers.leads:
        raise Refused("Chọn cơ quan chủ trì.", field="lead")
    for one in (*bearers.leads, *bearers.coordinating, *bearers.supervising):
        if programme.province_id not in {one.province_id, one.pk if isinstance(one, Unit) else None}:
            raise Refused("Đơn vị thuộc tỉnh khác.", field="lead")
    if both := [str(one) for one in bearers.coordinating if one in bearers.leads]:
        raise Refused(
            f"{', '.join(both)} đang chủ trì nên không ghi là cơ quan phối hợp. Bỏ ở một trong hai ô.", field="coordinating"
        )


def _term(deadline: Deadline, given_on: date) -> Term:
    last = last_good_day(deadline.due_on, exclusive=deadline.exclusive)
    if last and last < given_on:
        raise Refused(
            f"Hạn cuối {wording.day(last)} trước ngày giao {wording.day(given_on)}. Sửa thời hạn, hoặc sửa ngày của nguồn.",
            field="due_on",
        )
    words = deadline.words.strip()
    if not words and deadline.due_on:
        words = f"{'trước' if deadline.exclusive else 'đến hết'} ngày {wording.day(deadline.due_on)}"
    return Term(
        deadline_text=words[:255],
        deadline_kind="by" if deadline.due_on else "",
        due_on=deadline.due_on,
        exclusive=deadline.exclusive,
        last_ok_on=last,
    )


def _assign(task: Task, bearers: Bearers, on: date) -> None:
    leads = list(dict.fromkeys(bearers.leads))
    rows = [
        *_rows(task, AssignmentRole.LEAD, leads, on),
        *_rows(task, AssignmentRole.COORDINATING, bearers.coordinating, on),
        *_rows(task, AssignmentRole.SUPERVISING, bearers.supervising, on),
    ]
    rows[0].answers = len(leads) > 1
    Assignment.objects.bulk_create(rows)
    expand([row for row in rows if row.role == AssignmentRole.LEAD and row.group], on)


def _rows(task: Task, role: AssignmentRole, bearers: Collection[Bearer], on: date) -> list[Assignment]:
    return [
        Assignment(
            task=task,
            role=role,
            position=position,
            name=one.name[:255],
            unit=one if isinstance(one, Unit) else None,
            group=one if isinstance(one, UnitGroup) else None,
            resolved_on=on if isinstance(one, UnitGroup) else None,
        )
        for position, one in enumerate(dict.fromkeys(bearers))
    ]
