"""Deadlines counted from a day (15 ngày kể từ ngày ban hành), on an event (sau khi …), and without an end (thường xuyên).

Domain rules 4.2 (7, 10-13, 33-35, 38-41, 51-53, 62-68, 74-78). ISO 8601 durations, " working" for working days.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from vanban.extract.dates import MONTH, YEAR, period_at
from vanban.extract.deadlines.dated import EVENT_WORDS, completes
from vanban.extract.deadlines.found import Example, Form, Found, Scene, begins_clause
from vanban.reading import DeadlineKind

_NUMBER = r"(?P<n>\d{1,3})(?:\s*\([^()]{1,30}\))?"
_LENGTH = rf"{_NUMBER}\s*(?P<unit>ngày|giờ|h(?!\w)|tuần|tháng|năm)(?P<work>\s+làm\s+việc)?"
_AFTER_LEAD = (
    r"(?:(?:chậm|muộn)\s+nhất\s+(?:là\s+|trong\s+|sau\s+)?|không\s+quá\s+|tối\s+đa\s+(?:là\s+)?|sau\s+|trước\s+|"
    r"trong(?:\s+(?:vòng|thời\s+hạn|thời\s+gian|khoảng))?(?:\s+(?:không\s+quá|tối\s+đa|chậm\s+nhất))?\s+|"
    r"(?:thời\s+hạn|thời\s+gian|hạn)(?:\s+(?:là|không\s+quá|tối\s+đa))?\s*:?\s+)"
)
_AFTER = re.compile(
    rf"{_AFTER_LEAD}?{_LENGTH}\s*+,?\s*+(?:(?:tính\s+)?(?:k[ểề]\s+)?từ|sau)\s+(?P<anchor>(?:ngày|khi|lúc|thời\s+điểm)\s+{EVENT_WORDS})"
)
_BEFORE = re.compile(
    rf"(?:(?:chậm|muộn)\s+nhất\s+(?:là\s+)?|(?:trước\s+)?ít\s+nhất\s+(?:là\s+)?|trước\s+)?{_LENGTH}\s*(?:,\s*)?"
    rf"(?:trước|so\s+với|tính\s+đến)\s+(?P<anchor>(?:ngày|khi|lúc|thời\s+(?:điểm|hạn)|kỳ|phiên)\s+{EVENT_WORDS})"
)
_EFFECT = re.compile(r"hiệu\s+lực[^.;]{0,16}$")
_WITHOUT_ANCHOR = re.compile(rf"{_AFTER_LEAD}?{_LENGTH}(?:\s+liên\s+tục)?(?!\s*(?:\d|tuổi|/))")
_TERM = re.compile(r"trong\s+(?:vòng|thời\s+hạn)\s")
_EVENT_THEN = re.compile(rf"(?:sau|kể\s+từ)\s+(?P<anchor>khi\s+{EVENT_WORDS}?)\s*+,?\s*+{_LENGTH}(?!\w)(?!\s*(?:đầu|cuối|\d))")
_AT_ONCE = re.compile(rf"ngay\s+sau\s+(?P<anchor>(?:khi|ngày)\s+{EVENT_WORDS})")
_OWN_ISSUE = re.compile(
    r"khi\s+(?:(?:kế\s+hoạch|quyết\s+định|chỉ\s+thị|nghị\s+quyết|chương\s+trình|đề\s+án|văn\s+bản)\s+(?:này\s+)?(?:được\s+)?(?:ký\s+)?(?:ban\s+hành|phê\s+duyệt|có\s+hiệu\s+lực)"
    r"|nhận\s+được\s+(?:văn\s+bản|công\s+văn|kế\s+hoạch|chỉ\s+thị|thông\s+báo)(?:\s+này)?)"
)
_OVERDUE = re.compile(
    rf"(?:quá|vượt\s+quá)\s+(?P<anchor>\d{{1,3}}\s+(?:ngày|tháng|năm)(?:\s+làm\s+việc)?(?:\s+(?:k[ểề]\s+)?từ\s+{EVENT_WORDS})?)"
)
_DURATION = {"ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M", "năm": "P{}Y", "giờ": "PT{}H", "h": "PT{}H"}


def _offset(match: re.Match[str], *, back: bool = False) -> str:
    written = _DURATION[match["unit"]].format(int(match["n"]))
    return ("-" if back else "") + written + (" working" if match["work"] else "")


def read_after(scene: Scene, at: int) -> Sequence[Found]:
    """Trong vòng 15 ngày kể từ ngày …: the duration after the anchor."""
    match = _AFTER.match(scene.low, at)
    if match is None:
        return []
    effect = _EFFECT.search(scene.low[max(0, at - 30) : at]) is not None
    return [Found(at, match.end(), DeadlineKind.RELATIVE, anchor=match.span("anchor"), offset=_offset(match), strict=not effect)]


def read_back(scene: Scene, at: int) -> Sequence[Found]:
    """Trước 01 tháng so với ngày hết hạn; chậm nhất 05 ngày trước ngày …: backwards from the anchor."""
    match = _BEFORE.match(scene.low, at)
    if match is None:
        return []
    return [Found(at, match.end(), DeadlineKind.RELATIVE, anchor=match.span("anchor"), offset=_offset(match, back=True))]


def read_event_then(scene: Scene, at: int) -> Sequence[Found]:
    """Sau khi … ban hành 30 ngày: the anchor first."""
    match = _EVENT_THEN.match(scene.low, at)
    if match is None:
        return []
    return [Found(at, match.end(), DeadlineKind.RELATIVE, anchor=match.span("anchor"), offset=_offset(match), strict=False)]


def read_at_once(scene: Scene, at: int) -> Sequence[Found]:
    """Ngay sau khi …: no day is left between; in running text only after the document's own issue or receipt."""
    match = _AT_ONCE.match(scene.low, at)
    if match is None:
        return []
    own = _OWN_ISSUE.match(scene.low, match.start("anchor")) is not None
    return [Found(at, match.end(), DeadlineKind.RELATIVE, anchor=match.span("anchor"), offset="P0D", strict=own)]


