"""The page of a target: its line to the goal, its periods, its units, what it means and where it is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dondoc.common import clock, wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.documents.places import name_of, url_of
from dondoc.programmes.charts import bars
from dondoc.programmes.enums import Direction, RollUp, Verdict
from dondoc.programmes.models import Measurement, Programme, Target
from dondoc.programmes.queries.targets import Asked, Horizon, asked_one, baseline_words, words_of
from dondoc.programmes.queries.targets_course import Followed, followed
from dondoc.programmes.queries.targets_entry import (
    Slot,
    held,
    history_of,
    measurable_by,
    slots_of,
    target_of,
    with_reviews,
)
from dondoc.programmes.queries.targets_series import Point
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.rules.targets import Goal, milestone_goal
from dondoc.programmes.rules.targets_totals import WITH_FIGURE
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.programmes.views.target_chart import pictures
from dondoc.programmes.views.targets import day_asked
from dondoc.programmes.wording import Badge
from dondoc.programmes.wording_targets import (
    course_badge,
    figure_badge,
    figure_words,
    gap_words,
    nothing_words,
    parts_words,
)
from dondoc.units import access


@dataclass(frozen=True, slots=True)
class Line:
    """A period in the table beside the picture."""

    point: Point
    value: str
    received: str
    parts: str
    badge: Badge
    nothing: str
    measurement: Measurement | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit in a period."""

    slot: Slot
    words: str
    parts: str
    badge: Badge
    picture: SafeString
    goal: str


def target_or_404(programme: Programme, pk: int) -> Target:
    return get_object_or_404(target_of(programme, pk))


