"""The eighty forms of domain rules 4.2, a row each, read in a document of 21 November 2025; and their variants."""

from datetime import date

import pytest

from vanban.extract.deadlines import FORMS, find_deadlines, parse_deadline
from vanban.extract.deadlines.found import Form
from vanban.reading import Deadline
from vanban.spans import Span

ISSUED = date(2025, 11, 21)


def told(deadline: Deadline) -> str:
    """Kind and the fields that are set, on one line."""
    parts = [deadline.kind.value]
    parts += [
        f"{name}={value}"
        for name in ("start", "end", "rrule", "anchor", "offset")
        if (value := getattr(deadline, name)) is not None
    ]
    return " ".join([*parts, "exclusive"] if deadline.exclusive else parts)


def parsed(text: str, issued_on: date | None = ISSUED) -> str | None:
    mention = parse_deadline(text, Span(0, len(text)), issued_on)
    return told(mention.deadline) if mention else None


def found(text: str, issued_on: date | None = ISSUED) -> list[str]:
    return [told(mention.deadline) for mention in find_deadlines(text, Span(0, len(text)), issued_on)]


INVENTORY = [
    (1, "trước ngày 10/12/2025", "by end=2025-12-10 exclusive"),
    (2, "trước ngày 20/12/2025", "by end=2025-12-20 exclusive"),
    (3, "Hoàn thành trước ngày 15/12/2025", "by end=2025-12-15 exclusive"),
    (4, "trước ngày 31/12/2030", "by end=2030-12-31 exclusive"),
    (5, "tháng 8/2025", "within start=2025-08-01 end=2025-08-31"),
    (6, "tháng 8 - 9/2025", "within start=2025-08-01 end=2025-09-30"),
    (7, "đúng thời gian quy định", "event anchor=đúng thời gian quy định"),
    (8, "6 tháng (trước ngày 30/5)", "recurring rrule=FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=30 exclusive"),
    (9, "báo cáo năm (trước ngày 30/11)", "recurring rrule=FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30 exclusive"),
    (
        10,
        "từ tháng 10 năm 2025 đến khi bế mạc Đại hội lần thứ XIV",
        "event start=2025-10-01 anchor=bế mạc Đại hội lần thứ XIV",
    ),
    (11, "vào dịp xét thi đua, khen thưởng năm 2025", "event anchor=vào dịp xét thi đua, khen thưởng năm 2025"),
    (12, "vào dịp tổng kết năm 2025", "event anchor=vào dịp tổng kết năm 2025"),
    (13, "trong thời gian diễn ra Đại hội", "event anchor=diễn ra Đại hội"),
    (14, "năm 2025", "within start=2025-01-01 end=2025-12-31"),
    (15, "cuối năm", "by end=2025-12-31"),
    (16, "năm học 2025 - 2026", "within start=2025-09-05 end=2026-05-31"),
    (17, "nhiệm kỳ 2026 - 2031", "within start=2026-01-01 end=2031-12-31"),
    (18, "giai đoạn 2021 - 2025", "within start=2021-01-01 end=2025-12-31"),
    (19, "giai đoạn 10 năm 2026 - 2035", "within start=2026-01-01 end=2035-12-31"),
    (20, "giai đoạn 2026 - 2030 và các giai đoạn tiếp theo", "ongoing start=2026-01-01"),
    (21, "Trong giai đoạn 2025 - 2030", "within start=2025-01-01 end=2030-12-31"),
    (22, "Đến năm 2030", "by end=2030-12-31"),
    (23, "đến năm 2027", "by end=2027-12-31"),
    (24, "Đến năm 2026, đạt 95%; đến năm 2030, đạt 98%", ["by end=2026-12-31", "by end=2030-12-31"]),
    (25, "Tầm nhìn đến năm 2045", None),
    (26, "Từ năm 2026", "ongoing start=2026-01-01"),
    (27, "Từ năm 2026-2030", "within start=2026-01-01 end=2030-12-31"),
    (28, "Từ quý IV/2025", "ongoing start=2025-10-01"),
    (29, "2025-2030", "within start=2025-01-01 end=2030-12-31"),
    (30, "2025 và các năm tiếp theo", "ongoing start=2025-01-01"),
    (31, "2026 và các năm tiếp theo", "ongoing start=2026-01-01"),
    (32, "Hằng năm và từng giai đoạn", "recurring rrule=FREQ=YEARLY"),
    (33, "Thực hiện thường xuyên", "ongoing"),
    (34, "Các hoạt động hằng năm", "recurring rrule=FREQ=YEARLY"),
    (35, "theo lộ trình", "ongoing"),
    (36, "07/4 hằng năm", "recurring rrule=FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=7"),
    (37, "ít nhất mỗi năm 1 lần", "recurring rrule=FREQ=YEARLY"),
    (38, "định kỳ sơ kết, tổng kết", "recurring"),
    (39, "định kỳ đánh giá kết quả", "recurring"),
    (40, "khẩn trương", "event anchor=khẩn trương"),
    (41, "tiếp tục đến hết giai đoạn", "event anchor=giai đoạn"),
    (42, "chậm nhất ngày 25/11/2025", "by end=2025-11-25"),
    (43, "hạn cuối: 17h00 ngày 25/11/2025", "by end=2025-11-25"),
    (44, "xong trong tháng 12/2025", "within start=2025-12-01 end=2025-12-31"),
    (45, "trong quý I/2026", "within start=2026-01-01 end=2026-03-31"),
    (46, "quý II, III/2026", "within start=2026-04-01 end=2026-09-30"),
    (47, "6 tháng đầu năm 2026", "within start=2026-01-01 end=2026-06-30"),
    (48, "9 tháng năm 2026", "within start=2026-01-01 end=2026-09-30"),
    (49, "giữa tháng 3/2026", "by end=2026-03-20"),
    (50, "tuần 2 tháng 3/2026", "within start=2026-03-09 end=2026-03-15"),
    (51, "trong vòng 15 ngày kể từ ngày ban hành Kế hoạch", "relative anchor=ngày ban hành Kế hoạch offset=P15D"),
    (
        52,
        "trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản",
        "relative anchor=ngày nhận được văn bản offset=P5D working",
    ),
    (53, "sau 10 ngày kể từ ngày ký", "relative anchor=ngày ký offset=P10D"),
    (54, "trước ngày 25 hằng tháng", "recurring rrule=FREQ=MONTHLY;BYMONTHDAY=25 exclusive"),
    (55, "vào ngày 20 hàng tháng", "recurring rrule=FREQ=MONTHLY;BYMONTHDAY=20"),
    (56, "trước ngày 15 của tháng cuối quý", "recurring rrule=FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15 exclusive"),
    (
        57,
        "định kỳ hằng quý (trước ngày 10 tháng đầu quý sau)",
        "recurring rrule=FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10 exclusive",
    ),
    (
        58,
        "định kỳ 6 tháng (trước 15/6), năm (trước 15/12)",
        [
            "recurring rrule=FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15 exclusive",
            "recurring rrule=FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15 exclusive",
        ],
    ),
    (59, "trước ngày 15/6 và 15/12 hằng năm", "recurring rrule=FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15 exclusive"),
    (60, "chiều thứ Năm hằng tuần", "recurring rrule=FREQ=WEEKLY;BYDAY=TH"),
    (61, "hằng ngày trước 16h00", "recurring rrule=FREQ=DAILY"),
    (62, "báo cáo đột xuất khi có yêu cầu", "event anchor=đột xuất khi có yêu cầu"),
    (63, "theo hướng dẫn của Bộ Y tế", "event anchor=theo hướng dẫn của Bộ Y tế"),
    (64, "sau khi có Quyết định của Thủ tướng Chính phủ", "event anchor=có Quyết định của Thủ tướng Chính phủ"),
    (65, "sau khi Chính phủ ban hành Nghị định 30 ngày", "relative anchor=khi Chính phủ ban hành Nghị định offset=P30D"),
    (66, "ngay sau khi Kế hoạch được ban hành", "relative anchor=khi Kế hoạch được ban hành offset=P0D"),
    (67, "trước kỳ họp thường lệ cuối năm của HĐND tỉnh", "event anchor=trước kỳ họp thường lệ cuối năm của HĐND tỉnh"),
    (68, "trình tại phiên họp tháng 12 của UBND tỉnh", "event end=2025-12-31 anchor=tại phiên họp tháng 12 của UBND tỉnh"),
    (69, "đến hết quý I/2026", "by end=2026-03-31"),
    (70, "từ nay đến hết năm 2025", "within start=2025-11-21 end=2025-12-31"),
    (71, "giai đoạn 03 năm (2026-2028)", "within start=2026-01-01 end=2028-12-31"),
    (72, "năm 2026 và định hướng đến năm 2030", "within start=2026-01-01 end=2026-12-31"),
    (73, "sơ kết năm 2028, tổng kết năm 2030", "within start=2028-01-01 end=2028-12-31"),
    (74, "trước Tết Nguyên đán Bính Ngọ 2026", "event anchor=trước Tết Nguyên đán Bính Ngọ 2026"),
    (75, "nhân dịp kỷ niệm Quốc khánh 02/9", "event anchor=nhân dịp kỷ niệm Quốc khánh 02/9"),
    (76, "đến khi có văn bản thay thế", "event anchor=có văn bản thay thế"),
    (77, "24 tháng kể từ ngày khởi công", "relative anchor=ngày khởi công offset=P24M"),
    (78, "trước 01 tháng so với ngày hết hạn", "relative anchor=ngày hết hạn offset=-P1M"),
    (79, "các ngày 10, 20, 30 hằng tháng", "recurring rrule=FREQ=MONTHLY;BYMONTHDAY=10,20,30"),
    (80, "quý IV hằng năm", "recurring rrule=FREQ=YEARLY;BYMONTH=12"),
]


