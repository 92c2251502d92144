"""Deadlines by a day and within a period: trước …, chậm nhất …, đến …, từ … đến …, trong …, and the period alone.

Domain rules 4.1 and 4.2 (1-6, 14-31, 41-50, 69-73); the contract's ``deadline``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from vanban.extract.dates import DASH, DAY, YEAR, Grain, Period, day_of, period_at, with_year_of
from vanban.extract.deadlines.found import Example, Form, Found, Scene, begins_clause
from vanban.reading import DeadlineKind

TIME = r"(?:(?:\d{1,2}\s*(?:giờ|h|g)(?!\w)(?:\s*\d{2}(?!\d))?(?:\s*(?:phút|['’′]))?|\d{1,2}(?::|h|g)\d{2}(?:\s*(?:phút|['’′]))?)\s*+,?\s*+(?:(?:của|vào|ngày(?=\s+ngày))\s+)?)"
EVENT_WORDS = r"(?:(?!\n\s*\n|theo\s+(?:quy|đúng|yêu)|để\s+(?:tổng|báo|xem|được))[^.;,()\t\x00]){2,160}"
_BEFORE = re.compile(rf"(?:xong\s+)?trước(?:\s+(?:hoặc\s+trong|thời\s+(?:điểm|hạn|gian)))?\s+{TIME}?")
_LATEST = re.compile(
    r"(?:(?:chậm|muộn|trễ)\s+nhất|không\s+(?:muộn|chậm|trễ)\s+hơn|không\s+quá|"
    r"(?<!trung )(?<!dài )(?<!ngắn )(?:thời\s+)?hạn(?:\s+(?:cuối(?:\s+cùng)?|chót|nộp|gửi|báo\s+cáo|hoàn\s+thành)|(?=\s*:|\s+(?:là|đến|trước|chậm)\s)))"
    rf"(?:\s*:|\s*,|\s+(?:là|vào|đến|hết|trong|cùng|tới))*\s*(?P<ex>trước\s+)?{TIME}?"
)
_UNTIL = re.compile(
    rf"(?:(?:kéo\s+dài|cho|chậm)\s+)?(?:đến|tới|hết)(?:\s+(?:hết|khoảng|thời\s+điểm|thời\s+hạn))*\s+(?P<ex>trước\s+)?{TIME}?"
)
_FROM = re.compile(rf"(?:bắt\s+đầu\s+)?(?:k[ểề]\s+)?từ\s+(?:(?P<now>nay|bây\s+giờ)|(?:sau\s+)?{TIME}?)")
_DATED = re.compile(rf"(?<![\w/])(?:\d{{1,2}}|[ivl]{{1,3}})(?:\s*[/.-]\s*\d{{1,2}})?\s*(?:[/.-]|,?\s*năm)\s*{YEAR}$")
_FROM_DAY = re.compile(rf"từ\s+(?:ngày\s+)?(?P<d>{DAY})\s*(?:{DASH}|đến|tới)\s*(?:hết\s+)?(?=(?:ngày\s+)?\d)")
_TO = re.compile(rf"\s*+,?\s*+(?:cho\s+)?(?:(?:đến|tới)(?:\s+(?:hết|trước|khoảng))?|{DASH})\s*{TIME}?")
_UNTIL_EVENT = re.compile(rf"\s*+,?\s*+(?:cho\s+)?(?:đến|tới)\s+(?:khi|lúc|ngày)\s+(?P<event>{EVENT_WORDS})")
_WITHIN = re.compile(r"(?:xong\s+)?(?:ngay\s+)?(?:trong|vào|xong)(?:\s+(?:khoảng|suốt|thời\s+gian|dịp))*\s+")
_THIS_YEAR = re.compile(r"(?:ngay\s+)?trong\s+năm(?:\s+nay)?(?!\s*(?:\d|học|tiếp|tới|sau|qua|trước))(?!\w)")
_REVIEWS = re.compile(r"(?:sơ|tổng)\s+kết\s*$")
_NEXT = re.compile(
    r"\s*(?:,\s*|và\s+|-\s*)?(?:(?:cho\s+)?(?:các|những)\s+)?(?:năm|giai\s+đoạn|quý|tháng|nhiệm\s+kỳ)\s+(?:tiếp\s+theo|sau|kế\s+tiếp|tới)"
    r"|\s+trở\s+(?:đi|về\s+sau)|\s+và\s+về\s+sau"
)
_VISION = re.compile(
    r"\s*[,;(]?\s*(?:và\s+)?(?:tầm\s+nhìn|định\s+hướng)(?:\s+(?:đến|tới|những|các))*\s+(?:năm\s+)?(?:19|20|21)\d\d\)?"
)
_ONGOING_TAIL = re.compile(r"\s*[,;(]?\s*(?:và\s+)?(?:thực\s+hiện\s+)?thường\s+xuyên\)?")
_COMPLETES = re.compile(
    r"(?:hoàn\s+thành|xong|kết\s+thúc|dự\s+kiến|thời\s+(?:gian|hạn)[^.;:\n]{0,40}:|thời\s+hạn|hoàn\s+thành\s*:|\()\s*$"
)
_COMPLETE_ENDS = ("thành", "xong", "thúc", "kiến", "hạn", ":", "(")
_NOT_DUE = re.compile(
    r"(?:hiệu\s+lực[^.;]{0,40}|tính|lũy\s+kế|số\s+liệu|cập\s+nhật|tầm\s+nhìn|định\s+hướng|áp\s+dụng|tình\s+hình|so\s+với|kết\s+quả)\s*$"
)
_BEFORE_THIS_NOT_DUE = re.compile(r"(?:hiệu\s+lực[^.;]{0,40}|tính|lũy\s+kế|số\s+liệu|áp\s+dụng|so\s+với)\s*$")
_REPORTED = re.compile(r"(?:(?:báo\s+cáo|giải\s+ngân|thực\s+hiện\s+được)|(?<!\w)đã(?!\w)[^.;:]{0,40})\s*$")
_DONE_ALREADY = re.compile(
    r"[^.;]{0,70}?(?<!\w)(?:đã|ước(?:\s+tính|\s+thực\s+hiện)?\s+đạt|đạt\s+(?:được|khoảng)|chưa|còn|là\s+gần)(?!\w)"
)
_LONG = frozenset({Grain.YEAR, Grain.YEARS})
_LOOK_BACK = 50
_LEAP_YEAR = 2024


def _before(scene: Scene, at: int) -> str:
    return scene.low[max(0, at - _LOOK_BACK) : at]


def completes(scene: Scene, at: int) -> bool:
    """Whether the words before say that a time follows: hoàn thành, xong, dự kiến, "Thời gian thực hiện:", a parenthesis."""
    before = _before(scene, at).rstrip()
    return before.endswith(_COMPLETE_ENDS) and _COMPLETES.search(before) is not None


def _over(scene: Scene, last: date | None) -> bool:
    """A day before the document's own is a fact and no deadline."""
    return last is not None and scene.issued_on is not None and last < scene.issued_on


