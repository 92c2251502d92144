"""Deadlines that come again: hằng quý, định kỳ 6 tháng (trước 15/6), trước ngày 25 hằng tháng, thứ Sáu hằng tuần.

Domain rules 3.1 and 4.2 (8, 9, 32-39, 54-61, 79, 80). RFC 5545 rules without DTSTART; times of day are left out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from vanban.extract.dates import MONTH, NUMBER_WORDS, QUARTER, period_at, quarter_number
from vanban.extract.deadlines.dated import TIME, completes
from vanban.extract.deadlines.days import DayRule, Days, days_at
from vanban.extract.deadlines.found import Example, Form, Found, Scene, begins_clause
from vanban.reading import DeadlineKind

_EVERY = r"h[ằàãắ]ng"
_UNIT = r"(?:ngày(?!\s+\d)|tuần|(?P<n>\d{1,2}|sáu|ba|chín)\s+tháng|tháng(?!\s+\d)|qu[ýí](?!\s+[iv\d])|nửa\s+năm|năm(?!\s+(?:\d|học)))(?!\w)"
_EVERY_UNIT = re.compile(rf"(?P<reg>định\s+k[ỳý](?:\s+theo)?\s*+,?\s*+)?(?P<ev>(?:{_EVERY}|mỗi|từng)\s+)?(?P<unit>{_UNIT})")
_BARE_UNIT = re.compile(rf"(?P<unit>{_UNIT})\s*(?=\()")
_MORE_UNIT = re.compile(
    rf"\s*(?:,|và|hoặc|/|,\s*và)\s*(?:báo\s+cáo\s+)?(?P<all>(?:(?:định\s+k[ỳý]\s+)?{_EVERY}\s+)?(?P<unit>{_UNIT}))"
)
_OPEN = re.compile(r"\s*(?P<paren>\()\s*|\s*+,?\s*+")
_CLOSE = re.compile(r"[^().;]{0,40}\)")
_GAP = re.compile(
    r"(?:(?!\n\s*(?:\n|[-+*•]\s|\w{1,3}[.)]\s))[^.;()\x00]){0,140}?(?=(?:trước|chậm\s+nhất|muộn\s+nhất|vào)\s+(?:\d+\s*(?:giờ|h)\D{0,12})?(?:ngày|\d|thứ))"
)
_EVERY_AFTER = re.compile(rf"\s*+,?\s*+(?:của\s+)?(?:{_EVERY}|mỗi|từng)\s+(?P<unit>năm|tháng|qu[ýí]|tuần)(?!\w)")
_OF_YEAR_AFTER = re.compile(r"\s+(?:của\s+)?năm\s+(?:báo\s+cáo|đó|sau|kế\s+tiếp|liền\s+kề)")
_REGULAR_BEFORE = re.compile(r"(?:định\s+k[ỳý]\s*+,?\s*+)")
_HOUR = re.compile(rf"\s*+,?\s*+(?:trước|vào|lúc|chậm\s+nhất(?:\s+là)?)\s+(?:lúc\s+)?{TIME}")
_PHASE = re.compile(r"\s*+,?\s*+(?:bắt\s+đầu\s+)?(?:kể\s+)?từ\s+")
_PHASE_END = re.compile(r"\s*(?:[-–—]|đến(?:\s+hết)?)\s*")
_TAIL = re.compile(r"\s*(?:,|và)\s*(?:(?:từng|theo)\s+giai\s+đoạn|thường\s+xuyên|(?:khi\s+có\s+)?đột\s+xuất)")
_TIMES = re.compile(
    r"(?P<reg>định\s+k[ỳý]\s+)?(?:cứ\s+|mỗi\s+)?(?:(?P<n>\d{1,2})\s+)?(?P<unit>ngày|tuần|tháng|qu[ýí]|năm)"
    r"(?:\s*/\s*(?:(?:một|0?1)\s*)?lần|\s+(?:một|0?1)\s+lần|(?(reg)(?=\s*[,.;]|\s*$)|(?!)))(?!\w)"
)
_RATE = re.compile(
    r"(?:ít\s+nhất\s+|tối\s+thiểu\s+)?(?:(?P<n>\d{1,2}|một|hai|ba|bốn)\s*lần\s*/\s*(?:\d+\s*)?(?P<unit>ngày|tuần|tháng|qu[ýí]|năm)"
    r"|(?:mỗi|một)\s+(?P<unit2>ngày|tuần|tháng|qu[ýí]|năm)\s+(?:ít\s+nhất\s+)?(?P<n2>\d{1,2}|một|hai|ba|bốn)\s+lần)"
)
_REGULARLY = re.compile(r"định\s+k[ỳý](?!\s+(?:\d|hằng|hàng))")
_REPORTS = re.compile(
    r"(?:báo\s+cáo|tổng\s+hợp|cập\s+nhật|gửi|công\s+bố|giao\s+ban|họp|sơ\s+kết|tổng\s+kết|kiểm\s+tra|rà\s+soát|đánh\s+giá|cung\s+cấp|"
    r"thống\s+kê|thông\s+báo|trình|tổ\s+chức|đôn\s+đốc|công\s+khai|khảo\s+sát|tập\s+huấn|diễn\s+tập)[^.;:]{0,90}$"
)
_ADJECTIVE = re.compile(
    r"(?:chế\s+độ\s+báo\s+cáo|kế\s+hoạch|ngân\s+sách|nhà\s+nước|địa\s+phương|dự\s+toán|chương\s+trình|kinh\s+phí|công\s+tác|nhiệm\s+vụ|chỉ\s+tiêu|vốn|danh\s+mục|"
    r"tăng\s+trưởng|bình\s+quân|sản\s+lượng|doanh\s+thu|chi|thu|được\s+giao|bố\s+trí|phân\s+bổ|trung\s+hạn|chi\s+phí|tiền|đất|phát\s+triển|"
    r"kinh\s+tế\s*-\s*xã\s+hội|xã\s+hội|dài\s+hạn|nghiệp\s+vụ|thường\s+kỳ|khoa\s+học|hoạt\s+động|văn\s+bản|thi\s+đua|khen\s+thưởng|"
    r"mua\s+sắm|đầu\s+tư|biên\s+chế|chi\s+thường\s+xuyên|khám\s+sức\s+khỏe|định\s+mức|"
    r"(?:kế\s+hoạch|chương\s+trình|dự\s+toán|ngân\s+sách)(?:\s+(?!báo|gửi|tổng|cho)\w+,?){1,5})(?:\s*,)?\s*$"
)
_FREQUENCY = {"ngày": "DAILY", "tuần": "WEEKLY", "tháng": "MONTHLY", "năm": "YEARLY"}


def rule_of(unit: str, count: int = 1) -> str:
    """FREQ and INTERVAL: a quarter is three months, half a year six, twelve months a year."""
    unit = unit.replace("í", "ý")
    if unit in {"quý", "nửa năm"}:
        unit, count = "tháng", count * (3 if unit == "quý" else 6)
    if unit == "tháng" and count % 12 == 0:
        unit, count = "năm", count // 12
    return f"FREQ={_FREQUENCY[unit]}" + (f";INTERVAL={count}" if count != 1 else "")


def _unit_rule(match: re.Match[str]) -> str | None:
    """The rule of a unit as matched by ``_UNIT``; None for numbers that are no period (13 tháng)."""
    if match["n"] is None:
        return rule_of(" ".join(match["unit"].split()))
    count = NUMBER_WORDS.get(match["n"]) or int(match["n"])
    return rule_of("tháng", count) if 1 <= count <= 12 else None


def _with_days(base: str, rule: DayRule) -> str:
    """The unit's rule narrowed to the days named: months named make it yearly, a weekday weekly."""
    if rule.months:
        base = "FREQ=YEARLY"
    elif rule.weekday:
        base = "FREQ=WEEKLY"
    elif "YEARLY" in base or "WEEKLY" in base:
        return base
    return base + rule.parts


