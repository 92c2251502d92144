"""What has a day, on the page and in the feeds; whose, and until when."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from dondoc.common.errors import NotAllowed
from dondoc.desk import services
from dondoc.desk.calendar.dates import Due, dues_of
from dondoc.desk.calendar.ics import calendar_of
from dondoc.desk.calendar.months import first_of, month_of
from dondoc.desk.models import CalendarFeed
from dondoc.documents.enums import Visibility
from dondoc.programmes.enums import EventKind, ProgrammeState, TaskState
from dondoc.programmes.models import Assignment, Duty, DutyReporter, Part, Period, Programme, Task
from dondoc.units.access import actor_of
from dondoc.units.models import Membership, Person, Unit, UnitGroup
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_items, add_lead, add_task, by, duty, happened, plan, programme_of
from tests.dondoc.factories.units import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]
LogIn = Callable[[Person], Client]
SITE = "https://dondoc.minhhoa.example"


def body(response: HttpResponse) -> str:
    return response.content.decode()


def due_days(person: Person, on: date = TODAY) -> list[tuple[str, date]]:
    actor = actor_of(person, on)
    return [(due.text, due.day) for due in dues_of(actor, actor.unit_ids)]


@pytest.fixture
def programme(department: Unit, owner: Person) -> Programme:
    return programme_of(plan(department, owner, title="Chương trình; an toàn, \\ trẻ em"), owner)


@pytest.fixture
def task(programme: Programme, other_department: Unit) -> Task:
    """Owed by Sở Nội vụ, the colleague's, by 19/9."""
    return add_task(programme, "Rà soát bể bơi; lập danh mục, gửi Sở", lead=other_department, deadline=by("2025-09-20"))


def set_part(part: Part, **facts: Any) -> None:
    Part.objects.filter(pk=part.pk).update(**facts)