def _told(scene: Scene, at: int, stop: int, last: date | None) -> bool:
    """Whether the words speak of what is past: the day is over, a statistic, a day of effect, "đã" right after."""
    if _over(scene, last) or _NOT_DUE.search(_before(scene, at)):
        return True
    return begins_clause(scene, at) and _DONE_ALREADY.match(scene.low, stop) is not None


def _due(
    scene: Scene, at: int, period: Period, *, exclusive: bool, strict: bool, fact: re.Pattern[str] | None = None
) -> list[Found]:
    """By the period's day; no deadline in running text where it is over or words that tell a ``fact`` stand before it."""
    held = period.resolve(scene.issued_on)
    if held is None and (period.year is not None or scene.issued_on is not None):
        return []
    end = None if held is None else held[0] if exclusive else held[1]
    strict = strict and not _over(scene, end) and not (fact and fact.search(_before(scene, at)))
    return [Found(at, period.stop, DeadlineKind.BY, last=end, exclusive=exclusive, strict=strict)]


def read_before(scene: Scene, at: int) -> Sequence[Found]:
    """Trước ngày D: the named day is left out; trước tháng M leaves out the whole month."""
    lead = _BEFORE.match(scene.low, at)
    period = period_at(scene.low, lead.end()) if lead else None
    if period is None:
        return []
    strict = period.grain not in _LONG or (not period.bare and completes(scene, at))
    return _due(scene, at, period, exclusive=True, strict=strict, fact=_BEFORE_THIS_NOT_DUE)


