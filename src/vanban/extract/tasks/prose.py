"""Tasks in running text: from statements, and from paragraphs that lines of attributes below them complete."""

import re
from collections.abc import Iterator, Sequence

from vanban.extract.tasks.draft import Draft
from vanban.extract.tasks.fields import Fields, fields_behind, fields_in_bracket, fields_of, joined
from vanban.extract.tasks.partners import partners, without
from vanban.extract.tasks.statements import Statement, content_blocks
from vanban.extract.tasks.times import cut_by_times
from vanban.extract.tasks.words import CLOSING, LIST_INTRO, TROUBLE, WORK
from vanban.extract.tasks.work import Work
from vanban.outline import Block, BlockKind
from vanban.spans import Span

_LETTER = re.compile(r"[a-zđ]\s?[).]")
_IN_FORCE = re.compile(
    r"chịu\s+trách\s+nhiệm\s+thi\s+hành|căn\s+cứ\s+(?:Quyết|Nghị)\s+(?:định|quyết)\s+(?:này\s+)?thi\s+hành|có\s+hiệu\s+lực\s+(?:thi\s+hành\s+)?kể\s+từ",
    re.IGNORECASE,
)
_EXPLICIT = re.compile(r"chủ\s+trì|có\s+trách\s+nhiệm|phối\s+hợp\s+với|tham\s+mưu", re.IGNORECASE)
_VERB = re.compile(rf"\s*{WORK}", re.IGNORECASE)
_ABOUT = re.compile(r"(?:Kinh\s+phí|Nguồn\s+(?:kinh\s+phí|vốn)|Nội\s+dung\s+báo\s+cáo|Thời\s+gian|Đối\s+tượng|Phạm\s+vi)(?!\w)")
_GENERAL = re.compile(
    r"(?:thực\s+hiện|triển\s+khai)(?:\s+\S+){0,6}?\s+(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|giải\s+pháp|biện\s+pháp|việc)(?:\s+\S+){0,6}\s*$"
    r"|(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|trách\s+nhiệm|nhiệm\s+vụ)\s*$",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?:[.;]|^)\s+(?=[^.;]*$)")
_FOR_DUTIES = {"quoted", "field"}
_SHORT = 160
_REPORTS = {"BC", "TTr"}
_AHEAD = re.compile(
    r"\s*(?:(?:một\s+số|các|những|mục\s+tiêu,?|định\s+hướng,?|dự\s+kiến)\s+)*(?:phương\s+hướng|nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện)",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"kết\s+quả|tình\s+hình|đánh\s+giá|đã\s|tồn\s+tại|hạn\s+chế", re.IGNORECASE)
_PROPOSALS = re.compile(r"kiến\s+nghị|đề\s+xuất|nhiệm\s+vụ|phương\s+hướng|giải\s+pháp|tổ\s+chức\s+thực\s+hiện", re.IGNORECASE)


def prose_drafts(work: Work, told: Sequence[Statement]) -> list[Draft]:
    """The tasks of the body's running text, in order."""
    drafts, used = _completed(work, told)
    for statement in told:
        if statement.pattern not in _FOR_DUTIES and statement.block.span not in used and _is_task(work, statement):
            drafts.extend(_drafts_of(work, statement))
    return drafts


def _is_task(work: Work, statement: Statement) -> bool:
    """Whether a statement is work to be followed, and not an aim, a report of the past, or the closing formula."""
    words = statement.span.of(work.text)
    if len(words.split()) < 4 or _IN_FORCE.search(words) or (statement.own and TROUBLE.match(words)):
        return False
    closes = statement.block.kind is BlockKind.PLAIN or (statement.pattern.startswith("ask") and len(words) < _SHORT)
    if statement.own and closes and CLOSING.search(words):
        return False
    if work.metadata.type in _REPORTS and not _in_proposals(work, statement):
        return False
    if statement.under_aim:
        return statement.own and (statement.pattern == "ask-give" or _EXPLICIT.search(words) is not None)
    if statement.own:
        return True
    return _ABOUT.match(words) is None and (statement.block.marker != "+" or _VERB.match(words) is not None)


def _in_proposals(work: Work, statement: Statement) -> bool:
    """For a report: what stands under its proposals and is asked of somebody, and whom the work ahead names."""
    titles = list(work.titles_over(statement.block.path))
    if statement.pattern.startswith(("ask", "intro")):
        return any(_PROPOSALS.search(title) for title in titles)
    ahead = any(_AHEAD.match(title) for title in titles) and not any(_BEHIND.search(title) for title in titles)
    return ahead and statement.pattern.startswith(("subject", "heading", "topic", "preamble"))


def _drafts_of(work: Work, statement: Statement) -> Iterator[Draft]:
    span = _without_intro(work.text, statement.span)
    if span is None:
        return
    for piece, due in cut_by_times(work, span):
        lead = statement.parties
        yield Draft(
            span=piece,
            words=work.words(statement.block, piece),
            path=statement.block.path,
            pattern=statement.pattern,
            lead=lead,
            coordinating=without((*statement.partners, *partners(work, piece)), lead),
            deadline=due,
        )


