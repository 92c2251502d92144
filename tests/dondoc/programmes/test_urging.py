"""Letters that urge: who may make them, what they say, once a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.notices.calendar import workday_after
from dondoc.programmes.enums import EventKind, ProgrammeState
from dondoc.programmes.models import Programme, Task, UrgingLetter
from dondoc.programmes.official.urging import addressees
from dondoc.programmes.queries.urging import overdue_debts
from dondoc.programmes.services.urging import urge
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by, plan, programme_of
from tests.dondoc.factories.units import UnitFactory, person_in
from vanban.pipeline import read

ActorFor = Callable[..., Actor]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day", "_files_of_the_test")]


@pytest.fixture
def _files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def due(days: int) -> dict[str, Any]:
    return by((TODAY + timedelta(days=days)).isoformat(), f"hạn {days}", exclusive=False)


@pytest.fixture
def late(programme: Programme, other_department: Unit) -> Task:
    return add_task(programme, "Rà soát bể bơi", lead=other_department, deadline=due(-3), section="III.2.b")


@pytest.fixture
def shared(programme: Programme, all_communes: UnitGroup, communes: list[Unit]) -> Task:
    """Of three communes one has handed in."""
    task = add_task(programme, "Gửi báo cáo tổng kết", lead=all_communes, members=communes, deadline=due(-5))
    task.assignments.get().parts.filter(unit=communes[0]).update(done_on=TODAY - timedelta(days=6))
    return task


@pytest.fixture
def owning(owner: Person, actor_for: ActorFor) -> Actor:
    """A specialist of the lead agency."""
    return actor_for(owner)


@dataclass(frozen=True)
class Read:
    """A letter's file, opened."""

    lines: list[str]
    table: list[list[str]]
    whole: str


def opened(letter: UrgingLetter) -> Read:
    word = Document(letter.file.content.path)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    lines = [one.text for one in word.paragraphs if one.text]
    return Read(lines, tables[1], "\n".join([*lines, *(cell for table in tables for row in table for cell in row)]))


class TestWhatIsOwed:
    def test_only_what_is_overdue_and_not_handed_in(
        self, programme: Programme, other_department: Unit, late: Task, owning: Actor
    ) -> None:
        add_task(programme, "hạn hôm nay", lead=other_department, deadline=due(0))
        add_task(programme, "đã xong", lead=other_department, deadline=due(-9), done_on=TODAY)
        add_task(programme, "chờ xác nhận", lead=other_department, deadline=due(-9), stage=EventKind.DELIVERED)
        add_task(programme, "tạm dừng", lead=other_department, deadline=due(-9), paused="suspended")
        add_task(programme, "không hạn", lead=other_department)
        add_task(programme, "chưa gắn", lead="Cơ quan lạ", deadline=due(-9))
        yesterday = add_task(programme, "hạn hôm qua", lead=other_department, deadline=due(-1))
        assert [debt.task for debt in overdue_debts(owning)] == [late, yesterday]

    def test_parts_of_a_group_that_are_missing(self, shared: Task, communes: list[Unit], owning: Actor) -> None:
        debts = overdue_debts(owning, task=shared)
        assert [debt.unit.name for debt in debts] == ["phường Hòa Lạc", "xã Suối Trong"]

    def test_a_part_with_more_time_is_not_overdue(self, shared: Task, communes: list[Unit], owning: Actor) -> None:
        shared.assignments.get().parts.filter(unit=communes[1]).update(last_ok_on=TODAY)
        assert [debt.unit.name for debt in overdue_debts(owning, task=shared)] == ["phường Hòa Lạc"]

    def test_across_the_programmes_that_the_actor_steers_and_no_others(
        self,
        late: Task,
        owning: Actor,
        owner: Person,
        department: Unit,
        other_department: Unit,
        colleague: Person,
        office_specialist: Person,
        stranger: Person,
        actor_for: ActorFor,
    ) -> None:
        second = programme_of(plan(department, owner, code="9/KH-UBND", issued_on=date(2025, 8, 1)), owner)
        third = programme_of(plan(other_department, colleague, code="10/KH-UBND"), colleague)
        closed = programme_of(plan(department, owner, code="11/KH-UBND"), owner, state=ProgrammeState.CLOSED)
        another = add_task(second, "việc khác", lead=other_department, deadline=due(-31))
        theirs = add_task(third, "việc của chương trình khác", lead=other_department, deadline=due(-1))
        add_task(closed, "đã kết thúc", lead=other_department, deadline=due(-1))
        assert [debt.task for debt in overdue_debts(owning)] == [another, late]
        assert [debt.task for debt in overdue_debts(actor_for(office_specialist))] == [another, late, theirs]
        assert overdue_debts(actor_for(stranger)) == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_two_queries_however_many(
        self,
        count: int,
        programme: Programme,
        other_department: Unit,
        all_communes: UnitGroup,
        communes: list[Unit],
        owning: Actor,
        django_assert_num_queries: Any,
    ) -> None:
        for number in range(count):
            add_task(programme, f"việc {number}", lead=other_department, deadline=due(-3))
            add_task(programme, f"báo cáo {number}", lead=all_communes, members=communes, deadline=due(-3))
        with django_assert_num_queries(2):
            debts = overdue_debts(owning)
            assert len({debt.task.item.document.code for debt in debts if debt.task.item}) == 1
        assert len(debts) == 4 * count


