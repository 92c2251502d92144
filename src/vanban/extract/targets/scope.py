"""What a paragraph stands under: a section of goals, of results, or of work; and the year that its heading names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from vanban.extract.dates import Grain, Period, fold, period_at
from vanban.outline.blocks import Block, BlockKind, Outline

_LONG_HEADING = 200
_TITLE_REACH = 3000
_TITLE_LENGTH = 300
_DOCUMENT_TYPE = re.compile(
    r"(?:^|\n)\s*(?:kế hoạch|chương trình|đề án|quyết định|nghị quyết|phương án|chỉ thị)(?:\s+(?:hành động|công tác))?[ \t]*(?:\n|$)"
)
_GOALS = re.compile(
    r"(?<!đáp ứng )(?<!thực hiện )(?<!hoàn thành )(?<!đạt )(?<!nhằm )(?<!các )(?:mục\s+tiêu|chỉ\s+tiêu|tầm\s+nhìn)|^(?:một\s+số\s+|các\s+)+(?:mục|chỉ)\s+tiêu"
    r"|(?:mục|chỉ)\s+tiêu(?:,\s+(?:mục|chỉ)\s+tiêu)?\s+(?:chủ\s+yếu|cụ\s+thể|cơ\s+bản|(?:như\s+)?sau|đến\s+năm|chính)(?!\w)"
)
_SPECIFIC = re.compile(r"mục\s+tiêu\s+cụ\s+thể|chỉ\s+tiêu")
_RESULTS = re.compile(
    r"kết\s+quả|tình\s+hình|thực\s+trạng|hiện\s+trạng|đánh\s+giá|tồn\s+tại|hạn\s+chế|nguyên\s+nhân|ưu\s+điểm|khó\s+khăn|đã\s+đạt|công\s+tác\s+đã"
)
_WORK = re.compile(
    r"nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|kinh\s+phí|nguồn\s+(?:vốn|lực)|trách\s+nhiệm|phân\s+công|mục\s+đích|quan\s+điểm|"
    r"điều\s+khoản|phạm\s+vi|đối\s+tượng|nguyên\s+tắc|định\s+mức|hỗ\s+trợ|chế\s+độ"
)
_RESETS = re.compile(r"nhiệm\s+vụ|giải\s+pháp|tổ\s+chức\s+thực\s+hiện|kinh\s+phí|phân\s+công")
_PERIOD_HEAD = re.compile(
    r"(?<![\w/.])(?:ngày|tháng|quý|quí|năm|giai\s+đoạn|nhiệm\s+kỳ|cuối|giữa|đầu|(?:19|20|21)\d\d(?=\s*[-–]\s*(?:19|20|21)\d\d)|\d{1,2}/)"
)
_COMPARED = re.compile(r"(?:so\s+với|bằng|như|lần|cùng\s+kỳ|kể\s+từ|khóa)\s*(?:cuối\s+)?$")
_ADDED_YEAR = re.compile(r"(?:đến|tới|hết|trước|cuối)\s*(?:(?:cuối|hết)\s+)?((?:19|20|21)\d\d)(?!\d)")


class Section(StrEnum):
    """What a section is about."""

    GOALS = "goals"
    RESULTS = "results"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point in time that a sentence names, and where: the year, or the day."""

    start: int
    stop: int
    horizon: str
    last: date


@dataclass(frozen=True, slots=True)
class Scope:
    """What a block stands under.

    ``specific``: its goals are said to be measurable ("chỉ tiêu", "mục tiêu cụ thể"); ``resets``: the heading ends a section of goals.
    """

    section: Section | None = None
    horizon: str | None = None
    specific: bool = False
    resets: bool = False


def milestones(low: str, start: int, stop: int, issued_on: date | None) -> list[Milestone]:
    """The points in time named in [start, stop), those left out that something is compared with."""
    held: list[Milestone] = []
    at = start
    while (head := _PERIOD_HEAD.search(low, at, stop)) is not None:
        period = period_at(low, head.start())
        at = head.end()
        days = period.resolve(issued_on) if period else None
        if (
            period is None
            or days is None
            or period.stop > stop
            or _COMPARED.search(low, max(start, head.start() - 20), head.start())
        ):
            at = max(at, period.stop if period else 0)
            continue
        at = period.stop
        held.append(Milestone(head.start(), period.stop, _horizon(period, days[1]), days[1]))
    return held


def _horizon(period: Period, last: date) -> str:
    return str(last.year) if period.grain in {Grain.YEAR, Grain.YEARS} else last.isoformat()


