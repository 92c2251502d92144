"""Events → where a task and its parts stand: who closes which kind, own terms, periods, refusals, requests for more time."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.programmes.enums import EventKind, TaskKind
from dondoc.programmes.rules.replay import Charge, Course, Happening, Line, Share, course_of

TERM = date(2025, 9, 9)
ONE, TWO = Share(1), Share(2)


def day(number: int) -> date:
    """The day that many days after the term; before it, less than none."""
    return TERM + timedelta(days=number)


def event(kind: EventKind, on: int = 0, part: int | None = None, **facts: object) -> Happening:
    return Happening(kind.value, day(on), part, **facts)  # type: ignore[arg-type]


def line(*events: Happening, kind: str = TaskKind.EXECUTE) -> Line:
    return course_of(events, Charge(TERM, kind)).task


def group(*events: Happening, shares: Sequence[Share] = (ONE, TWO), **charge: object) -> Course:
    return course_of(events, Charge(TERM, shares=shares, **charge))  # type: ignore[arg-type]


PRODUCT = {"has_product": True}
RECEIVED, DELIVERED, ACCEPTED = EventKind.RECEIVED, EventKind.DELIVERED, EventKind.ACCEPTED
RETURNED, DECLINED, INSISTED = EventKind.RETURNED, EventKind.DECLINED, EventKind.INSISTED
EXCUSED, RESUMED = EventKind.CANCELLED, EventKind.RESUMED


@pytest.mark.parametrize(
    ("kind", "received", "delivered", "with_product", "accepted"),
    [
        (TaskKind.INFORM, True, True, True, True),
        (TaskKind.EXECUTE, False, False, True, True),
        (TaskKind.REPORT, False, False, False, True),
        (TaskKind.CONSULT, False, False, False, True),
    ],
)
def test_who_closes_follows_from_the_kind(kind: str, received: bool, delivered: bool, with_product: bool, accepted: bool) -> None:
    closing = [
        line(event(RECEIVED), kind=kind),
        line(event(DELIVERED), kind=kind),
        line(event(DELIVERED, **PRODUCT), kind=kind),
        line(event(DELIVERED), event(ACCEPTED, 3), kind=kind),
    ]
    assert [one.done_on == TERM for one in closing] == [received, delivered, with_product, accepted]


class TestOneUnit:
    def test_what_waits_counts_from_its_first_delivery(self) -> None:
        assert line(event(DELIVERED, -1), event(DELIVERED, 4), event(ACCEPTED, 5)).done_on == day(-1)

    def test_a_return_takes_that_day_away(self) -> None:
        course = (event(DELIVERED, -1), event(RETURNED, 1), event(DELIVERED, 4))
        assert (line(*course[:2]).stage, line(*course[:2]).done_on) == ("returned", None)
        assert line(*course, event(ACCEPTED, 5)).done_on == day(4)

    def test_receiving_keeps_its_first_day(self) -> None:
        assert line(event(RECEIVED, -5), event(RECEIVED, -2)).received_on == day(-5)

    @pytest.mark.parametrize("answer", [INSISTED, RECEIVED, DELIVERED, ACCEPTED, EXCUSED])
    def test_a_refusal_waits_for_an_answer(self, answer: EventKind) -> None:
        assert line(event(DECLINED, -5)).stage == "declined"
        assert line(event(DECLINED, -5), event(answer, -4)).stage != "declined"

    def test_a_refusal_says_nothing_of_what_is_done(self) -> None:
        assert line(event(ACCEPTED), event(DECLINED, 1)).stage == ""

    def test_the_giver_cannot_insist_on_what_nobody_declined(self) -> None:
        assert line(event(DELIVERED), event(INSISTED, 1)).stage == "delivered"

    def test_handing_on_and_back(self) -> None:
        first, second, back = (event(EventKind.HANDED_ON, n, person_id=pk) for n, pk in ((-3, 7), (-2, 8), (-1, None)))
        assert [line(first).handler_id, line(first, second).handler_id, line(first, second, back).handler_id] == [7, 8, None]

    def test_another_unit_begins_anew(self) -> None:
        before = (event(RECEIVED, -5), event(EventKind.HANDED_ON, -5, person_id=7), event(DELIVERED, -4))
        after = line(*before, event(EventKind.REASSIGNED, -3))
        assert (after.received_on, after.handler_id, after.delivered_on, after.stage) == (None, None, None, "")
        assert line(*before, event(EventKind.REASSIGNED, -3), event(DELIVERED, 2), event(ACCEPTED, 3)).done_on == day(2)

    @pytest.mark.parametrize("answer", [EventKind.EXTENSION_REFUSED, EventKind.EXTENSION_WITHDRAWN, EventKind.EXTENDED, ACCEPTED])
    def test_a_request_is_open_until_it_is_answered_or_nothing_is_owed(self, answer: EventKind) -> None:
        asked = event(EventKind.EXTENSION_ASKED, -2, new_due_on=day(10))
        assert (line(asked).asking_until, line(asked).last_ok_on) == (day(10), TERM)
        after = line(asked, event(answer, -1, new_due_on=day(5)))
        assert after.asking_until is None
        assert after.last_ok_on == (day(5) if answer == EventKind.EXTENDED else TERM)


class TestGroup:
    def test_it_is_done_on_the_day_of_its_last_part(self) -> None:
        first = event(DELIVERED, -3, 1, **PRODUCT)
        assert group(first).task.done_on is None
        assert group(first, event(DELIVERED, 2, 2, **PRODUCT)).task.done_on == day(2)

    def test_who_is_excused_is_not_waited_for_until_taken_up_again(self) -> None:
        events = (event(DELIVERED, -3, 1, **PRODUCT), event(EXCUSED, -2, 2))
        assert group(*events).task.done_on == day(-3)
        assert group(*events, event(RESUMED, -1, 2)).task.done_on is None

    def test_all_excused_the_givers_word_closes_it(self) -> None:
        events = (event(EXCUSED, -3, 1), event(EXCUSED, -2, 2))
        assert group(*events).task.done_on is None
        assert group(*events, event(ACCEPTED, 1)).task.done_on == day(1)

    def test_whoever_says_it_is_done_while_a_part_is_owed_it_is_not(self) -> None:
        assert group(event(ACCEPTED)).task.done_on is None
        assert group(event(ACCEPTED), shares_decide=False).task.done_on is None

    def test_the_givers_closing_does_not_move_the_day(self) -> None:
        done = [event(DELIVERED, -3, part, **PRODUCT) for part in (1, 2)]
        assert group(*done, event(ACCEPTED, 8)).task.done_on == day(-3)

    def test_a_lead_without_parts_owes_it_too(self) -> None:
        done = [event(DELIVERED, -3, part, **PRODUCT) for part in (1, 2)]
        assert group(*done, shares_decide=False).task.done_on is None
        assert group(*done, event(ACCEPTED, 1), shares_decide=False).task.done_on == day(1)

    def test_it_is_held_to_the_earliest_term_that_is_owed(self) -> None:
        longer = event(EventKind.EXTENDED, -2, 2, new_due_on=day(10))
        assert group(longer).task.last_ok_on == TERM
        assert group(longer, event(DELIVERED, -1, 1, **PRODUCT)).task.last_ok_on == day(10)

    @pytest.mark.parametrize(("first", "second", "late"), [(0, 10, False), (1, 10, True), (0, 11, True), (1, 11, True)])
    def test_done_it_says_truly_whether_a_part_was_late(self, first: int, second: int, late: bool) -> None:
        """The first has the task's term, the second ten days more."""
        longer = event(EventKind.EXTENDED, -2, 2, new_due_on=day(10))
        done = [event(DELIVERED, first, 1, **PRODUCT), event(DELIVERED, second, 2, **PRODUCT)]
        assert group(longer, *done).task.is_late is late

    def test_more_time_for_all_is_more_time_for_each_that_has_less(self) -> None:
        one = event(EventKind.EXTENDED, -3, 2, new_due_on=day(10))
        all_of_them = event(EventKind.EXTENDED, -2, None, new_due_on=day(5))
        parts = group(one, all_of_them).parts
        assert (parts[1].last_ok_on, parts[2].last_ok_on) == (day(5), day(10))

    def test_a_refusal_of_one_concerns_that_one(self) -> None:
        course = group(event(DECLINED, -3, 1))
        assert (course.task.stage, course.parts[1].stage, course.parts[2].stage) == ("", "declined", "")


