"""The lists behind the figures: what units owe, who holds it, and tasks across programmes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dondoc.desk.queries import debts, people
from dondoc.documents.enums import Visibility
from dondoc.programmes.models import Part, Programme, Task
from dondoc.units.enums import Role
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.programmes import add_task, ongoing
from tests.dondoc.factories.units import person_in

LogIn = Callable[[Person], Client]
ActorFor = Callable[..., Actor]
Due = Callable[[int], dict[str, Any]]
pytestmark = pytest.mark.usefixtures("frozen_day")


def rows(client: Client, asked: str = "", page: str = "/viec/") -> list[str]:
    response = client.get(f"{page}{asked}")
    assert response.status_code == 200
    html = response.content.decode()
    found = re.findall(r'class="tt"[^>]*>([^<]*)', html)
    assert ("Không có việc nào" in html or "Không có nhiệm vụ nào" in html) == (not found)
    return found


@pytest.fixture
def owed(
    programme: Programme, other_department: Unit, all_communes: UnitGroup, communes: list[Unit], due: Due
) -> dict[str, Task]:
    """What Sở Nội vụ owes, and a group's task that three communes owe."""
    made = {
        str(days): add_task(programme, f"Việc {days}", lead=other_department, deadline=due(days)) for days in (8, 7, 0, -1, -31)
    }
    made["back"] = add_task(programme, "Trả lại", lead=other_department, deadline=due(-4), stage="returned")
    made["none"] = add_task(programme, "Không hạn", lead=other_department, deadline=ongoing())
    made["group"] = add_task(programme, "Của xã", lead=all_communes, members=communes, deadline=due(-2))
    Part.objects.update(last_ok_on=made["group"].last_ok_on)
    return made


class TestDebts:
    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("", ["Việc -31", "Trả lại", "Việc -1", "Việc 0", "Việc 7", "Việc 8", "Không hạn"]),
            ("qua-han", ["Việc -31", "Trả lại", "Việc -1"]),
            ("qua-30-ngay", ["Việc -31"]),
            ("no-qua-han", ["Việc -31", "Việc -1"]),
            ("tra-lai", ["Trả lại"]),
            ("sap-den-han", ["Việc 0", "Việc 7"]),
            ("14-ngay", ["Việc 0", "Việc 7", "Việc 8"]),
            ("sau", ["Việc 8"]),
            ("khong-thoi-han", ["Không hạn"]),
            ("x", ["Việc -31", "Trả lại", "Việc -1", "Việc 0", "Việc 7", "Việc 8", "Không hạn"]),
        ],
    )
    def test_of_my_unit_by_state(
        self, state: str, expected: list[str], owed: dict[str, Task], colleague: Person, log_in: LogIn
    ) -> None:
        assert rows(log_in(colleague), f"?trang-thai={state}") == expected

    def test_figures_of_the_first_page_are_the_lists_counts(
        self, owed: dict[str, Task], colleague: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        actor = actor_for(colleague)
        figures = debts.owed_by(actor, debts.running(actor)).figures
        assert figures == debts.Figures(overdue=2, returned=1, soon=2, later=1, undated=1)
        states = ("no-qua-han", "tra-lai", "sap-den-han", "sau", "khong-thoi-han")
        assert [len(rows(log_in(colleague), f"?trang-thai={state}")) for state in states] == [2, 1, 2, 1, 1]

    def test_of_one_unit_of_the_communes_and_of_all(
        self, owed: dict[str, Task], commune: Unit, owner: Person, log_in: LogIn
    ) -> None:  # fmt: skip
        client = log_in(owner)
        assert rows(client) == []
        assert rows(client, f"?don-vi={commune.pk}") == ["Của xã"]
        assert rows(client, "?don-vi=xa-phuong") == ["Của xã"] * 3
        assert len(rows(client, "?don-vi=tat-ca")) == 10

    def test_no_unit_and_no_work_of_another_province(
        self, owed: dict[str, Task], other_department: Unit, stranger: Person, log_in: LogIn
    ) -> None:
        client = log_in(stranger)
        assert client.get(f"/viec/?don-vi={other_department.pk}").status_code == 404
        assert client.get("/viec/?don-vi=abc").status_code == 404
        assert rows(client, "?don-vi=tat-ca") == []
        assert rows(client, "?trang-thai=tat-ca", "/viec/nhiem-vu/") == []

    def test_a_restricted_programme_is_left_out(
        self, owed: dict[str, Task], commune: Unit, commune_clerk: Person, log_in: LogIn
    ) -> None:
        Programme.objects.update(visibility=Visibility.RESTRICTED)
        assert rows(log_in(commune_clerk), f"?don-vi={commune.pk}") == []

    def test_as_a_table(self, owed: dict[str, Task], colleague: Person, log_in: LogIn) -> None:
        response = log_in(colleague).get("/viec/?trang-thai=qua-han&xuat=csv")
        lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
        assert [line.split(";")[2] for line in lines[1:]] == ["Việc -31", "Trả lại", "Việc -1"]
        assert lines[1].endswith(";2025-08-12;Quá hạn 31 ngày")

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_number_of_queries_is_the_same(
        self, count: int, programme: Programme, all_communes: UnitGroup, communes: list[Unit], department: Unit, due: Due,
        owner: Person, log_in: LogIn, django_assert_num_queries: Callable[..., object],
    ) -> None:  # fmt: skip
        for _ in range(count):
            add_task(programme, lead=department, deadline=due(-1))
            made = add_task(programme, lead=all_communes, members=communes, deadline=due(-1))
            Part.objects.filter(assignment__task=made).update(last_ok_on=made.last_ok_on)
        client = log_in(owner)
        with django_assert_num_queries(8):  # type: ignore[attr-defined]
            client.get("/viec/?don-vi=tat-ca&trang-thai=qua-han")
        with django_assert_num_queries(7):  # type: ignore[attr-defined]
            client.get("/viec/nhiem-vu/")


class TestTasks:
    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("", ["Việc -31", "Trả lại", "Của xã", "Việc -1"]),
            ("qua-30-ngay", ["Việc -31"]),
            ("14-ngay", ["Việc 0", "Việc 7", "Việc 8"]),
            ("khong-thoi-han", ["Không hạn"]),
        ],
    )
    def test_a_groups_task_is_one(
        self, state: str, expected: list[str], owed: dict[str, Task], owner: Person, log_in: LogIn
    ) -> None:
        assert rows(log_in(owner), f"?trang-thai={state}", "/viec/nhiem-vu/") == expected

    def test_as_a_table_with_the_leads(self, owed: dict[str, Task], owner: Person, log_in: LogIn) -> None:
        response = log_in(owner).get("/viec/nhiem-vu/?trang-thai=qua-30-ngay&xuat=csv")
        lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[1].split(";")[2:4] == ["Việc -31", "Sở Nội vụ"]


