"""From the lines of a table whose cells have run together to its rows, each cell a row of slices of lines."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vanban.lexicon.agencies import find_agencies
from vanban.outline.run_together.damaged import heard, with_names
from vanban.outline.run_together.head import Head, heads
from vanban.outline.run_together.layer import Before, Line, bare, lines_of
from vanban.outline.run_together.names import TreeReader
from vanban.outline.run_together.recurring import completed
from vanban.outline.run_together.rows import Cut, cut_rows, is_section
from vanban.outline.run_together.table import Piece, WovenCell, WovenRow, WovenTable
from vanban.outline.run_together.vocabulary import Heard, open_starts, time_starts, tree_of
from vanban.outline.run_together.weave import FREE, Given, Weaver, Woven
from vanban.outline.tables import Role
from vanban.reading import Mend
from vanban.spans import Span, cover

_TIMED = 0.4
_LAST_OF_TIME = frozenset({"xuyen", "nam", "quy", "thang", "theo"})
_HEAD = re.compile(r"^\W*(?:\w\W+)?S?TT\b", re.MULTILINE)
_AROUND = 600
_NARROW = 24
_PERCENTILE = 0.9
_ENOUGH = 5
_FEW = 3
_MOST_NAMES = 12
_ALONE = 0.5
_MOST_ALONE = 0.75
_MOST_BEFORE = 0.7
_RECURS = 0.2
_LONG_FURNITURE = 8


@dataclass(slots=True)
class _Zone:
    """The lines of one table, heads told again and section rows taken out: the runs of lines between sections.

    ``headed``: the number of runs when a section's heading last went on over two lines.
    """

    columns: tuple[Role, ...]
    span: Span
    runs: list[tuple[str, list[Line]]] = field(default_factory=list)
    headed: int = 0


def woven_tables(text: str, spans: Sequence[Span], taken: Sequence[Span] = (), mends: Sequence[Mend] = ()) -> list[WovenTable]:
    """The tables of work in each of ``spans`` (appendices, the body) whose cells have run together.

    :param taken: the places of tables that are known already.
    :param mends: what was restored in ``text``, in order.
    """
    before = Before(text, mends)
    return [
        table for span in spans for zone in _zones(text, span, taken, before) if (table := _read(zone, damaged=bool(before))).rows
    ]


def _first_head(text: str, span: Span, taken: Sequence[Span]) -> int | None:
    """Where the first head begins that is not in a table which has kept its layout; found without reading all the text."""
    for found in _HEAD.finditer(text, span.start, span.end):
        place = Span(found.start(), min(len(text), found.end() + 1))
        if _is_set_in_columns(text, place) or any(held.overlaps(place) for held in taken):
            continue
        start = max(span.start, text.rfind("\n", span.start, max(span.start, found.start() - _AROUND)) + 1)
        near = lines_of(text, Span(start, min(span.end, found.end() + _AROUND)))
        if any(True for _ in heads(near)):
            return start
    return None


def _is_set_in_columns(text: str, place: Span) -> bool:
    """Whether wide gaps keep the columns apart in the lines from ``place`` on."""
    lines = [line for line in text[place.start : place.start + 1500].split("\n")[:12] if line.strip()]
    return sum("    " in line.strip() for line in lines) * 3 > len(lines)


def _zones(text: str, span: Span, taken: Sequence[Span], before: Before) -> Iterator[_Zone]:
    start = _first_head(text, span, taken)
    if start is None:
        return
    lines = lines_of(text, Span(start, span.end), before)
    found = [head for head in heads(lines) if not any(held.overlaps(lines[head.first].span) for held in taken)]
    if not found or any(_is_set_in_columns(text, lines[head.first].span) for head in found):
        return
    columns = _merged(found)
    furniture = _furniture(lines, found)
    zone = _Zone(columns, Span(lines[found[0].first].span.start, lines[-1].span.end), [("", [])])
    for head, following in zip(found, [*found[1:], None], strict=True):
        end = following.first if following else len(lines)
        for at in range(head.last, end):
            if at in furniture:
                continue
            line = lines[at] if at > head.last else Line(lines[at].span, lines[at].tokens, gap=2)
            mark = is_section(line)
            if mark is not None:
                zone.runs.append((mark, []))
            elif not _goes_on_section(zone, line):
                zone.runs[-1][1].append(line)
    yield zone


def _furniture(lines: Sequence[Line], found: Sequence[Head]) -> set[int]:
    """The places of the lines that end or begin pages: above heads told again alike but for figures, with page numbers beside."""
    letters = ["".join(sign for token in line.tokens for sign in token.bare if sign.isalpha()) for line in lines]
    above = {at for head in found for at in range(max(0, head.first - _FEW), head.first) if len(letters[at]) >= _LONG_FURNITURE}
    told = Counter(letters[at] for at in above)
    same = {at for at in above if told[letters[at]] >= _FEW}
    return same | {
        at for at, line in enumerate(lines) if {at - 1, at + 1} & same and len(line.tokens) == 1 and line.tokens[0].bare.isdigit()
    }


def _goes_on_section(zone: _Zone, line: Line) -> bool:
    """Whether the line is the second one of a section's heading: it begins in small letters and has no bar."""
    mark, lines = zone.runs[-1]
    first = line.tokens[0]
    if not mark or lines or zone.headed == len(zone.runs) or first.capital or not first.bare.isalpha():
        return False
    zone.headed = len(zone.runs)
    return not any(token.barred for token in line.tokens)


