"""Statements: the stretches of a document that give somebody something to do, with who that is.

A statement is a bullet or paragraph, or the part of one that has agencies of its own. Who it is for stands in it
("Bộ Y tế chủ trì …", "giao Sở Tài chính …"), or over it: in a heading that is an agency's name, or in the sentence
that opens the list ("… đề nghị các chủ đầu tư thực hiện các nội dung sau:").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vanban.extract.tasks.bodies import is_assigned, named_bodies
from vanban.extract.tasks.fields import Fields, fields_of
from vanban.extract.tasks.parties import Parties, heading_parties, subject_at
from vanban.extract.tasks.pieces import Rule, in_bracket, pieces
from vanban.extract.tasks.words import AIM_HEADING, HEADING_LEAD_IN, LIST_INTRO
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention
from vanban.outline import Block, BlockKind
from vanban.spans import Span

_TASKS_HEADING = re.compile(r"nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|phân\s+công|kiến\s+nghị|đề\s+xuất", re.IGNORECASE)
_TARGETS_HEADING = re.compile(r"\s*(?:các\s+|một\s+số\s+)?(?:mục\s+tiêu|chỉ\s+tiêu)(?!\w)", re.IGNORECASE)
_APPENDIX = "PL"
_LONG_HEADING = 250
_LONG_TITLE = 150
_COLUMN = r"(?:chủ\s?trì|phối\s?hợp|nhiệm\s?vụ|công\s?việc|hoàn\s?thành|kết\s?quả|sản\s?phẩm|thời\s?(?:gian|hạn))"
_COLUMN_HEAD = re.compile(
    rf"\b{_COLUMN}[^\n]{{0,20}}[ ]{{4,}}(?:\S+[ ]){{0,3}}{_COLUMN}[^\n]{{0,20}}(?:$|[ ]{{4}})", re.IGNORECASE
)
_GAP = re.compile(r"\S[ ]{4,}(?=\S)")
_CONTENT = {BlockKind.HEADING, BlockKind.BULLET, BlockKind.PLAIN}


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of one block with those it gives work. ``own``: they are named in it; ``under_aim``: see :func:`is_under_aim`."""

    block: Block
    span: Span
    parties: tuple[AgencyMention, ...]
    pattern: str
    own: bool
    under_aim: bool = False
    partners: tuple[AgencyMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """Agencies that stand over the blocks below: under a heading's path, or deeper than a paragraph's level."""

    parties: tuple[AgencyMention, ...]
    pattern: str
    path: str
    level: int
    numbered: bool
    partners: tuple[AgencyMention, ...] = ()

    def holds(self, block: Block) -> bool:
        """Whether ``block`` stands under it; what the body says does not hold for its appendices."""
        if block.path.startswith(_APPENDIX) and not self.path.startswith(_APPENDIX):
            return False
        if self.numbered:
            return block.path == self.path or block.path.startswith(f"{self.path}.")
        if self.path and not (block.path == self.path or block.path.startswith(f"{self.path}.")):
            return False
        return block.level > self.level or self.level < 0


def content_blocks(work: Work) -> list[Block]:
    """The headings, bullets and paragraphs of the body and the appendices; letterhead and signature left out.

    Left out too is a table that a text file sets in columns of spaces, or whose cells have run together: its lines run
    through several cells.
    """
    if work.content is None:
        columns = [*_columns_of_spaces(work), *(table.span for table in work.woven)]
        blocks = [block for block in work.outline.blocks if block.kind in _CONTENT]
        work.content = [block for block in blocks if not any(block.span.overlaps(span) for span in columns)]
    return work.content


def _columns_of_spaces(work: Work) -> list[Span]:
    """From the head of each such table to the end of its appendix (or of the text)."""
    found: list[Span] = []
    end = 0
    while (gap := _GAP.search(work.text, end)) is not None:
        start = work.text.rfind("\n", 0, gap.start()) + 1
        end = work.text.find("\n", gap.end())
        end = len(work.text) if end < 0 else end
        if _COLUMN_HEAD.search(work.text, start, end):
            inside = [appendix.span for appendix in work.outline.appendices if appendix.span.start <= start < appendix.span.end]
            end = inside[-1].end if inside else len(work.text)
            found.append(Span(start, end))
    return found


def is_under_aim(work: Work, path: str) -> bool:
    """Whether the nearest heading that tells says: aims, facts or money, and not tasks."""
    for title in work.titles_over(path):
        if _TASKS_HEADING.search(title):
            return False
        if len(title) < _LONG_TITLE and AIM_HEADING.match(title):
            return True
    return False


def _sets_targets(work: Work, path: str) -> bool:
    """Whether targets are set below ``path``, for each body in turn ("II. CHỈ TIÊU / 1. Đối với các xã, phường")."""
    return any(_TARGETS_HEADING.match(title) for title in work.titles_over(path))


def statements(work: Work) -> Iterator[Statement]:
    """Every statement of the document, in order; headings over agencies and sentences that open a list go into the scopes."""
    blocks = content_blocks(work)
    scopes: list[Scope] = []
    aims: dict[str, bool] = {}
    for index, block in enumerate(blocks):
        scopes = [scope for scope in scopes if scope.holds(block)]
        fields = fields_of(work, block)
        if fields is not None:
            yield from _in_fields(work, block, fields)
            continue
        content = block.content(work.text)
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        over_list = following is not None and (following.level > block.level or following.kind is not BlockKind.HEADING)
        if len(content) < 500:
            named = _over(work, block, content, over_list=over_list and block.kind is BlockKind.HEADING)
            if named is not None and _opens(work, block, content, following):
                scopes = [*_outer(scopes, block), replace(_scope_of(block, named.members, "heading"), partners=named.partners)]
                continue
        over = block.path.rpartition(".")[0] if block.kind is BlockKind.HEADING else block.path
        if over not in aims:
            aims[over] = is_under_aim(work, over)
        led = bool(scopes) and scopes[-1].pattern == "heading" and not (aims[over] and _sets_targets(work, over))
        yield from _of_block(work, block, scopes, following, aim=aims[over] and not led)
        opened = _opened(work, block, content, scopes, following)
        if opened is not None:
            scopes = [*_outer(scopes, block), opened]


def _over(work: Work, block: Block, content: Span, *, over_list: bool) -> Parties | None:
    """Those whom a heading names; in a part that shares out work, a body that only its own words name too."""
    named = heading_parties(work, content, over_list=over_list)
    if named is not None or not over_list or not is_assigned(work, block.path):
        return named
    lead_in = HEADING_LEAD_IN.match(work.text, content.start, content.end)
    bodies = named_bodies(work, Span(lead_in.end() if lead_in else content.start, content.end))
    return Parties(bodies, content.end) if bodies else None


def _in_fields(work: Work, block: Block, fields: Fields) -> Iterator[Statement]:
    """The sentence that stands in place of a time: "Thời gian hoàn thành: các sở gửi báo cáo về Sở Y tế trước ngày …"."""
    value = fields.values.get("deadline")
    subject = subject_at(work, value.start, value.end) if value else None
    if value and subject:
        yield Statement(block, value, subject.members, "field", own=True)


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
    last = pieces(work, content, _rule(block, scopes))[-1]
    if not last.parties:
        return None
    if block.kind is BlockKind.PLAIN and following.kind is BlockKind.HEADING:
        return Scope(last.parties, "intro", block.path, -1, numbered=False)
    return _scope_of(block, last.parties, "intro")


def _rule(block: Block, scopes: Sequence[Scope]) -> Rule:
    led = bool(scopes) and scopes[-1].pattern == "heading"
    return Rule(led=led, listed=block.kind is not BlockKind.PLAIN)


def _of_block(work: Work, block: Block, scopes: list[Scope], following: Block | None, *, aim: bool) -> Iterator[Statement]:
    """The statements in one block: pieces with agencies of their own, else what stands over it."""
    content = block.content(work.text)
    bracket = in_bracket(work, content)
    for piece in pieces(work, content, _rule(block, scopes)):
        if bracket and not piece.parties:
            yield Statement(block, piece.span, bracket, "bracket", own=True, under_aim=aim)
        elif piece.parties:
            yield Statement(block, piece.span, piece.parties, piece.pattern, own=True, under_aim=aim)
        elif scopes and not _is_title(work, block, content, following, scopes[-1]):
            scope = scopes[-1]
            pattern = f"{scope.pattern}-{block.kind.value}"
            yield Statement(block, piece.span, scope.parties, pattern, own=False, under_aim=aim, partners=scope.partners)


def _is_title(work: Work, block: Block, content: Span, following: Block | None, scope: Scope) -> bool:
    """Whether a heading is only the title over deeper blocks: outside an agency's list, or where it does not end as a sentence."""
    if block.kind is not BlockKind.HEADING or following is None or following.level <= block.level:
        return False
    if following.path != block.path and not following.path.startswith(f"{block.path}."):
        return False
    return len(content) < _LONG_HEADING and (scope.pattern == "intro" or work.text[content.end - 1] not in ".;")
