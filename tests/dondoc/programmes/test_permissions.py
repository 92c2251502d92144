"""Who may do what: each role × each unit × each page and act of programmes, in one table.

Whatever is added to the addresses, to the acts of a page or to the services without a row here fails.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.test import Client
from django.urls import reverse

from dondoc.programmes import services
from dondoc.programmes.enums import AssignmentRole, EventKind, FigureKind, ObstacleCause, OriginKind, Solver
from dondoc.programmes.models import (
    AnchorEvent,
    Assignment,
    Duty,
    Measurement,
    Origin,
    Part,
    Period,
    PlanStep,
    Programme,
    Task,
    UnitPlan,
    UrgingLetter,
)
from dondoc.programmes.services import obstacles
from dondoc.programmes.services.projecting import refresh
from dondoc.programmes.urls import urlpatterns
from dondoc.programmes.views import acts as task_acts
from dondoc.programmes.views import extensions as extension_views
from dondoc.programmes.views import obstacle as obstacle_views
from dondoc.programmes.views import parts as part_views
from dondoc.programmes.views import schedule as schedule_views
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Membership, Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, STARTED, TODAY
from tests.dondoc.factories.files import stored_file
from tests.dondoc.factories.programmes import add_lead, add_task, by, duty, happened, plan, target
from tests.dondoc.factories.units import PersonFactory, StandInFactory, UnitFactory, person_in

pytestmark = pytest.mark.usefixtures("frozen_day")

# Of the unit that leads the programme; of the unit that leads the task; a commune with a part of a group's task.
GIVER = {"giver", "giver_leader", "stand_in"}
OFFICE = {"office", "administrator"}
STEER = GIVER | OFFICE
LEAD = {"lead", "lead_clerk", "lead_leader", "handler"}
COMMUNE = {"commune"}
BESIDE = {"coordinator", "supervisor"}
CHAIR = {"chairman"}
INSIDE = STEER | LEAD | COMMUNE | BESIDE | CHAIR | {"giver_clerk", "other"}
OUTSIDE = {"former", "stranger", "strange_office"}
EVERYBODY = INSIDE | OUTSIDE

DAY = "12/9/2025"


@dataclass(frozen=True, slots=True)
class Row:
    """Who may; all others of the province get 403, those outside ``outside``. With ``data`` it is a POST."""

    who: set[str]
    data: dict[str, Any] | None = None
    outside: int = 404
    keys: dict[str, str] = field(default_factory=dict)


def page(who: set[str] = INSIDE, **facts: Any) -> Row:
    return Row(who, **facts)


def form(who: set[str], **data: Any) -> Row:
    return Row(who, data)


def act(who: set[str], key: str, **data: Any) -> Row:
    """A form whose fields begin with its key."""
    given = {f"{key}-happened_on": DAY} | {f"{key}-{name}": value for name, value in data.items()}
    return Row(who, given, keys={"key": key})


WHY = {"reason_code": "other", "reason": "Lý do"}
ANSWER = {"note": "Đã xong"}

TABLE: dict[str, Row] = {
    # Lists over all programmes
    "list": page(EVERYBODY),
    "obstacles_everywhere": page(EVERYBODY),
    "requests_everywhere": page(EVERYBODY),
    "letters": page(EVERYBODY),
    "compose_letter": page(STEER, outside=403),
    "letter_file": page(STEER | {"giver_clerk"}, outside=404),
    "summary": page(OFFICE | CHAIR | {"strange_office"}, outside=403),
    # Events that deadlines wait for
    "events": page({"administrator"}, outside=403),
    "name_event": Row({"administrator"}, {"name": "Đại hội"}, outside=403),
    "date_event": Row({"administrator"}, {"happened_on": DAY}, outside=403),
    # Pages of a programme
    "board": page(),
    "timeline": page(),
    "requests": page(),
    "request": page(),
    "request_paper": page(),
    "obstacles": page(),
    "obstacle": page(),
    "targets": page(),
    "target": page(),
    "measurement": page(),
    "figure_evidence": page(),
    "duties": page(),
    "papers": page(),
    "plans": page(),
    "plan": page(),
    "plan_paper": page(),
    "origin": page(),
    "origin_file": page(),
    "task": page(),
    "parts": page(),
    "evidence": page(),
    "schedule": page(),
    "information": page(),
    # Its make-up
    "open": page(STEER),
    "link": form(STEER),
    "unlink": form(STEER),
    "join": form(STEER),
    "add_items": form(STEER),
    "supersede": form(STEER),
    "add_task": page(STEER),
    "tie_task": form(STEER, name="Đại hội"),
    "set_unit": form(STEER),
    "name_answerer": form(STEER),
    "choose_parts": form(STEER),
    "close_programme": form(STEER, **{"dong-on": DAY, "dong-words": "Lý do"}),
    "reopen_programme": form(STEER, **{"mo-reason": "Lý do"}),
    "set_schedule": form(STEER),
    "stop_schedule": form(STEER),
    "act_on_parts": form(STEER),
    "close": form(STEER),
    # Targets
    "measure": page(STEER | LEAD),
    "grid": page(STEER | LEAD),
    "accept_figures": form(STEER, measurements="figure"),
    "return_figure": form(STEER, reason_code="other", reason="Lý do"),
    "define_target": page(STEER),
    "change_target": page(STEER),
    "add_milestone": page(STEER),
    "join_targets": page(STEER),
    "part_target": form(STEER),
    # A unit's own plan
    "make_plan": form(LEAD),
    "write_plan": page(LEAD),
    "issue_plan": form(LEAD),
    "add_step": page(LEAD),
    "change_step": page(LEAD),
    "record_step": page(LEAD),
    "drop_step": page(LEAD),
    # Obstacles; this one was raised by the leading unit and waits for the chairman
    "raise_obstacle": page(STEER | LEAD | COMMUNE | BESIDE | {"giver_clerk"}),
    "obstacle_act cho-y-kien": act(OFFICE | CHAIR, "cho-y-kien", note="Đồng ý"),
    "obstacle_act chuyen": act(STEER | CHAIR, "chuyen", reason="Lý do", solver="above"),
    "obstacle_act da-giai-quyet": act(STEER | LEAD, "da-giai-quyet", note="Đã xong"),
    "obstacle_act rut": act(STEER | LEAD, "rut", note="Lý do"),
    "obstacle_act mo-lai": act(STEER | LEAD, "mo-lai", note="Lý do"),
    # More time, asked for by the leading unit
    "request_answer dong-y": act(STEER, "dong-y", new_due_on="30/9/2025"),
    "request_answer khong-dong-y": act(STEER, "khong-dong-y", reason_code="other", reason="Lý do"),
    "request_answer rut": act(LEAD, "rut"),
    # Periods
    "period_act bo-qua": act(STEER, "bo-qua", **WHY),
    "period_act tinh-lai": act(STEER, "tinh-lai", **WHY),
    # The task that a department leads
    "act tiep-nhan": act(STEER | LEAD, "tiep-nhan"),
    "act giao-nguoi": act(LEAD, "giao-nguoi"),
    "act khong-nhan": act(LEAD, "khong-nhan", **WHY),
    "act giu-nguyen": act(STEER, "giu-nguyen", reason="Lý do"),
    "act tien-do": act(STEER | LEAD, "tien-do", note="Đã có dự thảo"),
    "act bao-xong": act(STEER | LEAD, "bao-xong", note="Đã xong"),
    "act xac-nhan": act(STEER, "xac-nhan"),
    "act tra-lai": act(STEER, "tra-lai", **WHY),
    "act xin-gia-han": act(STEER | LEAD, "xin-gia-han", new_due_on="30/9/2025", progress="Đã làm", objective="Mưa lũ"),
    "act gia-han": act(STEER, "gia-han", new_due_on="30/9/2025", **WHY),
    "act gia-han-don-vi": act(STEER, "gia-han-don-vi", new_due_on="30/9/2025", **WHY),
    "act tam-dung": act(STEER, "tam-dung", **WHY),
    "act dung": act(STEER, "dung", **WHY),
    "act mien": act(STEER, "mien", **WHY),
    "act bo-mien": act(STEER, "bo-mien", **WHY),
    "act tiep-tuc": act(STEER, "tiep-tuc", **WHY),
    "act mo-lai": act(STEER, "mo-lai", **WHY),
    "act loai": act(STEER, "loai", kind="report", reason="Lý do"),
    # The part of a commune in a group's task
    "part tiep-nhan": act(STEER | COMMUNE, "tiep-nhan"),
    "part giao-nguoi": act(COMMUNE, "giao-nguoi"),
    "part khong-nhan": act(COMMUNE, "khong-nhan", **WHY),
    "part tien-do": act(STEER | COMMUNE, "tien-do", note="Đã có dự thảo"),
    "part bao-xong": act(STEER | COMMUNE, "bao-xong", note="Đã gửi"),
    "part xac-nhan": act(STEER, "xac-nhan"),
    "part mien": act(STEER, "mien", **WHY),
}

# Each service stands behind rows of the table, or is called by a command or by other services alone.
BEHIND: dict[str, tuple[str, ...]] = {
    "accept": ("act xac-nhan", "part xac-nhan"),
    "accept_parts": ("act_on_parts",),
    "add_items": ("add_items",),
    "add_step": ("add_step",),
    "add_task": ("add_task",),
    "as_seen": ("act tien-do", "set_unit", "close"),
    "ask_extension": ("act xin-gia-han",),
    "cancel": ("act dung", "act mien", "part mien"),
    "change_kind": ("act loai",),
    "change_step": ("change_step",),
    "choose_parts": ("choose_parts",),
    "close": ("close",),
    "close_programme": ("close_programme",),
    "date_event": ("date_event",),
    "decline": ("act khong-nhan", "part khong-nhan"),
    "deliver": ("act bao-xong", "part bao-xong"),
    "drop_step": ("drop_step",),
    "edit_programme": ("information",),
    "excuse_parts": ("act_on_parts",),
    "extend": ("act gia-han", "act gia-han-don-vi"),
    "grant_extension": ("request_answer dong-y",),
    "hand_on": ("act giao-nguoi", "part giao-nguoi"),
    "insist": ("act giu-nguyen",),
    "issue_plan": ("issue_plan",),
    "join_document": ("join",),
    "link": ("link",),
    "make_plan": ("make_plan",),
    "name_answerer": ("name_answerer",),
    "name_event": ("name_event",),
    "open_periods": ("command",),
    "open_programme": ("open",),
    "rebuild": ("command",),
    "rebuild_all": ("command",),
    "receive": ("act tiep-nhan", "part tiep-nhan"),
    "record_progress": ("act tien-do", "part tien-do"),
    "record_step": ("record_step",),
    "refuse_extension": ("request_answer khong-dong-y",),
    "remind": ("command",),
    "reopen": ("act mo-lai",),
    "reopen_programme": ("reopen_programme",),
    "resume": ("act tiep-tuc", "act bo-mien"),
    "return_": ("act tra-lai",),
    "return_parts": ("act_on_parts",),
    "set_schedule": ("set_schedule",),
    "set_unit": ("set_unit",),
    "skip_period": ("period_act bo-qua",),
    "stop_schedule": ("stop_schedule",),
    "supersede": ("supersede",),
    "suspend": ("act tam-dung",),
    "take_up_period": ("period_act tinh-lai",),
    "tie_task": ("tie_task",),
    "unlink": ("unlink",),
    "withdraw_extension": ("request_answer rut",),
    "write_plan": ("write_plan",),
}


class TestTheTableIsWhole:
    def test_every_address_has_a_row(self) -> None:
        names = {str(pattern.name) for pattern in urlpatterns}  # type: ignore[union-attr]
        assert names == {row.split()[0] for row in TABLE} - {"part"}

    @pytest.mark.parametrize(
        ("name", "keys"),
        [
            ("act", task_acts.BY_KEY),
            ("obstacle_act", obstacle_views.BY_KEY),
            ("request_answer", extension_views.BY_KEY),
            ("period_act", schedule_views._PERIOD_ACTS),
        ],
    )
    def test_every_act_has_a_row(self, name: str, keys: dict[str, Any]) -> None:
        assert set(keys) == {row.split()[1] for row in TABLE if row.startswith(f"{name} ")}

    def test_every_service_stands_behind_a_row(self) -> None:
        assert set(services.__all__) == set(BEHIND)
        assert {row for rows in BEHIND.values() for row in rows} <= set(TABLE) | {"command"}

    def test_every_role_is_asked(self) -> None:
        assert {who for row in TABLE.values() for who in row.who} <= EVERYBODY
        assert {act.key for act in part_views.GROUP_ACTS} == {"xac-nhan", "tra-lai", "mien"}


@dataclass(slots=True)
class World:
    """A programme with one of everything, and who asks. ``args``: what stands in the addresses, by row or address."""

    people: dict[str, Person]
    args: dict[str, list[int]]


Make = Callable[..., Actor]


@pytest.fixture
def people(
    department: Unit, other_department: Unit, office: Unit, commune: Unit, province: Unit, owner: Person, unit_leader: Person,
    department_clerk: Person, colleague: Person, commune_clerk: Person, office_specialist: Person, administrator: Person,
    stranger: Person, foreign_department: Unit,
) -> dict[str, Person]:  # fmt: skip
    stand_in = PersonFactory(username="thay", full_name="Ngô Văn Thay")
    StandInFactory(
        membership=Membership.objects.get(person=owner),
        person=stand_in,
        valid_from=STARTED,
        valid_to=TODAY + timedelta(days=9),
    )
    former = PersonFactory(username="daroi", full_name="Mai Văn Rời")
    Membership.objects.create(
        person=former, unit=department, role=Role.SPECIALIST, valid_from=STARTED, valid_to=TODAY - timedelta(days=1)
    )
    committee = UnitFactory(name="UBND tỉnh Minh Họa", kind=UnitKind.PEOPLES_COMMITTEE, province=province)
    strange_office = UnitFactory(name="Văn phòng UBND tỉnh", kind=UnitKind.OFFICE, province=foreign_department.province)
    return {
        "giver": owner,
        "giver_leader": unit_leader,
        "giver_clerk": department_clerk,
        "stand_in": stand_in,
        "former": former,
        "office": office_specialist,
        "administrator": administrator,
        "lead": colleague,
        "lead_clerk": person_in(other_department, Role.CLERK, username="thuky"),
        "lead_leader": person_in(other_department, Role.UNIT_LEADER, username="giamdoc"),
        "handler": person_in(other_department, username="nguoilam"),
        "commune": commune_clerk,
        "coordinator": person_in(UnitFactory(name="Sở Tài chính", province=province), username="phoihop"),
        "supervisor": person_in(UnitFactory(name="Ban Chỉ đạo tỉnh", kind=UnitKind.OTHER, province=province), username="theodoi"),
        "other": person_in(UnitFactory(name="Sở Xây dựng", province=province), username="sokhac"),
        "chairman": person_in(committee, Role.UNIT_LEADER, username="chutich"),
        "stranger": stranger,
        "strange_office": person_in(strange_office, Role.PROVINCIAL_OFFICE, username="vpkhac"),
    }


@pytest.fixture
def world(
    people: dict[str, Person], department: Unit, other_department: Unit, commune: Unit, all_communes: UnitGroup,
    actor_for: Make, settings: Any, tmp_path: Any,
) -> World:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    giver = people["giver"]
    report = duty("Sở Nội vụ gửi báo cáo", reporters=["Sở Nội vụ"], recipient="Sở Y tế")
    figure = target("tỷ lệ trẻ em biết bơi đạt 50%", indicator="Tỷ lệ trẻ em biết bơi", value=50, unit="%", horizon="2025")
    document = plan(department, giver, [report, figure])
    programme = services.open_programme(actor_for(giver), document, at=NOON)
    made = _task(programme, people, other_department, actor_for)
    group = add_task(programme, lead=all_communes, members=[commune], deadline=by("2025-09-20"))
    args = {
        "programme": [programme.pk],
        "task": [programme.pk, made.pk],
        "group": [programme.pk, group.pk],
        **_of_a_task(programme, made, people),
        **_around(programme, made, people, other_department, actor_for),
        "open": [plan(department, giver, [figure], code="9/KH-UBND").pk],
        "link": [programme.pk, Duty.objects.get().pk],
        "add_items": [programme.pk, programme.papers.get().pk],
        "part": [programme.pk, group.pk],
        "part_pk": [Part.objects.get(assignment__task=group).pk],
    }
    return World(people, args)


def _task(programme: Programme, people: dict[str, Person], lead: Unit, actor_for: Make) -> Task:
    """Led by the department, with a coordinator and a supervising committee, handed on to one person."""
    made = add_task(programme, lead=lead, deadline=by("2025-09-20"))
    for role, who in ((AssignmentRole.COORDINATING, "coordinator"), (AssignmentRole.SUPERVISING, "supervisor")):
        unit = Membership.objects.get(person=people[who]).unit
        Assignment.objects.create(task=made, role=role, name=unit.name, unit=unit)
    services.hand_on(actor=actor_for(people["lead"]), task=made, at=NOON, happened_on=date(2025, 9, 1), person=people["handler"])
    return made


def _of_a_task(programme: Programme, made: Task, people: dict[str, Person]) -> dict[str, list[int]]:
    told = happened(made, EventKind.PROGRESS, date(2025, 9, 2), people["lead"], note="Đã làm", evidence=stored_file())
    lead = made.assignments.get(role=AssignmentRole.LEAD)
    comes_again = add_task(programme, "Báo cáo hằng tháng", rrule="FREQ=MONTHLY")
    share = add_lead(comes_again, lead.unit or "")
    period = Period.objects.create(
        task=comes_again, name="Tháng 9/2025", starts_on=date(2025, 9, 1), ends_on=date(2025, 9, 30), last_ok_on=date(2025, 9, 30)
    )
    assert lead.unit is not None
    Part.objects.create(assignment=share, unit=lead.unit, period=period)
    origin = Origin.objects.create(
        programme=programme, kind=OriginKind.MEETING, title="Giao ban tháng 9", said_on=date(2025, 9, 1), words="Giao Sở Nội vụ",
        file=stored_file(b"ket luan"), added_by=people["giver"], added_at=NOON,
    )  # fmt: skip
    task = [programme.pk, made.pk]
    return {
        "evidence": [*task, told.pk],
        "name": [*task, lead.pk],
        "schedule": [programme.pk, comes_again.pk],
        "period_act": [programme.pk, comes_again.pk, period.pk],
        "origin": [programme.pk, origin.pk],
    }


def _around(programme: Programme, made: Task, people: dict[str, Person], unit: Unit, actor_for: Make) -> dict[str, list[int]]:
    """An obstacle, a request, a target with a figure, a unit's plan with a step, a letter."""
    refresh([made], actor_for(people["lead"]))
    stuck = obstacles.raise_obstacle(
        actor=actor_for(people["lead"]), programme=programme, unit=unit, at=NOON, happened_on=TODAY,
        cause=ObstacleCause.FUNDS, text="Chưa có kinh phí", asked="Bố trí kinh phí", solver=Solver.PROVINCE, task=made,
    )  # fmt: skip
    asked = services.ask_extension(
        actor=actor_for(people["lead"]), task=made, at=NOON, happened_on=TODAY, new_due_on=date(2025, 9, 30),
        progress="Đã làm", objective="Mưa lũ",
    )  # fmt: skip
    measured = programme.targets.get()
    type(measured).objects.filter(pk=measured.pk).update(
        frequency="month", roll_up="latest", direction="up", measured_by_unit=unit
    )
    figure = Measurement.objects.create(
        target=measured, unit=unit, period_from=date(2025, 8, 1), period_to=date(2025, 8, 31), kind=FigureKind.FIGURE, value=40,
        evidence=stored_file(b"so lieu"), happened_on=TODAY, recorded_at=NOON, recorded_by=people["lead"],
    )  # fmt: skip
    own = UnitPlan.objects.create(programme=programme, unit=unit, title="Thực hiện", made_by=people["lead"], made_at=NOON)
    step = PlanStep.objects.create(plan=own, position=0, text="Họp", task=made)
    letter = UrgingLetter.objects.create(
        province=programme.province, from_unit=programme.lead_unit, key="k", made_on=TODAY, made_at=NOON,
        made_by=people["giver"], report_by=date(2025, 9, 20), file=stored_file(b"cong van"),
    )  # fmt: skip
    event = AnchorEvent.objects.create(province=programme.province, name="Đại hội", search_text="dai hoi")
    return {
        "date_event": [event.pk],
        "obstacle": [programme.pk, stuck.pk],
        "request": [programme.pk, made.pk, asked.pk],
        "target": [programme.pk, measured.pk],
        "measurement": [programme.pk, measured.pk, figure.pk],
        "plan": [programme.pk, unit.pk],
        "step": [programme.pk, unit.pk, step.pk],
        "letter_file": [letter.pk],
    }


