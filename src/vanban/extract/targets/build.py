"""From accepted figures to targets: the words of each, what is measured, unit, horizon; and goals without a figure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from vanban.extract.confidence import confidence_of
from vanban.extract.dates import fold
from vanban.extract.targets.find import Candidate, Passage, candidates, split
from vanban.extract.targets.scope import Scope, Section, milestones, scopes
from vanban.extract.targets.tables import table_targets
from vanban.outline.blocks import Block, BlockKind, Outline
from vanban.reading import Comparator, Table, Target
from vanban.spans import Span, cover

_SPACES = re.compile(r"\s+")
_LEADING = re.compile(
    r"^(?:[-+*•–\s,;:.]+|(?:phấn\s+đấu|mục\s+tiêu|trong\s+đó|và|với|bảo\s+đảm|đảm\s+bảo|đồng\s+thời|từng\s+bước|cụ\s+thể|là)(?!\w)\s*|"
    r"(?:(?:đến|tới|vào|trong|từ|trước|hết)\s+)*(?:cuối\s+|hết\s+)?(?:năm|giai\s+đoạn|quý|tháng|ngày)\s+[\d/IVXivx]+(?:\s*(?:[-–]|đến)\s*(?:năm\s+)?\d{4})?\s*,?\s*)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,:]+|(?<!\w)(?:đạt|có|còn|lên|xuống|tăng|giảm|thêm|ở\s+mức|mức|là|từ|khoảng|tối\s+thiểu|ít\s+nhất|cho|được|"
    r"phấn\s+đấu|năm\s+\d{4}|khoảng|bằng|nằm|thuộc|thành\s+công|hằng\s+năm|hàng\s+năm|mỗi\s+năm))+$",
    re.IGNORECASE,
)
_SOFT_TRAILING = re.compile(
    r"(?:[\s,:]+|(?<!\w)(?:khoảng|từ|tối\s+thiểu|ít\s+nhất|được|phấn\s+đấu|đạt|là)|^có\s*)+$", re.IGNORECASE
)
_TIME_AT_END = re.compile(
    r"[\s,]+(?:trước|đến|tới|vào|trong)(?:\s+(?:hết|cuối))?\s+(?:ngày|tháng|quý|năm)\s[^,;]{1,24}\d{4}$", re.IGNORECASE
)
_AIM_WORDS = re.compile(r"(?:phấn\s+đấu|đạt\s+mục\s+tiêu|mục\s+tiêu)(?!\w)", re.IGNORECASE)
_MEASURED = re.compile(
    r"(?<!\w)(?:t[ỷỉ]\s+(?:lệ|trọng|suất)|số|tổng|mức|tuổi|chiều|thu|giá\s+trị|tốc\s+độ|chỉ\s+số|diện\s+tích|kim\s+ngạch|grdp|gdp|sản\s+lượng|quy\s+mô|"
    r"năng\s+suất|doanh\s+thu|bội\s+chi|nợ|độ|tăng\s+trưởng|suy\s+dinh\s+dưỡng|công\s+suất)(?!\w)",
    re.IGNORECASE,
)
_CHANGE_FIRST = re.compile(r"^(?:tăng|giảm)\s+(?=t[ỷỉ]\s+lệ|chiều|số|mức)", re.IGNORECASE)
_CHANGE_ONLY = re.compile(
    r"(?:(?:tăng|giảm)(?:\s+thêm)?\s+(?:[^\W\d]+\s+){0,2}\d[\d.,]*\s*%?\s*(?:so\s+với|$)|gấp\s)", re.IGNORECASE
)
_NEXT_MILESTONE = re.compile(
    r"(?:và\s+|đồng\s+thời\s+)?(?:(?:đến|tới|vào|trong|từ|trước)\s+)*(?:(?:hết|cuối)\s+)*(?:năm|giai\s+đoạn|quý|tháng|ngày)\s+[\d/IVX]+"
    r"(?:\s*[-–]\s*\d{4})?\s*,?\s*(?:phấn\s+đấu\s+)?(?:đạt|còn|là|lên|tăng\s+lên|giảm\s+còn|giảm\s+xuống)\s+(?:[^\W\d]+\s+){0,3}[<>≥≤]?\s*\d",
    re.IGNORECASE,
)
_SHORT = 4
_NAME_COMMAS = 3
_ENOUGH_AFTER = 12
_CUT = re.compile(r",(?=[^,]*$)")
_CUT_AT_TIME = re.compile(r",(?=\s*(?:đến|tới|từ|vào)\s+(?:hết\s+|cuối\s+)?năm\s)")
_DIGIT = re.compile(r"\d|(?:ít\s+nhất|tối\s+thiểu)\s+(?:một|hai|ba)|gấp\s+đôi|(?:mỗi|hằng)\s+\w+\s+(?:một|hai)\s+lần")
_UNMEASURED = re.compile(
    r"(?:cao|thấp)\s+hơn\s+(?:mức\s+)?(?:bình\s+quân|trung\s+bình)|tương\s+đương\s+(?:các|mức|bình\s+quân|trung\s+bình)|bao\s+phủ\s+[^.;,]{0,40}toàn\s+dân|"
    r"(?:tăng|nâng|giảm)\s+(?:t[ỷỉ]\s+lệ|số\s+lượng)\s+[^.;,\d]{3,80}$"
)
_NEVER = re.compile(r"không\s+(?:để\s+(?:xảy\s+ra|phát\s+sinh)|phát\s+sinh|còn)\s+[^.;]{4,160}")
_AFTER_LIMIT = 200


def find_targets(
    text: str, outline: Outline, issued_on: date | None, ignore: Sequence[Span] = (), tables: Sequence[Table] = ()
) -> list[Target]:
    """Numbers to be reached, in order; two milestones in a sentence are two targets.

    :param issued_on: the document's date, for words without a year and to tell goals from facts.
    :param ignore: citations, whose numbers and dates are passed over.
    :param tables: tables of indicators among these are read cell by cell.
    """
    listed = list(table_targets(text, tables, issued_on))
    found: list[Target] = []
    blots = _merged(ignore)
    for block, scope in scopes(text, outline, issued_on):
        if block.kind is BlockKind.APPENDIX:
            continue
        passage = _passage(text, block, scope, issued_on, blots)
        found += _targets(passage, block.span.start)
        if scope.section is Section.GOALS:
            found += _without_figure(passage, block.span.start, found)
    in_tables = [target.span for target in listed]
    apart = [target for target in found if not any(target.span.overlaps(span) for span in in_tables)] if listed else found
    return sorted([*apart, *listed], key=lambda target: target.span)


def _passage(text: str, block: Block, scope: Scope, issued_on: date | None, ignore: Sequence[Span]) -> Passage:
    """The block's words with page furniture blanked; in the folded text citations are blotted out as well."""
    words = block.span.of(text)
    for before, after in pairwise(block.lines):
        start, stop = before.end - block.span.start, after.start - block.span.start
        gap = text[before.end : after.start]
        if gap.strip() or gap.count("\n") > 1:
            words = words[:start] + " " * (stop - start) + words[stop:]
    low = fold(words)
    for other in _overlapping(ignore, block.span):
        start, stop = max(other.start - block.span.start, 0), min(other.end - block.span.start, len(low))
        low = low[:start] + "\x00" * (stop - start) + low[stop:]
    marker = len(block.marker) if low.startswith(fold(block.marker)) else 0
    return Passage(" " * marker + words[marker:], " " * marker + low[marker:], scope, issued_on)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap joined."""
    held: list[Span] = []
    for span in sorted(spans):
        if held and span.start <= held[-1].end:
            held[-1] = cover([held[-1], span])
        else:
            held.append(span)
    return held


def _overlapping(spans: Sequence[Span], span: Span) -> Iterator[Span]:
    """Those of the merged ``spans`` that overlap ``span``."""
    for number in range(max(0, bisect_left(spans, span.start, key=lambda held: held.start) - 1), len(spans)):
        if spans[number].start >= span.end:
            return
        if spans[number].overlaps(span):
            yield spans[number]


def _targets(passage: Passage, shift: int) -> list[Target]:
    if not _DIGIT.search(passage.low):
        return []
    held: list[Target] = []
    before: Target | None = None
    for clause in candidates(passage):
        for candidate, piece in zip(clause, _pieces(passage, clause), strict=True):
            target = _target(passage, candidate, piece, shift)
            if before is not None and _carries_on(before, target, same=bool(held) and candidate is not clause[0]):
                target = replace(target, indicator=before.indicator)
            held.append(target)
            before = target
    return held


def _carries_on(before: Target, target: Target, *, same: bool) -> bool:
    """Whether ``target`` names no measure of its own: "…, tăng 5% so với 2025" (``same`` clause); "…, năm 2027 đạt 90%"."""
    if same and _CHANGE_ONLY.match(target.text):
        return True
    return _NEXT_MILESTONE.match(target.text) is not None and _MEASURED.match(before.indicator) is not None


def _pieces(passage: Passage, clause: Sequence[Candidate]) -> list[Span]:
    """The clause shared out among its targets: cut at the comma before a time, else at the last comma between two."""
    edges = [clause[0].clause[0]]
    for left, right in pairwise(clause):
        between = passage.low[left.figure.stop : right.figure.start]
        cut = _CUT_AT_TIME.search(between) or _CUT.search(between)
        edges.append(left.figure.stop + (cut.end() if cut else between.rfind(" và ") + 1))
    edges.append(clause[-1].clause[1])
    return [Span(start, stop).trim(passage.text, " \t\n,;.:-+*•–") for start, stop in pairwise(edges)]


def _narrow(passage: Passage, candidate: Candidate, piece: Span) -> Span:
    """In running text: from the word of aim, else from the comma before the figure, to the comma after it."""
    figure = candidate.figure
    aims = list(_AIM_WORDS.finditer(passage.low, piece.start, max(piece.start, figure.start)))
    comma = _comma_before(passage.low, piece.start, max(piece.start, figure.start))
    start = aims[-1].start() if aims else comma + 1 if comma >= 0 else piece.start
    stop = passage.low.find(",", figure.stop + _ENOUGH_AFTER, max(piece.end, figure.stop))
    return Span(start, stop if stop >= 0 else max(piece.end, start)).trim(passage.text)


def _comma_before(low: str, start: int, stop: int) -> int:
    """The comma at which the figure's own words begin; one in the name of what is measured is passed over ("của dân, doanh nghiệp")."""
    last = low.rfind(",", start, stop)
    if last < 0 or _MEASURED.search(low, last, stop) or _CHANGE_ONLY.match(low[last + 1 :].lstrip()[:60]):
        return last
    comma = last
    for _ in range(_NAME_COMMAS):
        earlier = low.rfind(",", start, comma)
        if _MEASURED.match(low[max(earlier + 1, start) : comma].lstrip(" \n")):
            return earlier
        if earlier < 0:
            break
        comma = earlier
    return last


