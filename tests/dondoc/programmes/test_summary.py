"""The quick report for the province's leaders."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from docx import Document

from dondoc.documents.enums import Visibility
from dondoc.programmes.enums import ProgrammeState, Solver
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.statistics import Counters
from dondoc.programmes.queries.summary import incomplete_groups, late_agencies, long_overdue, scope_of, sum_of
from dondoc.programmes.services.obstacles import raise_obstacle
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Person, Unit, UnitGroup
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by, ongoing, plan, programme_of
from tests.dondoc.factories.units import UnitFactory, person_in
from vanban.pipeline import read

LogIn = Callable[[Person], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]
ADDRESS = "/chuong-trinh/bao-cao-nhanh.docx"


def due(days: int) -> dict[str, Any]:
    return by((TODAY + timedelta(days=days)).isoformat(), f"hạn {days}", exclusive=False)


@pytest.fixture
def filled(
    programme: Programme, department: Unit, other_department: Unit, all_communes: UnitGroup, communes: list[Unit]
) -> Programme:
    """One of each state that the figures tell of."""
    add_task(programme, "xong đúng hạn", lead=department, deadline=due(-1), done_on=TODAY - timedelta(days=2))
    add_task(programme, "xong trễ", lead=department, deadline=due(-9), done_on=TODAY - timedelta(days=2))
    add_task(programme, "còn hạn", lead=department, deadline=due(9))
    add_task(programme, "quá hạn ít", lead=department, deadline=due(-30))
    add_task(programme, "quá hạn nhiều", lead=other_department, deadline=due(-31), section="IV.1")
    add_task(programme, "không hạn", lead=department, deadline=ongoing())
    add_task(programme, "tạm dừng", lead=department, deadline=due(-9), paused="suspended")
    shared = add_task(programme, "gửi báo cáo", lead=all_communes, members=communes, deadline=due(-5))
    shared.assignments.get().parts.filter(unit=communes[0]).update(done_on=TODAY - timedelta(days=6))
    return programme


@pytest.fixture
def chairman(province: Unit) -> Person:
    committee = UnitFactory(code="minh-hoa:ubnd", name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE, province=province)
    return person_in(committee, Role.UNIT_LEADER, username="chutich", full_name="Vũ Quang Thái")


@pytest.fixture
def scope(filled: Programme, province: Unit, office_specialist: Person, actor_for: Any) -> Any:
    return scope_of(actor_for(office_specialist), province)


def report(client: Client) -> tuple[list[str], list[list[list[str]]]]:
    """Its lines and its tables."""
    response = client.get(ADDRESS)
    assert response.status_code == 200
    word = Document(io.BytesIO(response.content))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    return [one.text for one in word.paragraphs if one.text], tables


class TestFigures:
    def test_agencies_with_their_own_tasks_and_parts(self, scope: Any) -> None:
        found = {one.name: (one.overdue, one.long, one.longest) for one in late_agencies(scope[0])}
        assert found == {
            "Sở Y tế": (1, 0, 30), "Sở Nội vụ": (1, 1, 31), "xã Suối Trong": (1, 0, 5), "phường Hòa Lạc": (1, 0, 5),
        }  # fmt: skip

    def test_those_with_most_come_first(self, filled: Programme, department: Unit, scope: Any) -> None:
        add_task(filled, "nữa", lead=department, deadline=due(-2))
        assert next((one.name, one.overdue) for one in late_agencies(scope[0])) == ("Sở Y tế", 2)

    def test_thirty_days_are_not_over_thirty(self, scope: Any) -> None:
        assert [(one.task.text, one.leads, one.days) for one in long_overdue(scope[0])] == [("quá hạn nhiều", ["Sở Nội vụ"], 31)]

    def test_groups_with_their_missing_units(self, scope: Any) -> None:
        assert [(one.task.text, one.done, one.total, one.missing) for one in incomplete_groups(scope[0])] == [
            ("gửi báo cáo", 1, 3, ["phường Hòa Lạc", "xã Suối Trong"])
        ]

    def test_sums_are_name_by_name(self) -> None:
        assert sum_of([Counters(overdue=1, soon=2), Counters(overdue=3, within=4)]) == Counters(overdue=4, soon=2, within=4)
        assert sum_of([]) == Counters()

    def test_only_programmes_that_go_on_and_may_be_seen(
        self, filled: Programme, province: Unit, owner: Person, office_specialist: Person, colleague: Person, actor_for: Any
    ) -> None:
        programme_of(plan(filled.lead_unit, owner, code="9/KH-UBND"), owner, state=ProgrammeState.CLOSED)
        hidden = programme_of(plan(filled.lead_unit, owner, code="10/KH-UBND"), owner, visibility=Visibility.RESTRICTED)
        assert set(scope_of(actor_for(office_specialist), province)[0].programme_ids) == {filled.pk, hidden.pk}
        assert set(scope_of(actor_for(colleague), province)[0].programme_ids) == {filled.pk}


class TestReport:
    def test_it_tells_the_published_breakdown(self, filled: Programme, office_specialist: Person, log_in: LogIn) -> None:
        lines, tables = report(log_in(office_specialist))
        whole = "\n".join(lines)
        assert "Tổng số nhiệm vụ được giao: 8." in whole
        assert (
            "Có thời hạn: 6, trong đó hoàn thành đúng, trước hạn 1; hoàn thành trễ hạn 1; đang giải quyết trong hạn 1; "
            "đang giải quyết quá hạn 3 (quá hạn trên 30 ngày 1)"
        ) in whole
        assert "Không có thời hạn: 1, trong đó đang giải quyết 1" in whole
        assert "Tạm dừng 1; dừng theo dõi 0" in whole
        assert tables[1][-1] == ["", "Cộng", "8", "1", "1", "1", "3", "1"]
        assert tables[3][1:] == [
            ["Kế hoạch số 208/KH-UBND ngày 07/8/2025"] * 5,
            ["1", "quá hạn nhiều (mục IV.1)", "Sở Nội vụ", "12/8/2025", "31"],
        ]
        assert tables[4][1][2:] == ["1/3", "phường Hòa Lạc, xã Suối Trong"]
        assert [line for line in lines if line[:2] in {"I.", "II", "IV", "V."}] == [
            "I. SỐ LIỆU CHUNG",
            "II. THEO CHƯƠNG TRÌNH, KẾ HOẠCH",
            "III. CƠ QUAN, ĐƠN VỊ CÒN NHIỀU NHIỆM VỤ QUÁ HẠN",
            "IV. NHIỆM VỤ QUÁ HẠN TRÊN 30 NGÀY",
            "V. NHIỆM VỤ GIAO CHO NHIỀU ĐƠN VỊ, CÒN ĐƠN VỊ CHƯA THỰC HIỆN",
        ]

    def test_nothing_late_is_said(self, programme: Programme, office_specialist: Person, log_in: LogIn) -> None:
        lines, _ = report(log_in(office_specialist))
        assert lines.count("Không có.") == 5

    def test_a_reader_knows_it(self, filled: Programme, office_specialist: Person, log_in: LogIn, tmp_path: Any) -> None:
        place = tmp_path / "bao-cao.docx"
        place.write_bytes(log_in(office_specialist).get(ADDRESS).content)
        found = read(place).metadata
        assert (found.type, found.symbol, found.addressee) == (
            "BC", "BC-VP", ("Chủ tịch Ủy ban nhân dân tỉnh Minh Họa", "Các Phó Chủ tịch Ủy ban nhân dân tỉnh Minh Họa"),
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("who", "status"),
        [("office_specialist", 200), ("chairman", 200), ("administrator", 200), ("owner", 403), ("unit_leader", 403)],
    )
    def test_who_may_have_it(
        self, who: str, status: int, filled: Programme, log_in: LogIn, request: pytest.FixtureRequest
    ) -> None:
        client = log_in(request.getfixturevalue(who))
        assert client.get(ADDRESS).status_code == status
        assert (ADDRESS in client.get("/chuong-trinh/").content.decode()) == (status == 200)

    def test_strangers_get_their_own_province(self, filled: Programme, strange_administrator: Person, log_in: LogIn) -> None:
        lines, _ = report(log_in(strange_administrator))
        assert "Tổng số nhiệm vụ được giao: 0." in "\n".join(lines)

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_queries_do_not_grow(
        self, count: int, filled: Programme, owner: Person, department: Unit, all_communes: UnitGroup, communes: list[Unit],
        office_specialist: Person, log_in: LogIn, django_assert_num_queries: Any,
    ) -> None:  # fmt: skip
        for number in range(count):
            other = programme_of(plan(department, owner, code=f"{number + 1}/KH-UBND"), owner)
            add_task(other, "lâu", lead=department, deadline=due(-40))
            add_task(other, "nhóm", lead=all_communes, members=communes, deadline=due(-40))
        client = log_in(office_specialist)
        client.get(ADDRESS)
        with django_assert_num_queries(18):
            client.get(ADDRESS)


def test_a_visitor_is_asked_to_log_in(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302


def test_what_waits_for_the_leaders_is_told(
    filled: Programme, commune: Unit, commune_clerk: Person, owner: Person, chairman: Person, actor_for: Any, log_in: LogIn
) -> None:
    """Obstacles that wait for the province, with the days; one that a unit solves itself is not its leaders' matter."""
    usual = {"programme": filled, "unit": commune, "at": NOON, "cause": "funds", "asked": "Cấp kinh phí"}
    for text, solver, days in (("Thiếu kinh phí", Solver.PROVINCE, 16), ("Thiếu người", Solver.LEAD, 3)):
        happened_on = TODAY - timedelta(days=days)
        raise_obstacle(actor=actor_for(owner), text=text, solver=solver, happened_on=happened_on, **usual)
    lines, tables = report(log_in(chairman))
    (row,) = [row for table in tables for row in table if "Thiếu kinh phí" in row]
    assert row == ["1", "xã An Bình", "Thiếu kinh phí", "Cấp kinh phí", "16"]
    assert not any("Thiếu người" in cell for table in tables for line in table for cell in line)
    assert any("Chỉ tiêu chậm, lệch so với kế hoạch".upper() in line.upper() for line in lines)
