"""The statistics: every figure has as many rows as it says, for whoever may see them, on any day."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from dondoc.desk.statistics import asked as asking
from dondoc.desk.statistics.asked import VIEWS, Asked
from dondoc.desk.statistics.scope import rows_of, scope_of
from dondoc.desk.statistics.tables import Table, agencies, figures_of, periods, table_of
from dondoc.documents.enums import Visibility
from dondoc.programmes import services
from dondoc.programmes.enums import EventKind
from dondoc.programmes.models import Part, Programme, Task
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.programmes import add_task, by, happened, ongoing, plan, programme_of
from tests.dondoc.factories.units import PersonFactory

ActorFor = Callable[..., Actor]
pytestmark = pytest.mark.usefixtures("frozen_day")


def due(days: int) -> dict[str, object]:
    return by((TODAY + timedelta(days=days)).isoformat(), exclusive=False)


@pytest.fixture
def followed(
    department: Unit, owner: Person, communes: list[Unit], all_communes: UnitGroup, actor_for: ActorFor
) -> list[Programme]:
    """Two programmes of two fields: late, done, undated, stopped and extended tasks, one of a group, one of nobody."""
    first = programme_of(plan(department, owner), owner, field="Y tế")
    second = programme_of(plan(department, owner, code="9/KH-UBND"), owner, title="Chuyển đổi số")
    done = add_task(first, "Đã xong", lead=department, deadline=due(-3))
    happened(done, EventKind.ACCEPTED, TODAY - timedelta(days=10), owner)
    late = add_task(first, "Xong trễ", lead=department, deadline=due(-20))
    happened(late, EventKind.ACCEPTED, TODAY - timedelta(days=2), owner)
    extended = add_task(first, "Được gia hạn", lead=department, deadline=due(-5))
    happened(extended, EventKind.EXTENDED, TODAY - timedelta(days=6), owner, new_due_on=TODAY + timedelta(days=20))
    shared = add_task(first, "Giao các xã", lead=all_communes, members=communes, deadline=due(-1))
    part = Part.objects.get(assignment__task=shared, unit=communes[0])
    happened(shared, EventKind.ACCEPTED, TODAY - timedelta(days=4), owner, part=part)
    add_task(second, "Quá hạn đã lâu", lead=department, deadline=due(-31))
    add_task(second, "Thường xuyên", lead="Cơ quan liên quan", deadline=ongoing())
    paused = add_task(second, "Tạm dừng", lead=department, deadline=due(9))
    happened(paused, EventKind.SUSPENDED, TODAY - timedelta(days=1), owner)
    for programme in (first, second):
        services.rebuild(programme, actor_for(owner))
    return [first, second]


def ask(actor: Actor, address: str) -> Asked:
    return asking.read(QueryDict(address.partition("?")[2]), actor.on)


def table(actor: Actor, address: str) -> Table:
    asked = ask(actor, address)
    scope = scope_of(actor, asked)
    if asked.view == "co-quan":
        return agencies(scope, asked)
    return periods(scope, asked) if asked.view == "ky" else table_of(scope, asked, *figures_of(scope, asked))


def numbers(actor: Actor, address: str) -> dict[str, list[int]]:
    return {row.words: [cell.number for cell in row.cells] for row in table(actor, address).rows}


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "tinh"])
@pytest.mark.parametrize("more", ["", "&ngay=2025-09-04", "&co-quan=unit", "&linh-vuc=Y tế&ky=quy", "&linh-vuc=chua-xep&ky=nam"])
def test_every_figure_opens_as_many_rows(
    followed: list[Programme], owner: Person, department: Unit, actor_for: ActorFor, view: str, more: str
) -> None:
    actor = actor_for(owner)
    held = table(actor, f"?xem={view}{more.replace('unit', str(department.pk))}")
    cells = [cell for row in [*held.rows, *filter(None, [held.total])] for cell in row.cells]
    assert sum(cell.number for cell in cells) > 0
    for cell in cells:
        asked = ask(actor, cell.url)
        assert rows_of(scope_of(actor, asked), asked).count() == cell.number, cell


def test_the_breakdown_by_programme_and_by_field(followed: list[Programme], owner: Person, actor_for: ActorFor) -> None:
    """In the order of the columns; the group's task is one. The extended one is overdue by its first term alone."""
    first = [4, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 2]
    second = [3, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1]
    assert numbers(actor_for(owner), "?xem=chuong-trinh") == {followed[0].title: first, "Chuyển đổi số": second}
    assert numbers(actor_for(owner), "?xem=linh-vuc") == {"Y tế": first, "Chưa xếp lĩnh vực": second}