def _found(start: int, stop: int, rrule: str, *, exclusive: bool = False, strict: bool = True) -> Found:
    return Found(start, stop, DeadlineKind.RECURRING, exclusive=exclusive, rrule=rrule, strict=strict)


def _by_days(start: int, stop: int, base: str, days: Days, *, strict: bool = True) -> list[Found]:
    """One mention a rule; the last one takes the words after it (a closing parenthesis, "hằng năm")."""
    held: list[Found] = []
    for number, rule in enumerate(days.rules, 1):
        end = stop if number == len(days.rules) else rule.stop
        held.append(_found(start, end, _with_days(base, rule), exclusive=days.exclusive, strict=strict))
        start = end
    return held


def _attached(scene: Scene, at: int, *, gap: bool) -> tuple[int, Days] | None:
    """Day words right after a unit, in parentheses or not, or (``gap``) further on in the same clause; and where they end."""
    opened = _OPEN.match(scene.low, at)
    start = opened.end() if opened else at
    days = days_at(scene.low, start)
    paren = opened is not None and opened["paren"] is not None
    if days is not None and (days.led or days.own or days.rules[0].weekday or (paren and days.rules[0].days)):
        closed = _CLOSE.match(scene.low, days.stop) if paren else None
        return (closed.end() if closed else days.stop), days
    far = _GAP.match(scene.low, at) if gap else None
    days = days_at(scene.low, far.end()) if far else None
    return (days.stop, days) if days is not None else None


