"""Deadlines that wait for an event, and those that run from a unit's own receipt."""

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
from dondoc.programmes.models import AnchorEvent, Part, Programme, Task
from dondoc.programmes.rules.anchors import days_of, is_event, is_receipt, names
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, plan, relative, task
from tests.dondoc.programmes.answers import body, said

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
CONGRESS = "Đại hội đại biểu toàn quốc lần thứ XIV của Đảng"
DECREE = "Chính phủ ban hành Nghị định về dân số"


class TestWords:
    @pytest.mark.parametrize(
        ("anchor", "receipt", "event"),
        [
            ("ngày nhận được văn bản", True, False),
            ("khi nhận được công văn này", True, False),
            ("ngày nhận văn bản", True, False),
            ("khi Chính phủ ban hành Nghị định", False, True),
            ("tổ chức thành công Đại hội đại biểu toàn quốc lần thứ XIV", False, True),
            ("trước kỳ họp thường lệ cuối năm của HĐND tỉnh", False, True),
            ("ngày khai mạc", False, True),
            ("khi có yêu cầu", False, False),
            ("thời gian quy định", False, False),
            ("đúng thời hạn quy định", False, False),
            ("theo hướng dẫn của Bộ Y tế", False, False),
            ("kịp thời", False, False),
            ("24 tháng", False, False),
        ],
    )
    def test_what_kind_of_anchor(self, anchor: str, receipt: bool, event: bool) -> None:
        assert (is_receipt(anchor), is_event(anchor)) == (receipt, event)

    def test_names_are_found_without_marks_and_only_whole(self) -> None:
        assert names("Đại hội XIV", "sau đại hội xiv, từng cơ quan")
        assert not names("Đại hội XI", "sau Đại hội XIV")

    @pytest.mark.parametrize(
        ("words", "offset", "expected"),
        [
            ("sau khi Luật được thông qua 60 ngày", "P60D", (None, date(2026, 3, 24), False)),
            ("trong 05 ngày làm việc kể từ khi có Nghị định", "P5D working", (None, date(2026, 1, 30), False)),
            ("chậm nhất 05 ngày trước ngày khai mạc", "-P5D", (None, date(2026, 1, 18), False)),
            ("trước kỳ họp thường lệ giữa năm", "", (None, date(2026, 1, 23), True)),
            ("từ tháng 10 năm 2025 đến khi tổ chức thành công Đại hội", "", (None, date(2026, 1, 23), False)),
            ("tại phiên họp tháng 12", "", (None, date(2026, 1, 23), False)),
            ("sau khi Quyết định được ban hành", "", (date(2026, 1, 23), None, False)),
        ],
    )
    def test_the_days_that_follow(self, words: str, offset: str, expected: tuple[object, ...]) -> None:
        assert days_of(date(2026, 1, 23), words, offset) == expected  # a Friday

    def test_a_period_that_ends_on_a_holiday_ends_on_the_next_working_day(self) -> None:
        tet = {date(2026, 2, 16) + timedelta(days=day) for day in range(5)}
        assert days_of(date(2026, 2, 13), "sau 03 ngày", "P3D", holidays=tet).due_on == date(2026, 2, 23)
        assert days_of(date(2026, 2, 10), "sau 03 ngày", "P3D", holidays=tet).due_on == date(2026, 2, 13)


def waiting(words: str, anchor: str, offset: str = "", kind: str = "event") -> dict[str, Any]:
    return {**relative(offset, anchor, words), "kind": kind, "offset": offset or None}


@pytest.fixture
def opened_waiting(department: Unit, other_department: Unit, owner: Person, actor_for: ActorFor) -> Programme:
    """One task until the Congress, one after a decree, one before another event."""
    until = "đến khi tổ chức thành công Đại hội đại biểu toàn quốc lần thứ XIV"
    document = plan(
        department,
        owner,
        [
            task("Trang trí, cổ động", lead=["Sở Nội vụ"], deadline=waiting(until, until.removeprefix("đến khi "))),
            task("Trình kế hoạch", lead=["Sở Nội vụ"], deadline=waiting(f"30 ngày sau khi {DECREE}", f"khi {DECREE}", "P30D", "relative")),
            task("Trình danh mục", lead=["Sở Y tế"], deadline=waiting("trước kỳ họp cuối năm", "trước kỳ họp cuối năm")),
        ],
    )  # fmt: skip
    return services.open_programme(actor_for(owner), document, at=NOON)


def by_position(programme: Programme) -> list[Task]:
    return list(programme.tasks.order_by("position"))


