"""A health plan of an invented province, with fourteen targets of the shapes that such plans have, followed over a year.

Two indicators are stated for 2030 and again for 2045, one for 2027, one for 2026, one is a range, two are increases, and one
of the increases leaves open what is meant. The verdicts and totals below were worked out by hand.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dondoc.programmes.enums import ChangeKind, Course, RollUp
from dondoc.programmes.models import Programme, Target
from dondoc.programmes.queries.targets import targets_of
from dondoc.programmes.queries.targets_course import Followed, followed, off_course
from dondoc.programmes.services import targets_defining
from dondoc.programmes.services.targets_defining import Meaning
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.targets import YEAR_2024, add_target, figure, measured

D = Decimal
# A year after the fixtures' communes began: four quarters have been reported.
ON = date(2026, 10, 15)
QUARTERS = (date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))

# indicator, comparator, value, high, measure, horizon
STATED = (
    ("Chiều cao trung bình trẻ em", "increase", "1.4", None, "cm", "2030"),
    ("Tuổi thọ trung bình", "=", "74", None, "tuổi", "2030"),
    ("Số năm sống khỏe", ">=", "65", None, "năm", "2030"),
    ("Tỷ lệ tiêm chủng đủ mũi", "=", "96", None, "%", "2030"),
    ("Tỷ lệ người dân tập thể dục", "increase", "12", None, "%", "2030"),
    ("Số lần khám sức khỏe định kỳ", ">=", "1", None, "lần/năm", "2026"),
    ("Trạm y tế được đầu tư", "=", "100", None, "%", "2030"),
    ("Số bác sĩ mỗi trạm", "range", "3", "4", "bác sĩ/trạm", "2027"),
    ("Tỷ lệ khám bảo hiểm tại trạm", ">", "22", None, "%", "2030"),
    ("Trạm y tế đã chuyển giao", "=", "100", None, "%", "2030-12-31"),
    ("Tỷ lệ thấp còi", "<", "20", None, "%", "2030"),
    ("Tỷ lệ bao phủ bảo hiểm", ">", "97", None, "%", "2026"),
    ("Tuổi thọ trung bình", ">", "81", None, "tuổi", "2045"),
    ("Số năm sống khỏe", ">", "72", None, "năm", "2045"),
)


@pytest.fixture
def stated(programme: Programme) -> list[Target]:
    return [_stated(programme, *one) for one in STATED]


def _stated(
    programme: Programme, indicator: str, comparator: str, value: str, high: str | None, measure: str, horizon: str
) -> Target:
    held = add_target(programme, indicator, comparator=comparator, value=value, measure=measure, horizon=horizon)
    if high is not None:
        held.versions.update(value_high=D(high))
    return held


def measures_by(held: Target, actor: Actor, **facts: object) -> None:
    held.refresh_from_db()
    usual = {"frequency": "quarter", "baseline_on": YEAR_2024}
    meaning = Meaning(**{**usual, **facts})  # type: ignore[arg-type]
    targets_defining.define(actor=actor, target=held, meaning=meaning, revision=held.revision)
    held.refresh_from_db()


@pytest.fixture
def year(
    stated: list[Target],
    communes: list[Unit],
    all_communes: UnitGroup,
    department: Unit,
    owner: Person,
    actor_for: Callable[..., Actor],
) -> list[Followed]:
    """Defined by the lead, joined, measured by the communes or the lead for four quarters."""
    actor = actor_for(owner, ON)
    for head, far in ((stated[1], stated[12]), (stated[2], stated[13])):
        targets_defining.join(actor=actor, target=head, others=[far])
    stunted, insured, taller, active = stated[10], stated[11], stated[0], stated[4]
    share = {
        "numerator": "số trẻ thấp còi",
        "denominator": "số trẻ được đo",
        "roll_up": RollUp.RATIO,
        "measured_by_group": all_communes,
    }
    measures_by(stunted, actor, baseline_value=D("26"), **share)
    measures_by(insured, actor, baseline_value=D("91"))
    measures_by(taller, actor, baseline_value=D("160"))
    measures_by(active, actor, baseline_value=D("40"), change_kind=ChangeKind.AMOUNT)
    said_on = [day + timedelta(days=5) for day in QUARTERS]
    for day, on, above in zip(QUARTERS, said_on, (258, 256, 254, 252), strict=True):
        for unit, below in zip(communes, (500, 300, 200), strict=True):
            part = figure(above=above * below // 1000, below=below)
            measured(stunted, unit, owner, part, ends_on=day, on=on, happened_on=on, accept_it=True)
    for held, values in (
        (insured, ("93", "94.5", "96", "97.5")),
        (taller, ("160.2", "160.3", "160.4", "160.5")),
        (active, ("40", "39", "38", "37")),
    ):
        for day, on, value in zip(QUARTERS, said_on, values, strict=True):
            measured(held, department, owner, figure(value), ends_on=day, on=on, happened_on=on, accept_it=True)
    return followed(targets_of(stated[0].programme, ON), ON, ON)


def by_name(rows: list[Followed], name: str) -> Followed:
    return next(one for one in rows if one.asked.target.indicator == name)


def test_fourteen_statements_are_twelve_indicators(year: list[Followed]) -> None:
    assert len(year) == 12
    goals = [
        [(one.by, one.words) for one in by_name(year, name).asked.horizons]
        for name in ("Tuổi thọ trung bình", "Số năm sống khỏe")
    ]
    assert goals == [[("2030", "74 tuổi"), ("2045", "trên 81 tuổi")], [("2030", "ít nhất 65 năm"), ("2045", "trên 72 năm")]]
    assert by_name(year, "Số bác sĩ mỗi trạm").asked.value == "3 - 4 bác sĩ/trạm"


def test_the_verdicts_of_the_year(year: list[Followed]) -> None:
    """Stunting: 26% down to 20% in six years is 24,3% on 30/9/2026; 25,1% is 0,8 behind, a seventh of the way: slow."""
    found = {one.asked.target.indicator: one.position.course for one in year}
    assert found.pop("Tỷ lệ thấp còi") == Course.SLOW
    assert found.pop("Tỷ lệ bao phủ bảo hiểm") == Course.REACHED
    assert found.pop("Chiều cao trung bình trẻ em") == Course.ON_COURSE
    assert found.pop("Tỷ lệ người dân tập thể dục") == Course.OFF_COURSE
    assert set(found.values()) == {Course.UNKNOWN}


def test_the_figures_of_one_by_hand(year: list[Followed]) -> None:
    """258 in a thousand of 500, 300 and 200 children are 129 + 77 + 51 = 257 of 1,000; then 128 + 76 + 51, 127 + 76 + 50, 126 + 75 + 50."""
    stunted = by_name(year, "Tỷ lệ thấp còi")
    assert [(point.accepted.numerator, point.value) for point in stunted.points] == [
        (D(257), D("25.7")),
        (D(255), D("25.5")),
        (D(253), D("25.3")),
        (D(251), D("25.1")),
    ]
    assert stunted.position.planned is not None
    assert stunted.position.planned.quantize(D("0.01")) == D("24.25")
    assert stunted.computed_words(stunted.position.gap) == "0,8%"
    assert stunted.forecast is not None
    assert D(22) < stunted.forecast.value < D("23.5"), "it does not reach 20"


def test_an_increase_is_measured_from_its_baseline(year: list[Followed]) -> None:
    assert by_name(year, "Chiều cao trung bình trẻ em").asked.goals[0].low == D("161.4")
    assert by_name(year, "Tỷ lệ người dân tập thể dục").asked.goals[0].low == D(52)


def test_the_leader_sees_two(year: list[Followed], office_specialist: Person, actor_for: Callable[..., Actor]) -> None:
    found = off_course(actor_for(office_specialist, ON), ON)
    assert [(one.indicator, one.course) for one in found] == [
        ("Tỷ lệ người dân tập thể dục", Course.OFF_COURSE),
        ("Tỷ lệ thấp còi", Course.SLOW),
    ]
    assert len(year) == 12
