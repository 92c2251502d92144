"""Small readings to run the rules on."""

from collections.abc import Sequence
from datetime import date

from vanban.check import RULES, find_findings
from vanban.reading import (
    Agency,
    AgencyKind,
    Citation,
    Comparator,
    Deadline,
    DeadlineKind,
    Finding,
    Metadata,
    Reading,
    ReportingDuty,
    Source,
    Table,
    Target,
    Task,
    TextOrigin,
)
from vanban.spans import OffsetMap, Span

WHOLE = Span(0, 1)
ISSUED = Metadata(
    type="kế hoạch",
    number="12",
    symbol="KH-UBND",
    code="12/KH-UBND",
    date=date(2026, 3, 12),
    date_written="ngày 12 tháng 3 năm 2026",
)


def reading(
    text: str = "Một câu.\n",
    metadata: Metadata = ISSUED,
    *,
    citations: Sequence[Citation] = (),
    targets: Sequence[Target] = (),
    tasks: Sequence[Task] = (),
    duties: Sequence[ReportingDuty] = (),
    agencies: Sequence[Agency] = (),
    tables: Sequence[Table] = (),
    origin: TextOrigin = TextOrigin.DIGITAL,
) -> Reading:
    return Reading(
        source=Source("thu.txt", "0" * 64, "text/plain", None, origin, 1.0),
        raw=text,
        offsets=OffsetMap.identity(len(text)),
        text=text,
        pages=(),
        tables=tuple(tables),
        metadata=metadata,
        outline=(),
        agencies=tuple(agencies),
        citations=tuple(citations),
        targets=tuple(targets),
        tasks=tuple(tasks),
        duties=tuple(duties),
        findings=(),
    )


def found(rule: str, case: Reading) -> list[Finding]:
    assert rule in {held.id for held in RULES}
    return [finding for finding in find_findings(case) if finding.rule == rule]


def cited(code: str, on: date | None, span: Span = WHOLE) -> Citation:
    return Citation(code, on, None, None, (span,), None)


def task(
    text: str = "Rà soát các tuyến đường.",
    *,
    lead: Sequence[str] = ("Sở Xây dựng",),
    deadline: Deadline | None = None,
    **more: object,
) -> Task:
    facts: dict[str, object] = {
        "coordinating": (),
        "supervising": (),
        "result": None,
        "section": None,
        "span": WHOLE,
        "confidence": 1.0,
    } | more
    return Task(text=text, lead=tuple(lead), deadline=deadline, **facts)  # type: ignore[arg-type]  # facts of one task


def by(end: date) -> Deadline:
    return Deadline(f"trước ngày {end.day}/{end.month}/{end.year}", DeadlineKind.BY, end=end, exclusive=True)


def vague(text: str) -> Deadline:
    return Deadline(text, DeadlineKind.ONGOING)


def target(
    comparator: Comparator,
    value: float | None,
    unit: str | None = "%",
    baseline: str | None = None,
    text: str = "Tỷ lệ xã đạt chuẩn",
) -> Target:
    return Target(text, text, comparator, value, None, unit, baseline, None, WHOLE, 1.0)


def duty(recipient: str | None, deadline: Deadline | None = None) -> ReportingDuty:
    due = deadline or Deadline("hằng năm", DeadlineKind.RECURRING, rrule="FREQ=YEARLY")
    return ReportingDuty("Gửi báo cáo năm.", ("Các sở, ngành",), recipient, due, (), WHOLE, None, None, 1.0)


def agency(name: str, kind: AgencyKind = AgencyKind.UNIT, name_id: str | None = None) -> Agency:
    return Agency(name, name_id, kind, (WHOLE,))
