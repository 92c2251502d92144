"""All data of a campaign as a file: for who receives it all of it, for a unit its own."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from dondoc.common import wording
from dondoc.common.downloading import KEY, download_parts, hand_out
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.exporting import MOST_ROWS, Column, Format, Part
from dondoc.reporting.enums import Nothing
from dondoc.reporting.models import Campaign, Return, ReturnEvent
from dondoc.reporting.queries import records as queries
from dondoc.reporting.queries.records import Course, Number, Scope, Text
from dondoc.reporting.queries.visible import visible_campaigns
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.rules.rights import may_fill
from dondoc.reporting.views.campaigns import ONLY_RECEIVERS
from dondoc.reporting.views.record_file import write_json
from dondoc.units import access

NAME = "Số liệu đợt báo cáo"
JSON = "json"


@require_safe
def records(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What can be had, and the file that the address asks for."""
    actor = access.actor(request)
    rows = visible_campaigns(actor).select_related("recipient", "programme", "feeds")
    campaign = get_object_or_404(rows, pk=pk)
    scope = queries.scope_of(actor, campaign)
    own = next((one for one in scope.reports if may_fill(actor, one)), None) if not scope.whole else None
    if not scope.whole and own is None:
        raise NotAllowed(ONLY_RECEIVERS)
    wanted = request.GET.get(KEY, "")
    too_many = _too_many(queries.most_numbers(scope))
    if wanted == JSON:
        return hand_out(NAME, JSON, "application/json", lambda target: write_json(target, scope, actor.on))
    if wanted in set(Format):
        if wanted == Format.XLSX and too_many:
            raise Refused(too_many)
        return download_parts(request, Format(wanted), NAME, _parts(scope, actor.on), **_facts(scope, own))
    context = {"campaign": campaign, "scope": scope, "own": own, "too_many": too_many, "reports": scope.reports.count()}
    return render(request, "reporting/records.html", context)


def _too_many(count: int) -> str:
    if count <= MOST_ROWS:
        return ""
    return (
        f"Đợt này có đến {wording.number(count)} dòng số liệu, một trang Excel chỉ chứa {wording.number(MOST_ROWS)} dòng. "
        "Tải tệp CSV hoặc JSON; hai tệp đó không giới hạn số dòng."
    )


def _parts(scope: Scope, on: Any) -> list[Part[Any]]:
    return [
        Part("Số liệu", _number_columns(scope), queries.numbers(scope)),
        Part("Nội dung", _text_columns(scope), queries.texts(scope)),
        Part("Đơn vị", COURSES, queries.courses(scope, on)),
        Part("Nhật ký", EVENTS, queries.events(scope)),
    ]


def _facts(scope: Scope, own: Return | None) -> dict[str, str]:
    campaign = scope.campaign
    return {
        "Đợt báo cáo": campaign.title,
        "Chương trình": campaign.programme.title if campaign.programme else "",
        "Kỳ báo cáo": campaign.period_name,
        "Số liệu": _window(campaign),
        "Cơ quan nhận": campaign.recipient.name,
        "Hạn nộp": wording.day(campaign.last_ok_on),
        "Mở ngày": wording.day(campaign.opened_on),
        "Tình trạng": campaign.get_state_display(),
        "Phạm vi": f"{own.unit.name}, kể cả bản đang nhập" if own else "Mọi đơn vị của đợt",
        "Cách ghi": "Ô trống ở cột số thì xem cột “ghi khác” bên cạnh: không có, không áp dụng, chưa có số liệu. Số 0 là bằng không.",
        "Số đã duyệt": "Chỉ của báo cáo đã duyệt; cộng lại bằng số tổng hợp của đợt.",
    }


def _window(campaign: Campaign) -> str:
    days = [("từ", campaign.window_from), ("đến", campaign.window_to)]
    return " ".join(f"{word} {wording.day(day)}" for word, day in days if day)


def _nothing(cell: Cell) -> str | None:
    return str(Nothing(cell.nothing).label) if cell.nothing else None