def _clean(words: str) -> str:
    return _SPACES.sub(" ", words.replace("\x00", " ")).strip()


def _target(passage: Passage, candidate: Candidate, piece: Span, shift: int) -> Target:
    figure = candidate.figure
    if candidate.pattern != "goal":
        piece = _narrow(passage, candidate, piece)
    span = Span(min(piece.start, figure.start), max(piece.end, figure.stop)).trim(passage.text)
    return Target(
        text=_clean(span.of(passage.text)),
        indicator=_indicator(passage, candidate, span),
        comparator=candidate.comparator,
        value=figure.value,
        value_high=figure.high,
        unit=_unit(passage, candidate),
        baseline=candidate.baseline,
        horizon=candidate.horizon,
        span=span.shift(shift),
        confidence=confidence_of("target", candidate.pattern),
    )


def _unit(passage: Passage, candidate: Candidate) -> str | None:
    figure = candidate.figure
    unit = _clean(passage.text[slice(*figure.unit_at)]) if figure.unit_at else figure.unit
    if unit and candidate.per and "/" not in unit and figure.counted:
        unit = f"{unit}/{candidate.per}"
    return unit


def _indicator(passage: Passage, candidate: Candidate, span: Span) -> str:
    """What is measured: the words before the figure, those after it where the first say nothing of a measure."""
    figure = candidate.figure
    before = _clean(passage.text[span.start : figure.start])
    aims = list(_AIM_WORDS.finditer(before))
    before = _LEADING.sub("", before[aims[-1].end() :] if aims else before)
    if _MEASURED.search(before) and len(before) >= _SHORT:
        before = _TIME_AT_END.sub("", _TRAILING.sub("", before))
        if candidate.comparator in {Comparator.INCREASE, Comparator.DECREASE, Comparator.GT}:
            before = _CHANGE_FIRST.sub("", before)
    elif figure.form == "rhythm" and before:
        before = _TRAILING.sub("", before)
    else:
        start = figure.unit_at[0] if figure.counted and figure.unit_at else figure.stop
        after = _TIME_AT_END.sub("", _clean(passage.text[start : span.end])[:_AFTER_LIMIT])
        before = f"{_SOFT_TRAILING.sub('', before)} {after}".strip(" ,:")
    before = before or _clean(span.of(passage.text))
    return before[:1].upper() + before[1:]


