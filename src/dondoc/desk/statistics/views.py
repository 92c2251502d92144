from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common import wording
from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.pages import PAGE_SIZE, page_of
from dondoc.desk.statistics import asked as asking
from dondoc.desk.statistics.asked import ALL, BY_AGENCY, BY_PERIOD, BY_PROGRAMME, BY_PROVINCE, UNCLEAR, Asked, address
from dondoc.desk.statistics.rows import COLUMNS, all_lines, in_order, lines_of
from dondoc.desk.statistics.scope import Scope, rows_of, scope_of
from dondoc.desk.statistics.tables import HEADS, Head, Row, Table, agencies, figures_of, periods, table_of, total_of
from dondoc.programmes.queries.spells import FILTERS
from dondoc.units import access
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

STATES = {
    **{head.state: f"{head.group}: {head.words.lower()}" if head.group else head.words for head in HEADS},
    "con-no": "Còn nợ",
    "sap-den-han": "Sắp đến hạn",
    UNCLEAR: "Chưa rõ cơ quan chủ trì",
}


@require_safe
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The published breakdown by programme, field, agency or period, as of a day."""
    actor = access.actor(request)
    asked = asking.read(request.GET, actor.on, usual=BY_PROVINCE if len(actor.province_ids) > 1 else BY_PROGRAMME)
    scope = scope_of(actor, asked)
    now, then = figures_of(scope, asked)
    table = _table(scope, asked, now, then)
    if form := wanted_format(request):
        held = [*table.rows, *([table.total] if table.total else [])]
        return download(request, form, "Thống kê nhiệm vụ", _columns(table), held, **_facts(scope, asked))
    page = Paginator(table.rows, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        **_common(actor, scope, asked),
        "table": table,
        "page": page,
        "groups": _groups(table),
        "total": total_of(asked, now, then, "Tất cả"),
        "views": [(words, address(asked, xem=view), view == asked.view) for view, words in _views(actor).items()],
        "periods": asking.PERIODS,
        "years": range(asked.day.year, asked.day.year - 6, -1),
        "by_period": asked.view == BY_PERIOD,
        "by_agency": asked.view == BY_AGENCY,
    }
    return render(request, "desk/statistics.html", context)


def _table(scope: Scope, asked: Asked, now: Any, then: Any) -> Table:
    if asked.view == BY_PERIOD:
        return periods(scope, asked)
    return agencies(scope, asked) if asked.view == BY_AGENCY else table_of(scope, asked, now, then)


def _views(actor: Actor) -> dict[str, str]:
    """Provinces are told apart only where there are several."""
    return {view: words for view, words in asking.VIEWS.items() if view != BY_PROVINCE or len(actor.province_ids) > 1}


def _groups(table: Table) -> list[tuple[str, int]]:
    """Words over neighbouring columns, and how many these are."""
    groups: list[tuple[str, int]] = []
    for head in table.heads:
        if groups and groups[-1][0] == head.group:
            groups[-1] = (head.group, groups[-1][1] + 1)
        else:
            groups.append((head.group, 1))
    return groups


def _columns(table: Table) -> list[Column[Row]]:
    return [
        Column(table.of, lambda row: row.words, width=50),
        *(Column(f"{head.group}: {head.words}" if head.group else head.words, _number(head), width=14) for head in table.heads),
    ]


def _number(head: Head) -> Callable[[Row], int]:
    return lambda row: row.number(head)


@require_safe
def rows(request: HttpRequest) -> HttpResponseBase:
    """The rows of one figure: as many as it says."""
    actor = access.actor(request)
    asked = asking.read(request.GET, actor.on)
    if asked.state not in {ALL, UNCLEAR, *FILTERS}:
        asked = replace(asked, state=ALL)
    scope = scope_of(actor, asked)
    found = in_order(rows_of(scope, asked))
    if form := wanted_format(request):
        facts = {**_facts(scope, asked), "Trạng thái": STATES[asked.state]}
        return download(request, form, "Nhiệm vụ", COLUMNS, all_lines(found, asked.day), **facts)
    page = page_of(request, found)
    context = {
        **_common(actor, scope, asked),
        "page": page,
        "rows": lines_of(page.object_list, asked.day),
        "words": STATES[asked.state],
        "span": asked.given or asked.done or (asked.due if any(asked.due) else None),
        "span_words": "được giao" if asked.given else "hoàn thành" if asked.done else "có hạn",
        "back": "../" + address(asked),
    }
    return render(request, "desk/statistics_rows.html", context)


def _common(actor: Actor, scope: Scope, asked: Asked) -> dict[str, Any]:
    several = len(actor.province_ids) > 1
    provinces = Unit.objects.filter(pk__in=actor.province_ids).order_by("search_text").values_list("pk", "name")
    return {
        "actor": actor,
        "asked": asked,
        "scope": scope,
        "provinces": list(provinces) if several else [],
        "told": [words for name, words in _facts(scope, asked).items() if name != "Tính đến"],
        "no_programmes": not scope.known,
    }


def _facts(scope: Scope, asked: Asked) -> dict[str, str]:
    """What the figures are limited to, in words."""
    one = scope.programmes.get(asked.programme or 0)
    facts = {
        "Tính đến": wording.day(asked.day),
        "So với ngày": wording.day(asked.against) if asked.against else "",
        "Chương trình": one.title if one else "",
        "Lĩnh vực": dict(scope.fields).get(asked.field, ""),
        "Số riêng của": scope.unit.name if scope.unit else "",
    }
    return {name: words for name, words in facts.items() if words}