class TestWhatHasADay:
    def test_the_last_good_day_of_what_a_unit_leads(self, task: Task, colleague: Person, owner: Person) -> None:
        assert due_days(colleague) == [(task.text, date(2025, 9, 19))]
        assert due_days(owner) == []

    @pytest.mark.parametrize(
        "facts",
        [
            {"done_on": TODAY},
            {"paused": TaskState.SUSPENDED},
            {"stage": EventKind.DELIVERED},
            {"last_ok_on": None},
            {"counted": False},
            {"superseded_on": TODAY},
        ],
    )
    def test_what_is_not_owed_now_is_not_there(self, task: Task, colleague: Person, facts: dict[str, Any]) -> None:
        Task.objects.filter(pk=task.pk).update(**facts)
        assert due_days(colleague) == []

    def test_nor_what_a_closed_programme_asks(self, task: Task, colleague: Person) -> None:
        Programme.objects.update(state=ProgrammeState.CLOSED)
        assert due_days(colleague) == []

    def test_an_extension_moves_it(self, task: Task, colleague: Person) -> None:
        Task.objects.filter(pk=task.pk).update(last_ok_on=date(2025, 10, 31))
        assert due_days(colleague) == [(task.text, date(2025, 10, 31))]

    def test_what_came_back_stands_on_the_day_of_handing_in_again(self, task: Task, colleague: Person, owner: Person) -> None:
        happened(task, EventKind.RETURNED, TODAY, owner, new_due_on=date(2025, 9, 16))
        Task.objects.filter(pk=task.pk).update(stage=EventKind.RETURNED)
        due = dues_of(actor_of(colleague, TODAY), actor_of(colleague, TODAY).unit_ids)[0]
        assert (due.day, due.returned) == (date(2025, 9, 16), True)

    def test_of_several_leads_only_the_one_who_answers(
        self, task: Task, colleague: Person, owner: Person, department: Unit
    ) -> None:
        add_lead(task, department, answers=True)
        assert (due_days(colleague), len(due_days(owner))) == ([], 1)

    def test_a_unit_s_part_of_a_group_by_its_own_day(
        self, programme: Programme, all_communes: UnitGroup, communes: list[Unit], commune_clerk: Person
    ) -> None:
        task = add_task(programme, "Báo cáo kết quả", lead=all_communes, members=communes, deadline=by("2025-09-20"))
        parts = {part.unit_id: part for part in Part.objects.all()}
        Part.objects.update(last_ok_on=task.last_ok_on)
        set_part(parts[communes[0].pk], last_ok_on=date(2025, 9, 30))
        assert due_days(commune_clerk) == [("Báo cáo kết quả", date(2025, 9, 30))]
        for facts in ({"done_on": TODAY}, {"done_on": None, "excused": True}, {"excused": False, "stage": EventKind.DELIVERED}):
            set_part(parts[communes[0].pk], **facts)
            assert due_days(commune_clerk) == []

    def test_each_open_period_of_a_recurring_task(self, programme: Programme, other_department: Unit, colleague: Person) -> None:
        task = add_task(programme, "Báo cáo tháng", lead=other_department, rrule="FREQ=MONTHLY;BYMONTHDAY=25")
        lead = Assignment.objects.get(task=task)
        for month in (8, 9, 10):
            first = date(2025, month, 1)
            period = Period.objects.create(
                task=task, name=f"tháng {month}/2025", starts_on=first, ends_on=first + timedelta(days=27),
                last_ok_on=first.replace(day=25),
            )  # fmt: skip
            Part.objects.create(assignment=lead, unit=other_department, period=period, last_ok_on=period.last_ok_on)
        assert due_days(colleague) == [("Báo cáo tháng", date(2025, 8, 25)), ("Báo cáo tháng", date(2025, 9, 25))]

    def test_reports_of_the_plan_for_each_unit_that_owes_them(
        self, programme: Programme, all_communes: UnitGroup, commune: Unit, commune_clerk: Person, owner: Person
    ) -> None:
        document = programme.papers.get().document
        items = add_items(document, document.readings.get(), [duty("Báo cáo tổng kết", reporters=["UBND các xã, phường"])] * 2)
        once = Duty.objects.create(
            programme=programme, item=items[0], text="Báo cáo tổng kết", position=1, last_ok_on=date(2025, 9, 25)
        )
        again = Duty.objects.create(
            programme=programme, item=items[1], text="Báo cáo tháng", position=2, rrule="FREQ=MONTHLY;BYMONTHDAY=15"
        )
        DutyReporter.objects.create(duty=once, name="UBND các xã, phường", group=all_communes)
        DutyReporter.objects.create(duty=again, name="xã An Bình", unit=commune)
        assert due_days(commune_clerk) == [("Báo cáo tháng", date(2025, 9, 15)), ("Báo cáo tổng kết", date(2025, 9, 25))]
        assert due_days(owner) == []
        assert due_days(commune_clerk, date(2025, 9, 16)) == [
            ("Báo cáo tổng kết", date(2025, 9, 25)), ("Báo cáo tháng", date(2025, 10, 15))
        ]  # fmt: skip

    def test_of_a_restricted_programme_only_for_those_who_see_it(
        self, task: Task, colleague: Person, other_department: Unit
    ) -> None:
        Programme.objects.update(visibility=Visibility.RESTRICTED)
        assert due_days(colleague) == []
        task.programme.restricted_to.add(other_department)
        assert len(due_days(colleague)) == 1

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_queries_do_not_grow(
        self, count: int, programme: Programme, all_communes: UnitGroup, communes: list[Unit], commune_clerk: Person,
        commune: Unit, django_assert_num_queries: Callable[..., Any],
    ) -> None:  # fmt: skip
        document = programme.papers.get().document
        for number in range(count):
            add_task(programme, f"Việc {number}", lead=commune, deadline=by("2025-09-20"))
            add_task(programme, f"Việc chung {number}", lead=all_communes, members=communes, deadline=by("2025-09-20"))
            item = add_items(document, document.readings.get(), [duty(f"Báo cáo {number}", reporters=["x"])])[0]
            owed = Duty.objects.create(programme=programme, item=item, text="Báo cáo", position=number, last_ok_on=TODAY)
            DutyReporter.objects.create(duty=owed, name="x", group=all_communes)
        Part.objects.update(last_ok_on=TODAY)
        actor = actor_of(commune_clerk, TODAY)
        with django_assert_num_queries(6):
            assert len(dues_of(actor, actor.unit_ids)) == 3 * count


