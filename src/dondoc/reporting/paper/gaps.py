"""What is still open in the report, section by section, before anybody signs it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dondoc.common.official import missing, unwritten
from dondoc.reporting.paper.material import Material
from dondoc.reporting.queries.printing import line_of, named, owing_in, table_of, table_with
from dondoc.reporting.rules.templates import SectionFacts


@dataclass(frozen=True, slots=True)
class Gap:
    """A mark of the paper: ``[CHƯA CÓ SỐ LIỆU – xã Công Sơn]``."""

    section: SectionFacts
    words: str

    @property
    def place(self) -> str:
        return named_section(self.section)


def gaps_of(material: Material) -> list[Gap]:
    """As many as the paper has marks, in its order."""
    return [Gap(section, words) for section in material.sections for words in _marks(section, material)]


def _marks(section: SectionFacts, material: Material) -> Iterator[str]:
    held = material.blocks.get(section.code, ())
    if section.asks and not held:
        yield nothing_in(section)
    for block in held:
        yield from (piece.text for piece in line_of(block.text, material.known) if piece.missing)
        table = table_of(block, material.sources)
        owing = owing_in(table_with(table, material.known), material.known) if table else []
        if owing:
            yield missing(named(owing))


def nothing_in(section: SectionFacts) -> str:
    """A Phần is named by its heading: its code is the template's own."""
    return unwritten(f"mục {section.code}" if section.level else section.heading)


def named_section(section: SectionFacts) -> str:
    """``IV.2. Phòng ngừa``, of a Phần its heading alone."""
    return f"{section.code}. {section.heading}" if section.level else section.heading