def read_latest(scene: Scene, at: int) -> Sequence[Found]:
    """Chậm nhất ngày D, hạn cuối ngày D: the named day is on time; a deadline whatever the words before it."""
    lead = _LATEST.match(scene.low, at)
    period = period_at(scene.low, lead.end()) if lead else None
    if lead is None or period is None:
        return []
    return _due(scene, at, period, exclusive=lead["ex"] is not None, strict=True)


def read_until(scene: Scene, at: int) -> Sequence[Found]:
    """Đến (hết) ngày D, đến năm Y; a year in running text is a deadline only where the clause begins with it."""
    lead = _UNTIL.match(scene.low, at)
    period = period_at(scene.low, lead.end()) if lead else None
    if lead is None or period is None or (period.bare and period.grain is Grain.DAY and period.year is None):
        return []
    strict = period.grain not in _LONG or begins_clause(scene, at) or "hết" in lead[0]
    strict = strict and not _REPORTED.search(_before(scene, at)) and not _DONE_ALREADY.match(scene.low, period.stop)
    held = _due(scene, at, period, exclusive=lead["ex"] is not None, strict=strict, fact=_NOT_DUE)
    vision = _VISION.match(scene.low, period.stop)
    return [replace(found, stop=vision.end()) for found in held] if vision else held


def _onward(at: int, stop: int, first: date, *, strict: bool) -> Found:
    return Found(at, stop, DeadlineKind.ONGOING, first=first, strict=strict)


def _from_day_to(scene: Scene, at: int) -> list[Found]:
    """Từ ngày 01 đến ngày 15/9/2025: the first day has its month from the second."""
    lead = _FROM_DAY.match(scene.low, at)
    last = period_at(scene.low, lead.end()) if lead else None
    if lead is None or last is None or last.grain is not Grain.DAY:
        return []
    return _stretch(scene, at, replace(last, first=(last.first[0], int(lead["d"]))), strict=True)


def _stretch(scene: Scene, at: int, period: Period, *, strict: bool) -> list[Found]:
    held = period.resolve(scene.issued_on)
    if held is None:
        return []
    strict = strict and not _told(scene, at, period.stop, held[1])
    return [Found(at, period.stop, DeadlineKind.WITHIN, first=held[0], last=held[1], strict=strict)]


def _from_to(scene: Scene, at: int, first: Period, stop: int) -> list[Found]:
    """The rest of từ …: đến another period, đến khi an event."""
    to = _TO.match(scene.low, stop)
    last = period_at(scene.low, to.end()) if to else None
    if last is not None:
        first = with_year_of(first, last)
        joined = replace(last, first=first.first, year=first.year, last_year=last.last_year or last.year, many=True, week=None)
        long = first.grain in _LONG and last.grain in _LONG
        return _stretch(scene, at, joined, strict=not long or begins_clause(scene, at) or completes(scene, at))
    event = _UNTIL_EVENT.match(scene.low, stop)
    held = first.resolve(scene.issued_on)
    if event is None or held is None:
        return []
    return [Found(at, event.end(), DeadlineKind.EVENT, first=held[0], anchor=event.span("event"))]


_NO_WINDOW = re.compile(
    r"(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|kỳ|kỳ\s+báo\s+cáo|số\s+liệu|đợt\s+\d+|phát\s+sinh|tiếp\s+nhận|ban\s+hành|sinh|tính|niên\s+độ|"
    r"hiệu\s+lực|khoảng\s+thời\s+gian|khóa|kết\s+quả|tình\s+hình|báo\s+cáo)\s*[:(]?\s*$"
)


def read_window(scene: Scene, at: int) -> Sequence[Found]:
    """Từ ngày D đến ngày E, the days or months with their year: when the work is done, unless a noun of a period goes before."""
    held = read_from(scene, at)
    if len(held) != 1 or held[0].kind is not DeadlineKind.WITHIN or not held[0].strict:
        return []
    dated = _DATED.search(scene.low, at, held[0].stop) is not None
    return held if dated and not _NO_WINDOW.search(_before(scene, at)) else []


