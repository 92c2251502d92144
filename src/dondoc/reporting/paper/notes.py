"""Numbers of what the text prints, in its order: one for each indicator, one for each passage; the annex tells of them."""

from dataclasses import dataclass, field

from dondoc.reporting.enums import BlockKind
from dondoc.reporting.models import Block
from dondoc.reporting.queries.figures import Known
from dondoc.reporting.rules.templates import SectionFacts


@dataclass(slots=True)
class FigureNote:
    """An indicator, with each of its columns that the text prints."""

    number: int
    section: SectionFacts
    figures: list[Known] = field(default_factory=list)


@dataclass(slots=True)
class PassageNote:
    """What units wrote, or an editor."""

    number: int
    section: SectionFacts
    block: Block


class Notes:
    """Counts from 1. What stands in the text twice keeps its number."""

    def __init__(self) -> None:
        self.all: list[FigureNote | PassageNote] = []
        self._figures: dict[tuple[str, str], FigureNote] = {}

    def of_figure(self, known: Known, section: SectionFacts) -> int:
        place = (known.field.table, known.field.code)
        note = self._figures.get(place)
        if note is None:
            note = self._figures[place] = FigureNote(len(self.all) + 1, section)
            self.all.append(note)
        if all(one.field != known.field for one in note.figures):
            note.figures.append(known)
        return note.number

    def of_passage(self, block: Block, section: SectionFacts) -> int | None:
        """None: the program made it of figures, and nobody changed its words."""
        if block.kind != BlockKind.PASSAGE and block.edited_by_id is None:
            return None
        self.all.append(PassageNote(len(self.all) + 1, section, block))
        return len(self.all)