class TestEvents:
    def test_a_known_event_dates_what_waits_for_it(self, opened_waiting: Programme) -> None:
        congress, decree, session = by_position(opened_waiting)
        assert congress.anchor_event == AnchorEvent.objects.get(name=CONGRESS)
        assert (congress.due_on, congress.last_ok_on) == (date(2026, 1, 23), date(2026, 1, 23))
        assert [(one.anchor_event, one.due_on) for one in (decree, session)] == [(None, None)] * 2

    def test_naming_dating_correcting_and_taking_back(
        self, opened_waiting: Programme, province: Unit, administrator: Person, colleague: Person, actor_for: ActorFor
    ) -> None:
        actor = actor_for(administrator)
        event = services.name_event(actor=actor, province=province, name=DECREE, at=NOON)
        decree = by_position(opened_waiting)[1]
        assert (decree.anchor_event, decree.last_ok_on) == (event, None)
        facts = {"actor": actor, "event": event, "at": NOON, "legal_basis": "Nghị định số 1"}
        assert services.date_event(happened_on=date(2025, 9, 1), **facts) == 1
        decree.refresh_from_db()
        assert (decree.due_on, decree.last_ok_on) == (date(2025, 10, 1), date(2025, 10, 1))
        assert "Thời hạn của 1 nhiệm vụ được tính lại" in Notice.objects.filter(person=colleague).latest("pk").text
        with pytest.raises(Refused, match="Ghi lý do sửa"):
            services.date_event(happened_on=date(2025, 9, 3), **facts)
        services.date_event(happened_on=date(2025, 9, 3), reason="Ghi nhầm ngày ký", **facts)
        decree.refresh_from_db()
        assert decree.last_ok_on == date(2025, 10, 3)
        services.date_event(happened_on=None, reason="Nghị định chưa có hiệu lực", **facts)
        decree.refresh_from_db()
        assert (decree.due_on, decree.last_ok_on) == (None, None)
        trail = AuditEntry.objects.filter(verb="programmes.date_event").order_by("pk")
        days = [(entry.details["before"], entry.details["happened_on"]) for entry in trail]
        assert days == [(None, "2025-09-01"), ("2025-09-01", "2025-09-03"), ("2025-09-03", None)]

    def test_the_giver_ties_a_task_to_an_event_of_their_own_words(
        self, opened_waiting: Programme, owner: Person, colleague: Person, administrator: Person, actor_for: ActorFor
    ) -> None:
        session = by_position(opened_waiting)[2]
        with pytest.raises(NotAllowed):
            services.tie_task(actor=actor_for(colleague), task=session, at=NOON, name="Kỳ họp thứ 30")
        services.tie_task(actor=actor_for(owner), task=session, at=NOON, name="Kỳ họp thứ 30 của HĐND tỉnh")
        event = AnchorEvent.objects.get(name="Kỳ họp thứ 30 của HĐND tỉnh")
        facts = {"event": event, "happened_on": date(2025, 12, 10), "legal_basis": "Lịch kỳ họp", "at": NOON}
        services.date_event(actor=actor_for(administrator), **facts)
        session.refresh_from_db()
        assert (session.due_on, session.exclusive, session.last_ok_on) == (date(2025, 12, 10), True, date(2025, 12, 9))
        services.tie_task(actor=actor_for(owner), task=session, at=NOON)
        session.refresh_from_db()
        assert (session.anchor_event, session.last_ok_on) == (None, None)

    def test_refusals(
        self, opened_waiting: Programme, province: Unit, administrator: Person, owner: Person, strange_administrator: Person,
        actor_for: ActorFor,
    ) -> None:  # fmt: skip
        actor = actor_for(administrator)
        with pytest.raises(Refused, match="Đã có sự kiện tên này"):
            services.name_event(actor=actor, province=province, name=CONGRESS.upper(), at=NOON)
        event = services.name_event(actor=actor, province=province, name="Khai giảng", at=NOON)
        facts = {"event": event, "at": NOON, "happened_on": TODAY}
        with pytest.raises(Refused, match="Ghi căn cứ"):
            services.date_event(actor=actor, legal_basis=" ", **facts)
        for person in (owner, strange_administrator):
            with pytest.raises(NotAllowed):
                services.date_event(actor=actor_for(person), legal_basis="x", **facts)


