"""Tiến trình: the tasks of a programme over time, as of a day."""

from dataclasses import dataclass, replace
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from dondoc.common import clock
from dondoc.programmes.charts import timeline as chart
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.board import BY_AGENCY, BY_STATE, PAGE_SIZE, BoardQuery, Order
from dondoc.programmes.queries.options import options_of
from dondoc.programmes.queries.statistics import counters
from dondoc.programmes.queries.timeline import Line, by_section, frame, groups_of, lines_of, span_of
from dondoc.programmes.queries.today import order_of, page_of
from dondoc.programmes.views.board import link, read_query
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.units import access

WHOLE, NEAR = "ca", "gan"
_FRAMES = {WHOLE: True, NEAR: False}
LEGEND = (
    ("done", "xong đúng hạn"),
    ("late", "xong trễ hạn"),
    ("over", "quá hạn, chưa xong"),
    ("moved", "hạn đầu, trước khi gia hạn"),
    ("open", "kỳ chưa đến hạn"),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line with its picture."""

    line: Line
    picture: SafeString


@require_safe
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    programme = programme_or_404(request, pk)
    units = sorted(access.actor(request).unit_ids)
    query = _query(request)
    asked = request.GET.get("khung", "")
    context = head_context(request, programme, "timeline")
    order = _order(programme, query, units)
    page = min(query.page, max(ceil(order.total / PAGE_SIZE), 1))
    lines = lines_of(programme, context["head"].plan_id, page_of(order, programme, query, units, page), query, units)
    window, whole = frame(*span_of(programme, query.day), query.day, whole=_FRAMES.get(asked))
    groups = [
        (group, [Drawn(line, chart.draw(line.bar, window, line.name)) for line in group.lines])
        for group in groups_of(lines, order, page)
    ]
    options = options_of(programme, query.day, units)
    context |= {
        "query": query,
        "day": query.day,
        "groups": groups,
        "axis": chart.axis(window, query.day),
        "grid": chart.grid(window, query.day),
        "legend": [(chart.sample(kind), words) for kind, words in LEGEND],
        "views": [(words, link(query, xem=value, khung=asked), value == query.view) for value, words in _views()],
        "frames": [
            ("Cả thời gian", link(query, khung=WHOLE), whole),
            ("Quanh ngày này", link(query, khung=NEAR), not whole),
        ],
        "kept": [("xem", query.view if query.view == BY_AGENCY else ""), ("khung", asked)],
        "agencies": options.agencies,
        "sections": options.sections,
        "filtered": query.is_narrowed,
        "clear_url": link(query, co_quan="", muc="", viec="", khung=asked),
        "today_url": link(query, ngay="", khung=asked),
        **_pages(query, asked, page, order),
    }
    return render(request, "programmes/timeline.html", context)


def _views() -> tuple[tuple[str, str], ...]:
    return (BY_STATE, "Theo mục văn bản"), (BY_AGENCY, "Theo cơ quan")


def _query(request: HttpRequest) -> BoardQuery:
    """As of the board, without what a timeline does not narrow by."""
    query = read_query(request.GET, clock.today())
    return replace(query, state="", text="", view=BY_AGENCY if query.view == BY_AGENCY else BY_STATE)


def _order(programme: Programme, query: BoardQuery, units: list[int]) -> Order:
    if query.view != BY_AGENCY:
        return by_section(programme, query, units)
    return order_of(programme, query, units, counters(programme, query.day, today=query.today))


def _pages(query: BoardQuery, asked: str, page: int, order: Order) -> dict[str, object]:
    first, last = (page - 1) * PAGE_SIZE, min(page * PAGE_SIZE, order.total)
    return {
        "first": first + 1,
        "last": last,
        "total": order.total,
        "previous_url": link(query, trang=page - 1, khung=asked) if page > 1 else "",
        "next_url": link(query, trang=page + 1, khung=asked) if last < order.total else "",
    }
