"""A template as the page and its print show it: words for what is kept as keys, flaws beside their piece."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dondoc.common import wording
from dondoc.reporting.enums import Method, Missing, Need, Operator, Severity
from dondoc.reporting.rules.flaws import flaws_of
from dondoc.reporting.rules.keeping import Flaw, Kind
from dondoc.reporting.rules.rewriting import Piece, key_of
from dondoc.reporting.rules.templates import CheckFacts, IndicatorFacts, SectionFacts, TemplateFacts

# What the platform counts itself; see queries/known.py.
SOURCES = {
    "nhiem-vu:co-han": "nhiệm vụ đang theo dõi, có hạn trong kỳ",
    "nhiem-vu:dung-han": "nhiệm vụ đang theo dõi, xong đúng hạn",
    "nhiem-vu:tre-han": "nhiệm vụ đang theo dõi, xong trễ hạn",
    "nhiem-vu:qua-han": "nhiệm vụ đang theo dõi, quá hạn",
    "chi-tieu": "số đo của chỉ tiêu cùng tên trong chương trình",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A piece with its words. ``place``: the anchor to which flaws lead."""

    piece: Piece
    kind: Kind
    place: str
    flaws: Sequence[Flaw]
    words: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return key_of(self.piece)


@dataclass(frozen=True, slots=True)
class Band:
    name: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class ShownTable:
    line: Line
    bands: list[Band]


@dataclass(frozen=True, slots=True)
class ShownFlaw:
    flaw: Flaw
    place: str


@dataclass(frozen=True, slots=True)
class Shown:
    facts: TemplateFacts
    sections: list[Line]
    tables: list[ShownTable]
    checks: list[Line]
    flaws: list[ShownFlaw]
    indicators: int


def shown_of(facts: TemplateFacts, *, with_flaws: bool = True) -> Shown:
    """``with_flaws``: a draft is looked through; an issued version has none."""
    flaws = flaws_of(facts) if with_flaws else []
    places: dict[tuple[str, str], str] = {}

    def line(kind: Kind, number: int, piece: Piece, words: dict[str, str]) -> Line:
        key = key_of(piece)
        place = f"{kind.value}-{number}"
        places.setdefault((kind, key), place)
        return Line(piece, kind, place, [one for one in flaws if (one.kind, one.key) == (kind, key)], words)

    sections = [line(Kind.SECTION, number, one, _section_words(one)) for number, one in enumerate(facts.sections)]
    numbered = {id(one): number for number, one in enumerate(one for table in facts.tables for one in table.indicators)}
    tables = [
        ShownTable(
            line(Kind.TABLE, number, table, {"columns": ", ".join(one.words for one in table.columns)}),
            _bands([line(Kind.INDICATOR, numbered[id(one)], one, _indicator_words(one)) for one in table.indicators]),
        )
        for number, table in enumerate(facts.tables)
    ]
    checks = [line(Kind.CHECK, number, one, _check_words(one)) for number, one in enumerate(facts.checks)]
    told = [ShownFlaw(one, places.get((one.kind, one.key), "mau")) for one in flaws]
    return Shown(facts, sections, tables, checks, told, len(numbered))


def _bands(lines: list[Line]) -> list[Band]:
    return [Band(name, list(rows)) for name, rows in groupby(lines, key=lambda one: getattr(one.piece, "band", ""))]


def _section_words(one: SectionFacts) -> dict[str, str]:
    if not one.asks:
        return {}
    need = Need(one.need).label
    return {"need": f"{need} {one.indicator_code}" if one.need == Need.TARGET_MISSED else need}


def _indicator_words(one: IndicatorFacts) -> dict[str, str]:
    words = {"units": _method(one, one.across_units), "periods": _method(one, one.across_periods)}
    if one.source:
        words["source"] = SOURCES.get(one.source, one.source)
    if one.target_value is not None:
        value = wording.percent(one.target_value) if one.measure == "%" else wording.number(one.target_value)
        words["target"] = f"{_SIGNS.get(one.target_comparator, one.target_comparator)} {value}"
    return words


_SIGNS = {">=": "≥", "<=": "≤"}


def _method(one: IndicatorFacts, method: str) -> str:
    label = Method(method).label
    if method != Method.RATIO:
        return label
    per = "" if one.per == 1 else f" × {wording.number(one.per)}"
    return f"{label}: {one.numerator} / {one.denominator}{per}"


def _check_words(one: CheckFacts) -> dict[str, str]:
    return {
        "operator": Operator(one.operator).label,
        "severity": Severity(one.severity).label,
        "missing": Missing(one.missing).label,
    }
