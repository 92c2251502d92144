"""What the page of a draft prints: paragraphs with their figures, tables, and where each comes from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dondoc.reporting.enums import BlockKind
from dondoc.reporting.models import Block
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
from dondoc.reporting.rules.fields import Field, fields_in
from dondoc.reporting.services.drafting import NEWER, seen_of


@dataclass(slots=True)
class ShownBlock:
    block: Block
    paragraphs: list[list[Piece]]
    seen: str
    table: ShownTable | None = None
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


def shown_block(block: Block, sources: Sequence[Source], known: Mapping[str, Known], opened: Field | None) -> ShownBlock:
    fields = fields_in(block.text)
    table = table_of(block, sources)
    shown = ShownBlock(block, [line_of(line, known) for line in block.text.splitlines() if line.strip()], seen_of(block))
    if table:
        shown.table = table_with(table, known)
        fields = [Field(table.code, one.code, key) for one in table.indicators for key in keys_of(table)]
    shown.voices = voices_of(block)
    behind = [known[one.key] for one in fields if one.key in known]
    shown.source_words, shown.missing = behind_words(behind, fields), missing_of(behind)
    if opened and opened.key in known and opened.key in {one.key for one in fields}:
        shown.opened = opened_of(known[opened.key])
    return shown
