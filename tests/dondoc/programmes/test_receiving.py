"""Taking what was given, asking not to be given it, handing it on inside the unit, giving it to another; what it is given for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.notices.models import Notice
from dondoc.programmes import services
from dondoc.programmes.enums import AssignmentRole, EventKind, TaskKind
from dondoc.programmes.models import Assignment, Part, Programme, Task
from dondoc.programmes.rules.kinds import kind_of
from dondoc.units.models import Membership, Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, STARTED, TODAY
from tests.dondoc.factories.programmes import ISSUED, add_task, by
from tests.dondoc.factories.units import PersonFactory, UnitFactory, person_in
from tests.dondoc.programmes.answers import body

ActorFor = Callable[..., Actor]
WHY = {"reason_code": "not_competent", "reason": "Thuộc Sở Nông nghiệp"}
KNOWN = {"at": NOON, "happened_on": TODAY}


@pytest.fixture
def task(programme: Programme, other_department: Unit) -> Task:
    return add_task(programme, "Rà soát bể bơi", lead=other_department, deadline=by("2025-09-20"))


@pytest.fixture
def unit(colleague: Person, actor_for: ActorFor) -> Actor:
    return actor_for(colleague)


@pytest.fixture
def giver(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


def now(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("text", flat=True))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sao gửi các đơn vị để biết", TaskKind.INFORM),
        ("Gửi các xã, phường để biết, thực hiện", TaskKind.EXECUTE),
        ("Thông báo để biết và phối hợp thực hiện", TaskKind.EXECUTE),
        ("Cho ý kiến về dự thảo Kế hoạch", TaskKind.CONSULT),
        ("Góp ý dự thảo Quyết định", TaskKind.CONSULT),
        ("Xin ý kiến Thường trực Tỉnh ủy", TaskKind.CONSULT),
        ("Đề nghị các sở, ngành cho ý kiến bằng văn bản", TaskKind.CONSULT),
        ("Tham mưu UBND tỉnh xin ý kiến Ban Thường vụ Tỉnh ủy", TaskKind.EXECUTE),
        ("Lấy ý kiến nhân dân", TaskKind.EXECUTE),
        ("Báo cáo UBND tỉnh kết quả thực hiện", TaskKind.REPORT),
        ("Tổng hợp để báo cáo Chính phủ", TaskKind.REPORT),
        ("Xây dựng báo cáo tổng kết Chương trình", TaskKind.EXECUTE),
        ("Báo cáo viên tuyên truyền tại cơ sở", TaskKind.EXECUTE),
        ("Tuyên truyền để người dân biết", TaskKind.EXECUTE),
        ("Rà soát bể bơi", TaskKind.EXECUTE),
    ],
)
def test_what_a_text_is_given_for(text: str, kind: TaskKind) -> None:
    assert kind_of(text) == kind


class TestReceiving:
    def test_it_is_noted_once(self, task: Task, unit: Actor) -> None:
        services.receive(actor=unit, task=task, **KNOWN)
        assert (now(task).received_on, now(task).done_on) == (TODAY, None)
        with pytest.raises(Refused, match="đã tiếp nhận"):
            services.receive(actor=unit, task=task, **KNOWN)

    def test_what_is_given_to_be_known_is_done_with_it(self, task: Task, unit: Actor) -> None:
        Task.objects.filter(pk=task.pk).update(kind=TaskKind.INFORM)
        services.receive(actor=unit, task=task, **KNOWN)
        assert now(task).done_on == TODAY

    def test_each_unit_of_a_group_for_itself(
        self, programme: Programme, all_communes: UnitGroup, communes: list[Unit], commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        task = add_task(programme, lead=all_communes, members=communes, kind=TaskKind.INFORM)
        clerk = actor_for(commune_clerk)
        with pytest.raises(NotAllowed):
            services.receive(actor=clerk, task=task, **KNOWN)
        services.receive(actor=clerk, task=task, part=Part.objects.get(unit=communes[0]), **KNOWN)
        assert list(Part.objects.filter(done_on=TODAY).values_list("unit", flat=True)) == [communes[0].pk]
        assert now(task).done_on is None

    def test_received_today_it_may_have_been_done_before(self, task: Task, unit: Actor) -> None:
        services.receive(actor=unit, task=task, **KNOWN)
        services.deliver(actor=unit, task=task, at=NOON, happened_on=date(2025, 9, 9), note="Đã làm xong")
        assert now(task).stage == EventKind.DELIVERED


class TestDeclining:
    def test_the_giver_is_told_and_insists_and_the_unit_is_told(
        self, task: Task, unit: Actor, giver: Actor, owner: Person, colleague: Person
    ) -> None:
        event = services.decline(actor=unit, task=task, **KNOWN, **WHY)
        assert (now(task).stage, event.reason_code) == ("declined", "not_competent")
        assert told(owner)[-1] == "Sở Nội vụ đề nghị không nhận: Rà soát bể bơi Lý do: Thuộc Sở Nông nghiệp"
        services.insist(actor=giver, task=task, reason="Theo phân công", **KNOWN)
        assert now(task).stage == ""
        assert told(colleague)[-1].startswith("Giữ nguyên việc đã giao: Rà soát bể bơi Lý do: Theo phân công")
        with pytest.raises(Refused, match="đã giữ nguyên"):
            services.decline(actor=unit, task=task, **KNOWN, **WHY)

    @pytest.mark.parametrize(
        ("facts", "field"),
        [({"reason_code": "", "reason": "x"}, "reason_code"), ({"reason_code": "other", "reason": " "}, "reason")],
    )
    def test_no_reason_no_refusal(self, facts: dict[str, Any], field: str, task: Task, unit: Actor) -> None:
        with pytest.raises(Refused) as refused:
            services.decline(actor=unit, task=task, **KNOWN, **facts)
        assert refused.value.field == field

    def test_what_is_handed_in_is_not_declined(self, task: Task, unit: Actor) -> None:
        services.deliver(actor=unit, task=task, note="Đã xong", **KNOWN)
        with pytest.raises(Refused, match="đã báo hoàn thành"):
            services.decline(actor=unit, task=task, **KNOWN, **WHY)

    def test_the_giver_does_not_decline_for_the_unit(self, task: Task, giver: Actor) -> None:
        with pytest.raises(NotAllowed):
            services.decline(actor=giver, task=task, **KNOWN, **WHY)

    def test_nobody_insists_where_nobody_declined(self, task: Task, giver: Actor) -> None:
        with pytest.raises(Refused, match="không có đề nghị"):
            services.insist(actor=giver, task=task, reason="x", **KNOWN)

    def test_given_to_another_both_are_told(
        self, task: Task, unit: Actor, giver: Actor, colleague: Person, province: Unit
    ) -> None:
        services.decline(actor=unit, task=task, **KNOWN, **WHY)
        other = UnitFactory(name="Sở Nông nghiệp", province=province)
        newcomer = person_in(other, username="sonn")
        lead = task.assignments.get()
        with pytest.raises(Refused, match="Ghi lý do giao đơn vị khác"):
            services.set_unit(actor=giver, assignment=lead, at=NOON, unit=other)
        services.set_unit(actor=giver, assignment=lead, at=NOON, unit=other, reason="Đúng chức năng")
        assert (now(task).stage, now(task).received_on) == ("", None)
        assert task.events.get(kind=EventKind.REASSIGNED).note == "Sở Nội vụ → Sở Nông nghiệp. Đúng chức năng"
        assert told(newcomer) == ["Được giao nhiệm vụ: Rà soát bể bơi"]
        assert told(colleague)[-1] == "Không còn giao Sở Nội vụ: Rà soát bể bơi"

    def test_a_lead_is_not_its_own_helper(self, task: Task, giver: Actor, other_department: Unit, office: Unit) -> None:
        helper = Assignment.objects.create(task=task, role=AssignmentRole.COORDINATING, name="Văn phòng", unit=office)
        with pytest.raises(Refused, match="đã là cơ quan chủ trì") as refused:
            services.set_unit(actor=giver, assignment=helper, at=NOON, unit=other_department)
        assert refused.value.field == "bearer"
        with pytest.raises(Refused, match="đã là cơ quan phối hợp"):
            services.set_unit(actor=giver, assignment=task.assignments.get(role="lead"), at=NOON, unit=office)


class TestHandingOn:
    def test_the_person_is_told_and_stands_on_the_page(
        self,
        task: Task,
        unit: Actor,
        other_department: Unit,
        log_in: Callable[[Person], Client],
        frozen_day: date,
        colleague: Person,
    ) -> None:
        person = person_in(other_department, username="lam", full_name="Trịnh Văn Làm")
        services.hand_on(actor=unit, task=task, person=person, note="Xong trước thứ Năm", **KNOWN)
        assert now(task).handler == person
        assert told(person) == ["Phạm Văn Đồng Nghiệp giao thực hiện: Rà soát bể bơi"]
        html = body(log_in(colleague).get(reverse("programmes:task", args=[task.programme_id, task.pk])))
        assert "<dt>Người thực hiện</dt><dd>Trịnh Văn Làm" in html
        assert "cho Trịnh Văn Làm" in html

    def test_again_to_another_and_back_to_the_unit(self, task: Task, unit: Actor, other_department: Unit) -> None:
        first, second = (person_in(other_department, username=name) for name in ("mot", "hai"))
        for person in (first, second, None):
            services.hand_on(actor=unit, task=task, person=person, **KNOWN)
            assert now(task).handler == person
        with pytest.raises(Refused, match="chưa giao cho ai"):
            services.hand_on(actor=unit, task=task, person=None, **KNOWN)

    def test_only_to_one_who_works_there_that_day(self, task: Task, unit: Actor, other_department: Unit, owner: Person) -> None:
        leaving = PersonFactory(username="nghi", full_name="Lý Văn Nghỉ")
        seat = Membership.objects.create(
            person=leaving, unit=other_department, role="specialist", valid_from=STARTED, valid_to=date(2025, 9, 11)
        )
        for person in (leaving, owner):
            with pytest.raises(Refused, match="không làm việc ở đơn vị được giao") as refused:
                services.hand_on(actor=unit, task=task, person=person, **KNOWN)
            assert refused.value.field == "person"
        Membership.objects.filter(pk=seat.pk).update(valid_to=TODAY)
        services.hand_on(actor=unit, task=task, person=leaving, **KNOWN)
        assert now(task).handler == leaving

    def test_the_giver_does_not_choose_the_people_of_a_unit(self, task: Task, giver: Actor, colleague: Person) -> None:
        with pytest.raises(NotAllowed):
            services.hand_on(actor=giver, task=task, person=colleague, **KNOWN)


class TestKind:
    def test_with_another_kind_another_closes(self, task: Task, unit: Actor, giver: Actor, colleague: Person) -> None:
        services.change_kind(actor=giver, task=task, at=NOON, kind=TaskKind.REPORT, reason="Phải có ý kiến của tỉnh")
        services.deliver(actor=unit, task=task, product_code="1/BC", product_date=TODAY, **KNOWN)
        assert (now(task).done_on, now(task).stage) == (None, "delivered")
        entry = AuditEntry.objects.get(verb="programmes.change_kind")
        assert (entry.reason, entry.details["before"], entry.details["after"]) == (
            "Phải có ý kiến của tỉnh", "Để thực hiện", "Để báo cáo",
        )  # fmt: skip
        assert "Đổi loại từ “Để thực hiện” thành “Để báo cáo”: Rà soát bể bơi" in told(colleague)

    @pytest.mark.parametrize(
        ("kind", "reason", "field"), [("execute", "x", "kind"), ("?", "x", "kind"), ("report", "", "reason")]
    )
    def test_refusals(self, kind: str, reason: str, field: str, task: Task, giver: Actor) -> None:
        with pytest.raises(Refused) as refused:
            services.change_kind(actor=giver, task=task, at=NOON, kind=kind, reason=reason)
        assert refused.value.field == field

    def test_not_after_something_was_handed_in(self, task: Task, unit: Actor, giver: Actor) -> None:
        services.deliver(actor=unit, task=task, note="Đã xong", **KNOWN)
        with pytest.raises(Refused, match="Đã có đơn vị báo hoàn thành"):
            services.change_kind(actor=giver, task=task, at=NOON, kind=TaskKind.REPORT, reason="x")

    def test_it_is_read_from_the_document(self, opened: Programme) -> None:
        assert set(opened.tasks.values_list("kind", flat=True)) == {TaskKind.EXECUTE}
        assert opened.tasks.first() is not None
        assert opened.tasks.filter(given_on=ISSUED).exists()
