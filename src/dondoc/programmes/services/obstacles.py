"""Obstacles: raised by a unit, answered by whom they wait for, closed by who raised them. One function a change."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Min

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes.enums import ObstacleCause, ObstacleEventKind, ProgrammeState, Solver
from dondoc.programmes.models import Obstacle, ObstacleEvent, Part, Programme, Target, Task
from dondoc.programmes.queries.obstacles import course_on, units_that_may_raise
from dondoc.programmes.rules.obstacles import OPEN, Course, fits
from dondoc.programmes.rules.rights import may_answer, may_steer
from dondoc.programmes.services.guards import not_in_future
from dondoc.programmes.services.projecting import bump_version, lock
from dondoc.programmes.services.telling_obstacles import tell_of
from dondoc.search import services as search
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

_PROJECTED = ("state", "solver", "solver_unit_id", "solver_since", "waits_since", "closed_on")


@dataclass(frozen=True, slots=True)
class _Word:
    """The facts of an event, before it is written."""

    kind: ObstacleEventKind
    happened_on: date
    at: datetime
    note: str = ""
    solver: str = ""
    solver_unit: Unit | None = None
    document_code: str = ""
    document_date: date | None = None


@transaction.atomic
def raise_obstacle(
    *,
    actor: Actor,
    programme: Programme,
    unit: Unit,
    at: datetime,
    happened_on: date,
    cause: str,
    text: str,
    asked: str,
    solver: str,
    solver_unit: Unit | None = None,
    task: Task | None = None,
    target: Target | None = None,
) -> Obstacle:
    """A unit says what stands in its way and what it asks for; or the giver says it on the unit's behalf."""
    programme = lock(programme.pk)
    _may_raise(actor, programme, unit, task)
    if programme.state == ProgrammeState.CLOSED:
        raise Refused("Chương trình đã kết thúc nên không nêu thêm vướng mắc.")
    not_in_future(happened_on, actor)
    if cause not in ObstacleCause.values:
        raise Refused("Chọn nguyên nhân.", field="cause")
    if not text.strip():
        raise Refused("Ghi vướng mắc.", field="text")
    if not asked.strip():
        raise Refused("Ghi đề xuất, kiến nghị.", field="asked")
    solver_unit = _solver_unit(programme, unit, solver, solver_unit)
    obstacle = Obstacle.objects.create(
        programme=programme,
        task=task,
        part=_part_of(task, unit),
        target=target,
        unit=unit,
        cause=cause,
        text=text.strip(),
        asked=asked.strip(),
        happened_on=happened_on,
        solver=solver,
        solver_unit=solver_unit,
        solver_since=happened_on,
        waits_since=happened_on,
    )
    word = _Word(ObstacleEventKind.RAISED, happened_on, at, solver=solver, solver_unit=solver_unit)
    _say(actor, programme, obstacle, word, unit.pk)
    return obstacle


@transaction.atomic
def pass_on(
    *,
    actor: Actor,
    obstacle: Obstacle,
    at: datetime,
    happened_on: date,
    reason: str,
    solver: str,
    solver_unit: Unit | None = None,
) -> ObstacleEvent:
    """Somebody else can solve it: whom it waits for, or the giver, sends it there."""
    programme, obstacle = _held(obstacle)
    if not may_steer(actor, programme) and not _may_answer(actor, programme, obstacle):
        raise NotAllowed("Chỉ nơi đang giải quyết vướng mắc và cơ quan chủ trì chương trình được chuyển vướng mắc.")
    _fits(obstacle, ObstacleEventKind.PASSED_ON)
    not_in_future(happened_on, actor)
    solver_unit = _solver_unit(programme, obstacle.unit, solver, solver_unit)
    same_unit = (solver_unit.pk if solver_unit else None) == obstacle.solver_unit_id
    if solver == obstacle.solver and same_unit:
        raise Refused("Vướng mắc đang ở nơi này. Chọn nơi khác.", field="solver")
    _needs(reason, "Ghi lý do chuyển.", "reason")
    word = _Word(
        ObstacleEventKind.PASSED_ON, happened_on, at, note=reason.strip(), solver=solver, solver_unit=solver_unit
    )  # fmt: skip
    return _say(actor, programme, obstacle, word)


