"""Dates that contradict each other, and deadlines that name no day (domain VR-07, VR-17, VR-18)."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from vanban.check.rule import Case, Found, day, shorten
from vanban.reading import Deadline, DeadlineKind, Metadata
from vanban.spans import Span

_DAY = re.compile(r"(\d{1,2})\s*(?:/|\.|-|\s+th[áa]ng\s+)\s*(\d{1,2})\s*(?:/|\.|-|\W*n[ăa]m)\s*(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"th[áa]ng\s+(\d{1,2})\W*n[ăa]m\s*(\d{4})", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:kịp thời|theo lộ trình|sớm nhất|trong thời gian sớm|khẩn trương|từng bước|khi có điều kiện|theo quy định|đúng (?:thời hạn|tiến độ))\b",
    re.IGNORECASE,
)
_ROADMAP = re.compile(r"\b(?:theo lộ trình|trong thời gian sớm nhất)\b", re.IGNORECASE)


def latest_issue(metadata: Metadata) -> dt.date | None:
    """The last day on which the document can have been issued, from its date or from what is written of it."""
    if metadata.date is not None:
        return metadata.date
    written = metadata.date_written or ""
    whole = _DAY.search(written)
    if whole:
        return _date(int(whole[3]), int(whole[2]), int(whole[1]))
    month = _MONTH.search(written)
    return _date(int(month[2]), int(month[1]), None) if month else None


def _date(year: int, month: int, number: int | None) -> dt.date | None:
    """The day, or the month's last day where ``number`` is None; None for a day that is none."""
    try:
        return dt.date(year, month, number or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def date_before_cited_document(case: Case) -> Iterator[Found]:
    """The document is dated before one that it cites: one of the two dates is wrong."""
    issued = latest_issue(case.reading.metadata)
    if issued is None:
        return
    own = case.reading.metadata.code
    written = day(issued) if case.reading.metadata.date else case.reading.metadata.date_written
    for citation in case.reading.citations:
        if citation.date is not None and citation.date > issued and citation.code != own:
            yield Found(
                f"Ngày ban hành ({written}) sớm hơn ngày của văn bản được dẫn: {citation.code} ngày {day(citation.date)}. "
                "Cần đối chiếu lại hai ngày này với bản gốc.",
                citation.spans[0],
            )


def deadline_before_document_date(case: Case) -> Iterator[Found]:
    """A task or a report was due before the document that asks for it."""
    issued = case.reading.metadata.date
    if issued is None:
        return
    items: list[tuple[str, Deadline | None, Span]] = [(task.text, task.deadline, task.span) for task in case.reading.tasks]
    items += [(duty.text, duty.deadline, duty.span) for duty in case.reading.duties]
    told: set[Span] = set()
    for text, deadline, span in items:
        if (
            deadline is None
            or deadline.kind not in {DeadlineKind.BY, DeadlineKind.WITHIN}
            or deadline.end is None
            or span in told
        ):
            continue
        if deadline.end < issued:
            told.add(span)
            yield Found(
                f"Thời hạn “{shorten(deadline.text, 50)}” đã qua vào ngày ban hành ({day(issued)}): “{shorten(text)}”. Cần kiểm tra lại thời hạn.",
                span,
            )


def deadline_not_specific(case: Case) -> Iterator[Found]:
    """The time given names no day and no period (kịp thời, theo lộ trình)."""
    for task in case.reading.tasks:
        deadline = task.deadline
        if deadline is not None and (deadline.start or deadline.end or deadline.rrule or deadline.offset):
            continue
        vague = _VAGUE.search(deadline.text) if deadline is not None else _ROADMAP.search(task.text)
        if vague:
            yield Found(
                f"Thời hạn chưa cụ thể (“{shorten(vague.group())}”): “{shorten(task.text)}”. Đề nghị xác định ngày hoặc kỳ hoàn thành để theo dõi.",
                task.span,
            )