def _without_figure(passage: Passage, shift: int, found: Sequence[Target]) -> list[Target]:
    """Goals that name no figure: a comparison with others, the whole people, "không để xảy ra" among listed indicators."""
    held: list[Target] = []
    for start, stop in split(passage.low, re.compile(r"[;,](?=\s)|[.](?=\s|$)|\n\s*\n")):
        span = Span(start, stop).trim(passage.text, " \t\n,;.:-+*•–")
        never = _NEVER.match(passage.low, span.start, span.end) if passage.scope.specific else None
        goal = _UNMEASURED.search(passage.low, span.start, span.end)
        if (goal is None and never is None) or any(
            target.span.overlaps(span.shift(shift)) for target in found if target.value is not None
        ):
            continue
        times = milestones(passage.low, span.start, span.end, passage.issued_on)
        held.append(
            Target(
                text=_clean(span.of(passage.text)),
                indicator=_TRAILING.sub("", _LEADING.sub("", _clean(span.of(passage.text)))) or _clean(span.of(passage.text)),
                comparator=Comparator.EQ if never else Comparator.NONE,
                value=0.0 if never else None,
                value_high=None,
                unit=None,
                baseline=None,
                horizon=times[-1].horizon if times else passage.scope.horizon,
                span=span.shift(shift),
                confidence=confidence_of("target", "never" if never else "no-figure"),
            )
        )
    return held
