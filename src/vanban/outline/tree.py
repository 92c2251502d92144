"""Blocks and the numbered tree: what each line is, and under which heading it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vanban.outline.blocks import Appendix, Block, BlockKind, Outline
from vanban.outline.drawn import drawn_tables
from vanban.outline.lines import Layout, Line, is_rule, physical_lines
from vanban.outline.markers import Mark, Rank, marks_of
from vanban.outline.numbering import Numbering
from vanban.outline.quotes import quoted
from vanban.outline.regions import AppendixStart, Region, Regions
from vanban.outline.words import bare
from vanban.reading import Heading, Table
from vanban.spans import Span

_CLOSING = re.compile(
    r"(?:tren day|trong qua trinh|qua trinh|nhan duoc|can cu (?:ke hoach|noi dung|chi thi)|(?:chi thi|ke hoach|quyet dinh|cong van|nghi quyet) nay|khi co|noi dung)\b"
    r"|(?:ubnd|uy ban|thu tuong|so|van phong|ban|chu tich|bo|chinh phu|tinh uy|thuong truc)\b.{2,60}\b(?:yeu cau|de nghi|thong bao|giao)\b"
    r"|(?:yeu cau|de nghi|giao) (?:cac|thu truong|giam doc|nguoi dung dau|chanh|van phong)\b"
)
_YEAR_LAST = re.compile(r"(?<![\d.,])(?:19|20|21)\d\d$")
_TO_YEAR = re.compile(
    r"(?:\d{1,2}\s*[/.]\s*){0,2}(?:19|20|21)\d\d(?!\d)"
)  # after a year a range ends in a year: 100% begins an item
_FREE = {Region.BODY: BlockKind.PLAIN, Region.APPENDIX: BlockKind.PLAIN, Region.NOTE: BlockKind.NOTE}


def outline(text: str, tables: tuple[Table, ...]) -> Outline:
    """The blocks, headings, body and appendices of ``text``; lines inside ``tables`` (not layout), or drawn as a table, give TABLE blocks."""
    lines = physical_lines(text)
    inside = _table_of_lines(lines, tables) if tables else drawn_tables(lines)
    layout = Layout(lines)
    regions = Regions(lines, layout, inside)
    builder = _Builder(_Page(text, lines, layout, regions, inside, tables))
    blocks = builder.build()
    headings = tuple(
        Heading(block.path, block.marker, " ".join(block.content(text).of(text).split()), block.span)
        for block in blocks
        if block.kind == BlockKind.HEADING
    )
    return Outline(
        tuple(blocks), headings, _body(text, lines, regions), _appendices(text, lines, regions.appendices, builder.appendix_paths)
    )


def _table_of_lines(lines: Sequence[Line], tables: Sequence[Table]) -> list[int | None]:
    """For each line the table that it lies in, layout tables left out."""
    real = [(number, table.span) for number, table in enumerate(tables) if not table.layout]
    inside: list[int | None] = []
    at = 0
    for line in lines:
        while at < len(real) and real[at][1].end <= line.span.start:
            at += 1
        inside.append(real[at][0] if at < len(real) and real[at][1].start <= line.span.start else None)
    return inside


def _body(text: str, lines: Sequence[Line], regions: Regions) -> Span:
    body = [line.span for line, region in zip(lines, regions.of, strict=True) if region == Region.BODY]
    return Span(body[0].start, body[-1].end) if body else Span(len(text), len(text))


def _appendices(text: str, lines: Sequence[Line], starts: Sequence[AppendixStart], paths: Sequence[str]) -> tuple[Appendix, ...]:
    edges = [lines[start.index].span.start for start in starts] + [len(text)]
    return tuple(
        Appendix(start.name, path, Span(edges[i], edges[i + 1]).trim(text))
        for i, (start, path) in enumerate(zip(starts, paths, strict=True))
    )


@dataclass(slots=True)
class _Open:
    """The block that is being read: its lines, by number."""

    kind: BlockKind
    mark: Mark | None
    level: int
    entry: int
    lines: list[int]


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of the text before it is read into blocks; ``inside``: the table that each line lies in."""

    text: str
    lines: Sequence[Line]
    layout: Layout
    regions: Regions
    inside: Sequence[int | None]
    tables: Sequence[Table]


