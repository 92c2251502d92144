"""What holds of deadlines whatever the text: places, independence of what stands around, dates that no calendar has."""

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.shared import needs_shared, shared_files
from vanban.extract.dates import PERIOD_FORMS, PeriodForm, fold, period_at, week_of_month
from vanban.extract.deadlines import DeadlineMention, find_deadlines, parse_deadline
from vanban.reading import DeadlineKind
from vanban.spans import Span

ISSUED = date(2025, 11, 21)
WORDS = st.sampled_from(
    [
        "trước",
        "ngày",
        "tháng",
        "quý",
        "năm",
        "10",
        "10/9/2025",
        "31/2",
        "2026",
        "-",
        ",",
        ";",
        ".",
        "(",
        ")",
        "hằng",
        "hàng",
        "định",
        "kỳ",
        "6",
        "15",
        "của",
        "cuối",
        "đầu",
        "từ",
        "đến",
        "trong",
        "vòng",
        "kể",
        "làm",
        "việc",
        "thứ",
        "Sáu",
        "tuần",
        "2025-2030",
        "IV/2026",
        "thường",
        "xuyên",
        "chậm",
        "nhất",
        "hết",
        "giai",
        "đoạn",
        "nhiệm",
        "tầm",
        "nhìn",
        "hoàn",
        "thành",
        "\n",
        "và",
        "các",
        "tiếp",
        "theo",
        "29/2",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=25).map(" ".join))


def whole(text: str) -> Span:
    return Span(0, len(text))


@pytest.mark.parametrize("form", PERIOD_FORMS, ids=lambda form: form.name)
def test_each_period_form_reads_its_example(form: PeriodForm) -> None:
    period = period_at(fold(form.example), 0)
    assert period is not None
    assert period.stop == len(form.example)
    held = period.resolve(ISSUED)
    assert held is not None
    assert (held[0].isoformat(), held[1].isoformat()) == form.expected


@given(TEXTS, TEXTS, TEXTS, st.one_of(st.none(), st.just(ISSUED)))
@example("", "trước ngày 30/2/2026", "", ISSUED)
def test_places_lie_inside_and_hold_what_is_told(before: str, middle: str, after: str, issued_on: date | None) -> None:
    text, span = before + middle + after, Span(len(before), len(before) + len(middle))
    mentions = find_deadlines(text, span, issued_on)
    alone = parse_deadline(text, span, issued_on)
    for mention in [*mentions, *([alone] if alone else [])]:
        assert span.contains(mention.span)
        assert len(mention.span) > 0
        assert mention.deadline.text == re.sub(r"\s+", " ", mention.span.of(text)).strip()
    ends = [0, *(mention.span.end for mention in mentions)]
    assert all(end <= mention.span.start for end, mention in zip(ends, mentions, strict=False))


@given(TEXTS, TEXTS, TEXTS)
def test_what_stands_around_does_not_matter(before: str, middle: str, after: str) -> None:
    text, shift = before + middle + after, len(before)
    span = Span(shift, shift + len(middle))

    def moved(mention: DeadlineMention) -> DeadlineMention:
        return DeadlineMention(mention.span.shift(shift), mention.deadline, mention.form)

    assert find_deadlines(text, span, ISSUED) == [moved(m) for m in find_deadlines(middle, whole(middle), ISSUED)]
    alone = parse_deadline(middle, whole(middle), ISSUED)
    assert parse_deadline(text, span, ISSUED) == (moved(alone) if alone else None)


@given(TEXTS, st.integers(0, 60), st.integers(0, 40))
def test_what_is_ignored_is_no_deadline(text: str, start: int, length: int) -> None:
    ignored = Span(start, start + length)
    assert all(not ignored.overlaps(mention.span) for mention in find_deadlines(text, whole(text), ISSUED, [ignored]))


DATES = st.dates(date(2025, 11, 21), date(2099, 12, 31))


