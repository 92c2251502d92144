"""Times that bind by their own words: a window of days, "thường xuyên" at the end, what is done again, sessions and seasons."""

from datetime import date

import pytest

from vanban.extract.deadlines import BINDING, find_deadlines, parse_deadline
from vanban.reading import Deadline
from vanban.spans import Span

ISSUED = date(2026, 2, 9)


def told(deadline: Deadline) -> str:
    """Kind and what it says of days, on one line."""
    parts = (deadline.start, deadline.end, deadline.rrule, deadline.anchor, deadline.offset)
    return " ".join([deadline.kind.value, *(str(part) for part in parts if part)])


def binding(text: str) -> list[str]:
    return [told(held.deadline) for held in find_deadlines(text, Span(0, len(text)), ISSUED) if held.form in BINDING]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mở đợt tiêm phòng dại từ ngày 02/3/2026 đến ngày 28/3/2026.", "within 2026-03-02 2026-03-28"),
        ("ra quân làm sạch bãi biển từ 05/4 đến 20/4/2026", "within 2026-04-05 2026-04-20"),
        ("tuần tra ban đêm từ tháng 5 đến hết tháng 8 năm 2026", "within 2026-05-01 2026-08-31"),
        ("Vệ sinh chuồng trại; thực hiện thường xuyên.", "ongoing"),
        ("Nhắc nhở hộ dân giữ vệ sinh thường xuyên, liên tục;", "ongoing"),
        ("niêm yết, công khai giá vé hằng tháng, tại các bến xe", "recurring FREQ=MONTHLY"),
        ("Tổ chức giao ban với các phường hằng quý.", "recurring FREQ=MONTHLY;INTERVAL=3"),
        ("rà soát hộ nghèo hằng năm hoặc khi có biến động", "recurring FREQ=YEARLY"),
        (
            "trình Hội đồng nhân dân tỉnh thông qua tại kỳ họp thường lệ cuối năm 2026",
            "event tại kỳ họp thường lệ cuối năm 2026",
        ),
        (
            "báo cáo tiến độ tại phiên họp thường kỳ tháng 4/2026",
            "event 2026-04-30 tại phiên họp thường kỳ tháng 4/2026",
        ),
        ("nạo vét kênh mương trước mùa mưa bão năm 2026", "event trước mùa mưa bão năm 2026"),
        ("chi trả xong tiền hỗ trợ trước kỳ nghỉ Tết Nguyên đán", "event trước kỳ nghỉ Tết Nguyên đán"),
        ("Triển khai ngay sau khi Kế hoạch được ban hành.", "relative khi Kế hoạch được ban hành P0D"),
    ],
)
def test_times_that_bind_by_their_own_words(text: str, expected: str) -> None:
    assert binding(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "các dự án của giai đoạn từ năm 2026 đến năm 2030",
        "số liệu từ ngày 01/3/2026 đến ngày 31/3/2026 do thôn cung cấp",
        "hồ sơ tiếp nhận từ ngày 01/7/2026 đến ngày 31/7/2026",
        "chiến dịch đã làm từ ngày 01/01/2026 đến ngày 15/01/2026",
        "Kinh phí lấy từ nguồn chi thường xuyên.",
        "phối hợp chặt chẽ, thường xuyên",
        "thường xuyên kiểm tra các chốt trực",
        "tổ chức thực hiện kế hoạch sử dụng đất hằng năm.",
        "rà soát danh mục đầu tư công hằng năm",
        "thực hiện kết luận của Chủ tịch tại phiên họp thường kỳ tháng 4/2026",
        "nội dung đã trình tại kỳ họp thường lệ cuối năm 2025",
        "ngay sau khi xảy ra cháy, lực lượng cơ sở chữa cháy",
    ],
)
def test_words_that_only_look_like_them(text: str) -> None:
    assert binding(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tháng 3, tháng 9", "recurring 2026-03-01 2026-09-30 FREQ=YEARLY;BYMONTH=3,9"),
        ("Tháng 3 và tháng 4/2026", "within 2026-03-01 2026-04-30"),
        ("Quý II, quý IV/2026", "recurring 2026-04-01 2026-12-31 FREQ=YEARLY;BYMONTH=6,12"),
        ("Quý II, III/2026", "within 2026-04-01 2026-09-30"),
        ("03 ngày 10, 11 và 12/4/2026", "within 2026-04-10 2026-04-12"),
        ("Thời gian: tháng 3 và tháng 9 hằng năm", "recurring FREQ=YEARLY;BYMONTH=3,9"),
        ("thường xuyên trong năm 2026", "within 2026-01-01 2026-12-31"),
    ],
)
def test_lists_of_months_and_days_as_a_time(text: str, expected: str) -> None:
    mention = parse_deadline(text, Span(0, len(text)), ISSUED)
    assert mention is not None
    assert told(mention.deadline) == expected


def test_months_apart_after_a_label_in_running_text() -> None:
    text = "Thời gian: tháng 3 và tháng 9 hằng năm."
    assert [told(held.deadline) for held in find_deadlines(text, Span(0, len(text)), ISSUED)] == [
        "recurring FREQ=YEARLY;BYMONTH=3,9"
    ]
