"""Which figures are targets: by the section they stand in, the verb before them, and no word that tells of what is past."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from vanban.extract.targets.figures import TIME_UNITS, Figure, figures_in
from vanban.extract.targets.scope import Milestone, Scope, Section, milestones
from vanban.reading import Comparator

_AIMS = re.compile(
    r"phấn\s+đấu|đạt\s+mục\s+tiêu|mục\s+tiêu\s+(?:đến|tới|là|tăng|giảm|năm|đạt)|chỉ\s+tiêu\s+(?:đến|là|tăng|giảm|năm|đạt)"
)
_VERBS = re.compile(
    r"(?<!\w)(?:đạt|có|còn|lên|tăng|giảm|cắt\s+giảm|phấn\s+đấu|hoàn\s+thành|xây\s+dựng|thành\s+lập|đào\s+tạo|bồi\s+dưỡng|tổ\s+chức|thu\s+hút|hỗ\s+trợ|"
    r"kiểm\s+tra|tiết\s+kiệm|duy\s+trì|bảo\s+đảm|đảm\s+bảo|giữ|hình\s+thành|phát\s+triển|công\s+nhận|trồng|chuyển\s+giao|giải\s+quyết|xử\s+lý|"
    r"tuyên\s+truyền|lựa\s+chọn|thực\s+hiện|khống\s+chế|bố\s+trí|đưa|tư\s+vấn|khám|tập\s+huấn|xóa|nâng|giải\s+ngân|triển\s+khai|vận\s+động|"
    r"giúp|cấp|lắp\s+đặt|kết\s+nối|huy\s+động|giới\s+thiệu|tiếp\s+nhận|phát\s+hiện|đầu\s+tư|ít\s+nhất|tối\s+thiểu|là|trên)(?!\w)"
)
_PAST = re.compile(
    r"(?<!\w)(?:đã(?!\s+(?:được\s+(?:giao|phê|đề|xác)|đề\s+ra|giao|ban\s+hành))|ước(?:\s+(?:tính|đạt|thực\s+hiện|tăng|giảm))?|đạt\s+được|lũy\s+kế|luỹ\s+kế|"
    r"cùng\s+kỳ|hiện\s+(?:có|nay|tại|đạt|còn|đang)|chiếm|tính\s+(?:đến|chung)|tương\s+ứng|(?:trong|qua)\s+\d+\s+(?:tháng|năm)|tháng\s+\d+\s+(?:đạt|ước|tăng|giảm)|"
    r"toàn\s+tỉnh\s+(?:có|hiện)|còn\s+lại|trong\s+đó\s+có(?=\s+\d)|(?:mới|(?<!chứng )chỉ)\s+đạt|so\s+cùng\s+kỳ|quý\s+[ivx\d]+\s+(?:đạt|ước|tăng))(?!\w)"
)
_PAST_AFTER = re.compile(
    r"[^.;]{0,60}?(?:so\s+với\s+(?:cùng\s+kỳ|tháng\s+trước|năm\s+trước)|so\s+cùng\s+kỳ|kế\s+hoạch\s+(?:năm|giao))"
)
_RULES = re.compile(
    r"(?<!\w)(?:đối\s+với|trường\s+hợp|nếu|khi|quy\s+định|phạt|thuế|lãi\s+suất|vốn\s+điều\s+lệ|sở\s+hữu|diện\s+tích|bề\s+rộng|khoảng\s+cách|"
    r"công\s+suất|bản\s+đồ|hồ\s+sơ\s+gồm|bao\s+gồm|sử\s+dụng|chiều\s+(?:rộng|cao|dài)|thời\s+hạn|vay|dự\s+phòng|cổ\s+phần|thẩm\s+định|thông\s+báo|"
    r"trước\s+khi|giấy\s+phép|người\s+đứng\s+đầu|nhiệm\s+kỳ|tiền)(?!\w)"
)
_SHARE_TAKEN = re.compile(
    r"(?:hỗ\s+trợ|miễn|giảm|thu|nộp|hưởng|chịu|cấp|thanh\s+toán|chi\s+trả|sử\s+dụng|góp|sở\s+hữu|bằng|mức|tỷ\s+lệ|tỉ\s+lệ)\s*$"
)
_NUMBERED = re.compile(
    r"(?<!\w)(?:số|điều|khoản|chương|mục|phụ\s+lục|giai\s+đoạn|nhóm|loại|cấp|hạng|mức\s+độ|thứ|khóa|bước|tầng|biểu|mẫu|quốc\s+lộ|đường|lớp|trang|phần|tiểu|bảng|qcvn|tcvn)\s*$"
)
_LIFE = re.compile(r"tuổi\s+thọ|số\s+năm|sống\s+khỏe|sống\s+khoẻ|tuổi\s+(?:bình\s+quân|trung\s+bình)")
_SHORTER = re.compile(r"rút\s+ngắn|thời\s+gian|giảm")
_CHANGE = re.compile(
    r"(?<!\w)(?:(?P<up>(?<!tốc độ )(?<!mức )(?<!tỷ lệ )(?<!tỉ lệ )(?<!gia )tăng(?!\s+(?:trưởng|cường|tốc|ca|dân\s+số)))|"
    r"(?P<down>(?<!gia )(?:cắt\s+giảm|kéo\s+giảm|giảm)(?!\s+(?:nghèo|phát\s+thải))))(?!\w)"
)
_LEVEL = re.compile(r"(?<!\w)(?:đạt|còn|lên|xuống|ở\s+mức|duy\s+trì|bằng|có(?=\s*$))(?!\w)")
_BASELINE = re.compile(r"\s*[^.;,]{0,90}?so\s+với\s+(?P<base>[^.;,()]{2,70})")
_BASE_YEAR = re.compile(r"\s*(?P<base>năm\s+\d{4})")
_CLAUSE_END = re.compile(r";|[.!?](?=\s+[^\W\d]|\s*$)|:(?=\s)(?!\s*(?:[^\W\d]+\s+){0,5}(?:[<>≥≤]=?\s*)?\d)|\n\s*\n|\t")
_SENTENCE_END = re.compile(r"[.!?](?=\s+[^\W\d]|\s*$)|\n\s*\n|\t")
_EACH = re.compile(
    r"mỗi\s+(?P<per>[^\W\d]+(?:\s+(?!có|ít|tối|xây|tổ)[^\W\d]+)?)\s+(?:có|xây\s+dựng|tổ\s+chức|thành\s+lập|bảo\s+đảm|đảm\s+bảo)?\s*$"
)
_FIGURE_WORDS = re.compile(r"\d|(?<!\w)(?:một|hai|ba|bốn|đôi)(?!\w)")
_OPENING_WORDS = 4
_MANNER = re.compile(r"nghiêm\s+túc|quán\s+triệt|chấp\s+hành")
_MARKS = " -+*•\n\t"
_AT_LEAST = ("ít", "tối thiểu", "không dưới", "không ít")
_WITH = re.compile(r"(?:với|giá\s+trị\s+mỗi|quy\s+mô|từ)\s+(?:(?!đạt)[^,;]){0,40}$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An accepted figure in its clause (offsets in the block's folded text)."""

    figure: Figure
    clause: tuple[int, int]
    comparator: Comparator
    baseline: str | None
    horizon: str | None
    pattern: str
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A block's text as written and folded, with what it stands under."""

    text: str
    low: str
    scope: Scope
    issued_on: date | None