class TestReceipt:
    @pytest.fixture
    def from_receipt(self, programme: Programme, all_communes: UnitGroup, communes: list[Unit]) -> Task:
        deadline = relative("P5D working", "ngày nhận được văn bản", "trong 05 ngày làm việc kể từ ngày nhận được văn bản")
        facts = {"anchor": "ngày nhận được văn bản", "offset": "P5D working"}
        return add_task(programme, lead=all_communes, members=communes, deadline=deadline, **facts)

    def test_each_unit_has_the_day_that_follows_from_its_own_receipt(
        self, from_receipt: Task, communes: list[Unit], owner: Person, actor_for: ActorFor
    ) -> None:
        actor = actor_for(owner)
        for unit, on in zip(communes, (date(2025, 9, 8), date(2025, 9, 11)), strict=False):
            part = Part.objects.get(unit=unit)
            services.receive(actor=actor, task=from_receipt, part=part, at=NOON, happened_on=on)
        terms = dict(Part.objects.values_list("unit__name", "last_ok_on"))
        assert terms == {"xã An Bình": date(2025, 9, 15), "xã Suối Trong": date(2025, 9, 18), "phường Hòa Lạc": None}
        from_receipt.refresh_from_db()
        assert from_receipt.last_ok_on == date(2025, 9, 15)

    def test_working_days_leave_out_the_national_holiday(
        self, from_receipt: Task, communes: list[Unit], owner: Person, actor_for: ActorFor
    ) -> None:
        part = Part.objects.get(unit=communes[0])
        services.receive(actor=actor_for(owner), task=from_receipt, part=part, at=NOON, happened_on=date(2025, 8, 29))
        part.refresh_from_db()
        assert part.last_ok_on > date(2025, 9, 5)  # 01 and 02/9 are days off


@pytest.mark.usefixtures("frozen_day")
class TestPages:
    def test_the_administrator_sees_what_waits_and_enters_it(
        self, opened_waiting: Programme, administrator: Person, log_in: LogIn
    ) -> None:
        client = log_in(administrator)
        assert reverse("programmes:events") in body(client.get(reverse("units:list")))
        html = body(client.get(reverse("programmes:events")))
        assert f"“khi {DECREE}”" in html
        assert "Trình kế hoạch" in html
        assert CONGRESS in html
        response = client.post(reverse("programmes:name_event"), {"name": DECREE})
        assert said(response) == ["Đã ghi sự kiện. Ghi ngày khi sự kiện đã có ngày."]
        event = AnchorEvent.objects.get(name=DECREE)
        page = reverse("programmes:date_event", args=[event.pk])
        assert "Trình kế hoạch" in body(client.get(page))
        assert "Ghi căn cứ" in body(client.post(page, {"happened_on": "1/9/2025"}))
        client.post(page, {"happened_on": "1/9/2025", "legal_basis": "Nghị định số 1"})
        assert by_position(opened_waiting)[1].last_ok_on == date(2025, 10, 1)

    @pytest.mark.parametrize(
        ("who", "listing", "event"),
        [("administrator", 200, 200), ("owner", 403, 403), ("office_specialist", 403, 403), ("strange_administrator", 200, 404)],
    )
    def test_who_may(
        self, who: str, listing: int, event: int, opened_waiting: Programme, province: Unit, administrator: Person,
        actor_for: ActorFor, request: pytest.FixtureRequest, log_in: LogIn,
    ) -> None:  # fmt: skip
        made = services.name_event(actor=actor_for(administrator), province=province, name=DECREE, at=NOON)
        client = log_in(request.getfixturevalue(who))
        response = client.get(reverse("programmes:events"))
        assert response.status_code == listing
        assert "Trình kế hoạch" not in response.content.decode() or who == "administrator"
        assert client.get(reverse("programmes:date_event", args=[made.pk])).status_code == event

    def test_the_task_and_the_board_say_what_it_waits_for(
        self, opened_waiting: Programme, province: Unit, administrator: Person, owner: Person, colleague: Person,
        stranger: Person, actor_for: ActorFor, log_in: LogIn,
    ) -> None:  # fmt: skip
        services.name_event(actor=actor_for(administrator), province=province, name=DECREE, at=NOON)
        decree = by_position(opened_waiting)[1]
        address = reverse("programmes:task", args=[decree.programme_id, decree.pk])
        tie = reverse("programmes:tie_task", args=[decree.programme_id, decree.pk])
        html = body(log_in(owner).get(address))
        assert f"chờ: {DECREE}" in html
        assert tie in html
        assert f"chờ: {DECREE}" in body(log_in(owner).get(reverse("programmes:board", args=[decree.programme_id])))
        assert body(log_in(owner).get(tie))
        assert log_in(owner).post(tie, {"event": "", "name": ""})["Location"] == address
        assert (log_in(colleague).get(tie).status_code, log_in(stranger).get(tie).status_code) == (403, 404)

    def test_the_number_of_queries_does_not_grow_with_what_waits(
        self, programme: Programme, other_department: Unit, administrator: Person, log_in: LogIn
    ) -> None:
        client = log_in(administrator)

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(reverse("programmes:events"))
            return len(captured)

        def wait(number: int) -> None:
            anchor = f"khi khánh thành công trình số {number}"
            add_task(programme, lead=other_department, deadline=waiting(f"sau {anchor}", anchor), anchor=anchor)
            add_task(programme, anchor="x", anchor_event=AnchorEvent.objects.get(name=CONGRESS))

        wait(1)
        queries()
        one = queries()
        wait(2)
        wait(3)
        assert queries() == one
