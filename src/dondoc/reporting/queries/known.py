"""Figures of a report that the platform knows already: the unit's own tasks, its measured targets, and what it has consolidated.

Of a later hop, what was accepted in the hop before (queries/feeding.py). For the rest an indicator says where its figure comes from
by ``source``: ``chi-tieu`` what the unit has measured (queries/measured.py); ``nhiem-vu:co-han`` and its kin count the unit's tasks
whose last good day lies in the cut-off window, as they stood on the window's last day (or stand today, where that is yet to come).
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from dondoc.common import wording
from dondoc.programmes.queries.spells import Figures, figures_by, held_on, owned
from dondoc.reporting.models import Campaign, Return
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.feeding import fed_figures
from dondoc.reporting.queries.measured import measured_of
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.known import Known

_FIGURES: dict[str, tuple[str, Callable[[Figures], int]]] = {
    "nhiem-vu:co-han": ("tat-ca", lambda one: one.dated),
    "nhiem-vu:dung-han": ("dung-han", lambda one: one.done_on_time),
    "nhiem-vu:tre-han": ("tre-han", lambda one: one.done_late),
    "nhiem-vu:qua-han": ("qua-han", lambda one: one.overdue),
}


def known_of(report: Return, on: date) -> Mapping[Place, Known]:
    """Consolidated figures, measured ones, and in the last column of each table the counts of the unit's own tasks."""
    return {**_counted(report, on), **measured_of(report, facts(report.group.template), on), **fed_figures(report)}


def _counted(report: Return, on: date) -> Mapping[Place, Known]:
    """One query, or none where nothing asks for it."""
    asked = {
        Place(one.code, table.columns[-1].key): one.source
        for table in facts(report.group.template).tables
        for one in table.indicators
        if one.source in _FIGURES and table.columns and not one.formula
    }
    campaign = report.campaign
    if not asked or campaign.programme_id is None:
        return {}
    day = min(campaign.window_to or on, on)
    figures = _figures(campaign, report.unit_id, day)
    words = f"Theo dõi nhiệm vụ, {_window(campaign, day)}"
    return {place: _known(source, figures, report, day, words) for place, source in asked.items()}


def _figures(campaign: Campaign, unit_id: int, day: date) -> Figures:
    spells = owned(held_on(day, [campaign.programme_id or 0]), unit_id)
    if campaign.window_from:
        spells = spells.filter(last_ok_on__gte=campaign.window_from)
    if campaign.window_to:
        spells = spells.filter(last_ok_on__lte=campaign.window_to)
    return figures_by("unit", spells, day).get(unit_id, Figures())


def _known(source: str, figures: Figures, report: Return, day: date, words: str) -> Known:
    state, number = _FIGURES[source]
    window = {"han-tu": report.campaign.window_from, "han-den": report.campaign.window_to}
    asked = {
        "ngay": day.isoformat(), "chuong-trinh": report.campaign.programme_id, "co-quan": report.unit_id, "trang-thai": state,
        **{name: end.isoformat() for name, end in window.items() if end},
    }  # fmt: skip
    return Known(Decimal(number(figures)), words, f"{reverse('statistics:rows')}?{urlencode(asked)}")


def _window(campaign: Campaign, day: date) -> str:
    """*hạn từ 14/6/2025 đến 17/9/2025, tính đến 12/9/2025*, as far as there is a window."""
    ends = [f"{word} {wording.day(end)}" for word, end in (("từ", campaign.window_from), ("đến", campaign.window_to)) if end]
    return ", ".join([*(["hạn " + " ".join(ends)] if ends else []), f"tính đến {wording.day(day)}"])