def _number_columns(scope: Scope) -> list[Column[Number]]:
    draft = (
        Column[Number]("Số đang nhập", lambda row: row.cells.draft.number),
        Column[Number]("Ghi khác, đang nhập", lambda row: _nothing(row.cells.draft)),
    )
    return [
        Column("Đơn vị", lambda row: row.report.unit.name, width=28),
        Column("Mã đơn vị", lambda row: row.report.unit.code, width=12),
        Column("Nhóm", lambda row: row.report.group.name, width=24),
        Column("Biểu", lambda row: row.table.code, width=8),
        Column("Mã chỉ tiêu", lambda row: row.indicator.code, width=12),
        Column("Chỉ tiêu", lambda row: row.indicator.name, width=50),
        Column("Đơn vị tính", lambda row: row.indicator.measure, width=14),
        Column("Cột", lambda row: row.column.words, width=14),
        *(() if scope.whole else draft),
        Column("Số đã nộp", lambda row: row.cells.sent.number),
        Column("Ghi khác, đã nộp", lambda row: _nothing(row.cells.sent)),
        Column("Số đã duyệt", lambda row: row.cells.accepted.number),
        Column("Ghi khác, đã duyệt", lambda row: _nothing(row.cells.accepted)),
        Column("Lý do", lambda row: row.explanation or None, width=40),
        Column("Nguồn", lambda row: row.origin or None, width=26),
        Column("Nguồn ghi", lambda row: row.origin_words or None, width=40),
    ]


def _text_columns(scope: Scope) -> list[Column[Text]]:
    return [
        Column("Đơn vị", lambda row: row.report.unit.name, width=28),
        Column("Mã đơn vị", lambda row: row.report.unit.code, width=12),
        Column("Mục", lambda row: row.section.code, width=10),
        Column("Tên mục", lambda row: row.section.heading, width=40),
        *(() if scope.whole else (Column[Text]("Bản đang nhập", lambda row: row.draft or None, width=80),)),
        Column("Đã nộp", lambda row: row.sent or None, width=80),
        Column("Đã duyệt", lambda row: row.accepted or None, width=80),
    ]


COURSES: tuple[Column[Course], ...] = (
    Column("Đơn vị", lambda row: row.report.unit.name, width=28),
    Column("Mã đơn vị", lambda row: row.report.unit.code, width=12),
    Column("Nhóm", lambda row: row.report.group.name, width=24),
    Column("Trạng thái", lambda row: row.report.get_state_display()),
    Column("Nhận lần đầu", lambda row: row.report.first_received_on),
    Column("Nhận lần cuối", lambda row: row.report.received_on),
    Column("Duyệt ngày", lambda row: row.report.accepted_on),
    Column("Trễ (ngày)", lambda row: row.late),
    Column("Đúng hạn", lambda row: {True: "có", False: "không", None: ""}[row.on_time]),
    Column("Ô, mục phải nhập", lambda row: row.report.asked),
    Column("Ô, mục đã nộp", lambda row: row.report.sent_filled),
    Column("Đầy đủ (%)", lambda row: None if row.share is None else round(row.share, 1)),
    Column("Lý do miễn", lambda row: row.exempt_for or None, width=40),
)
EVENTS: tuple[Column[ReturnEvent], ...] = (
    Column("Ngày", lambda row: row.happened_on),
    Column("Đơn vị", lambda row: row.report.unit.name, width=28),
    Column("Việc", lambda row: row.get_kind_display(), width=24),
    Column("Lần nộp", lambda row: row.submission.number if row.submission else None, width=10),
    Column("Nội dung", lambda row: row.note or None, width=50),
    Column("Hạn nộp lại", lambda row: row.hand_in_by),
    Column("Số, ký hiệu", lambda row: row.paper_code or None),
    Column("Ngày văn bản", lambda row: row.paper_date),
    Column("Người ghi", lambda row: row.recorded_by.full_name, width=26),
    Column("Ghi lúc", lambda row: row.recorded_at),
)
