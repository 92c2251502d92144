"""The digest: what a person is told in one letter a day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dondoc.common import wording
from dondoc.notices.enums import Weight

if TYPE_CHECKING:
    from dondoc.notices.models import Notice

LONGEST = 50


def subject_of(notices: Sequence["Notice"], on: date) -> str:
    """``Đôn Đốc ngày 12/9/2025: 2 việc quá hạn, 1 việc sắp đến hạn, 3 thay đổi``."""
    counts = {weight: sum(notice.weight == weight for notice in notices) for weight in Weight}
    parts = [
        f"{counts[Weight.LATE]} việc quá hạn" if counts[Weight.LATE] else "",
        f"{counts[Weight.SOON]} việc sắp đến hạn" if counts[Weight.SOON] else "",
        f"{counts[Weight.NEWS]} thay đổi" if counts[Weight.NEWS] else "",
    ]
    return f"Đôn Đốc ngày {wording.day(on)}: {', '.join(filter(None, parts))}"


def letter_of(name: str, notices: Sequence["Notice"], site: str) -> str:
    """The letter as plain text: what presses most comes first, each with its address."""
    lines = [f"Kính gửi {name},", ""]
    for weight in Weight:
        of_weight = [notice for notice in notices if notice.weight == weight]
        if of_weight:
            lines += [f"{weight.label} ({len(of_weight)})", *_lines(of_weight[:LONGEST], site)]
            if len(of_weight) > LONGEST:
                lines.append(f"… và {len(of_weight) - LONGEST} việc khác: {site}/thong-bao/")
            lines.append("")
    lines += [f"Xem tất cả: {site}/thong-bao/", "Thư này do phần mềm Đôn Đốc gửi, mỗi ngày làm việc nhiều nhất một thư."]
    return "\n".join(lines)


def _lines(notices: Iterable["Notice"], site: str) -> list[str]:
    return [line for notice in notices for line in (f"- {notice.text}", f"  {site}{notice.address}")]
