"""Review of what one unit handed in: what changed, what is unlikely, remarks; it is accepted, or returned with a reason and a day."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.enums import Nothing, RemarkCode, ReturnState
from dondoc.reporting.models import Return
from dondoc.reporting.queries.changes import changes_of, unlikely_in
from dondoc.reporting.queries.content import cells_of, earlier_of, facts, texts_of
from dondoc.reporting.rules.cells import Cell, Place, Sheet
from dondoc.reporting.rules.fields import number_words
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts
from dondoc.reporting.services import reviewing
from dondoc.reporting.views.campaigns import context_of, received_or_refused
from dondoc.units import access

NOT_A_DAY = "Ghi hạn nộp lại theo ngày/tháng/năm, ví dụ 09/9/2025."


@dataclass(frozen=True, slots=True)
class ShownCell:
    """``before``: what stood there in the submission before, where it was something else; ``usual``: the others' median."""

    words: str
    explanation: str = ""
    before: str = ""
    usual: str = ""


@require_safe
def review(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    campaign = received_or_refused(request, pk)
    held = _report_or_404(campaign.returns, report)
    changes = changes_of(held)
    only = request.GET.get("xem") == "thay-doi" and not changes.is_first
    context = {
        **context_of(request, campaign),
        "report": held,
        "changes": changes,
        "only": only,
        "tables": _tables(held, changes.cells, only=only),
        "sections": _sections(held, changes.texts, only=only),
        "remarks": held.remarks.select_related("indicator", "section", "made_by"),
        "codes": RemarkCode.choices,
        "places": _places(held),
        "may_accept": held.state == ReturnState.RECEIVED,
        "may_return": held.state in {ReturnState.RECEIVED, ReturnState.ACCEPTED},
        "is_in": bool(held.first_received_on),
    }
    return render(request, "reporting/review.html", context)


@require_POST
def act(request: HttpRequest, pk: int, report: int, what: str) -> HttpResponse:
    """Remark, return or accept; what is refused is said above the page."""
    campaign = received_or_refused(request, pk)
    held = _report_or_404(campaign.returns, report)
    try:
        _ACTS[what](request, held)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _SAID[what])
    return redirect("reporting:review", pk, report)


def _accept(request: HttpRequest, report: Return) -> None:
    actor = access.actor(request)
    reviewing.accept(actor=actor, report=report, at=clock.now(), happened_on=actor.on)


def _return(request: HttpRequest, report: Return) -> None:
    actor = access.actor(request)
    hand_in_by = wording.read_day(request.POST.get("hand_in_by", ""), actor.on)
    if hand_in_by is None:
        raise Refused(NOT_A_DAY, field="hand_in_by")
    reviewing.return_(
        actor=actor,
        report=report,
        at=clock.now(),
        happened_on=actor.on,
        reason_code=request.POST.get("code", ""),
        reason=request.POST.get("text", ""),
        hand_in_by=hand_in_by,
    )


def _remark(request: HttpRequest, report: Return) -> None:
    """``where``: ``muc:I``, ``o:C.03:2025``, or nothing for the report as a whole."""
    kind, _, rest = request.POST.get("where", "").partition(":")
    code, _, column = rest.partition(":")
    known = {value for value, _ in _places(report)}
    if kind and request.POST["where"] not in known:
        raise Refused("Mẫu không có chỗ này. Chọn chỗ trong danh sách.", field="where")
    reviewing.remark(
        actor=access.actor(request),
        report=report,
        at=clock.now(),
        code=request.POST.get("code", ""),
        text=request.POST.get("text", ""),
        place=Place(code, column) if kind == "o" else None,
        section=rest if kind == "muc" else "",
    )


_ACTS: dict[str, Callable[[HttpRequest, Return], None]] = {"duyet": _accept, "tra-lai": _return, "y-kien": _remark}
_SAID = {"duyet": "Đã duyệt báo cáo.", "tra-lai": "Đã trả lại báo cáo.", "y-kien": "Đã ghi ý kiến."}


def _report_or_404(reports: Any, pk: int) -> Return:
    held: Return = get_object_or_404(reports.select_related("unit", "campaign", "group__template__template"), pk=pk)
    return held


def _places(report: Return) -> list[tuple[str, str]]:
    what = facts(report.group.template)
    return [
        *((f"muc:{one.code}", f"Mục {one.code}. {one.heading}") for one in what.sections if one.asks),
        *(
            (f"o:{one.code}:{column.key}", f"{one.code} {one.name}, {column.words}")
            for table in what.tables
            for one in table.indicators
            for column in table.columns
        ),
    ]


def _tables(report: Return, changed: Any, *, only: bool) -> list[tuple[TableFacts, list[tuple[IndicatorFacts, list[ShownCell]]]]]:
    what = facts(report.group.template)
    cells = cells_of(report, "sent_")
    sheet, unlikely = Sheet(what, cells, earlier_of(report)), unlikely_in(report)

    def shown(one: IndicatorFacts, place: Place) -> ShownCell:
        before = _words(changed[place], one) or "chưa ghi" if place in changed else ""
        usual = number_words(unlikely[place], one) if place in unlikely else ""
        return ShownCell(_words(sheet.cell(place), one), cells.get(place, Cell()).explanation, before, usual)

    return [
        (
            table,
            [
                (one, [shown(one, Place(one.code, column.key)) for column in table.columns])
                for one in table.indicators
                if not only or any(Place(one.code, column.key) in changed for column in table.columns)
            ],
        )
        for table in what.tables
    ]


def _sections(report: Return, changed: Any, *, only: bool) -> list[dict[str, Any]]:
    texts = texts_of(report, "sent_")
    return [
        {"section": one, "text": texts.get(one.code, ""), "before": changed.get(one.code), "is_changed": one.code in changed}
        for one in facts(report.group.template).sections
        if one.asks and (not only or one.code in changed)
    ]


def _words(cell: Cell, one: IndicatorFacts) -> str:
    if cell.number is not None:
        return number_words(cell.number, one)
    return str(Nothing(cell.nothing).label) if cell.nothing else ""
