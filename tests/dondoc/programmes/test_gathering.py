"""The units of a group's task: their matrix, the giver's word on many, closing it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.notices.models import Notice
from dondoc.programmes import services
from dondoc.programmes.models import Part, Period, Programme, Task
from dondoc.programmes.queries.parts import Choice, matrix_of
from dondoc.programmes.rules.shares import ShareFacts, ShareState, days_late, share_state
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by
from tests.dondoc.factories.units import CommuneFactory, GroupFactory
from tests.dondoc.programmes.answers import body, said

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
TERM = date(2025, 9, 9)
KNOWN = {"at": NOON, "happened_on": TODAY}
WHY = {"reason_code": "other", "reason": "Không có bể bơi"}
BACK = {"reason_code": "incomplete", "reason": "Thiếu biểu"}

pytestmark = pytest.mark.usefixtures("frozen_day")


@pytest.fixture
def task(programme: Programme, all_communes: UnitGroup, communes: list[Unit]) -> Task:
    return add_task(programme, "UBND các xã, phường gửi báo cáo", lead=all_communes, members=communes, deadline=by("2025-09-10"))


@pytest.fixture
def giver(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


def part(task: Task, unit: Unit) -> Part:
    return Part.objects.get(assignment__task=task, unit=unit)


def deliver(task: Task, unit: Unit, giver: Actor, on: date = TODAY, **facts: Any) -> None:
    """Entered by the giver on the unit's behalf."""
    given = facts or {"note": "Đã gửi"}
    services.deliver(actor=giver, task=task, part=part(task, unit), at=NOON, happened_on=on, **given)


@pytest.mark.parametrize(
    ("facts", "state", "late"),
    [
        ({}, ShareState.OVERDUE, 3),
        ({"last_ok_on": TODAY}, ShareState.UNTOUCHED, 0),
        ({"last_ok_on": TODAY - timedelta(days=1)}, ShareState.OVERDUE, 1),
        ({"last_ok_on": None}, ShareState.UNTOUCHED, 0),
        ({"last_ok_on": TODAY, "received_on": TERM}, ShareState.RECEIVED, 0),
        ({"last_ok_on": TODAY, "received_on": TERM, "reported_on": TERM}, ShareState.WORKING, 0),
        ({"stage": "declined"}, ShareState.DECLINED, 3),
        ({"stage": "delivered", "handed_in_on": TERM}, ShareState.WAITING, 0),
        ({"stage": "delivered", "handed_in_on": TODAY}, ShareState.WAITING, 3),
        ({"stage": "returned"}, ShareState.RETURNED, 3),
        ({"stage": "returned", "hand_in_by": TODAY}, ShareState.RETURNED, 0),
        ({"stage": "returned", "hand_in_by": TODAY - timedelta(days=1)}, ShareState.RETURNED, 1),
        ({"done_on": TERM}, ShareState.DONE_ON_TIME, 0),
        ({"done_on": TERM + timedelta(days=1)}, ShareState.DONE_LATE, 1),
        ({"done_on": TERM, "last_ok_on": None}, ShareState.DONE, 0),
        ({"excused": True}, ShareState.EXCUSED, 0),
    ],
)
def test_where_a_part_stands(facts: dict[str, Any], state: ShareState, late: int) -> None:
    usual: dict[str, Any] = {
        "done_on": None, "excused": False, "stage": "", "last_ok_on": TERM, "received_on": None, "reported_on": None
    }  # fmt: skip
    known = ShareFacts(**{**usual, **facts})
    assert (share_state(known, TODAY), days_late(known, TODAY)) == (state, late)


