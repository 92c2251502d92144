"""How far a campaign has come: counters, matrix, calls, and who may look."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reporting.models import Campaign, CampaignGroup, Return, TemplateVersion
from dondoc.reporting.queries import following
from dondoc.reporting.queries.following import Counts
from dondoc.reporting.rules.matrix import Column, Fill, mark_of
from dondoc.reporting.services import reviewing
from dondoc.reporting.views.bars import bars_of
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import CommuneFactory, person_in
from tests.dondoc.reporting.conftest import DUE, fill, hand_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]


@pytest.fixture
def clerks(communes: list[Unit]) -> list[Person]:
    return [person_in(unit, username=f"vt{unit.pk}", full_name=f"Văn thư {unit.pk}") for unit in communes]


@pytest.fixture
def reports(campaign: Campaign, communes: list[Unit]) -> list[Return]:
    rows = {one.unit_id: one for one in campaign.returns.select_related("campaign", "group__template", "unit")}
    return [rows[unit.pk] for unit in communes]


@pytest.fixture
def group(campaign: Campaign) -> CampaignGroup:
    return campaign.groups.get()


def counts_of(campaign: Campaign) -> Counts:
    return following.groups_of(campaign)[0][1]


def return_(report: Return, owner: Person, actor_for: ActorFor, by: date) -> None:
    reviewing.return_(
        actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY, reason_code="other", reason="Sửa mục I", hand_in_by=by
    )  # fmt: skip


class TestCounters:
    def test_what_was_begun_is_not_received(
        self, campaign: Campaign, reports: list[Return], clerks: list[Person], actor_for: ActorFor
    ) -> None:
        fill(reports[0], actor_for(clerks[0]))
        assert counts_of(campaign) == Counts(expected=3)

    @pytest.mark.parametrize(("days", "on_time"), [(0, 1), (1, 0)])
    def test_on_the_last_good_day_and_after(
        self, campaign: Campaign, reports: list[Return], clerks: list[Person], actor_for: ActorFor, days: int, on_time: int
    ) -> None:
        hand_in(reports[0], clerks[0], actor_for, DUE + timedelta(days=days))
        known = counts_of(campaign)
        assert (known.received, known.on_time, known.late, known.waiting, known.missing) == (1, on_time, 1 - on_time, 1, 2)

    def test_a_returned_one_stays_received(
        self, campaign: Campaign, reports: list[Return], clerks: list[Person], owner: Person, actor_for: ActorFor
    ) -> None:
        return_(hand_in(reports[0], clerks[0], actor_for), owner, actor_for, TODAY + timedelta(days=3))
        assert counts_of(campaign) == Counts(expected=3, received=1, on_time=1, returned=1)

    def test_an_exempt_one_is_not_expected(
        self, campaign: Campaign, reports: list[Return], clerks: list[Person], owner: Person, actor_for: ActorFor
    ) -> None:
        hand_in(reports[0], clerks[0], actor_for)
        for report in reports:
            reviewing.exempt(actor=actor_for(owner), report=report, at=NOON, reason="Sáp nhập")
        known = counts_of(campaign)
        assert known == Counts(exempt=3)
        assert known.received_share is None

    @given(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))
    def test_shares_never_pass_a_hundred(self, on_time: int, late: int, missing: int) -> None:
        known = Counts(on_time + late + missing, on_time + late, on_time)
        assert (known.late, known.missing) == (late, missing)
        if known.expected:
            assert 0 <= known.on_time_share <= known.received_share <= 100  # type: ignore[operator]


COLUMN = Column("I", "Kết quả", frozenset({"I.1", "I.2", "I.3"}), frozenset({"I.1", "I.2"}))
TABLE = Column("2A", "Biểu", table="2A", asked=6)


@pytest.mark.parametrize(
    ("column", "written", "filled", "returned", "fill", "done"),
    [
        (COLUMN, {"I.1", "I.2"}, {}, (), Fill.FULL, 2),
        (COLUMN, {"I.1", "I.3"}, {}, (), Fill.PART, 1),
        (COLUMN, {"I.3", "II"}, {}, (), Fill.EMPTY, 0),
        (COLUMN, {"I.1", "I.2"}, {}, {"I.2"}, Fill.RETURNED, 2),
        (Column("V", "Khác", frozenset({"V"})), (), {}, (), Fill.NOT_ASKED, 0),
        (Column("V", "Khác", frozenset({"V"})), {"V"}, {}, (), Fill.FULL, 1),
        (TABLE, (), {"2A": 6}, (), Fill.FULL, 6),
        (TABLE, (), {"2A": 9}, (), Fill.FULL, 6),
        (TABLE, (), {"2A": 5}, (), Fill.PART, 5),
        (TABLE, (), {}, (), Fill.EMPTY, 0),
        (TABLE, (), {"2A": 6}, {"2A"}, Fill.RETURNED, 6),
    ],
)
def test_a_cell_of_the_matrix(column: Column, written: Any, filled: Any, returned: Any, fill: Fill, done: int) -> None:
    mark = mark_of(column, written, filled, returned)
    assert (mark.fill, mark.done) == (fill, done)


@given(
    st.lists(
        st.tuples(st.dates(date(2025, 9, 1), date(2025, 9, 30)), st.integers(1, 500)), max_size=20, unique_by=lambda one: one[0]
    )
)
def test_bars_stand_in_the_drawing(days: list[tuple[date, int]]) -> None:
    drawn = bars_of(sorted(days), DUE)
    assert [bar.count for bar in drawn.bars] == [count for _, count in sorted(days)][-12:]
    assert all(0 <= bar.x <= drawn.width and bar.y >= 0 and bar.y + bar.height == 39 for bar in drawn.bars)


class TestPage:
    def test_units_by_urgency_with_what_is_there(
        self, campaign: Campaign, reports: list[Return], clerks: list[Person], owner: Person, actor_for: ActorFor, log_in: LogIn,
        frozen_day: date,
    ) -> None:  # fmt: skip
        hand_in(reports[0], clerks[0], actor_for)
        return_(reports[0], owner, actor_for, TODAY)
        hand_in(reports[1], clerks[1], actor_for, DUE + timedelta(days=2))
        page = log_in(owner).get(f"/bao-cao/dot/{campaign.pk}/")
        bands = [(words, [row.report.unit.name for row in rows]) for words, rows in page.context["bands"]]
        assert bands == [
            ("Chưa nhận", ["phường Hòa Lạc"]), ("Trả lại, chờ nộp lại", ["xã An Bình"]), ("Nộp trễ", ["xã Suối Trong"]),
        ]  # fmt: skip
        rows = {row.report.unit.name: row for row in page.context["matrix"].rows}
        assert [mark.fill for mark in rows["xã Suối Trong"].marks] == [Fill.FULL, Fill.NOT_ASKED, Fill.FULL]
        assert [mark.fill for mark in rows["phường Hòa Lạc"].marks] == [Fill.EMPTY, Fill.NOT_ASKED, Fill.EMPTY]
        assert rows["xã Suối Trong"].late == 2
        assert page.context["matrix"].full == (2, 0, 2)
        text = page.content.decode()
        assert '<span class="vh">trống </span>' in text
        assert "Nhắc 2 đơn vị" in text
        assert "Số báo cáo nhận lần đầu theo ngày: 12/9 1, 24/9 1" in text

    @pytest.mark.parametrize(("days", "again"), [(0, 0), (1, 1)])
    def test_a_returned_one_is_late_by_its_own_day(
        self,
        group: CampaignGroup,
        reports: list[Return],
        clerks: list[Person],
        owner: Person,
        actor_for: ActorFor,
        days: int,
        again: int,
    ) -> None:
        own = TODAY + timedelta(days=3)
        return_(hand_in(reports[0], clerks[0], actor_for), owner, actor_for, own)
        rows = list(following.returns_of(group, DUE))
        matrix = following.matrix_of(group, rows, DUE, own + timedelta(days=days))
        assert {row.report.unit.name: row.late_again for row in matrix.rows}["xã An Bình"] == again

    def test_drafts_are_shown_as_drafts(
        self, group: CampaignGroup, reports: list[Return], clerks: list[Person], actor_for: ActorFor
    ) -> None:
        fill(reports[0], actor_for(clerks[0]))
        matrix = following.matrix_of(group, list(following.returns_of(group, DUE)), DUE, TODAY)
        row = next(row for row in matrix.rows if row.report == reports[0])
        assert row.is_draft
        assert [mark.fill for mark in row.marks] == [Fill.FULL, Fill.NOT_ASKED, Fill.FULL]
        assert matrix.full == (0, 0, 0)

    def test_filter_by_name(self, campaign: Campaign, owner: Person, log_in: LogIn, frozen_day: date) -> None:
        page = log_in(owner).get(f"/bao-cao/dot/{campaign.pk}/", {"tim": "suoi"})
        assert [row.report.unit.name for row in page.context["matrix"].rows] == ["xã Suối Trong"]
        assert "Bỏ lọc" in log_in(owner).get(f"/bao-cao/dot/{campaign.pk}/", {"tim": "không có"}).content.decode()

    def test_export(self, campaign: Campaign, owner: Person, log_in: LogIn, frozen_day: date) -> None:
        file = b"".join(log_in(owner).get(f"/bao-cao/dot/{campaign.pk}/", {"xuat": "csv"}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert file.splitlines()[0].startswith("Đơn vị;Điện thoại;Nộp lần đầu")
        assert len(file.splitlines()) == 4
        assert "trống 0/6" in file

    def test_as_many_queries_for_many_units(
        self, campaign: Campaign, group: CampaignGroup, province: Unit, reports: list[Return], clerks: list[Person], owner: Person,
        log_in: LogIn, actor_for: ActorFor, frozen_day: date, django_assert_num_queries: Any,
    ) -> None:  # fmt: skip
        client = log_in(owner)
        address = f"/bao-cao/dot/{campaign.pk}/"
        Return.objects.exclude(pk=reports[0].pk).delete()
        hand_in(reports[0], clerks[0], actor_for)
        client.get(address)
        with django_assert_num_queries(QUERIES):
            client.get(address)
        units = [CommuneFactory(code=f"98{place}", name=f"xã Mới {place}", province=province) for place in range(3)]
        Return.objects.bulk_create([Return(campaign=campaign, group=group, unit=unit, asked=8) for unit in units])
        with django_assert_num_queries(QUERIES):
            client.get(address)


QUERIES = 11


class TestList:
    def test_open_ones_with_counters_and_closed_ones_below(
        self, campaign: Campaign, reports: list[Return], clerks: list[Person], owner: Person, actor_for: ActorFor, log_in: LogIn,
        frozen_day: date,
    ) -> None:  # fmt: skip
        hand_in(reports[0], clerks[0], actor_for)
        page = log_in(owner).get("/bao-cao/dot/")
        (one,) = page.context["opened"]
        assert (one.campaign, one.counts.received, one.counts.expected) == (campaign, 1, 3)
        assert "còn 10 ngày" in page.content.decode()
        log_in(owner).post(f"/bao-cao/dot/{campaign.pk}/quan-ly/dong/")
        page = log_in(owner).get("/bao-cao/dot/")
        assert (page.context["opened"], len(page.context["closed"])) == ([], 1)

    def test_as_many_queries_for_many_campaigns(
        self, campaign: Campaign, owner: Person, log_in: LogIn, frozen_day: date, django_assert_num_queries: Any
    ) -> None:
        client = log_in(owner)
        client.get("/bao-cao/dot/")
        with django_assert_num_queries(LIST_QUERIES):
            client.get("/bao-cao/dot/")
        for _ in range(2):
            campaign.pk = None
            campaign._state.adding = True
            campaign.save()
        with django_assert_num_queries(LIST_QUERIES):
            assert len(client.get("/bao-cao/dot/").context["opened"]) == 3

    def test_nothing_yet(self, template: TemplateVersion, owner: Person, log_in: LogIn, frozen_day: date) -> None:
        assert "Chưa có đợt báo cáo nào nộp về đơn vị" in log_in(owner).get("/bao-cao/dot/").content.decode()


LIST_QUERIES = 6


@pytest.mark.parametrize("page", ["", "goi/", "quan-ly/"])
def test_who_may_look(
    campaign: Campaign, owner: Person, office_specialist: Person, commune_clerk: Person, colleague: Person, stranger: Person,
    log_in: LogIn, frozen_day: date, page: str,
) -> None:  # fmt: skip
    people = (owner, office_specialist, commune_clerk, colleague, stranger)
    address = f"/bao-cao/dot/{campaign.pk}/{page}"
    assert [log_in(person).get(address).status_code for person in people] == [200, 200, 403, 404, 404]


def test_whom_to_call(
    campaign: Campaign,
    reports: list[Return],
    clerks: list[Person],
    owner: Person,
    actor_for: ActorFor,
    log_in: LogIn,
    frozen_day: date,
) -> None:
    Unit.objects.filter(pk=reports[1].unit_id).update(phone="0205 3812 345")
    hand_in(reports[0], clerks[0], actor_for)
    text = log_in(owner).get(f"/bao-cao/dot/{campaign.pk}/goi/").content.decode()
    assert 'href="tel:02053812345"' in text
    assert "Xã Suối Trong" in text
    assert "Xã An Bình" not in text
