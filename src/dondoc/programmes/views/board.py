"""The board of a programme: its tasks by urgency, agency or deadline, as of a day."""

from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import FileResponse, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from dondoc.common import clock, wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Format
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.board import (
    BY_AGENCY,
    BY_DEADLINE,
    BY_STATE,
    PAGE_SIZE,
    STATES,
    BoardQuery,
    Order,
)
from dondoc.programmes.queries.head import KEEP_SECONDS, head_of
from dondoc.programmes.queries.options import Options, options_of
from dondoc.programmes.queries.rows import Row, rows_in_turn, rows_of
from dondoc.programmes.queries.statistics import Counters, counters
from dondoc.programmes.queries.tasks import Choice
from dondoc.programmes.queries.today import all_of, order_of, page_of
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.views.columns import columns
from dondoc.programmes.views.common import head_context, programme_or_404
from dondoc.units import access
from dondoc.units.rules import Actor

VIEWS = ((BY_STATE, "Theo trạng thái"), (BY_AGENCY, "Theo cơ quan"), (BY_DEADLINE, "Theo thời hạn"))


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponseBase:
    programme = programme_or_404(request, pk)
    query = read_query(request.GET, clock.today())
    if file := wanted_format(request):
        return _download(request, file, programme, query)
    context = head_context(request, programme, "tasks")
    content = _content(programme, query, access.actor(request), context["head"].plan_id)
    return render(request, "programmes/board.html", {**context, "day": query.day, "is_past": query.is_past, "board": content})


def _download(request: HttpRequest, file: Format, programme: Programme, query: BoardQuery) -> FileResponse:
    """All rows that the address bar asks for, as of its day."""
    units = sorted(access.actor(request).unit_ids)
    figures = _kept(programme, query, "counters", lambda: counters(programme, query.day, today=query.today))
    pks = all_of(_order(programme, query, units, figures), programme, query, units)
    rows = rows_in_turn(programme.pk, head_of(programme).plan_id, pks, day=query.day, today=query.today, unit_ids=units)
    facts = {"Chương trình": programme.title, "Tính đến": wording.day(query.day)}
    return download(request, file, "Nhiệm vụ", columns(query.day), rows, **facts)


def read_query(given: QueryDict, today: date) -> BoardQuery:
    """The address bar; what makes no sense there is left out."""
    day = wording.read_day(given.get("ngay", ""), around=today) or today
    view = given.get("xem", BY_STATE)
    number = given.get("trang", "1")
    return BoardQuery(
        day=min(day, today),
        today=today,
        choice=Choice(
            agency=given.get("co-quan", ""),
            section=given.get("muc", ""),
            unassigned=given.get("viec") == "chua-giao",
            mine=given.get("viec") == "toi",
        ),
        state=given.get("trang-thai", "") if given.get("trang-thai", "") in STATES else "",
        text=given.get("tim", "").strip()[:120],
        view=view if view in dict(VIEWS) else BY_STATE,
        page=int(number) if number.isdecimal() and 0 < int(number) < 10**6 else 1,
    )


def _content(programme: Programme, query: BoardQuery, actor: Actor, plan_id: int) -> SafeString:
    """The board as HTML, kept as long as nothing below the programme changes and the day is the same."""
    units = sorted(actor.unit_ids)
    steers = may_steer(actor, programme)
    key = _key(programme, query, f"{query.page}:{units}:{steers}")
    held: str | None = cache.get(key)
    if held is None:
        context = {**_context(programme, query, units, plan_id), "may_steer": steers and not query.is_past}
        held = render_to_string("programmes/_board.html", context)
        cache.set(key, held, KEEP_SECONDS)
    return mark_safe(held)  # noqa: S308 - a template's own output


def _key(programme: Programme, query: BoardQuery, more: str) -> str:
    asked = urlencode(_asked(query))
    return f"programmes:board:{programme.pk}:{programme.version}:{query.today}:{query.day}:{hash_of(asked + more)}"


def hash_of(text: str) -> str:
    """Keys of some caches are short and plain."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _context(programme: Programme, query: BoardQuery, units: list[int], plan_id: int) -> dict[str, Any]:
    figures = _kept(programme, query, "counters", lambda: counters(programme, query.day, today=query.today))
    options = _options(programme, query, units)
    order = _order(programme, query, units, figures)
    pages = max(ceil(order.total / PAGE_SIZE), 1)
    page = min(query.page, pages)
    pks = page_of(order, programme, query, units, page)
    rows = rows_of(programme.pk, plan_id, pks, day=query.day, today=query.today, unit_ids=units)
    return {
        "programme": programme,
        "query": query,
        "figures": figures,
        "counter_groups": counter_groups(figures, query),
        "pills": _pills(query, figures, options),
        "views": [(words, link(query, xem=value), value == query.view) for value, words in VIEWS],
        "rows": _with_headings(rows, order, page),
        "pager": Pager(query, page, pages, order.total),
        "kept": [(name, value) for name, value in _asked(query).items() if name in {"xem", "trang-thai", "viec"}],
        "all_url": link(query, trang_thai="", viec=""),
        "today_url": link(query, ngay=""),
        "filtered": bool(set(_asked(query)) - {"xem", "ngay"}),
        "clear_url": link(query, trang_thai="", co_quan="", muc="", viec="", tim=""),
        "agencies": options.agencies,
        "sections": options.sections,
    }


def _with_headings(rows: list[Row], order: Order, page: int) -> list[Row]:
    headings = order.places(page)
    for place, row in enumerate(rows):
        row.heading = headings.get(place)
    return rows


def _order(programme: Programme, query: BoardQuery, units: list[int], figures: Counters) -> Order:
    asked = f"order:{units if query.choice.mine else ''}"
    return _kept(  # type: ignore[no-any-return]
        programme, query, asked, lambda: order_of(programme, query, units, figures), by_query=True
    )


def _options(programme: Programme, query: BoardQuery, units: list[int]) -> Options:
    """Kept by the programme's edition: what happens to a task changes none of it."""
    key = f"programmes:options:{programme.pk}:{programme.edition}:{query.day}:{hash_of(str(units))}"
    held: Options | None = cache.get(key)
    if held is None:
        held = options_of(programme, query.day, units)
        cache.set(key, held, KEEP_SECONDS)
    return held


