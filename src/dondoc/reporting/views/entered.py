"""What came from a report's page → what was saved, and what could not be. Both ways to save come through here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from dondoc.common import wording
from dondoc.programmes.rules.figures import NotAFigure
from dondoc.reporting.models import Return
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.entering import one_line, read_cell, read_seen, seen_of, typed_of
from dondoc.reporting.services import filling
from dondoc.reporting.services.filling import Clash, Entry
from dondoc.reporting.views.shown import Unsaved
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Field:
    """A cell as it came: what was typed, its explanation, and what stood there when typing began."""

    place: Place
    typed: str
    explanation: str
    seen: str

    @property
    def touched(self) -> bool:
        was, _, explained = self.seen.partition("|")
        return (self.typed.strip(), one_line(self.explanation)) != (was, one_line(explained))


@dataclass
class Outcome:
    """``saved``: places with what stands there now; ``unsaved``: what could not be read, or met another's figure (``clashes``)."""

    saved: dict[Place, str] = field(default_factory=dict)
    unsaved: dict[Place, Unsaved] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)


def save(actor: Actor, report: Return, fields: Sequence[Field], at: datetime) -> Outcome:
    """Every cell that can be read and that nobody else has changed; the others come back with what is wrong."""
    outcome, entries, by_place = Outcome(), [], {one.place: one for one in fields}
    for one in by_place.values():
        try:
            cell = read_cell(one.typed, one.explanation)
        except NotAFigure as error:
            outcome.unsaved[one.place] = Unsaved(one.typed, one.explanation, one.seen, str(error))
        else:
            entries.append(Entry(one.place, cell, seen=read_seen(one.seen)))
    if entries:
        saved = filling.save_cells(actor=actor, report=report, entries=entries, at=at)
        written = {entry.place: entry.cell for entry in entries}
        outcome.saved = {place: seen_of(written[place]) for place in saved.places}
        outcome.clashes = list(saved.clashes)
        outcome.unsaved |= _clashing(saved.clashes, by_place)
    return outcome


def _clashing(clashes: Sequence[Clash], fields: Mapping[Place, Field]) -> dict[Place, Unsaved]:
    """Both versions; what the person typed stands in the field, and saving it again writes over the other's."""
    found = {}
    for clash in clashes:
        mine = fields[clash.place]
        found[clash.place] = Unsaved(
            mine.typed, mine.explanation, seen_of(clash.theirs), clash_words(clash, mine.typed, mine.explanation)
        )
    return found


def clash_words(clash: Clash, typed: str, reason: str = "") -> str:
    """Of two figures, or where they are the same of two reasons."""
    theirs = typed_of(clash.theirs) or "để trống"
    mine = typed.strip() or "để trống"
    if theirs == mine:
        return (
            f"{clash.by} vừa sửa lý do ở ô này lúc {wording.clock_time(clash.at)}: “{clash.theirs.explanation or 'để trống'}”. "
            f"Đang ghi ở đây: “{one_line(reason) or 'để trống'}”. Bấm Lưu để giữ lý do này, hoặc ghi lại lý do kia."
        )
    return (
        f"{clash.by} vừa sửa ô này lúc {wording.clock_time(clash.at)}: {theirs}. Đang nhập ở đây: {mine}. "
        f"Bấm Lưu để giữ {mine}, hoặc ghi lại {theirs}."
    )