def _phase(scene: Scene, found: Found) -> Found:
    """Hằng năm từ quý IV/2026 - 2029: the first and the last day of the series."""
    lead = _PHASE.match(scene.low, found.stop)
    period = period_at(scene.low, lead.end()) if lead else None
    held = period.resolve(scene.issued_on) if period else None
    if period is None or held is None:
        return found
    to = _PHASE_END.match(scene.low, period.stop)
    until = period_at(scene.low, to.end()) if to else None
    until_days = until.resolve(scene.issued_on) if until else None
    if until is None or until_days is None:
        return replace(found, stop=period.stop, first=held[0], last=held[1] if period.many else None)
    return replace(found, stop=until.stop, first=held[0], last=until_days[1])


def _every_strict(scene: Scene, match: re.Match[str], units: int) -> bool:
    """Whether hằng năm says when work is due, and is no adjective (kế hoạch hằng năm, ngân sách hằng năm)."""
    at = match.start()
    if match["reg"] or (begins_clause(scene, at) and match["unit"] != "ngày"):
        return True
    before = scene.low[max(0, at - 120) : at]
    if not match["ev"].startswith("h") or match["unit"] == "ngày" or _ADJECTIVE.search(before):
        return False
    return units > 1 or _REPORTS.search(before) is not None


def _unit_mentions(scene: Scene, start: int, match: re.Match[str], *, gap: bool) -> list[Found]:
    """The unit of ``match`` with the days that belong to it; nothing where the number of months is no period."""
    base = _unit_rule(match)
    if base is None:
        return []
    held = _attached(scene, match.end(), gap=gap)
    if held is None:
        return [_found(start, match.end(), base)]
    return _by_days(start, held[0], base, held[1])


def _more_units(scene: Scene, stop: int) -> list[Found]:
    """The rest of a list: "hằng tháng, quý, 6 tháng và năm"."""
    held: list[Found] = []
    while (match := _MORE_UNIT.match(scene.low, stop)) is not None:
        more = _unit_mentions(scene, match.start("all"), match, gap=False)
        if not more:
            break
        held += more
        stop = more[-1].stop
    return held


def read_every(scene: Scene, at: int) -> Sequence[Found]:
    """Hằng năm, định kỳ hằng quý (…), định kỳ 6 tháng, hằng tháng, quý, năm: a mention each."""
    match = _EVERY_UNIT.match(scene.low, at)
    if match is None or not (match["reg"] or match["ev"]):
        return []
    held = _unit_mentions(scene, at, match, gap=match["unit"] != "ngày")
    if not held:
        return []
    hour = _HOUR.match(scene.low, match.end()) if match["unit"] == "ngày" else None
    if hour:
        held = [replace(held[0], stop=hour.end())]
    plain = held[-1].stop == match.end()
    held += _more_units(scene, held[-1].stop)
    held[0] = _phase(scene, held[0]) if len(held) == 1 else held[0]
    tail = _TAIL.match(scene.low, held[-1].stop)
    if tail:
        held[-1] = replace(held[-1], stop=tail.end())
    strict = not plain or held[0].first is not None or _every_strict(scene, match, len(held))
    return [replace(found, strict=strict) for found in held]


_DONE_AGAIN = re.compile(
    r"(?<!\w)(?:công\s+bố|công\s+khai|giao\s+ban|họp|tổ\s+chức|kiểm\s+tra|rà\s+soát|đánh\s+giá|khảo\s+sát|tập\s+huấn|diễn\s+tập|thống\s+kê|cập\s+nhật|"
    r"sơ\s+kết|tổng\s+kết|đối\s+thoại|chấm\s+điểm|kiểm\s+điểm|kiểm\s+kê|phun|đo\s+đạc|đối\s+soát|bảo\s+dưỡng|bảo\s+trì)(?!\w)[^.;:,()]{0,60}$"
)
_ENDS_THERE = re.compile(r"\s*(?:[.;,)]|$|(?:hoặc|và)\s+(?:khi|đột\s+xuất))")
_NAMES_A_THING = re.compile(
    r"(?<!\w)(?:kế\s+hoạch|chương\s+trình|dự\s+toán|ngân\s+sách|chỉ\s+tiêu|nhiệm\s+vụ|danh\s+mục|nhu\s+cầu|quy\s+chế|được|số\s+liệu|kết\s+quả|báo\s+cáo|giải\s+thưởng|cuộc\s+thi)(?!\w)[^.;:,()]*$"
)