def split(low: str, ends: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches between the ends that a pattern finds."""
    edges = [0, *(match.end() for match in ends.finditer(low)), len(low)]
    return [(start, stop) for start, stop in pairwise(edges) if stop > start]


def candidates(passage: Passage) -> Iterator[list[Candidate]]:
    """The targets of each clause that has any, in order."""
    sentences: list[tuple[int, int]] = []
    times: list[Milestone] = []
    whole = (-1, -1)
    for clause in split(passage.low, _CLAUSE_END):
        held = list(_figures(passage, clause))
        if not held:
            continue
        sentences = sentences or split(passage.low, _SENTENCE_END)
        sentence = next((s for s in sentences if s[0] <= clause[0] < s[1]), clause)
        if sentence != whole:
            whole, times = sentence, milestones(passage.low, *sentence, passage.issued_on)
        kept = [c for figure, pattern in held if (c := _candidate(passage, figure, pattern, clause, times)) is not None]
        if kept:
            yield kept


def _figures(passage: Passage, clause: tuple[int, int]) -> Iterator[tuple[Figure, str]]:
    """The figures of a clause that are targets, with the name of the rule that took them; one between two commas."""
    last = clause[0]
    if _FIGURE_WORDS.search(passage.low, *clause) is None:
        return
    for figure in figures_in(passage.low, *clause):
        if last > clause[0] and not _parted(passage.low, last, figure):
            continue
        pattern = _rule(passage, figure, clause)
        if pattern is not None:
            yield figure, pattern
            last = figure.stop


def _parted(low: str, last: int, figure: Figure) -> bool:
    """Whether a figure stands apart from the one before it: after a comma, or after "và" with a verb of its own."""
    between = low[last : figure.start]
    comma = between.rfind(",")
    if comma >= 0:
        return _WITH.search(between[comma + 1 :]) is None
    joined = between.rfind(" và ")
    return joined >= 0 and (figure.percent or _VERBS.search(between[joined:]) is not None)


def _rule(passage: Passage, figure: Figure, clause: tuple[int, int]) -> str | None:
    """The name of the first rule that takes the figure for a target, None where none does."""
    before = passage.low[max(clause[0], figure.start - 220) : figure.start]
    goals = passage.scope.section is Section.GOALS
    aimed = ("phấn" in before or "tiêu" in before) and _AIMS.search(before) is not None
    if not (goals or aimed or _telling(passage, figure)) or not _measurable(passage, figure, before):
        return None
    if not aimed and _is_past(passage, figure, before, clause):
        return None
    if goals and _in_goals(passage, figure, before):
        return "goal"
    if aimed and figure.form != "times":
        return "aim"
    return None if passage.scope.section is Section.RESULTS else _in_work(passage, figure, before)


def _telling(passage: Passage, figure: Figure) -> bool:
    """Whether a figure can be a target among tasks: a share, a symbol, "ít nhất" with something counted."""
    measured = figure.counted or "/" in _unit(passage, figure)
    return figure.percent or figure.symbol or (measured and passage.low.startswith(_AT_LEAST, figure.start))


def _unit(passage: Passage, figure: Figure) -> str:
    return " ".join(passage.low[slice(*figure.unit_at)].split()) if figure.unit_at else figure.unit or ""


def _measurable(passage: Passage, figure: Figure, before: str) -> bool:
    """No number of a list or a law, no age of those concerned, no length of a term."""
    if figure.comparator is None and _NUMBERED.search(before):
        return False
    unit = _unit(passage, figure).split("/")[0]
    if unit == "tuổi" or (unit == "năm" and figure.unit is None):
        return _LIFE.search(before) is not None
    if unit in TIME_UNITS and figure.unit is None:
        return passage.scope.section is Section.GOALS and _SHORTER.search(before) is not None
    return True


def _is_past(passage: Passage, figure: Figure, before: str, clause: tuple[int, int]) -> bool:
    """Whether the words around tell what has been reached."""
    return _PAST.search(before) is not None or _PAST_AFTER.match(passage.low, figure.stop, clause[1]) is not None


def _in_goals(passage: Passage, figure: Figure, before: str) -> bool:
    """In a section of goals: a share, a ratio, a compared figure, one that opens the clause or stands after a verb of aim."""
    if figure.percent or figure.form != "figure" or "/" in _unit(passage, figure):
        return True
    if figure.comparator is not None and figure.comparator is not Comparator.LT:
        return True
    opening = before[before.rfind(",") + 1 :].strip(_MARKS).split()
    return _VERBS.search(before) is not None or ((figure.counted or figure.money) and len(opening) <= _OPENING_WORDS)


def _in_work(passage: Passage, figure: Figure, before: str) -> str | None:
    """Among tasks: shares and counts with a verb of work before them and a word like "ít nhất"; no rule of law."""
    if figure.symbol and (figure.percent or figure.counted):
        return "symbol"
    if _RULES.search(before):
        return None
    if not _VERBS.search(before):
        return "whole" if _all_of(passage, figure, before) else None
    if figure.percent:
        return _share(figure, before)
    unit = _unit(passage, figure)
    counted = (figure.counted or "/" in unit) and figure.form == "figure" and "lần" not in unit
    least = passage.low.startswith(_AT_LEAST, figure.start)
    return "at-least" if counted and least and figure.comparator in {Comparator.GE, Comparator.RANGE} else None


def _all_of(passage: Passage, figure: Figure, before: str) -> bool:
    """100% of something at the beginning; that all "seriously carry out" is no measure."""
    return figure.percent and figure.value == 100 and not before.strip(_MARKS) and not _MANNER.search(passage.low, figure.stop)


def _share(figure: Figure, before: str) -> str | None:
    change = _change(before)
    if change is not None:
        return "change"
    if figure.comparator in {Comparator.GE, Comparator.GT, Comparator.RANGE} or figure.value == 100:
        return None if _SHARE_TAKEN.search(before) else "share"
    return None


def _change(before: str) -> Comparator | None:
    """Increase or decrease where the last verb before the figure says so, and no word of level comes after it.

    The verb stands after the last comma, unless nothing else does ("giảm 50% thời gian, 50% chi phí") or "thêm" leads back to it.
    """
    piece = before[before.rfind(",") + 1 :]
    if not piece.strip(" \n") or piece.rstrip().endswith("thêm"):
        piece = before
    last = None
    for last in _CHANGE.finditer(piece):  # noqa: B007 -- the last one counts
        pass
    if last is None or _LEVEL.search(piece, last.end()):
        return None
    return Comparator.INCREASE if last["up"] else Comparator.DECREASE


def _opens_bound(figure: Figure, comparator: Comparator, before: str) -> bool:
    """Whether a count begins its clause with "tối thiểu": "tăng thời lượng, tối thiểu 02 tin/tháng" bounds and adds nothing."""
    return figure.counted and comparator in {Comparator.GE, Comparator.LE} and before.rstrip().endswith(",")


def _candidate(
    passage: Passage, figure: Figure, pattern: str, clause: tuple[int, int], times: Sequence[Milestone]
) -> Candidate | None:
    """The target that a figure is, None where its time lies before the document's year."""
    before = passage.low[max(clause[0], figure.start - 220) : figure.start]
    comparator = figure.comparator or Comparator.EQ
    change = None if _opens_bound(figure, comparator, before) else _change(before)
    if figure.high is None and change is not None and figure.form in {"figure", "times"} and comparator is not Comparator.LT:
        comparator = change
    based = _BASELINE.match(passage.low, figure.stop, clause[1])
    if based is None and figure.form == "times":
        based = _BASE_YEAR.match(passage.low, figure.stop, clause[1])
    base_at = based.span("base") if based else figure.base_at
    baseline = " ".join(passage.text[slice(*base_at)].split()) if base_at else None
    time = _horizon(figure, clause, times)
    if time is not None and passage.issued_on is not None and time.last.year < passage.issued_on.year:
        if time.start < figure.start:
            return None
        time = None
    horizon = time.horizon if time else None
    each = _EACH.search(before)
    per = " ".join(passage.text[clause[0] : figure.start][-len(before) :][slice(*each.span("per"))].split()) if each else None
    return Candidate(figure, clause, comparator, baseline, horizon or passage.scope.horizon, pattern, per)


def _horizon(figure: Figure, clause: tuple[int, int], times: Iterable[Milestone]) -> Milestone | None:
    """The nearest time before the figure in its clause, else the first after it there, else the last before in the sentence."""
    earlier = [time for time in times if time.stop <= figure.start]
    near = [time for time in earlier if time.start >= clause[0]]
    later = [time for time in times if figure.stop <= time.start < clause[1]]
    if near:
        return near[-1]
    return later[0] if later else earlier[-1] if earlier else None
