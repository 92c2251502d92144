"""The formal parts that a document lacks (Decree 30/2020, article 8; domain 1.1.2)."""

import re
from collections.abc import Iterator

from vanban.check.rule import Case, Found

_WHOLE_DATE = re.compile(r"\d{1,2}\s*(?:/|\.|-|\s+th[áa]ng\s+)\s*\d{1,2}\b", re.IGNORECASE)


def missing_number(case: Case) -> Iterator[Found]:
    """The number is blank, or the header is absent: a draft, or a copy without its stamp.

    What a bad scan hides is not missing: there only a symbol with a blank before it counts.
    """
    metadata = case.reading.metadata
    if metadata.number or (case.read_from_image and not metadata.symbol):
        return
    place = metadata.spans.get("code") or metadata.spans.get("symbol") or metadata.spans.get("number")
    what = f"chỉ có ký hiệu “{metadata.symbol}”" if metadata.symbol else "không có phần số, ký hiệu"
    yield Found(f"Văn bản chưa có số ({what}). Cần xác định đây là dự thảo hay bản chưa đóng dấu số trước khi theo dõi.", place)


def missing_date(case: Case) -> Iterator[Found]:
    """The day of issue is blank, or absent with the header; of a scan, only where the rest of the line was read."""
    metadata = case.reading.metadata
    written = metadata.date_written
    if metadata.date is not None or (written and _WHOLE_DATE.search(written)) or (case.read_from_image and not written):
        return
    what = f"mới ghi “{written}”" if written else "không có địa danh, thời gian ban hành"
    yield Found(
        f"Văn bản chưa có ngày ban hành ({what}). Các thời hạn tính từ ngày ban hành chưa xác định được.",
        metadata.spans.get("date"),
    )