def test_all_that_waits_for_the_givers_word(
    programme: Programme, other_department: Unit, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
) -> None:
    for number in range(7):
        add_task(programme, f"Chờ {number}", lead=other_department, stage="delivered")
    add_task(programme, "Không nhận", lead=other_department, stage="declined")
    client = log_in(owner)
    assert "Xem cả 8</a>" in client.get("/").content.decode()
    html = client.get("/viec/cho-xac-nhan/").content.decode()
    assert re.findall(r'class="tt"[^>]*>([^<]*)', html) == [*(f"Chờ {number}" for number in range(7)), "Không nhận"]
    assert html.count("Đề nghị không nhận") == 1
    for other in (colleague, stranger):
        assert "Không có việc nào chờ xác nhận" in log_in(other).get("/viec/cho-xac-nhan/").content.decode()


class TestHandedOn:
    @pytest.fixture
    def neighbour(self, other_department: Unit) -> Person:
        return person_in(other_department, username="dongso", full_name="Lò Thị Đồng Sở")

    @pytest.fixture
    def head(self, other_department: Unit) -> Person:
        return person_in(other_department, Role.UNIT_LEADER, username="giamdoc", full_name="Ma Thị Giám Đốc")

    def test_own_work_comes_first(
        self, owed: dict[str, Task], colleague: Person, neighbour: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        Task.objects.filter(pk=owed["-1"].pk).update(handler=colleague)
        Task.objects.filter(pk=owed["-31"].pk).update(handler=neighbour)
        actors = [actor_for(person) for person in (colleague, neighbour)]
        mine, others = (debts.owed_by(actor, debts.running(actor)) for actor in actors)
        assert [debt.task.text for debt in mine.overdue] == ["Việc -1", "Việc -31"]
        assert [debt.task.text for debt in others.overdue] == ["Việc -31", "Việc -1"]
        html = log_in(colleague).get("/").content.decode()
        assert html.count("Giao tôi") == 1
        assert "Lò Thị Đồng Sở thực hiện" in html

    def test_who_holds_what_and_the_way_to_it(
        self,
        owed: dict[str, Task],
        programme: Programme,
        colleague: Person,
        neighbour: Person,
        head: Person,
        actor_for: ActorFor,
        log_in: LogIn,
    ) -> None:
        Task.objects.filter(pk__in=[owed["-1"].pk, owed["7"].pk]).update(handler=colleague)
        held = people.holders(actor_for(head), [programme.pk])
        assert [(one.name, *one.figures.values()) for one in held.busy] == [
            ("Chưa giao ai", 2, 1, 5),
            ("Phạm Văn Đồng Nghiệp", 1, 1, 2),
        ]
        assert [one.name for one in held.free] == ["Ma Thị Giám Đốc", "Lò Thị Đồng Sở"]
        client = log_in(head)
        html = client.get("/").content.decode()
        assert "Ai đang giữ việc gì" in html
        assert "Chưa giữ việc nào: Ma Thị Giám Đốc, Lò Thị Đồng Sở" in html
        for one in held.busy:
            assert len(rows(client, f"?nguoi={one.key}")) == one.figures["total"]
            assert len(rows(client, f"?nguoi={one.key}&trang-thai=qua-han")) == one.figures["overdue"]
            assert len(rows(client, f"?nguoi={one.key}&trang-thai=sap-den-han")) == one.figures["soon"]

    def test_only_who_leads_the_unit_sees_it(
        self,
        owed: dict[str, Task],
        programme: Programme,
        colleague: Person,
        unit_leader: Person,
        actor_for: ActorFor,
        log_in: LogIn,
    ) -> None:
        assert people.holders(actor_for(colleague), [programme.pk]) == people.Holders()
        assert "Ai đang giữ việc gì" not in log_in(colleague).get("/").content.decode()
        held = people.holders(actor_for(unit_leader), [programme.pk])
        assert held.busy == []
        assert [one.name for one in held.free] == ["Nguyễn Thị Chủ", "Trần Văn Lãnh"]

    def test_nobody_asks_for_people_of_other_units(
        self, owed: dict[str, Task], owner: Person, colleague: Person, log_in: LogIn
    ) -> None:
        assert log_in(owner).get(f"/viec/?nguoi={colleague.pk}").status_code == 404
