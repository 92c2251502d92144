"""Days of rest are data; nobody is reminded on them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from dondoc.notices.calendar import holiday_on, holidays, is_quiet


@pytest.mark.parametrize(
    ("day", "quiet"),
    [
        (date(2026, 2, 13), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 17), True),
        (date(2026, 2, 22), True),
        (date(2026, 2, 23), False),
        (date(2026, 9, 2), True),
        (date(2026, 9, 3), False),
        (date(2026, 11, 20), False),
        (date(2026, 11, 21), True),
        (date(2026, 11, 22), True),
        (date(2026, 11, 23), False),
    ],
)
def test_the_boundary_days(day: date, *, quiet: bool) -> None:
    assert is_quiet(day) is quiet


def test_the_new_year_of_the_moon_is_named() -> None:
    holiday = holiday_on(date(2026, 2, 17))
    assert holiday is not None
    assert holiday.name == "Tết Nguyên đán Bính Ngọ"


def test_the_data_are_in_order_and_each_has_its_law() -> None:
    for holiday in holidays():
        assert holiday.first <= holiday.last < holiday.first + timedelta(days=12)
        assert "45/2019/QH14" in holiday.legal_basis
    assert all(earlier.last < later.first for earlier, later in pairwise(holidays()))
