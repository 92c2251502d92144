"""What stands around a cited number: the type word before it, the date and issuer after it, the cue, the provisions."""

import re
from dataclasses import dataclass
from datetime import date

from vanban.lexicon.agencies import find_agencies
from vanban.lexicon.documents import document_types
from vanban.lexicon.folding import clean
from vanban.reading import Relation
from vanban.spans import Span

REACH = 400
_SPACE = r"\s+"
_TYPE_NAMES = sorted({kind.name for kind in document_types()} | {"văn bản", "thông báo kết luận"}, key=len, reverse=True)
_TYPE_ALTERNATIVES = "|".join(name.replace(" ", _SPACE) for name in _TYPE_NAMES)
_TYPE = re.compile(rf"(?<!\w)(?:{_TYPE_ALTERNATIVES})(?!\w)", re.IGNORECASE)
_JUST_SO = re.compile(r"(?<!\w)số\s*:?\s*$", re.IGNORECASE)
_DAY = r"(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)(?!\d)"
_LONG_DAY = r"(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>(?:19|20)\d\d)"
_DATE = re.compile(rf"\s*[,(]?\s*(?:(?:ký|ban\s+hành)\s+)?ngày\s*(?:{_DAY}|{_LONG_DAY})", re.IGNORECASE)
_DATE_LATER = re.compile(rf"\s*[,(]?\s*(?:(?:ký|ban\s+hành)\s+)?ngày\s*(?:{_DAY}|{_LONG_DAY})", re.IGNORECASE)
_DATE_BEFORE = re.compile(
    rf"(?:^|[.;:]\s+|\n\s*)(?P<all>Ngày\s+(?:{_DAY}|{_LONG_DAY}))[^.;]{{0,160}}?(?:ban\s+hành|ký|có|phê\s+duyệt)\s+$"
)
_OF = re.compile(r"\s*,?\s*(?:do\s+|của\s+)(?:liên\s+)?", re.IGNORECASE)
_TITLES = re.compile(
    r"(?:(?:Phó\s+)?(?:Bộ\s+trưởng|Giám\s+đốc|Chủ\s+tịch|Thống\s+đốc|Tổng\s+Thanh\s+tra|Chánh\s+Văn\s+phòng|Trưởng\s+[Bb]an|Thủ\s+trưởng|Cục\s+trưởng))\s+"
)
_CONGRESS = re.compile(
    r"(?:Đại\s+hội|Hội\s+nghị)\s+(?:đại\s+biểu\s+)?(?:toàn\s+quốc|Đảng\s+bộ\s+(?:tỉnh|thành\s+phố|xã|phường)(?:\s+[A-ZĐÂÊÔƯĂ]\w+){1,4})",
    re.UNICODE,
)
_ABOUT = re.compile(
    r"\s*,?\s*(?P<title>(?:về\s+việc|về|ban\s+hành|phê\s+duyệt|quy\s+định|sửa\s+đổi|công\s+bố|hướng\s+dẫn|triển\s+khai|thực\s+hiện"
    r"|tăng\s+cường|giao|thành\s+lập|điều\s+chỉnh|kèm\s+theo)\b[^;:()]{3,280}?)"
    r"(?=[;:()]|[.](?:\s|$)|\s+[–_—-]{3,}|\s+tại\s+(?:Công\s+văn|Tờ\s+trình)"
    r"|,\s+(?:Ủy|Uỷ|UBND|Sở|Bộ|Thủ\s+tướng|Chủ\s+tịch|Ban|Nghị|Quyết|Chỉ\s+thị|Kế\s+hoạch|Văn\s+phòng|trong\s+đó|theo\s+hướng)|$)",
    re.IGNORECASE,
)
_PROVISION = r"(?:điểm|khoản|Điều|[Mm]ục|[Pp]hần|[Cc]hương|[Pp]hụ\s+lục|tiểu\s+mục|tiết|đoạn)\s+(?:số\s+)?(?:\d{1,3}(?:\.\d{1,2})*[a-zđ]?|[IVXL]{1,6}|[a-zđ](?!\w))"
_PROVISIONS = re.compile(
    rf"(?P<all>{_PROVISION}(?:(?:\s*,\s*|\s+và\s+|\s+)(?:{_PROVISION}|\d{{1,3}}[a-zđ]?|[a-zđ](?!\w)))*)\s*(?:,\s*)?(?:của\s+|tại\s+|theo\s+|kèm\s+theo\s+|ban\s+hành\s+kèm\s+theo\s+)*$"
)


@dataclass(frozen=True, slots=True)
class DatedAt:
    """A day and where it is written."""

    day: date | None
    span: Span


def type_before(text: str, start: int, floor: int) -> int:
    """Where the type word of the number at ``start`` begins ("Quyết định số", "Luật Đất đai số"); ``start`` where there is none."""
    window_start = max(floor, start - 110)
    window = text[window_start:start]
    fitting = [found for found in _TYPE.finditer(window) if _fits_between(window[found.end() :])]
    named = [found for found in fitting if found.group()[0].isupper()]
    laws = [found for found in named if found.group().endswith("uật")]
    if laws or named or fitting:
        return window_start + (laws[:1] or named[-1:] or fitting[-1:])[0].start()
    just = _JUST_SO.search(window)
    return window_start + just.start() if just else start


