"""What a person wants to see of a reading first, as titled sections of rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vanban.lexicon.documents import document_types
from vanban.reading import Comparator, Deadline, DeadlineKind, Finding, Reading, Severity, Target

SEVERITIES = {
    Severity.MUST_FIX: "Phải sửa",
    Severity.VERIFY: "Cần đối chiếu",
    Severity.SHOULD_FIX: "Nên sửa",
    Severity.EDITORIAL: "Trình bày",
}
_COMPARATORS = {
    Comparator.EQ: "",
    Comparator.GE: "từ ",
    Comparator.GT: "trên ",
    Comparator.LE: "không quá ",
    Comparator.LT: "dưới ",
    Comparator.RANGE: "",
    Comparator.INCREASE: "tăng ",
    Comparator.DECREASE: "giảm ",
    Comparator.NONE: "",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A titled list: the columns' names, the rows, and which column is the wide one. No columns: plain lines.

    ``joint``: what stands between the values where a row is short enough to be written as one line.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 0
    joint: str = ""


def sections(reading: Reading) -> list[Section]:
    """The parts of the summary that have something in them, the head first."""
    parts = [_head(reading), _tasks(reading), _duties(reading), _targets(reading), _citations(reading), _findings(reading)]
    return [part for part in parts if part.rows]


def day(value: date) -> str:
    """A date as officers write it: 05/3/2025."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def _head(reading: Reading) -> Section:
    held = reading.metadata
    name = " ".join(part for part in (_kind(held.type), held.code) if part) or reading.source.file or "Văn bản"
    when = day(held.date) if held.date else (f"chưa có ngày ({held.date_written})" if held.date_written else "chưa có ngày")
    lines = [
        ("Về", held.title or ""),
        ("Ban hành", ", ".join(part for part in (held.issuer, when) if part)),
        ("Kính gửi", "; ".join(held.addressee)),
        ("Người ký", ", ".join(part for part in ((held.signer.name, held.signer.position) if held.signer else ()) if part)),
        ("Có", _counts(reading)),
    ]
    return Section(name[:1].upper() + name[1:], (), tuple(line for line in lines if line[1]))


def _kind(abbreviation: str | None) -> str | None:
    """The name of a document type: KH → kế hoạch."""
    named = (kind.name for kind in document_types() if kind.abbreviation == abbreviation)
    return next(named, "công văn" if abbreviation == "CV" else abbreviation)


def _counts(reading: Reading) -> str:
    counted = (
        (reading.tasks, "nhiệm vụ"),
        (reading.duties, "yêu cầu báo cáo"),
        (reading.targets, "chỉ tiêu"),
        (reading.citations, "văn bản viện dẫn"),
        (reading.findings, "điểm cần xem"),
    )
    return (
        ", ".join(f"{len(items)} {what}" for items, what in counted if items)
        or "không tìm thấy nhiệm vụ, chỉ tiêu, yêu cầu báo cáo nào"
    )


def _tasks(reading: Reading) -> Section:
    rows = (
        (str(number), task.section or "", task.text, "; ".join(task.lead), _time(task.deadline))
        for number, task in enumerate(reading.tasks, 1)
    )
    return Section("Nhiệm vụ", ("STT", "Mục", "Nhiệm vụ", "Chủ trì", "Thời hạn"), tuple(rows), 2)


def _duties(reading: Reading) -> Section:
    rows = (
        ("; ".join(duty.reporters), duty.recipient or "", _time(duty.deadline), ", ".join(duty.template), duty.text)
        for duty in reading.duties
    )
    return Section("Yêu cầu báo cáo", ("Ai báo cáo", "Gửi", "Thời hạn", "Biểu mẫu", "Nội dung"), tuple(rows), 4)


def _targets(reading: Reading) -> Section:
    rows = ((target.indicator, _value(target), target.horizon or "") for target in reading.targets)
    return Section("Chỉ tiêu", ("Chỉ tiêu", "Mức", "Đến"), tuple(rows), 0, "; ")


def _citations(reading: Reading) -> Section:
    rows = ((held.code, day(held.date) if held.date else "", held.issuer or "") for held in reading.citations)
    return Section("Văn bản viện dẫn", ("Số, ký hiệu", "Ngày", "Cơ quan ban hành"), tuple(rows), 2, ", ")


def _findings(reading: Reading) -> Section:
    rows = ((SEVERITIES[found.severity], found.message) for found in _worst_first(reading.findings))
    return Section("Điểm cần xem", ("Mức", "Nội dung"), tuple(rows), 1, ": ")


def _worst_first(findings: Iterable[Finding]) -> list[Finding]:
    order = list(SEVERITIES)
    return sorted(findings, key=lambda found: order.index(found.severity))


def _time(deadline: Deadline | None) -> str:
    """The deadline as written, with the day where the words do not name it."""
    if deadline is None:
        return ""
    words = " ".join(deadline.text.split())
    if deadline.kind == DeadlineKind.BY and deadline.end and str(deadline.end.year) not in words:
        return f"{words} ({day(deadline.end)})"
    return words


def _value(target: Target) -> str:
    if target.value is None:
        return "không có số liệu"
    amount = number(target.value) + (f" - {number(target.value_high)}" if target.value_high is not None else "")
    unit = f"{'' if (target.unit or '').startswith('%') else ' '}{target.unit}" if target.unit else ""
    return f"{_COMPARATORS[target.comparator]}{amount}{unit}"


def number(value: float) -> str:
    """``value`` as Vietnamese write it: 1,5; 20; 60.000."""
    whole, _, part = f"{value:,.4f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")