class TestFeed:
    @pytest.fixture
    def feed(self, colleague: Person) -> CalendarFeed:
        return services.new_address(actor=actor_of(colleague, TODAY), unit_id=None, at=NOON)

    @staticmethod
    def _read(feed: CalendarFeed, client: Client) -> Component:
        answer = client.get(f"/lich/{feed.token}.ics")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(answer.content)

    def test_without_logging_in_as_an_all_day_event(
        self, task: Task, feed: CalendarFeed, client: Client, settings: Any, owner: Person
    ) -> None:
        settings.SITE_URL = SITE
        happened(task, EventKind.PROGRESS, TODAY, owner)
        calendar = self._read(feed, client)
        assert str(calendar["X-WR-CALNAME"]) == "Đôn Đốc: Phạm Văn Đồng Nghiệp"
        (event,) = calendar.walk("VEVENT")
        address = f"{SITE}/chuong-trinh/{task.programme_id}/nhiem-vu/{task.pk}/"
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2025, 9, 19), date(2025, 9, 20))
        assert str(event["SUMMARY"]) == "Hạn cuối: Rà soát bể bơi; lập danh mục, gửi Sở"
        assert str(event["URL"]) == address
        assert str(event["DESCRIPTION"]).split("\n") == [
            "Rà soát bể bơi; lập danh mục, gửi Sở", "Đơn vị: Sở Nội vụ", "Chương trình: Chương trình; an toàn, \\ trẻ em",
            "Thời hạn: trước ngày 2025-09-20", "Ngày cuối còn đúng hạn: Thứ Sáu, 19/9/2025", address,
        ]  # fmt: skip
        assert event["SEQUENCE"] == task.revision
        assert event["LAST-MODIFIED"].dt == NOON
        (alarm,) = event.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(hours=-16)

    def test_two_readings_are_equal_and_the_uid_outlives_an_extension(
        self, task: Task, feed: CalendarFeed, client: Client
    ) -> None:
        address = f"/lich/{feed.token}.ics"
        first = client.get(address).content
        with time_machine.travel(NOON + timedelta(hours=5), tick=False):
            assert client.get(address).content == first
        (before,) = Calendar.from_ical(first).walk("VEVENT")
        Task.objects.filter(pk=task.pk).update(last_ok_on=date(2025, 12, 1), revision=task.revision + 1)
        (after,) = self._read(feed, client).walk("VEVENT")
        assert after["UID"] == before["UID"]
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert after["DTSTART"].dt == date(2025, 12, 1)

    def test_who_left_the_unit_reads_nothing(self, task: Task, feed: CalendarFeed, colleague: Person, client: Client) -> None:
        Membership.objects.filter(person=colleague).update(valid_to=TODAY)
        assert len(self._read(feed, client).walk("VEVENT")) == 1
        with time_machine.travel(NOON + timedelta(days=1), tick=False):
            assert self._read(feed, client).walk("VEVENT") == []

    def test_nor_one_whose_account_was_closed(self, task: Task, feed: CalendarFeed, colleague: Person, client: Client) -> None:
        Person.objects.filter(pk=colleague.pk).update(is_active=False)
        assert self._read(feed, client).walk("VEVENT") == []

    def test_an_unknown_and_a_changed_address_answer_alike(self, feed: CalendarFeed, colleague: Person, client: Client) -> None:
        new = services.new_address(actor=actor_of(colleague, TODAY), unit_id=None, at=NOON)
        assert new.token != feed.token
        assert client.get(f"/lich/{feed.token}.ics").status_code == 404
        assert client.get(f"/lich/{feed.token[:-1]}.ics").status_code == 404
        assert client.get(f"/lich/{new.token}.ics").status_code == 200
        services.give_up(actor=actor_of(colleague, TODAY), unit_id=None, at=NOON)
        assert client.get(f"/lich/{new.token}.ics").status_code == 404

    def test_a_unit_s_feed_has_that_unit_alone_and_only_for_its_people(
        self, task: Task, colleague: Person, commune: Unit, programme: Programme, client: Client, department: Unit
    ) -> None:
        MembershipFactory(person=colleague, unit=commune)
        add_task(programme, "Việc của xã", lead=commune, deadline=by("2025-09-25"))
        actor = actor_of(colleague, TODAY)
        feed = services.new_address(actor=actor, unit_id=commune.pk, at=NOON)
        calendar = self._read(feed, client)
        assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Hạn cuối: Việc của xã"]
        assert str(calendar["X-WR-CALNAME"]) == "Đôn Đốc: xã An Bình"
        with pytest.raises(NotAllowed, match="Chỉ người đang làm việc ở đơn vị"):
            services.new_address(actor=actor, unit_id=department.pk, at=NOON)


WORDS = st.text(st.sampled_from('ề, ;\\\n\r\t:"a\u2028Đ'), max_size=200)


