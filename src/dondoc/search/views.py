"""One page: a field, the kinds with their counts, what was found."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.search import queries, sources
from dondoc.search.models import Entry
from dondoc.search.rules import Term, excerpt, highlighted
from dondoc.units.access import actor

PAGE_SIZE = 20
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry with its title and a stretch of its text in pieces: (words, whether they were looked for)."""

    entry: Entry
    label: str
    title: list[tuple[str, bool]]
    excerpt: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Kind:
    kind: str
    label: str
    count: int


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    kind = request.GET.get("loai", "")
    labels = {source.kind: source.label for source in sources.known()}
    kind = kind if kind in labels else ""
    found = queries.find(actor(request), query, kind)
    if file := wanted_format(request):
        return download(request, file, "Kết quả tìm", _columns(request, labels), found.entries.iterator(chunk_size=500))
    pages = Paginator(found.entries, PAGE_SIZE)
    pages.count = found.counts.get(kind, 0) if kind else sum(found.counts.values())  # known already
    shown = pages.get_page(request.GET.get("trang"))
    context = {
        "query": query,
        "kind": kind,
        "kinds": [Kind(name, label, found.counts[name]) for name, label in labels.items() if name in found.counts],
        "total": sum(found.counts.values()),
        "page": shown,
        "hits": [_hit(entry, labels, found.terms) for entry in shown],
    }
    return render(request, "search/page.html", context)


def _columns(request: HttpRequest, labels: dict[str, str]) -> tuple[Column[Entry], ...]:
    return (
        Column("Loại", lambda one: labels.get(one.kind, ""), width=14),
        Column("Số, ký hiệu", lambda one: one.mark),
        Column("Tên", lambda one: one.title, width=70),
        Column("Ở", lambda one: one.place, width=34),
        Column("Ngày", lambda one: one.on, width=14),
        Column("Địa chỉ", lambda one: request.build_absolute_uri(one.address), width=50),
    )


def _hit(entry: Entry, labels: dict[str, str], terms: tuple[Term, ...]) -> Hit:
    return Hit(entry, labels.get(entry.kind, ""), highlighted(entry.title, terms), excerpt(entry.body, terms))