def _without_intro(text: str, span: Span) -> Span | None:
    """``span`` without a last sentence that only opens a list ("cụ thể:"); None where nothing is left."""
    if not LIST_INTRO.search(text, max(span.start, span.end - 60), span.end):
        return span
    words = span.of(text).rstrip(" \n\t:.")
    if _GENERAL.search(re.sub(r"\s*(?:như\s+sau|sau\s+đây|dưới\s+đây|sau)$", "", words)):
        return None
    last = _LAST_SENTENCE.search(words)
    if last and len(words) - last.end() < 40:
        return Span(span.start, span.start + last.start() + 1)
    return span


def _completed(work: Work, told: Sequence[Statement]) -> tuple[list[Draft], set[Span]]:
    """The tasks that lines of attributes complete, and the blocks that are thereby done with."""
    blocks = content_blocks(work)
    given = {statement.block.span: statement for statement in reversed(told)}
    drafts: list[Draft] = []
    done: set[int] = set()
    ended: set[Span] = set()
    for block in blocks:
        content = block.content(work.text)
        held = fields_in_bracket(work, content) or (None if fields_of(work, block) else fields_behind(work, content))
        made = list(_from_fields(work, [block], held[0], given, held[1])) if held else []
        drafts.extend(made)
        ended.update({block.span} if made else ())
    for first, last, fields in _groups(work, blocks):
        rows = _governed(blocks, first, done)
        done.update(range(first, last + 1))
        made = list(_from_fields(work, [blocks[i] for i in rows], fields, given))
        if made:
            drafts.extend(made)
            done.update(rows)
    return drafts, ended | {blocks[i].span for i in done}


def _groups(work: Work, blocks: Sequence[Block]) -> Iterator[tuple[int, int, Fields]]:
    """Lines of attributes in a row, with the deeper lines between them: (first, last, what they say)."""
    index = 0
    while index < len(blocks):
        fields = fields_of(work, blocks[index])
        if fields is None:
            index += 1
            continue
        first = last = index
        several = [fields]
        while index + 1 < len(blocks):
            index += 1
            more = fields_of(work, blocks[index])
            if more is not None and not ({"task", "lead"} & set(more.values) & set(joined(several).values)):
                several.append(more)
                last = index
            elif more is not None or blocks[index].kind is BlockKind.HEADING or blocks[index].level <= blocks[first].level:
                break
        index = last + 1
        yield first, last, joined(several)


def _governed(blocks: Sequence[Block], first: int, done: set[int]) -> list[int]:
    """The blocks above line ``first`` that it completes: the heading it stands under, or the items since the last such line."""
    found: list[int] = []
    numbered = blocks[first].kind is BlockKind.HEADING
    path = _parent(blocks[first].path) if numbered else blocks[first].path
    index = first - 1
    while index >= 0 and index not in done:
        block = blocks[index]
        if numbered and block.kind is BlockKind.HEADING and _parent(block.path) == path and block.path != path:
            found.append(index)
            index -= 1
            continue
        if block.kind is BlockKind.HEADING:
            if found or block.path != path:
                break
            found = _with_siblings(blocks, index, done)
            break
        if block.path != path:
            break
        found.append(index)
        index -= 1
    if not found:
        return []
    top = min(blocks[i].level for i in found)
    return sorted(i for i in found if blocks[i].level == top)


def _parent(path: str) -> str:
    return path.rpartition(".")[0]


def _with_siblings(blocks: Sequence[Block], index: int, done: set[int]) -> list[int]:
    """A lettered item with those before it that nothing completes: the line after the last of them stands for all."""
    found = [index]
    if not _LETTER.match(blocks[index].marker):
        return found
    parent = _parent(blocks[index].path)
    before = index - 1
    while before >= 0 and before not in done:
        block = blocks[before]
        if block.kind is not BlockKind.HEADING or _parent(block.path) != parent or not _LETTER.match(block.marker):
            break
        found.append(before)
        before -= 1
    return found


def _from_fields(
    work: Work, blocks: Sequence[Block], fields: Fields, given: dict[Span, Statement], before: Span | None = None
) -> Iterator[Draft]:
    """A task for each of ``blocks`` with the attributes of ``fields``; none where nobody leads. ``before``: the task's words, where the fields stand behind them."""
    task = fields.values.get("task")
    places = [(block, before or block.content(work.text)) for block in blocks]
    if task is not None:
        named = next(work.outline.blocks_in(task))
        places = [(named, task)]
    for block, span in places:
        statement = given.get(block.span)
        lead = fields.agencies(work, "lead") or (statement.parties if statement else ())
        if not lead:
            continue
        shorter = _without_intro(work.text, span) or span
        (*_, (_, own_due)) = cut_by_times(work, shorter)
        yield Draft(
            span=shorter,
            words=work.words(block, shorter),
            path=block.path,
            pattern="fields",
            lead=lead,
            coordinating=without((*fields.partners(work), *partners(work, shorter)), lead),
            supervising=fields.agencies(work, "supervising"),
            deadline=fields.deadline(work) or own_due,
            result=fields.result(work),
            result_span=fields.values.get("result"),
        )