def _of_title(low: str, issued_on: date | None) -> Scope:
    """What a heading says of its section; nothing where it is a paragraph that only bears a number."""
    words = low[:_LONG_HEADING]
    places = {
        section: match.start()
        for section, pattern in ((Section.RESULTS, _RESULTS), (Section.GOALS, _GOALS), (Section.WORK, _WORK))
        if (match := pattern.search(words))
    }
    section = min(places, key=lambda held: places[held]) if places else None
    if section is Section.RESULTS and Section.GOALS in places and words[places[Section.GOALS] :].startswith("mục tiêu cụ"):
        section = Section.GOALS
    times = milestones(words, 0, len(words), issued_on)
    added = _ADDED_YEAR.search(words)
    horizon = times[-1].horizon if times else added[1] if added else None
    return Scope(section, horizon, _SPECIFIC.search(words) is not None, _RESETS.search(words) is not None)


def _under(outer: Scope, inner: Scope) -> Scope:
    """The inner heading's word first; work inside goals is still about goals only where nothing else is said."""
    section = inner.section or outer.section
    if outer.section is Section.GOALS and section is Section.WORK and not inner.resets:
        section = outer.section
    horizon = inner.horizon or (outer.horizon if section == outer.section else None)
    return Scope(section, horizon, inner.specific or (outer.specific and section == outer.section))


def _opens(block: Block, low: str) -> bool:
    """A paragraph that heads those after it: short, and "…:" or a title of goals."""
    words = low.rstrip()
    if block.kind not in {BlockKind.BULLET, BlockKind.PLAIN} or len(words) > _LONG_HEADING:
        return False
    return words.endswith(":") or (block.kind is BlockKind.PLAIN and len(words) < 80 and _GOALS.match(words) is not None)


def scopes(text: str, outline: Outline, issued_on: date | None) -> Iterator[tuple[Block, Scope]]:
    """Each block with what it stands under; a heading with its own words, which head the rest of its paragraph."""
    stack: list[tuple[int, Scope]] = []
    root = ""
    titled = title_horizon(text, outline, issued_on)
    for block in outline.blocks:
        if block.kind in {BlockKind.FURNITURE, BlockKind.NOTE}:
            continue
        top = block.path.split(".")[0]
        if block.kind is BlockKind.APPENDIX or (top != root and block.kind is BlockKind.HEADING):
            stack, root = [], top
        while stack and stack[-1][0] >= block.level:
            stack.pop()
        outer = stack[-1][1] if stack else Scope()
        low = fold(text[block.span.start : min(block.span.end, block.span.start + 2 * _LONG_HEADING)])
        own = _title_of(block, low, issued_on)
        held = _under(outer, own) if own is not None else outer
        if held.horizon is None and held.section is Section.GOALS:
            held = replace(held, horizon=titled)
        yield block, held
        if own is not None:
            stack.append((block.level, _under(outer, own)))


_TITLE_YEAR = re.compile(r"(?<!tháng )(?:năm|giai\s+đoạn)\s+(?:(?:19|20|21)\d\d\s*[-–]\s*)?((?:19|20|21)\d\d)(?!\d)")
_DAY_WORDS = re.compile(r"(?:ngày|tháng)\s+\d[\d/.\s]*(?:tháng\s+\d+\s+)?(?:,?\s*năm\s+\d{4})?")


def title_horizon(text: str, outline: Outline, issued_on: date | None) -> str | None:
    """The year of a yearly plan or of a programme's period, from the title before the body; none that is over."""
    body = next((block.span.start for block in outline.blocks if block.kind is BlockKind.HEADING), outline.body.start)
    low = _DAY_WORDS.sub(" ", fold(text[: min(body, _TITLE_REACH)]))
    title = _DOCUMENT_TYPE.search(low)
    year = _TITLE_YEAR.search(low, title.end(), title.end() + _TITLE_LENGTH) if title else None
    if year is None or (issued_on is not None and int(year[1]) < issued_on.year):
        return None
    return year[1]


_TITLE_END = re.compile(r"[:.;](?=\s|$)")


def _title_of(block: Block, low: str, issued_on: date | None) -> Scope | None:
    """The scope that a block opens: a heading by its first words (to a colon or stop), a lead-in paragraph; else None."""
    body = low[len(block.marker) :].lstrip() if low.startswith(fold(block.marker)) else low
    if block.kind in {BlockKind.HEADING, BlockKind.APPENDIX}:
        end = _TITLE_END.search(body)
        title = body[: end.start()] if end else body
        return _of_title(title, issued_on) if len(title) <= _LONG_HEADING else Scope()
    if not _opens(block, body):
        return None
    held = _of_title(body, issued_on)
    return replace(held, section=None) if held.section is Section.WORK else held