def read_length(scene: Scene, at: int) -> Sequence[Found]:
    """24 tháng; 05 năm liên tục; trong 30 ngày: a duration whose beginning is not told."""
    match = _WITHOUT_ANCHOR.match(scene.low, at)
    if match is None:
        return []
    return [Found(at, match.end(), DeadlineKind.RELATIVE, offset=_offset(match), strict=False)]


def read_term(scene: Scene, at: int) -> Sequence[Found]:
    """Trong thời hạn 05 ngày làm việc: from when is for the reader to say."""
    match = _WITHOUT_ANCHOR.match(scene.low, at)
    if match is None or not _TERM.match(match[0]):
        return []
    return [Found(at, match.end(), DeadlineKind.RELATIVE, offset=_offset(match))]


_ALWAYS = re.compile(
    r"(?:nhiệm\s+vụ\s+|thực\s+hiện\s+|triển\s+khai\s+)?(?:thường\s+xuyên(?:\s*,\s*liên\s+tục)?|liên\s+tục)(?!\w)"
)
_ALWAYS_LAST = re.compile(r"thường\s+xuyên(?:\s*,\s*liên\s+tục)?(?=\s*(?:[.;)]|$))")
_NOT_ALWAYS = re.compile(r"(?:,|(?<!\w)(?:chi|nguồn|kinh\s+phí|nhiệm\s+vụ|công\s+tác|không|tự\s+đảm\s+bảo|hoạt\s+động|và))\s*$")
_STEPWISE = re.compile(r"(?:theo\s+lộ\s+trình|từng\s+bước|lộ\s+trình)(?!\w)")


def read_always(scene: Scene, at: int) -> Sequence[Found]:
    """Thường xuyên: no end; in running text only where the clause begins with it (else it tells how)."""
    match = _ALWAYS.match(scene.low, at)
    if match is None:
        return []
    strict = match[0].startswith("thường") and begins_clause(scene, at)
    return [Found(at, match.end(), DeadlineKind.ONGOING, strict=strict)]


def read_always_last(scene: Scene, at: int) -> Sequence[Found]:
    """… thường xuyên, liên tục, the last words of a clause: no end; "chi thường xuyên" and a list of manners are none."""
    match = _ALWAYS_LAST.match(scene.low, at)
    if match is None or _NOT_ALWAYS.search(scene.low[max(0, at - 24) : at]):
        return []
    return [Found(at, match.end(), DeadlineKind.ONGOING)]


