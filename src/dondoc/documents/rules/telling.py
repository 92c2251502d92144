"""An item in words: its title and the facts beside it."""

from typing import Any

from dondoc.common import wording
from dondoc.documents.enums import ItemKind
from dondoc.documents.rules.deadlines import deadline_words
from dondoc.documents.rules.fields import BY_NAME, COMPARATORS, RELATIONS, day_of, value_words

Content = dict[str, Any]
Fact = tuple[str, str]


def title_of(kind: str, content: Content) -> str:
    """What a card says first."""
    if kind == ItemKind.METADATA:
        field = str(content.get("field"))
        return value_words(field, content.get("value")) or "Chưa đọc được"
    if kind == ItemKind.CITATION:
        return citation_words(content)
    if kind == ItemKind.FINDING:
        return str(content.get("message") or "")
    return str(content.get("text") or content.get("indicator") or "")


def label_of(kind: str, content: Content) -> str:
    """The kind in words; a particular by the name of its field."""
    if kind == ItemKind.METADATA:
        field = BY_NAME.get(str(content.get("field")))
        return field.label if field else "Thông tin"
    return str(ItemKind(kind).label)


def citation_words(content: Content) -> str:
    """2437/QĐ-TTg, ngày 04/11/2025, Thủ tướng Chính phủ."""
    day = day_of(content.get("date"))
    parts = [str(content.get("code") or ""), f"ngày {wording.day(day)}" if day else "", str(content.get("issuer") or "")]
    return ", ".join(part for part in parts if part)


def target_words(content: Content) -> str:
    """Từ 8 đến 9 %; tăng ít nhất 20 % so với dự toán; "" without a figure."""
    value, unit = content.get("value"), str(content.get("unit") or "")
    if value is None:
        return ""
    figure = _figure(value, unit)
    high = content.get("value_high")
    comparator = str(content.get("comparator") or "=")
    if comparator == "range" and high is not None:
        words = f"từ {_figure(value, '')} đến {_figure(high, unit)}"
    elif comparator == ">=":
        words = f"từ {figure} trở lên"
    elif comparator == "=":
        words = figure
    else:
        words = f"{COMPARATORS.get(comparator, '')} {figure}".strip()
    baseline = content.get("baseline")
    return f"{words} so với {baseline}" if baseline else words


def _figure(value: Any, unit: str) -> str:
    number = wording.number(float(value)) if isinstance(value, int | float) else str(value)
    return f"{number}%" if unit == "%" else f"{number} {unit}".strip()


def facts_of(kind: str, content: Content) -> list[Fact]:
    """Label and words of everything else that the item says."""
    tell = _FACTS.get(ItemKind(kind))
    return [fact for fact in tell(content) if fact[1]] if tell else []


def _deadline(content: Content) -> str:
    deadline = content.get("deadline") or {}
    written, meant = str(deadline.get("text") or ""), deadline_words(deadline)
    if not written or not meant or meant in written:
        return written or meant
    return f"{written} ({meant})"


def _names(content: Content, name: str) -> str:
    return "; ".join(content.get(name) or [])


def _task(content: Content) -> list[Fact]:
    return [
        ("Chủ trì", _names(content, "lead") or "chưa có"),
        ("Phối hợp", _names(content, "coordinating")),
        ("Theo dõi", _names(content, "supervising")),
        ("Thời hạn", _deadline(content)),
        ("Kết quả", str(content.get("result") or "")),
    ]


def _target(content: Content) -> list[Fact]:
    horizon = str(content.get("horizon") or "")
    day = day_of(horizon)
    return [
        ("Nội dung đo", str(content.get("indicator") or "") if content.get("indicator") != content.get("text") else ""),
        ("Mức cần đạt", target_words(content) or "chưa có"),
        ("Đến", wording.day(day) if day else (f"năm {horizon}" if horizon.isdigit() else horizon)),
    ]


def _duty(content: Content) -> list[Fact]:
    return [
        ("Đơn vị báo cáo", _names(content, "reporters") or "chưa có"),
        ("Gửi đến", str(content.get("recipient") or "")),
        ("Thời hạn", _deadline(content)),
        ("Mẫu", _names(content, "template")),
        ("Kỳ số liệu", str(content.get("cutoff") or "")),
    ]


def _citation(content: Content) -> list[Fact]:
    return [
        ("Quan hệ", RELATIONS.get(str(content.get("relation") or ""), "")),
        ("Tên văn bản", str(content.get("title") or "")),
        ("Điều khoản", _names(content, "provisions")),
    ]


def _metadata(content: Content) -> list[Fact]:
    written = content.get("written")
    return [("Trong văn bản", " ".join(str(written).split()))] if written and not content.get("value") else []


_FACTS = {
    ItemKind.TASK: _task,
    ItemKind.TARGET: _target,
    ItemKind.DUTY: _duty,
    ItemKind.CITATION: _citation,
    ItemKind.METADATA: _metadata,
}
