"""The documents that a text cites, each once, with every place, its date, issuer, relation and cited parts.

Source: domain rules 6.1 (forms) and 6.2 (symbol → issuer).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from vanban.extract.citations_context import (
    DatedAt,
    date_after,
    date_after_issuer,
    date_before,
    issuer_after,
    provisions_before,
    relation_before,
    title_after,
    type_before,
)
from vanban.extract.citations_symbols import Symbol, find_symbols
from vanban.lexicon.documents import issuer_of_symbol
from vanban.reading import Citation, Metadata, Relation
from vanban.spans import Span

_SENTENCE_END = re.compile(
    r"[.;](?=\s)|\n[ \t]*(?=(?:[-+*•]|\d{1,2}[.)]|[a-zđ]\)|Căn\s+cứ|Theo\s+đề\s+nghị|Kính\s+gửi|Nơi\s+nhận|Điều\s+\d+\.)\s?)"
)
_PARAGRAPH_END = re.compile(
    r"[.:][ \t]*\n|\n[ \t]*(?=(?:[-+*•]|\d{1,2}[.)]|[a-zđ]\)|Căn\s+cứ|Thực\s+hiện|Triển\s+khai|Theo\s+đề\s+nghị|Điều\s+\d+\.)\s?)"
)
_ROW = re.compile(r"\s*(?:,|và|;|, và)\s*(?:số\s*)?")
_STRONGEST = (
    Relation.REPLACES,
    Relation.AMENDS,
    Relation.BASIS,
    Relation.IMPLEMENTS,
    Relation.ANNEXED_TO,
    Relation.SUBMITS,
    Relation.CITES,
)


@dataclass(frozen=True, slots=True)
class _Place:
    """One place where a document is cited."""

    symbol: Symbol
    spans: tuple[Span, ...]
    day: date | None
    issuer: str | None
    title: str | None
    relation: Relation
    provisions: tuple[str, ...]


def find_citations(text: str, metadata: Metadata, province: str | None) -> list[Citation]:
    """The documents that ``text`` cites, in the order of their first place; the document's own number is none.

    ``province``: the bare name that a symbol such as KH-UBND belongs to.
    """
    own = [span for key, span in metadata.spans.items() if key in {"code", "number", "symbol"}]
    places = [place for place in _in_rows(text, list(_places(text))) if not any(place.symbol.span.overlaps(span) for span in own)]
    return [_citation(group, province) for group in _grouped(places, metadata)]


def citation_spans(citations: Iterable[Citation]) -> list[Span]:
    """Every place of the citations, their dates included, in order: a date in one is no deadline."""
    return sorted(span for citation in citations for span in citation.spans)


def _in_rows(text: str, places: list[_Place]) -> list[_Place]:
    """Numbers in a row share what stands at its ends: the cue before the first, the issuer after the last.

    "các Nghị quyết số 57-NQ/TW, 59-NQ/TW và 66-NQ/TW của Bộ Chính trị"; "bãi bỏ Quyết định số 1/QĐ-UBND và Quyết định số 2/QĐ-UBND".
    """
    for index in range(len(places) - 2, -1, -1):
        place, following = places[index], places[index + 1]
        if place.issuer is None and following.issuer and _ROW.fullmatch(text, place.spans[-1].end, following.symbol.span.start):
            places[index] = replace(place, issuer=following.issuer)
    for index in range(1, len(places)):
        before, place = places[index - 1], places[index]
        row = _ROW.fullmatch(text, before.spans[-1].end, max(before.spans[-1].end, place.spans[0].start))
        if row and place.relation is Relation.CITES:
            places[index] = replace(place, relation=before.relation)
    return places


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Where the words that speak of one citation may stand.

    ``floor``: the end of the citation before it, in its sentence; ``limit``: the start of the next one, or the sentence's end.
    """

    paragraph: int
    floor: int
    limit: int
    sentence_end: int


def _places(text: str) -> Iterator[_Place]:
    sentences = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    paragraphs = [0, *(found.end() for found in _PARAGRAPH_END.finditer(text))]
    symbols = list(find_symbols(text, Span(0, len(text))))
    ends = [0, *(symbol.span.end for symbol in symbols)]
    starts = [*(symbol.span.start for symbol in symbols[1:]), len(text)]
    for symbol, earlier, later in zip(symbols, ends, starts, strict=False):
        index = bisect_right(sentences, symbol.span.start) - 1
        sentence_end = max(symbol.span.end, sentences[min(index + 1, len(sentences) - 1)])
        paragraph = paragraphs[bisect_right(paragraphs, symbol.span.start) - 1]
        bounds = _Bounds(paragraph, max(sentences[index], earlier), max(symbol.span.end, min(later, sentence_end)), sentence_end)
        yield _place(text, symbol, bounds)


def _place(text: str, symbol: Symbol, bounds: _Bounds) -> _Place:
    start = type_before(text, symbol.span.start, bounds.floor)
    end = symbol.span.end
    dated = date_after(text, end, bounds.limit)
    issuer = issuer_after(text, dated.span.end if dated else end, bounds.limit)
    after = issuer[1] if issuer else dated.span.end if dated else end
    if dated is None and issuer is not None:
        dated = date_after_issuer(text, after, bounds.limit)
        after = dated.span.end if dated else after
    before = date_before(text, start, bounds.floor) if dated is None else None
    return _Place(
        symbol=symbol,
        spans=_place_spans(start, end, dated, before),
        day=dated.day if dated else before.day if before else None,
        issuer=issuer[0] if issuer else None,
        title=title_after(text, after, bounds.sentence_end),
        relation=relation_before(text, start, bounds.paragraph),
        provisions=provisions_before(text, start, bounds.floor),
    )


def _place_spans(start: int, end: int, dated: DatedAt | None, before: DatedAt | None) -> tuple[Span, ...]:
    whole = Span(start, dated.span.end if dated else end)
    return (before.span, whole) if before else (whole,)


def _key(code: str) -> str:
    return re.sub(r"[^\w]", "", code).lower()


def _grouped(places: list[_Place], metadata: Metadata) -> list[list[_Place]]:
    """Places of one document together: one code, and no two different days."""
    groups: dict[tuple[str, date | None], list[_Place]] = {}
    days: dict[str, list[date]] = {}
    for place in places:
        known = days.setdefault(_key(place.symbol.code), [])
        if place.day is not None and place.day not in known:
            known.append(place.day)
    for place in places:
        key = _key(place.symbol.code)
        day = place.day or (days[key][0] if days[key] else None)
        if not _is_own(key, day, metadata):
            groups.setdefault((key, day), []).append(place)
    return list(groups.values())


def _is_own(key: str, day: date | None, metadata: Metadata) -> bool:
    return metadata.code is not None and key == _key(metadata.code) and (day is None or metadata.date in {None, day})


def _citation(places: list[_Place], province: str | None) -> Citation:
    first = places[0]
    code = first.symbol.code
    provisions = dict.fromkeys(provision for place in places for provision in place.provisions)
    return Citation(
        code=code,
        date=next((place.day for place in places if place.day), None),
        issuer=next((place.issuer for place in places if place.issuer), None) or issuer_of_symbol(code, province),
        title=next((place.title for place in places if place.title), None),
        spans=tuple(span for place in places for span in place.spans),
        relation=min((place.relation for place in places), key=_STRONGEST.index),
        provisions=tuple(provisions),
    )
