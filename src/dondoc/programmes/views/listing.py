from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common import clock, wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.pages import page_of
from dondoc.programmes.enums import ProgrammeState
from dondoc.programmes.queries.listing import Entry, entries_of, with_terms
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.rules.rights import provinces_led
from dondoc.units import access

COLUMNS: tuple[Column[Entry], ...] = (
    Column("Chương trình", lambda one: one.programme.title, width=70),
    Column("Văn bản", lambda one: one.plan.document.code if one.plan else ""),
    Column("Ngày ban hành", lambda one: one.plan.document.issued_on if one.plan else None, width=14),
    Column("Cơ quan chủ trì", lambda one: one.programme.lead_unit.name if one.programme.lead_unit else "", width=34),
    Column("Mức", lambda one: one.light_words, width=16),
    Column("Nhiệm vụ", lambda one: one.figures.total, width=12),
    Column("Có thời hạn", lambda one: one.figures.dated, width=12),
    Column("Hoàn thành đúng, trước hạn", lambda one: one.figures.done_on_time, width=14),
    Column("Hoàn thành trễ hạn", lambda one: one.figures.done_late, width=14),
    Column("Đang giải quyết, trong hạn", lambda one: one.figures.within, width=14),
    Column("Đang giải quyết, quá hạn", lambda one: one.figures.overdue, width=14),
    Column("Quá hạn trên 30 ngày", lambda one: one.figures.long_overdue, width=14),
    Column("Không thời hạn", lambda one: one.figures.undated, width=12),
    Column("Không thời hạn, đang giải quyết", lambda one: one.figures.undated_open, width=16),
    Column("Quá 3 tháng chưa báo cáo", lambda one: one.figures.silent, width=14),
    Column("Tạm dừng, dừng theo dõi", lambda one: one.figures.stopped, width=14),
)


@require_safe
def programme_list(request: HttpRequest) -> HttpResponseBase:
    """The programmes that the person may see, the newest first, each with its figures and its light."""
    today = clock.today()
    programmes = with_terms(visible_programmes(access.actor(request)), today).select_related("lead_unit")
    text = request.GET.get("tim", "").strip()
    if text:
        programmes = programmes.filter(title__icontains=text)
    closed = request.GET.get("trang-thai") == "ket-thuc"
    programmes = programmes.filter(state=ProgrammeState.CLOSED if closed else ProgrammeState.ACTIVE)
    if file := wanted_format(request):
        entries = entries_of(list(programmes), today)
        return download(request, file, "Chương trình", COLUMNS, entries, **{"Tính đến": wording.day(today)})
    page = page_of(request, programmes, size=20)
    entries = entries_of(list(page.object_list), today)
    leads = bool(provinces_led(access.actor(request)))
    context = {"page": page, "entries": entries, "text": text, "leads": leads, "closed": closed}
    return render(request, "programmes/list.html", context)