def read_done_every(scene: Scene, at: int) -> Sequence[Found]:
    """Công bố giá hằng tháng, họp hằng quý: after a verb of what is done again, at the end of its clause."""
    held = read_every(scene, at)
    if len(held) != 1 or not held[0].strict or not _ENDS_THERE.match(scene.low, held[0].stop):
        return []
    before = scene.low[max(0, at - 90) : at]
    return held if _DONE_AGAIN.search(before) and not _NAMES_A_THING.search(before) else []


def read_unit(scene: Scene, at: int) -> Sequence[Found]:
    """6 tháng (trước ngày 30/5), năm (trước ngày 30/11): the parenthesis makes it a period that comes again."""
    match = _BARE_UNIT.match(scene.low, at)
    base = _unit_rule(match) if match else None
    if match is None or base is None or scene.low[max(0, at - 2) : at].strip().isdigit():
        return []
    held = _attached(scene, match.end(), gap=False)
    if held is None or not (held[1].led or held[1].own):
        return []
    return _by_days(at, held[0], base, held[1])


_LEADING_SPACE = 40
_UNITS_ALONE = re.compile(rf"\s*(?P<unit>{_UNIT})\s*[.,;]?\s*$")


def read_unit_alone(scene: Scene, at: int) -> Sequence[Found]:
    """Quý, 6 tháng, năm as the whole of a cell: every quarter, half-year, year."""
    match = None if at > _LEADING_SPACE or scene.low[:at].strip() else _UNITS_ALONE.match(scene.low, at)
    base = _unit_rule(match) if match else None
    return [_found(at, match.end("unit"), base, strict=False)] if match and base else []


def read_day_every(scene: Scene, at: int) -> Sequence[Found]:
    """Trước ngày 25 hằng tháng, 15/6 và 15/12 hằng năm, thứ Sáu hằng tuần, ngày 15 của tháng cuối quý."""
    regular = _REGULAR_BEFORE.match(scene.low, at)
    days = days_at(scene.low, regular.end() if regular else at)
    if days is None:
        return []
    after = _EVERY_AFTER.match(scene.low, days.stop)
    if after:
        base, stop = rule_of(after["unit"]), after.end()
    elif (of_year := _OF_YEAR_AFTER.match(scene.low, days.stop)) and days.rules[0].months:
        base, stop = "FREQ=YEARLY", of_year.end()
    elif days.own or (regular and days.rules[0].days):
        base, stop = "FREQ=YEARLY" if days.rules[0].months else "FREQ=MONTHLY", days.stop
    else:
        return []
    strict = days.led or regular is not None or "YEARLY" not in base or completes(scene, at)
    return _by_days(at, stop, base, days, strict=strict)


_APART = re.compile(
    rf"(?:(?:trong|vào)\s+)?(?:các\s+)?(?P<unit>tháng|qu[ýí])\s+(?:{MONTH}|{QUARTER})(?:\s*(?:,|;|và|,\s*và)\s*(?:(?P=unit)\s+)?(?:{MONTH}|{QUARTER}))+"
)
_ONE_OF_THEM = re.compile(rf"(?<![\w/]){QUARTER}|(?<![\w/]){MONTH}")


def read_apart(scene: Scene, at: int) -> Sequence[Found]:
    """Tháng 5, tháng 11/2026; quý II và quý IV: months that do not follow one another, each of them, and none between."""
    match = _APART.match(scene.low, at)
    if match is None:
        return []
    quarters = match["unit"] != "tháng"
    written = [one[0] for one in _ONE_OF_THEM.finditer(scene.low, match.end("unit"), match.end())]
    months = [3 * quarter_number(one) if quarters else int(one) for one in written]
    step = 3 if quarters else 1
    if all(after - before == step for before, after in pairwise(months)) or months != sorted(set(months)):
        return []
    whole = period_at(scene.low, scene.low.index(match["unit"], at))
    held = whole.resolve(scene.issued_on) if whole and whole.stop >= match.end() else None
    if whole is None or held is None:
        return []
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}"
    return [Found(at, whole.stop, DeadlineKind.RECURRING, first=held[0], last=held[1], rrule=rule, strict=completes(scene, at))]