# Which of the world's addresses a row asks for, where it does not bear its name.
_NO_ARGS = {"list", "obstacles_everywhere", "requests_everywhere", "letters", "compose_letter", "summary", "events", "name_event"}
_ADDRESSES = {
    "task": {"act", "task", "tie_task"},
    "group": {"parts", "act_on_parts", "close"},
    "name": {"set_unit", "name_answerer", "choose_parts"},
    "schedule": {"schedule", "set_schedule", "stop_schedule"},
    "origin": {"origin", "origin_file"},
    "obstacle": {"obstacle", "obstacle_act"},
    "request": {"request", "request_answer", "request_paper"},
    "target": {
        "target", "measure", "grid", "accept_figures", "define_target", "change_target", "add_milestone", "join_targets",
        "part_target",
    },
    "measurement": {"measurement", "return_figure", "figure_evidence"},
    "plan": {"plan", "make_plan", "write_plan", "issue_plan", "add_step", "plan_paper"},
    "step": {"change_step", "record_step", "drop_step"},
    "link": {"link", "unlink"},
}  # fmt: skip
_OF = {row: name for name, rows in _ADDRESSES.items() for row in rows}


def status_of(client: Client, world: World, name: str, row: Row) -> int:
    first = name.split(maxsplit=1)[0]
    args = [] if first in _NO_ARGS else world.args.get(_OF.get(first, first), world.args["programme"])
    address = reverse(f"programmes:{'act' if first == 'part' else first}", args=[*args, *row.keys.values()])
    data = row.data
    if data is None:
        return _status(client.get(address))
    if "measurements" in data:
        data = {"measurements": world.args["measurement"][-1]}
    if first == "part":
        data = {**data, f"{row.keys['key']}-part": world.args["part_pk"][0]}
    if first == "period_act":
        prefix = f"{row.keys['key']}-{args[-1]}"
        data = {f"{prefix}{key.removeprefix(row.keys['key'])}": value for key, value in data.items()}
    return _status(client.post(address, data))


def _status(response: Any) -> int:
    """Closes a file that is handed out, but not the connection with the test's transaction in it, as the end of a request would."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
    return int(response.status_code)


@pytest.fixture
def blank_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the status counts here; what pages print is tested with each of them."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_: "")


@pytest.mark.usefixtures("blank_pages")
@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_each_may_do_what_is_theirs_and_nothing_else(who: str, world: World, log_in: Callable[[Person], Client]) -> None:
    client = log_in(world.people[who])
    client.raise_request_exception = False
    wrong = []
    for name, row in TABLE.items():
        mark = transaction.savepoint()
        status = status_of(client, world, name, row)
        transaction.savepoint_rollback(mark)
        expected = "may" if who in row.who else str(row.outside if who in OUTSIDE else 404 if name == "letter_file" else 403)
        found = "may" if status in {200, 302, 409, 422} else str(status)
        if found != expected:
            wrong.append(f"{name}: {found} ({status}), expected {expected}")
    assert not wrong
