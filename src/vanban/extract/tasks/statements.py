"""Statements: the stretches of a document that give somebody something to do, with who that is.

A statement is a bullet or paragraph, or the part of one that has agencies of its own. Who it is for stands in it
("Bộ Y tế chủ trì …", "giao Sở Tài chính …"), or over it: in a heading that is an agency's name, or in the sentence
that opens the list ("… đề nghị các chủ đầu tư thực hiện các nội dung sau:").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.extract.tasks.fields import fields_of
from vanban.extract.tasks.parties import Parties, asked_at, heading_parties, parties_at, past_remark, subject_at
from vanban.extract.tasks.words import AIM_HEADING, LIST_INTRO, NOT_WORK, PREAMBLE, WORK
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention
from vanban.outline import Block, BlockKind
from vanban.spans import Span

_SENTENCE_END = re.compile(r"(?<![\s.(][A-ZĐ])(?<!\s[Tt][Pp])(?<!\s[TBK][SMT])[.!?][”\")]?\s+(?=[“\"(]?[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ])")
_CLAUSE_END = re.compile(r";\s+(?:đồng\s+thời,?\s+)?")
_ASK_INSIDE = re.compile(
    r"[,;:]\s+(?P<ask>(?:do\s+(?:vậy|đó),?\s+|đồng\s+thời,?\s+|vì\s+vậy,?\s+|nay\s+)?(?=(?:đề\s+nghị|yêu\s+cầu|giao|phân\s+công)\s))", re.IGNORECASE
)
_ASK_LEAD_IN = re.compile(r"(?:do\s+(?:vậy|đó),?\s+|đồng\s+thời,?\s+|vì\s+vậy,?\s+|nay\s+)", re.IGNORECASE)
_COMMA = re.compile(r",\s+")
_WORK = re.compile(rf"\s*{WORK}", re.IGNORECASE)
_TASKS_HEADING = re.compile(r"nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|phân\s+công|kiến\s+nghị|đề\s+xuất", re.IGNORECASE)
_CONTENT = {BlockKind.HEADING, BlockKind.BULLET, BlockKind.PLAIN}


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of one block with those it gives work. ``own``: they are named in it; ``asked``: with a word of asking."""

    block: Block
    span: Span
    parties: tuple[AgencyMention, ...]
    pattern: str
    own: bool
    under_aim: bool = False
    intro: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Agencies that stand over the blocks below: under a heading's path, or deeper than a paragraph's level."""

    parties: tuple[AgencyMention, ...]
    pattern: str
    path: str
    level: int
    numbered: bool

    def holds(self, block: Block) -> bool:
        """Whether ``block`` stands under it."""
        if self.numbered:
            return block.path == self.path or block.path.startswith(f"{self.path}.")
        if self.path and not (block.path == self.path or block.path.startswith(f"{self.path}.")):
            return False
        return block.level > self.level or self.level < 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a block with its own agencies, or with none of its own."""

    span: Span
    parties: tuple[AgencyMention, ...]
    pattern: str


def content_blocks(work: Work) -> list[Block]:
    """The headings, bullets and paragraphs of the body and the appendices; letterhead and signature left out."""
    return [block for block in work.outline.blocks if block.kind in _CONTENT]


def is_under_aim(work: Work, path: str) -> bool:
    """Whether the nearest heading that tells says: aims, facts or money, and not tasks."""
    for title in work.titles_over(path):
        if _TASKS_HEADING.search(title):
            return False
        if AIM_HEADING.match(title):
            return True
    return False


def statements(work: Work) -> Iterator[Statement]:
    """Every statement of the document, in order; headings over agencies and sentences that open a list go into the scopes."""
    blocks = content_blocks(work)
    scopes: list[Scope] = []
    for index, block in enumerate(blocks):
        scopes = [scope for scope in scopes if scope.holds(block)]
        if fields_of(work, block) is not None:
            continue
        content = block.content(work.text)
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        over_list = following is not None and (following.level > block.level or following.kind is not BlockKind.HEADING)
        if len(content) < 500:
            named = heading_parties(work, content, over_list=over_list and block.kind is BlockKind.HEADING)
            if named is not None and _opens(work, block, content, following):
                scopes = [*_outer(scopes, block), _scope_of(block, named.members, "heading")]
                continue
        yield from _of_block(work, block, content, scopes, following)
        opened = _opened(work, block, content, scopes, following)
        if opened is not None:
            scopes = [*_outer(scopes, block), opened]


def _opens(work: Work, block: Block, content: Span, following: Block | None) -> bool:
    """Whether a name that stands alone is a heading: a numbered one, or one with something deeper or a colon after it."""
    if block.kind is BlockKind.HEADING:
        return True
    if following is None:
        return False
    return content.of(work.text).rstrip().endswith(":") or following.level > block.level


def _outer(scopes: list[Scope], block: Block) -> list[Scope]:
    """The scopes that stay in force when a new one is opened at ``block``."""
    return [scope for scope in scopes if scope.level < block.level]


def _scope_of(block: Block, parties: tuple[AgencyMention, ...], pattern: str) -> Scope:
    if block.kind is BlockKind.HEADING:
        return Scope(parties, pattern, block.path, block.level, numbered=True)
    return Scope(parties, pattern, block.path, block.level - (1 if block.kind is BlockKind.PLAIN else 0), numbered=False)


def _opened(work: Work, block: Block, content: Span, scopes: list[Scope], following: Block | None) -> Scope | None:
    """The scope that a sentence opens whose list stands below it."""
    if following is None or not LIST_INTRO.search(work.text, max(content.start, content.end - 60), content.end):
        return None
    last = list(pieces(work, content))[-1]
    if not last.parties:
        return None
    if block.kind is BlockKind.PLAIN and following.kind is BlockKind.HEADING:
        return Scope(last.parties, "intro", block.path, -1, numbered=False)
    return _scope_of(block, last.parties, "intro")


