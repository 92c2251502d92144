"""The page of a task's periods."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.programmes import services
from dondoc.programmes.models import Part, Period, Programme, Task
from dondoc.programmes.services.recurring import begin
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_lead, add_task, by, recurring
from tests.dondoc.programmes.answers import body, said

LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
QUARTERLY = recurring("FREQ=MONTHLY;INTERVAL=3", "định kỳ hằng quý")
REASON = {"reason_code": "overtaken", "reason": "Gộp vào báo cáo năm", "happened_on": "12/9/2025"}


@pytest.fixture
def quarterly(programme: Programme, all_communes: UnitGroup) -> Task:
    made = add_task(programme, "Báo cáo kết quả", deadline=QUARTERLY, rrule=QUARTERLY["rrule"])
    add_lead(made, all_communes)
    begin([made], TODAY)
    return made


def url(made: Task, name: str = "schedule", *more: object) -> str:
    return reverse(f"programmes:{name}", args=[made.programme_id, made.pk, *more])


def fields(key: str, made: Task, **facts: str) -> dict[str, str]:
    return {f"{key}-{made.periods.get().pk}-{name}": value for name, value in {**REASON, **facts}.items()}


def test_it_shows_each_period_with_its_share(quarterly: Task, owner: Person, log_in: LogIn) -> None:
    html = body(log_in(owner).get(url(quarterly)))
    assert "Quý III/2025" in html
    assert "01/7/2025 - 30/9/2025" in html
    assert "0/3 đơn vị xong" in html
    assert "Kỳ sau mở <b>Thứ Tư, 01/10/2025</b>" in html


def test_a_task_done_once_says_so_and_leads_here(programme: Programme, owner: Person, colleague: Person, log_in: LogIn) -> None:
    made = add_task(programme, deadline=by("2025-09-20"))
    assert "Nhiệm vụ này làm một lần" in body(log_in(owner).get(url(made)))
    assert url(made) in body(log_in(owner).get(url(made, "task")))
    assert url(made) not in body(log_in(colleague).get(url(made, "task")))


@pytest.mark.parametrize(
    ("who", "sees", "acts"),
    [("owner", 200, 302), ("office_specialist", 200, 302), ("colleague", 200, 403), ("stranger", 404, 404)],
)
def test_who_may(who: str, sees: int, acts: int, quarterly: Task, request: pytest.FixtureRequest, log_in: LogIn) -> None:
    client = log_in(request.getfixturevalue(who))
    period = quarterly.periods.get()
    assert client.get(url(quarterly)).status_code == sees
    assert client.post(url(quarterly, "period_act", period.pk, "bo-qua"), fields("bo-qua", quarterly)).status_code == acts
    schedule = {"every": "FREQ=MONTHLY", "from_on": "12/9/2025"}
    assert client.post(url(quarterly, "set_schedule"), schedule).status_code == acts
    stop = {"dung-on": "12/9/2025", "dung-reason_code": "overtaken", "dung-reason": "x"}
    assert client.post(url(quarterly, "stop_schedule"), stop).status_code == acts


def test_leaving_a_period_out_for_one_unit_and_back(quarterly: Task, commune: Unit, owner: Person, log_in: LogIn) -> None:
    client, period = log_in(owner), quarterly.periods.get()
    facts = fields("bo-qua", quarterly, unit=str(commune.pk))
    response = client.post(url(quarterly, "period_act", period.pk, "bo-qua"), facts)
    assert said(response) == ["Đã bỏ qua Quý III/2025"]
    assert "0/2 đơn vị xong, 1 được miễn" in body(client.get(url(quarterly)))
    client.post(url(quarterly, "period_act", period.pk, "tinh-lai"), fields("tinh-lai", quarterly))
    assert not Part.objects.filter(excused=True).exists()


def test_a_reason_is_asked_for_at_the_field(quarterly: Task, owner: Person, log_in: LogIn) -> None:
    facts = fields("bo-qua", quarterly, reason="")
    html = body(log_in(owner).post(url(quarterly, "period_act", quarterly.periods.get().pk, "bo-qua"), facts))
    assert "Ghi lý do." in html
    assert not Part.objects.filter(excused=True).exists()


@pytest.mark.parametrize(
    ("facts", "words", "last_ok_on"),
    [
        ({"every": "FREQ=MONTHLY", "day": "25", "exclusive": "on"}, "trước ngày 25 của tháng cuối kỳ, hằng tháng", date(2025, 9, 24)),
        ({"every": "FREQ=MONTHLY", "day": "5", "after": "on"}, "chậm nhất ngày 05 của tháng sau, hằng tháng", date(2025, 10, 5)),
        ({"every": "FREQ=MONTHLY;INTERVAL=3"}, "hằng quý", date(2025, 9, 30)),
        (
            {"every": "FREQ=MONTHLY;INTERVAL=3", "after": "on"},
            "hằng quý, chậm nhất ngày cuối của tháng sau",
            date(2025, 10, 31),
        ),
        ({"every": "FREQ=WEEKLY", "weekday": "FR"}, "chậm nhất Thứ Sáu, hằng tuần", date(2025, 9, 12)),
        ({"every": "FREQ=MONTHLY;INTERVAL=12", "day": "15"}, "chậm nhất ngày 15 của tháng cuối kỳ, hằng năm", date(2025, 12, 15)),
    ],
)  # fmt: skip
def test_setting_a_rule(
    facts: dict[str, str], words: str, last_ok_on: date, programme: Programme, department: Unit, owner: Person, log_in: LogIn
) -> None:
    made = add_task(programme, lead=department)
    response = log_in(owner).post(url(made, "set_schedule"), {"from_on": "12/9/2025", **facts})
    assert said(response) == ["Đã đặt kỳ cho nhiệm vụ"]
    made.refresh_from_db()
    assert (made.deadline_text, made.last_ok_on) == (words, last_ok_on)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"every": ""}, "Chọn lặp lại."),
        ({"every": "FREQ=WEEKLY", "day": "5"}, "Kỳ hằng tuần chọn thứ"),
        ({"every": "FREQ=MONTHLY", "weekday": "FR"}, "chỉ dùng cho kỳ hằng tuần"),
        ({"every": "FREQ=MONTHLY", "exclusive": "on"}, "Ghi ngày mà việc phải xong trước đó."),
        ({"every": "FREQ=MONTHLY", "day": "32"}, "Ngày từ 1 đến 31."),
        ({"every": "FREQ=MONTHLY", "until": "1/9/2025"}, "Ngày cuối phải từ ngày 12/9/2025 trở đi."),
    ],
)
def test_what_a_rule_needs(facts: dict[str, str], error: str, quarterly: Task, owner: Person, log_in: LogIn) -> None:
    html = body(log_in(owner).post(url(quarterly, "set_schedule"), {"from_on": "12/9/2025", **facts}))
    assert error in html
    quarterly.refresh_from_db()
    assert quarterly.rrule == "FREQ=MONTHLY;INTERVAL=3"


def test_the_board_names_the_period_and_counts_the_present_one(quarterly: Task, owner: Person, log_in: LogIn) -> None:
    board = reverse("programmes:board", args=[quarterly.programme_id])
    assert "Quý III/2025, còn 18 ngày" in body(log_in(owner).get(board))
    services.open_periods(on=date(2025, 10, 1))
    assert "Quý III/2025" in body(log_in(owner).get(board))


def test_the_board_counts_the_units_of_the_period_that_is_owed(
    quarterly: Task, owner: Person, log_in: LogIn, actor_for: Callable[[Person], Actor]
) -> None:
    day = date(2025, 6, 30)
    earlier = Period.objects.create(task=quarterly, name="Quý II/2025", starts_on=date(2025, 4, 1), ends_on=day, last_ok_on=day)
    group = quarterly.assignments.get()
    for unit in Unit.objects.filter(kind="commune").order_by("code"):
        part = Part.objects.create(assignment=group, unit=unit, period=earlier, last_ok_on=day)
        if unit.name != "xã Suối Trong":
            services.deliver(
                actor=actor_for(owner),
                task=quarterly,
                part=part,
                at=NOON,
                happened_on=TODAY,
                product_code="5/BC-UBND",
                product_date=TODAY,
            )
    html = body(log_in(owner).get(reverse("programmes:board", args=[quarterly.programme_id])))
    assert "Quý II/2025, hạn cuối 30/6" in html
    assert ": xã Suối Trong</span>" in html


@pytest.mark.parametrize("many", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_periods_for_those_who_look(
    many: int, quarterly: Task, colleague: Person, log_in: LogIn, django_assert_num_queries: Callable[..., object]
) -> None:
    client = log_in(colleague)
    for month in range(1, many):
        day = date(2025, month, 1)
        Period.objects.create(task=quarterly, name=f"Tháng {month}", starts_on=day, ends_on=day, last_ok_on=day)
    client.get(url(quarterly))
    with django_assert_num_queries(7):  # type: ignore[attr-defined]
        client.get(url(quarterly))


def test_the_task_shows_the_units_of_the_period_that_is_owed(quarterly: Task, owner: Person, log_in: LogIn) -> None:
    period = quarterly.periods.get()
    earlier = Period.objects.create(
        task=quarterly,
        name="Quý II/2025",
        starts_on=date(2025, 4, 1),
        ends_on=date(2025, 6, 30),
        last_ok_on=date(2025, 6, 30),
    )
    for part in Part.objects.filter(period=period):
        Part.objects.create(assignment=part.assignment, unit=part.unit, period=earlier, last_ok_on=earlier.last_ok_on)
    assert "Quý II/2025: 3 đơn vị, một lần giao" in body(log_in(owner).get(url(quarterly, "task")))
    Part.objects.filter(period=earlier).update(done_on=date(2025, 6, 20))
    html = body(log_in(owner).get(url(quarterly, "task")))
    assert "Quý III/2025: 3 đơn vị, một lần giao" in html
    assert "Quý III/2025 · xã An Bình" in html
