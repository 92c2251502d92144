"""Assignees that no lexicon holds: persons by name and office, and a heading that is a body's name from its first word on."""

import re
from itertools import pairwise

from vanban.extract.tasks.words import CLEAR
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention
from vanban.lexicon.folding import clean
from vanban.reading import AgencyKind
from vanban.spans import Span

_CAPITAL = r"A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
_WORD = rf"[{_CAPITAL}][\wÀ-ỹ]*"
_BODY = (
    r"(?:[Bb]an(?!\s+hành)|[Pp]hòng(?!,|\s+(?:chống|ngừa|bệnh))|[Tt]rạm|[Tt]rung\s+tâm|[Vv]ăn\s+phòng|[Cc]ông\s+an|[Hh]ội(?!\s+(?:nghị|thảo|thi|nhập|chợ|họp))|"
    r"[Đđ]oàn(?!\s+kết)|[Tt]ổ(?!\s+chức)|(?:[Nn]hà\s+)?[Tt]rường(?!\s+hợp)|[Cc]ông\s+chức|[Cc]án\s+bộ|[Kk]ế\s+toán|[Tt]rưởng|[Hh]iệu\s+trưởng|[Bb]í\s+thư|"
    r"[Đđ]ài|[Bb]áo(?!\s+(?:cáo|vệ))|[Bb]ưu\s+điện|[Vv]iễn\s+thông|[Đđ]iện\s+lực|[Cc]hi\s+(?:cục|nhánh|bộ|hội)|[Cc]ục|[Vv]iện|[Bb]ệnh\s+viện|[Qq]uỹ(?!\s+đất)|"
    r"[Ll]iên\s+(?:đoàn|minh|hiệp)|[Hh]iệp\s+hội|(?:[Tt]ổng\s+)?[Cc]ông\s+ty|[Tt]ập\s+đoàn|[Dd]oanh\s+nghiệp|[Nn]gân\s+hàng|[Kk]ho\s+bạc|[Đđ]ảng\s+[ủu][ỷy]|"
    r"[Cc]hủ\s+(?:đầu\s+tư|rừng|cơ\s+sở|hộ|nhiệm)|[Tt]hành\s+viên|[Hh]ợp\s+tác\s+xã|[Hh]ộ\s+(?:gia\s+đình|kinh\s+doanh)|[Mm]ặt\s+trận|[ỦUủu][ỷyỶY]\s+ban|[Hh]ội\s+đồng|"
    r"[Tt]hường\s+trực|[Tt]hôn|[Xx]óm|[Bb]uôn|[Kk]hu\s+phố|[Cc]ơ\s+(?:quan|sở(?!\s+(?:vật\s+chất|dữ\s+liệu|hạ\s+tầng|pháp\s+lý)))|[Đđ]ơn\s+vị)(?!\w)"
)
_NAME = re.compile(rf"(?:(?:Các|các|Những|những)\s+(?:{_BODY}|[Tt]ổ\s+chức|[Cc]á\s+nhân|ấp|bản)|{_BODY})")
_NEXT_NAME = re.compile(rf"\s*(?:[,;]\s*(?:và\s+)?|và\s+)(?=(?:[Cc]ác\s+)?{_BODY})")
_ACTS = re.compile(rf"\s{CLEAR}")
_LONGEST = 130
_ASSIGNED = re.compile(
    r"tổ\s+chức\s+thực\s+hiện|phân\s+công|trách\s+nhiệm|giao\s+nhiệm\s+vụ|triển\s+khai\s+thực\s+hiện|đề\s+nghị|yêu\s+cầu",
    re.IGNORECASE,
)
_FULL_NAME = rf"{_WORD}(?:\s+{_WORD}){{1,4}}"
_FAMILY = r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Đào|Lâm|Cao|Lương|Tạ|Hà|Vương|Nông|Giàng)"
_OFFICE = (
    r"(?:[Pp]hó\s+[Cc]hủ\s+tịch|[Pp]hó\s+[Bb]í\s+thư|[Pp]hó\s+[Gg]iám\s+đốc|[Pp]hó\s+[Cc]hánh\s+Văn\s+phòng|[Tt]hứ\s+trưởng)"
)
_PERSON = re.compile(
    rf"(?:(?:[Đđ]ồng\s+chí|[Ôô]ng|[Bb]à)\s+|(?={_FAMILY}\s)){_FULL_NAME}(?:\s*,\s*|\s+-\s+)(?=(?:{_OFFICE}|[Cc]hủ\s+tịch|[Gg]iám\s+đốc|[Bb]í\s+thư|[Tt]rưởng|[Ủủ]y\s+viên)\s)"
    rf"|(?:[Cc]ác\s+)?[Đđ]ồng\s+chí\s+(?=(?:các\s+)?{_OFFICE}\s)|(?:[Cc]ác\s+)?(?={_OFFICE}\s)"
)
_HELD_OFFICE = re.compile(
    r"(?:các\s+)?(?:[Pp]hó\s+)?(?:[Cc]hủ\s+tịch|[Bb]í\s+thư|[Gg]iám\s+đốc|[Cc]hánh|[Tt]rưởng|[Tt]hứ\s+trưởng|[Ủủ]y\s+viên)\s+"
)
_OWN_NAME = re.compile(rf"\s+(?:(?:đồng\s+chí|ông|bà)\s+)?{_FULL_NAME}(?=[\s,:;.]|$)")