def _kept(programme: Programme, query: BoardQuery, name: str, make: Any, *, by_query: bool = False) -> Any:
    """Kept by programme, version and day; by the address bar too where it depends on that."""
    more = hash_of(urlencode(_asked(query))) if by_query else ""
    key = f"programmes:{hash_of(name)}:{programme.pk}:{programme.version}:{query.today}:{query.day}:{more}"
    held = cache.get(key)
    if held is None:
        held = make()
        cache.set(key, held, KEEP_SECONDS)
    return held


def _asked(query: BoardQuery) -> dict[str, str]:
    """The address bar of this query, without the page."""
    asked = {
        "xem": query.view if query.view != BY_STATE else "",
        "trang-thai": query.state,
        "co-quan": query.choice.agency,
        "muc": query.choice.section,
        "viec": "toi" if query.choice.mine else "chua-giao" if query.choice.unassigned else "",
        "tim": query.text,
        "ngay": query.day.isoformat() if query.is_past else "",
    }
    return {name: value for name, value in asked.items() if value}


def link(query: BoardQuery, **changes: object) -> str:
    """The same board with some of the address bar changed."""
    asked: dict[str, object] = {**_asked(query), **{name.replace("_", "-"): value for name, value in changes.items()}}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Count:
    """A figure that is a link."""

    words: str
    number: int
    url: str
    key: str = ""
    icon: str = ""
    current: bool = False


def counter_groups(figures: Counters, query: BoardQuery) -> list[tuple[str, int, list[Count]]]:
    """Exactly the published breakdown; what is rare (stopped, done without a deadline) shows only where there is some."""

    def count(words: str, number: int, state: str, key: str = "", icon: str = "") -> Count:
        url = link(query, trang_thai=state, viec="")
        return Count(words, number, url, key or ("z" if not number else ""), icon, current=query.state == state)

    dated = [
        count("Hoàn thành đúng, trước hạn", figures.done_on_time, "dung-han", "done", "circle-check"),
        count("Hoàn thành trễ hạn", figures.done_late, "tre-han", "late", "clock-check"),
        count("Đang giải quyết, trong hạn", figures.within, "trong-han", "run", "progress"),
        count("Đang giải quyết, quá hạn", figures.overdue, "qua-han", "over", "alert-triangle"),
        count("Trong đó quá hạn trên 30 ngày", figures.long_overdue, "qua-30-ngay", "over" if figures.long_overdue else ""),
    ]
    undated = [
        count("Đang giải quyết", figures.undated_open, "khong-thoi-han", "none", "infinity"),
        count("Quá 3 tháng chưa báo cáo", figures.silent, "chua-bao-cao"),
    ]
    if figures.undated_done:
        undated.append(count("Hoàn thành", figures.undated_done, "xong-khong-han", "none", "circle-check"))
    groups = [("Có thời hạn", figures.dated, dated), ("Không thời hạn", figures.undated, undated)]
    if figures.stopped:
        stopped = [count("Tạm dừng", figures.suspended, "tam-dung"), count("Dừng theo dõi", figures.cancelled, "dung")]
        groups.append(("Đã dừng", figures.stopped, stopped))
    return groups


def _pills(query: BoardQuery, figures: Counters, options: Options) -> list[Count]:
    free = not query.state and not query.choice.mine and not query.choice.unassigned
    pills = [
        Count("Tất cả", figures.total, link(query, trang_thai="", viec=""), current=free),
        Count("Quá hạn", figures.overdue, link(query, trang_thai="qua-han", viec=""), current=query.state == "qua-han"),
        Count("7 ngày tới", figures.soon, link(query, trang_thai="sap-den-han", viec=""), current=query.state == "sap-den-han"),
        Count(
            "Chưa giao chủ trì", options.unassigned, link(query, trang_thai="", viec="chua-giao"), current=query.choice.unassigned
        ),
    ]
    if options.mine:
        pills.append(
            Count("Việc của đơn vị tôi", options.mine, link(query, trang_thai="", viec="toi"), current=query.choice.mine)
        )
    return pills


@dataclass(frozen=True, slots=True)
class Pager:
    """Where this page stands; its numbers are known from the order, nothing is counted again."""

    query: BoardQuery
    number: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return min(self.number * PAGE_SIZE, self.total)

    @property
    def previous_url(self) -> str:
        return link(self.query, trang=self.number - 1) if self.number > 1 else ""

    @property
    def next_url(self) -> str:
        return link(self.query, trang=self.number + 1) if self.number < self.pages else ""

    @property
    def links(self) -> list[tuple[int, str, bool]]:
        """The first, the last and those around this one; 0 stands for those left out."""
        near = sorted({1, self.pages, *range(max(self.number - 1, 1), min(self.number + 1, self.pages) + 1)})
        shown: list[tuple[int, str, bool]] = []
        for number in near:
            if shown and number - shown[-1][0] > 1:
                shown.append((0, "", False))
            shown.append((number, link(self.query, trang=number), number == self.number))
        return shown
