"""Đúng hạn: a row a unit, and the reports behind one."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common import wording
from dondoc.common.downloading import download, download_parts, wanted_format
from dondoc.common.exporting import Column, Format, Part
from dondoc.common.pages import page_of
from dondoc.reporting.queries import timeliness as queries
from dondoc.reporting.queries.timeliness import Instance, Punctuality
from dondoc.units import access
from dondoc.units.models import Unit
from dondoc.units.queries import visible_units

PAGE = 200
NAME = "Đúng hạn báo cáo"
COLUMNS: tuple[Column[Punctuality], ...] = (
    Column("Đơn vị", lambda one: one.unit.name, width=32),
    Column("Phải nộp", lambda one: one.expected),
    Column("Đã nộp", lambda one: one.received),
    Column("Đúng hạn", lambda one: one.on_time),
    Column("Đúng hạn (%)", lambda one: None if one.share is None else round(one.share, 1)),
    Column("Nộp trễ", lambda one: one.late),
    Column("Tổng số ngày trễ", lambda one: one.late_days),
    Column("Chưa nộp", lambda one: one.missing),
    Column("Được miễn", lambda one: one.exempt),
)
INSTANCES: tuple[Column[Instance], ...] = (
    Column("Đơn vị", lambda one: one.report.unit.name, width=32),
    Column("Đợt báo cáo", lambda one: one.report.campaign.title, width=60),
    Column("Kỳ", lambda one: one.report.campaign.period_name),
    Column("Cơ quan nhận", lambda one: one.report.campaign.recipient.name, width=30),
    Column("Hạn nộp", lambda one: one.report.campaign.last_ok_on),
    Column("Nộp lần đầu", lambda one: one.report.first_received_on),
    Column("Trễ (ngày)", lambda one: one.late),
    Column("Tình hình", lambda one: one.words, width=26),
    Column("Lý do miễn", lambda one: one.exempt_for, width=40),
)


@require_safe
def timeliness(request: HttpRequest) -> HttpResponseBase:
    """A unit sees its own row; who receives reports those of all units that report to them."""
    actor = access.actor(request)
    year = _number(request.GET.get("nam", ""))
    text = request.GET.get("tim", "")
    found = queries.by_unit(actor, year=year, text=text)
    if file := wanted_format(request):
        facts = {"Năm": str(year or "tất cả"), "Tính đến": wording.day(actor.on)}
        rows = queries.rows_of(list(found))
        if file == Format.CSV:
            return download(request, file, NAME, COLUMNS, rows, **facts)
        every = Part("Từng báo cáo", INSTANCES, queries.of_all(actor, year=year, text=text))
        return download_parts(request, file, NAME, [Part("Theo đơn vị", COLUMNS, rows), every], **facts)
    page = page_of(request, found, PAGE)  # type: ignore[type-var] # rows of values are cut into pages like rows
    rows = queries.rows_of(list(page.object_list))
    unit = _unit(request, rows)
    context = {
        "page": page,
        "rows": rows,
        "unit": unit,
        "instances": queries.of_unit(actor, unit.pk, year) if unit else [],
        "year": year,
        "years": queries.years_of(actor),
        "text": text,
        "today": actor.on,
    }
    return render(request, "reporting/timeliness.html", context)


def _unit(request: HttpRequest, rows: list[Punctuality]) -> Unit | None:
    """The one that was asked for, or the only one."""
    wanted = _number(request.GET.get("don-vi", ""))
    if wanted:
        return visible_units(access.actor(request)).filter(pk=wanted).first()
    return rows[0].unit if len(rows) == 1 else None


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
