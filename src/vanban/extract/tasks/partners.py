"""Those who work along: named after "phối hợp với", "cùng với"."""

import re

from vanban.extract.tasks.parties import parties_at
from vanban.extract.tasks.words import CLEAR
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention
from vanban.lexicon.folding import clean
from vanban.reading import AgencyKind
from vanban.spans import Span

_WITH = re.compile(
    r"phối\s+(?:hợp|kết\s+hợp)(?P<how>(?:,?\s+(?:chặt\s+chẽ|đồng\s+bộ|hiệu\s+quả|thường\s+xuyên|tốt|kịp\s+thời|hỗ\s+trợ))*)(?P<with>\s+(?:với|cùng)(?:\s+với)?)?\s+"
    r"|(?<=\s)cùng\s+với\s+",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"(?:các\s+)?(?:chính\s+quyền|lực\s+lượng|cộng\s+đồng|đơn\s+vị|cơ\s+quan|tổ\s+chức|nhà\s+đầu\s+tư|chủ\s+đầu\s+tư|doanh\s+nghiệp|địa\s+phương|"
    r"đoàn\s+thể|hội|hiệp\s+hội|công\s+ty|tập\s+đoàn|trường|bệnh\s+viện|ban\s+quản\s+lý)(?!\w)",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:,|;|và|,\s*và|cùng)\s+", re.IGNORECASE)
_END = re.compile(rf"[,.;:()]|\s(?:và|có(?!\s+(?:liên|thẩm))|trong|để|nhằm|khi|theo|{CLEAR})(?!\w)")

_NAME_THEN_WORK = re.compile(
    r"(?:\s+[^\W\d_]+){1,7}?(?=\s+(?:kiểm\s+(?:tra|soát|đếm|kê)|tuần\s+tra|tuyên\s+truyền|vận\s+(?:động|hành)|tổ\s+chức|tập\s+huấn|xử\s+lý|khảo\s+sát|"
    r"hỗ\s+trợ|giám\s+sát|nghiên\s+cứu|đào\s+tạo|thu\s+(?:gom|hồi)|ngăn\s+chặn|phát\s+hiện|đánh\s+giá|tham\s+gia|thống\s+nhất|giải\s+phóng|"
    r"đấu\s+tranh|truy\s+xuất|lấy\s+mẫu|chuẩn\s+bị|thẩm\s+định|tăng\s+cường|đẩy\s+(?:mạnh|nhanh)|duy\s+trì|hoàn\s+thiện)(?!\w))"
)


def partners(work: Work, span: Span) -> tuple[AgencyMention, ...]:
    """Everybody with whom the work of ``span`` is to be done, in order, each once."""
    found: dict[str, AgencyMention] = {}
    for cue in _WITH.finditer(work.text, span.start, span.end):
        for mention in _listed(work, cue.end(), span.end, named=cue["with"] is None and cue["how"] is not None):
            found.setdefault(mention.name.lower(), mention)
    return tuple(found.values())


def _listed(work: Work, start: int, limit: int, *, named: bool) -> list[AgencyMention]:
    """The list that begins at ``start``; ``named``: only names of the lexicon count (there was no "với")."""
    members: list[AgencyMention] = []
    at = start
    while True:
        parties = parties_at(work, at, limit)
        if parties is not None:
            members.extend(parties.members)
            at = parties.end
        else:
            nameless = None if named else _nameless(work, at, limit)
            if nameless is None:
                return members
            members.append(nameless)
            at = nameless.span.end
        joined = _JOIN.match(work.text, at, limit)
        if joined is None:
            return members
        at = joined.end()


def _nameless(work: Work, start: int, limit: int) -> AgencyMention | None:
    """A partner that no lexicon holds, in its own words: "cộng đồng dân cư", "lực lượng công an địa phương"."""
    opens = _NAMELESS.match(work.text, start, limit)
    if opens is None:
        return None
    stop = _END.search(work.text, opens.end(), min(limit, opens.end() + 80))
    end = stop.start() if stop else opens.end()
    name = _NAME_THEN_WORK.match(work.text, opens.end(), end)
    span = Span(start, name.end() if name else end).trim(work.text)
    return AgencyMention(span, clean(span.of(work.text)), None, AgencyKind.GROUP)


def without(members: tuple[AgencyMention, ...], lead: tuple[AgencyMention, ...]) -> tuple[AgencyMention, ...]:
    """``members`` less those that lead."""
    leading = {mention.name.lower() for mention in lead}
    return tuple(member for member in members if member.name.lower() not in leading)