def _from_now(scene: Scene, at: int, stop: int) -> list[Found]:
    """Từ nay đến hết năm 2025: from the document's day."""
    to = _TO.match(scene.low, stop)
    last = period_at(scene.low, to.end()) if to else None
    held = last.resolve(scene.issued_on) if last else None
    if last is None or held is None:
        return []
    kind = DeadlineKind.WITHIN if scene.issued_on else DeadlineKind.BY
    return [Found(at, last.stop, kind, first=scene.issued_on, last=held[1], strict=not _over(scene, held[1]))]


def _from_on(scene: Scene, at: int, first: Period) -> list[Found]:
    """Từ P alone: within it where it is a range (từ năm 2026-2030), else from its first day on."""
    if first.many:
        return _stretch(scene, at, first, strict=begins_clause(scene, at))
    held = first.resolve(scene.issued_on)
    if held is None:
        return []
    more = _NEXT.match(scene.low, first.stop) or _ONGOING_TAIL.match(scene.low, first.stop)
    strict = (begins_clause(scene, at) or more is not None) and not _told(scene, at, first.stop, held[1])
    return [_onward(at, more.end() if more else first.stop, held[0], strict=strict)]


def read_from(scene: Scene, at: int) -> Sequence[Found]:
    """Từ P đến Q, từ P đến khi …, từ nay đến Q; từ P alone goes on from there."""
    lead = _FROM.match(scene.low, at)
    if lead is None:
        return []
    if lead["now"]:
        return _from_now(scene, at, lead.end())
    short = _from_day_to(scene, at)
    first = None if short else period_at(scene.low, lead.end())
    if first is None:
        return short
    return _from_to(scene, at, first, first.stop) or _from_on(scene, at, first)


def _period(scene: Scene, at: int, period: Period, *, strict: bool) -> list[Found]:
    """A period as such: by its day where it is one, else within it; "và các năm tiếp theo" has no end."""
    held = period.resolve(scene.issued_on)
    if held is None:
        return []
    more = _NEXT.match(scene.low, period.stop)
    if more:
        return [_onward(at, more.end(), held[0], strict=strict and not _over(scene, held[1]))]
    strict = strict and not (period.year is None and _DONE_ALREADY.match(scene.low, period.stop))
    strict = strict and not _told(scene, at, period.stop, held[1])
    if period.grain in {Grain.DAY, Grain.PART} and not period.many:
        return [Found(at, period.stop, DeadlineKind.BY, last=held[1], strict=strict)]
    vision = _VISION.match(scene.low, period.stop)
    return [Found(at, vision.end() if vision else period.stop, DeadlineKind.WITHIN, first=held[0], last=held[1], strict=strict)]


def read_within(scene: Scene, at: int) -> Sequence[Found]:
    """Trong tháng, quý, năm; vào ngày D. A vision (vào năm 2045) and a stretch of years are sure only as a time asked for."""
    lead = _WITHIN.match(scene.low, at)
    period = period_at(scene.low, lead.end()) if lead else None
    if lead is None or period is None:
        return []
    if period.bare and period.grain is Grain.DAY and period.year is None:
        return []
    strict = not period.bare or period.grain is Grain.MONTH
    if period.grain is Grain.YEARS or (period.grain is Grain.YEAR and "vào" in lead[0]):
        strict = begins_clause(scene, at) or completes(scene, at) or _REVIEWS.search(_before(scene, at)) is not None
    return _period(scene, at, period, strict=strict)


def read_this_year(scene: Scene, at: int) -> Sequence[Found]:
    """Trong năm: the document's own year."""
    match = _THIS_YEAR.match(scene.low, at)
    if match is None or scene.issued_on is None:
        return []
    year = scene.issued_on.year
    return [
        Found(at, match.end(), DeadlineKind.WITHIN, first=date(year, 1, 1), last=date(year, 12, 31), strict=completes(scene, at))
    ]


_SLOTS = frozenset({Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.HALF})
_SLOT_AFTER = re.compile(r"\s*[:,]")


def read_period(scene: Scene, at: int) -> Sequence[Found]:
    """A period without a lead word: sure after hoàn thành and the like, or where it opens a clause ("Quý III/2026: …")."""
    sure = completes(scene, at)
    if scene.strict and not sure and scene.low[at].isdigit():
        return []
    period = period_at(scene.low, at)
    if period is None:
        return []
    sure = sure and not (_before(scene, at).endswith("(") and period.grain not in {Grain.MONTH, Grain.QUARTER})
    opens = period.grain in _SLOTS and not period.bare and begins_clause(scene, at)
    return _period(scene, at, period, strict=sure or (opens and _SLOT_AFTER.match(scene.low, period.stop) is not None))