class TestPeriods:
    SHARES = (Share(1, term=day(-30)), Share(2, term=TERM))

    def test_a_period_keeps_its_term_whatever_is_given_to_the_whole(self) -> None:
        course = group(event(EventKind.EXTENDED, -40, new_due_on=day(60)), shares=self.SHARES)
        assert [one.last_ok_on for one in course.parts.values()] == [day(-30), TERM]

    def test_the_task_is_held_to_the_first_period_still_owed(self) -> None:
        first = event(DELIVERED, -31, 1, **PRODUCT)
        assert group(shares=self.SHARES, goes_on=True).task.last_ok_on == day(-30)
        assert group(first, shares=self.SHARES, goes_on=True).task.last_ok_on == TERM

    def test_between_periods_nothing_is_owed_and_nothing_is_done(self) -> None:
        both = [event(DELIVERED, -31, 1, **PRODUCT), event(DELIVERED, -1, 2, **PRODUCT)]
        going_on = group(*both, shares=self.SHARES, goes_on=True).task
        assert (going_on.done_on, going_on.last_ok_on) == (None, None)
        assert group(*both, shares=self.SHARES).task.done_on == day(-1)

    def test_one_late_period_makes_the_whole_late(self) -> None:
        both = [event(DELIVERED, -29, 1, **PRODUCT), event(DELIVERED, -1, 2, **PRODUCT)]
        assert group(*both, shares=self.SHARES).task.is_late


