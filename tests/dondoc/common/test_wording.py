from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dondoc.common import wording
from dondoc.common.folding import searchable


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2025, 9, 9), "09/9/2025"),
        (date(2026, 1, 5), "05/01/2026"),
        (date(2025, 2, 28), "28/02/2025"),
        (date(2025, 3, 1), "01/3/2025"),
        (date(2025, 11, 28), "28/11/2025"),
    ],
)
def test_days_are_written_as_offices_print_them(value: date, written: str) -> None:
    assert wording.day(value) == written


def test_a_moment_is_told_in_vietnamese_time() -> None:
    late = datetime(2025, 9, 11, 18, 5, tzinfo=UTC)
    assert wording.moment(late) == "12/9/2025\u00a001:05"
    assert wording.day(late) == "12/9/2025"


def test_the_day_of_the_week() -> None:
    assert wording.weekday(date(2025, 9, 12)) == "Thứ Sáu, 12/9/2025"
    assert wording.weekday(date(2025, 9, 14)) == "Chủ nhật, 14/9/2025"


@pytest.mark.parametrize(("due", "words"), [(9, "quá hạn 3 ngày"), (11, "quá hạn 1 ngày"), (12, "hôm nay"), (13, "còn 1 ngày")])
def test_distance_counts_whole_days(due: int, words: str) -> None:
    assert wording.distance(date(2025, 9, due), date(2025, 9, 12)) == words


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (0, None, "0"),
        (1234567, None, "1.234.567"),
        (Decimal("1234.50"), None, "1.234,5"),
        (Decimal("1234.00"), None, "1.234"),
        (0.1, None, "0,1"),
        (91.25, 1, "91,2"),
        (5, 2, "5,00"),
        (-1500, None, "-1.500"),
    ],
)
def test_numbers_take_a_dot_for_thousands_and_a_comma_for_decimals(value: float, decimals: int | None, written: str) -> None:
    assert wording.number(value, decimals) == written


def test_percent_has_no_space() -> None:
    assert wording.percent(Decimal("91.2")) == "91,2%"


@pytest.mark.parametrize(("count", "words"), [(12, "12 byte"), (348_160, "340 KB"), (1_258_291, "1,2 MB"), (52_428_800, "50 MB")])
def test_sizes_of_files(count: int, words: str) -> None:
    assert wording.size(count) == words


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("9/9/2025", date(2025, 9, 9)),
        ("09092025", date(2025, 9, 9)),
        ("9-9-25", date(2025, 9, 9)),
        ("2025-09-09", date(2025, 9, 9)),
        (" 09.9.2025 ", date(2025, 9, 9)),
        ("31/2/2025", None),
        ("9/9", None),
        ("mai", None),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, day: date | None) -> None:
    assert wording.read_day(typed) == day


@pytest.mark.parametrize(
    ("typed", "around", "day"),
    [
        ("9/9", date(2025, 9, 12), date(2025, 9, 9)),
        ("5/1", date(2025, 12, 20), date(2026, 1, 5)),
        ("30/12", date(2026, 1, 3), date(2025, 12, 30)),
    ],
)
def test_a_day_without_its_year_is_the_nearest(typed: str, around: date, day: date) -> None:
    assert wording.read_day(typed, around) == day


def test_initials_are_of_the_last_two_words() -> None:
    assert wording.initials("Nguyễn Thị Thu Hà") == "TH"
    assert wording.initials("Hà") == "H"


def test_searchable_text_has_no_marks() -> None:
    assert searchable("Sở Y tế", "", "ĐẮK  LẮK") == "so y te dak lak"
    assert searchable("Điện Biên") == searchable("Điện Biên")
