"""The events of a task → the stretches of days over which what decides its state stays the same.

A state follows from a day and four facts: the term, the day it was done, whether it is stopped, and, where there is no term, the last
word. So the figures of any day are one condition on the stretches that hold on it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from dondoc.programmes.enums import EventKind
from dondoc.programmes.rules.replay import Charge, Course, Fold, Happening, Line, Share

FOR_EVER = date.max
"""The end of a stretch that has none yet."""


@dataclass(frozen=True, slots=True)
class Story:
    """All that is known of a task. ``charge`` has the shares of every period; ``leads``: units that owe the task whole.

    It is counted from ``given_on`` until the day before ``ends_on``.
    """

    charge: Charge
    given_on: date
    ends_on: date | None = None
    recurring: bool = False
    leads: Collection[int] = ()
    events: Sequence[Happening] = field(default_factory=list)

    def shares_on(self, day: date) -> list[Share]:
        """A period's parts are there from the day on which it opens."""
        return [share for share in self.charge.shares if share.opens_on is None or share.opens_on <= day]

    def goes_on(self, day: date) -> bool:
        """Whether periods of a recurring task are still to come: until its last day."""
        return self.recurring and (self.charge.last_ok_on is None or day < self.charge.last_ok_on)

    def course_on(self, day: date) -> Course:
        fold = Fold(self.charge)
        for event in self.events:
            if event.happened_on <= day:
                fold.add(event)
        return fold.course(self.shares_on(day), goes_on=self.goes_on(day))


class Owner(NamedTuple):
    """Whose figures a stretch belongs to: the programme's where there is no unit."""

    unit_id: int | None = None
    part_id: int | None = None


class Facts(NamedTuple):
    """``first_ok_on``: the term as it would be without extensions. ``word_on`` is known only where silence counts."""

    last_ok_on: date | None
    first_ok_on: date | None
    done_on: date | None
    paused: str
    word_on: date | None


class Stretch(NamedTuple):
    """From a day until the day before ``to_on``; ``given_on``: the day from which it is owed at all."""

    owner: Owner
    given_on: date
    from_on: date
    to_on: date
    facts: Facts


def stretches_of(story: Story) -> Iterator[Stretch]:
    """All stretches of a task and of what each unit owes of it."""
    ends_on = story.ends_on or FOR_EVER
    held: dict[Owner, tuple[date, date, Facts]] = {}
    for day, facts in _changes(story):
        if day >= ends_on:
            break
        for owner, now in facts.items():
            given_on, since, before = held.get(owner, (day, day, now))
            if before != now:
                yield Stretch(owner, given_on, since, day, before)
                since = day
            held[owner] = (given_on, since, now)
    for owner, (given_on, since, now) in held.items():
        yield Stretch(owner, given_on, since, ends_on, now)


def _changes(story: Story) -> Iterator[tuple[date, dict[Owner, Facts]]]:
    """The facts that may have changed, on each day on which some may."""
    fold = Fold(story.charge)
    extended = any(event.kind == EventKind.EXTENDED for event in story.events)
    first = Fold(story.charge) if extended else fold
    before: object = None
    for day, events in _by_day(story):
        for event in events:
            fold.add(event)
            if extended and event.kind != EventKind.EXTENDED:
                first.add(event)
        shares, goes_on = story.shares_on(day), story.goes_on(day)
        now = fold.course(shares, goes_on=goes_on)
        then = first.course(shares, goes_on=goes_on) if extended else now
        common = (now.task.done_on, now.task.paused, fold.own.last_ok_on)
        if common == before:
            changed = {event.part_id for event in events}
            shares = [share for share in shares if share.pk in changed or share.opens_on == day]
        before = common
        leads = dict.fromkeys(map(Owner, story.leads), _facts_of(fold.own, first.own, story.given_on))
        yield day, {Owner(): _facts_of(now.task, then.task, story.given_on), **leads, **_of_parts(story, shares, now, then)}


def _by_day(story: Story) -> Iterator[tuple[date, list[Happening]]]:
    """Each day on which something may change with what happened since the one before."""
    at = 0
    for day in _days(story):
        start = at
        while at < len(story.events) and story.events[at].happened_on <= day:
            at += 1
        yield day, list(story.events[start:at])


def _days(story: Story) -> list[date]:
    days = {event.happened_on for event in story.events}
    days.update(share.opens_on for share in story.charge.shares if share.opens_on)
    if story.recurring and story.charge.last_ok_on:
        days.add(story.charge.last_ok_on)
    return [story.given_on, *sorted(day for day in days if day > story.given_on)]


def _of_parts(story: Story, shares: Collection[Share], now: Course, first: Course) -> dict[Owner, Facts]:
    facts = {}
    for share in shares:
        since = max(story.given_on, share.opens_on or story.given_on)
        line = _closed_with(now.parts[share.pk], now.task)
        facts[Owner(share.unit_id, share.pk)] = _facts_of(line, first.parts[share.pk], since)
    return facts


def _closed_with(part: Line, task: Line) -> Line:
    """What is stopped or done as a whole is stopped or done for each unit."""
    if part.done_on or not (task.paused or task.done_on):
        return part
    paused = part.paused or task.paused
    return Line(last_ok_on=part.last_ok_on, done_on=None if paused else task.done_on, paused=paused)


def _facts_of(line: Line, first: Line, given_on: date) -> Facts:
    undated = line.done_on is None and line.last_ok_on is None and not line.paused
    word_on = (line.reported_on or given_on) if undated else None
    return Facts(line.last_ok_on, first.last_ok_on, line.done_on, "" if line.done_on else line.paused, word_on)
