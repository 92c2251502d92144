"""The periodic duties of plan 177-KH/TU: six months before 30/5, the year before 30/11. Two campaigns a year open themselves.

The letter that quotes both duties is read; the Party committee of the People's Committee, which took the named recipient's place,
receives. In 2027 one agency reports on the half year when the year's campaign is open already.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from dondoc.programmes.models import Duty
from dondoc.programmes.services import open_programme
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Campaign, Return, Value
from dondoc.reporting.queries import following, timeliness
from dondoc.reporting.queries.content import earlier_of, facts
from dondoc.reporting.queries.totals import totals_of
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.services import reviewing, scheduling
from dondoc.units.access import actor_of
from dondoc.units.enums import Role
from dondoc.units.models import Person, Unit
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import answer
from tests.dondoc.scenarios.plan_208 import AGENCIES, Reporter, by_page, confirmed, lang_son, noon, on
from tests.dondoc.scenarios.returns import made, totals
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.django_db, pytest.mark.xdist_group("plan-177")]

GIVEN, SET_UP = date(2025, 7, 7), date(2025, 10, 1)
HALF_DUE, YEAR_DUE = date(2027, 5, 29), date(2027, 11, 29)
OVERLAP = date(2027, 11, 5)
DAY = timedelta(days=1)
IN_TIME, A_DAY_LATE, EARLY, IN_THE_OVERLAP = 0, 1, (2, 3, 4, 5, 6, 7, 8), 9


@dataclass
class Play:
    """``opened``: day of the daily run → the periods whose campaigns it opened."""

    office: Person
    half: list[Reporter] = field(default_factory=list)
    year: list[Reporter] = field(default_factory=list)
    opened: dict[date, list[str]] = field(default_factory=dict)
    counts: dict[tuple[str, date], Any] = field(default_factory=dict)
    seen: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def play(stage: None) -> Play:
    play = Play(set_up())
    run(play, date(2026, 10, 1), HALF_DUE - timedelta(days=20))
    play.half = people(Campaign.objects.get(last_ok_on=HALF_DUE))
    for number, day in ((EARLY[0], HALF_DUE - DAY), *((one, HALF_DUE - DAY) for one in EARLY[1:]), (IN_TIME, HALF_DUE)):
        hand_in(play, play.half[number], day)
    look(play, HALF_DUE)
    hand_in(play, play.half[A_DAY_LATE], HALF_DUE + DAY)
    look(play, HALF_DUE + DAY)
    run(play, HALF_DUE + DAY, OVERLAP)
    play.year = people(Campaign.objects.get(last_ok_on=YEAR_DUE))
    with on(OVERLAP):
        play.seen["mine"] = play.half[IN_THE_OVERLAP].client.get("/bao-cao/cua-toi/").content.decode()
    hand_in(play, play.half[IN_THE_OVERLAP], OVERLAP)
    look(play, OVERLAP)
    with on(OVERLAP):
        one = play.year[EARLY[0]]
        play.seen["form"] = one.client.get(one.address, {"bieu": "1"}).content.decode()
    hand_in(play, play.year[IN_TIME], YEAR_DUE)
    hand_in(play, play.year[A_DAY_LATE], YEAR_DUE + DAY)
    look(play, YEAR_DUE + DAY)
    return play


def set_up() -> Person:
    """The duties are read and confirmed; the first campaign of each is opened by hand, and set to open itself from then on."""
    province = lang_son()
    unit = Unit.objects.get(province=province, lexicon_id="vp-ubnd")
    office = person_in(unit, Role.PROVINCIAL_OFFICE, username="vanphong")
    with on(GIVEN):
        actor = actor_of(office, GIVEN)
        document = confirmed("lang-son-vp-ubnd-letter.txt", actor, unit, code="177-KH/TU", date=GIVEN.isoformat())
        programme = open_programme(actor, document, at=noon(GIVEN), title="Thực hiện Kế hoạch số 177-KH/TU")
    with on(SET_UP):
        for duty, window in zip(programme.duties.order_by("position"), ("H1", "Y"), strict=True):
            open_and_repeat(office, duty, window)
    return office


def open_and_repeat(office: Person, duty: Duty, window: str) -> None:
    """On the pages. The body that the letter names is no more: the recipient is chosen."""
    desk = Client()
    desk.force_login(office)
    units = Unit.objects.filter(province__code="20", valid_to=None)
    picked = units.filter(lexicon_id__in=AGENCIES).values_list("pk", flat=True)
    address = f"/bao-cao/dot/mo/{duty.pk}/"
    sent = answer(desk, address) | {"recipient": units.get(lexicon_id="du-ubnd").pk, "g0-units": list(picked)}
    opened = desk.post(address, sent)
    repeats = {"tu-mo-window": window, "tu-mo-opens_before": "30"}
    assert desk.post(f"{opened.headers['Location']}quan-ly/tu-mo/", repeats).status_code == 302


def run(play: Play, first: date, last: date) -> None:
    """The daily run of every day."""
    for count in range((last - first).days + 1):
        day = first + count * DAY
        known = set(Campaign.objects.values_list("pk", flat=True))
        if scheduling.open_due(on=day, at=noon(day)):
            play.opened[day] = list(Campaign.objects.exclude(pk__in=known).values_list("period_name", flat=True))


def people(campaign: Campaign) -> list[Reporter]:
    """The agencies' clerks, in the order of their names above."""
    reports = list(campaign.returns.select_related("campaign__recipient", "group__template__template", "unit"))
    reports.sort(key=lambda one: AGENCIES.index(one.unit.lexicon_id))
    contents = made(facts(reports[0].group.template), len(reports), seed=campaign.period_name)
    return [Reporter(number, clerk_of(one.unit), one, contents[number]) for number, one in enumerate(reports)]


