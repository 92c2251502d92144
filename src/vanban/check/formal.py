"""The formal parts that a document lacks (Decree 30/2020, article 8; domain 1.1.2)."""

import re
from collections.abc import Iterator, Sequence

from vanban.check.rule import Case, Found
from vanban.sources.detect import SHEET_KINDS

_WHOLE_DATE = re.compile(r"\d{1,2}\s*(?:/|\.|-|\s+th[áa]ng\s+)\s*\d{1,2}\b", re.IGNORECASE)
_NUMBER_PLACE = re.compile(r"(?i:s[ốôóoõ6])\s*[:.]?\s*(?P<read>[^\s/:.][^/\n]{0,11}?)\s*/\s*$")
_FEW = 2  # so many pages in a row are named one by one


def pages_not_read(case: Case) -> Iterator[Found]:
    """Pages without a text that can be read: what stands on them is in none of the lists, and nobody would miss it."""
    pages = case.reading.unread_pages
    if pages:
        yield Found(
            f"Trang {_listed(pages)} chỉ có ảnh chụp hoặc lớp chữ bị hỏng nên chưa đọc được chữ. "
            "Nhiệm vụ, thời hạn trên các trang này chưa có trong kết quả, cần xem trực tiếp trên bản gốc."
        )


def parts_not_read(case: Case) -> Iterator[Found]:
    """What of a workbook was passed over: sheets, rows and columns that are hidden, formulas without a result."""
    if case.reading.source.media_type in SHEET_KINDS:
        for page in case.reading.pages:
            if page.reason:
                yield Found(
                    f"{page.reason} Cần kiểm tra phần này trên tệp gốc trước khi giao việc.",
                    page.span if len(page.span) else None,
                )


def _listed(pages: Sequence[int]) -> str:
    """The pages as people write them: 3, 5-7, 9."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > _FEW else ", ".join(map(str, run)) for run in runs)


def missing_number(case: Case) -> Iterator[Found]:
    """The number is blank, or the header is absent: a draft, or a copy without its stamp.

    What a bad scan hides is not missing: there only a symbol with a blank before it counts.
    """
    metadata = case.reading.metadata
    if case.is_sheet or metadata.number or (case.read_from_image and (not metadata.symbol or _number_as_read(case))):
        return
    place = metadata.spans.get("code") or metadata.spans.get("symbol") or metadata.spans.get("number")
    what = f"chỉ có ký hiệu “{metadata.symbol}”" if metadata.symbol else "không có phần số, ký hiệu"
    yield Found(f"Văn bản chưa có số ({what}). Cần xác định đây là dự thảo hay bản chưa đóng dấu số trước khi theo dõi.", place)


def unread_number(case: Case) -> Iterator[Found]:
    """Something stands where the number should, and the image gives no figures: a hand wrote it, or a stamp lies over it."""
    read = _number_as_read(case) if case.read_from_image and not case.reading.metadata.number else ""
    if read:
        yield Found(
            f"Không đọc được số văn bản (máy đọc: “{read}”). Cần xem bản quét và ghi số theo bản giấy.",
            case.reading.metadata.spans.get("symbol"),
        )


def _number_as_read(case: Case) -> str:
    """What stands between "Số:" and the symbol, "" where that is blank."""
    symbol = case.reading.metadata.spans.get("symbol")
    if symbol is None or not case.reading.metadata.symbol:
        return ""
    text = case.reading.text
    end = text.find(case.reading.metadata.symbol, symbol.start)
    before = text[text.rfind("\n", 0, symbol.start) + 1 : max(end, symbol.start)]
    found = _NUMBER_PLACE.search(before)
    return " ".join(found["read"].split()) if found else ""


def missing_date(case: Case) -> Iterator[Found]:
    """The day of issue is blank, or absent with the header; of a scan, only where the rest of the line was read."""
    metadata = case.reading.metadata
    written = metadata.date_written
    if (
        case.is_sheet
        or metadata.date is not None
        or (written and _WHOLE_DATE.search(written))
        or (case.read_from_image and not written)
    ):
        return
    what = f"mới ghi “{written}”" if written else "không có địa danh, thời gian ban hành"
    yield Found(
        f"Văn bản chưa có ngày ban hành ({what}). Các thời hạn tính từ ngày ban hành chưa xác định được.",
        metadata.spans.get("date"),
    )