def test_a_part_is_one_in_each_units_own(
    followed: list[Programme], owner: Person, department: Unit, communes: list[Unit], actor_for: ActorFor
) -> None:
    held = table(actor_for(owner), "?xem=co-quan")
    rows = {row.words: [cell.number for cell in row.cells][:5] for row in held.rows}
    assert rows == {
        department.name: [5, 1, 1, 1, 1],
        communes[0].name: [1, 1, 0, 0, 0],
        communes[1].name: [1, 0, 0, 0, 1],
        communes[2].name: [1, 0, 0, 0, 1],
    }
    assert held.unclear is not None
    assert held.unclear.number == 1


def test_a_past_day_goes_by_what_had_happened(followed: list[Programme], owner: Person, actor_for: ActorFor) -> None:
    actor = actor_for(owner)
    on_the_day = numbers(actor, f"?linh-vuc=Y tế&ngay={TODAY - timedelta(days=2)}")[followed[0].title]
    before = numbers(actor, f"?linh-vuc=Y tế&ngay={TODAY - timedelta(days=3)}")[followed[0].title]
    assert (on_the_day[2], on_the_day[4], before[2], before[4]) == (1, 0, 0, 1)


def test_the_day_of_the_deadline_is_within_time(
    programme: Programme, department: Unit, owner: Person, actor_for: ActorFor
) -> None:
    add_task(programme, lead=department, deadline=by("2025-09-10", exclusive=False))
    services.rebuild(programme, actor_for(owner))
    for day, within, overdue in (("2025-09-10", 1, 0), ("2025-09-11", 0, 1)):
        (row,) = numbers(actor_for(owner), f"?ngay={day}").values()
        assert (row[3], row[4]) == (within, overdue)


def test_the_last_day_of_the_year_belongs_to_it(document: Any, department: Unit, owner: Person, actor_for: ActorFor) -> None:
    programme = programme_of(document, owner)
    actor = actor_for(owner, date(2026, 2, 1))
    given = {"given_on": date(2025, 12, 31), "deadline": by("2025-12-31", exclusive=False)}
    task = add_task(programme, lead=department, **given)
    happened(task, EventKind.ACCEPTED, date(2025, 12, 31), owner)
    add_task(programme, lead=department, **given)
    services.rebuild(programme, actor)
    assert numbers(actor, "?xem=ky&ky=nam")["Năm 2025"] == [2, 1, 0, 0, 1, 0]
    assert numbers(actor, "?xem=ky&ky=nam")["Năm 2026"] == [0, 0, 0, 0, 1, 1]
    assert numbers(actor, "?xem=ky&ky=thang&nam=2025&ngay=2025-12-31")["Tháng 12/2025"] == [2, 1, 0, 0, 1, 0]
    assert numbers(actor, "?xem=ky&ky=quy&nam=2026")["Quý I/2026"] == [0, 0, 0, 0, 1, 1]


def test_what_is_owed_at_the_end_of_a_month_is_what_that_day_says(
    followed: list[Programme], owner: Person, actor_for: ActorFor
) -> None:
    august = numbers(actor_for(owner), "?xem=ky&nam=2025")["Tháng 8/2025"]
    days = numbers(actor_for(owner), "?ngay=2025-08-31").values()
    assert august[4] == sum(row[3] + row[4] + row[6] for row in days)
    assert august[5] == sum(row[4] for row in days)


def test_two_days_beside_each_other(followed: list[Programme], owner: Person, actor_for: ActorFor) -> None:
    held = table(actor_for(owner), f"?linh-vuc=Y tế&so-voi={TODAY - timedelta(days=7)}")
    assert [cell.change for cell in held.rows[0].cells][:5] == [0, 0, 1, -1, 0]


def pages(client: Client, address: str) -> Iterator[tuple[int, str]]:
    for path in ("", "nhiem-vu/"):
        answer = client.get(f"/thong-ke/{path}{address}")
        yield answer.status_code, answer.content.decode()