@require_safe
def target(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse | FileResponse:
    programme = programme_or_404(request, pk)
    row = target_or_404(programme, target_pk)
    if row.joined_to_id:
        return redirect("programmes:target", pk, row.joined_to_id)
    if form := wanted_format(request):
        rows = with_reviews(row.measurements.filter(newest=True)).order_by("-period_to", "unit__search_text", "pk")
        facts = {"Chương trình": programme.title, "Chỉ tiêu": row.indicator}
        return download(request, form, "Số đo", _COLUMNS, rows.iterator(chunk_size=500), **facts)
    on, today = day_asked(request), clock.today()
    one = followed([asked_one(row, on)], on, today)[0]
    return render(request, "programmes/target.html", _context(request, programme, one, on, today))


def _context(request: HttpRequest, programme: Programme, one: Followed, on: date, today: date) -> dict[str, Any]:
    actor = access.actor(request)
    row = one.asked.target
    point = _point_asked(request, one)
    giver = may_steer(actor, programme)
    context = {
        **head_context(request, programme, "targets"),
        "one": one,
        "target": row,
        "asked": one.asked,
        "badge": course_badge(one.position),
        "gap": gap_words(one),
        "on": on,
        "past": on < today,
        "lines": _lines(one, row),
        "point": point,
        "horizons": _horizons(one.asked, on),
        "baseline": baseline_words(row, one.asked.measure),
        "earlier": one.asked.earlier,
        "source": name_of(row.item),
        "source_url": url_of(row.item),
        "may_measure": bool(measurable_by(actor, row, on)),
        "history": history_of(row),
        "giver": giver,
        **pictures(request, one, on),
    }
    if point and len(point.expected) > 1:
        context["bars"] = _bars(one, slots_of(row, point.span, on), point)
    return context


def _point_asked(request: HttpRequest, one: Followed) -> Point | None:
    """The period of ``?ky=``, else the last of which anything is known."""
    asked = wording.read_day(request.GET.get("ky", ""))
    return next((point for point in one.points if point.span.ends_on == asked), one.last)


def _lines(one: Followed, row: Target) -> list[Line]:
    """The newest first; where one unit measures, with its measurement."""
    single = all(len(point.expected) < 2 for point in one.points)
    rows = with_reviews(row.measurements.filter(newest=True)) if single and one.points else ()
    by_day = {measurement.period_to: measurement for measurement in rows}
    return [_line(one, point, by_day.get(point.span.ends_on)) for point in reversed(one.points)]


def _line(one: Followed, point: Point, measurement: Measurement | None) -> Line:
    received = one.words(point.received_value) if point.received_value is not None else ""
    value = one.words(point.value) if point.value is not None else ""
    if measurement is not None:
        badge = figure_badge(held(measurement).state)
        if measurement.kind not in WITH_FIGURE:
            received = figure_words(measurement)
    elif point.waiting:
        badge = Badge("run", "eye", f"Chờ duyệt {point.waiting}")
    elif point.silent:
        badge = Badge("soon", "clock-exclamation", f"Còn thiếu {len(point.silent)}")
    else:
        badge = Badge("done", "circle-check", "Đã duyệt")
    heap = point.accepted if point.accepted.parts else point.received
    parts = parts_words(heap.numerator, heap.denominator) if heap.parts else ""
    return Line(point, value, "" if received == value else received, parts, badge, nothing_words(point), measurement)


def _horizons(asked: Asked, on: date) -> list[tuple[Any, str, str, bool]]:
    """What is asked for, with the slip of where that is written, and whether it is the next."""
    coming = asked.next(on)
    return [(one, *_slip(one), one is coming) for one in asked.horizons]


def _slip(one: Horizon) -> tuple[str, str]:
    """The passage that states it; of a milestone or a changed value the document that decided it."""
    changed = one.version != min(one.target.versions.all(), key=lambda version: (version.effective_from, version.pk))
    document = one.milestone.decided_by if one.milestone else one.version.decided_by if changed else None
    if document is not None:
        return document.code or document.name, reverse("documents:page", args=[document.pk])
    return name_of(one.target.item), url_of(one.target.item)


def _bars(one: Followed, slots: Sequence[Slot], point: Point) -> list[Bar]:
    """The best first; then those without a figure, those that owe theirs last."""
    known = [abs(slot.held.measurement.value) for slot in slots if slot.held and slot.held.measurement.value is not None]
    coming = one.asked.next(point.span.ends_on)
    goal = coming.goal if coming and one.asked.how != RollUp.SUM else None
    edge = goal.aim(one.asked.direction) if goal and one.asked.direction else Decimal(0)
    most = max([*known, edge, Decimal(0)])
    return [_bar(one, slot, most, goal) for slot in sorted(slots, key=lambda slot: _rank(slot, one.asked.direction))]


def _rank(slot: Slot, direction: Direction | None) -> tuple[int, Decimal, str]:
    if slot.held is None:
        return 2, Decimal(0), slot.unit.search_text
    value = slot.held.measurement.value
    if value is None:
        return 1, Decimal(0), slot.unit.search_text
    return 0, value if direction == Direction.DOWN else -value, slot.unit.search_text


def _bar(one: Followed, slot: Slot, most: Decimal, common: Goal | None) -> Bar:
    """``common``: what is asked of the whole province, which holds for a unit without a share of its own."""
    measurement = slot.held.measurement if slot.held else None
    value = measurement.value if measurement else None
    goal = milestone_goal(one.asked.target, slot.share, one.asked.measure) if slot.share else common
    direction = one.asked.direction
    kind = "none"
    if value is not None and slot.held:
        reached = goal is not None and direction is not None and goal.reached_by(value, direction)
        kind = "wait" if slot.held.state != Verdict.ACCEPTED else "done" if reached else "not"
    edge = goal.aim(direction) if goal and direction else None
    return Bar(
        slot,
        figure_words(measurement, one.asked.measure) if measurement else "chưa ghi",
        parts_words(measurement.numerator, measurement.denominator) if measurement else "",
        figure_badge(slot.held.state if slot.held else ""),
        SafeString("") if measurement and value is None else bars.draw(value, most, kind, edge if value is not None else None),
        words_of(slot.share, one.asked.measure) if slot.share else "",
    )


_STATES = {Verdict.ACCEPTED: "Đã duyệt", Verdict.RETURNED: "Trả lại", "waiting": "Chờ duyệt"}
_COLUMNS = (
    Column[Measurement]("Kỳ", lambda row: wording.day(row.period_from) + " - " + wording.day(row.period_to), width=26),
    Column[Measurement]("Đơn vị", lambda row: row.unit.name, width=32),
    Column[Measurement]("Loại", lambda row: row.get_kind_display()),
    Column[Measurement]("Số", lambda row: row.value),
    Column[Measurement]("Tử số", lambda row: row.numerator),
    Column[Measurement]("Mẫu số", lambda row: row.denominator),
    Column[Measurement]("Trạng thái", lambda row: _STATES[held(row).state]),
    Column[Measurement]("Ngày của số liệu", lambda row: row.happened_on, width=16),
    Column[Measurement]("Nguồn", lambda row: row.source_words, width=36),
    Column[Measurement]("Ghi chú", lambda row: row.note, width=36),
    Column[Measurement]("Người ghi", lambda row: row.recorded_by.full_name, width=24),
    Column[Measurement]("Ghi thay đơn vị", lambda row: "có" if row.on_behalf else ""),
    Column[Measurement]("Ghi lúc", lambda row: row.recorded_at),
)