def _fits_between(between: str) -> bool:
    """Whether what stands between type word and number is "số", or the name of a law or kind and "số"."""
    rest = between.strip().lower().rstrip(": (")
    return rest in {"", "số"} or (rest.endswith("số") and "," not in rest and len(rest) < 90)


def day_of(found: re.Match[str]) -> date | None:
    """The day of a date pattern's match; None where there is no such day."""
    day, month, year = (found["d"], found["m"], found["y"]) if found["d"] else (found["d2"], found["m2"], found["y2"])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def date_after(text: str, end: int, limit: int) -> DatedAt | None:
    """The day that stands right after the number."""
    found = _DATE.match(text, end, limit)
    return DatedAt(day_of(found), Span(end, found.end())) if found else None


def date_before(text: str, start: int, floor: int) -> DatedAt | None:
    """The day at the head of the sentence: "Ngày 29/6/2026, Bộ trưởng … ban hành Quyết định số"."""
    window_start = max(floor, start - 220)
    found = _DATE_BEFORE.search(text[window_start:start])
    return DatedAt(day_of(found), Span(window_start + found.start("all"), window_start + found.end("all"))) if found else None


def date_after_issuer(text: str, end: int, limit: int) -> DatedAt | None:
    """The day after the issuer: "số 18-KL/TW của Trung ương ngày …"."""
    found = _DATE_LATER.match(text, end, limit)
    return DatedAt(day_of(found), Span(end, found.end())) if found else None


def issuer_after(text: str, end: int, limit: int) -> tuple[str, int] | None:
    """The issuer named after "của", without a person's title, and the end of its name."""
    found = _OF.match(text, end, limit)
    if found is None:
        return None
    start = found.end()
    congress = _CONGRESS.match(text, start, limit)
    if congress:
        return clean(congress.group()), congress.end()
    title = _TITLES.match(text, start, limit)
    first = title.end() if title else start
    named = find_agencies(text, Span(first, min(limit, first + 120)))
    if not named or named[0].span.start != first:
        return None
    return named[0].name, named[0].span.end


def title_after(text: str, end: int, limit: int) -> str | None:
    """What the document is about, as far as the sentence tells."""
    found = _ABOUT.match(text, end, min(limit, end + REACH))
    return clean(found["title"]).rstrip(" ,") if found else None


def provisions_before(text: str, start: int, floor: int) -> tuple[str, ...]:
    """The parts of the document that are cited: "mục 6 phần IV", "khoản 2 Điều 13"."""
    found = _PROVISIONS.search(text[max(floor, start - 90) : start])
    return (clean(found["all"]),) if found else ()


_CUES: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (
        Relation.REPLACES,
        re.compile(r"(?:thay\s+thế|bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ)\s+(?:cho\s+|các\s+|toàn\s+bộ\s+)?$", re.IGNORECASE),
    ),
    (
        Relation.AMENDS,
        re.compile(
            r"(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|đính\s+chính)(?:\s*,?\s*(?:bổ\s+sung|một\s+số|nội\s+dung|điều|khoản|của|các|và|điểm|\d+)\b)*\s*$",
            re.IGNORECASE,
        ),
    ),
    (Relation.ANNEXED_TO, re.compile(r"kèm\s+theo\s+$", re.IGNORECASE)),
    (
        Relation.SUBMITS,
        re.compile(r"(?:về\s+việc\s+trình|trình|Tờ\s+trình)\s+(?:ban\s+hành\s+)?(?:dự\s+thảo\s+)?$", re.IGNORECASE),
    ),
)
_BASIS = re.compile(r"\s*(?:[-–+*•]\s*)?Căn\s+cứ\b", re.IGNORECASE)
_BASIS_NEAR = re.compile(r"\bcăn\s+cứ\s+(?:vào\s+)?$", re.IGNORECASE)
_VERBS = r"(?:triển\s+khai|thực\s+hiện|thi\s+hành|quán\s+triệt|cụ\s+thể\s+(?:hóa|hoá))"
_IMPLEMENTS_NEAR = re.compile(
    rf"\b{_VERBS}(?:\s*,?\s*(?:và\s+)?(?:tổ\s+chức\s+)?(?:{_VERBS}|nghiêm\s+túc|nghiêm|có\s+hiệu\s+quả|đầy\s+đủ|các|nội\s+dung|của|nhiệm\s+vụ))*\s*$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rf"\s*(?:[-–+*•]\s*)?(?:Để\s+|Tiếp\s+tục\s+)?(?:tổ\s+chức\s+)?{_VERBS}(?:\s*,?\s*(?:{_VERBS}))?"
    r"(?!\s+(?:chức\s+năng|nhiệm\s+vụ|nghiêm|tốt|công\s+tác|theo|đồng\s+bộ))",
    re.IGNORECASE,
)


def relation_before(text: str, start: int, paragraph: int) -> Relation:
    """What the text does with the document whose type word stands at ``start``; ``paragraph``: where its paragraph begins."""
    near = text[max(paragraph, start - 100) : start]
    if _BASIS.match(text, paragraph) or _BASIS_NEAR.search(near):
        return Relation.BASIS
    for relation, cue in _CUES:
        if cue.search(near):
            return relation
    if (start - paragraph < REACH and _OPENING.match(text, paragraph)) or _IMPLEMENTS_NEAR.search(near):
        return Relation.IMPLEMENTS
    return Relation.CITES
