"""All units of a period at once: what each said, to enter, correct, accept and return."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dondoc.common import clock, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents.places import name_of, url_of
from dondoc.programmes.forms.targets import CellForm, GridForm, figure_of
from dondoc.programmes.models import Measurement, Programme, Target
from dondoc.programmes.queries.targets import Asked, asked_one
from dondoc.programmes.queries.targets_entry import Slot, measurable_by, slots_of, span_chosen, spans_to_enter, takes_any_day
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.rules.targets import is_ratio
from dondoc.programmes.rules.targets_periods import Span
from dondoc.programmes.services import targets_measuring
from dondoc.programmes.services.targets_measuring import NOT_MEASURING, Entry
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.programmes.views.target import target_or_404
from dondoc.programmes.views.targets_measure import say
from dondoc.programmes.wording import Badge
from dondoc.programmes.wording_targets import figure_badge, figure_words
from dondoc.units import access


@dataclass(slots=True)
class Cell:
    """A unit's row; without a form the person may only look at it."""

    slot: Slot
    words: str
    badge: Badge
    form: CellForm | None
    saved: bool = False

    @property
    def accepts(self) -> bool:
        return self.slot.held is not None and not self.slot.held.measurement.counted and not self.slot.held.is_returned


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, pk: int, target_pk: int) -> HttpResponse:
    """Rows that are sound are kept; the others come back as they were typed, each fault in its cell."""
    programme = programme_or_404(request, pk)
    row = target_or_404(programme, target_pk)
    today = clock.today()
    span = span_chosen(row, wording.read_day(request.GET.get("ky", "")), today)
    asked = asked_one(row, today)
    if not measurable_by(access.actor(request), row, span.ends_on if span else today):
        raise NotAllowed(NOT_MEASURING)
    if span is None:
        return _page(request, programme, asked, None, [], None)
    common = _common(request, programme, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, programme, asked, span, _cells(request, asked, span), common)
    cells = _cells(request, asked, span, request.POST)
    faulty, saved = _save(request, asked, span, cells, common)
    if not faulty and common.is_valid():
        messages.success(request, f"Đã ghi {saved} số đo" if saved else "Không có số nào thay đổi")
        return redirect(f"{reverse('programmes:grid', args=[pk, target_pk])}?ky={span.ends_on}")
    fresh = {cell.slot.unit.pk: cell for cell in _cells(request, asked, span)}
    kept = [cell if cell.slot.unit.pk in faulty else fresh.get(cell.slot.unit.pk, cell) for cell in cells]
    return _page(request, programme, asked, span, kept, common, saved=saved, faulty=len(faulty))


def _common(request: HttpRequest, programme: Programme, data: QueryDict | None) -> GridForm:
    return GridForm(data, today=clock.today(), giver=may_steer(access.actor(request), programme), prefix="chung")


def _cells(request: HttpRequest, asked: Asked, span: Span, data: QueryDict | None = None) -> list[Cell]:
    """One a unit. A row that was typed in is compared with what the person saw, not with what somebody wrote since."""
    actor = access.actor(request)
    slots = slots_of(asked.target, span, actor.on)
    mine = {unit.pk for unit in measurable_by(actor, asked.target, span.ends_on)}
    seen = _seen(asked.target, data, slots)
    cells = []
    for slot in slots:
        form = None
        if slot.unit.pk in mine:
            form = CellForm(data, unit=slot.unit, seen=seen.get(slot.unit.pk), target=asked.target, measure=asked.measure)
        words = figure_words(slot.held.measurement, asked.measure) if slot.held else ""
        cells.append(Cell(slot, words, figure_badge(slot.held.state if slot.held else ""), form))
    return cells


def _seen(target: Target, data: QueryDict | None, slots: Sequence[Slot]) -> dict[int, Measurement]:
    """The rows that the page showed, by unit: those that stand, or those that the form names."""
    if data is None:
        return {slot.unit.pk: slot.held.measurement for slot in slots if slot.held}
    named = [data.get(f"u{slot.unit.pk}-seen", "") for slot in slots]
    rows = target.measurements.filter(pk__in=[int(pk) for pk in named if pk.isdecimal()])
    return {row.unit_id: row for row in rows}


def _save(request: HttpRequest, asked: Asked, span: Span, cells: Sequence[Cell], common: GridForm) -> tuple[set[int], int]:
    """The units whose rows could not be kept, and how many were."""
    faulty: set[int] = set()
    saved = 0
    for cell in cells:
        if cell.form is None or not cell.form.touched:
            continue
        if common.is_valid() and cell.form.is_valid() and _record(request, asked, span, cell, common):
            saved += 1
        else:
            faulty.add(cell.slot.unit.pk)
    return faulty, saved


def _record(request: HttpRequest, asked: Asked, span: Span, cell: Cell, common: GridForm) -> bool:
    assert cell.form is not None  # noqa: S101 - rows without a form are not kept
    shared, facts = common.cleaned_data, cell.form.cleaned_data
    try:
        targets_measuring.record(
            actor=access.actor(request),
            target=asked.target,
            unit=cell.slot.unit,
            span=span,
            entry=Entry(figure_of(facts), shared["happened_on"], shared["source_words"], explanation=shared["reason"]),
            seen=facts.get("seen"),
            at=clock.now(),
            reason=shared["reason"],
            accept_it=shared.get("accept_it", False),
        )
    except NotAllowed:
        raise
    except Refused as refusal:
        say(cell.form, refusal)
        return False
    return True


def _page(
    request: HttpRequest,
    programme: Programme,
    asked: Asked,
    span: Span | None,
    cells: Sequence[Cell],
    common: GridForm | None,
    *,
    saved: int = 0,
    faulty: int = 0,
) -> HttpResponse:
    row = asked.target
    context: dict[str, Any] = {
        **head_context(request, programme, "targets"),
        "target": row,
        "asked": asked,
        "ratio": is_ratio(row),
        "span": span,
        "spans": spans_to_enter(row, clock.today()),
        "any_day": takes_any_day(row),
        "cells": cells,
        "common": common,
        "saved": saved,
        "faulty": faulty,
        "missing": [cell.slot.unit for cell in cells if cell.slot.held is None],
        "waiting": sum(cell.accepts for cell in cells),
        "giver": may_steer(access.actor(request), programme),
        "source": name_of(row.item),
        "source_url": url_of(row.item),
    }
    bad = bool(faulty) or (common is not None and common.is_bound and not common.is_valid())
    return render(request, "programmes/target_grid.html", context, status=422 if bad else 200)