def read_stepwise(scene: Scene, at: int) -> Sequence[Found]:
    """Theo lộ trình, từng bước: a plan of its own has to say when."""
    match = _STEPWISE.match(scene.low, at)
    return [Found(at, match.end(), DeadlineKind.ONGOING, strict=False)] if match else []


_OCCASION = re.compile(rf"(?P<anchor>(?:vào|nhân)\s+dịp\s+(?:[^.;()\t]{{3,100}}?\s+năm\s+{YEAR}|{EVENT_WORDS}))")
_SESSION = re.compile(
    rf"(?P<anchor>(?:trước|tại|trong|vào)\s+(?:các\s+)?(?:kỳ\s+họp|phiên\s+họp|cuộc\s+họp|hội\s+nghị)\s+{EVENT_WORDS})"
)
_HOLIDAY = re.compile(
    r"(?P<anchor>(?:trước|trong|sau)\s+(?:(?:dịp|kỳ\s+nghỉ|đợt\s+nghỉ)\s+(?:lễ,?\s+)?)?tết\s+[^.;,()\n]{3,40}"
    r"|trước\s+(?:khi\s+(?:vào|bước\s+vào|bắt\s+đầu)\s+)?mùa\s+(?:mưa|bão|lũ|khô|lạnh|nắng)(?:\s*,?\s+(?:mưa|bão|lũ|lụt|hanh))*(?:\s+năm\s+\d{4})?)"
)
_ON_DEMAND = re.compile(
    rf"(?:đột\s+xuất|khi\s+(?:có\s+yêu\s+cầu|cần\s+thiết|được\s+yêu\s+cầu)|theo\s+yêu\s+cầu)(?:\s+(?:{EVENT_WORDS}))?"
)
_CONDITION = re.compile(
    rf"(?:sau\s+khi|đến\s+khi|cho\s+đến\s+khi|trước\s+khi|trong\s+khi|khi|nếu|trường\s+hợp|đối\s+với|trước,\s*trong\s+và\s+sau\s+khi|"
    rf"trong\s+(?:thời\s+gian|quá\s+trình)\s+(?!\d))\s*(?P<anchor>{EVENT_WORDS})"
)
_AS_SET = re.compile(
    rf"(?:(?:bảo\s+đảm|đảm\s+bảo|đúng|theo|trong)\s+)*(?:thời\s+(?:gian|hạn)|tiến\s+độ|kế\s+hoạch|hạn)\s+(?:đã\s+|được\s+)*(?:quy\s+định|đề\s+ra|yêu\s+cầu|giao)|"
    rf"theo\s+(?:quy\s+định|tiến\s+độ|kế\s+hoạch|hướng\s+dẫn|chương\s+trình|chỉ\s+đạo|thời\s+hạn)(?:\s+{EVENT_WORDS})?"
)
_END_OF = re.compile(
    r"(?:đến\s+)?(?:hết|kết\s+thúc)\s+(?P<anchor>giai\s+đoạn|nhiệm\s+kỳ|chương\s+trình|đề\s+án|dự\s+án|kế\s+hoạch)(?!\w)(?!\s*\d)"
)
_SOON = re.compile(
    r"(?:kịp\s+thời|khẩn\s+trương|sớm|ngay|(?:cần\s+)?làm\s+ngay|khó\s+khăn,\s*vướng\s+mắc\s+[^.;]{0,30}kịp\s+thời|(?:trước\s+)?ít\s+nhất\s+\d+\s+ngày)(?!\w)"
)


def _event(match: re.Match[str] | None, *, strict: bool) -> list[Found]:
    """An event: its anchor is the named group, else all the words."""
    if match is None:
        return []
    group = "anchor" if match.groupdict().get("anchor") else 0
    return [Found(match.start(), match.end(), DeadlineKind.EVENT, anchor=match.span(group), strict=strict)]


def read_occasion(scene: Scene, at: int) -> Sequence[Found]:
    """Vào dịp tổng kết năm, nhân dịp kỷ niệm một ngày."""
    return _event(_OCCASION.match(scene.low, at), strict=scene.low.startswith("vào", at))


