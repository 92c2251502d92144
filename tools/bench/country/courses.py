"""What happens to a task and to its parts: random, lawful, and always the same for the same seed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from dondoc.programmes.enums import EventKind
from dondoc.programmes.rules.replay import Happening
from tools.bench.country.scale import TODAY

NEVER = 0.07
"""Of those that owe something by a day, who never hand it in."""


def alone(chance: Random, given_on: date, term: date | None, words: float) -> list[Happening]:
    """A task that one unit leads."""
    events = [Happening(EventKind.RECEIVED, given_on + timedelta(days=chance.randint(0, 6)))]
    if term and chance.random() < 0.08:
        later = term + timedelta(days=chance.randint(15, 45))
        events.append(
            Happening(EventKind.EXTENDED, term - timedelta(days=chance.randint(1, 5)), new_due_on=later, note="Chờ số liệu")
        )
        term = later
    done_on = _finished(chance, given_on, term)
    last = min(done_on or TODAY, TODAY)
    days = max((last - given_on).days, 1)
    for _ in range(chance.randint(0, round(2 * words))):
        day = given_on + timedelta(days=chance.randrange(days))
        events.append(Happening(EventKind.PROGRESS, day, percent=chance.randint(0, 95), note=f"Đã thực hiện đến {day:%d/%m/%Y}"))
    if done_on:
        events += _ending(chance, done_on)
    elif chance.random() < 0.3:
        events.append(Happening(EventKind.SUSPENDED, given_on + timedelta(days=chance.randrange(days)), note="Chờ kinh phí"))
    return in_order(events)


def shared(chance: Random, part_id: int, given_on: date, term: date | None) -> list[Happening]:
    """One unit's part of a task of a group; most hand in on the day of the week on which the office calls."""
    if chance.random() < 0.01:
        return in_order(
            [Happening(EventKind.CANCELLED, given_on + timedelta(days=chance.randint(3, 20)), part_id, note="Không có")]
        )
    events = []
    if chance.random() < 0.5:
        events.append(Happening(EventKind.RECEIVED, given_on + timedelta(days=chance.randint(0, 9)), part_id))
    if done_on := _finished(chance, given_on, term):
        done_on += timedelta(days=-(done_on - given_on).days % 7 if chance.random() < 0.97 else 0)
        events += [replace(event, part_id=part_id) for event in _ending(chance, done_on)]
    return in_order(events)


def _finished(chance: Random, given_on: date, term: date | None) -> date | None:
    if term is None:
        return given_on + timedelta(days=chance.randint(30, 500)) if chance.random() < 0.45 else None
    if chance.random() < NEVER:
        return None
    return max(term + timedelta(days=round(chance.gauss(-7, 11))), given_on + timedelta(days=2))


def _ending(chance: Random, done_on: date) -> Iterator[Happening]:
    """With a product it is done, else the giver says so some days later."""
    if chance.random() < 0.85:
        yield Happening(EventKind.DELIVERED, done_on, has_product=True)
        return
    yield Happening(EventKind.DELIVERED, done_on, note="Đã hoàn thành, có biên bản kèm theo")
    yield Happening(EventKind.ACCEPTED, done_on + timedelta(days=chance.randint(1, 9)))


def in_order(events: list[Happening]) -> list[Happening]:
    """What has happened by the country's day, the first first."""
    return sorted((event for event in events if event.happened_on <= TODAY), key=lambda event: event.happened_on)