@transaction.atomic
def answer(
    *,
    actor: Actor,
    obstacle: Obstacle,
    at: datetime,
    happened_on: date,
    note: str,
    document_code: str = "",
    document_date: date | None = None,
) -> ObstacleEvent:
    """Ý kiến chỉ đạo of whom it waits for, with the number and day of the document where there is one."""
    programme, obstacle = _held(obstacle)
    if not _may_answer(actor, programme, obstacle):
        raise NotAllowed("Chỉ nơi đang giải quyết vướng mắc và Văn phòng UBND tỉnh được ghi ý kiến.")
    _fits(obstacle, ObstacleEventKind.ANSWERED)
    not_in_future(happened_on, actor)
    _needs(note, "Ghi ý kiến.", "note")
    code = document_code.strip()
    if bool(code) != bool(document_date):
        raise Refused("Văn bản cần cả số, ký hiệu và ngày.", field="document_date" if code else "document_code")
    if document_date and document_date > happened_on:
        raise Refused("Ngày văn bản phải từ ngày cho ý kiến trở về trước.", field="document_date")
    word = _Word(ObstacleEventKind.ANSWERED, happened_on, at, note=note.strip(), document_code=code, document_date=document_date)
    return _say(actor, programme, obstacle, word, obstacle.solver_unit_id)


@transaction.atomic
def solve(*, actor: Actor, obstacle: Obstacle, at: datetime, happened_on: date, note: str) -> ObstacleEvent:
    """The unit that raised it, or the giver, says that it is out of the way, and how."""
    return _close(actor, obstacle, _Word(ObstacleEventKind.SOLVED, happened_on, at, note=note.strip()))


@transaction.atomic
def withdraw(*, actor: Actor, obstacle: Obstacle, at: datetime, happened_on: date, note: str) -> ObstacleEvent:
    """The unit that raised it takes it back, with a reason."""
    return _close(actor, obstacle, _Word(ObstacleEventKind.WITHDRAWN, happened_on, at, note=note.strip()))


@transaction.atomic
def reopen(*, actor: Actor, obstacle: Obstacle, at: datetime, happened_on: date, note: str) -> ObstacleEvent:
    """It stands in the way again, or the answer did not take it away."""
    return _close(actor, obstacle, _Word(ObstacleEventKind.REOPENED, happened_on, at, note=note.strip()))


def _close(actor: Actor, obstacle: Obstacle, word: _Word) -> ObstacleEvent:
    programme, obstacle = _held(obstacle)
    if obstacle.unit_id not in actor.unit_ids and not may_steer(actor, programme):
        raise NotAllowed("Chỉ đơn vị nêu vướng mắc và cơ quan chủ trì chương trình được làm việc này.")
    _fits(obstacle, word.kind)
    not_in_future(word.happened_on, actor)
    _needs(word.note, "Ghi lý do." if word.kind != ObstacleEventKind.SOLVED else "Ghi kết quả giải quyết.", "note")
    return _say(actor, programme, obstacle, word, obstacle.unit_id)


def rebuild(programme: Programme) -> None:
    """Make the projections of all obstacles of a programme anew from their events."""
    programme = lock(programme.pk)
    for obstacle in programme.obstacles.all():
        _project(obstacle)
    _count(programme)


def _held(obstacle: Obstacle) -> tuple[Programme, Obstacle]:
    """Both as they are now that the programme is locked."""
    programme = lock(obstacle.programme_id)
    return programme, Obstacle.objects.select_related("unit").get(pk=obstacle.pk)


def _may_answer(actor: Actor, programme: Programme, obstacle: Obstacle) -> bool:
    return may_answer(actor, programme, obstacle.solver, obstacle.solver_unit_id)


def _may_raise(actor: Actor, programme: Programme, unit: Unit, task: Task | None) -> None:
    steers = may_steer(actor, programme)
    if unit.pk not in actor.unit_ids and not steers:
        raise NotAllowed("Chỉ đơn vị được giao việc và cơ quan chủ trì chương trình được nêu vướng mắc.")
    if not units_that_may_raise(programme, task).filter(pk=unit.pk).exists():
        sentence = f"{unit.name} không được giao {'nhiệm vụ này' if task else 'việc trong chương trình này'}."
        raise Refused(sentence, field="unit") if steers else NotAllowed(sentence)