def test_the_inventory_is_whole() -> None:
    assert [number for number, _, _ in INVENTORY] == list(range(1, 81))


@pytest.mark.parametrize(("number", "text", "expected"), INVENTORY)
def test_form_of_the_inventory(number: int, text: str, expected: str | list[str] | None) -> None:
    if isinstance(expected, list):
        assert found(text) == expected
    else:
        assert parsed(text) == expected


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_each_form_reads_its_example(form: Form) -> None:
    example = form.example
    if not example.text:
        pytest.skip("a form that reads nothing out")
    mention = parse_deadline(example.text, Span(0, len(example.text)), ISSUED)
    assert mention is not None
    assert mention.form == form.name
    held = mention.deadline
    dates = (held.start and held.start.isoformat(), held.end and held.end.isoformat())
    assert (held.kind.value, *dates, held.exclusive, held.rrule, held.anchor, held.offset) == (
        example.kind,
        example.start,
        example.end,
        example.exclusive,
        example.rrule,
        example.anchor,
        example.offset,
    )


VARIANTS = [
    ("đến ngày 15 tháng 12 năm 2025", "by end=2025-12-15"),
    ("trước 30/11 hằng năm", "recurring rrule=FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30 exclusive"),
    ("xong trước 15/9", "by end=2026-09-15 exclusive"),
    ("xong trước 15/12", "by end=2025-12-15 exclusive"),
    ("chậm nhất là ngày 05/01/2026", "by end=2026-01-05"),
    ("muộn nhất đến ngày 05/01/2026", "by end=2026-01-05"),
    ("chậm nhất trước ngày 05/01/2026", "by end=2026-01-05 exclusive"),
    ("không quá ngày 05/01/2026", "by end=2026-01-05"),
    ("thời hạn hoàn thành: ngày 05/01/2026", "by end=2026-01-05"),
    ("trong tháng 9", "within start=2026-09-01 end=2026-09-30"),
    ("trong tháng 11", "within start=2025-11-01 end=2025-11-30"),
    ("Quý III năm 2025", "within start=2025-07-01 end=2025-09-30"),
    ("Quý 3/2025", "within start=2025-07-01 end=2025-09-30"),
    ("quí II năm 2026", "within start=2026-04-01 end=2026-06-30"),
    ("Quý Il/2026", "within start=2026-04-01 end=2026-06-30"),
    ("Quý IV/ 2026", "within start=2026-10-01 end=2026-12-31"),
    ("tháng 8 – 9/2025", "within start=2025-08-01 end=2025-09-30"),
    ("tháng 11, 12 năm 2025", "within start=2025-11-01 end=2025-12-31"),
    ("6/2026", "within start=2026-06-01 end=2026-06-30"),
    ("ngày 01 tháng 7 năm 2026", "by end=2026-07-01"),
    ("trước ngày 05\ntháng 7\nnăm 2026", "by end=2026-07-05 exclusive"),
    ("định kỳ trước ngày 20 tháng cuối quý", "recurring rrule=FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20 exclusive"),
    ("trước ngày 05 của tháng kế tiếp", "recurring rrule=FREQ=MONTHLY;BYMONTHDAY=5 exclusive"),
    ("chậm nhất ngày 20 hằng tháng", "recurring rrule=FREQ=MONTHLY;BYMONTHDAY=20"),
    ("ngày làm việc cuối cùng của tháng", "recurring rrule=FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("hàng quý", "recurring rrule=FREQ=MONTHLY;INTERVAL=3"),
    ("định kỳ 06 tháng", "recurring rrule=FREQ=MONTHLY;INTERVAL=6"),
    ("mỗi quý một lần", "recurring rrule=FREQ=MONTHLY;INTERVAL=3"),
    ("02 lần/năm", "recurring rrule=FREQ=MONTHLY;INTERVAL=6"),
    ("định kỳ 3 tháng/lần", "recurring rrule=FREQ=MONTHLY;INTERVAL=3"),
    ("Hằng năm từ quý IV/2026 - 2029", "recurring start=2026-10-01 end=2029-12-31 rrule=FREQ=YEARLY"),
    ("Hằng năm, thường xuyên", "recurring rrule=FREQ=YEARLY"),
    ("Từ tháng 5/2026, thường xuyên", "ongoing start=2026-05-01"),
    ("Từ quý III/2026 đến quý III/2030", "within start=2026-07-01 end=2030-09-30"),
    ("từ tháng 10 đến tháng 02/2026", "within start=2025-10-01 end=2026-02-28"),
    ("từ ngày 01 đến ngày 15/12/2025", "within start=2025-12-01 end=2025-12-15"),
    ("từ ngày 25/12/2025 đến hết ngày 05/01/2026", "within start=2025-12-25 end=2026-01-05"),
    ("tháng 12 hằng năm", "recurring rrule=FREQ=YEARLY;BYMONTH=12"),
    ("trước tháng 3/2026", "by end=2026-03-01 exclusive"),
    ("trong vòng 30 ngày kể từ ngày có hiệu lực", "relative anchor=ngày có hiệu lực offset=P30D"),
    ("chậm nhất 05 (năm) ngày trước ngày khai mạc", "relative anchor=ngày khai mạc offset=-P5D"),
    ("Quá 12 tháng kể từ ngày giao đất", "event anchor=12 tháng kể từ ngày giao đất"),
    ("Năm 2026, 2027", "within start=2026-01-01 end=2027-12-31"),
    ("Trình Chính phủ tháng 8/2026", "within start=2026-08-01 end=2026-08-31"),
    ("Theo yêu cầu của cấp có thẩm quyền", "event anchor=Theo yêu cầu của cấp có thẩm quyền"),
    ("quý", "recurring rrule=FREQ=MONTHLY;INTERVAL=3"),
    ("Thường xuyên, hằng năm", "recurring rrule=FREQ=YEARLY"),
    ("Trước 10h00' ngày 15/12/2025", "by end=2025-12-15 exclusive"),
    ("3 năm/lần", "recurring rrule=FREQ=YEARLY;INTERVAL=3"),
    ("định kỳ 05 năm", "recurring rrule=FREQ=YEARLY;INTERVAL=5"),
    ("trong thời hạn 05 ngày làm việc", "relative offset=P5D working"),
    ("hoàn thành trong năm", "within start=2025-01-01 end=2025-12-31"),
    ("Từ 01/12 - 30/12/2025", "within start=2025-12-01 end=2025-12-30"),
    ("tuần cuối tháng 12/2025", "within start=2025-12-22 end=2025-12-28"),
]


@pytest.mark.parametrize(("text", "expected"), VARIANTS)
def test_variant(text: str, expected: str) -> None:
    assert parsed(text) == expected


SENTENCES = [
    (
        "Sở Nội vụ tổng hợp, báo cáo UBND tỉnh hằng tháng, quý, 6 tháng, năm theo mẫu.",
        [
            "recurring rrule=FREQ=MONTHLY",
            "recurring rrule=FREQ=MONTHLY;INTERVAL=3",
            "recurring rrule=FREQ=MONTHLY;INTERVAL=6",
            "recurring rrule=FREQ=YEARLY",
        ],
    ),
    (
        "Định kỳ 06 tháng, hằng năm gửi kết quả về Sở Tài chính.",
        ["recurring rrule=FREQ=MONTHLY;INTERVAL=6", "recurring rrule=FREQ=YEARLY"],
    ),
    (
        "các đơn vị định kỳ hằng năm gửi số liệu về Sở Y tế trước ngày 20 tháng 12 để tổng hợp.",
        ["recurring rrule=FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20 exclusive"],
    ),
    (
        "Báo cáo hằng quý (trước ngày 20 của tháng cuối quý), hằng năm (trước ngày 10/12) về Sở Xây dựng.",
        [
            "recurring rrule=FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20 exclusive",
            "recurring rrule=FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10 exclusive",
        ],
    ),
    (
        "gửi kết quả trước ngày 20/6 và 15/12 hằng năm.",
        [
            "recurring rrule=FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=20 exclusive",
            "recurring rrule=FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15 exclusive",
        ],
    ),
    ("Thường xuyên kiểm tra; hoàn thành trước ngày 05/01/2026.", ["ongoing", "by end=2026-01-05 exclusive"]),
    ("rà soát, hoàn thiện hồ sơ, hoàn thành trong quý I năm 2026.", ["within start=2026-01-01 end=2026-03-31"]),
    ("Thời gian hoàn thành: 2026-2030.", ["within start=2026-01-01 end=2030-12-31"]),
    ("Từ năm 2026, mỗi xã có một điểm khám.", ["ongoing start=2026-01-01"]),
    ("gửi báo cáo vào thứ Sáu hằng tuần", ["recurring rrule=FREQ=WEEKLY;BYDAY=FR"]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_running_text(text: str, expected: list[str]) -> None:
    assert found(text) == expected


FALSE_FRIENDS = [
    "trẻ em từ 1-18 tuổi được khám",
    "mỗi trạm có từ 4 - 5 bác sĩ",
    "trực cấp cứu 24/7",
    "trực bảo vệ 24/24h",
    "Bệnh viện 19/8 phối hợp thực hiện",
    "theo Quyết định số 12/QĐ-UBND ngày 10/12/2025 của UBND tỉnh",
    "Chương trình mục tiêu giai đoạn 2026 - 2030 trên địa bàn",
    "kinh phí được giao năm 2026 cho các đơn vị",
    "theo dự toán ngân sách nhà nước hằng năm",
    "đưa vào kế hoạch công tác hằng năm của đơn vị",
    "Chiến lược phát triển thanh niên đến năm 2030",
    "Tầm nhìn đến năm 2045",
    "kế hoạch đầu tư công trung hạn giai đoạn 2026 - 2030",
    "Quyết định này có hiệu lực thi hành kể từ ngày 01/01/2026.",
    "Nghị quyết có hiệu lực sau 10 ngày kể từ ngày ký.",
    "tính đến ngày 25/11/2025 toàn tỉnh có 40 cơ sở",
    "phải thường xuyên rà soát quy trình",
    "Trong năm 2025, tỉnh đã giao chỉ tiêu cho các xã",
    "các công trình xây dựng trước ngày 01/7/2020",
    "đạt 2/3 số xã; kịp thời xử lý",
    "KẾ HOẠCH CÔNG TÁC TRONG QUÝ I NĂM 2026",
    "trước hết là công tác tuyên truyền",
    "khám sức khỏe ít nhất mỗi năm 1 lần",
]


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_false_friends_are_no_deadlines(text: str) -> None:
    assert found(text) == []
