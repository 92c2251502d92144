"""What targets ask for, periods, totals over units, verdict and forecast: tables, and sums in any order."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dondoc.common.wording import number
from dondoc.programmes.enums import ChangeKind, Course, Direction, FigureKind, Frequency, RollUp, Verdict
from dondoc.programmes.models import Target, TargetVersion
from dondoc.programmes.rules.figures import NotAFigure, read_figure
from dondoc.programmes.rules.targets import (
    Goal,
    Spot,
    day_of_horizon,
    direction_of,
    goal_of,
    missing_of,
    path_of,
    planned_on,
)
from dondoc.programmes.rules.targets_course import forecast, position_of
from dondoc.programmes.rules.targets_periods import name_of, span_ending, spans
from dondoc.programmes.rules.targets_replay import Line, Ruling, counted_and_newest
from dondoc.programmes.rules.targets_totals import Said, carried, gather, tells, total_of

D = Decimal
DAY = date(2026, 9, 30)
END = date(2030, 12, 31)
START = Spot(date(2024, 12, 31), D("26.4"))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("25", "25"), ("25,4", "25.4"), ("12.5", "12.5"), ("0.123", "0.123"), ("1.234,5", "1234.5"), ("1.234.567", "1234567"),
        ("1 234 567", "1234567"), ("1 234,5", "1234.5"), ("98,5%", "98.5"), (" 7 ", "7"), ("-1,2", "-1.2"), ("1234.567", "1234.567"),
        ("1,234", "1.234"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_it_is_typed(typed: str, value: str) -> None:
    assert read_figure(typed) == D(value)


@pytest.mark.parametrize("typed", ["1.234", "12.345", "123.456%", "-1.234"])
def test_a_dot_that_could_be_either_is_asked_about(typed: str) -> None:
    bare = typed.removesuffix("%")
    with pytest.raises(NotAFigure, match="có thể là") as caught:
        read_figure(typed)
    assert f"{bare.replace('.', '')} hoặc {bare.replace('.', ',')}" in str(caught.value)


@pytest.mark.parametrize("typed", ["", "abc", "1,2,3", "1.23.456", "12 34", "1e5", "--3", "1.234.56", "NaN", "1,23456"])
def test_what_is_no_figure_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(NotAFigure):
        read_figure(typed)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_offices_print_is_read_back_unless_it_is_asked_about(value: Decimal) -> None:
    printed = number(value)
    assume(not re.fullmatch(r"-?\d{1,3}\.\d{3}", printed))
    assert read_figure(printed) == value


@pytest.mark.parametrize(
    ("horizon", "day"),
    [
        ("2030", END), ("2026-06", date(2026, 6, 30)), ("2030-12-31", END), ("2026-02-31", date(2026, 2, 28)), ("", None),
        ("quý IV", None), ("2026-13", None),
    ],
)  # fmt: skip
def test_a_horizon_ends_on_its_last_day(horizon: str, day: date | None) -> None:
    assert day_of_horizon(horizon) == day


@pytest.mark.parametrize(
    ("comparator", "value", "direction"),
    [
        (">=", 95, Direction.UP), (">", 98, Direction.UP), ("=", 100, Direction.UP), ("=", 0, Direction.DOWN), ("<", 21, Direction.DOWN),
        ("<=", 2, Direction.DOWN), ("increase", 10, Direction.UP), ("decrease", 10, Direction.DOWN), ("range", 8, Direction.UP),
        ("none", 1, None),
    ],
)  # fmt: skip
def test_the_words_of_the_document_tell_which_way_is_better(comparator: str, value: int, direction: Direction | None) -> None:
    version = TargetVersion(comparator=comparator, value=D(value))
    assert direction_of(Target(), version) == direction
    assert direction_of(Target(direction=Direction.WITHIN), version) == Direction.WITHIN


@pytest.mark.parametrize(
    ("comparator", "low", "high", "direction", "inside", "outside"),
    [
        (">=", 95, None, Direction.UP, "95", "94.99"),
        (">", 98, None, Direction.UP, "98.01", "98"),
        ("=", 95, None, Direction.UP, "96", "94"),
        ("<", 21, None, Direction.DOWN, "20.99", "21"),
        ("<=", 2, None, Direction.DOWN, "2", "2.01"),
        ("range", 4, 5, Direction.UP, "6", "3.9"),
        ("range", 4, 5, Direction.DOWN, "5", "5.1"),
        ("range", 8, 9, Direction.WITHIN, "9", "9.1"),
        ("range", 8, 9, Direction.WITHIN, "8", "7.9"),
    ],
)
def test_when_a_goal_is_reached(
    comparator: str, low: int, high: int | None, direction: Direction, inside: str, outside: str
) -> None:
    goal = Goal(END, comparator, D(low), None if high is None else D(high))
    assert goal.reached_by(D(inside), direction)
    assert not goal.reached_by(D(outside), direction)


@pytest.mark.parametrize(
    ("comparator", "kind", "aim"),
    [
        ("increase", ChangeKind.AMOUNT, "60"), ("increase", ChangeKind.SHARE, "55"), ("decrease", ChangeKind.AMOUNT, "40"),
        ("decrease", ChangeKind.SHARE, "45"),
    ],
)  # fmt: skip
def test_an_increase_is_a_figure_once_it_is_known_what_is_meant(comparator: str, kind: ChangeKind, aim: str) -> None:
    version = TargetVersion(comparator=comparator, value=D(10), horizon="2030", measure="%")
    target = Target(baseline_value=D(50), baseline_on=START.day)
    assert goal_of(target, version) is None
    assert any("điểm %" in sentence for sentence in missing_of(target, version, Direction.UP))
    target.change_kind = kind
    goal = goal_of(target, version)
    assert goal is not None
    assert goal.low == D(aim)
    assert missing_of(target, version, Direction.UP) == []


def test_an_increase_in_centimetres_is_an_amount_but_needs_its_baseline() -> None:
    version = TargetVersion(comparator="increase", value=D("1.5"), horizon="2030", measure="cm")
    assert missing_of(Target(), version, Direction.UP) == ["Chưa có giá trị gốc để tính mức phải đạt."]
    goal = goal_of(Target(baseline_value=D(160), baseline_on=START.day), version)
    assert goal == Goal(END, ">=", D("161.5"))


def test_the_plan_runs_straight_from_the_baseline_over_each_milestone() -> None:
    goals = [Goal(END, "<", D(21)), Goal(date(2027, 12, 31), "<", D("24"))]
    path = path_of(START, goals, Direction.DOWN)
    assert [spot.value for spot in path] == [D("26.4"), D(24), D(21)]
    assert planned_on(path, START.day - timedelta(days=1)) is None
    assert planned_on(path, START.day) == D("26.4")
    assert planned_on(path, date(2027, 12, 31)) == D(24)
    assert planned_on(path, END + timedelta(days=9)) == D(21)
    assert planned_on(path, date(2029, 7, 2)) == pytest.approx(D("22.5"), abs=D("0.01"))


GOAL = Goal(END, "<", D(21))
PATH = path_of(START, [GOAL], Direction.DOWN)


@pytest.mark.parametrize(
    ("value", "course"),
    [("20.9", Course.REACHED), ("24.8", Course.ON_COURSE), ("25.4", Course.SLOW), ("26.3", Course.OFF_COURSE), ("27", Course.OFF_COURSE)],
)  # fmt: skip
def test_the_verdict_on_the_way_down(value: str, course: Course) -> None:
    assert position_of(Spot(DAY, D(value)), PATH, [GOAL], Direction.DOWN, DAY).course == course


def test_the_thresholds_are_shares_of_the_whole_way() -> None:
    """From 0 to 100 in a hundred days, on day 50: behind by 5 is on course, by 25 slow, by 26 off course."""
    begun = date(2026, 1, 1)
    goal = Goal(begun + timedelta(days=100), ">=", D(100))
    path = path_of(Spot(begun, D(0)), [goal], Direction.UP)
    day = begun + timedelta(days=50)
    found = {
        value: position_of(Spot(day, D(value)), path, [goal], Direction.UP, day).course for value in ("45", "44", "25", "24")
    }
    assert found == {"45": Course.ON_COURSE, "44": Course.SLOW, "25": Course.SLOW, "24": Course.OFF_COURSE}


def test_a_goal_that_was_missed_is_off_course_from_the_day_after() -> None:
    at = Spot(END, D("21.1"))
    assert position_of(at, PATH, [GOAL], Direction.DOWN, END).course == Course.ON_COURSE
    assert position_of(at, PATH, [GOAL], Direction.DOWN, END + timedelta(days=1)).course == Course.OFF_COURSE


def test_what_is_to_stay_within_a_range_is_reached_only_at_its_end() -> None:
    goal = Goal(END, "range", D(8), D(9))
    path = path_of(Spot(START.day, D("8.5")), [goal], Direction.WITHIN)
    inside, outside = Spot(DAY, D("8.7")), Spot(DAY, D(12))
    assert position_of(inside, path, [goal], Direction.WITHIN, DAY).course == Course.ON_COURSE
    assert position_of(outside, path, [goal], Direction.WITHIN, DAY).course == Course.OFF_COURSE
    assert position_of(Spot(END, D("8.7")), path, [goal], Direction.WITHIN, END).course == Course.REACHED


@pytest.mark.parametrize("at", [None, Spot(START.day, D("26.4"))])
def test_without_a_figure_after_the_start_there_is_no_verdict(at: Spot | None) -> None:
    assert position_of(at, PATH, [GOAL], Direction.DOWN, DAY).course == Course.UNKNOWN
    assert position_of(Spot(DAY, D(25)), PATH, [GOAL], None, DAY).course == Course.UNKNOWN
    assert position_of(Spot(DAY, D(25)), [], [], Direction.DOWN, DAY).course == Course.UNKNOWN


class TestForecast:
    LINE = tuple(Spot(date(2026, 1, 1) + timedelta(days=30 * step), D(10 + step)) for step in range(4))

    def test_points_on_a_line_go_on_with_no_band_to_speak_of(self) -> None:
        ahead = forecast(self.LINE, self.LINE[-1].day + timedelta(days=60))
        assert ahead is not None
        assert ahead.value == D(15)
        assert ahead.low is not None
        assert abs(ahead.value - ahead.low) < D("0.001")
        assert "bình phương tối thiểu qua 4" in ahead.method

    def test_two_points_give_a_slope_and_no_band(self) -> None:
        ahead = forecast(self.LINE[:2], self.LINE[1].day + timedelta(days=30))
        assert ahead is not None
        assert (ahead.value, ahead.low, ahead.high) == (D(12), None, None)
        assert "chưa đủ số" in ahead.method

    def test_scatter_makes_the_band_wide_and_wider_with_time(self) -> None:
        rough = [Spot(spot.day, spot.value + (1 if index % 2 else -1)) for index, spot in enumerate(self.LINE)]
        near, far = (forecast(rough, rough[-1].day + timedelta(days=days)) for days in (30, 90))
        assert near is not None
        assert far is not None
        assert near.low is not None
        assert far.low is not None
        assert far.value - far.low == pytest.approx(3 * (near.value - near.low), rel=D("0.01"))

    def test_a_share_stays_between_nothing_and_all(self) -> None:
        ahead = forecast(self.LINE, self.LINE[-1].day + timedelta(days=9000), bounds=(D(0), D(100)))
        assert ahead is not None
        assert ahead.value == D(100)

    @pytest.mark.parametrize(("count", "days"), [(0, 30), (1, 30), (4, 0), (4, -5)])
    def test_nothing_is_foretold_of_less_than_two_points_or_of_a_day_past(self, count: int, days: int) -> None:
        assert forecast(self.LINE[:count], self.LINE[-1].day + timedelta(days=days)) is None


class TestPeriods:
    @pytest.mark.parametrize(
        ("starts", "ends", "name"),
        [
            ((2025, 1, 1), (2025, 12, 31), "Năm 2025"), ((2025, 1, 1), (2025, 6, 30), "6 tháng 2025"),
            ((2026, 1, 1), (2026, 9, 30), "9 tháng 2026"), ((2026, 7, 1), (2026, 9, 30), "Quý III/2026"),
            ((2026, 1, 1), (2026, 3, 31), "Quý I/2026"), ((2026, 4, 1), (2026, 4, 30), "Tháng 4/2026"),
            ((2026, 4, 5), (2026, 4, 5), "Ngày 05/4/2026"), ((2025, 12, 15), (2026, 12, 14), "15/12/2025 - 14/12/2026"),
            ((2026, 2, 1), (2026, 4, 30), "01/02/2026 - 30/4/2026"),
        ],
    )  # fmt: skip
    def test_names(self, starts: tuple[int, int, int], ends: tuple[int, int, int], name: str) -> None:
        assert name_of(date(*starts), date(*ends)) == name

    def test_a_period_can_be_entered_from_its_last_day_on(self) -> None:
        first = date(2026, 1, 1)
        assert [one.name for one in spans(Frequency.QUARTER, first, date(2026, 6, 30), cumulative=False)] == [
            "Quý II/2026",
            "Quý I/2026",
        ]
        assert [one.name for one in spans(Frequency.QUARTER, first, date(2026, 6, 29), cumulative=False)] == ["Quý I/2026"]

    def test_cumulative_periods_count_from_the_first_of_january(self) -> None:
        names = [one.name for one in spans(Frequency.QUARTER, date(2026, 1, 1), date(2026, 12, 31), cumulative=True)]
        assert names == ["Năm 2026", "9 tháng 2026", "6 tháng 2026", "Quý I/2026"]

    def test_a_day_that_ends_no_period_has_none(self) -> None:
        assert span_ending(date(2026, 5, 31), Frequency.QUARTER, cumulative=False) is None
        span = span_ending(date(2026, 5, 31), Frequency.ANY, cumulative=False)
        assert span is not None
        assert span.name == "Ngày 31/5/2026"


def said(unit: int, kind: str = FigureKind.FIGURE, value: str | None = None, *, above: int | None = None, below: int = 0) -> Said:
    if above is not None:
        return Said(unit, kind, DAY, DAY, (D(above * 100) / D(below)).quantize(D("0.0001")), D(above), D(below), unit)
    return Said(unit, kind, DAY, DAY, None if value is None else D(value), order=unit)


figures = st.builds(
    lambda unit, parts: said(unit, above=min(parts), below=max(*parts, 1)),
    st.integers(0, 50),
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
)
nothings = st.builds(
    said, st.integers(0, 50), st.sampled_from([FigureKind.NONE, FigureKind.NOT_APPLICABLE, FigureKind.NOT_REPORTED])
)
words = st.lists(st.one_of(figures, nothings), unique_by=lambda one: one.unit_id, max_size=25)


class TestTotals:
    @given(words, st.randoms(use_true_random=False), st.sampled_from(list(RollUp)))
    def test_any_order_and_grouping_gives_the_same_total(self, said_by: list[Said], random: object, how: RollUp) -> None:
        mixed = list(said_by)
        random.shuffle(mixed)  # type: ignore[attr-defined]
        cut = len(mixed) // 3
        in_groups = gather(mixed[:cut]) + (gather(mixed[cut : 2 * cut]) + gather(mixed[2 * cut :]))
        straight = gather(said_by)
        assert in_groups == straight
        assert total_of(in_groups, how, 100) == total_of(straight, how, 100)

    @given(st.lists(figures, min_size=1, max_size=20, unique_by=lambda one: one.unit_id))
    def test_a_ratio_is_the_ratio_of_the_sums(self, said_by: list[Said]) -> None:
        above = sum((one.numerator or D(0) for one in said_by), D(0))
        below = sum((one.denominator or D(0) for one in said_by), D(0))
        total = total_of(gather(said_by), RollUp.RATIO, 100)
        assert total == (above * 100 / below).quantize(D("0.0001"))

    @given(words)
    def test_kinds_of_nothing_add_nothing_and_are_counted_apart(self, said_by: list[Said]) -> None:
        with_figures = [one for one in said_by if one.kind == FigureKind.FIGURE]
        heap = gather(said_by)
        for how in RollUp:
            assert total_of(heap, how, 100) == total_of(gather(with_figures), how, 100)
        for kind in FigureKind:
            assert heap.kinds.get(kind, 0) == sum(one.kind == kind for one in said_by)
        assert heap.answered == sum(one.kind != FigureKind.NOT_REPORTED for one in said_by)

    def test_the_mean_of_percentages_is_not_the_total(self) -> None:
        heap = gather([said(1, above=9, below=10), said(2, above=10, below=100)])
        assert total_of(heap, RollUp.RATIO, 100) == D("17.2727")

    def test_zero_is_a_figure_and_silence_is_none(self) -> None:
        zero = gather([Said(1, FigureKind.ZERO, DAY, DAY, D(0))])
        assert total_of(zero, RollUp.SUM, 100) == 0
        assert total_of(gather([said(1, FigureKind.NONE)]), RollUp.SUM, 100) is None
        assert total_of(gather([]), RollUp.SUM, 100) is None

    def test_sum_greatest_and_latest(self) -> None:
        early = Said(1, FigureKind.FIGURE, DAY, DAY, D(7))
        late = Said(2, FigureKind.FIGURE, DAY, DAY + timedelta(days=3), D(5))
        heap = gather([late, early])
        assert [total_of(heap, how, 100) for how in (RollUp.SUM, RollUp.MAXIMUM, RollUp.LATEST)] == [D(12), D(7), D(5)]

    def test_a_running_total_does_not_fall_because_somebody_is_late(self) -> None:
        before = [Said(unit, FigureKind.FIGURE, date(2026, 6, 30), date(2026, 7, 2), D(10)) for unit in (1, 2, 3)]
        now = [Said(1, FigureKind.FIGURE, DAY, DAY, D(12)), Said(2, FigureKind.NOT_REPORTED, DAY, DAY)]
        stands = carried(now, before, frozenset({1, 2}))
        assert [one.unit_id for one in stands] == [2]
        assert total_of(gather([*now, *stands]), RollUp.SUM, 100) == D(22)

    @pytest.mark.parametrize(
        ("how", "answered", "expected", "yes"),
        [("sum", 3, 3, True), ("sum", 2, 3, False), ("ratio", 2, 4, True), ("ratio", 1, 3, False), ("province", 1, 1, True), ("latest", 1, 9, True)],
    )  # fmt: skip
    def test_when_a_total_can_be_held_against_the_plan(self, how: str, answered: int, expected: int, yes: bool) -> None:
        heap = gather([said(unit, above=1, below=2) for unit in range(answered)])
        assert tells(heap, expected, how, D("0.5")) is yes

    def test_one_word_makes_a_heap_of_its_own(self) -> None:
        heap = gather([said(4, above=1, below=4)])
        assert (heap.figures, heap.parts, heap.units) == (1, 1, frozenset({4}))


class TestWhatCounts:
    def test_a_correction_that_waits_does_not_take_the_accepted_figure_away(self) -> None:
        lines = [Line(1, None), Line(2, 1)]
        assert counted_and_newest(lines, [Ruling(1, Verdict.ACCEPTED)]) == ({1}, {2})
        assert counted_and_newest(lines, [Ruling(1, Verdict.ACCEPTED), Ruling(2, Verdict.ACCEPTED)]) == ({2}, {2})

    def test_what_was_accepted_and_then_returned_counts_no_more(self) -> None:
        assert counted_and_newest([Line(1, None)], [Ruling(1, Verdict.ACCEPTED), Ruling(1, Verdict.RETURNED)]) == (set(), {1})

    @given(st.integers(1, 8), st.lists(st.tuples(st.integers(1, 8), st.sampled_from(list(Verdict))), max_size=20))
    def test_of_a_chain_at_most_one_counts_and_one_is_newest(self, length: int, ruled: list[tuple[int, Verdict]]) -> None:
        lines = [Line(1, None), *(Line(after, before) for before, after in pairwise(range(1, length + 1)))]
        counted, newest = counted_and_newest(lines, [Ruling(*one) for one in ruled])
        last = dict(ruled)
        accepted = [pk for pk in range(1, length + 1) if last.get(pk) == Verdict.ACCEPTED]
        assert newest == {length}
        assert counted == set(accepted[-1:])
