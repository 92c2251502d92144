"""What the program puts into a consolidated report by itself: which section a table's band belongs to, its figures in prose and drawn."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dondoc.common.folding import searchable
from dondoc.reporting.enums import BlockKind, Method
from dondoc.reporting.rules.charts import charts_itself
from dondoc.reporting.rules.fields import OVER, Field, is_percent
from dondoc.reporting.rules.templates import IndicatorFacts, SectionFacts, TableFacts, TemplateFacts

AT_LEAST = 0.5
"""More than this share of a band's words stands in the heading that it goes under."""

_LETTER = re.compile(r"^[A-ZĐ]\s*[.)]\s*")
_WORD = re.compile(r"\w+")
_ASIDE = re.compile(r"\s*\([^()]*:[^()]*\)")


@dataclass(frozen=True, slots=True)
class Made:
    """A block that the program makes: ``table``, ``band`` and ``code`` (of a chart) tell it again when it is made anew."""

    section: str
    kind: BlockKind
    text: str
    table: str
    band: str = ""
    code: str = ""


def made_blocks(master: Sequence[SectionFacts], sources: Sequence[tuple[str, TemplateFacts]], period: str) -> Iterator[Made]:
    """Figures of each band under its section with charts of its targets, each table under that of the targets.

    ``sources``: who reports, on what.
    """
    for name, facts in sources:
        for table in facts.tables:
            for band in dict.fromkeys(one.band for one in table.indicators):
                rows = [one for one in table.indicators if one.band == band and one.across_units != Method.NONE]
                if rows:
                    section = section_of_band(band, master)
                    text = prose(table, rows, opening=f"{period}, theo báo cáo của {_within(name)}:")
                    yield Made(section, BlockKind.FIGURES, text, table.code, band)
                    for one in rows:
                        if charts_itself(table, one):
                            yield Made(section, BlockKind.CHART, chart_caption(one, name), table.code, band, one.code)
            yield Made(section_of_targets(master), BlockKind.TABLE, caption(table), table.code)


def caption(table: TableFacts) -> str:
    return f"Biểu {table.code}. {table.title}"


def chart_caption(one: IndicatorFacts, name: str) -> str:
    """``Biểu đồ. Tỷ lệ cơ sở được kiểm tra (%), theo báo cáo của UBND các xã, phường``."""
    measure = f" ({one.measure})" if one.measure else ""
    return f"Biểu đồ. {title_of(one)}{measure}, theo báo cáo của {_within(name)}"


def title_of(one: IndicatorFacts) -> str:
    """The indicator's name without what explains how to fill it in."""
    return _ASIDE.sub("", one.name).strip()


def _within(name: str) -> str:
    """The name of a group inside a sentence: *các sở, ngành liên quan*; a unit's own name stays."""
    return name.replace("Các ", "các ")


def prose(table: TableFacts, rows: Sequence[IndicatorFacts], *, opening: str) -> str:
    """Figures as a sentence: ``Năm 2025, theo báo cáo của …: số buổi truyền thông: {{2A:B.03:*}} buổi; ….``."""
    return f"{opening[:1].upper()}{opening[1:]} {'; '.join(_said(table, one) for one in rows)}."


def _said(table: TableFacts, one: IndicatorFacts) -> str:
    figure = Field(table.code, one.code, column_of(table, one))
    measure = "" if is_percent(one) or not one.measure else f" {one.measure}"
    target = f" ({Field(figure.table, figure.code, figure.column, against_target=True)})" if one.target_value is not None else ""
    return f"{plain_name(one)}: {figure}{measure}{target}"


def column_of(table: TableFacts, one: IndicatorFacts) -> str:
    """The column that stands for the period: all together, or the last where columns are not put together."""
    together = len(table.columns) > 1 and one.across_periods != Method.NONE
    return OVER if together else table.columns[-1].key


def plain_name(one: IndicatorFacts) -> str:
    """As in a sentence: without what explains how to fill it in ("(có: 1, chưa có: 0)"), with a small first letter."""
    name = title_of(one)
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def section_of_targets(master: Sequence[SectionFacts]) -> str:
    """Where tables stand: the section of targets, else the first that asks for text."""
    asking = [one for one in master if one.asks] or list(master)
    named = [one for one in asking if "chi tieu" in searchable(one.heading) or "so lieu" in searchable(one.heading)]
    return (named or asking)[0].code


def section_of_band(band: str, master: Sequence[SectionFacts]) -> str:
    """The heading that shares most of the band's words, the first of equals; that of the targets where none shares half of them."""
    words = _words(_LETTER.sub("", band))
    shares = [(_share(words, one.heading), one.code) for one in master if one.asks]
    best = max((share for share, _ in shares), default=0.0)
    return next((code for share, code in shares if share == best), "") if best > AT_LEAST else section_of_targets(master)


def _share(words: set[str], heading: str) -> float:
    return len(words & _words(heading)) / len(words) if words else 0.0


def _words(text: str) -> set[str]:
    return set(_WORD.findall(searchable(text)))


def section_like(one: SectionFacts, master: Sequence[SectionFacts]) -> str:
    """The master's section that another template's section goes into: of the same words, else of the same code, else the likest."""
    from rapidfuzz import fuzz  # noqa: PLC0415 -- slow import

    heading = searchable(one.heading)
    asking = [other for other in master if other.asks] or list(master)
    best = max(
        asking,
        key=lambda other: (
            searchable(other.heading) == heading,
            other.code == one.code,
            fuzz.token_sort_ratio(searchable(other.heading), heading),
        ),
    )
    return best.code