def _of_block(work: Work, block: Block, content: Span, scopes: list[Scope], following: Block | None) -> Iterator[Statement]:
    """The statements in one block: pieces with agencies of their own, else what stands over it."""
    aim = is_under_aim(work, block.path)
    bracket = in_bracket(work, content)
    for piece in pieces(work, content):
        if bracket and not piece.parties:
            yield Statement(block, piece.span, bracket, "bracket", own=True, under_aim=aim)
        elif piece.parties:
            yield Statement(block, piece.span, piece.parties, piece.pattern, own=True, under_aim=aim)
        elif scopes and not _is_title(block, following):
            scope = scopes[-1]
            pattern = f"{scope.pattern}-{block.kind.value}"
            yield Statement(block, piece.span, scope.parties, pattern, own=False, under_aim=aim)


_BRACKET = re.compile(r"\((?=[^()]*\)[\s.;,]*$)")
_BRACKET_LEAD_IN = re.compile(r"(?:(?:giao|do|cơ\s+quan\s+chủ\s+trì\s*:|chủ\s+trì\s*:|đơn\s+vị\s+thực\s+hiện\s*:|phân\s+công)\s*)?", re.IGNORECASE)
_BRACKET_WORK = re.compile(
    r"\s*(?:chủ\s+trì|thực\s+hiện|tham\s+mưu|chịu\s+trách\s+nhiệm|là\s+(?:cơ\s+quan|đơn\s+vị)\s+(?:chủ\s+trì|đầu\s+mối)|tổng\s+hợp)", re.IGNORECASE
)


def in_bracket(work: Work, content: Span) -> tuple[AgencyMention, ...]:
    """Those whom a bracket at the end names: "(Sở Tài chính chủ trì)", "(giao Sở Nội vụ)"; empty for any other bracket."""
    opens = _BRACKET.search(work.text, max(content.start, content.end - 200), content.end)
    if opens is None:
        return ()
    lead_in = _BRACKET_LEAD_IN.match(work.text, opens.end(), content.end)
    parties = parties_at(work, lead_in.end() if lead_in else opens.end(), content.end)
    if parties is None:
        return ()
    said = lead_in is not None and lead_in.end() > opens.end()
    return parties.members if said or _BRACKET_WORK.match(work.text, parties.end, content.end) else ()


def _is_title(block: Block, following: Block | None) -> bool:
    """Whether a heading is only the title over deeper blocks."""
    return block.kind is BlockKind.HEADING and following is not None and following.level > block.level


def pieces(work: Work, content: Span) -> list[Piece]:
    """``content`` cut where new agencies are given work; what goes before the first of them is a piece without agencies."""
    found: list[Piece] = []
    start = content.start
    parties: tuple[AgencyMention, ...] = ()
    pattern = ""
    for segment, sentence in segments(work.text, content):
        subject, at, name = _subject(work, segment, sentence=sentence)
        if subject is None:
            continue
        if at > start:
            found.append(Piece(Span(start, at).trim(work.text), parties, pattern))
        start, parties, pattern = at, subject.members, name
    found.append(Piece(Span(start, content.end).trim(work.text), parties, pattern))
    return [piece for piece in found if len(piece.span)]


def segments(text: str, content: Span) -> Iterator[tuple[Span, bool]]:
    """The sentences and clauses of ``content``; whether each begins a sentence."""
    edges = [(content.start, True)]
    edges += [(end.end(), True) for end in _SENTENCE_END.finditer(text, content.start, content.end)]
    edges += [(end.end(), False) for end in _CLAUSE_END.finditer(text, content.start, content.end)]
    edges.sort()
    for (start, sentence), (end, _) in zip(edges, [*edges[1:], (content.end, True)], strict=True):
        yield Span(start, end), sentence


def _subject(work: Work, segment: Span, *, sentence: bool) -> tuple[Parties | None, int, str]:
    """Those whom the segment gives work, where their piece begins, and the name of the pattern."""
    lead_in = _ASK_LEAD_IN.match(work.text, segment.start, segment.end)
    at = lead_in.end() if lead_in else segment.start
    asked = asked_at(work, at, segment.end)
    if asked is not None:
        return asked, segment.start, "ask"
    named = subject_at(work, segment.start, segment.end)
    if named is not None:
        return named, segment.start, "subject"
    if sentence and PREAMBLE.match(work.text, segment.start, segment.end):
        late = _after_preamble(work, segment)
        if late is not None:
            return late, segment.start, "preamble"
    for cue in _ASK_INSIDE.finditer(work.text, segment.start, segment.end):
        asked = asked_at(work, cue.end(), segment.end)
        if asked is not None:
            return asked, cue.start("ask"), "ask-inside"
    return None, segment.start, ""


def _after_preamble(work: Work, segment: Span) -> Parties | None:
    """Those named after a comma in "Trên cơ sở …, Sở Tài chính tổng hợp …"; None once a verb comes first."""
    for comma in _COMMA.finditer(work.text, segment.start, min(segment.end, segment.start + 400)):
        asked = asked_at(work, comma.end(), segment.end)
        if asked is not None:
            return asked
        parties = parties_at(work, comma.end(), segment.end)
        if parties is None:
            if _WORK.match(work.text, comma.end(), segment.end):
                return None
            continue
        after = past_remark(work, parties.end)
        if _WORK.match(work.text, after, segment.end) and not NOT_WORK.match(work.text, after, segment.end):
            if not all(work.is_issuer(member) for member in parties.members):
                return Parties(parties.members, after)
        named = subject_at(work, comma.end(), segment.end)
        if named is not None:
            return named
    return None
