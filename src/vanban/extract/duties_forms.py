"""What stands beside a reporting duty: the forms to fill in, the period, the window of the figures."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from vanban.extract.deadlines import DeadlineMention
from vanban.lexicon.folding import clean
from vanban.reading import Deadline, DeadlineKind
from vanban.spans import Span

_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2})?[A-ZĐ]?|[IVX]{1,5}(?![\wÀ-ỹ])|[A-Z](?![\wÀ-ỹ]))"
_FORM = re.compile(
    rf"(?P<kind>[Pp]hụ\s+lục|[Mm]ẫu(?:\s+biểu)?|[Bb]iểu(?:\s+mẫu)?|[Đđ]ề\s+cương)\s+(?:số\s+)?(?P<first>{_NUMBER})(?P<more>(?:\s*(?:,|;|và)\s*(?:số\s+)?{_NUMBER}(?!\s*/))*)"
)
_ENCLOSED = re.compile(r"[Pp]hụ\s+lục\s+(?:được\s+)?(?:gửi\s+kèm|kèm\s+theo|đính\s+kèm)")
_BY_PERIOD = re.compile(
    r"(?<!\d\s)(?<!\d)(?P<period>(?:0?6|sáu)\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|năm)\s*\(?\s*(?P<before>trước|chậm\s+nhất(?:\s+(?:là|vào))?|vào)\s+(?:ngày\s+)?"
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?:\s*/\s*|\s+tháng\s+)(?P<month>0?[1-9]|1[0-2])(?![\d/])(?!\s+năm\s+\d)(?!\s+h[ằà]ng)(?:\s*\))?",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"(?:định\s+kỳ\s+)?(?:h[ằà]ng\s+)?năm(?!\w)", re.IGNORECASE)
_EACH = re.compile(_NUMBER)
_CUTOFF = re.compile(
    r"(?:số\s+liệu\s+(?:báo\s+cáo\s+)?(?:được\s+)?(?:tính|chốt|lấy)|thời\s+(?:gian|điểm)\s+chốt\s+số\s+liệu|tính)\s*:?\s*(?:từ\s+ngày[^.;()]{4,60}?)?"
    r"(?:đến|tại|vào)\s+(?:hết\s+)?(?:thời\s+điểm\s+)?(?:ngày\s+)?[^.;()]{2,60}?\d[\d/.\-]*(?:\s+(?:hằng|hàng)\s+(?:năm|tháng|quý))?",
    re.IGNORECASE,
)
_PERIODS = (
    (re.compile(r"(?:6|06|sáu)\s+tháng", re.IGNORECASE), "P6M", "FREQ=MONTHLY;INTERVAL=6"),
    (re.compile(r"quý", re.IGNORECASE), "P3M", "FREQ=MONTHLY;INTERVAL=3"),
    (re.compile(r"tháng", re.IGNORECASE), "P1M", "FREQ=MONTHLY"),
    (re.compile(r"năm", re.IGNORECASE), "P1Y", "FREQ=YEARLY"),
    (re.compile(r"tuần", re.IGNORECASE), "P1W", "FREQ=WEEKLY"),
)
_SERIES = re.compile(
    r"(?:h[ằà]ng|định\s+kỳ)\s+(?:tuần|tháng|quý|0?6\s+tháng|năm)(?:\s*(?:,|và)\s*(?:h[ằà]ng\s+)?(?:tuần|tháng|quý|0?6\s+tháng|năm)(?!\s+\d))+",
    re.IGNORECASE,
)
_SERIES_REACH = 100
_PART = re.compile(r"tuần|0?6\s+tháng|tháng|quý|năm", re.IGNORECASE)
_MONTHS = re.compile(r"BYMONTH=([\d,]+)")
_HALF_YEAR = re.compile(r"(?:6|06|sáu)\s+tháng", re.IGNORECASE)
_RULES = (
    ("INTERVAL=6", "P6M"),
    ("INTERVAL=3", "P3M"),
    ("WEEKLY", "P1W"),
    ("MONTHLY", "P1M"),
    ("YEARLY", "P1Y"),
    ("DAILY", "P1D"),
)


def templates_of(text: str, span: Span) -> tuple[str, ...]:
    """The forms that a stretch names, in order: "phụ lục số 1, 1A" → Phụ lục 1, Phụ lục 1A."""
    found: list[str] = []
    for form in _FORM.finditer(text, span.start, span.end):
        kind = clean(form["kind"]).capitalize()
        numbers = [form["first"], *_EACH.findall(form["more"])]
        found.extend(f"{kind} {number}" for number in numbers)
    if not found and _ENCLOSED.search(text, span.start, span.end):
        return ("Phụ lục",)
    return tuple(dict.fromkeys(found))


def days_of_periods(text: str, clause: Span, known: Sequence[DeadlineMention]) -> list[DeadlineMention]:
    """``known``, with a day without a year behind a period read as a day of every year: "báo cáo năm trước ngày 15/12"."""
    read = [
        DeadlineMention(
            Span(*found.span()),
            Deadline(
                text=clean(found.group()),
                kind=DeadlineKind.RECURRING,
                exclusive=found["before"].lower() == "trước",
                rrule=f"FREQ=YEARLY;BYMONTH={int(found['month'])};BYMONTHDAY={int(found['day'])}",
            ),
        )
        for found in _BY_PERIOD.finditer(text, clause.start, clause.end)
    ]
    starts = [held.span.start for held in known]
    kept: list[DeadlineMention] = []
    dropped: set[int] = set()
    for mention in read:
        held = _overlapped(mention.span, known, starts)
        if not any(known[at].deadline.kind is DeadlineKind.RECURRING for at in held):
            kept.append(mention)
            dropped.update(held)
    rest = [mention for at, mention in enumerate(known) if at not in dropped]
    return sorted((*rest, *kept), key=lambda mention: mention.span.start)


def _overlapped(span: Span, known: Sequence[DeadlineMention], starts: Sequence[int]) -> range:
    """The places in ``known`` (in order, not overlapping) of what has a character in common with ``span``."""
    first = bisect_left(starts, span.start)
    if first and known[first - 1].span.end > span.start:
        first -= 1
    return range(first, max(first, bisect_left(starts, span.end)))


def cutoff_of(text: str, span: Span) -> str | None:
    """How the window of the figures is set, as written."""
    found = _CUTOFF.search(text, span.start, span.end)
    return clean(found.group()) if found else None


def period_of(deadline: Deadline, text: str, span: Span) -> str | None:
    """The period of a report that comes again, as an ISO 8601 duration; None for one that is made once."""
    if deadline.kind is not DeadlineKind.RECURRING:
        return None
    rule = deadline.rrule or ""
    if _YEARLY.match(deadline.text):
        return "P1Y"
    months = _MONTHS.search(rule)
    if months and "," in months[1]:
        return {2: "P6M", 4: "P3M", 12: "P1M"}.get(months[1].count(",") + 1, "P1Y")
    if "YEARLY" in rule and _HALF_YEAR.search(deadline.text if "tháng" in deadline.text else text[span.start : span.end]):
        return "P6M"
    return next((period for part, period in _RULES if part in rule), None)


def series_at(text: str, clause: Span, mention: DeadlineMention) -> Span | None:
    """The series of periods that ``mention`` is a part of; None where it stands alone or names a day."""
    if mention.deadline.kind is not DeadlineKind.RECURRING or "BYMONTH" in (mention.deadline.rrule or ""):
        return None
    first, last = max(clause.start, mention.span.start - _SERIES_REACH), min(clause.end, mention.span.end + _SERIES_REACH)
    spans = (Span(*series.span()) for series in _SERIES.finditer(text, first, last))
    return next((span for span in spans if span.overlaps(mention.span)), None)


def several_periods(text: str, clause: Span, mention: DeadlineMention) -> list[tuple[Deadline, str]]:
    """A time for each period of a series ("hằng tháng, quý, 6 tháng, năm"); empty where ``mention`` is part of none."""
    series = series_at(text, clause, mention)
    if series is None:
        return []
    found: list[tuple[Deadline, str]] = []
    for part in _PART.finditer(text, series.start, series.end):
        period, rule = next((period, rule) for regex, period, rule in _PERIODS if regex.search(part.group()))
        found.append((replace(mention.deadline, text=clean(part.group()), rrule=rule, start=None, end=None, anchor=None), period))
    return found