@given(text=WORDS, programme=WORDS)
def test_whatever_is_written_reads_back_and_no_line_is_longer_than_75_octets(text: str, programme: str) -> None:
    due = Due("task-1", TODAY, text, "Sở Y tế", programme, "", "/x/", 3, NOON)
    written = calendar_of("Lịch", [due], SITE)
    assert written.endswith(b"END:VCALENDAR\r\n")
    lines = written.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert event["UID"] == "task-1@dondoc.minhhoa.example"
    flat = " ".join(text.split())
    assert str(event["SUMMARY"]).removeprefix("Hạn cuối: ").removesuffix(" …") in flat


class TestMonths:
    @pytest.mark.parametrize(
        ("words", "first"),
        [("2025-11", date(2025, 11, 1)), ("", date(2025, 9, 1)), ("2025-13", date(2025, 9, 1)), ("x-1", date(2025, 9, 1)),
         ("1999-01", date(2025, 9, 1)), ("2100-12", date(2100, 12, 1))],
    )  # fmt: skip
    def test_the_month_that_is_asked_for(self, words: str, first: date) -> None:
        assert first_of(words, TODAY) == first

    @given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(-400, 400))
    def test_every_debt_stands_before_in_or_after_the_month_once(self, first: date, distance: int) -> None:
        first = first.replace(day=1)
        due = Due("task-1", first + timedelta(days=distance), "Việc", "", "", "", "/", 0, NOON)
        month = month_of(first, [due], TODAY)
        assert month.number + len(month.earlier) + month.later == 1
        assert all(len(week) == 7 and week[0].weekday == "Thứ Hai" for week in month.weeks)


class TestPage:
    def test_the_month_with_its_debts_and_what_is_late(
        self, task: Task, programme: Programme, other_department: Unit, colleague: Person, log_in: LogIn
    ) -> None:
        add_task(programme, "Việc đã trễ", lead=other_department, deadline=by("2025-08-20"))
        page = body(log_in(colleague).get("/lich/"))
        assert "Tháng 9/2025: 1 việc có hạn" in page
        assert "1 việc có hạn trước tháng 9/2025 chưa xong" in page
        assert (
            f'href="/chuong-trinh/{task.programme_id}/nhiem-vu/{task.pk}/" title="Rà soát bể bơi; lập danh mục, gửi Sở"' in page
        )
        assert 'class="due k-soon"' in page
        assert "không có việc nào có hạn" in body(log_in(colleague).get("/lich/?thang=2026-01"))

    def test_a_stranger_s_calendar_has_none_of_it(self, task: Task, stranger: Person, log_in: LogIn) -> None:
        page = body(log_in(stranger).get("/lich/"))
        assert "Rà soát" not in page
        assert "Việc được giao có thời hạn sẽ hiện ở đây." in page

    def test_an_address_is_made_changed_and_given_up(self, colleague: Person, log_in: LogIn, settings: Any) -> None:
        settings.SITE_URL = SITE
        client = log_in(colleague)
        assert "Chưa có địa chỉ." in body(client.get("/lich/"))
        assert client.post("/lich/dia-chi/", {"unit": ""})["Location"] == "/lich/#dia-chi"
        first = CalendarFeed.objects.get()
        page = body(client.get("/lich/"))
        assert f"{SITE}/lich/{first.token}.ics" in page
        assert f'href="webcal://dondoc.minhhoa.example/lich/{first.token}.ics"' in page
        client.post("/lich/dia-chi/", {"unit": ""})
        first.refresh_from_db()
        assert first.revoked_at == NOON
        assert first.token not in body(client.get("/lich/"))
        client.post("/lich/dia-chi/thoi/", {"unit": ""})
        assert not CalendarFeed.objects.filter(revoked_at__isnull=True).exists()

    def test_a_unit_that_is_not_one_s_own_is_refused_with_a_sentence(
        self, colleague: Person, department: Unit, log_in: LogIn
    ) -> None:
        answer = log_in(colleague).post("/lich/dia-chi/", {"unit": department.pk})
        assert answer.status_code == 403
        assert services.NOT_YOUR_UNIT in body(answer)

    def test_the_way_there_is_in_the_menu_and_on_the_first_page(self, colleague: Person, log_in: LogIn) -> None:
        page = body(log_in(colleague).get("/"))
        assert page.count('href="/lich/"') == 2