def _merged(found: Sequence[Head]) -> tuple[Role, ...]:
    """The columns of a table from its head and those told again: each may have lost some; the fullest gives the order."""
    best = max(found, key=lambda head: len(head.columns))
    return best.columns


def _read(zone: _Zone, *, damaged: bool) -> WovenTable:
    cuts: list[tuple[str, Cut]] = []
    expected = 1
    for mark, lines in zone.runs:
        for cut in cut_rows(lines, expected) if lines else []:
            cuts.append((mark, cut))
            expected = max(expected, int(cut.number or 0) + 1)
    columns = tuple(role for role in zone.columns if role is not Role.NUMBER)
    woven, order = _weave(columns, [cut for _, cut in cuts], damaged=damaged)
    rows = [_row(cut, mark, one, order) for (mark, cut), one in zip(cuts, woven, strict=True)]
    return WovenTable((Role.NUMBER, *order), tuple(completed(rows)), zone.span)


def _weave(columns: tuple[Role, ...], cuts: Sequence[Cut], *, damaged: bool) -> tuple[list[Woven], tuple[Role, ...]]:
    """The words of each row shared out, and the order of columns that fits best; twice: the first time the table is learned."""
    may = heard(token for cut in cuts for line in cut.lines for token in line.tokens) if damaged else {}
    columns = _ordered(columns, cuts)
    readers = {role: _reader(role, may) for role in columns if role not in FREE}
    work = _width_of_work(cuts, open_starts() | time_starts() if columns[1] is Role.TIME else open_starts())
    first = Weaver(columns, readers, _first_widths(columns, work))
    rows = [first.weave(cut.lines) for cut in cuts]
    if may:
        may = with_names(may, _names(columns, rows))
    readers = {
        role: _reader(role, may)
        if role is Role.TIME
        else _reader(role, may, _usual(rows, columns.index(role)), _values(rows, columns.index(role)))
        for role in readers
    }
    second = Weaver(columns, readers, _widths(columns, rows, work))
    return [second.weave(cut.lines) for cut in cuts], columns


def _ordered(columns: tuple[Role, ...], cuts: Sequence[Cut]) -> tuple[Role, ...]:
    """``columns``, with result and time side by side in the order that the rows show: heads seldom tell which comes first.

    Where the head has lost the column of times, the rows tell that there is one: it is the last, but for notes.
    """
    timed = sum(any(_ends_in_time(line) for line in cut.lines) for cut in cuts) >= _TIMED * len(cuts)
    if Role.TIME not in columns:
        at = len(columns) - (columns[-1] is Role.NOTE)
        return (*columns[:at], Role.TIME, *columns[at:]) if timed else columns
    if Role.RESULT not in columns:
        return columns
    first, second = sorted((columns.index(Role.RESULT), columns.index(Role.TIME)))
    if second - first > 1 or second + 1 < len(columns):
        return columns
    return (*columns[:first], *((Role.RESULT, Role.TIME) if timed else (Role.TIME, Role.RESULT)))


def _ends_in_time(line: Line) -> bool:
    return bool(line.tokens) and (line.tokens[-1].dated or line.tokens[-1].bare in _LAST_OF_TIME)


def _reader(
    role: Role, may: Mapping[str, Heard], usual: Mapping[str, float] | None = None, values: Sequence[Sequence[str]] = ()
) -> TreeReader:
    return TreeReader(tree_of(role), frozenset() if role is Role.TIME else open_starts(), usual, may, values)


