"""Rules that come again, cut into periods."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.programmes.rules.periods import Rule, Span, rule_of, spans

TODAY = date(2026, 9, 10)


def read(rrule: str, words: str = "", *, exclusive: bool = False) -> Rule:
    rule = rule_of(rrule, words=words, exclusive=exclusive)
    assert rule is not None
    return rule


def first(rule: Rule, on: date = TODAY, last: date | None = None) -> Span:
    return next(spans(rule, on, last))


def shown(span: Span) -> tuple[str, str, str, str]:
    return span.name, span.starts_on.isoformat(), span.ends_on.isoformat(), span.last_ok_on.isoformat()


@pytest.mark.parametrize(
    ("rrule", "words", "exclusive", "expected"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", "trước ngày 25 hằng tháng", True, ("Tháng 9/2026", "2026-09-01", "2026-09-30", "2026-09-24")),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "ngày 25 hằng tháng", False, ("Tháng 9/2026", "2026-09-01", "2026-09-30", "2026-09-25")),
        ("FREQ=MONTHLY", "hằng tháng", False, ("Tháng 9/2026", "2026-09-01", "2026-09-30", "2026-09-30")),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "ngày 31 hằng tháng", False, ("Tháng 9/2026", "2026-09-01", "2026-09-30", "2026-09-30")),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "ngày cuối tháng", False, ("Tháng 9/2026", "2026-09-01", "2026-09-30", "2026-09-30")),
        ("FREQ=MONTHLY;BYMONTHDAY=12", "ngày 12 của tháng sau", False, ("Tháng 8/2026", "2026-08-01", "2026-08-31", "2026-09-12")),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "trước ngày 01 hằng tháng", True, ("Tháng 9/2026", "2026-09-01", "2026-09-30", "2026-09-30")),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý", False, ("Quý III/2026", "2026-07-01", "2026-09-30", "2026-09-30")),
        (
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15",
            "trước ngày 15 của tháng cuối quý",
            True,
            ("Quý III/2026", "2026-07-01", "2026-09-30", "2026-09-14"),
        ),
        (
            "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
            "định kỳ hằng quý (trước ngày 10 tháng đầu quý sau)",
            True,
            ("Quý III/2026", "2026-07-01", "2026-09-30", "2026-10-09"),
        ),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng", False, ("6 tháng cuối năm 2026", "2026-07-01", "2026-12-31", "2026-12-31")),
        (
            "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15",
            "trước ngày 15/6 và 15/12 hằng năm",
            True,
            ("6 tháng cuối năm 2026", "2026-07-01", "2026-12-31", "2026-12-14"),
        ),
        (
            "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=30",
            "6 tháng (trước ngày 30/5)",
            True,
            ("6 tháng đầu năm 2027", "2027-01-01", "2027-06-30", "2027-05-29"),
        ),
        (
            "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30",
            "báo cáo năm (trước ngày 30/11)",
            True,
            ("Năm 2026", "2026-01-01", "2026-12-31", "2026-11-29"),
        ),
        (
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15",
            "trước ngày 15/01 năm sau",
            True,
            ("Năm 2026", "2026-01-01", "2026-12-31", "2027-01-14"),
        ),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "29/2 hằng năm", False, ("Năm 2027", "2027-01-01", "2027-12-31", "2027-02-28")),
        ("FREQ=YEARLY", "hằng năm", False, ("Năm 2026", "2026-01-01", "2026-12-31", "2026-12-31")),
        ("FREQ=YEARLY;INTERVAL=5", "5 năm", False, ("Giai đoạn 2026 - 2030", "2026-01-01", "2030-12-31", "2030-12-31")),
        ("FREQ=MONTHLY;INTERVAL=9", "9 tháng", False, ("9 tháng đầu năm 2026", "2026-01-01", "2026-09-30", "2026-09-30")),
        ("FREQ=WEEKLY;BYDAY=FR", "thứ Sáu hằng tuần", False, ("Tuần 37/2026", "2026-09-07", "2026-09-13", "2026-09-11")),
        ("FREQ=WEEKLY", "hằng tuần", False, ("Tuần 37/2026", "2026-09-07", "2026-09-13", "2026-09-13")),
        (
            "FREQ=MONTHLY;BYMONTHDAY=10,20,30",
            "các ngày 10, 20, 30 hằng tháng",
            False,
            ("Ngày 01 - 10/9/2026", "2026-09-01", "2026-09-10", "2026-09-10"),
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3",
            "hằng quý, số liệu theo Nghị định số 09/2019/NĐ-CP",
            False,
            ("Quý III/2026", "2026-06-15", "2026-09-14", "2026-09-14"),
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=17",
            "ngày 17 hằng tháng, số liệu tính từ ngày 15 tháng trước",
            False,
            ("Tháng 9/2026", "2026-08-15", "2026-09-14", "2026-09-17"),
        ),
        ("FREQ=YEARLY;BYMONTH=5,6", "tháng 5, tháng 6", False, ("Tháng 7/2026 - 5/2027", "2026-07-01", "2027-05-31", "2027-05-31")),
    ],
)  # fmt: skip
def test_words_of_the_field(rrule: str, words: str, exclusive: bool, expected: tuple[str, ...]) -> None:
    assert shown(first(read(rrule, words, exclusive=exclusive))) == expected


@pytest.mark.parametrize(
    "rrule", ["FREQ=DAILY", "FREQ=DAILY;BYHOUR=16", "", "FREQ=HOURLY", "INTERVAL=3", "FREQ=MONTHLY;INTERVAL=x"]
)
def test_what_has_no_periods(rrule: str) -> None:
    assert rule_of(rrule) is None


def test_thirds_of_a_short_month() -> None:
    rule = read("FREQ=MONTHLY;BYMONTHDAY=10,20,30")
    february = [shown(span) for span in islice(spans(rule, date(2026, 2, 5)), 3)]
    assert february == [
        ("Ngày 01 - 10/2/2026", "2026-02-01", "2026-02-10", "2026-02-10"),
        ("Ngày 11 - 20/2/2026", "2026-02-11", "2026-02-20", "2026-02-20"),
        ("Ngày 21 - 28/2/2026", "2026-02-21", "2026-02-28", "2026-02-28"),
    ]


def test_a_period_can_be_kept_on_its_last_good_day_and_not_on_the_next() -> None:
    rule = read("FREQ=MONTHLY;BYMONTHDAY=25", exclusive=True)
    assert first(rule, date(2026, 9, 24)).name == "Tháng 9/2026"
    assert first(rule, date(2026, 9, 25)).name == "Tháng 10/2026"


def test_the_rule_s_last_day_ends_the_last_period() -> None:
    held = list(spans(read("FREQ=MONTHLY;INTERVAL=3"), TODAY, date(2026, 11, 15)))
    assert [shown(span)[:1] + shown(span)[2:] for span in held] == [
        ("Quý III/2026", "2026-09-30", "2026-09-30"),
        ("Quý IV/2026", "2026-11-15", "2026-11-15"),
    ]


MONTH = st.integers(1, 12)
RULES = st.one_of(
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 5), st.sampled_from(["MO", "WE", "FR", "SU"])),
    st.builds("FREQ=MONTHLY;INTERVAL={}".format, st.integers(1, 14).filter(lambda every: every != 9)),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, st.sampled_from([1, 2, 3, 4, 6, 12]), st.integers(1, 31)),
    st.builds("FREQ=YEARLY;INTERVAL={}".format, st.integers(1, 6)),
    st.builds(
        lambda months, day: f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(months)))};BYMONTHDAY={day}",
        st.sets(MONTH, min_size=1),
        st.integers(1, 31),
    ),
    st.builds(
        lambda days: f"FREQ=MONTHLY;BYMONTHDAY={','.join(map(str, sorted(days)))}", st.sets(st.integers(2, 31), min_size=2)
    ),
)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(RULES, DAYS, st.booleans(), st.sampled_from(["", "theo Nghị định số 09/2019/NĐ-CP"]))
def test_periods_cover_the_calendar_once_and_are_owed_in_order(rrule: str, on: date, exclusive: bool, words: str) -> None:
    held = list(islice(spans(read(rrule, words, exclusive=exclusive), on), 8))
    for span, following in pairwise(held):
        assert following.starts_on == span.ends_on + timedelta(days=1)
        assert span.last_ok_on < following.last_ok_on
    for span in held:
        assert span.starts_on <= span.ends_on
        assert span.last_ok_on >= max(on, span.starts_on - timedelta(days=1))
    assert len({span.name for span in held}) == len(held)


@given(st.sampled_from([1, 2, 3, 4, 6, 12]), st.integers(2, 28), DAYS, st.booleans())
def test_the_last_good_day_lies_within_or_after_as_the_words_say(every: int, day: int, on: date, after: bool) -> None:
    words = "ngày ấy của tháng sau" if after else "ngày ấy của tháng cuối kỳ"
    for span in islice(spans(read(f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={day}", words), on), 5):
        assert span.last_ok_on.day == day
        assert (span.last_ok_on > span.ends_on) == after
        assert 0 < abs((span.last_ok_on - span.ends_on).days) <= 31 or span.last_ok_on == span.ends_on


@given(RULES, DAYS, st.integers(0, 900))
def test_an_end_ends_all(rrule: str, on: date, days: int) -> None:
    last = on + timedelta(days=days)
    held = list(spans(read(rrule), on, last))
    assert all(span.ends_on <= last and span.last_ok_on <= last for span in held if span.starts_on <= span.last_ok_on)
