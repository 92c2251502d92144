"""Who reported on time, over campaigns."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries import timeliness
from dondoc.reporting.queries.timeliness import Punctuality, by_unit, of_unit, rows_of
from dondoc.reporting.services import reviewing
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.units import CommuneFactory
from tests.dondoc.reporting.conftest import DUE, hand_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
LATER = DUE + timedelta(days=10)


def table(actor: Actor, year: int | None = None) -> dict[str, tuple[int, int, int, int, int]]:
    rows = rows_of(list(by_unit(actor, year=year)))
    return {one.unit.name: (one.expected, one.on_time, one.late, one.late_days, one.missing) for one in rows}


@pytest.mark.parametrize(("days", "row"), [(0, (1, 1, 0, 0, 0)), (1, (1, 0, 1, 1, 0)), (4, (1, 0, 1, 4, 0))])
def test_on_the_last_good_day_and_after(
    report: Return, commune_clerk: Person, owner: Person, actor_for: ActorFor, days: int, row: tuple[int, ...]
) -> None:
    hand_in(report, commune_clerk, actor_for, DUE + timedelta(days=days))
    known = table(actor_for(owner, LATER))
    assert known == {"phường Hòa Lạc": (1, 0, 0, 0, 1), "xã An Bình": row, "xã Suối Trong": (1, 0, 0, 0, 1)}


def test_what_is_not_due_yet_is_not_counted(campaign: Campaign, owner: Person, actor_for: ActorFor) -> None:
    assert table(actor_for(owner, DUE)) == {}
    assert len(table(actor_for(owner, DUE + timedelta(days=1)))) == 3
    assert table(actor_for(owner, LATER), 2024) == {}


def test_an_exempt_one_is_not_counted(report: Return, owner: Person, actor_for: ActorFor) -> None:
    reviewing.exempt(actor=actor_for(owner), report=report, at=NOON, reason="Mới lập")
    rows = {one.unit.name: one for one in rows_of(list(by_unit(actor_for(owner, LATER), year=None)))}
    known = rows["xã An Bình"]
    assert (known.expected, known.received, known.exempt, known.share) == (0, 0, 1, None)
    assert (rows["xã Suối Trong"].expected, rows["xã Suối Trong"].share) == (1, 0)


def test_an_exempt_one_stands_there_with_its_reason(
    report: Return, owner: Person, commune_clerk: Person, actor_for: ActorFor, log_in: LogIn
) -> None:
    reviewing.exempt(actor=actor_for(owner), report=report, at=NOON, reason="Mới lập")
    with time_machine.travel(NOON + timedelta(days=20), tick=False):
        page = log_in(commune_clerk).get("/bao-cao/dung-han/").content.decode()
        assert "Được miễn" in page
        assert "Mới lập" in page
        assert "quá hạn" not in page


@pytest.mark.parametrize(("days", "words"), [(0, "Đúng hạn"), (1, "Trễ 1 ngày"), (None, "Chưa nộp, quá hạn 10 ngày")])
def test_in_words(report: Return, commune_clerk: Person, actor_for: ActorFor, days: int | None, words: str) -> None:
    if days is not None:
        hand_in(report, commune_clerk, actor_for, DUE + timedelta(days=days))
    assert [one.words for one in of_unit(actor_for(commune_clerk, LATER), report.unit_id, None)] == [words]


@pytest.mark.parametrize("at_once", [1, 500])
def test_both_lists_in_one_file(
    report: Return, owner: Person, actor_for: ActorFor, commune_clerk: Person, log_in: LogIn, monkeypatch: pytest.MonkeyPatch,
    at_once: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(timeliness, "AT_ONCE", at_once)
    hand_in(report, commune_clerk, actor_for)
    other = report.campaign.returns.get(unit__name="xã Suối Trong")
    reviewing.exempt(actor=actor_for(owner), report=other, at=NOON, reason="Mới lập")
    with time_machine.travel(NOON + timedelta(days=20), tick=False):
        file = b"".join(log_in(owner).get("/bao-cao/dung-han/", {"xuat": "xlsx"}).streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(io.BytesIO(file))
    assert book.sheetnames == ["Theo đơn vị", "Từng báo cáo", "Thông tin"]
    lines = [[cell.value for cell in row] for row in book["Từng báo cáo"].iter_rows(min_row=2)]
    assert {line[0]: (line[5] is not None, line[7], line[8]) for line in lines} == {
        "phường Hòa Lạc": (False, "Chưa nộp, quá hạn 10 ngày", None),
        "xã An Bình": (True, "Đúng hạn", None),
        "xã Suối Trong": (False, "Được miễn", "Mới lập"),
    }
    assert [[cell.value for cell in row] for row in book["Theo đơn vị"].iter_rows(min_row=2)] == [
        ["phường Hòa Lạc", 1, 0, 0, 0, 0, 0, 1, 0],
        ["xã An Bình", 1, 1, 1, 100, 0, 0, 0, 0],
        ["xã Suối Trong", 0, 0, 0, None, 0, 0, 0, 1],
    ]


def test_days_add_up_over_campaigns(campaign: Campaign, report: Return, owner: Person, actor_for: ActorFor) -> None:
    Return.objects.filter(pk=report.pk).update(first_received_on=DUE + timedelta(days=2), state="received")
    group = campaign.groups.get()
    campaign.pk = None
    campaign._state.adding = True
    campaign.save()
    group.pk, group.campaign = None, campaign
    group._state.adding = True
    group.save()
    day = DUE + timedelta(days=3)
    Return.objects.create(campaign=campaign, group=group, unit=report.unit, state="accepted", first_received_on=day)
    (known,) = (one for one in rows_of(list(by_unit(actor_for(owner, LATER), year=None))) if one.unit == report.unit)
    assert known == Punctuality(report.unit, 2, 0, 2, 5, 0)
    assert known.expected == known.on_time + known.late + known.missing


def test_everyone_sees_their_own(
    campaign: Campaign, owner: Person, office_specialist: Person, commune_clerk: Person, colleague: Person, stranger: Person,
    log_in: LogIn,
) -> None:  # fmt: skip
    with time_machine.travel(NOON + timedelta(days=20), tick=False):
        people = (owner, office_specialist, commune_clerk, colleague, stranger)
        pages = [log_in(person).get("/bao-cao/dung-han/") for person in people]
        assert [len(page.context["rows"]) for page in pages] == [3, 3, 1, 0, 0]
        own = pages[2].content.decode()
        assert "Xã An Bình" in own
        assert "Xã Suối Trong" not in own
        assert "Chưa nộp, quá hạn 10 ngày" in own  # the reports behind the only row
        assert "Chưa có báo cáo nào đến hạn" in pages[3].content.decode()
        other = log_in(commune_clerk).get("/bao-cao/dung-han/", {"don-vi": campaign.recipient_id})
        assert other.context["instances"] == []
        file = b"".join(log_in(owner).get("/bao-cao/dung-han/", {"xuat": "csv", "tim": "suoi"}).streaming_content)  # type: ignore[attr-defined]
        assert file.decode("utf-8-sig").splitlines()[1:] == ["xã Suối Trong;1;0;0;0;0;0;1;0"]


def test_as_many_queries_for_many_units(
    campaign: Campaign, province: Unit, owner: Person, log_in: LogIn, django_assert_num_queries: Any
) -> None:
    with time_machine.travel(NOON + timedelta(days=20), tick=False):
        client = log_in(owner)
        Return.objects.filter(unit__name="xã Suối Trong").delete()
        client.get("/bao-cao/dung-han/")
        with django_assert_num_queries(QUERIES):
            assert len(client.get("/bao-cao/dung-han/").context["rows"]) == 2
        units = [CommuneFactory(code=f"98{place}", name=f"xã Mới {place}", province=province) for place in range(3)]
        Return.objects.bulk_create([Return(campaign=campaign, group=campaign.groups.get(), unit=unit) for unit in units])
        with django_assert_num_queries(QUERIES):
            assert len(client.get("/bao-cao/dung-han/").context["rows"]) == 5


QUERIES = 7
