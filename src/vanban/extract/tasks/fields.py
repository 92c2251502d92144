"""Lines that give the attributes of the tasks above them: "Chủ trì: …", "Cơ quan chủ trì: … Phối hợp: … Thời gian: …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vanban.extract.deadlines import DeadlineMention, parse_deadline
from vanban.extract.tasks.parties import parties_at
from vanban.extract.tasks.partners import partners
from vanban.extract.tasks.words import CLEAR
from vanban.extract.tasks.work import Work
from vanban.lexicon.agencies import AgencyMention, parse_agency_list
from vanban.lexicon.folding import clean
from vanban.outline import Block
from vanban.spans import Span

_BODY = r"(?:(?:[Cc]ơ\s+quan|[Đđ]ơn\s+vị|[Cc]ấp\s+ủy|[Cc]ấp)(?:,\s+đơn\s+vị)?\s+)?"
_ROLES = {
    "task": r"(?:[Tt]ên\s+(?:nhiệm\s+vụ|công\s+việc)|[Nn]ội\s+dung(?:\s+(?:nhiệm\s+vụ|công\s+việc|thực\s+hiện))?|[Nn]hiệm\s+vụ)",
    "other": r"(?:[Đđ]ịa\s+điểm|[Tt]hành\s+phần|[Kk]inh\s+phí|[Hh]ình\s+thức|[Ss]ố\s+lượng|[Qq]uy\s+mô)(?:\s+(?:thực\s+hiện|tổ\s+chức|tham\s+gia|dự\s+kiến))*",
    "lead": _BODY
    + r"(?:[Cc]hủ\s+trì(?:,?\s+(?:thực\s+hiện|tham\s+mưu|triển\s+khai))?|[Đđ]ầu\s+mối|(?<=quan\s)thực\s+hiện|(?<=vị\s)thực\s+hiện|"
    r"[Pp]hân\s+công\s+(?:chủ\s+trì|thực\s+hiện|nhiệm\s+vụ)|[Tt]rách\s+nhiệm\s+thực\s+hiện|[Gg]iao\s+chủ\s+trì)",
    "coordinating": _BODY + r"[Pp]hối\s+hợp(?:\s+(?:thực\s+hiện|với))?",
    "supervising": _BODY + r"(?:[Tt]heo\s+dõi(?:,\s+(?:chỉ\s+đạo|đôn\s+đốc))?|[Cc]hỉ\s+đạo|[Gg]iám\s+sát)",
    "deadline": r"(?:[Tt]hời\s+(?:gian|hạn|điểm)|[Tt]iến\s+độ|[Hh]ạn)(?:\s+(?:thực\s+hiện|hoàn\s+thành|triển\s+khai|báo\s+cáo|dự\s+kiến))*|[Hh]oàn\s+thành",
    "result": r"(?:[Kk]ết\s+quả|[Ss]ản\s+phẩm)(?:\s+(?:thực\s+hiện|đầu\s+ra|dự\s+kiến|hoàn\s+thành|cần\s+đạt))*",
}
_FIELD = re.compile("|".join(f"(?P<{role}>{regex})" for role, regex in _ROLES.items()))
_OPENS = re.compile(rf"(?:{_FIELD.pattern})\s*:\s*")
_NEXT = re.compile(rf"(?<=[.;,])\s+(?:{_FIELD.pattern.replace('?P<', '?P<_')})\s*:\s*")
_INLINE = re.compile(rf"(?:(?<=[.;,])|(?<=\s[-–])|(?<=\w[-–]))\s+(?:{_FIELD.pattern.replace('?P<', '?P<_')})\s*:\s*")
_ACTS = re.compile(rf"\s{CLEAR}")
_PART = re.compile(r"(?:^|[.;\n]|(?<=\s))\s*(?:\d{1,2}[.)]|[-+•])\s+")
_SUBMITS = re.compile(r"\s+(?:để\s+)?trình\s")


@dataclass(frozen=True, slots=True)
class Fields:
    """What one line, or several lines in a row, say of the tasks that they belong to."""

    values: dict[str, Span] = field(default_factory=dict)

    def agencies(self, work: Work, role: str) -> tuple[AgencyMention, ...]:
        """The agencies in a role."""
        span = self.values.get(role)
        return agency_list(work, span) if span else ()

    def partners(self, work: Work) -> tuple[AgencyMention, ...]:
        """The partners: of their own line, and those named in the line of the lead ("Sở A chủ trì, phối hợp với Sở B")."""
        span = self.values.get("lead")
        return (*self.agencies(work, "coordinating"), *(partners(work, span) if span else ()))

    def deadline(self, work: Work) -> DeadlineMention | None:
        """The time: the value as a whole, or what a sentence in its place names last."""
        span = self.values.get("deadline")
        return time_of(work, span) if span else None

    def result(self, work: Work) -> str | None:
        """The result that is to come of it."""
        span = self.values.get("result")
        return clean(span.of(work.text)) or None if span else None


def agency_list(work: Work, span: Span) -> tuple[AgencyMention, ...]:
    """The agencies of a value or cell that is a list of them; whom they submit it to ("… trình Hội đồng nhân dân") left out."""
    submits = _SUBMITS.search(work.text, span.start, span.end)
    span = Span(span.start, submits.start()) if submits else span
    listed = [mention for mention in parse_agency_list(work.text, span, work.options.names) if len(mention.name) > 1]
    if any(_ACTS.search(mention.name) for mention in listed):
        return _leading(work, span) or tuple(mention for mention in listed if not _ACTS.search(mention.name))
    return tuple(listed)


def _leading(work: Work, span: Span) -> tuple[AgencyMention, ...]:
    """Those whom a cell of sentences names first in each: "1. Bộ Nội vụ chủ trì, tổng hợp. 2. Các bộ rà soát"."""
    starts = [span.start, *(part.end() for part in _PART.finditer(work.text, span.start, span.end))]
    found = [parties_at(work, start, span.end) for start in starts]
    return tuple(dict.fromkeys(member for parties in found if parties for member in parties.members))


def time_of(work: Work, span: Span) -> DeadlineMention | None:
    """The time that a value or cell gives."""
    if len(span) < 60:
        whole = parse_deadline(work.text, span, work.issued_on)
        if whole is not None:
            return whole
    found = work.deadlines(span)
    return found[-1] if found else parse_deadline(work.text, span, work.issued_on)


def fields_of(work: Work, block: Block) -> Fields | None:
    """The fields of a line that opens with one; None for any other line."""
    return fields_in(work, block.content(work.text))


def fields_in(work: Work, span: Span) -> Fields | None:
    """The fields of a stretch that opens with one."""
    opens = _OPENS.match(work.text, span.start, span.end)
    return _between(work, [opens, *_NEXT.finditer(work.text, opens.end(), span.end)], span.end) if opens else None


def _between(work: Work, marks: Sequence[re.Match[str]], limit: int) -> Fields:
    """The fields that ``marks`` open, each up to the next."""
    values: dict[str, Span] = {}
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start() if after else limit
        role = next(name.lstrip("_") for name, found in mark.groupdict().items() if found is not None)
        values.setdefault(role, Span(mark.end(), end).trim(work.text, " \n\t.,;-–"))
    return Fields(values)


def fields_behind(work: Work, span: Span) -> tuple[Fields, Span] | None:
    """The fields that stand behind a task on its own line ("Lập cổng dữ liệu. Chủ trì: Sở Nội vụ."), with the task's words."""
    marks = list(_INLINE.finditer(work.text, span.start, span.end))
    if not marks:
        return None
    fields = _between(work, marks, span.end)
    before = Span(span.start, marks[0].start()).trim(work.text, " \n\t.,;-–")
    if "lead" not in fields.values or len(before.of(work.text).split()) < _FEW:
        return None
    return fields, before


_FEW = 3
_BRACKET = re.compile(r"\((?P<inside>[^()]{10,300})\)[\s.;]*$")


def fields_in_bracket(work: Work, span: Span) -> tuple[Fields, Span] | None:
    """The fields in a bracket at the end of ``span``, with what stands before the bracket."""
    found = _BRACKET.search(work.text, max(span.start, span.end - 310), span.end)
    fields = fields_in(work, Span(*found.span("inside"))) if found else None
    if found is None or fields is None or not {"lead", "deadline"} & set(fields.values):
        return None
    return fields, Span(span.start, found.start()).trim(work.text)


def joined(several: Sequence[Fields]) -> Fields:
    """The fields of lines in a row as one."""
    values: dict[str, Span] = {}
    for one in several:
        for role, span in one.values.items():
            values.setdefault(role, span)
    return Fields(values)
