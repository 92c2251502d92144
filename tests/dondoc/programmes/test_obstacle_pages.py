"""The pages of obstacles: lists, one obstacle, raising and answering."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.documents.enums import Visibility
from dondoc.programmes.enums import ObstacleState, ProgrammeState, Solver
from dondoc.programmes.models import Obstacle, Programme, Task
from dondoc.programmes.services import obstacles as services
from dondoc.search import queries as search
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.obstacles import add_obstacle
from tests.dondoc.factories.programmes import add_task
from tests.dondoc.factories.units import UnitFactory, person_in
from tests.dondoc.programmes.answers import body, said

LogIn = Callable[[Person], Client]
ActorFor = Callable[..., Actor]
EVERYWHERE = "/chuong-trinh/vuong-mac/"
pytestmark = pytest.mark.usefixtures("frozen_day")


def ago(days: int) -> dict[str, object]:
    return {"on": TODAY - timedelta(days=days)}


def of(programme: Programme) -> str:
    return reverse("programmes:obstacles", args=[programme.pk])


def page_of(obstacle: Obstacle) -> str:
    return reverse("programmes:obstacle", args=[obstacle.programme_id, obstacle.pk])


def act(obstacle: Obstacle, key: str) -> str:
    return reverse("programmes:obstacle_act", args=[obstacle.programme_id, obstacle.pk, key])


def rows_of(html: str) -> list[str]:
    return re.findall(r'<a class="tt"[^>]*><b>(.*?)</b>', html)


def pills_of(html: str) -> dict[str, tuple[str, int]]:
    """Words → (address, number)."""
    found = re.findall(r'<a class="chip" href="([^"]*)"[^>]*>(.*?) <b>(\d+)</b></a>', html)
    return {words: (address.replace("&amp;", "&"), int(number)) for address, words, number in found}


@pytest.fixture
def chair(province: Unit) -> Person:
    committee = UnitFactory(code="minh-hoa:ubnd-tinh", name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE, province=province)
    return person_in(committee, Role.UNIT_LEADER, username="phochutich", full_name="Vũ Văn Phó")


@pytest.fixture
def made(programme: Programme, other_department: Unit) -> Task:
    return add_task(programme, "Rà soát bể bơi", lead=other_department)


@pytest.fixture
def some(programme: Programme, other_department: Unit, department: Unit, colleague: Person) -> list[Obstacle]:
    """Two for the province (one too long), one for Sở Y tế, one answered, one solved."""
    answered = {"state": ObstacleState.ANSWERED, "waits_since": None}
    solved = {"state": ObstacleState.SOLVED, "waits_since": None, "closed_on": TODAY}
    return [
        add_obstacle(programme, other_department, colleague, "Chờ 15 ngày", **ago(15)),
        add_obstacle(programme, other_department, colleague, "Chờ 16 ngày", **ago(16)),
        add_obstacle(programme, other_department, colleague, "Của Sở Y tế", solver=Solver.UNIT, solver_unit=department, **ago(2)),
        add_obstacle(programme, other_department, colleague, "Có ý kiến", cause="staff", **ago(3), **answered),
        add_obstacle(programme, other_department, colleague, "Xong rồi", **ago(4), **solved),
    ]


class TestList:
    def test_the_longest_wait_comes_first(self, some: list[Obstacle], owner: Person, programme: Programme, log_in: LogIn) -> None:
        for url in (EVERYWHERE, of(programme)):
            html = body(log_in(owner).get(url))
            assert rows_of(html) == ["Chờ 16 ngày", "Chờ 15 ngày", "Của Sở Y tế", "Có ý kiến"]
            assert html.count('<tr class="k-over">') == 1

    def test_each_figure_opens_its_rows(self, some: list[Obstacle], owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        pills = pills_of(body(client.get(EVERYWHERE)))
        assert {words: number for words, (_, number) in pills.items()} == {
            "Chờ ý kiến": 3,
            "Chờ UBND tỉnh": 2,
            "Chờ đơn vị tôi": 1,
            "Chờ trên 15 ngày": 1,
            "Đã có ý kiến": 1,
            "Đã đóng": 1,
        }
        for address, number in pills.values():
            html = body(client.get(f"{EVERYWHERE}{address}"))
            assert len(rows_of(html)) == number
            assert html.count('aria-current="true"') == 1

    @pytest.mark.parametrize(
        ("asked", "rows"),
        [
            ("nguyen-nhan=staff", ["Có ý kiến"]),
            ("tim=16", ["Chờ 16 ngày"]),
            ("noi=don-vi", ["Của Sở Y tế"]),
            ("trang-thai=tat-ca&noi=tinh&tim=Xong", ["Xong rồi"]),
            ("noi=x&trang-thai=x&nguyen-nhan=x&cho=x&ngay=x&tim=Có", ["Có ý kiến"]),
            ("nguyen-nhan=disaster", []),
        ],
    )
    def test_filters(self, asked: str, rows: list[str], some: list[Obstacle], owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).get(f"{EVERYWHERE}?{asked}"))
        assert rows_of(html) == rows
        assert ("Không có vướng mắc nào khớp" in html) == (not rows)

    def test_as_it_stood_on_a_past_day(
        self, programme: Programme, other_department: Unit, chair: Person, colleague: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        obstacle = add_obstacle(programme, other_department, colleague, **ago(20))
        services.answer(actor=actor_for(chair), obstacle=obstacle, at=NOON, happened_on=TODAY, note="Đồng ý")
        client = log_in(chair)
        then = "ngay=11/9/2025&noi=tinh&trang-thai=cho-y-kien&cho=lau"
        html = body(client.get(f"{EVERYWHERE}?{then}"))
        assert len(rows_of(html)) == 1
        assert "19 ngày" in html
        assert '<details class="ans">' not in html
        assert rows_of(body(client.get(f"{EVERYWHERE}?{then.replace('11/9', '12/9')}"))) == []
        assert rows_of(body(client.get(f"{EVERYWHERE}?ngay=20/8/2025"))) == []
        assert rows_of(body(client.get(f"{EVERYWHERE}?ngay=11/9/2025&noi=don-vi-toi"))) == []

    def test_the_rows_as_a_table(self, some: list[Obstacle], owner: Person, programme: Programme, log_in: LogIn) -> None:
        for url in (f"{EVERYWHERE}?noi=tinh&xuat=csv", f"{of(programme)}?noi=tinh&ngay=12/9/2025&xuat=csv"):
            lines = b"".join(log_in(owner).get(url).streaming_content).decode("utf-8-sig").splitlines()
            assert lines[0].startswith("Chương trình;Nhiệm vụ;")
            assert [line.split(";")[4] for line in lines[1:]] == ["Chờ 16 ngày", "Chờ 15 ngày", "Có ý kiến"]
            assert ";UBND tỉnh, Chủ tịch UBND tỉnh;Chờ ý kiến;2025-08-27;16;" in lines[1]

    def test_the_chairman_answers_right_there(self, some: list[Obstacle], chair: Person, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(chair).get(f"{EVERYWHERE}?noi=tinh"))
        assert html.count('<details class="ans">') == 2
        assert body(log_in(owner).get(f"{EVERYWHERE}?noi=tinh")).count('<details class="ans">') == 0
        facts = {"cho-y-kien-note": "Giao Sở Tài chính", "cho-y-kien-happened_on": "12/9", "ve": f"{EVERYWHERE}?noi=tinh"}
        response = log_in(chair).post(act(some[0], "cho-y-kien"), facts)
        assert response["Location"] == f"{EVERYWHERE}?noi=tinh"
        assert said(response) == ["Đã cho ý kiến"]
        some[0].refresh_from_db()
        assert some[0].state == ObstacleState.ANSWERED

    def test_nobody_is_sent_to_another_site(self, some: list[Obstacle], chair: Person, log_in: LogIn) -> None:
        facts = {"cho-y-kien-note": "x", "cho-y-kien-happened_on": "12/9", "ve": "https://elsewhere.example/"}
        assert log_in(chair).post(act(some[0], "cho-y-kien"), facts)["Location"] == f"{page_of(some[0])}#"

    def test_a_closed_programme_is_on_its_own_page_alone(
        self, some: list[Obstacle], programme: Programme, owner: Person, log_in: LogIn
    ) -> None:
        Programme.objects.update(state=ProgrammeState.CLOSED)
        assert rows_of(body(log_in(owner).get(EVERYWHERE))) == []
        assert len(rows_of(body(log_in(owner).get(of(programme))))) == 4

    def test_a_stranger_sees_none(self, some: list[Obstacle], programme: Programme, stranger: Person, log_in: LogIn) -> None:
        client = log_in(stranger)
        assert "Không có vướng mắc nào chưa giải quyết" in body(client.get(EVERYWHERE))
        assert client.get(of(programme)).status_code == 404
        assert client.get(page_of(some[0])).status_code == 404
        assert client.post(act(some[0], "rut"), {}).status_code == 404

    def test_a_restricted_programme_keeps_its_own(
        self, some: list[Obstacle], programme: Programme, commune_clerk: Person, log_in: LogIn
    ) -> None:
        client = log_in(commune_clerk)
        assert len(rows_of(body(client.get(EVERYWHERE)))) == 4
        Programme.objects.update(visibility=Visibility.RESTRICTED)
        assert rows_of(body(client.get(EVERYWHERE))) == []
        assert client.get(page_of(some[0])).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_number_of_queries_is_the_same(
        self, count: int, programme: Programme, other_department: Unit, colleague: Person, chair: Person, log_in: LogIn,
        django_assert_num_queries: Callable[..., object],
    ) -> None:  # fmt: skip
        for number in range(count):
            add_obstacle(programme, other_department, colleague, **ago(number + 1))
        client = log_in(chair)
        client.get(of(programme))  # the head is kept
        with django_assert_num_queries(6):  # type: ignore[attr-defined]
            client.get(EVERYWHERE)
        with django_assert_num_queries(8):  # type: ignore[attr-defined]
            client.get(of(programme))
        with django_assert_num_queries(6):  # type: ignore[attr-defined]
            client.get(f"{EVERYWHERE}?ngay=11/9/2025")


class TestOne:
    @pytest.mark.parametrize(
        ("who", "acts"),
        [
            ("colleague", {"da-giai-quyet", "rut"}),
            ("owner", {"chuyen", "da-giai-quyet", "rut"}),
            ("chair", {"cho-y-kien", "chuyen"}),
            ("office_specialist", {"cho-y-kien", "chuyen", "da-giai-quyet", "rut"}),
            ("commune_clerk", set()),
        ],
    )
    def test_each_sees_what_they_may_do(
        self, who: str, acts: set[str], some: list[Obstacle], request: pytest.FixtureRequest, log_in: LogIn
    ) -> None:
        client = log_in(request.getfixturevalue(who))
        html = body(client.get(page_of(some[1])))
        assert set(re.findall(r'<details class="act" id="([a-z-]+)"', html)) == acts
        assert "chờ 16 ngày" in html
        assert ("Đang chờ ý kiến của UBND tỉnh" in html) == (not acts)

    @pytest.mark.parametrize("key", ["cho-y-kien", "chuyen", "da-giai-quyet", "rut", "mo-lai"])
    def test_a_colleague_without_the_right_is_refused(
        self, key: str, some: list[Obstacle], commune_clerk: Person, log_in: LogIn
    ) -> None:
        facts = {f"{key}-note": "x", f"{key}-happened_on": "12/9", f"{key}-solver": "above", f"{key}-reason": "x"}
        assert log_in(commune_clerk).post(act(some[0], key), facts).status_code == 403
        assert some[0].events.count() == 1

    def test_a_refusal_stands_in_the_form_that_stays_open(self, some: list[Obstacle], chair: Person, log_in: LogIn) -> None:
        facts = {"cho-y-kien-note": "Đồng ý", "cho-y-kien-happened_on": "13/9", "cho-y-kien-document_code": "5/UBND"}
        response = log_in(chair).post(act(some[0], "cho-y-kien"), facts)
        html = body(response)
        assert response.status_code == 422
        assert "Ngày 13/9/2025 chưa đến" in html
        assert '<details class="act" id="cho-y-kien" open>' in html
        assert "5/UBND" in html

    def test_passed_on_to_a_unit_and_answered_there(
        self, some: list[Obstacle], chair: Person, owner: Person, department: Unit, log_in: LogIn
    ) -> None:
        facts = {"chuyen-solver": "unit", "chuyen-solver_unit": str(department.pk), "chuyen-reason": "Thuộc sở",
                 "chuyen-happened_on": "12/9"}  # fmt: skip
        assert said(log_in(chair).post(act(some[0], "chuyen"), facts)) == ["Đã chuyển vướng mắc"]
        answer = {"cho-y-kien-note": "Bố trí trong dự toán", "cho-y-kien-happened_on": "12/9",
                  "cho-y-kien-document_code": "91/SYT-KH", "cho-y-kien-document_date": "11/9"}  # fmt: skip
        log_in(owner).post(act(some[0], "cho-y-kien"), answer)
        html = body(log_in(owner).get(page_of(some[0])))
        for words in ("→ Sở Y tế", "Thuộc sở", "Bố trí trong dự toán", "91/SYT-KH", "11/9/2025", "Đã có ý kiến"):
            assert words in html

    def test_an_unknown_act_is_not_found(self, some: list[Obstacle], chair: Person, log_in: LogIn) -> None:
        assert log_in(chair).post(act(some[0], "xoa"), {}).status_code == 404

    def test_it_belongs_to_its_programme(self, some: list[Obstacle], chair: Person, log_in: LogIn) -> None:
        wrong = reverse("programmes:obstacle", args=[some[0].programme_id, some[0].pk + 99])
        assert log_in(chair).get(wrong).status_code == 404


class TestRaising:
    def url(self, programme: Programme, asked: str = "") -> str:
        return f"{reverse('programmes:raise_obstacle', args=[programme.pk])}{asked}"

    def facts(self, unit: Unit) -> dict[str, str]:
        return {"unit": str(unit.pk), "text": "Chưa có vốn", "asked": "Bố trí vốn", "cause": "funds", "solver": "province",
                "happened_on": "10/9"}  # fmt: skip

    def test_from_the_page_of_a_task(self, made: Task, colleague: Person, other_department: Unit, log_in: LogIn) -> None:
        client = log_in(colleague)
        url = self.url(made.programme, f"?nhiem-vu={made.pk}")
        assert url in body(client.get(reverse("programmes:task", args=[made.programme_id, made.pk])))
        assert "Rà soát bể bơi" in body(client.get(url))
        response = client.post(url, self.facts(other_department))
        obstacle = Obstacle.objects.get()
        assert response["Location"] == page_of(obstacle)
        assert (obstacle.task, obstacle.solver) == (made, Solver.PROVINCE)
        assert "Chưa có vốn" in body(client.get(reverse("programmes:task", args=[made.programme_id, made.pk])))

    def test_at_a_target(self, opened: Programme, owner: Person, department: Unit, log_in: LogIn) -> None:
        target = opened.targets.get()
        log_in(owner).post(self.url(opened, f"?chi-tieu={target.pk}"), self.facts(department))
        assert Obstacle.objects.get().target == target

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(
        self, made: Task, colleague: Person, other_department: Unit, log_in: LogIn
    ) -> None:
        facts = self.facts(other_department) | {"solver": "unit", "cause": ""}
        response = log_in(colleague).post(self.url(made.programme), facts)
        html = body(response)
        assert response.status_code == 422
        assert "Chọn nguyên nhân." in html
        assert "Chưa có vốn" in html
        html = body(log_in(colleague).post(self.url(made.programme), facts | {"cause": "funds"}))
        assert "Chọn cơ quan, đơn vị giải quyết." in html

    @pytest.mark.parametrize(("who", "status"), [("commune_clerk", 403), ("stranger", 404), ("colleague", 200), ("owner", 200)])
    def test_who_may(self, who: str, status: int, made: Task, request: pytest.FixtureRequest, log_in: LogIn) -> None:
        assert log_in(request.getfixturevalue(who)).get(self.url(made.programme)).status_code == status

    def test_a_task_of_another_programme_is_not_found(self, made: Task, colleague: Person, log_in: LogIn) -> None:
        assert log_in(colleague).get(self.url(made.programme, f"?nhiem-vu={made.pk + 99}")).status_code == 404

    def test_an_empty_tab_says_what_it_is_for(
        self, programme: Programme, made: Task, colleague: Person, commune_clerk: Person, log_in: LogIn
    ) -> None:
        assert self.url(programme) in body(log_in(colleague).get(of(programme)))
        html = body(log_in(commune_clerk).get(of(programme)))
        assert "Chưa đơn vị nào nêu vướng mắc" in html
        assert self.url(programme) not in html


def test_the_light_of_the_list_turns_on_the_sixteenth_day(
    programme: Programme, other_department: Unit, colleague: Person, actor_for: ActorFor, made: Task, owner: Person, log_in: LogIn
) -> None:
    facts = {"cause": "funds", "text": "Chưa có vốn", "asked": "Bố trí vốn", "solver": Solver.PROVINCE, "unit": other_department}
    obstacle = services.raise_obstacle(
        actor=actor_for(colleague), programme=programme, at=NOON, happened_on=TODAY - timedelta(days=15), **facts
    )
    html = body(log_in(owner).get("/chuong-trinh/"))
    assert "Đúng tiến độ</span>" in html
    assert "vướng mắc chờ ý kiến trên 15 ngày" in html
    Programme.objects.update(obstacle_since=TODAY - timedelta(days=16))
    assert "Cần chỉ đạo</span>" in body(log_in(owner).get("/chuong-trinh/"))
    services.solve(actor=actor_for(owner), obstacle=obstacle, at=NOON, happened_on=TODAY, note="Đã có vốn")
    assert "Đúng tiến độ</span>" in body(log_in(owner).get("/chuong-trinh/"))


def test_it_is_found_by_its_words(
    programme: Programme, made: Task, other_department: Unit, colleague: Person, stranger: Person, actor_for: ActorFor
) -> None:
    facts = {"cause": "funds", "text": "Chưa có định mức hỗ trợ bác sĩ", "asked": "Thẩm định", "solver": Solver.PROVINCE}
    services.raise_obstacle(
        actor=actor_for(colleague), programme=programme, unit=other_department, at=NOON, happened_on=TODAY, **facts
    )
    found = search.find(actor_for(colleague), "dinh muc ho tro", "obstacle").entries
    assert [entry.title for entry in found] == ["Chưa có định mức hỗ trợ bác sĩ"]
    assert not search.find(actor_for(stranger), "dinh muc ho tro").entries