KINDS = st.sampled_from(list(EventKind))
HAPPENINGS = st.builds(
    event,
    KINDS,
    st.integers(-20, 20),
    st.sampled_from([None, 1, 2, 3]),
    has_product=st.booleans(),
    new_due_on=st.integers(-5, 30).map(day),
    person_id=st.sampled_from([None, 7]),
)
COURSES = st.lists(HAPPENINGS, max_size=14).map(lambda events: sorted(events, key=lambda one: one.happened_on))
CHARGES = st.builds(
    Charge,
    st.sampled_from([None, TERM]),
    st.sampled_from(TaskKind.values),
    shares=st.sampled_from([(), (Share(1),), (Share(1), Share(2), Share(3)), (Share(1, day(-3)), Share(2, day(4)))]),
    shares_decide=st.booleans(),
    goes_on=st.booleans(),
)


@given(COURSES, CHARGES)
def test_what_is_done_misses_no_part_and_waits_for_no_word(events: list[Happening], charge: Charge) -> None:
    course = course_of(events, charge)
    if course.task.done_on:
        assert all(one.done_on or one.paused for one in course.parts.values())
    for one in course.parts.values():
        assert not (one.done_on and (one.stage or one.asking_until))


@given(COURSES, CHARGES)
def test_what_happens_to_one_part_does_not_depend_on_the_others(events: list[Happening], charge: Charge) -> None:
    """Events of different parts on one day may come in any order: each part's own order is all that counts."""
    by_part = sorted(events, key=lambda one: (one.happened_on, one.part_id or 0))
    assert course_of(by_part, charge) == course_of(events, charge)


@given(COURSES, CHARGES)
def test_progress_and_handing_on_move_no_day(events: list[Happening], charge: Charge) -> None:
    quiet = {EventKind.PROGRESS, EventKind.HANDED_ON}
    whole, without = course_of(events, charge), course_of([one for one in events if one.kind not in quiet], charge)
    assert (whole.task.done_on, whole.task.last_ok_on, whole.task.stage) == (
        without.task.done_on,
        without.task.last_ok_on,
        without.task.stage,
    )


@given(COURSES, CHARGES)
def test_a_part_is_never_held_to_less_than_the_task_was_given(events: list[Happening], charge: Charge) -> None:
    own = course_of([one for one in events if one.part_id is None], Charge(charge.last_ok_on, charge.kind)).task
    terms = {share.pk: share.term for share in charge.shares}
    for pk, one in course_of(events, charge).parts.items():
        if terms[pk] is None and own.last_ok_on and one.last_ok_on:
            assert one.last_ok_on >= own.last_ok_on