class TestWordOnMany:
    def test_one_word_accepts_each_on_its_own_day(self, task: Task, giver: Actor, communes: list[Unit]) -> None:
        deliver(task, communes[0], giver, on=TERM)
        deliver(task, communes[1], giver, on=TODAY)
        parts = [part(task, unit) for unit in communes[:2]]
        services.accept_parts(actor=giver, task=task, parts=parts, **KNOWN)
        assert [part(task, unit).done_on for unit in communes] == [TERM, TODAY, None]
        entry = AuditEntry.objects.filter(verb="programmes.accepted").get()
        assert sorted(entry.details["parts"]) == sorted(one.pk for one in parts)

    def test_each_unit_hears_of_its_own(
        self, task: Task, giver: Actor, communes: list[Unit], commune_clerk: Person, office_specialist: Person
    ) -> None:
        for unit in communes[:2]:
            deliver(task, unit, giver)
        services.return_parts(
            actor=giver, task=task, parts=[part(task, unit) for unit in communes[:2]], new_due_on=TODAY, **KNOWN, **BACK
        )
        told = Notice.objects.filter(person=commune_clerk).values_list("text", flat=True)
        assert [text for text in told if "Trả lại" in text] == [
            "Trả lại để làm tiếp: UBND các xã, phường gửi báo cáo Lý do: Thiếu biểu"
        ]
        assert {part(task, unit).stage for unit in communes[:2]} == {"returned"}

    def test_all_or_none_and_who_does_not_fit_is_named(self, task: Task, giver: Actor, communes: list[Unit]) -> None:
        deliver(task, communes[0], giver)
        parts = [part(task, unit) for unit in communes[:2]]
        with pytest.raises(Refused, match="chưa có gì để trả lại: xã Suối Trong"):
            services.return_parts(actor=giver, task=task, parts=parts, **KNOWN, **BACK)
        assert part(task, communes[0]).stage == "delivered"

    def test_nobody_chosen(self, task: Task, giver: Actor) -> None:
        with pytest.raises(Refused, match="Chưa chọn đơn vị nào"):
            services.excuse_parts(actor=giver, task=task, parts=[], **KNOWN, **WHY)

    def test_parts_of_another_task(self, task: Task, giver: Actor, programme: Programme, communes: list[Unit]) -> None:
        group = GroupFactory(province=programme.province)
        other = add_task(programme, lead=group, members=communes)
        with pytest.raises(Refused, match="thuộc nhiệm vụ khác"):
            services.accept_parts(actor=giver, task=task, parts=[part(other, communes[0])], **KNOWN)

    def test_only_the_giver(self, task: Task, commune_clerk: Person, actor_for: ActorFor, communes: list[Unit]) -> None:
        with pytest.raises(NotAllowed):
            services.accept_parts(actor=actor_for(commune_clerk), task=task, parts=[part(task, communes[0])], **KNOWN)


class TestClosing:
    def test_it_is_refused_while_one_is_missing(self, task: Task, giver: Actor, communes: list[Unit]) -> None:
        deliver(task, communes[0], giver)
        with pytest.raises(Refused, match=r"còn 2 đơn vị .*: phường Hòa Lạc, xã Suối Trong"):
            services.close(actor=giver, task=task, **KNOWN)
        assert part(task, communes[0]).stage == "delivered"

    def test_what_waits_is_accepted_and_who_is_excused_is_left_out(self, task: Task, giver: Actor, communes: list[Unit]) -> None:
        deliver(task, communes[0], giver, on=TERM)
        deliver(task, communes[1], giver, on=TERM + timedelta(days=1))
        services.excuse_parts(actor=giver, task=task, parts=[part(task, communes[2])], **KNOWN, **WHY)
        assert services.close(actor=giver, task=task, **KNOWN).done_on == TERM + timedelta(days=1)

    def test_all_excused_it_ends_on_the_day_of_closing(self, task: Task, giver: Actor, communes: list[Unit]) -> None:
        services.excuse_parts(actor=giver, task=task, parts=[part(task, unit) for unit in communes], **KNOWN, **WHY)
        assert services.close(actor=giver, task=task, **KNOWN).done_on == TODAY

    def test_a_task_of_one_unit_is_not_closed_this_way(self, programme: Programme, other_department: Unit, giver: Actor) -> None:
        with pytest.raises(Refused, match="chưa chia cho đơn vị nào"):
            services.close(actor=giver, task=add_task(programme, lead=other_department), **KNOWN)


class TestMatrix:
    def test_most_urgent_first_with_counts(self, task: Task, giver: Actor, communes: list[Unit]) -> None:
        deliver(task, communes[0], giver, product_code="1/BC-UBND", product_date=TERM, on=TERM)
        deliver(task, communes[1], giver)
        matrix = matrix_of(task, Choice(), TODAY)
        assert [(row.part.unit.name, row.badge.text, row.days) for row in matrix.rows] == [
            ("phường Hòa Lạc", "Quá hạn 3 ngày", 3),
            ("xã Suối Trong", "Chờ xác nhận", 3),
            ("xã An Bình", "Hoàn thành đúng hạn", 0),
        ]
        assert (matrix.total, matrix.done, [row.part.unit.name for row in matrix.missing]) == (3, 1, ["phường Hòa Lạc"])

    def test_a_filter_keeps_the_counts(self, task: Task, giver: Actor, communes: list[Unit]) -> None:
        deliver(task, communes[1], giver)
        matrix = matrix_of(task, Choice(state="cho-xac-nhan"), TODAY)
        assert [row.part.unit for row in matrix.rows] == [communes[1]]
        assert (matrix.total, matrix.counts[ShareState.OVERDUE]) == (3, 2)
        assert [row.part.unit for row in matrix_of(task, Choice(text="hoa lac"), TODAY).rows] == [communes[2]]

    def test_of_a_recurring_task_the_first_period_that_is_owed(self, task: Task, communes: list[Unit]) -> None:
        Part.objects.filter(assignment__task=task).delete()
        for month in (7, 8, 10):
            starts_on = date(2025, month, 1)
            period = Period.objects.create(
                task=task,
                name=f"Tháng {month}",
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=20),
                last_ok_on=starts_on,
            )
            done_on = starts_on if month == 7 else None
            Part.objects.create(assignment=task.assignments.get(), unit=communes[0], period=period, done_on=done_on)
        matrix = matrix_of(task, Choice(), TODAY)
        assert [period.name for period in matrix.periods] == ["Tháng 7", "Tháng 8"]
        assert (matrix.period and matrix.period.name, matrix.total) == ("Tháng 8", 1)


