"""The timeline of a programme: where bars begin and end, what they say, and as of which day."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dondoc.documents.enums import Visibility
from dondoc.programmes.charts.timeline import Bar, Turn, Window, axis, draw, ticks_of, window_of
from dondoc.programmes.enums import EventKind, OriginKind
from dondoc.programmes.models import Assignment, Origin, Part, Period, Programme, Task
from dondoc.programmes.queries.timeline import frame
from dondoc.units.models import Person, Unit, UnitGroup
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by, happened

LogIn = Callable[[Person], Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]
YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))
DAYS = st.dates(date(2020, 1, 1), date(2050, 12, 31))


def page(client: Client, programme: Programme, **asked: str) -> str:
    response: HttpResponse = client.get(f"/chuong-trinh/{programme.pk}/tien-trinh/", asked)
    assert response.status_code == 200
    return response.content.decode()


def drawn(**facts: Any) -> str:
    usual: dict[str, Any] = {"starts_on": date(2025, 8, 7), "day": TODAY, "key": "run", "words": "Trong hạn"}
    return str(draw(Bar(**(usual | facts)), YEAR, "tl-1"))


def bars(picture: str, kind: str) -> list[tuple[float, float]]:
    """Where the rectangles of a kind begin and end, in hundredths."""
    found = re.findall(rf'<rect x="([\d.]+)%" y="-5" width="([\d.]+)%"[^>]*class="{kind}[ "]', picture)
    return [(float(start), round(float(start) + float(width), 2)) for start, width in found]


class TestPlaces:
    @given(DAYS, DAYS, DAYS)
    def test_days_stand_in_their_order_within_the_axis(self, one: date, other: date, day: date) -> None:
        window = window_of(min(one, other), max(one, other))
        assert window.holds(one)
        assert window.holds(other)
        assert 0 <= window.at(day) <= window.after(day) <= 100
        assert window.at(min(one, day)) <= window.at(max(one, day))

    def test_a_day_begins_and_ends_where_the_calendar_says(self) -> None:
        assert (YEAR.at(date(2025, 1, 1)), YEAR.after(date(2025, 12, 31))) == (0.0, 100.0)
        assert YEAR.after(date(2025, 1, 31)) == YEAR.at(date(2025, 2, 1)) == round(100 * 31 / 365, 2)

    @pytest.mark.parametrize(
        ("last", "words"),
        [(date(2025, 12, 31), "1/2025"), (date(2029, 12, 31), "quý I/2025"), (date(2045, 12, 31), "2025")],
    )
    def test_months_quarters_or_years_whichever_has_room(self, last: date, words: str) -> None:
        ticks = ticks_of(Window(date(2025, 1, 1), last))
        assert ticks[0].words == words
        assert sum(bool(tick.words) for tick in ticks) <= 14
        assert sum(tick.narrow for tick in ticks) <= 5

    def test_the_axis_says_the_day(self) -> None:
        assert ">12/9</text>" in axis(YEAR, TODAY)

    @pytest.mark.parametrize(
        ("last", "whole", "window", "is_whole"),
        [
            (date(2026, 12, 30), None, Window(date(2025, 8, 1), date(2026, 12, 31)), True),
            (date(2045, 12, 31), None, Window(date(2025, 8, 1), date(2026, 9, 30)), False),
            (date(2045, 12, 31), True, Window(date(2025, 8, 1), date(2045, 12, 31)), True),
            (date(2026, 12, 30), False, Window(date(2025, 8, 1), date(2026, 9, 30)), False),
        ],
    )
    def test_all_days_where_they_fit_else_those_around_the_day(
        self, last: date, whole: bool | None, window: Window, is_whole: bool
    ) -> None:
        assert frame(date(2025, 8, 7), last, TODAY, whole=whole) == (window, is_whole)


class TestBars:
    def test_from_the_day_it_was_given_to_the_end_of_the_last_good_day(self) -> None:
        picture = drawn(last_ok_on=date(2025, 9, 30), share=0.5)
        start, end = YEAR.at(date(2025, 8, 7)), YEAR.after(date(2025, 9, 30))
        assert bars(picture, "track run") == [(start, end)]
        assert bars(picture, "fill run") == [(start, pytest.approx((start + end) / 2, abs=0.02))]
        assert "spill" not in picture

    @pytest.mark.parametrize(("late", "spills"), [(-1, False), (0, False), (1, True)])
    def test_what_is_late_is_hatched_from_the_day_after_the_last_good_one(self, late: int, *, spills: bool) -> None:
        done_on = date(2025, 9, 5) + timedelta(days=late)
        picture = drawn(key="late" if late > 0 else "done", last_ok_on=date(2025, 9, 5), done_on=done_on)
        found = bars(picture, "spill late")
        assert bool(found) == spills
        if spills:
            assert found[0] == pytest.approx((YEAR.after(date(2025, 9, 5)), YEAR.after(done_on)), abs=0.04)

    def test_what_is_overdue_is_hatched_to_the_day_with_a_triangle_there(self) -> None:
        picture = drawn(key="over", last_ok_on=date(2025, 9, 5))
        assert bars(picture, "spill over") == [(YEAR.after(date(2025, 9, 5)), YEAR.after(TODAY))]
        assert f'<svg x="{YEAR.after(TODAY)}%" y="0" overflow="visible" class="m over">' in picture

    def test_a_moved_term_leaves_a_diamond_and_a_done_task_a_disc(self) -> None:
        picture = drawn(key="done", last_ok_on=date(2025, 9, 30), first_ok_on=date(2025, 9, 5), done_on=date(2025, 9, 9))
        assert f'<svg x="{YEAR.after(date(2025, 9, 5))}%" y="0" overflow="visible" class="m moved">' in picture
        assert f'<svg x="{YEAR.after(date(2025, 9, 9))}%" y="0" overflow="visible" class="m done">' in picture

    def test_without_a_deadline_it_stays_open_to_the_day(self) -> None:
        assert bars(drawn(key="none"), "track none open") == [(YEAR.at(date(2025, 8, 7)), YEAR.after(TODAY))]

    def test_each_turn_has_the_mark_of_what_became_of_it(self) -> None:
        turns = [
            Turn("kỳ", date(2025, month, 25), kind) for month, kind in ((8, "done"), (9, "late"), (10, "over"), (11, "open"))
        ]
        picture = drawn(turns=turns)
        assert re.findall(r'class="m (\w+)"', picture) == ["done", "late", "over", "open"]

    @given(DAYS, DAYS, st.one_of(st.none(), DAYS), st.sampled_from(["over", "late", "done", "run", "none"]))
    def test_nothing_leaves_the_axis(self, starts_on: date, day: date, last_ok_on: date | None, key: str) -> None:
        picture = drawn(starts_on=starts_on, day=day, last_ok_on=last_ok_on, key=key)
        for kind in ("track", "fill", "spill"):
            assert all(0 <= start <= end <= 100.31 for start, end in bars(picture, f"{kind} {key}"))

    def test_what_it_says_is_text(self) -> None:
        assert "<b>" not in drawn(words="<b>Quá hạn</b>")


class TestPage:
    def test_tasks_stand_under_their_headings_with_their_days(
        self, programme: Programme, owner: Person, department: Unit, log_in: LogIn
    ) -> None:
        add_task(programme, "Ban hành đề cương", lead=department, deadline=by("2025-09-06"), section="III.1.a")
        add_task(programme, "Xây dựng báo cáo", lead=department, deadline=by("2025-09-20"), section="III.1.b")
        add_task(programme, "Khen thưởng", lead=department, section="IV.2")
        html = page(log_in(owner), programme)
        headings = re.findall(r'scope="rowgroup">([^<]+)<span>(\d+)</span>', html)
        assert headings == [("Mục III.1 ", "2"), ("Mục IV ", "1")]
        assert "Quá hạn 7 ngày, từ 07/8/2025, đến 05/9/2025</title>" in html
        assert '<td data-label="Hạn cuối" class="nw">19/9/2025</td>' in html
        assert 'aria-current="page">Tiến trình</a>' in html

    def test_by_agency(
        self, programme: Programme, owner: Person, department: Unit, other_department: Unit, log_in: LogIn
    ) -> None:
        for unit in (department, other_department, None):
            add_task(programme, "Việc", lead=unit, deadline=by("2025-09-20"))
        html = page(log_in(owner), programme, xem="co-quan")
        assert re.findall(r'scope="rowgroup">([^<]+) <span>', html) == ["Sở Nội vụ", "Sở Y tế", "Chưa giao chủ trì"]

    def test_a_group_says_how_many_and_an_extension_both_terms(
        self, programme: Programme, owner: Person, all_communes: UnitGroup, communes: list[Unit], log_in: LogIn
    ) -> None:
        task = add_task(programme, "Gửi báo cáo", lead=all_communes, members=communes, deadline=by("2025-09-06"))
        Part.objects.filter(unit=communes[0]).update(done_on=TODAY)
        Task.objects.filter(pk=task.pk).update(last_ok_on=date(2025, 9, 30))
        html = page(log_in(owner), programme)
        assert "<b>1/3</b> đã gửi" in html
        assert "đến 30/9/2025, hạn đầu 05/9/2025, 1/3 đã gửi</title>" in html
        assert 'class="m moved"' in html

    def test_as_of_a_past_day_what_came_later_has_not_happened(
        self, programme: Programme, owner: Person, department: Unit, log_in: LogIn
    ) -> None:
        task = add_task(programme, "Ban hành đề cương", lead=department, deadline=by("2025-09-06"))
        happened(task, EventKind.DELIVERED, date(2025, 9, 9), owner, product_code="1/BC", product_date=date(2025, 9, 9))
        Task.objects.filter(pk=task.pk).update(done_on=date(2025, 9, 9))
        client = log_in(owner)
        assert "Hoàn thành trễ hạn, từ 07/8/2025, đến 05/9/2025, xong 09/9/2025</title>" in page(client, programme)
        before = page(client, programme, ngay="08/9/2025")
        assert "Quá hạn 3 ngày, từ 07/8/2025, đến 05/9/2025</title>" in before
        assert "Tiến trình của Thứ Hai, 08/9/2025" in before

    @pytest.mark.parametrize(
        ("done", "on", "kind"),
        [
            ([date(2025, 8, 25), date(2025, 8, 25)], TODAY, "đúng hạn"),
            ([date(2025, 8, 25), date(2025, 8, 26)], TODAY, "trễ hạn"),
            ([date(2025, 8, 25), None], TODAY, "chưa xong, quá hạn"),
            ([date(2025, 8, 25), date(2025, 8, 26)], date(2025, 8, 25), "chưa đến hạn"),
        ],
    )
    def test_turns_of_a_recurring_task(
        self, programme: Programme, owner: Person, all_communes: UnitGroup, communes: list[Unit], log_in: LogIn,
        done: list[date | None], on: date, kind: str,
    ) -> None:  # fmt: skip
        task = add_task(programme, "Báo cáo tháng", lead=all_communes, rrule="FREQ=MONTHLY;BYMONTHDAY=25")
        period = Period.objects.create(
            task=task, name="tháng 8/2025", starts_on=date(2025, 8, 1), ends_on=date(2025, 8, 31), last_ok_on=date(2025, 8, 25)
        )
        lead = Assignment.objects.get(task=task)
        for unit, day in zip(communes, done, strict=False):
            Part.objects.create(assignment=lead, unit=unit, period=period, last_ok_on=period.last_ok_on, done_on=day)
        html = page(log_in(owner), programme, ngay=f"{on:%d/%m/%Y}")
        assert f"tháng 8/2025 (hạn 25/8/2025): {kind}</td>" in html

    def test_what_was_added_by_hand_comes_last(
        self, programme: Programme, owner: Person, department: Unit, log_in: LogIn
    ) -> None:
        origin = Origin.objects.create(
            programme=programme, kind=OriginKind.LETTER, title="Công văn", said_on=TODAY, words="x", added_by=owner, added_at=NOON
        )
        Task.objects.create(programme=programme, origin=origin, text="Việc giao thêm", position=0, given_on=TODAY)
        add_task(programme, "Việc của kế hoạch", lead=department, section="II")
        html = page(log_in(owner), programme)
        assert html.index("Việc của kế hoạch") < html.index("Giao thêm ngoài văn bản gốc") < html.index("Việc giao thêm")

    def test_many_tasks_come_page_by_page(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        for number in range(52):
            add_task(programme, f"Việc số {number:02}", section="II.1")
        client = log_in(owner)
        first, second = page(client, programme), page(client, programme, trang="2")
        assert ("1 - 50 trong 52" in first, "51 - 52 trong 52" in second) == (True, True)
        assert ("Việc số 51" in first, "Việc số 51" in second) == (False, True)
        assert 'rel="next" href="?trang=2"' in first

    def test_an_empty_programme_says_so(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        assert "Chưa có nhiệm vụ nào vào ngày này." in page(log_in(owner), programme)

    def test_owner_colleague_stranger(
        self, programme: Programme, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        address = f"/chuong-trinh/{programme.pk}/tien-trinh/"
        assert [log_in(one).get(address).status_code for one in (owner, colleague, stranger)] == [200, 200, 404]
        Programme.objects.update(visibility=Visibility.RESTRICTED)
        assert [log_in(one).get(address).status_code for one in (owner, colleague)] == [200, 404]

    @pytest.mark.parametrize(("asked", "number"), [({}, 18), ({"xem": "co-quan"}, 20), ({"ngay": "10/9/2025"}, 22)])
    def test_the_queries_do_not_grow(
        self, programme: Programme, owner: Person, department: Unit, all_communes: UnitGroup, communes: list[Unit],
        log_in: LogIn, asked: dict[str, str], number: int, django_assert_num_queries: Callable[..., Any],
    ) -> None:  # fmt: skip
        client = log_in(owner)
        for _ in range(2):
            for _ in range(2):
                add_task(programme, "Việc", lead=department, deadline=by("2025-09-20"))
                task = add_task(programme, "Báo cáo", lead=all_communes, members=communes, rrule="FREQ=MONTHLY;BYMONTHDAY=25")
                Period.objects.create(
                    task=task, name="kỳ", starts_on=date(2025, 8, 1), ends_on=date(2025, 8, 31), last_ok_on=date(2025, 8, 25)
                )
            page(client, programme, **asked)
            with django_assert_num_queries(number):
                page(client, programme, **asked)