def _solver_unit(programme: Programme, unit: Unit, solver: str, named: Unit | None) -> Unit | None:
    """The unit that the obstacle goes to; none for the province's leaders and higher levels."""
    if solver not in Solver.values:
        raise Refused("Chọn nơi giải quyết.", field="solver")
    if solver == Solver.OWN:
        return unit
    if solver == Solver.LEAD:
        if programme.lead_unit is None:
            raise Refused("Chương trình chưa có cơ quan chủ trì. Chọn nơi giải quyết khác.", field="solver")
        return programme.lead_unit
    if solver != Solver.UNIT:
        return None
    if named is None:
        raise Refused("Chọn cơ quan, đơn vị giải quyết.", field="solver_unit")
    if named.province_id != programme.province_id:
        raise Refused("Đơn vị thuộc tỉnh khác.", field="solver_unit")
    return named


def _part_of(task: Task | None, unit: Unit) -> Part | None:
    """The unit's own part of the task, the first that is not done."""
    if task is None:
        return None
    parts = Part.objects.filter(assignment__task=task, unit=unit)
    return parts.order_by("done_on", "last_ok_on", "pk").first()


def _fits(obstacle: Obstacle, kind: ObstacleEventKind) -> None:
    if not fits(kind, obstacle.state):
        state = obstacle.get_state_display().lower()
        advice = "" if obstacle.state in OPEN else " Mở lại vướng mắc trước."
        raise Refused(f"Vướng mắc {state} nên không làm được việc này.{advice}")


def _needs(words: str, sentence: str, field: str) -> None:
    if not words.strip():
        raise Refused(sentence, field=field)


def _say(
    actor: Actor, programme: Programme, obstacle: Obstacle, word: _Word, unit_id: int | None = None
) -> ObstacleEvent:  # fmt: skip
    """Write it down and bring the projections up to date. The caller has checked who may and what holds."""
    last = obstacle.events.order_by("-happened_on").first()
    if last and word.happened_on < last.happened_on:
        raise Refused(
            f"Đã có “{last.get_kind_display()}” ngày {wording.day(last.happened_on)}. Ghi từ ngày đó trở đi.",
            field="happened_on",
        )
    event = ObstacleEvent.objects.create(
        obstacle=obstacle,
        kind=word.kind,
        happened_on=word.happened_on,
        recorded_at=word.at,
        recorded_by=actor.person,
        unit_id=unit_id or _speaker(actor, programme),
        note=word.note,
        solver=word.solver,
        solver_unit=word.solver_unit,
        document_code=word.document_code,
        document_date=word.document_date,
    )
    _project(obstacle)
    _count(programme)
    bump_version(programme)
    search.refresh({"obstacle": [obstacle.pk]})
    audit.record(
        f"programmes.obstacle_{word.kind.value}",
        obstacle,
        actor=actor.person,
        unit=event.unit,
        reason=word.note,
        happened_on=word.happened_on.isoformat(),
    )
    tell_of(actor, programme, obstacle, event, word.at)
    return event


def _speaker(actor: Actor, programme: Programme) -> int | None:
    """The seat that speaks: in the people's committee, in the programme's lead unit, else the first."""
    if programme.lead_unit_id in actor.unit_ids:
        return programme.lead_unit_id
    return actor.seats[0].unit_id if actor.seats else None


def _project(obstacle: Obstacle) -> None:
    course = course_on(obstacle)
    assert course is not None  # noqa: S101 - every obstacle begins with its being raised
    _keep(obstacle, course)


def _keep(obstacle: Obstacle, course: Course) -> None:
    for name in _PROJECTED:
        setattr(obstacle, name, getattr(course, name))
    obstacle.save(update_fields=[name.removesuffix("_id") for name in _PROJECTED])


def _count(programme: Programme) -> None:
    """How many are open, and since when the oldest waits: what lists and lights read without looking at obstacles."""
    found = programme.obstacles.filter(state__in=OPEN).aggregate(many=Count("pk"), since=Min("waits_since"))
    Programme.objects.filter(pk=programme.pk).update(obstacles_open=found["many"], obstacle_since=found["since"])
