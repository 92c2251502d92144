"""The first page of those who lead the province: every figure opens exactly its rows."""

import html as markup
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.desk.queries import debts, leading
from dondoc.documents.enums import Visibility
from dondoc.programmes.enums import ObstacleState, ProgrammeState, Solver
from dondoc.programmes.models import Obstacle, Part, Programme
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.obstacles import add_obstacle
from tests.dondoc.factories.programmes import add_task, ongoing, plan, programme_of

LogIn = Callable[[Person], Client]
ActorFor = Callable[..., Actor]
Due = Callable[[int], dict[str, Any]]
pytestmark = pytest.mark.usefixtures("frozen_day")


def home(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return str(response.content.decode())


def link_with(html: str, words: str) -> str:
    """The address of the link that says this."""
    found = re.search(rf'<a[^>]*href="([^"]*)"[^>]*>(?:<b>)?{words}', html)
    assert found, words
    return markup.unescape(found[1])


def rows_behind(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.findall(r'class="tt"[^>]*>(?:<b>)?([^<]*)', response.content.decode())


@pytest.fixture
def busy(
    programme: Programme, department: Unit, other_department: Unit, all_communes: UnitGroup, communes: list[Unit], due: Due
) -> Programme:
    """Overdue: Sở Nội vụ 31 and 30 days, Sở Y tế 1 day, two of three communes 3 days; coming: in 14 and in 15 days."""
    for days in (-31, -30):
        add_task(programme, f"Sở Nội vụ {days}", lead=other_department, deadline=due(days))
    add_task(programme, "Sở Y tế -1", lead=department, deadline=due(-1))
    add_task(programme, "Chờ xác nhận", lead=department, deadline=due(-2), stage="delivered")
    group = add_task(programme, "Báo cáo của xã", lead=all_communes, members=communes, deadline=due(-3))
    Part.objects.filter(assignment__task=group).update(last_ok_on=group.last_ok_on)
    Part.objects.filter(assignment__task=group, unit=communes[2]).update(done_on=TODAY)
    for days in (14, 15):
        add_task(programme, f"Còn {days}", lead=department, deadline=due(days))
    add_task(programme, "Thường xuyên", lead=department, deadline=ongoing())
    add_task(programme, "Xong", lead=department, deadline=due(-5), done_on=TODAY - timedelta(days=6))
    return programme


@pytest.mark.parametrize(
    ("who", "leads"),
    [("chair", True), ("office_specialist", True), ("administrator", True), ("unit_leader", False), ("commune_clerk", False)],
)
def test_whose_page_it_is(
    who: str, busy: Programme, request: pytest.FixtureRequest, log_in: LogIn, *, leads: bool
) -> None:  # fmt: skip
    assert ("Cơ quan còn việc quá hạn" in home(log_in(request.getfixturevalue(who)))) == leads


def test_the_quick_report_is_one_click_away(busy: Programme, chair: Person, unit_leader: Person, log_in: LogIn) -> None:
    address = reverse("programmes:summary")
    client = log_in(chair)
    assert f'href="{address}"' in home(client)
    assert client.get(address)["Content-Disposition"].startswith("attachment")
    assert address not in home(log_in(unit_leader))


class TestFigures:
    def test_the_sums_open_their_tasks(self, busy: Programme, chair: Person, log_in: LogIn) -> None:
        client = log_in(chair)
        html = home(client)
        for words, count in (("9 nhiệm vụ", 9), ("5 quá hạn", 5), ("1 việc trên 30 ngày", 1), ("Xem cả 1<", 1)):
            assert len(rows_behind(client, link_with(html, words))) == count
        assert rows_behind(client, link_with(html, "Xem cả 1<")) == ["Còn 14"]
        assert "1 chương trình</a> đang theo dõi" in html

    def test_each_part_of_a_bar_opens_its_rows(self, busy: Programme, chair: Person, log_in: LogIn) -> None:
        client = log_in(chair)
        parts = re.findall(r'<a href="([^"]*)" aria-label="(\d+) ([^"]*)"><rect', home(client))
        assert {words: int(count) for _, count, words in parts} == {
            "hoàn thành đúng hạn": 1,
            "trong hạn": 2,
            "không thời hạn": 1,
            "quá hạn": 5,
        }
        for address, count, _ in parts:
            assert len(rows_behind(client, address)) == int(count)

    def test_late_agencies_in_their_own_figures(self, busy: Programme, chair: Person, actor_for: ActorFor, log_in: LogIn) -> None:
        actor = actor_for(chair)
        late = leading.late_agencies(actor, debts.running(actor))
        assert [(one.name, one.overdue, one.long) for one in late] == [
            ("Sở Nội vụ", 2, 1),
            ("Xã, phường (2/3)", 2, 0),
            ("Sở Y tế", 1, 0),
        ]
        client = log_in(chair)
        html = home(client)
        rows = {one.name: rows_behind(client, link_with(html, re.escape(one.name))) for one in late}
        assert {name: len(found) for name, found in rows.items()} == {one.name: one.overdue for one in late}
        assert rows["Sở Y tế"] == ["Sở Y tế -1"]
        assert rows["Xã, phường (2/3)"] == ["Báo cáo của xã"] * 2
        long = re.search(r'href="([^"]*)">1 việc trên 30 ngày</a></span></li>', html)
        assert long
        assert rows_behind(client, markup.unescape(long[1])) == ["Sở Nội vụ -31"]

    def test_a_closed_programme_counts_no_longer(self, busy: Programme, chair: Person, log_in: LogIn) -> None:
        Programme.objects.update(state=ProgrammeState.CLOSED)
        html = home(log_in(chair))
        assert "Chưa có chương trình nào đang thực hiện" in html
        assert "Không cơ quan nào còn việc quá hạn" in html

    def test_a_restricted_programme_is_left_out(
        self, busy: Programme, chair: Person, office_specialist: Person, log_in: LogIn
    ) -> None:
        Programme.objects.update(visibility=Visibility.RESTRICTED)
        assert "Sở Nội vụ" not in home(log_in(chair))
        assert "Sở Nội vụ" in home(log_in(office_specialist))

    def test_another_province_sees_nothing_of_it(self, busy: Programme, strange_administrator: Person, log_in: LogIn) -> None:
        html = home(log_in(strange_administrator))
        assert "Chưa có chương trình nào đang thực hiện" in html
        assert "Sở Nội vụ" not in html


class TestProgrammes:
    def test_those_in_need_come_first_and_say_why(
        self, busy: Programme, department: Unit, owner: Person, chair: Person, due: Due, log_in: LogIn
    ) -> None:
        quiet = programme_of(plan(department, owner, code="2/KH-UBND"), owner, title="Chương trình êm")
        add_task(quiet, "Việc tới", lead=department, deadline=due(20))
        slow = programme_of(plan(department, owner, code="3/KH-UBND"), owner, title="Chương trình chậm")
        add_task(slow, lead=department, deadline=due(-30))
        html = home(log_in(chair))
        lights = re.findall(r'<span class="light (\w+)" title="Cần chỉ đạo: có nhiệm vụ quá hạn trên 30 ngày', html)
        assert lights == ["direct", "slow", "good"]
        assert html.count("vướng mắc chờ ý kiến trên 15 ngày") == 4
        assert re.search(r"Việc tới</a><small>02/10/2025", html)

    @pytest.mark.parametrize(("waited", "light"), [(15, "good"), (16, "direct")])
    def test_an_obstacle_turns_the_light_on_the_sixteenth_day(
        self, waited: int, light: str, programme: Programme, chair: Person, log_in: LogIn
    ) -> None:
        Programme.objects.update(obstacle_since=TODAY - timedelta(days=waited), obstacles_open=1)
        assert f'<span class="light {light}"' in home(log_in(chair))


class TestObstacles:
    @pytest.fixture
    def waiting(self, programme: Programme, other_department: Unit, colleague: Person) -> list[Obstacle]:
        return [
            add_obstacle(programme, other_department, colleague, f"Vướng {days}", on=TODAY - timedelta(days=days))
            for days in (1, 20, 5, 9)
        ]

    def test_the_oldest_three_with_the_form_and_the_way_to_all(
        self, waiting: list[Obstacle], chair: Person, log_in: LogIn
    ) -> None:  # fmt: skip
        client = log_in(chair)
        html = home(client)
        assert re.findall(r'class="what"[^>]*>([^<]*)', html) == ["Vướng 20", "Vướng 9", "Vướng 5"]
        assert html.count('<details class="ans">') == 3
        for words in ("4</b> vướng mắc", "Xem cả 4<"):
            assert rows_behind(client, link_with(html, words)) == ["Vướng 20", "Vướng 9", "Vướng 5", "Vướng 1"]

    def test_answered_from_the_first_page(self, waiting: list[Obstacle], chair: Person, log_in: LogIn) -> None:
        client = log_in(chair)
        address = re.search(r'action="([^"]*/cho-y-kien/)"', home(client))
        assert address
        facts = {"cho-y-kien-note": "Giao Sở Tài chính", "cho-y-kien-happened_on": "12/9/2025", "ve": "/"}
        assert client.post(address[1], facts)["Location"] == "/"
        waiting[1].refresh_from_db()
        assert waiting[1].state == ObstacleState.ANSWERED
        assert "Vướng 20" not in home(client)

    def test_what_waits_for_a_unit_is_on_its_own_page(
        self, waiting: list[Obstacle], programme: Programme, department: Unit, other_department: Unit, colleague: Person,
        owner: Person, chair: Person, log_in: LogIn,
    ) -> None:  # fmt: skip
        add_obstacle(programme, other_department, colleague, "Hỏi sở", solver=Solver.LEAD, solver_unit=department)
        client = log_in(owner)
        html = home(client)
        assert re.findall(r'class="what"[^>]*>([^<]*)', html) == ["Hỏi sở"]
        assert rows_behind(client, link_with(html, "Xem cả 1<")) == ["Hỏi sở"]
        assert "Hỏi sở" not in home(log_in(chair))


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_is_the_same(
    count: int, department: Unit, other_department: Unit, all_communes: UnitGroup, communes: list[Unit], owner: Person,
    colleague: Person, chair: Person, office_specialist: Person, due: Due, log_in: LogIn,
    django_assert_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    for number in range(count):
        programme = programme_of(plan(department, owner, code=f"{number}/KH-UBND"), owner)
        for days in (-40, -1, 3, 20):
            add_task(programme, lead=other_department, deadline=due(days))
            made = add_task(programme, lead=all_communes, members=communes, deadline=due(days))
            Part.objects.filter(assignment__task=made).update(last_ok_on=made.last_ok_on)
        add_obstacle(programme, other_department, colleague)
    leader, office = log_in(chair), log_in(office_specialist)
    for client in (leader, office):
        home(client)
    with django_assert_num_queries(13):  # type: ignore[attr-defined]
        home(leader)
    with django_assert_num_queries(15):  # type: ignore[attr-defined]
        home(office)
