from datetime import date

import pytest

from dondoc.programmes.rules.deadlines import Term, after, next_due, term_of
from tests.dondoc.factories.programmes import by, ongoing, recurring, relative

ISSUED = date(2025, 8, 7)


def test_an_excluded_day_leaves_the_day_before_as_the_last_good_one() -> None:
    term = term_of(by("2025-09-10"), issued_on=ISSUED)
    assert (term.due_on, term.exclusive, term.last_ok_on) == (date(2025, 9, 10), True, date(2025, 9, 9))


def test_an_included_day_is_the_last_good_one() -> None:
    assert term_of(by("2025-09-10", exclusive=False), issued_on=ISSUED).last_ok_on == date(2025, 9, 10)


def test_what_goes_on_or_recurs_has_no_day() -> None:
    assert term_of(ongoing(), issued_on=ISSUED).last_ok_on is None
    yearly = term_of(recurring("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "trước ngày 30/11 hằng năm"), issued_on=ISSUED)
    assert (yearly.last_ok_on, yearly.rrule) == (None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30")


def test_no_deadline_at_all() -> None:
    assert term_of(None, issued_on=ISSUED) == Term()


@pytest.mark.parametrize("anchor", ["ngày ban hành Kế hoạch", "ngày ký", "Kế hoạch được ban hành", "ngày ký ban hành"])
def test_a_period_from_the_documents_own_day(anchor: str) -> None:
    term = term_of(relative("P15D", anchor, "15 ngày kể từ ngày ban hành"), issued_on=ISSUED)
    assert term.due_on == date(2025, 8, 22)
    assert term.last_ok_on == date(2025, 8, 22)


@pytest.mark.parametrize("anchor", ["ngày nhận được văn bản", "ngày Chính phủ ban hành Nghị định", ""])
def test_a_period_from_another_event_keeps_its_words_and_has_no_day(anchor: str) -> None:
    term = term_of(relative("P15D", anchor, "15 ngày"), issued_on=ISSUED)
    assert (term.due_on, term.anchor, term.offset) == (None, anchor, "P15D")


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        ("P5D working", date(2025, 8, 14)),
        ("P0D working", date(2025, 8, 7)),
        ("P1M", date(2025, 9, 8)),  # the seventh is a Sunday
        ("P2W", date(2025, 8, 21)),
        ("-P1M", date(2025, 7, 7)),
        ("P1Y", date(2026, 8, 7)),
        ("mai", None),
    ],
)
def test_periods(offset: str, expected: date | None) -> None:
    assert after(ISSUED, offset) == expected


def test_holidays_are_no_working_days() -> None:
    national_day = (date(2025, 9, 1), date(2025, 9, 2))
    assert after(date(2025, 8, 28), "P2D working", holidays=national_day) == date(2025, 9, 3)
    assert after(date(2025, 8, 28), "P4D", holidays=national_day) == date(2025, 9, 3)


def test_the_next_day_that_a_recurring_deadline_names() -> None:
    yearly = "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"
    assert next_due(yearly, starts_on=None, on=date(2025, 11, 30)) == date(2025, 11, 30)
    assert next_due(yearly, starts_on=None, on=date(2025, 12, 1)) == date(2026, 11, 30)
    assert next_due("FREQ=YEARLY", starts_on=None, on=ISSUED) is None
