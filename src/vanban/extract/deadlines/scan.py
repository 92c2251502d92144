"""Go through a stretch once, try the forms that begin with each word, keep the longest reading at each place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
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


def _by_first_word() -> dict[str, tuple[Form, ...]]:
    held: dict[str, list[Form]] = {}
    for form in FORMS:
        for head in dict.fromkeys(word.split()[0] for word in form.heads):
            held.setdefault(head, []).append(form)
    return {head: tuple(forms) for head, forms in held.items()}


_FORMS_OF = _by_first_word()
_HEAD = re.compile(rf"(?<![\w/.,])(?:({'|'.join(sorted(set(_FORMS_OF) - {FIGURE}, key=len, reverse=True))})(?!\w)|\d)")


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


def _scan(scene: Scene, *, strict: bool) -> list[Found]:
    held: list[Found] = []
    at = 0
    while (head := _HEAD.search(scene.low, at)) is not None:
        best = _best(scene, head.start(), _FORMS_OF[head[1] or FIGURE])
        if best and strict and best[0].kind is DeadlineKind.EVENT and not best[0].strict and not best[0].void:
            best = _best(scene, head.start(), [form for form in _FORMS_OF[head[1] or FIGURE] if form.name not in _LOOSE])
        held += [found for found in best if not found.void and (found.strict or not strict)]
        at = max(head.end(), best[-1].stop if best else 0)
    return held


_LOOSE = frozenset({"condition", "as-set", "on-demand", "soon", "end-of", "event-then", "at-once"})


def _scene(text: str, span: Span, issued_on: date | None, ignore: Sequence[Span]) -> Scene:
    """The stretch alone, with what is to be passed over blotted out, so that nothing around it matters."""
    piece = span.of(text)
    for other in ignore:
        if other.overlaps(span):
            start, stop = max(other.start, span.start) - span.start, min(other.end, span.end) - span.start
            piece = piece[:start] + MASK * (stop - start) + piece[stop:]
    return Scene(piece, fold(piece), issued_on)


def find_deadlines(text: str, span: Span, issued_on: date | None, ignore: Sequence[Span] = ()) -> list[DeadlineMention]:
    """Deadlines in running text, in order, not overlapping; only what is surely one (no name of a programme, no fact).

    ``issued_on`` is the document's date, for words without a year; ``ignore`` the citations with their dates.
    """
    scene = _scene(text, span, issued_on, ignore)
    return [mention(scene, found, span.start) for found in _scan(scene, strict=True)]


_RANK = {DeadlineKind.EVENT: 3, DeadlineKind.RELATIVE: 1}
_OCCASIONS = frozenset({"occasion", "session", "holiday"})


def _rank(found: Found) -> int:
    if found.form in {"regularly", "always", "stepwise", "rate", "length"}:
        return 2
    if found.form in _OCCASIONS or found.first is not None:
        return 0
    return _RANK.get(found.kind, 0)


def parse_deadline(text: str, span: Span, issued_on: date | None) -> DeadlineMention | None:
    """The deadline that a stretch is (the value of "Thời gian:", a cell of a table); a dated one before any other.

    :returns: None where no time can be read from the stretch.
    """
    scene = _scene(text, span, issued_on, ())
    held = _scan(scene, strict=False)
    return mention(scene, min(held, key=_rank), span.start) if held else None
