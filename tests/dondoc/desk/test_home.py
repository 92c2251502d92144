import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from dondoc.desk.queries import debts, reports
from dondoc.documents.enums import ItemState, Visibility
from dondoc.documents.models import Document
from dondoc.programmes import services
from dondoc.programmes.models import Duty, Part, Programme, Task
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_items, add_lead, add_task, by, duty, ongoing, plan, programme_of, task
from tests.dondoc.factories.units import MembershipFactory

LogIn = Callable[[Person], Client]
ActorFor = Callable[..., Actor]
pytestmark = pytest.mark.usefixtures("frozen_day")


def due(days: int) -> dict[str, object]:
    return by((TODAY + timedelta(days=days)).isoformat(), f"hạn {days}", exclusive=False)


def _owed(actor: Actor) -> debts.Owed:
    return debts.owed_by(actor, debts.running(actor))


def _reports(actor: Actor) -> list[Duty]:
    return reports.reports_of(actor, debts.running(actor))


def home(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def document(department: Unit, owner: Person) -> Document:
    return plan(department, owner)


@pytest.fixture
def programme(document: Document, owner: Person) -> Programme:
    return programme_of(document, owner)


@pytest.fixture
def group_task(programme: Programme, all_communes: UnitGroup, communes: list[Unit]) -> Task:
    return add_task(programme, "Gửi báo cáo tổng kết", lead=all_communes, members=communes, deadline=due(-3))


def test_what_my_unit_owes_by_how_it_presses(
    programme: Programme, other_department: Unit, colleague: Person, log_in: LogIn, actor_for: ActorFor
) -> None:
    for text, days in (("Quá hạn", -1), ("Hôm nay", 0), ("Bảy ngày", 7), ("Tám ngày", 8)):
        add_task(programme, text, lead=other_department, deadline=due(days))
    add_task(programme, "Không hạn", lead=other_department, deadline=ongoing())
    add_task(programme, "Xong rồi", lead=other_department, deadline=due(-1), done_on=TODAY)
    add_task(programme, "Tạm dừng", lead=other_department, deadline=due(-1), paused="suspended")
    add_task(programme, "Đã thay thế", lead=other_department, deadline=due(-1), superseded_on=TODAY)
    add_task(programme, "Chờ xác nhận", lead=other_department, deadline=due(-1), stage="delivered")
    owed = _owed(actor_for(colleague))
    assert owed.figures == debts.Figures(overdue=1, returned=0, soon=2, later=1, undated=1)
    assert [[debt.task.text for debt in bucket] for bucket in (owed.overdue, owed.soon, owed.later, owed.undated)] == [
        ["Quá hạn"],
        ["Hôm nay", "Bảy ngày"],
        ["Tám ngày"],
        ["Không hạn"],
    ]
    html = home(log_in(colleague))
    assert "Sở Nội vụ nợ 1 việc gấp" in html
    assert "còn 3 việc sắp tới" in html
    assert "Hạn cuối hôm nay" in html
    assert "Xong rồi" not in html


def test_a_commune_owes_its_part_until_it_is_done(
    group_task: Task, communes: list[Unit], commune_clerk: Person, owner: Person, actor_for: ActorFor, log_in: LogIn
) -> None:
    client = log_in(commune_clerk)
    html = home(client)
    assert "Xã An Bình nợ 1 việc gấp" in html
    assert "Quá hạn 3 ngày" in html
    part = Part.objects.get(assignment__task=group_task, unit=communes[0])
    services.accept(actor=actor_for(owner), task=group_task, part=part, at=NOON, happened_on=TODAY)
    assert "nợ" not in re.findall(r"<h1>(.*?)</h1>", home(client))[0]


def test_what_came_back_says_why_and_by_when(
    group_task: Task, communes: list[Unit], commune_clerk: Person, owner: Person, actor_for: ActorFor, log_in: LogIn
) -> None:
    part = Part.objects.get(assignment__task=group_task, unit=communes[0])
    facts = {"task": group_task, "part": part, "at": NOON, "happened_on": TODAY}
    services.deliver(actor=actor_for(commune_clerk), note="Đã gửi", **facts)
    assert _owed(actor_for(commune_clerk)).figures.urgent == 0
    services.return_(
        actor=actor_for(owner), reason_code="incomplete", reason="Thiếu bảng 2", new_due_on=date(2025, 9, 16), **facts
    )
    html = home(log_in(commune_clerk))
    assert "“Thiếu bảng 2”" in html
    assert "nộp lại đến hết 16/9/2025" in html
    assert _owed(actor_for(commune_clerk)).figures == debts.Figures(returned=1)


def test_an_excused_part_is_not_owed(group_task: Task, commune_clerk: Person, actor_for: ActorFor) -> None:
    Part.objects.update(excused=True)
    assert _owed(actor_for(commune_clerk)).figures == debts.Figures()


def test_a_lead_owes_nothing_where_another_answers(
    programme: Programme, department: Unit, other_department: Unit, colleague: Person, actor_for: ActorFor
) -> None:
    made = add_task(programme, lead=other_department, deadline=due(-1))
    assert _owed(actor_for(colleague)).figures.overdue == 1
    add_lead(made, department, answers=True)
    assert _owed(actor_for(colleague)).figures.overdue == 0


def test_one_debt_under_three_names_is_owed_once(
    department: Unit, owner: Person, all_communes: UnitGroup, communes: list[Unit], commune_clerk: Person, actor_for: ActorFor
) -> None:  # fmt: skip
    duties = [
        task("xây dựng báo cáo tổng kết", lead=["UBND các xã, phường"], deadline=by("2025-09-10"), section="III.2.b"),
        task("hoàn thiện báo cáo tổng kết", lead=["UBND các xã, phường"], section="V.3"),
        duty("UBND các xã, phường gửi báo cáo", reporters=["UBND các xã, phường"], deadline=by("2025-09-10")),
    ]
    services.open_programme(actor_for(owner), plan(department, owner, duties), at=NOON)
    assert _owed(actor_for(commune_clerk)).figures == debts.Figures(overdue=1)
    assert _reports(actor_for(commune_clerk)) == []


def test_a_report_that_no_task_stands_for_is_listed(
    department: Unit, owner: Person, all_communes: UnitGroup, commune_clerk: Person, colleague: Person,
    actor_for: ActorFor, log_in: LogIn,
) -> None:  # fmt: skip
    duties = [duty("Gửi báo cáo năm", reporters=["UBND các xã, phường"], deadline=by("2025-11-30", "trước ngày 30/11/2025"))]
    services.open_programme(actor_for(owner), plan(department, owner, duties), at=NOON)
    assert "trước ngày 30/11/2025" in home(log_in(commune_clerk))
    assert _reports(actor_for(colleague)) == []


def test_documents_of_my_unit_with_unseen_items(document: Document, owner: Person, colleague: Person, log_in: LogIn) -> None:
    add_items(document, document.readings.get(), [task("Việc chưa xem")], state=ItemState.PROPOSED)
    assert "1 mục chưa xem" in home(log_in(owner))
    assert "mục chưa xem" not in home(log_in(colleague))


def test_deliveries_wait_for_the_giver(
    programme: Programme, other_department: Unit, owner: Person, colleague: Person, log_in: LogIn
) -> None:
    add_task(programme, "Đã tham mưu", lead=other_department, deadline=due(3), stage="delivered", reported_on=TODAY)
    html = home(log_in(owner))
    assert "Chờ đơn vị tôi xác nhận hoàn thành" in html
    assert "Đã tham mưu" in html
    assert "Đã tham mưu" not in home(log_in(colleague))


def test_the_office_sees_the_programmes_in_need_first(
    programme: Programme, department: Unit, owner: Person, office_specialist: Person, log_in: LogIn
) -> None:
    add_task(programme, deadline=due(20))
    urgent = programme_of(plan(department, owner, code="2/KH-UBND"), owner, title="Chương trình gấp")
    add_task(urgent, deadline=due(-31))
    html = home(log_in(office_specialist))
    assert "2 chương trình</a> đang theo dõi" in html
    assert html.index("Chương trình gấp") < html.index(programme.title.split(" 2021")[0])
    assert "Cần chỉ đạo" in html


def test_a_stranger_sees_nothing_of_this_province(group_task: Task, stranger: Person, log_in: LogIn) -> None:
    html = home(log_in(stranger))
    assert "Gửi báo cáo tổng kết" not in html
    assert "Đơn vị chưa được giao việc nào" in html


def test_a_restricted_programme_is_not_on_the_desk_of_units_it_does_not_name(
    group_task: Task, programme: Programme, commune_clerk: Person, actor_for: ActorFor
) -> None:
    programme.visibility = Visibility.RESTRICTED
    programme.save()
    assert _owed(actor_for(commune_clerk)).figures == debts.Figures()


def test_one_without_a_seat_is_told_so(commune_clerk: Person, log_in: LogIn) -> None:
    commune_clerk.memberships.update(valid_to=TODAY - timedelta(days=1))
    assert "chưa được phân công ở đơn vị nào" in home(log_in(commune_clerk))


def test_a_seat_in_two_units_owes_for_both(
    group_task: Task, communes: list[Unit], commune_clerk: Person, actor_for: ActorFor, log_in: LogIn
) -> None:
    MembershipFactory(person=commune_clerk, unit=communes[1])
    assert _owed(actor_for(commune_clerk)).figures.overdue == 2
    assert "· xã Suối Trong" in home(log_in(commune_clerk))


def test_long_lists_say_how_many_there_are(
    programme: Programme, other_department: Unit, colleague: Person, log_in: LogIn
) -> None:
    for number in range(debts.SHOWN + 2):
        add_task(programme, f"Việc {number}", lead=other_department, deadline=due(-number - 1))
    add_task(programme, "Còn lâu", lead=other_department, deadline=due(30))
    html = home(log_in(colleague))
    assert f"Hiện {debts.SHOWN} trong {debts.SHOWN + 2} việc" in html
    assert "Còn lâu" in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_is_the_same(
    count: int, programme: Programme, all_communes: UnitGroup, communes: list[Unit], department: Unit, owner: Person,
    commune_clerk: Person, log_in: LogIn, django_assert_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    for days in range(count):
        add_task(programme, lead=all_communes, members=communes, deadline=due(days - 1))
        add_task(programme, lead=department, deadline=due(days - 1))
    commune, leader = log_in(commune_clerk), log_in(owner)
    with django_assert_num_queries(13):  # type: ignore[attr-defined]
        home(commune)
    with django_assert_num_queries(19):  # type: ignore[attr-defined]
        home(leader)


def test_who_leads_sees_the_programmes_before_the_debts(
    programme: Programme, department: Unit, unit_leader: Person, owner: Person, log_in: LogIn
) -> None:
    add_task(programme, "Việc quá hạn", lead=department, deadline=due(-1))
    first, second = (home(log_in(person)) for person in (unit_leader, owner))
    assert first.index("Chương trình đơn vị chủ trì") < first.index("Làm ngay")
    assert second.index("Chương trình đơn vị chủ trì") > second.index("Làm ngay")


def test_a_document_without_a_number_is_named_once(department: Unit, owner: Person, log_in: LogIn) -> None:
    plan(department, owner, [task("rà soát bể bơi")], state=ItemState.PROPOSED, code="", title="phát động phong trào")
    html = home(log_in(owner))
    assert html.count("Phát động phong trào") == 1
    assert "phát động phong trào" not in html