class TestPage:
    def url(self, task: Task, name: str = "parts") -> str:
        return reverse(f"programmes:{name}", args=[task.programme_id, task.pk])

    def test_it_shows_who_is_missing_and_whom_to_call(
        self, task: Task, giver: Actor, communes: list[Unit], owner: Person, log_in: LogIn
    ) -> None:
        Unit.objects.filter(pk=communes[2].pk).update(phone="0205 3810 111")
        deliver(task, communes[0], giver, product_code="1/BC-UBND", product_date=TERM, on=TERM)
        html = body(log_in(owner).get(self.url(task)))
        assert "<b>1/3</b><span>đơn vị hoàn thành</span>" in html
        assert "Còn thiếu 2 đơn vị:</b> phường Hòa Lạc" in html
        assert 'href="tel:02053810111"' in html
        assert "1/BC-UBND" in html
        assert "Quá hạn 2</a>" in html
        assert 'id="dong"' not in html

    def test_the_matrix_is_linked_from_the_task(self, task: Task, owner: Person, log_in: LogIn) -> None:
        assert f'href="{self.url(task)}"' in body(log_in(owner).get(self.url(task, "task")))

    def test_select_two_and_accept(self, task: Task, giver: Actor, communes: list[Unit], owner: Person, log_in: LogIn) -> None:
        for unit in communes[:2]:
            deliver(task, unit, giver)
        facts = {
            "act": "xac-nhan", "xac-nhan-happened_on": "12/9/2025", "parts": [part(task, unit).pk for unit in communes[:2]]
        }  # fmt: skip
        response = log_in(owner).post(f"{self.url(task, 'act_on_parts')}?trang-thai=cho-xac-nhan", facts)
        assert response["Location"] == f"{self.url(task)}?trang-thai=cho-xac-nhan"
        assert said(response) == ["Đã xác nhận: 2 đơn vị"]
        assert [part(task, unit).done_on for unit in communes] == [TODAY, TODAY, None]

    def test_an_error_keeps_what_was_marked_and_typed(
        self, task: Task, communes: list[Unit], owner: Person, log_in: LogIn
    ) -> None:
        marked = part(task, communes[1]).pk
        facts = {"act": "mien", "mien-happened_on": "12/9/2025", "mien-reason": "Không có hồ", "parts": [marked]}
        html = body(log_in(owner).post(self.url(task, "act_on_parts"), facts))
        assert re.findall(r'name="parts" value="(\d+)"[^>]* checked', html) == [str(marked)]
        assert "Không có hồ" in html
        assert "Chọn loại lý do." in html

    def test_closing_from_the_page(self, task: Task, giver: Actor, communes: list[Unit], owner: Person, log_in: LogIn) -> None:
        for unit in communes:
            deliver(task, unit, giver, on=TERM)
        client = log_in(owner)
        html = body(client.get(self.url(task)))
        assert "Không còn đơn vị nào thiếu." in html
        assert 'id="dong"' in html
        response = client.post(self.url(task, "close"), {"dong-happened_on": "12/9/2025"})
        assert said(response) == ["Đã đóng nhiệm vụ"]
        assert Task.objects.get(pk=task.pk).done_on == TERM
        assert "Đã hoàn thành Thứ Ba, 09/9/2025." in body(client.get(self.url(task)))

    def test_a_commune_sees_it_and_may_not_speak_for_others(self, task: Task, commune_clerk: Person, log_in: LogIn) -> None:
        html = body(log_in(commune_clerk).get(self.url(task)))
        assert "xã An Bình" in html
        assert 'name="parts"' not in html

    def test_a_task_of_one_unit_says_so(self, programme: Programme, other_department: Unit, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).get(self.url(add_task(programme, lead=other_department))))
        assert "Nhiệm vụ này chưa chia cho đơn vị nào." in html

    def test_queries_do_not_grow_with_the_units(
        self, programme: Programme, province: Unit, all_communes: UnitGroup, giver: Actor, owner: Person, log_in: LogIn
    ) -> None:
        units = CommuneFactory.create_batch(65, province=province)
        few = add_task(programme, lead=all_communes, members=units[:3], deadline=by("2025-09-10"))
        many = add_task(programme, lead=all_communes, members=units, deadline=by("2025-09-10"))
        for made, count in ((few, 2), (many, 5)):
            for unit in units[:count]:
                deliver(made, unit, giver)
        client = log_in(owner)

        def queries(made: Task) -> int:
            with CaptureQueriesContext(connection) as captured:
                assert body(client.get(self.url(made))).count('name="parts"') == made.assignments.get().parts.count()
            return len(captured)

        queries(few)
        assert queries(few) == queries(many)