_SESSION_MONTH = re.compile(rf"tháng\s+{MONTH}(?:\s*(?:/|năm)\s*{YEAR})?")


_NAMED_SESSION = re.compile(
    r"(?:trước|tại|trong|vào)\s+(?:các\s+)?(?:kỳ|phiên)\s+họp\s[^.;]{0,60}?(?:thường\s+(?:lệ|kỳ)|thứ\s|chuyên\s+đề|(?:cuối|giữa)\s+năm|tháng\s+\d|gần\s+nhất|tiếp\s+theo|tới(?!\w))"
)
_TO_SESSION = re.compile(
    r"(?<!\w)(?:trình|báo\s+cáo|thông\s+qua|xem\s+xét|ban\s+hành|quyết\s+định|cho\s+ý\s+kiến)(?!\w)[^.;]{0,110}$"
)
_SAID_THERE = re.compile(
    r"(?<!\w)(?:kết\s+luận|ý\s+kiến|phát\s+biểu|chất\s+vấn|thảo\s+luận|cam\s+kết|đã|được|kiến\s+nghị|yêu\s+cầu|chỉ\s+đạo|giao)(?!\w)[^.;,]{0,90}$"
)


def _binds_session(scene: Scene, at: int) -> bool:
    """Whether something is to be laid before a session to come; what was said at one is told of."""
    before = scene.low[max(0, at - 120) : at]
    return (
        _NAMED_SESSION.match(scene.low, at) is not None
        and _TO_SESSION.search(before) is not None
        and not _SAID_THERE.search(before)
    )


def read_named_session(scene: Scene, at: int) -> Sequence[Found]:
    """Trình HĐND tỉnh tại kỳ họp thường lệ giữa năm: the session is when it is due."""
    return [replace(found, strict=True) for found in read_session(scene, at)] if _binds_session(scene, at) else []


def read_session(scene: Scene, at: int) -> Sequence[Found]:
    """Trước kỳ họp …; tại phiên họp tháng 12: with the month's last day where a month is named."""
    match = _SESSION.match(scene.low, at)
    if match is None:
        return []
    month = _SESSION_MONTH.search(scene.low, match.start(), match.end())
    period = period_at(scene.low, month.start()) if month else None
    held = period.resolve(scene.issued_on) if period else None
    strict = scene.low.startswith("trước", at) or completes(scene, at)
    return [
        Found(at, match.end(), DeadlineKind.EVENT, last=held[1] if held else None, anchor=match.span("anchor"), strict=strict)
    ]


def read_holiday(scene: Scene, at: int) -> Sequence[Found]:
    """Trước Tết Nguyên đán …: the day moves with the moon, and stays an event."""
    return _event(_HOLIDAY.match(scene.low, at), strict=scene.low.startswith("trước", at))


def read_on_demand(scene: Scene, at: int) -> Sequence[Found]:
    """Đột xuất, khi có yêu cầu, theo yêu cầu của cấp trên."""
    return _event(_ON_DEMAND.match(scene.low, at), strict=False)


def read_condition(scene: Scene, at: int) -> Sequence[Found]:
    """Sau khi …, đến khi …, nếu …: when something happens."""
    return _event(_CONDITION.match(scene.low, at), strict=False)


def read_as_set(scene: Scene, at: int) -> Sequence[Found]:
    """Đúng thời gian quy định, theo hướng dẫn của …: another text says when."""
    return _event(_AS_SET.match(scene.low, at), strict=False)


def read_end_of(scene: Scene, at: int) -> Sequence[Found]:
    """Đến hết giai đoạn, nhiệm kỳ, chương trình."""
    return _event(_END_OF.match(scene.low, at), strict=False)


def read_overdue(scene: Scene, at: int) -> Sequence[Found]:
    """Quá 24 tháng kể từ …: a condition, and no deadline of the one who acts on it."""
    return _event(_OVERDUE.match(scene.low, at), strict=False)


def read_soon(scene: Scene, at: int) -> Sequence[Found]:
    """Kịp thời, khẩn trương, ngay, sớm: urgent, without a day."""
    return _event(_SOON.match(scene.low, at), strict=False)