def test_who_sees_what(
    followed: list[Programme],
    owner: Person,
    colleague: Person,
    stranger: Person,
    department: Unit,
    log_in: Callable[[Person], Client],
) -> None:
    """A restricted programme is its units'; another province's person has nothing, not even by the unit's key."""
    Programme.objects.filter(pk=followed[1].pk).update(visibility=Visibility.RESTRICTED)
    secret = "Chuyển đổi số"
    assert all(status == 200 and secret in text for status, text in pages(log_in(owner), ""))
    for person, address in ((colleague, ""), (colleague, f"?co-quan={department.pk}"), (stranger, f"?co-quan={department.pk}")):
        assert all(status == 200 and secret not in text for status, text in pages(log_in(person), address))
    assert "Giao các xã" in log_in(colleague).get("/thong-ke/nhiem-vu/").content.decode()
    assert "Giao các xã" not in log_in(stranger).get("/thong-ke/nhiem-vu/").content.decode()
    assert "Chưa có chương trình nào" in log_in(stranger).get("/thong-ke/").content.decode()


def test_the_top_bar_leads_there_whoever_has_a_seat(owner: Person, log_in: Callable[[Person], Client]) -> None:
    assert 'href="/thong-ke/" data-go="k"' in log_in(owner).get("/thong-ke/").content.decode()
    assert 'href="/thong-ke/" data-go="k"' not in log_in(PersonFactory()).get("/thong-ke/").content.decode()


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "tinh"])
def test_as_many_queries_for_three_programmes_as_for_one(
    followed: list[Programme],
    owner: Person,
    log_in: Callable[[Person], Client],
    actor_for: ActorFor,
    django_assert_max_num_queries: Callable[[int], Any],
    view: str,
) -> None:
    client = log_in(owner)
    client.get(f"/thong-ke/?xem={view}")
    with django_assert_max_num_queries(20) as one:
        client.get(f"/thong-ke/?xem={view}&chuong-trinh={followed[0].pk}")
    third = programme_of(plan(followed[0].lead_unit, owner, code="3/KH-UBND"), owner, field="Ba")  # type: ignore[arg-type]
    add_task(third, lead=followed[0].lead_unit, deadline=due(4))
    services.rebuild(third, actor_for(owner))
    with django_assert_max_num_queries(20) as three:
        client.get(f"/thong-ke/?xem={view}")
    assert len(three) == len(one)


def test_rows_say_who_and_both_terms(followed: list[Programme], owner: Person, log_in: Callable[[Person], Client]) -> None:
    text = log_in(owner).get("/thong-ke/nhiem-vu/?trang-thai=qua-han-dau").content.decode()
    assert "Được gia hạn" in text
    assert "02/10/2025" in text
    assert "giao ban đầu 07/9/2025" in text
    assert "Xong trễ" not in text


def test_the_lists_go_out_as_files(followed: list[Programme], owner: Person, log_in: Callable[[Person], Client]) -> None:
    client = log_in(owner)
    answer = client.get("/thong-ke/?xuat=csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))  # type: ignore[attr-defined]
    assert lines[0][:3] == ["Chương trình", "Tổng số", "Có thời hạn: Hoàn thành đúng, trước hạn"]
    assert {tuple(line[:2]) for line in lines[1:]} == {(followed[0].title, "4"), ("Chuyển đổi số", "3"), ("Cộng", "7")}
    rows = client.get("/thong-ke/nhiem-vu/?trang-thai=qua-han&xuat=csv")
    said = b"".join(rows.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [line.split(";")[2] for line in said.splitlines()[1:]] == ["Quá hạn đã lâu", "Giao các xã"]


def test_a_past_day_is_printed_as_of_five_in_the_afternoon(
    followed: list[Programme], owner: Person, log_in: Callable[[Person], Client]
) -> None:
    text = log_in(owner).get("/thong-ke/?ngay=2025-09-04").content.decode()
    assert "Tính đến 17:00 ngày 04/9/2025" in text
    assert "theo ngày việc xảy ra" in text


def test_what_makes_no_sense_is_left_out(followed: list[Programme], owner: Person, log_in: Callable[[Person], Client]) -> None:
    client = log_in(owner)
    for address in (
        "?ngay=99/99&xem=gi&ky=tuan&nam=x&tinh=-1",
        "?ngay=2030-01-01&so-voi=abc",
        "nhiem-vu/?trang-thai=la&giao-tu=1",
    ):
        assert client.get(f"/thong-ke/{address}").status_code == 200
    assert Task.objects.exists()
