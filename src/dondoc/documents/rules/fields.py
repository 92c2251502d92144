"""The fields of a document's own particulars, and the words for what the reader says in codes."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from dondoc.common import wording


@dataclass(frozen=True, slots=True)
class Field:
    """``kind``: text, long, date, type, list or signer; ``places``: under which names the reader gives its place."""

    name: str
    label: str
    kind: str
    places: tuple[str, ...] = ()


FIELDS = (
    Field("type", "Loại văn bản", "type"),
    Field("code", "Số, ký hiệu", "text", ("number", "symbol")),
    Field("title", "Trích yếu", "long"),
    Field("issuer", "Cơ quan ban hành", "text"),
    Field("date", "Ngày ban hành", "date", ("date_written",)),
    Field("place", "Địa danh", "text"),
    Field("addressee", "Kính gửi", "list"),
    Field("signer", "Người ký", "signer"),
    Field("recipients", "Nơi nhận", "list"),
)
BY_NAME = {field.name: field for field in FIELDS}

TYPES = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "QĐi": "Quy định",
    "QyĐ": "Quy định",
    "CT": "Chỉ thị",
    "KL": "Kết luận",
    "QC": "Quy chế",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "TT": "Thông tư, thông tri",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "CV": "Công văn",
    "GM": "Giấy mời",
    "NĐ": "Nghị định",
    "L": "Luật",
}

RULE_FIELDS = {
    "missing-number": "code",
    "unread-number": "code",
    "missing-date": "date",
    "date-before-cited-document": "date",
    "deadline-before-document-date": "date",
}
"""Findings that are settled by entering a particular of the document."""

COMPARATORS = {
    "=": "bằng",
    ">=": "từ … trở lên",
    ">": "trên",
    "<=": "không quá",
    "<": "dưới",
    "range": "trong khoảng",
    "increase": "tăng ít nhất",
    "decrease": "giảm ít nhất",
    "none": "chưa có mức",
}

RELATIONS = {
    "basis": "Căn cứ",
    "implements": "Thực hiện",
    "cites": "Nhắc đến",
    "amends": "Sửa đổi, bổ sung",
    "replaces": "Thay thế",
    "annexed-to": "Kèm theo",
    "submits": "Trình",
}

SEVERITIES = {
    "must-fix": ("over", "Phải sửa"),
    "verify": ("soon", "Cần kiểm tra"),
    "should-fix": ("run", "Nên sửa"),
    "editorial": ("idle", "Trình bày"),
}


def type_name(abbreviation: str) -> str:
    """Kế hoạch for KH; an abbreviation that is not known stands as it is."""
    return TYPES.get(abbreviation, abbreviation)


def day_of(value: object) -> date | None:
    """The day of an ISO date in a content; none where it is none or no day."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


_WRITTEN = {
    "day": re.compile(r"ngày\D{0,3}(\d{1,2})", re.IGNORECASE),
    "month": re.compile(r"tháng\D{0,3}(\d{1,2})", re.IGNORECASE),
    "year": re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)"),
}


def written_parts(written: str) -> dict[str, str]:
    """Day, month and year as far as a date in words has them: "ngày   tháng 8 năm 2025" has no day."""
    return {name: found.group(1) if (found := pattern.search(written)) else "" for name, pattern in _WRITTEN.items()}


def value_words(field: str, value: Any) -> str:
    """A field's value as one reads it aloud."""
    if not value:
        return ""
    if field == "date":
        day = day_of(value)
        return wording.day(day) if day else str(value)
    if field == "type":
        return type_name(str(value))
    if field == "signer" and isinstance(value, dict):
        return " · ".join(str(value[part]) for part in ("authority", "position", "name") if value.get(part))
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    return str(value)


_PARTY_SYMBOLS = ("TW", "TU", "ĐU", "HU", "ĐH", "UBKTTU", "BTCTU", "VPTU", "BTGTU", "BTGDVTU", "BNCTU", "ĐUQS", "ĐUCA", "ĐUBP")
_PARTY_ISSUERS = (
    "tỉnh ủy",
    "tỉnh uỷ",
    "thành ủy",
    "thành uỷ",
    "đảng ủy",
    "đảng uỷ",
    "huyện ủy",
    "ban thường vụ",
    "đảng bộ",
    "bộ chính trị",
    "ban bí thư",
)


def is_party(code: str, issuer: str, text: str = "") -> bool:
    """Whether a document is the Party's: by its symbol (07-KH/TU), its issuer, or the name of the Party at its head."""
    symbol = code.rpartition("/")[2].strip().upper()
    if symbol in _PARTY_SYMBOLS:
        return True
    low = issuer.casefold()
    if any(low.startswith(name) or f" {name}" in low for name in _PARTY_ISSUERS):
        return True
    return "ĐẢNG CỘNG SẢN VIỆT NAM" in " ".join(text[:600].split())