def clerk_of(unit: Unit) -> Person:
    username = f"don-vi-{unit.pk}"
    return Person.objects.filter(username=username).first() or person_in(unit, Role.CLERK, username=username)


def hand_in(play: Play, one: Reporter, day: date) -> None:
    """And it is accepted the same day."""
    with on(day):
        by_page(one)
        reviewing.accept(actor=actor_of(play.office, day), report=one.report, at=noon(day), happened_on=day)


def look(play: Play, day: date) -> None:
    for listed in following.campaigns(actor_of(play.office, day))[0]:
        play.counts[listed.campaign.period_name, day] = listed.counts


def now(reporters: Iterable[Reporter], number: int) -> Return:
    return Return.objects.get(pk=list(reporters)[number].report.pk)


class TestOpeningItself:
    def test_two_a_year_thirty_days_before(self, play: Play) -> None:
        assert play.opened == {
            date(2026, 10, 30): ["Năm 2026"],
            date(2027, 4, 29): ["6 tháng đầu năm 2027"],
            date(2027, 10, 30): ["Năm 2027"],
        }

    def test_each_knows_its_period_its_day_and_its_agencies(self, play: Play) -> None:
        half, year = (one[0].report.campaign for one in (play.half, play.year))
        assert (half.window_from, half.window_to) == (date(2026, 12, 15), date(2027, 6, 14))
        assert (year.window_from, year.window_to) == (date(2026, 12, 15), date(2027, 12, 14))
        assert half.title == "Báo cáo thực hiện Kế hoạch số 177-KH/TU, 6 tháng đầu năm 2027"
        assert (half.opened_by, half.recipient.lexicon_id) == (None, "du-ubnd")
        assert (len(play.half), len(play.year)) == (15, 15)
        codes = [one[0].report.group.template.template.code for one in (play.half, play.year)]
        assert codes == ["tien-do-6-thang", "tien-do-nam"]


class TestStatistics:
    @pytest.mark.parametrize(
        ("period", "day", "received", "on_time"),
        [
            ("6 tháng đầu năm 2027", HALF_DUE, 8, 8),
            ("6 tháng đầu năm 2027", HALF_DUE + DAY, 9, 8),
            ("6 tháng đầu năm 2027", OVERLAP, 10, 8),
            ("Năm 2027", OVERLAP, 0, 0),
            ("Năm 2027", YEAR_DUE + DAY, 2, 1),
        ],
    )
    def test_on_boundary_days(self, play: Play, period: str, day: date, received: int, on_time: int) -> None:
        counts = play.counts[period, day]
        assert (counts.expected, counts.received, counts.on_time, counts.missing) == (15, received, on_time, 15 - received)

    @pytest.mark.parametrize(
        ("number", "row"), [(IN_TIME, (2, 2, 0, 0, 0)), (A_DAY_LATE, (2, 0, 2, 2, 0)), (IN_THE_OVERLAP, (2, 0, 1, 160, 1))]
    )
    def test_of_a_unit_over_both(self, play: Play, number: int, row: tuple[int, ...]) -> None:
        """Expected, on time, late, days late, missing; 5/11 is 160 days after 29/5."""
        actor = actor_of(play.office, YEAR_DUE + DAY)
        rows = {one.unit: one for one in timeliness.rows_of(list(timeliness.by_unit(actor, year=2027)))}
        one = rows[play.half[number].report.unit]
        assert (one.expected, one.on_time, one.late, one.late_days, one.missing) == row


class TestTheOverlap:
    def test_the_unit_sees_both(self, play: Play) -> None:
        for reporters in (play.half, play.year):
            assert f'href="{reporters[IN_THE_OVERLAP].address}"' in play.seen["mine"]

    def test_the_late_return_goes_into_the_first(self, play: Play) -> None:
        half, year = now(play.half, IN_THE_OVERLAP), now(play.year, IN_THE_OVERLAP)
        assert (half.state, half.first_received_on) == (ReturnState.ACCEPTED, OVERLAP)
        assert (year.state, year.first_received_on) == (ReturnState.EXPECTED, None)
        assert not Value.objects.filter(report=year).exists()

    def test_the_totals_of_each_are_its_own(self, play: Play) -> None:
        for reporters, numbers in (
            (play.half, (IN_TIME, A_DAY_LATE, *EARLY, IN_THE_OVERLAP)), (play.year, (IN_TIME, A_DAY_LATE)),
        ):  # fmt: skip
            group = reporters[0].report.group
            known = totals(facts(group.template), [reporters[number].content for number in numbers])
            assert {place: one.number for place, one in totals_of(group).accepted.items()} == known.cells


class TestThePeriodBefore:
    def test_the_half_years_figures_stand_beside_the_years(self, play: Play) -> None:
        half, year = play.half[EARLY[0]], play.year[EARLY[0]]
        numbers = {place.code: cell.number for place, cell in half.content.cells.items() if cell.number is not None}
        assert earlier_of(year.report) == numbers
        assert "Kỳ trước" in play.seen["form"]

    def test_who_reported_late_has_them_too(self, play: Play) -> None:
        assert earlier_of(play.year[IN_THE_OVERLAP].report)

    def test_who_did_not_report_has_those_of_nobody(self, play: Play) -> None:
        assert earlier_of(play.year[14].report) == {}
        assert Place("N.06", "ky") in play.half[0].content.cells