def _values(rows: Sequence[Woven], column: int) -> list[tuple[str, ...]]:
    """The values, as bare words, that a good share of the cells of ``column`` have."""
    cells = [
        tuple(
            word
            for given in row.words
            if given.column == column and given.word != ""
            for piece in (given.word or given.token.text).split()
            if (word := bare(piece))
        )
        for row in rows
    ]
    return [value for value, count in Counter(filter(None, cells)).most_common() if count >= max(_ENOUGH, _RECURS * len(rows))]


def _names(columns: Sequence[Role], rows: Sequence[Woven]) -> list[tuple[str, ...]]:
    """The names that the cells of bodies hold, as written: what those that are damaged beyond reading may hold too."""
    found: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        for column, role in enumerate(columns):
            if role in FREE or role is Role.TIME:
                continue
            text = " ".join(given.word or given.token.text for given in row.words if given.column == column and given.word != "")
            found.update(tuple(mention.name.split()) for mention in find_agencies(text, Span(0, len(text))))
    return [name for name, _ in found.most_common(_MOST_NAMES)]


def _usual(rows: Sequence[Woven], column: int) -> Mapping[str, float] | None:
    """The words that the cells of ``column`` begin with, and for what share of the rows; None where the rows are too few to tell."""
    if len(rows) < _ENOUGH:
        return None
    begun = [next((given for given in row.words if given.column == column and given.word != ""), None) for row in rows]
    words = Counter(bare((given.word or given.token.text).split()[0]) for given in begun if given is not None)
    return {word: count / max(1, sum(words.values())) for word, count in words.items()}


def _width_of_work(cuts: Sequence[Cut], starts: frozenset[str]) -> int | None:
    """How wide the column of work is: as wide as most lines that hold nothing else, and as most that go on with the next one.

    ``starts``: the bare words that the cells of the next column begin with.
    """
    lines = [line for cut in cuts for line in cut.lines if line.tokens]
    longest = max((line.width for line in lines), default=0)
    alone: list[int] = []
    before: list[int] = []
    for line in lines:
        first = line.tokens[0].left
        body = next((token for token in line.tokens[1:] if token.barred or (token.capital and token.bare in starts)), None)
        if body is not None:
            before.append(body.left - 1 - first)
        elif line.width < _ALONE * longest:
            alone.append(line.width - first)
    return max(_share(alone, _MOST_ALONE), _share(before, _MOST_BEFORE, _FEW)) or None


def _share(lengths: list[int], share: float, enough: int = _ENOUGH) -> int:
    """The length that ``share`` of them do not pass; 0 where they are too few to tell."""
    return sorted(lengths)[int(share * (len(lengths) - 1))] if len(lengths) >= enough else 0


def _first_widths(columns: Sequence[Role], work: int | None) -> list[int | None]:
    return [work if role is Role.TASK else None if role in FREE else _NARROW for role in columns]


def _widths(columns: Sequence[Role], rows: Sequence[Woven], work: int | None) -> list[int | None]:
    """How wide each column is: what nine of ten of its slices do not pass."""
    lengths: list[list[int]] = [[] for _ in columns]
    for row in rows:
        for column, held in _slices(row.words):
            lengths[column].append(held[-1].token.right - held[0].token.left)
    known = _first_widths(columns, work)
    return [
        known[column] if role is Role.TASK else _share(held, _PERCENTILE) or known[column]
        for column, (role, held) in enumerate(zip(columns, lengths, strict=True))
    ]


def _slices(row: Sequence[Given]) -> Iterator[tuple[int, list[Given]]]:
    """The runs of words of one column on one line."""
    run: list[Given] = []
    for given in row:
        if run and (given.line, given.column) != (run[-1].line, run[-1].column):
            yield run[0].column, run
            run = []
        run.append(given)
    if run:
        yield run[0].column, run


def _row(cut: Cut, section: str, woven: Woven, columns: Sequence[Role]) -> WovenRow:
    pieces: dict[Role, list[Piece]] = {}
    slices: dict[Role, list[Span]] = {}
    for column, held in _slices(woven.words):
        role = columns[column]
        said = [one for one in held if one.word != ""]
        if not said:
            continue
        pieces.setdefault(role, []).extend(
            Piece(one.token.span, one.token.text if one.word is None else one.word) for one in said
        )
        slices.setdefault(role, []).append(Span(said[0].token.span.start, said[-1].token.span.end))
    for column, rest in woven.ends.items():
        last = pieces[columns[column]][-1]
        pieces[columns[column]][-1] = Piece(last.span, f"{last.words} {rest}")
    cells = {role: WovenCell(tuple(pieces[role]), tuple(slices[role])) for role in pieces}
    return WovenRow(cut.number, section, cells, cover(line.span for line in cut.lines))