def is_assigned(work: Work, path: str) -> bool:
    """Whether a heading over ``path`` says that work is shared out below it ("TỔ CHỨC THỰC HIỆN")."""
    return any(_ASSIGNED.search(title) for title in work.titles_over(path.rpartition(".")[0]))


def named_bodies(work: Work, span: Span) -> tuple[AgencyMention, ...]:
    """The bodies of a heading that is nothing but their names ("Công chức Tư pháp - Hộ tịch"); empty for any other.

    A name begins with a word for a body and holds no verb; the heading ends without a stop.
    """
    text = work.text
    span = span.trim(text, " \n\t:,")
    if not 3 < len(span) <= _LONGEST or text[span.end - 1] in ".;)" or not _NAME.match(text, span.start, span.end):
        return ()
    if _ACTS.search(text, span.start, span.end):
        return ()
    marks = list(_NEXT_NAME.finditer(text, span.start, span.end))
    edges = [(span.start, span.start), *((mark.start(), mark.end()) for mark in marks), (span.end, span.end)]
    places = [Span(one[1], other[0]).trim(text) for one, other in pairwise(edges)]
    return tuple(_named(work, place) for place in places if len(place))


def _named(work: Work, place: Span) -> AgencyMention:
    """The body at ``place``: as the lexicon has it where it knows all of the name, else as written."""
    known = work.agencies(place)
    if known and known[0].span == place:
        return known[0]
    name = clean(place.of(work.text))
    group = name.lower().startswith(("các ", "những "))
    return AgencyMention(place, name, None, AgencyKind.GROUP if group else AgencyKind.UNKNOWN)


def person_at(work: Work, start: int, limit: int) -> AgencyMention | None:
    """A person named at ``start`` by name and office, or a deputy by office alone: "đồng chí Lê Văn A, Phó Chủ tịch UBND tỉnh".

    The head of a body stands for the body; a deputy, or somebody named, stands for himself.
    """
    opens = _PERSON.match(work.text, start, limit)
    if opens is None:
        return None
    office = _HELD_OFFICE.match(work.text, opens.end(), limit)
    if office is None:
        return None
    body = next(iter(work.agencies(Span(office.end(), min(limit, office.end() + 120)))), None)
    end = body.span.end if body and body.span.start == office.end() else office.end()
    own = _OWN_NAME.match(work.text, end, limit) if opens.group().strip().lower() in {"", "đồng chí"} else None
    span = Span(start, own.end() if own else end).trim(work.text)
    return AgencyMention(span, clean(span.of(work.text)), None, AgencyKind.PERSON)