_COUNTS = NUMBER_WORDS | {"một": 1, "hai": 2, "ba": 3, "bốn": 4}


def read_times(scene: Scene, at: int) -> Sequence[Found]:
    """Định kỳ 03 tháng/1 lần; 3 tháng một lần."""
    match = _TIMES.match(scene.low, at)
    if match is None or not 1 <= int(match["n"] or 1) <= 60:
        return []
    rrule = rule_of(match["unit"], int(match["n"] or 1))
    return [_found(at, match.end(), rrule, strict=match["reg"] is not None)]


def read_rate(scene: Scene, at: int) -> Sequence[Found]:
    """02 lần/năm, mỗi năm 1 lần: how often; in running text a target (domain rules 5.2, 6 and 29), not a deadline."""
    match = _RATE.match(scene.low, at)
    if match is None:
        return []
    written, unit = match["n"] or match["n2"], (match["unit"] or match["unit2"]).replace("í", "ý")
    count = _COUNTS.get(written) or int(written)
    months = {"năm": 12, "quý": 3}.get(unit, 0)
    if count > 1 and months % count == 0 and months:
        return [_found(at, match.end(), rule_of("tháng", months // count), strict=False)]
    return [_found(at, match.end(), rule_of(unit), strict=False)] if count else []


def read_regularly(scene: Scene, at: int) -> Sequence[Found]:
    """Định kỳ without a period: it comes again, nobody says when."""
    match = _REGULARLY.match(scene.low, at)
    return [Found(at, match.end(), DeadlineKind.RECURRING, strict=False)] if match else []


RECURRING = DeadlineKind.RECURRING.value
_DAY_HEADS = (
    "trước", "chậm nhất", "muộn nhất", "không quá", "vào", "trong", "đến", "ngày", "các ngày", "thứ", "sáng", "chiều", "cuối", "chủ nhật",
    "tháng", "quý", "quí", "định kỳ", "định ký", "#",
)  # fmt: skip
_EVERY_HEADS = ("hằng", "hàng", "hãng", "định kỳ", "định ký", "mỗi", "từng")
RECURRING_FORMS: tuple[Form, ...] = (
    Form(
        "done-every",
        _EVERY_HEADS,
        read_done_every,
        Example("họp hằng quý", RECURRING, rrule="FREQ=MONTHLY;INTERVAL=3"),
    ),
    Form(
        "apart",
        ("trong", "vào", "tháng", "quý", "quí"),
        read_apart,
        Example("tháng 5, tháng 11/2026", RECURRING, start="2026-05-01", end="2026-11-30", rrule="FREQ=YEARLY;BYMONTH=5,11"),
    ),
    Form(
        "every",
        _EVERY_HEADS,
        read_every,
        Example("định kỳ hằng quý", RECURRING, rrule="FREQ=MONTHLY;INTERVAL=3"),
    ),
    Form(
        "unit",
        ("tuần", "tháng", "quý", "quí", "năm", "sáu tháng", "nửa năm", "#"),
        read_unit,
        Example("6 tháng (trước ngày 15/6)", RECURRING, exclusive=True, rrule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15"),
    ),
    Form(
        "unit-alone",
        ("tuần", "tháng", "quý", "quí", "năm", "nửa năm", "#"),
        read_unit_alone,
        Example("quý", RECURRING, rrule="FREQ=MONTHLY;INTERVAL=3"),
    ),
    Form("day-every", _DAY_HEADS, read_day_every, Example("thứ Sáu hằng tuần", RECURRING, rrule="FREQ=WEEKLY;BYDAY=FR")),
    Form(
        "times",
        ("định kỳ", "định ký", "cứ", "tuần", "tháng", "quý", "năm", "#"),
        read_times,
        Example("định kỳ 03 tháng/1 lần", RECURRING, rrule="FREQ=MONTHLY;INTERVAL=3"),
    ),
    Form(
        "rate",
        ("ít nhất", "tối thiểu", "mỗi", "một", "hai", "#"),
        read_rate,
        Example("02 lần/năm", RECURRING, rrule="FREQ=MONTHLY;INTERVAL=6"),
    ),
    Form("regularly", ("định kỳ", "định ký"), read_regularly, Example("định kỳ", RECURRING)),
)
