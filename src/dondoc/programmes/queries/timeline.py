"""What the timeline of a programme shows: tasks in the order of the document or by agency, each with its days, as of a day."""

from array import array
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Max, Min, Q

from dondoc.common import wording
from dondoc.documents.places import name_of_section
from dondoc.programmes.charts.timeline import DONE, LATE, MISSED, OPEN, Bar, Turn, Window, window_of
from dondoc.programmes.models import Period, Programme, Task
from dondoc.programmes.queries.board import BoardQuery, Order, order_with
from dondoc.programmes.queries.rows import Row, rows_of
from dondoc.programmes.queries.tasks import chosen, tasks_on
from dondoc.programmes.rules.deadlines import is_extended, last_good_day

NEAR_BEFORE, NEAR_AFTER = relativedelta(months=6), relativedelta(months=12)
WHOLE_MONTHS = 26
ADDED = "Giao thêm ngoài văn bản gốc"


@dataclass(frozen=True, slots=True)
class Line:
    """A task of the timeline: the board's row of it, and its bar."""

    row: Row
    bar: Bar

    @property
    def name(self) -> str:
        return f"tl-{self.row.pk}"


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks under one heading of this page; ``total``: how many stand under it on all pages."""

    words: str
    total: int
    lines: list[Line]

    @property
    def done(self) -> int:
        return sum(1 for line in self.lines if line.row.done_on)

    @property
    def late(self) -> int:
        return sum(1 for line in self.lines if line.row.key == MISSED)


def by_section(programme: Programme, query: BoardQuery, unit_ids: Collection[int]) -> Order:
    """Tasks as the document has them, under the headings above theirs; what was added by hand comes last."""
    tasks = chosen(tasks_on(programme, query.day), query.choice, unit_ids)
    rows = tasks.order_by("position", "pk").values_list("pk", "section", "origin")
    places: dict[str, int] = {}
    keyed = [(places.setdefault(words := _heading(section, origin), len(places)), words, pk) for pk, section, origin in rows]
    keyed.sort(key=lambda row: (row[1] == ADDED, row[0]))
    counted = [(words, sum(1 for _ in held), None) for words, held in groupby(keyed, key=lambda row: row[1])]
    return order_with(counted, array("q", (pk for *_, pk in keyed)))


def _heading(section: str, origin: int | None) -> str:
    """Mục III.2 for what stands in III.2.b."""
    if origin is not None:
        return ADDED
    above, _, _ = section.rpartition(".")
    words = name_of_section(above if above and above != section else section)
    return words[:1].upper() + words[1:]


def span_of(programme: Programme, day: date) -> tuple[date, date]:
    """The first and the last day that any task of the programme has."""
    tasks = tasks_on(programme, day)
    found = tasks.aggregate(
        given=Min("given_on"), started=Min("starts_on"), due=Max("last_ok_on"), named=Max("due_on"), done=Max("done_on")
    )
    first = [one for one in (found["given"], found["started"]) if one]
    last = [one for one in (found["due"], found["named"], found["done"], day) if one]
    return min([*first, day]), max(last)


def frame(first: date, last: date, day: date, *, whole: bool | None = None) -> tuple[Window, bool]:
    """The days to show, and whether these are all: all where they fit, else the time around the day, unless one is asked for."""
    fits = first + relativedelta(months=WHOLE_MONTHS) >= last
    if whole or (whole is None and fits):
        return window_of(first, last), True
    return window_of(max(first, day - NEAR_BEFORE), min(max(last, day), day + NEAR_AFTER)), False


def lines_of(programme: Programme, plan_id: int, pks: Sequence[int], query: BoardQuery, unit_ids: Collection[int]) -> list[Line]:
    """The tasks of a page with their bars, in this order."""
    rows = rows_of(programme.pk, plan_id, pks, day=query.day, today=query.today, unit_ids=unit_ids)
    facts = {fact["pk"]: fact for fact in Task.objects.filter(pk__in=pks).order_by().values(*_FACTS)}
    turns = _turns([pk for pk, fact in facts.items() if fact["rrule"]], query.day)
    return [Line(row, _bar(row, facts[row.pk], turns.get(row.pk, ()), query.day)) for row in rows]


_FACTS = ("pk", "given_on", "starts_on", "due_on", "exclusive", "rrule")


def groups_of(lines: Sequence[Line], order: Order, page: int) -> Iterator[Group]:
    """The lines of a page under its headings."""
    starts = sorted(order.places(page).items())
    ends = [*(place for place, _ in starts[1:]), len(lines)]
    for (start, (words, total)), end in zip(starts, ends, strict=False):
        yield Group(words, total, list(lines[start:end]))


def _bar(row: Row, fact: dict[str, Any], turns: Sequence[Turn], day: date) -> Bar:
    starts_on = fact["starts_on"] or fact["given_on"]
    first = last_good_day(fact["due_on"], exclusive=fact["exclusive"])
    moved = is_extended(row.last_ok_on, first, own_terms=bool(fact["rrule"]))
    return Bar(
        starts_on=starts_on,
        day=day,
        key=row.key,
        words=_words(row, starts_on, first if moved else None),
        last_ok_on=row.last_ok_on,
        first_ok_on=first if moved else None,
        done_on=row.done_on,
        share=_share(row),
        turns=turns,
    )


def _share(row: Row) -> float | None:
    if row.done_on:
        return 1.0
    if row.share and row.share.total:
        return row.share.all_done / row.share.total
    return row.percent / 100 if row.percent is not None else None


def _words(row: Row, starts_on: date, first: date | None) -> str:
    """What the bar shows, for those who do not see it."""
    parts = [f"từ {wording.day(starts_on)}"]
    if row.last_ok_on:
        parts.append(f"đến {wording.day(row.last_ok_on)}")
    if first:
        parts.append(f"hạn đầu {wording.day(first)}")
    if row.done_on:
        parts.append(f"xong {wording.day(row.done_on)}")
    if row.share:
        parts.append(f"{row.share.all_done}/{row.share.total} đã {row.verb}")
    return f"{row.badge.text}, {', '.join(parts)}"


def _turns(pks: Sequence[int], day: date) -> dict[int, list[Turn]]:
    """The periods of recurring tasks; kept where all who owe had done it by the day."""
    if not pks:
        return {}
    owed = Q(parts__excused=False)
    by_day = owed & Q(parts__done_on__lte=day)
    periods = Period.objects.filter(task__in=pks).annotate(
        total=Count("parts", filter=owed), done=Count("parts", filter=by_day), ended=Max("parts__done_on", filter=by_day)
    )
    found: dict[int, list[Turn]] = {}
    for task_id, name, last, total, done, ended in periods.order_by("starts_on").values_list(
        "task_id", "name", "last_ok_on", "total", "done", "ended"
    ):
        kept = total > 0 and done >= total
        kind = (LATE if ended > last else DONE) if kept else MISSED if last < day and total else OPEN
        found.setdefault(task_id, []).append(Turn(name, last, kind))
    return found