class TestTheLetter:
    def test_to_an_agency_with_all_that_it_owes(
        self, programme: Programme, late: Task, other_department: Unit, owning: Actor
    ) -> None:
        add_task(programme, "Tập huấn bơi an toàn", lead=other_department, deadline=due(-40), section="IV.1")
        letter = urge(actor=owning, at=NOON, unit_ids=[other_department.pk])
        found = opened(letter)
        assert "Kính gửi: Sở Nội vụ." in found.lines
        assert found.table == [
            ["STT", "Nhiệm vụ", "Văn bản giao", "Thời hạn", "Quá hạn (ngày)"],
            ["1", "Tập huấn bơi an toàn", "Kế hoạch số 208/KH-UBND ngày 07/8/2025, mục IV.1", "hạn -40 (hạn cuối 03/8/2025)", "40"],
            ["2", "Rà soát bể bơi", "Kế hoạch số 208/KH-UBND ngày 07/8/2025, mục III.2.b", "hạn -3 (hạn cuối 09/9/2025)", "3"],
        ]  # fmt: skip
        assert "đến ngày 12/9/2025, Sở Y tế nhận thấy còn 02 nhiệm vụ giao Sở Nội vụ" in found.whole
        assert "nguyên nhân khách quan, chủ quan" in found.whole
        assert f"trước hết ngày {letter.report_by.day:02d}/9/2025" in found.whole
        assert (letter.file.name, letter.made_by, letter.from_unit.name) == (
            "Công văn đôn đốc Sở Nội vụ 2025-09-12.docx", owning.person, "Sở Y tế",
        )  # fmt: skip
        assert letter.tasks.count() == 2

    def test_to_the_missing_units_of_a_group(self, shared: Task, owning: Actor) -> None:
        letter = urge(actor=owning, at=NOON, task=shared)
        found = opened(letter)
        assert found.lines[1:3] == ["- Ủy ban nhân dân xã Suối Trong;", "- Ủy ban nhân dân phường Hòa Lạc."]
        assert found.table[1][3] == "phường Hòa Lạc, xã Suối Trong"
        assert len(found.table) == 2
        assert "xã An Bình" not in found.whole

    def test_units_with_terms_of_their_own_stand_apart(self, shared: Task, communes: list[Unit], owning: Actor) -> None:
        shared.assignments.get().parts.filter(unit=communes[1]).update(last_ok_on=TODAY - timedelta(days=1))
        table = opened(urge(actor=owning, at=NOON, task=shared)).table
        assert [(row[3], row[5]) for row in table[1:]] == [("phường Hòa Lạc", "5"), ("xã Suối Trong", "1")]

    def test_a_reader_finds_who_to_whom_and_no_number_yet(self, late: Task, owning: Actor, tmp_path: Path) -> None:
        letter = urge(actor=owning, at=NOON, task=late)
        place = tmp_path / "cong-van.docx"
        place.write_bytes(Path(letter.file.content.path).read_bytes())
        found = read(place).metadata
        assert found.issuer is not None
        assert found.issuer.startswith("Sở Y tế")
        assert (found.number, found.date, found.addressee) == (None, None, ("Sở Nội vụ",))

    def test_a_party_agency_writes_in_party_form(self, late: Task, province: Unit, actor_for: ActorFor) -> None:
        party = UnitFactory(
            code="minh-hoa:vptu", name="Văn phòng Tỉnh ủy", short_name="VPTU", kind=UnitKind.PARTY, province=province
        )
        writer = person_in(party, username="tinhuy", full_name="Phan Đức Long")
        Programme.objects.filter(pk=late.programme_id).update(lead_unit=party)
        word = Document(urge(actor=actor_for(writer), at=NOON, task=late).file.content.path)
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in word.tables[0].cell(0, 1).text
        assert "-CV/VPTU" in word.tables[0].cell(1, 0).text

    def test_communes_of_a_kind_share_a_line(self, communes: list[Unit], department: Unit) -> None:
        assert addressees([department, *communes]) == [
            "Sở Y tế",
            "Ủy ban nhân dân các xã: An Bình, Suối Trong",
            "Ủy ban nhân dân phường Hòa Lạc",
        ]


