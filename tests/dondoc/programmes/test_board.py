import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.documents.enums import Visibility
from dondoc.programmes import services
from dondoc.programmes.enums import AssignmentRole, EventKind
from dondoc.programmes.models import Assignment, Part, Programme, Task
from dondoc.programmes.services.projecting import bump_version
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_lead, add_task, by, happened, large_programme, ongoing, plan

LogIn = Callable[[Person], Client]
ActorFor = Callable[..., Actor]
pytestmark = pytest.mark.usefixtures("frozen_day")


def due(days: int) -> dict[str, object]:
    return by((TODAY + timedelta(days=days)).isoformat(), f"hạn {days}", exclusive=False)


def page(client: Client, programme: Programme, query: str = "") -> str:
    response = client.get(reverse("programmes:board", args=[programme.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def texts(html: str) -> list[str]:
    return re.findall(r'<a class="tt"[^>]*>([^<]*)</a>', html)


def headings(html: str) -> list[str]:
    return [" ".join(one) for one in re.findall(r'scope="rowgroup">([^<]*?) <span>([\d.]+)</span>', html)]


@pytest.fixture
def board(programme: Programme, department: Unit, other_department: Unit) -> Programme:
    add_task(programme, "Không hạn", lead=department, deadline=ongoing(), section="V.1")
    add_task(programme, "Xong đúng hạn", lead=department, deadline=due(-1), done_on=TODAY - timedelta(days=2))
    add_task(programme, "Còn lâu", lead=other_department, deadline=due(40), section="III.2.c")
    add_task(programme, "Sắp đến", lead=department, deadline=due(7))
    add_task(programme, "Quá hạn ít", lead=department, deadline=due(-3))
    add_task(programme, "Quá hạn nhiều", deadline=due(-31))
    add_task(programme, "Xong trễ", lead=department, deadline=due(-9), done_on=TODAY - timedelta(days=2))
    return programme


def test_the_most_urgent_come_first_under_headings_that_count(board: Programme, owner: Person, log_in: LogIn) -> None:
    html = page(log_in(owner), board)
    assert texts(html) == [
        "Quá hạn nhiều", "Quá hạn ít", "Sắp đến", "Còn lâu", "Xong trễ", "Xong đúng hạn", "Không hạn",
    ]  # fmt: skip
    assert headings(html) == [
        "Quá hạn 2", "Sắp đến hạn 1", "Trong hạn 1", "Hoàn thành trễ hạn 1", "Hoàn thành đúng, trước hạn 1",
        "Không thời hạn 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?trang-thai=qua-han", ["Quá hạn nhiều", "Quá hạn ít"]),
        ("?trang-thai=qua-30-ngay", ["Quá hạn nhiều"]),
        ("?trang-thai=sap-den-han", ["Sắp đến"]),
        ("?trang-thai=trong-han", ["Sắp đến", "Còn lâu"]),
        ("?trang-thai=dung-han", ["Xong đúng hạn"]),
        ("?trang-thai=tre-han", ["Xong trễ"]),
        ("?trang-thai=khong-thoi-han", ["Không hạn"]),
        ("?trang-thai=chua-bao-cao", []),
        ("?viec=chua-giao", ["Quá hạn nhiều"]),
        ("?muc=III.2", ["Còn lâu"]),
        ("?muc=V", ["Không hạn"]),
        ("?tim=QUA+HAN", ["Quá hạn nhiều", "Quá hạn ít"]),
        ("?tim=noi+vu", ["Còn lâu"]),
        ("?trang-thai=bay-gio", None),
        ("?trang=-3&ngay=hom-qua&xem=x", None),
        ("?trang=99", None),
    ],
)
def test_the_address_bar_filters(board: Programme, owner: Person, log_in: LogIn, query: str, expected: list[str] | None) -> None:
    found = texts(page(log_in(owner), board, query))
    assert found == expected if expected is not None else len(found) == 7


def test_counters_and_pills_link_to_what_they_count(board: Programme, owner: Person, log_in: LogIn) -> None:
    client = log_in(owner)
    html = page(client, board)
    links = re.findall(r'<a href="(\?[^"]*)" class="[^"]*"[^>]*><dt>.*?</dt><dd>(\d+)</dd>', html)
    assert len(links) == 7
    for url, number in links:
        assert len(texts(page(client, board, url.replace("&amp;", "&")))) == int(number)
    assert "Chưa giao chủ trì 1" in html
    assert "7 ngày tới 1" in html


def test_one_agency_and_grouping_by_agency(board: Programme, other_department: Unit, owner: Person, log_in: LogIn) -> None:
    client = log_in(owner)
    assert texts(page(client, board, f"?co-quan=u{other_department.pk}")) == ["Còn lâu"]
    assert headings(page(client, board, "?xem=co-quan")) == ["Sở Nội vụ 1", "Sở Y tế 5", "Chưa giao chủ trì 1"]


def test_an_unmatched_name_stays_as_written_and_can_be_filtered(board: Programme, owner: Person, log_in: LogIn) -> None:
    add_task(board, "Việc của Ban", lead="Ban Chỉ đạo 138", deadline=due(3))
    html = page(log_in(owner), board, "?co-quan=tBan Chỉ đạo 138")
    assert texts(html) == ["Việc của Ban"]
    assert "chưa gắn với đơn vị" in html


def test_grouping_by_deadline(board: Programme, owner: Person, log_in: LogIn) -> None:
    assert headings(page(log_in(owner), board, "?xem=thoi-han")) == [
        "Tháng 8/2025 1", "Tháng 9/2025 2", "Tháng 10/2025 1", "Tháng 9/2025, đã xong 2", "Không thời hạn 1",
    ]  # fmt: skip


def test_deadlines_in_words_with_the_last_good_day(board: Programme, owner: Person, log_in: LogIn) -> None:
    add_task(board, "Việc nêu hạn", deadline=by("2025-09-10", "trước ngày 10/9/2025"))
    html = page(log_in(owner), board)
    assert "trước ngày 10/9/2025" in html
    assert "hạn cuối 09/9" in html
    assert "Quá hạn 3 ngày" in html
    assert "còn 7 ngày" in html
    assert "xong 10/9, trễ 7 ngày" in html


def test_my_units_tasks_are_marked_and_have_a_pill(
    board: Programme, all_communes: UnitGroup, communes: list[Unit], commune_clerk: Person, log_in: LogIn
) -> None:
    add_task(board, "Việc của xã", lead=all_communes, members=communes, deadline=due(2))
    client = log_in(commune_clerk)
    html = page(client, board)
    assert "Việc của đơn vị tôi 1" in html
    assert html.count("đơn vị tôi</small>") == 1
    assert texts(page(client, board, "?viec=toi")) == ["Việc của xã"]


def group_task(programme: Programme, group: UnitGroup, members: list[Unit]) -> Task:
    return add_task(programme, "Gửi báo cáo tổng kết", lead=group, members=members, deadline=due(-3))


def test_a_group_is_one_row_with_its_share_and_the_missing(
    programme: Programme, all_communes: UnitGroup, communes: list[Unit], owner: Person, log_in: LogIn
) -> None:
    Unit.objects.filter(pk=communes[2].pk).update(phone="0205 3812 999")
    made = group_task(programme, all_communes, communes)
    days = (TODAY - timedelta(days=4), TODAY - timedelta(days=1))
    for unit, day in zip(communes, days, strict=False):
        Part.objects.filter(assignment__task=made, unit=unit).update(done_on=day)
    html = page(log_in(owner), programme)
    assert len(texts(html)) == 1
    assert "<b>2/3</b> đã gửi" in html
    assert "3 xã, phường, một lần giao" in html
    assert "Chưa gửi: phường Hòa Lạc" in html
    assert 'href="tel:02053812999"' in html
    assert "Xem 3 xã, phường" in html


def test_the_board_of_a_past_day(board: Programme, owner: Person, log_in: LogIn) -> None:
    late = board.tasks.get(text="Xong trễ")
    happened(late, EventKind.ACCEPTED, TODAY - timedelta(days=2), owner)
    client = log_in(owner)
    html = page(client, board, "?ngay=2025-09-09")
    assert "Số liệu của Thứ Ba, 09/9/2025" in html
    assert headings(html)[0] == "Quá hạn 2"
    assert "Xong trễ" in texts(page(client, board, "?ngay=2025-09-09&trang-thai=qua-han"))
    assert "Xong trễ" in texts(page(client, board, "?ngay=2025-09-10&trang-thai=tre-han"))


def test_a_past_share_counts_what_was_in_by_then(
    programme: Programme, all_communes: UnitGroup, communes: list[Unit], owner: Person, actor_for: ActorFor, log_in: LogIn
) -> None:  # fmt: skip
    made = group_task(programme, all_communes, communes)
    for unit, day in zip(communes, (date(2025, 9, 8), date(2025, 9, 10)), strict=False):
        part = Part.objects.get(assignment__task=made, unit=unit)
        services.accept(actor=actor_for(owner), task=made, part=part, at=NOON, happened_on=day)
    client = log_in(owner)
    assert "<b>1/3</b>" in page(client, programme, "?ngay=2025-09-09")
    assert "<b>2/3</b>" in page(client, programme)


def test_a_change_shows_at_once(board: Programme, owner: Person, actor_for: ActorFor, log_in: LogIn) -> None:
    client = log_in(owner)
    assert "Quá hạn 2" in headings(page(client, board))
    task = board.tasks.get(text="Quá hạn ít")
    services.accept(actor=actor_for(owner), task=task, at=NOON, happened_on=TODAY)
    assert "Quá hạn 1" in headings(page(client, board))


def test_the_filters_know_a_new_bearer_at_once(
    board: Programme, other_department: Unit, owner: Person, actor_for: ActorFor, log_in: LogIn
) -> None:
    client = log_in(owner)
    assignment = add_lead(board.tasks.get(text="Quá hạn nhiều"), "Sở Nội vụ tỉnh")
    assert "Chưa giao chủ trì 0" in page(client, board)
    assert ">Sở Nội vụ tỉnh</option>" in page(client, board)
    services.set_unit(actor=actor_for(owner), at=NOON, assignment=assignment, unit=other_department)
    html = page(client, board)
    assert ">Sở Nội vụ tỉnh</option>" not in html
    assert texts(page(client, board, f"?co-quan=u{other_department.pk}")) == ["Quá hạn nhiều", "Còn lâu"]


def test_a_title_begins_with_a_capital_where_it_is_shown(board: Programme, owner: Person, log_in: LogIn) -> None:
    Programme.objects.filter(pk=board.pk).update(title="thực hiện Nghị quyết số 57-NQ/TW")
    client = log_in(owner)
    for address in (reverse("programmes:board", args=[board.pk]), reverse("programmes:list"), "/"):
        html = client.get(address).content.decode()
        assert "Thực hiện Nghị quyết số" in html
        assert "thực hiện Nghị quyết" not in html


def test_a_new_day_is_counted_anew(board: Programme, owner: Person, log_in: LogIn) -> None:
    import time_machine

    client = log_in(owner)
    assert "Sắp đến hạn 1" in headings(page(client, board))
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        assert "Quá hạn 3" in headings(page(client, board))


def test_fifty_rows_a_page(department: Unit, owner: Person, log_in: LogIn) -> None:
    document = plan(department, owner, code="300/KH-UBND")
    programme = large_programme(document, owner, [department], 120)
    client = log_in(owner)
    first, last = page(client, programme), page(client, programme, "?trang=3")
    assert (len(texts(first)), len(texts(last))) == (50, 20)
    assert "1 - 50 trong 120" in first
    assert "101 - 120 trong 120" in last
    assert not set(texts(first)) & set(texts(last))


def test_restricted_text_is_escaped(programme: Programme, owner: Person, log_in: LogIn) -> None:
    add_task(programme, "<script>alert(1)</script>", lead="<b>Sở</b>", deadline=due(1))
    html = page(log_in(owner), programme, "?tim=<script>")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_is_the_same(
    count: int, programme: Programme, all_communes: UnitGroup, communes: list[Unit], department: Unit, owner: Person,
    log_in: LogIn, django_assert_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    """Cold: session, person, seats, programme; head 3, counters, filters 5, order, page 6. Warm: the first four.

    After something happened to a task: without the head and the filters. On a past day one more says which parts are of the
    period that ran then.
    """
    for _ in range(count):
        made = add_task(programme, lead=all_communes, members=communes, deadline=due(-3))
        Assignment.objects.create(task=made, role=AssignmentRole.COORDINATING, name="Sở Y tế", unit=department)
        add_task(programme, lead=department, deadline=due(-2), done_on=TODAY)
    client = log_in(owner)
    with django_assert_num_queries(20):  # type: ignore[attr-defined]
        page(client, programme)
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        page(client, programme)
    bump_version(programme)
    with django_assert_num_queries(12):  # type: ignore[attr-defined]
        page(client, programme)
    with django_assert_num_queries(26):  # type: ignore[attr-defined]
        page(client, programme, "?ngay=2025-09-10")


@pytest.mark.parametrize("who", ["owner", "department_clerk", "colleague", "commune_clerk", "office_specialist"])
def test_everyone_in_the_province_reads(who: str, board: Programme, request: pytest.FixtureRequest, log_in: LogIn) -> None:
    assert "Quá hạn ít" in page(log_in(request.getfixturevalue(who)), board)


def test_a_stranger_finds_nothing(board: Programme, stranger: Person, log_in: LogIn) -> None:
    client = log_in(stranger)
    task = board.tasks.first()
    assert task
    for name in ("board", "targets", "duties", "papers"):
        assert client.get(reverse(f"programmes:{name}", args=[board.pk])).status_code == 404
    assert client.get(reverse("programmes:task", args=[board.pk, task.pk])).status_code == 404
    assert "Chưa có chương trình nào" in client.get(reverse("programmes:list")).content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("office_specialist", 200), ("colleague", 200), ("commune_clerk", 404), ("stranger", 404)],
)
def test_a_restricted_programme_is_for_the_named_units(
    who: str, status: int, board: Programme, other_department: Unit, request: pytest.FixtureRequest, log_in: LogIn
) -> None:
    board.visibility = Visibility.RESTRICTED
    board.save()
    board.restricted_to.set([other_department])
    client = log_in(request.getfixturevalue(who))
    assert client.get(reverse("programmes:board", args=[board.pk])).status_code == status
    listed = reverse("programmes:board", args=[board.pk]) in client.get(reverse("programmes:list")).content.decode()
    assert listed is (status == 200)


def test_one_who_is_not_logged_in_is_asked_to(board: Programme) -> None:
    response = Client().get(reverse("programmes:board", args=[board.pk]))
    assert response.status_code == 302
    assert "dang-nhap" in response["Location"]


def test_several_leads_and_coordinators_are_kept_as_written(
    programme: Programme, department: Unit, other_department: Unit, owner: Person, log_in: LogIn
) -> None:
    made = add_task(programme, lead=department, deadline=due(3))
    add_lead(made, other_department, answers=True)
    Assignment.objects.create(task=made, role=AssignmentRole.COORDINATING, name="Báo Minh Họa")
    html = page(log_in(owner), programme)
    assert html.index("<b>Sở Nội vụ</b>") < html.index('<b class="too">Sở Y tế</b>')
    assert "phối hợp: Báo Minh Họa" in html
