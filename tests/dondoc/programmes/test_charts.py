"""Pictures of targets: sound SVG without style or script, inside their box, with their figures as text."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.programmes.charts import bars, spark, trajectory
from dondoc.programmes.charts.svg import spread, ticks, year_ends
from dondoc.programmes.enums import Direction
from dondoc.programmes.rules.targets import Goal, Spot, path_of
from dondoc.programmes.rules.targets_course import Forecast

D = Decimal
BEGUN, END, TODAY = date(2024, 12, 31), date(2030, 12, 31), date(2026, 11, 20)
GOAL = Goal(END, "<", D(21))


def course(**facts: Any) -> trajectory.Course:
    """As in the mock-up: from 26,4% down to below 21%, at 25,4% after nine months of 2026."""
    marks = [
        trajectory.Mark(BEGUN, D("26.4"), "26,4", "Gốc: 26,4%", baseline=True),
        trajectory.Mark(date(2025, 12, 31), D("25.9"), "25,9", "Năm 2025: 25,9%", "/so-do/"),
        trajectory.Mark(date(2026, 9, 30), D("25.4"), "25,4", "9 tháng 2026: 25,4%"),
    ]
    usual: dict[str, Any] = {
        "title": "Suy dinh dưỡng thể thấp còi",
        "words": "Thực hiện: gốc 26,4%.",
        "marks": marks,
        "path": path_of(Spot(BEGUN, D("26.4")), [GOAL], Direction.DOWN),
        "goals": [GOAL],
        "steps": [],
        "direction": Direction.DOWN,
        "to": END,
        "today": TODAY,
        "planned": "24,8",
        "goal_words": "dưới 21%",
        "ahead": Forecast(END, D(23), D("22.5"), D("23.5"), 3),
        "ahead_words": ("23,0 dự báo", "(22,5 - 23,5)"),
    }
    return trajectory.Course(**{**usual, **facts})


def texts(svg: ET.Element) -> list[str]:
    return [one.text or "" for one in svg.iter("text")]


@pytest.mark.parametrize("size", [trajectory.WIDE, trajectory.NARROW])
def test_the_picture_is_sound_and_inside_its_box(size: trajectory.Size) -> None:
    drawn = trajectory.draw(course(), size)
    svg = ET.fromstring(drawn)  # noqa: S314 - our own
    assert "style=" not in drawn
    assert "<script" not in drawn
    assert (svg.findtext("title"), svg.findtext("desc")) == ("Suy dinh dưỡng thể thấp còi", "Thực hiện: gốc 26,4%.")
    for line in svg.iter("polyline"):
        for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", line.get("points", "")):
            assert 0 <= float(x) <= size.width
            assert size.top <= float(y) <= size.height - size.bottom
    assert {line.get("class") for line in svg.iter("polyline")} == {"actual", "plan", "ahead"}


def test_labels_stand_at_their_line_and_not_on_each_other() -> None:
    svg = ET.fromstring(trajectory.draw(course()))  # noqa: S314
    words = texts(svg)
    for label in (
        "23,0 dự báo",
        "(22,5 - 23,5)",
        "dưới 21% phải đạt",
        "kế hoạch 24,8",
        "25,4",
        "Vùng đạt: dưới 21%",
        "20/11/2026",
    ):
        assert label in words
    ends = sorted(
        float(one.get("y", 0))
        for one in svg.iter("text")
        if "phải đạt" in (one.text or "") or one.get("class") in {"ahead-words", "ahead-small"}
    )
    assert all(after - before >= trajectory.LINE_APART - 0.1 for before, after in pairwise(ends))
    assert [one.get("href") for one in svg.iter("a")] == ["/so-do/"]


def test_a_changed_goal_is_a_step_with_the_old_words() -> None:
    steps = [
        trajectory.Step(date.min, date(2026, 5, 1), D(20), "dưới 20%", holds=False),
        trajectory.Step(date(2026, 5, 1), END, D(21), "dưới 21%", holds=True),
    ]
    svg = ET.fromstring(trajectory.draw(course(steps=steps)))  # noqa: S314
    assert "step" in {line.get("class") for line in svg.iter("polyline")}
    assert "trước 01/5/2026: dưới 20%" in texts(svg)


def test_a_position_that_does_not_tell_is_hollow_and_off_the_line() -> None:
    last = trajectory.Mark(date(2026, 9, 30), D(20), "20", "9 tháng 2026", partial=True)
    svg = ET.fromstring(trajectory.draw(course(marks=[*course().marks[:2], last])))  # noqa: S314
    assert "mark partial" in {one.get("class") for one in svg.iter("circle")}
    actual = next(line for line in svg.iter("polyline") if line.get("class") == "actual")
    assert len(actual.get("points", "").split()) == 2


@pytest.mark.parametrize("direction", list(Direction))
def test_one_figure_or_none_is_drawn_too(direction: Direction) -> None:
    flat = course(marks=course().marks[:1], ahead=None, path=[Spot(END, D(21))], direction=direction, planned="")
    ET.fromstring(trajectory.draw(flat))  # noqa: S314
    ET.fromstring(trajectory.draw(course(marks=[], ahead=None, path=[Spot(END, D(0))], goals=[Goal(END, "=", D(0))])))  # noqa: S314


def test_names_are_escaped() -> None:
    drawn = trajectory.draw(course(title="Tỷ lệ <b>&", goal_words="<21"))
    assert "<b>" not in drawn
    assert ET.fromstring(drawn).findtext("title") == "Tỷ lệ <b>&"  # noqa: S314


def test_the_small_one() -> None:
    spots = [Spot(BEGUN, D("26.4")), Spot(date(2026, 9, 30), D("25.4"))]
    svg = ET.fromstring(spark.draw("s1", ("Tên", "Lời"), spots, [Spot(BEGUN, D("26.4")), Spot(END, D(21))], GOAL, D(21), TODAY))  # noqa: S314
    assert {one.get("class") for one in svg.iter("circle")} == {"goal", "mark"}
    empty = ET.fromstring(spark.draw("s2", ("Tên", "Chưa có số đo."), [], [], None, None, TODAY))  # noqa: S314
    assert [one.get("class") for one in empty.iter("line")] == ["empty"]


@pytest.mark.parametrize(
    ("value", "kind", "width"),
    [(D(50), "done", "100.0"), (D(0), "not", "1.5"), (None, "none", "200.0"), (D(300), "wait", "200.0")],
)
def test_a_bar_is_as_long_as_its_figure(value: Decimal | None, kind: str, width: str) -> None:
    svg = ET.fromstring(bars.draw(value, D(100), kind, D(60)))  # noqa: S314
    first, edge = svg.iter("rect")
    assert (first.get("class"), first.get("width")) == (kind, width)
    assert edge.get("x") == "118.5"


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.integers(2, 9))
def test_ticks_hold_both_ends_and_are_few(least: float, width: float, about: int) -> None:
    found = ticks(least, least + width, about)
    assert found[0] <= least + 1e-6 * max(1, abs(least))
    assert found[-1] >= least + width - 1e-6 * max(1, abs(least + width))
    assert 1 <= len(found) <= about + 3


@given(st.lists(st.floats(20, 280), min_size=1, max_size=6))
def test_spread_labels_keep_their_distance(places: list[float]) -> None:
    moved = sorted(spread(places, 17, 4, 290))
    assert all(after - before >= 17 - 1e-6 for before, after in pairwise(moved))
    assert moved[-1] <= 290 + 1e-6


def test_years_are_thinned_from_the_end() -> None:
    assert [day.year for day in year_ends(BEGUN, date(2045, 12, 31), 8)] == [2024, 2027, 2030, 2033, 2036, 2039, 2042, 2045]
    assert year_ends(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=9)) == []
