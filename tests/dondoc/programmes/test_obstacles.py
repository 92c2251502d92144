"""Obstacles: their course, who may do what, and what a programme says of them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.notices.models import Notice
from dondoc.programmes.enums import ObstacleEventKind, ObstacleState, ProgrammeState, Solver
from dondoc.programmes.models import Obstacle, Part, Programme, Task
from dondoc.programmes.queries.obstacles import course_on
from dondoc.programmes.rules.obstacles import OPEN, Turn, course_of, days_open, fits
from dondoc.programmes.rules.states import light, waits_long
from dondoc.programmes.services import obstacles as services
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task
from tests.dondoc.factories.units import UnitFactory, person_in

ActorFor = Callable[..., Actor]
K = ObstacleEventKind
DAY = date(2025, 9, 1)


def day(offset: int) -> date:
    return DAY + timedelta(days=offset)


def turn(kind: str, offset: int, solver: str = "", unit: int | None = None) -> Turn:
    return Turn(kind, day(offset), solver, unit)


RAISED = turn(K.RAISED, 0, Solver.PROVINCE)


class TestCourse:
    @pytest.mark.parametrize(
        ("turns", "state", "waits_since", "closed_on"),
        [
            ([], ObstacleState.WAITING, 0, None),
            ([turn(K.ANSWERED, 3)], ObstacleState.ANSWERED, None, None),
            ([turn(K.PASSED_ON, 3, Solver.UNIT, 7)], ObstacleState.WAITING, 0, None),
            ([turn(K.ANSWERED, 3), turn(K.PASSED_ON, 5, Solver.ABOVE)], ObstacleState.WAITING, 5, None),
            ([turn(K.ANSWERED, 3), turn(K.SOLVED, 9)], ObstacleState.SOLVED, None, 9),
            ([turn(K.WITHDRAWN, 2)], ObstacleState.WITHDRAWN, None, 2),
            ([turn(K.SOLVED, 2), turn(K.REOPENED, 4)], ObstacleState.WAITING, 4, None),
            ([turn(K.ANSWERED, 2), turn(K.REOPENED, 4)], ObstacleState.WAITING, 4, None),
        ],
    )
    def test_where_it_stands(
        self, turns: list[Turn], state: ObstacleState, waits_since: int | None, closed_on: int | None
    ) -> None:
        course = course_of([RAISED, *turns])
        assert course is not None
        assert course.state == state
        assert course.waits_since == (None if waits_since is None else day(waits_since))
        assert course.closed_on == (None if closed_on is None else day(closed_on))

    def test_who_has_it_and_since_when(self) -> None:
        course = course_of([RAISED, turn(K.PASSED_ON, 3, Solver.UNIT, 7)])
        assert course is not None
        assert (course.solver, course.solver_unit_id, course.solver_since) == (Solver.UNIT, 7, day(3))

    def test_before_it_was_raised_there_is_none(self) -> None:
        assert course_of([]) is None

    @given(st.lists(st.sampled_from([kind for kind in K if kind != K.RAISED]), max_size=8))
    def test_it_waits_exactly_while_it_is_waiting(self, kinds: list[ObstacleEventKind]) -> None:
        turns = [RAISED]
        for offset, kind in enumerate(kinds, 1):
            course = course_of(turns)
            assert course is not None
            if fits(kind, course.state):
                turns.append(turn(kind, offset, Solver.ABOVE if kind == K.PASSED_ON else ""))
        course = course_of(turns)
        assert course is not None
        assert (course.waits_since is not None) == (course.state == ObstacleState.WAITING)
        assert (course.closed_on is None) == (course.state in OPEN)

    @pytest.mark.parametrize(("waited", "long"), [(14, False), (15, False), (16, True), (None, False)])
    def test_the_light_turns_after_the_fifteenth_day(self, waited: int | None, *, long: bool) -> None:
        since = None if waited is None else TODAY - timedelta(days=waited)
        assert waits_long(since, TODAY) is long
        assert light(overdue=0, long=False, stuck=long) == ("direct" if long else "good")

    def test_days_open_end_with_it(self) -> None:
        assert days_open(day(0), None, day(9)) == 9
        assert days_open(day(0), day(4), day(9)) == 4


@pytest.fixture
def made(programme: Programme, other_department: Unit) -> Task:
    return add_task(programme, "Rà soát bể bơi", lead=other_department)


@pytest.fixture
def chair(province: Unit) -> Person:
    committee = UnitFactory(code="minh-hoa:ubnd-tinh", name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE, province=province)
    return person_in(committee, Role.UNIT_LEADER, username="phochutich", full_name="Vũ Văn Phó")


Raise = Callable[..., Obstacle]


@pytest.fixture
def raise_(programme: Programme, made: Task, other_department: Unit, colleague: Person, actor_for: ActorFor) -> Raise:
    """Sở Nội vụ, which leads the task, raises an obstacle at it."""

    def call(**facts: Any) -> Obstacle:
        usual = {
            "actor": actor_for(colleague),
            "programme": programme,
            "unit": other_department,
            "at": NOON,
            "happened_on": TODAY,
            "cause": "funds",
            "text": "Chưa có định mức hỗ trợ",
            "asked": "Giao Sở Tài chính thẩm định",
            "solver": Solver.PROVINCE,
            "task": made,
        }
        return services.raise_obstacle(**{**usual, **facts})

    return call


def facts_of(obstacle: Obstacle) -> dict[str, Any]:
    return {"obstacle": obstacle, "at": NOON, "happened_on": TODAY}


class TestRaising:
    def test_it_waits_for_whom_it_was_sent_to(self, raise_: Raise, programme: Programme) -> None:
        obstacle = raise_()
        obstacle.refresh_from_db()
        assert (obstacle.state, obstacle.waits_since, obstacle.solver_unit) == (ObstacleState.WAITING, TODAY, None)
        programme.refresh_from_db()
        assert (programme.obstacles_open, programme.obstacle_since, programme.version) == (1, TODAY, 2)
        assert AuditEntry.objects.get(verb="programmes.obstacle_raised").subject_id == obstacle.pk

    @pytest.mark.parametrize(("solver", "unit"), [(Solver.OWN, "other_department"), (Solver.LEAD, "department")])
    def test_own_and_lead_are_units(
        self, solver: str, unit: str, raise_: Raise, request: pytest.FixtureRequest
    ) -> None:  # fmt: skip
        assert raise_(solver=solver).solver_unit == request.getfixturevalue(unit)

    def test_a_commune_raises_it_at_its_part(
        self, raise_: Raise, programme: Programme, all_communes: UnitGroup, communes: list[Unit], commune_clerk: Person,
        actor_for: ActorFor,
    ) -> None:  # fmt: skip
        task = add_task(programme, "Gửi báo cáo", lead=all_communes, members=communes)
        obstacle = raise_(actor=actor_for(commune_clerk), unit=communes[0], task=task)
        assert obstacle.part == Part.objects.get(assignment__task=task, unit=communes[0])

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"cause": "khac"}, "cause"),
            ({"text": " "}, "text"),
            ({"asked": ""}, "asked"),
            ({"solver": "x"}, "solver"),
            ({"solver": Solver.UNIT}, "solver_unit"),
            ({"happened_on": TODAY + timedelta(days=1)}, "happened_on"),
        ],
    )
    def test_what_is_missing_is_said_at_its_field(self, change: dict[str, Any], field: str, raise_: Raise) -> None:
        with pytest.raises(Refused) as refusal:
            raise_(**change)
        assert refusal.value.field == field
        assert not Obstacle.objects.exists()

    def test_no_unit_of_another_province_solves_it(self, raise_: Raise, foreign_department: Unit) -> None:
        with pytest.raises(Refused, match="tỉnh khác"):
            raise_(solver=Solver.UNIT, solver_unit=foreign_department)

    def test_a_closed_programme_takes_no_more(self, raise_: Raise, programme: Programme) -> None:
        Programme.objects.update(state=ProgrammeState.CLOSED)
        with pytest.raises(Refused, match="đã kết thúc"):
            raise_()

    def test_the_giver_raises_it_for_the_unit(self, raise_: Raise, owner: Person, actor_for: ActorFor) -> None:
        assert raise_(actor=actor_for(owner)).events.get().unit.name == "Sở Nội vụ"

    def test_the_giver_cannot_for_a_unit_without_a_share(
        self, raise_: Raise, owner: Person, commune: Unit, actor_for: ActorFor
    ) -> None:
        with pytest.raises(Refused, match="không được giao nhiệm vụ này") as refusal:
            raise_(actor=actor_for(owner), unit=commune)
        assert refusal.value.field == "unit"

    @pytest.mark.parametrize("who", ["commune_clerk", "stranger"])
    def test_others_may_not(self, who: str, raise_: Raise, request: pytest.FixtureRequest, actor_for: ActorFor) -> None:
        with pytest.raises(NotAllowed):
            raise_(actor=actor_for(request.getfixturevalue(who)))

    def test_a_unit_without_a_share_may_not(
        self, raise_: Raise, commune_clerk: Person, commune: Unit, actor_for: ActorFor
    ) -> None:
        with pytest.raises(NotAllowed, match="không được giao"):
            raise_(actor=actor_for(commune_clerk), unit=commune)


class TestAnswering:
    @pytest.mark.parametrize(
        ("solver", "allowed"),
        [
            (Solver.PROVINCE, {"chair", "office_specialist"}),
            (Solver.LEAD, {"owner", "office_specialist"}),
            (Solver.OWN, {"colleague", "office_specialist"}),
            (Solver.ABOVE, {"owner", "office_specialist"}),
        ],
    )
    def test_only_whom_it_waits_for_and_the_office(
        self, solver: str, allowed: set[str], raise_: Raise, request: pytest.FixtureRequest, actor_for: ActorFor
    ) -> None:
        who = ("chair", "office_specialist", "owner", "colleague", "commune_clerk", "stranger")
        people = {name: request.getfixturevalue(name) for name in who}
        done = set()
        for name, person in people.items():
            obstacle = raise_(solver=solver)
            try:
                services.answer(actor=actor_for(person), note="Đồng ý", **facts_of(obstacle))
            except NotAllowed:
                continue
            done.add(name)
        assert done == allowed

    def test_with_the_document_that_says_it(
        self, raise_: Raise, chair: Person, programme: Programme, actor_for: ActorFor
    ) -> None:  # fmt: skip
        obstacle = raise_()
        event = services.answer(
            actor=actor_for(chair), note="Giao Sở Tài chính thẩm định", document_code="512/UBND-VX",
            document_date=TODAY - timedelta(days=1), **facts_of(obstacle),
        )  # fmt: skip
        obstacle.refresh_from_db()
        assert (obstacle.state, obstacle.waits_since) == (ObstacleState.ANSWERED, None)
        assert event.unit.name == "UBND tỉnh"
        programme.refresh_from_db()
        assert (programme.obstacles_open, programme.obstacle_since) == (1, None)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"note": ""}, "note"),
            ({"document_code": "512/UBND-VX"}, "document_date"),
            ({"document_date": TODAY}, "document_code"),
            ({"document_code": "5", "document_date": TODAY + timedelta(days=1)}, "document_date"),
            ({"happened_on": TODAY - timedelta(days=1)}, "happened_on"),
        ],
    )
    def test_refusals_at_their_field(
        self, change: dict[str, Any], field: str, raise_: Raise, chair: Person, actor_for: ActorFor
    ) -> None:
        obstacle = raise_()
        with pytest.raises(Refused) as refusal:
            services.answer(actor=actor_for(chair), **{"note": "Đồng ý", **facts_of(obstacle), **change})
        assert refusal.value.field == field
        assert obstacle.events.count() == 1

    def test_it_is_passed_on_with_a_reason(
        self, raise_: Raise, chair: Person, owner: Person, department: Unit, actor_for: ActorFor
    ) -> None:
        obstacle = raise_(happened_on=TODAY - timedelta(days=9))
        pass_to = {"actor": actor_for(chair), "solver": Solver.UNIT, "solver_unit": department, **facts_of(obstacle)}
        with pytest.raises(Refused, match="Ghi lý do chuyển"):
            services.pass_on(reason="", **pass_to)
        services.pass_on(reason="Thuộc thẩm quyền của sở", **pass_to)
        obstacle.refresh_from_db()
        assert (obstacle.solver_unit, obstacle.solver_since) == (department, TODAY)
        assert obstacle.waits_since == TODAY - timedelta(days=9)
        with pytest.raises(Refused, match="đang ở nơi này"):
            services.pass_on(reason="x", **{**pass_to, "actor": actor_for(owner)})

    def test_one_who_neither_solves_nor_steers_passes_nothing_on(
        self, raise_: Raise, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        with pytest.raises(NotAllowed):
            services.pass_on(actor=actor_for(commune_clerk), reason="x", solver=Solver.ABOVE, **facts_of(raise_()))


class TestClosing:
    @pytest.mark.parametrize("act", [services.solve, services.withdraw])
    @pytest.mark.parametrize(
        ("who", "allowed"),
        [("colleague", True), ("owner", True), ("chair", False), ("commune_clerk", False), ("stranger", False)],
    )
    def test_who_raised_it_and_the_giver_close_it(
        self,
        act: Callable[..., Any],
        who: str,
        raise_: Raise,
        request: pytest.FixtureRequest,
        actor_for: ActorFor,
        *,
        allowed: bool,
    ) -> None:
        obstacle = raise_()
        actor = actor_for(request.getfixturevalue(who))
        if not allowed:
            with pytest.raises(NotAllowed):
                act(actor=actor, note="Đã xong", **facts_of(obstacle))
            return
        act(actor=actor, note="Đã xong", **facts_of(obstacle))
        obstacle.refresh_from_db()
        assert obstacle.closed_on == TODAY
        obstacle.programme.refresh_from_db()
        assert (obstacle.programme.obstacles_open, obstacle.programme.obstacle_since) == (0, None)

    def test_closed_things_are_taken_up_again_first(self, raise_: Raise, colleague: Person, actor_for: ActorFor) -> None:
        obstacle = raise_()
        services.solve(actor=actor_for(colleague), note="Đã bố trí vốn", **facts_of(obstacle))
        with pytest.raises(Refused, match="Mở lại vướng mắc trước"):
            services.withdraw(actor=actor_for(colleague), note="x", **facts_of(obstacle))
        services.reopen(actor=actor_for(colleague), note="Vốn chưa về", **facts_of(obstacle))
        obstacle.refresh_from_db()
        assert (obstacle.state, obstacle.waits_since) == (ObstacleState.WAITING, TODAY)


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


def test_the_leaders_hear_of_it_and_the_unit_of_the_answer(
    raise_: Raise, chair: Person, office_specialist: Person, colleague: Person, owner: Person, other_department: Unit,
    actor_for: ActorFor,
) -> None:  # fmt: skip
    neighbour = person_in(other_department, username="dongso", full_name="Lò Thị Đồng Sở")
    obstacle = raise_()
    assert told(chair) == told(office_specialist) == ["Sở Nội vụ nêu vướng mắc: Chưa có định mức hỗ trợ"]
    assert (told(owner), told(colleague), told(neighbour)) == ([], [], [])
    services.answer(actor=actor_for(chair), note="Đồng ý", document_code="5/UBND-VX", document_date=TODAY, **facts_of(obstacle))
    said = ["Đã có ý kiến về vướng mắc: Chưa có định mức hỗ trợ (5/UBND-VX ngày 12/9/2025)"]
    assert told(colleague) == told(neighbour) == said
    assert len(told(chair)) == 1


def test_a_unit_hears_when_it_is_passed_on_to_it(
    raise_: Raise, chair: Person, owner: Person, department: Unit, actor_for: ActorFor
) -> None:
    services.pass_on(
        actor=actor_for(chair), reason="x", solver=Solver.UNIT, solver_unit=department, **facts_of(raise_())
    )  # fmt: skip
    assert told(owner) == ["Vướng mắc của Sở Nội vụ được chuyển giải quyết: Chưa có định mức hỗ trợ"]


def test_projections_are_what_the_replay_says(
    raise_: Raise, programme: Programme, chair: Person, colleague: Person, department: Unit, actor_for: ActorFor
) -> None:
    one, other, third = (raise_(happened_on=TODAY - timedelta(days=days)) for days in (20, 10, 5))
    services.answer(actor=actor_for(chair), note="Đồng ý", **facts_of(one))
    services.pass_on(actor=actor_for(chair), reason="x", solver=Solver.LEAD, **facts_of(other))
    services.withdraw(actor=actor_for(colleague), note="x", **facts_of(third))
    before = list(Obstacle.objects.order_by("pk").values())
    counted = Programme.objects.values_list("obstacles_open", "obstacle_since").get()
    assert counted == (2, TODAY - timedelta(days=10))
    Obstacle.objects.update(state="waiting", waits_since=date(2000, 1, 1), closed_on=None, solver="own", solver_unit=None)
    Programme.objects.update(obstacles_open=9, obstacle_since=None)
    services.rebuild(programme)
    assert list(Obstacle.objects.order_by("pk").values()) == before
    assert Programme.objects.values_list("obstacles_open", "obstacle_since").get() == counted


def test_where_it_stood_on_a_past_day(raise_: Raise, chair: Person, actor_for: ActorFor) -> None:
    obstacle = raise_(happened_on=TODAY - timedelta(days=5))
    services.answer(actor=actor_for(chair), note="Đồng ý", **facts_of(obstacle))
    states = [course and course.state for course in (course_on(obstacle, TODAY - timedelta(days=days)) for days in (6, 5, 1, 0))]
    assert states == [None, ObstacleState.WAITING, ObstacleState.WAITING, ObstacleState.ANSWERED]
