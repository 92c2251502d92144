"""Charts of a draft, with the figures as they stand: what was accepted, and what is missing."""

from collections.abc import Mapping, Sequence

from dondoc.reporting.enums import BlockKind, Nothing
from dondoc.reporting.models import Block
from dondoc.reporting.queries.figures import Known, Source
from dondoc.reporting.rules.charts import NOTHINGS, Bar, Chart, chart, chart_fields, charted
from dondoc.reporting.rules.drafts import title_of
from dondoc.reporting.rules.fields import Field, number_words
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts

CANNOT = "không tính được"


def chart_of(block: Block, sources: Sequence[Source], known: Mapping[str, Known]) -> Chart | None:
    """Of a chart block; None of any other, and of an indicator that the campaign's templates do not have."""
    found = _indicator(block, sources)
    if found is None:
        return None
    table, one = found
    bars = tuple(_bar(label, known[field.key]) for label, field in chart_fields(table, one) if field.key in known)
    return chart(one, bars, title_of(one))


def fields_of_chart(block: Block, sources: Sequence[Source]) -> list[Field]:
    """The figures that the chart shows, to be asked of :func:`~dondoc.reporting.queries.figures.known_figures`."""
    found = _indicator(block, sources)
    return [field for _, field in chart_fields(*found)] if found else []


def _indicator(block: Block, sources: Sequence[Source]) -> tuple[TableFacts, IndicatorFacts] | None:
    if block.kind != BlockKind.CHART:
        return None
    wanted = (block.setting.get("table"), block.setting.get("code"))
    tables = (table for source in sources for table in source.facts.tables)
    return next(((table, one) for table in tables for one in charted(table) if (table.code, one.code) == wanted), None)


def _bar(label: str, known: Known) -> Bar:
    if known.accepted is not None:
        return Bar(label, known.accepted, number_words(known.accepted, known.indicator), key=known.field.key)
    kind = Nothing.NO_DATA if known.owing else Nothing.NONE if known.tally.none else Nothing.NOT_APPLICABLE
    cannot = kind == Nothing.NOT_APPLICABLE and not known.tally.not_applicable
    return Bar(label, None, CANNOT if cannot else NOTHINGS[kind], kind, known.field.key)