class _Builder:
    """Reads the lines of one text in order into blocks."""

    def __init__(self, page: _Page) -> None:
        self._text, self._lines, self._layout, self._regions = page.text, page.lines, page.layout, page.regions
        self._inside, self._tables = page.inside, page.tables
        self._quoted = quoted(page.text)
        self._blocks: list[tuple[Block, int]] = []
        self._open: _Open | None = None
        self._numbering = Numbering()
        self._parts = set(page.regions.parts[1:])
        self.appendix_paths: list[str] = []

    def build(self) -> list[Block]:
        """Every block of the text, in order."""
        for index, line in enumerate(self._lines):
            if index in self._parts:
                self._numbering.restart("")
            self._read(index, line, self._regions.of[index])
        self._close()
        self._raise_closings()
        paths = self._numbering.paths()
        return [replace(block, path=paths[entry]) if entry >= 0 else block for block, entry in self._blocks]

    def _read(self, index: int, line: Line, region: Region) -> None:
        if self._starts_appendix(index):
            self._close()
            self._enter_appendix()
        if region == Region.TITLE:
            self._begin(BlockKind.APPENDIX, None, index, 0)
        elif self._inside[index] is not None and region in {Region.BODY, Region.APPENDIX}:
            self._table(index)
        elif region not in _FREE:
            self._single(BlockKind.FURNITURE, index)
        elif line.furniture or is_rule(line.text):
            self._page_break(index)
        else:
            self._paragraph(index, line, _FREE[region])

    def _starts_appendix(self, index: int) -> bool:
        at = len(self.appendix_paths)
        return at < len(self._regions.appendices) and self._regions.appendices[at].index == index

    def _enter_appendix(self) -> None:
        start = self._regions.appendices[len(self.appendix_paths)]
        path = f"PL{start.number}"
        if path in self.appendix_paths:
            path = f"PL{len(self.appendix_paths) + 1}"
        self.appendix_paths.append(path)
        self._numbering.restart(path)

    def _page_break(self, index: int) -> None:
        """A page number or a drawn line: inside a paragraph it is passed over, else it stands alone."""
        if self._open is None or not self._goes_on_after(index):
            self._single(BlockKind.FURNITURE, index)

    def _goes_on_after(self, index: int) -> bool:
        """Whether the paragraph that is open goes on below the page furniture at ``index``."""
        after = next((i for i in range(index, min(index + 8, len(self._lines))) if not self._is_furniture(i)), None)
        if (
            after is None
            or self._open is None
            or self._open.kind == BlockKind.APPENDIX
            or self._regions.of[after] != self._regions.of[index]
            or self._inside[after] is not None
        ):
            return False
        last = self._open.lines[-1]
        if self._accept(last, self._lines[after]) is not None:
            return False
        return self._layout.goes_on(
            last, self._lines[last], self._lines[after], over_page=True, heading=self._open.kind == BlockKind.HEADING
        )

    def _is_furniture(self, index: int) -> bool:
        return self._lines[index].furniture or is_rule(self._lines[index].text)

    def _table(self, index: int) -> None:
        number = self._inside[index]
        if index and self._inside[index - 1] == number and self._blocks and self._blocks[-1][0].kind == BlockKind.TABLE:
            return
        self._close()
        block = Block(self._table_span(index), "", BlockKind.TABLE, self._numbering.depth, "")
        self._blocks.append((block, self._numbering.current))

    def _table_span(self, index: int) -> Span:
        """The place of the table that begins at line ``index``: given with the file, or drawn with spaces in the text."""
        number = self._inside[index]
        if self._tables and number is not None:
            return self._tables[number].span.trim(self._text)
        last = index
        while (
            last + 1 < len(self._lines)
            and self._inside[last + 1] == number
            and self._regions.of[last + 1] == self._regions.of[index]
        ):
            last += 1
        return Span(self._lines[index].span.start, self._lines[last].span.end)

    def _single(self, kind: BlockKind, index: int) -> None:
        self._close()
        line = self._lines[index]
        self._blocks.append((Block(line.span, "", kind, 0, "", (line.span,)), -1))

    def _paragraph(self, index: int, line: Line, kind: BlockKind) -> None:
        last = self._open.lines[-1] if self._open else None
        mark = None if kind == BlockKind.NOTE else self._accept(last, line)
        if mark is not None:
            self._marked(mark, index)
        elif self._continues(last, index, line):
            assert self._open is not None  # noqa: S101 - _continues says so
            self._open.lines.append(index)
        else:
            self._begin(kind, None, index, self._numbering.depth + 1)

    def _continues(self, last: int | None, index: int, line: Line) -> bool:
        if last is None or self._open is None:
            return False
        before = self._lines[last]
        if self._open.kind == BlockKind.APPENDIX:
            return False
        if self._regions.of[last] != self._regions.of[index]:
            return False
        return self._layout.goes_on(last, before, line, over_page=index - last > 1, heading=self._open.kind == BlockKind.HEADING)

    def _marked(self, mark: Mark, index: int) -> None:
        if mark.rank == Rank.BULLET:
            extra = 2 if mark.written in {"+", "◦", "○"} else 1
            self._begin(BlockKind.BULLET, mark, index, self._numbering.depth + extra)
            return
        self._close()
        self._numbering.enter(mark)
        self._begin(BlockKind.HEADING, mark, index, self._numbering.depth)

    def _accept(self, last: int | None, line: Line) -> Mark | None:
        """The mark that ``line`` truly opens with; None where the sign is a part of a sentence that was broken there."""
        candidates = marks_of(line.text)
        if not candidates:
            return None
        before = self._lines[last] if last is not None else None
        broken = (
            before is not None
            and last is not None
            and not before.closed
            and self._layout.full(last, before, line)
            and not self._layout.gap(line)
        )
        if candidates[0].rank == Rank.BULLET:
            return None if broken and before is not None and _hyphen(before, candidates[0]) else candidates[0]
        if self._quoted(line.span.start):
            return None
        return self._numbering.choose(
            candidates, broken=broken, dangling=before is not None and before.dangling and not before.closed
        )

    def _raise_closings(self) -> None:
        """Take the closing paragraph ("UBND tỉnh yêu cầu …./.") out of the last numbered paragraph, which it does not belong to."""
        for at in range(1, len(self._blocks)):
            block, entry = self._blocks[at]
            if block.kind != BlockKind.PLAIN or entry < 0 or not self._text.endswith(".", 0, block.span.end):
                continue
            before = self._blocks[at - 1][0]
            finished = self._text.endswith((".", ";"), 0, before.span.end)
            if finished and _ends_body(self._blocks, at) and _CLOSING.match(bare(block.span.of(self._text)[:120])):
                top = self._numbering.chapter_of(entry)
                self._blocks[at] = (replace(block, level=self._numbering.depth_of(top) + 1), top)

    def _begin(self, kind: BlockKind, mark: Mark | None, index: int, level: int) -> None:
        self._close()
        self._open = _Open(kind, mark, level, self._numbering.current, [index])

    def _close(self) -> None:
        if self._open is None:
            return
        held, self._open = self._open, None
        spans = tuple(self._lines[i].span for i in held.lines)
        span = Span(spans[0].start, spans[-1].end)
        block = Block(span, held.mark.written if held.mark else "", held.kind, held.level, "", spans)
        block = replace(block, inner=block.content(self._text))
        self._blocks.append((block, held.entry))


def _ends_body(blocks: Sequence[tuple[Block, int]], at: int) -> bool:
    """Whether the paragraph at ``at`` is the last before the signature or the end."""
    after = next((blocks[i][0] for i in range(at + 1, len(blocks)) if blocks[i][0].kind != BlockKind.NOTE), None)
    return after is None or after.kind in {BlockKind.FURNITURE, BlockKind.APPENDIX}


def _hyphen(before: Line, mark: Mark) -> bool:
    """Whether a dash at the line's start joins it to an unfinished line (2021⏎- 2025), and is no bullet."""
    if mark.written not in {"-", "–", "—"}:
        return False
    rest = mark.rest.lstrip()
    if before.text[-1:].isdigit() and rest[:1].isdigit():
        return _YEAR_LAST.search(before.text) is None or _TO_YEAR.match(rest) is not None
    return rest[:1].islower() and before.dangling and not bare(rest).startswith(("cac ", "doi voi "))
