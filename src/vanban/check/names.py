"""Bodies that no longer exist on the document's day (domain VR-05, VR-25, VR-26; Resolution 202/2025/QH15: two tiers from 01/7/2025)."""

import datetime as dt
import re
from collections.abc import Iterator

from vanban.check.dates import latest_issue
from vanban.check.rule import Case, Found, day
from vanban.lexicon.agencies import find_agencies
from vanban.lexicon.tables import AgencyEntry, agency_entries
from vanban.spans import Span

TWO_TIERS = dt.date(2025, 7, 1)
_DISTRICT = re.compile(
    r"(?:UBND|HĐND|[ỦU][ỷyỶY]\s+ban\s+nhân\s+dân|Hội\s+đồng\s+nhân\s+dân)\s+(?:các\s+|cấp\s+)?(?:huyện|quận|thị\s+xã)\b|\bcấp\s+huyện\b|\b[Hh]uyện\s+[uủ][ỷyủ]\b|\bcác\s+huyện,"
)
_HISTORY = re.compile(
    r"trước\s+đây|\(cũ\)|\bcũ\b|nguyên\s+là|sáp\s+nhập|hợp\s+nhất|sắp\s+xếp|giải\s+thể|kết\s+thúc\s+hoạt\s+động|không\s+tổ\s+chức|trước\s+(?:ngày|khi)|bỏ\s+cấp|căn\s+cứ",
    re.IGNORECASE,
)
_NEAR = 100
_OF_CITATION = 160


def known_day(case: Case) -> dt.date | None:
    """The day by which names are judged: the document's own, else the latest that it cites."""
    dates = [citation.date for citation in case.reading.citations if citation.date]
    return latest_issue(case.reading.metadata) or max(dates, default=None)


def _closed(name_id: str | None, on: dt.date) -> AgencyEntry | None:
    """The lexicon's entry of a body that was closed before ``on``."""
    entry = agency_entries().get((name_id or "").split(":")[0])
    if entry is None or not entry.valid_to or dt.date.fromisoformat(entry.valid_to) >= on:
        return None
    return entry


def _instead(entry: AgencyEntry) -> str:
    successor = agency_entries().get(entry.successor)
    return f"; nay là {successor.name}" if successor else ""


def closed_body_recipient(case: Case) -> Iterator[Found]:
    """A report is to be sent to a body that is closed."""
    on = known_day(case)
    if on is None:
        return
    told: set[str] = set()
    for duty in case.reading.duties:
        if not duty.recipient or duty.recipient in told:
            continue
        for mention in find_agencies(duty.recipient, Span(0, len(duty.recipient))):
            entry = _closed(mention.id, on)
            if entry is not None:
                told.add(duty.recipient)
                yield Found(
                    f"Nơi nhận báo cáo “{duty.recipient}” đã kết thúc hoạt động sau ngày {day(entry.valid_to)}{_instead(entry)}. Cần xác định lại nơi nhận.",
                    duty.span,
                )
                break


def old_agency_name(case: Case) -> Iterator[Found]:
    """Work is given to a body under a name that it no longer has."""
    on = known_day(case)
    if on is None:
        return
    for agency in case.reading.agencies:
        entry = _closed(agency.id, on)
        place = next((span for span in agency.spans if not _is_history(case, span)), None)
        if entry is not None and place is not None:
            yield Found(
                f"Tên cơ quan cũ “{agency.name}” (đến hết ngày {day(entry.valid_to)}{_instead(entry)}). Cần rà soát tên gọi hiện hành.",
                place,
            )


def district_level(case: Case) -> Iterator[Found]:
    """Districts, which ended on 01/7/2025, are named in a later document, outside citations and history."""
    on = known_day(case)
    if on is None or on < TWO_TIERS:
        return
    body = case.outline.body
    cited = [Span(span.start, span.end + _OF_CITATION) for citation in case.reading.citations for span in citation.spans]
    places = [
        span
        for found in _DISTRICT.finditer(case.text, body.start, body.end)
        if not _is_history(case, span := Span(found.start(), found.end())) and not any(near.overlaps(span) for near in cited)
    ]
    if places:
        more = f" ({len(places)} chỗ)" if len(places) > 1 else ""
        written = " ".join(places[0].of(case.text).split())
        yield Found(
            f"Nhắc đến cấp huyện (“{written}”){more} trong khi cấp huyện đã kết thúc hoạt động từ ngày 01/7/2025. Cần rà soát lại đơn vị thực hiện.",
            places[0],
        )


def _is_history(case: Case, span: Span) -> bool:
    """Whether the words around tell of the past."""
    around = case.text[max(0, span.start - _NEAR) : span.end + _NEAR]
    return _HISTORY.search(around) is not None