_VOID = re.compile(
    rf"(?:tầm\s+nhìn|định\s+hướng)(?:\s+(?:đến|tới|những|các))*\s+(?:năm\s+)?(?:19|20|21)\d\d|24\s*/\s*(?:24|7)\s*(?:h|giờ)?|"
    rf"hiệu\s+lực(?:\s+thi\s+hành)?\s+(?:kể\s+)?(?:từ|đến)(?:\s+hết)?\s+(?:ngày|năm)\s+\d[\d/.\s]*(?:tháng\s+\d+\s+năm\s+\d+)?|"
    rf"{DAY}\s*{DASH}\s*\d+\s*tuổi"
)


_DAY_AND_MONTH = re.compile(
    rf"(?:ngày\s+)?(\d{{1,2}})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{{1,2}})(?!\d)(?:(?:\s*[/.-]\s*|\s+năm\s+)({YEAR}))?"
)


def _no_day(match: re.Match[str] | None) -> bool:
    """A day and a month that no calendar has (31/6, 29/2/2026): not to be taken for their month."""
    return match is not None and day_of(int(match[3] or _LEAP_YEAR), int(match[2]), int(match[1]) or 32) is None


def read_void(scene: Scene, at: int) -> Sequence[Found]:
    """A vision, round-the-clock service, a day of effect, an age group, a day that does not exist: passed over."""
    match = _VOID.match(scene.low, at)
    if match is None:
        match = _DAY_AND_MONTH.match(scene.low, at)
        match = match if _no_day(match) else None
    return [Found(at, match.end(), DeadlineKind.EVENT, strict=False, void=True)] if match else []


BY, WITHIN, ONGOING, EVENT = (
    kind.value for kind in (DeadlineKind.BY, DeadlineKind.WITHIN, DeadlineKind.ONGOING, DeadlineKind.EVENT)
)
_PERIOD_HEADS = (
    "ngày", "tháng", "quý", "quí", "năm", "giai đoạn", "nhiệm kỳ", "thời kỳ", "các năm", "đầu", "giữa", "cuối", "tuần",
    "sáu tháng", "chín tháng", "ba tháng", "#",
)  # fmt: skip

DATED_FORMS: tuple[Form, ...] = (
    Form(
        "before",
        ("trước", "xong trước"),
        read_before,
        Example("trước ngày 05/01/2026", BY, end="2026-01-05", exclusive=True),
    ),
    Form(
        "latest",
        (
            "chậm nhất",
            "muộn nhất",
            "trễ nhất",
            "không muộn hơn",
            "không chậm hơn",
            "không trễ hơn",
            "không quá",
            "hạn",
            "thời hạn",
        ),
        read_latest,
        Example("chậm nhất là ngày 05/01/2026", BY, end="2026-01-05"),
    ),
    Form(
        "until",
        ("đến", "tới", "hết", "cho đến", "cho tới", "kéo dài"),
        read_until,
        Example("đến hết năm 2026", BY, end="2026-12-31"),
    ),
    Form(
        "window",
        ("từ", "kể từ", "bắt đầu"),
        read_window,
        Example("từ ngày 20/01/2026 đến ngày 15/3/2026", WITHIN, start="2026-01-20", end="2026-03-15"),
    ),
    Form(
        "from",
        ("từ", "kể từ", "kề từ", "bắt đầu"),
        read_from,
        Example("từ năm 2026 đến năm 2030", WITHIN, start="2026-01-01", end="2030-12-31"),
    ),
    Form(
        "within",
        ("trong", "vào", "xong", "ngay"),
        read_within,
        Example("trong quý II/2026", WITHIN, start="2026-04-01", end="2026-06-30"),
    ),
    Form("this-year", ("trong", "ngay"), read_this_year, Example("trong năm", WITHIN, start="2025-01-01", end="2025-12-31")),
    Form("period", _PERIOD_HEADS, read_period, Example("Quý II/2026", WITHIN, start="2026-04-01", end="2026-06-30")),
    Form("void", ("tầm nhìn", "định hướng", "hiệu lực", "ngày", "#"), read_void, Example("", EVENT)),
)
