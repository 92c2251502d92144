"""Go through a stretch once, try the forms that begin with each word, keep the longest reading at each place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vanban.extract.dates import fold
from vanban.extract.deadlines.dated import DATED_FORMS
from vanban.extract.deadlines.found import DeadlineMention, Form, Found, Scene, mention
from vanban.extract.deadlines.recurring import RECURRING_FORMS
from vanban.extract.deadlines.relative import RELATIVE_FORMS
from vanban.reading import DeadlineKind
from vanban.spans import Span

FORMS: tuple[Form, ...] = (*RECURRING_FORMS, *DATED_FORMS, *RELATIVE_FORMS)
"""All forms; where two readings are equally long, the earlier form is taken."""

FIGURE = "#"
MASK = "\x00"
_LOOSE = frozenset(
    {
        "condition", "as-set", "on-demand", "soon", "end-of", "event-then", "stepwise", "rate", "regularly", "length",
        "unit-alone",
    }
)  # fmt: skip
"""Forms that are never sure in running text, and are not tried there."""

BINDING = frozenset({"window", "always-last", "done-every", "apart", "named-session", "holiday", "at-once"})
"""Forms whose own words say that the work is due then, whatever stands before them; the rest is for the statement to tell."""

_UNGATED = frozenset(
    {"hằng", "hàng", "hãng", "định", "mỗi", "từng", "thường", "nhân", "thứ", "chủ", "quá", "vượt", "tầm", "ngay sau"}
)
_SOON_A_FIGURE = r"(?=[^.;]{0,32}?(?:\d|thứ\s|chủ\s|nay\s|qu[ýí]\s|h[ằà]ng\s|kỳ\s|họp\s|nghị\s|tết\s|mùa\s|dịp\s|cuối\s|năm\s*(?:nay|[.,;]|$)))"
_FIGURE_OF_TIME = r"\d(?=\d{0,2}(?:\s*\([^)]{1,20}\))?\s*(?:tháng|ngày|tuần|năm|giờ|h)(?!\w)|\d?\s*[/.-]\s*\d|\d{3}(?!\d)|\d?\s*[-–—]\s*\d+\s*tuổi)"


@dataclass(frozen=True, slots=True)
class _Table:
    """Where a reading can begin, and the forms to try there, by the first word."""

    head: re.Pattern[str]
    forms: dict[str, tuple[Form, ...]]


def _table(forms: Iterable[Form], *, gated: bool) -> _Table:
    """``gated``: a word of time counts only where a figure or the like follows soon, which spares most of a text."""
    by_word: dict[str, list[Form]] = {}
    heads: dict[str, None] = {}
    for form in forms:
        heads.update(dict.fromkeys(form.heads))
        for word in dict.fromkeys(head.split()[0] for head in form.heads):
            by_word.setdefault(word, []).append(form)
    free = [head for head in heads if head != FIGURE and (not gated or head in _UNGATED or head.split()[0] in _UNGATED)]
    bound = [head for head in heads if head != FIGURE and head not in free]
    parts = [rf"(?:{_words(free)})(?!\w)"] + ([rf"(?:{_words(bound)})(?!\w){_SOON_A_FIGURE}"] if bound else [])
    head = rf"(?<![\w/.,])(?:{'|'.join(parts)}|{_FIGURE_OF_TIME if gated else chr(92) + 'd'})"
    return _Table(re.compile(head), {word: tuple(held) for word, held in by_word.items()})


def _words(heads: Iterable[str]) -> str:
    """An alternation of the words, by their first letter, so that most places of a text are passed over at once."""
    by_letter: dict[str, list[str]] = {}
    for head in sorted(heads, key=len, reverse=True):
        by_letter.setdefault(head[0], []).append(head[1:].replace(" ", r"\s+"))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


_LENIENT = _table(FORMS, gated=False)
_STRICT = _table([form for form in FORMS if form.name not in _LOOSE], gated=True)


def _best(scene: Scene, at: int, forms: Iterable[Form]) -> Sequence[Found]:
    """The longest reading at ``at``; among equals a sure one, then the earlier form."""
    best: list[Found] = []
    for form in forms:
        held = [_trimmed(scene, found, form.name) for found in form.read(scene, at)]
        if not held:
            continue
        size = (held[-1].stop, held[0].strict)
        if not best or size > (best[-1].stop, best[0].strict):
            best = held
    return best


def _trimmed(scene: Scene, found: Found, form: str) -> Found:
    """The reading under its form's name, its words without the space at their ends."""
    span = Span(found.start, found.stop).trim(scene.text)
    anchor = Span(*found.anchor).trim(scene.text) if found.anchor else None
    return replace(found, start=span.start, stop=span.end, anchor=(anchor.start, anchor.end) if anchor else None, form=form)


def _scan(scene: Scene) -> list[Found]:
    held: list[Found] = []
    table = _STRICT if scene.strict else _LENIENT
    at = 0
    while (head := table.head.search(scene.low, at)) is not None:
        word = head[0] if head[0] in table.forms else head[0].split()[0]
        best = _best(scene, head.start(), table.forms[FIGURE if word[0].isdigit() else word])
        held += [
            found for found in best if not found.void and (not scene.strict or (found.strict and not _in_capitals(scene, found)))
        ]
        at = max(head.end(), best[-1].stop if best else 0)
    return held


def _in_capitals(scene: Scene, found: Found) -> bool:
    """A title in capitals names a programme's time and not a task's."""
    return scene.text[found.start : found.stop].isupper()


def _scene(text: str, span: Span, issued_on: date | None, ignore: Sequence[Span], *, strict: bool) -> Scene:
    """The stretch alone, with what is to be passed over blotted out, so that nothing around it matters."""
    parts: list[str] = []
    at = span.start
    for other in sorted(other for other in ignore if other.overlaps(span)):
        start, stop = max(other.start, at), min(other.end, span.end)
        parts += [text[at:start], MASK * (stop - start)]
        at = max(at, stop)
    piece = "".join([*parts, text[at : span.end]])
    return Scene(piece, fold(piece), issued_on, strict)


def find_deadlines(text: str, span: Span, issued_on: date | None, ignore: Sequence[Span] = ()) -> list[DeadlineMention]:
    """Deadlines in running text, in order, not overlapping; only what is surely one (no name of a programme, no fact).

    ``issued_on`` is the document's date, for words without a year; ``ignore`` the citations with their dates.
    """
    scene = _scene(text, span, issued_on, ignore, strict=True)
    return [mention(scene, found, span.start) for found in _scan(scene)]


_RANK = {DeadlineKind.EVENT: 3, DeadlineKind.RELATIVE: 1}
_OCCASIONS = frozenset({"occasion", "session", "holiday"})


def _rank(found: Found) -> int:
    if found.form in {"regularly", "always", "always-last", "stepwise", "rate", "length", "term"}:
        return 2
    if found.form in _OCCASIONS or found.first is not None:
        return 0
    return _RANK.get(found.kind, 0)


def parse_deadline(text: str, span: Span, issued_on: date | None) -> DeadlineMention | None:
    """The deadline that a stretch is (the value of "Thời gian:", a cell of a table); a dated one before any other.

    :returns: None where no time can be read from the stretch.
    """
    scene = _scene(text, span, issued_on, (), strict=False)
    held = _scan(scene)
    return mention(scene, min(held, key=_rank), span.start) if held else None