RELATIVE, ONGOING, EVENT = (kind.value for kind in (DeadlineKind.RELATIVE, DeadlineKind.ONGOING, DeadlineKind.EVENT))
_LENGTH_HEADS = ("trong", "không quá", "tối đa", "chậm nhất", "muộn nhất", "sau", "thời hạn", "thời gian", "hạn", "trước", "#")
RELATIVE_FORMS: tuple[Form, ...] = (
    Form(
        "after", _LENGTH_HEADS, read_after,
        Example("trong 10 ngày kể từ ngày nhận văn bản", RELATIVE, anchor="ngày nhận văn bản", offset="P10D"),
    ),
    Form(
        "back", ("chậm nhất", "muộn nhất", "ít nhất", "trước", "#"), read_back,
        Example("chậm nhất 05 ngày trước ngày khai mạc", RELATIVE, anchor="ngày khai mạc", offset="-P5D"),
    ),
    Form(
        "event-then", ("sau", "kể từ"), read_event_then,
        Example("sau khi Luật được thông qua 60 ngày", RELATIVE, anchor="khi Luật được thông qua", offset="P60D"),
    ),
    Form("at-once", ("ngay sau",), read_at_once, Example("ngay sau khi ký ban hành", RELATIVE, anchor="khi ký ban hành", offset="P0D")),
    Form("term", ("trong",), read_term, Example("trong vòng 30 ngày", RELATIVE, offset="P30D")),
    Form("length", (*_LENGTH_HEADS, "#"), read_length, Example("24 tháng", RELATIVE, offset="P24M")),
    Form("always-last", ("thường xuyên",), read_always_last, Example("thường xuyên, liên tục", ONGOING)),
    Form("always", ("thường xuyên", "nhiệm vụ", "thực hiện", "triển khai", "liên tục"), read_always, Example("Thường xuyên kiểm tra", ONGOING)),
    Form("stepwise", ("theo", "từng bước", "lộ trình"), read_stepwise, Example("theo lộ trình", ONGOING)),
    Form("occasion", ("vào dịp", "nhân dịp"), read_occasion, Example("vào dịp khai giảng", EVENT, anchor="vào dịp khai giảng")),
    Form(
        "named-session", ("trước", "tại", "trong", "vào"), read_named_session,
        Example("trình tại kỳ họp thường lệ giữa năm", EVENT, anchor="tại kỳ họp thường lệ giữa năm"),
    ),
    Form(
        "session", ("trước", "tại", "trong", "vào"), read_session,
        Example("trước kỳ họp cuối năm của HĐND tỉnh", EVENT, anchor="trước kỳ họp cuối năm của HĐND tỉnh"),
    ),
    Form("holiday", ("trước", "trong", "sau"), read_holiday, Example("trước Tết Nguyên đán", EVENT, anchor="trước Tết Nguyên đán")),
    Form("on-demand", ("đột xuất", "khi", "theo yêu cầu"), read_on_demand, Example("khi có yêu cầu", EVENT, anchor="khi có yêu cầu")),
    Form(
        "condition", ("sau khi", "đến khi", "cho đến khi", "trước khi", "trước", "khi", "nếu", "trường hợp", "đối với", "trong"),
        read_condition, Example("sau khi Luật được thông qua", EVENT, anchor="Luật được thông qua"),
    ),
    Form(
        "as-set", ("bảo đảm", "đảm bảo", "đúng", "theo", "trong", "thời gian", "thời hạn", "tiến độ"), read_as_set,
        Example("đúng thời hạn quy định", EVENT, anchor="đúng thời hạn quy định"),
    ),
    Form("end-of", ("đến", "hết", "kết thúc"), read_end_of, Example("đến hết nhiệm kỳ", EVENT, anchor="nhiệm kỳ")),
    Form("overdue", ("quá", "vượt quá"), read_overdue, Example("quá 24 tháng", EVENT, anchor="24 tháng")),
    Form(
        "soon", ("kịp thời", "khẩn trương", "sớm", "ngay", "cần làm", "làm ngay", "khó khăn", "trước", "ít nhất"), read_soon,
        Example("khẩn trương", EVENT, anchor="khẩn trương"),
    ),
)  # fmt: skip