@given(
    DATES,
    st.sampled_from(
        [
            "{d}/{m}/{y}",
            "{d:02}/{m:02}/{y}",
            "{d:02}-{m:02}-{y}",
            "{d:02}.{m:02}.{y}",
            "{d:02} tháng {m:02} năm {y}",
            "{d} tháng {m}/{y}",
        ]
    ),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    written = form.format(d=day.day, m=day.month, y=day.year)
    for lead, exclusive in (("trước ngày", True), ("chậm nhất ngày", False), ("đến hết ngày", False)):
        text = f"Hoàn thành {lead} {written}."
        (mention,) = find_deadlines(text, whole(text), ISSUED)
        held = mention.deadline
        assert (held.kind, held.end, held.exclusive) == (DeadlineKind.BY, day, exclusive)


@given(st.integers(1, 12), st.integers(2026, 2099))
def test_every_month_has_its_last_day(month: int, year: int) -> None:
    text = f"tháng {month}/{year}"
    mention = parse_deadline(text, whole(text), ISSUED)
    assert mention is not None
    assert mention.deadline.start == date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    assert mention.deadline.end is not None
    assert (following - mention.deadline.end).days == 1


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_weeks_of_a_month_follow_one_another(year: int, month: int) -> None:
    weeks = [held for number in range(1, 7) if (held := week_of_month(year, month, number))]
    assert 4 <= len(weeks) <= 5
    assert week_of_month(year, month, 0) == weeks[-1]
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(weeks))
    assert all(monday.weekday() == 0 for monday, _ in weeks)


@pytest.mark.parametrize(
    "text",
    [
        "trước ngày 29/2/2026",
        "trước ngày 31/4/2026",
        "trước ngày 31 tháng 6 năm 2026",
        "trước ngày 32/1/2026",
        "trước ngày 15/13/2026",
        "trước ngày 30/2 hằng năm",
        "ngày 31/9/2026",
        "quý V/2026 và tháng 13",
        "",
        "   ",
    ],
)
def test_days_that_no_calendar_has(text: str) -> None:
    mention = parse_deadline(text, whole(text), ISSUED)
    assert mention is None or mention.deadline.end is None
    assert [m for m in find_deadlines(text, whole(text), ISSUED) if m.deadline.end or m.deadline.rrule] == []


def test_leap_day() -> None:
    text = "trước ngày 29/2/2028"
    mention = parse_deadline(text, whole(text), ISSUED)
    assert mention is not None
    assert mention.deadline.end == date(2028, 2, 29)


def test_day_thirty_stays_as_written_for_every_month() -> None:
    text = "trước ngày 30 hằng tháng"
    mention = parse_deadline(text, whole(text), ISSUED)
    assert mention is not None
    assert mention.deadline.rrule == "FREQ=MONTHLY;BYMONTHDAY=30"


@pytest.mark.parametrize(
    ("text", "issued_on", "end"),
    [
        ("trước ngày 15/12", ISSUED, date(2025, 12, 15)),
        ("trước ngày 15/9", ISSUED, date(2026, 9, 15)),
        ("trước ngày 21/11", ISSUED, date(2025, 11, 21)),
        ("trước ngày 15/12", None, None),
    ],
)
def test_a_missing_year_is_the_documents_or_the_next(text: str, issued_on: date | None, end: date | None) -> None:
    mention = parse_deadline(text, whole(text), issued_on)
    assert mention is not None
    assert mention.deadline.kind is DeadlineKind.BY
    assert mention.deadline.end == end


def test_a_day_before_the_documents_own_is_a_fact() -> None:
    text = "Sở Y tế gửi hồ sơ trước ngày 10/9/2025."
    assert find_deadlines(text, whole(text), ISSUED) == []
    assert len(find_deadlines(text, whole(text), date(2025, 8, 7))) == 1


@pytest.mark.corpus
@needs_shared
@pytest.mark.parametrize("path", shared_files("gold/*.json"), ids=lambda path: path.stem)
def test_deadlines_of_the_annotated_documents(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    written = gold["metadata"]["date"]
    issued_on = date.fromisoformat(written) if written else None
    wanted = [
        item["deadline"] for item in [*gold["tasks"], *gold["reporting_duties"]] if item["deadline"] and not item["optional"]
    ]
    for want in wanted:
        mention = parse_deadline(want["text"], whole(want["text"]), issued_on)
        assert mention is not None, want["text"]
        held = mention.deadline
        assert (held.kind.value, held.start and held.start.isoformat(), held.rrule) == (
            want["kind"],
            want["start"],
            want["rrule"],
        ), want["text"]
        if want["end"]:
            assert held.end is not None
            assert held.end.isoformat() == want["end"]
