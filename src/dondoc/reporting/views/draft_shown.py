"""What the page of a draft prints: paragraphs with their figures, tables, and where each comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.safestring import SafeString

from dondoc.reporting.enums import BlockKind
from dondoc.reporting.models import Block
from dondoc.reporting.queries.charts import chart_of
from dondoc.reporting.queries.figures import Known, Source
from dondoc.reporting.queries.narratives import Voice
from dondoc.reporting.queries.printing import (
    Opened,
    Piece,
    ShownTable,
    behind_words,
    keys_of,
    line_of,
    missing_of,
    opened_of,
    table_of,
    table_with,
    voices_of,
)
from dondoc.reporting.rules.charts import Chart
from dondoc.reporting.rules.fields import Field, fields_in
from dondoc.reporting.services.drafting import NEWER, seen_of
from dondoc.reporting.views.drawn import draw


@dataclass(frozen=True, slots=True)
class ShownChart:
    """``addresses``: key of a bar's figure → the units behind it."""

    facts: Chart
    addresses: dict[str, str]
    picture: SafeString

    @property
    def cells(self) -> list[tuple[str, str, str]]:
        """Label, words and address of each bar: the same as text."""
        return [(one.label, one.words, self.addresses.get(one.key, "")) for one in self.facts.bars]


@dataclass(slots=True)
class ShownBlock:
    """``newer``: what the program would write by now, where an editor's words stand."""

    block: Block
    paragraphs: list[list[Piece]]
    seen: str
    newer: list[list[Piece]] = field(default_factory=list)
    table: ShownTable | None = None
    chart: ShownChart | None = None
    voices: list[Voice] = field(default_factory=list)
    source_words: str = ""
    missing: str = ""
    opened: Opened | None = None

    @property
    def is_edited(self) -> bool:
        return self.block.kind != BlockKind.OWN and self.block.text != self.block.made_text

    @property
    def has_newer(self) -> bool:
        return self.is_edited and NEWER in self.block.setting


def fields_of_newer(blocks: Sequence[Block]) -> list[Field]:
    """Figures in what the program would write where an editor's words stand."""
    return [one for block in blocks if block.text != block.made_text for one in fields_in(block.made_text)]


def shown_block(block: Block, sources: Sequence[Source], known: Mapping[str, Known], opened: Field | None) -> ShownBlock:
    fields = fields_in(block.text)
    shown = ShownBlock(block, _lines(block.text, known), seen_of(block))
    if shown.is_edited:
        shown.newer = _lines(block.made_text, known)
    if table := table_of(block, sources):
        shown.table = table_with(table, known)
        fields = [Field(table.code, one.code, key) for one in table.indicators for key in keys_of(table)]
    if chart := chart_of(block, sources, known):
        shown.chart = _chart(block, chart, known)
        fields = [known[bar.key].field for bar in chart.bars]
    shown.voices = voices_of(block)
    behind = [known[one.key] for one in fields if one.key in known]
    shown.source_words, shown.missing = behind_words(behind, fields), missing_of(behind)
    if opened and opened.key in known and opened.key in {one.key for one in fields}:
        shown.opened = opened_of(known[opened.key])
    return shown


def _lines(text: str, known: Mapping[str, Known]) -> list[list[Piece]]:
    return [line_of(line, known) for line in text.splitlines() if line.strip()]


def _chart(block: Block, chart: Chart, known: Mapping[str, Known]) -> ShownChart:
    addresses = {bar.key: _address(known[bar.key]) for bar in chart.bars}
    return ShownChart(chart, addresses, draw(chart, addresses, f"bieu-do-{block.pk}"))


def _address(known: Known) -> str:
    group, field = known.source.groups[0], known.field
    return reverse("reporting:figure", args=[group.campaign_id, group.pk, field.code, field.column])