class TestMaking:
    def test_the_same_letter_is_made_once_a_day(
        self, programme: Programme, late: Task, other_department: Unit, owning: Actor, owner: Person, actor_for: ActorFor
    ) -> None:
        first = urge(actor=owning, at=NOON, unit_ids=[other_department.pk])
        assert urge(actor=owning, at=NOON, task=late) == first
        tomorrow = urge(actor=actor_for(owner, TODAY + timedelta(days=1)), at=NOON, task=late)
        assert tomorrow != first
        add_task(programme, "việc nữa", lead=other_department, deadline=due(-1))
        assert urge(actor=owning, at=NOON, unit_ids=[other_department.pk]) not in {first, tomorrow}
        assert AuditEntry.objects.filter(verb="programmes.urge").count() == 3

    def test_the_answer_is_asked_for_in_five_working_days(self, late: Task, owning: Actor) -> None:
        """12/9/2025 is a Friday."""
        assert urge(actor=owning, at=NOON, task=late).report_by == date(2025, 9, 19)
        assert workday_after(date(2025, 8, 29), 1) == date(2025, 9, 3)

    def test_another_day_may_be_asked_for(self, late: Task, owning: Actor) -> None:
        assert urge(actor=owning, at=NOON, task=late, report_by=date(2025, 9, 15)).report_by == date(2025, 9, 15)

    @pytest.mark.parametrize("days", [0, -1])
    def test_not_today_and_not_the_past(self, late: Task, owning: Actor, days: int) -> None:
        with pytest.raises(Refused, match="không sau hôm nay") as refusal:
            urge(actor=owning, at=NOON, task=late, report_by=TODAY + timedelta(days=days))
        assert refusal.value.field == "report_by"
        assert not UrgingLetter.objects.exists()

    def test_nothing_overdue_nothing_made(self, programme: Programme, department: Unit, owning: Actor) -> None:
        add_task(programme, "còn hạn", lead=department, deadline=due(0))
        with pytest.raises(Refused, match="Không còn nhiệm vụ quá hạn"):
            urge(actor=owning, at=NOON, unit_ids=[department.pk])
        with pytest.raises(Refused):
            urge(actor=owning, at=NOON)

    @pytest.mark.parametrize("who", ["colleague", "department_clerk", "stranger"])
    def test_only_the_giver(self, who: str, late: Task, request: pytest.FixtureRequest, actor_for: ActorFor) -> None:
        with pytest.raises(NotAllowed):
            urge(actor=actor_for(request.getfixturevalue(who)), at=NOON, task=late)

    def test_the_office_writes_for_every_programme(self, late: Task, office_specialist: Person, actor_for: ActorFor) -> None:
        assert urge(actor=actor_for(office_specialist), at=NOON, task=late).from_unit.name == "Văn phòng UBND tỉnh"

    def test_one_of_two_units_is_told_to_write_task_by_task(
        self, late: Task, owner: Person, colleague: Person, other_department: Unit, province: Unit, actor_for: ActorFor
    ) -> None:
        third = programme_of(plan(other_department, colleague, code="10/KH-UBND"), colleague)
        add_task(third, "việc", lead=other_department, deadline=due(-1))
        both = person_in(late.programme.lead_unit, username="haidonvi", full_name="Hai Đơn Vị")
        both.memberships.create(unit=other_department, role=Role.SPECIALIST, valid_from=date(2025, 1, 1))
        with pytest.raises(Refused, match="nhiều đơn vị"):
            urge(actor=actor_for(both), at=NOON, unit_ids=[other_department.pk])
