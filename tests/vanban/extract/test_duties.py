"""Reporting duties: who must report what to whom, by when, on which form."""

import pytest

from vanban.extract.duties_forms import cutoff_of, templates_of
from vanban.pipeline import read_text
from vanban.reading import DeadlineKind, ReportingDuty
from vanban.spans import Span

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÒA AN
Số: 45/KH-UBND        Hòa An, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Phát triển thư viện số giai đoạn 2026 - 2028

"""


def duties_of(body: str) -> tuple[ReportingDuty, ...]:
    return read_text(HEAD + body).duties


# name, text, (reporters, recipient, rule or last day, period) of each duty
DUTIES = [
    ("once, in a sentence", "1. UBND các xã, phường\n- Gửi báo cáo kết quả kiểm kê về Sở Nội vụ trước ngày 10/9/2026 để tổng hợp, báo cáo UBND tỉnh.",
     [(("UBND các xã, phường",), "Sở Nội vụ", "2026-09-10", None)]),
    ("every year, by a day", "1. Các sở, ban, ngành định kỳ hằng năm báo cáo kết quả thực hiện về Sở Y tế trước ngày 15 tháng 12.",
     [(("Các sở, ban, ngành",), "Sở Y tế", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "P1Y")]),
    ("every week", "Sở Xây dựng đề nghị các chủ đầu tư thực hiện các nội dung sau:\n1. Định kỳ hằng tuần, trước ngày thứ Sáu, chủ đầu tư gửi báo cáo tiến độ về Sở Xây dựng (qua Phòng Hạ tầng) bằng văn bản.",
     [(("Các chủ đầu tư",), "Sở Xây dựng (qua Phòng Hạ tầng)", "FREQ=WEEKLY;BYDAY=FR", "P1W")]),
    ("two in a clause", "1. Các cơ quan, đơn vị có trách nhiệm thực hiện Kế hoạch, định kỳ báo cáo kết quả 6 tháng (trước ngày 30/5) và báo cáo năm (trước ngày 30/11) gửi Sở Tư pháp.",
     [(("Các cơ quan, đơn vị",), "Sở Tư pháp", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=30", "P6M"), (("Các cơ quan, đơn vị",), "Sở Tư pháp", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30", "P1Y")]),
    ("every week and once at the end", "1. Ủy ban nhân dân các tỉnh, thành phố\na) Định kỳ báo cáo Thủ tướng Chính phủ vào thứ Sáu hàng tuần; báo cáo tổng thể kết quả trước ngày 05 tháng 7 năm 2026.",
     [(("Ủy ban nhân dân các tỉnh, thành phố",), "Thủ tướng Chính phủ", "FREQ=WEEKLY;BYDAY=FR", "P1W"), (("Ủy ban nhân dân các tỉnh, thành phố",), "Thủ tướng Chính phủ", "2026-07-05", None)]),
    ("a series of periods", "1. Sở Y tế\n- Tổng hợp số liệu, báo cáo UBND tỉnh hằng tháng, quý, 6 tháng, năm.",
     [(("Sở Y tế",), "UBND tỉnh", "FREQ=MONTHLY", "P1M"), (("Sở Y tế",), "UBND tỉnh", "FREQ=MONTHLY;INTERVAL=3", "P3M"), (("Sở Y tế",), "UBND tỉnh", "FREQ=MONTHLY;INTERVAL=6", "P6M"), (("Sở Y tế",), "UBND tỉnh", "FREQ=YEARLY", "P1Y")]),
    ("the time before the report", "1. Định kỳ trước ngày 15 tháng 6 và trước ngày 15 tháng 12 hằng năm, các cơ quan, đơn vị xây dựng báo cáo kết quả trong 6 tháng đầu năm gửi về Công an tỉnh.",
     [(("Các cơ quan, đơn vị",), "Công an tỉnh", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15", "P6M")]),
    ("a list to be sent", "1. Yêu cầu UBND các xã, phường rà soát, lập danh sách gửi Sở Y tế trước ngày 20/11/2026.",
     [(("UBND các xã, phường",), "Sở Y tế", "2026-11-20", None)]),
    ("two periods with a day each", "1. Sở Y tế tổng hợp, định kỳ hằng quý (trước ngày 20 của tháng cuối quý), hằng năm (trước ngày 10/12) báo cáo Sở Xây dựng.",
     [(("Sở Y tế",), "Sở Xây dựng", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "P3M"), (("Sở Y tế",), "Sở Xây dựng", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "P1Y")]),
    ("a list of periods with their days", "1. UBND các xã, phường báo cáo số bạn đọc hằng tháng (trước ngày 20), 06 tháng (trước ngày 15/6) và năm (trước ngày 10/12) về Sở Y tế.",
     [(("UBND các xã, phường",), "Sở Y tế", "FREQ=MONTHLY;BYMONTHDAY=20", "P1M"), (("UBND các xã, phường",), "Sở Y tế", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "P6M"), (("UBND các xã, phường",), "Sở Y tế", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10", "P1Y")]),
    ("a day without a year beside a period", "1. Các sở, ngành báo cáo 6 tháng trước ngày 15/6, báo cáo năm chậm nhất ngày 15 tháng 12 gửi Sở Nội vụ.",
     [(("Các sở, ngành",), "Sở Nội vụ", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "P6M"), (("Các sở, ngành",), "Sở Nội vụ", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "P1Y")]),
    ("a day of one year beside a period", "1. Các sở, ngành gửi báo cáo năm trước ngày 15 tháng 12 năm 2026 về Sở Nội vụ.", [(("Các sở, ngành",), "Sở Nội vụ", "2026-12-15", None)]),
    ("the periods behind the recipient", "1. Công an tỉnh định kỳ báo cáo Ban Thường vụ Tỉnh ủy 6 tháng (trước ngày 15/6) và hằng năm (trước ngày 15/12).",
     [(("Công an tỉnh",), "Ban Thường vụ Tỉnh ủy", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", "P6M"), (("Công an tỉnh",), "Ban Thường vụ Tỉnh ủy", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "P1Y")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in DUTIES], ids=[case[0] for case in DUTIES])
def test_who_reports_to_whom_by_when(text: str, expected: list[tuple[tuple[str, ...], str, str, str | None]]) -> None:
    found = [
        (duty.reporters, duty.recipient, duty.deadline.rrule or str(duty.deadline.end), duty.period) for duty in duties_of(text)
    ]
    assert found == expected


NONE = [
    ("no day", "1. Sở Y tế\n- Báo cáo UBND tỉnh kết quả thực hiện."),
    ("a draft to be written, sent to nobody", "1. Sở Y tế\n- Xây dựng dự thảo báo cáo tổng kết trước ngày 20/9/2026."),
    ("only where difficulties arise", "Trong quá trình thực hiện nếu có vướng mắc, các cơ quan, đơn vị kịp thời báo cáo UBND tỉnh (qua Sở Y tế) để xem xét."),
    ("put up for a decision", "1. Sở Y tế\n- Hoàn thiện đề án, báo cáo UBND tỉnh xem xét, phê duyệt trong quý II năm 2026."),
    ("a plan and no report", "1. Sở Y tế\n- Trình UBND tỉnh ban hành quy chế trước ngày 20/9/2026."),
]  # fmt: skip


@pytest.mark.parametrize("text", [case[1] for case in NONE], ids=[case[0] for case in NONE])
def test_what_is_no_duty(text: str) -> None:
    assert duties_of(text) == ()


def test_reporters_with_forms_of_their_own_have_duties_of_their_own() -> None:
    body = (
        "1. Thời gian thực hiện\na) Xây dựng báo cáo tổng kết phong trào đọc sách.\n- Chủ trì: Sở Nội vụ.\n"
        "+ Các sở, ngành xây dựng báo cáo theo đề cương tại phụ lục số 1, 1A.\n+ UBND các xã, phường xây dựng báo cáo theo phụ lục số 2.\n"
        "- Thời gian hoàn thành: các sở, ngành, UBND các xã, phường gửi báo cáo về Sở Nội vụ trước ngày 10/9/2026."
    )
    first, second = duties_of(body)
    assert (first.reporters, first.template) == (("Các sở, ngành",), ("Phụ lục 1", "Phụ lục 1A"))
    assert (second.reporters, second.template) == (("UBND các xã, phường",), ("Phụ lục 2",))
    assert {(duty.recipient, duty.deadline.kind, str(duty.deadline.end)) for duty in (first, second)} == {
        ("Sở Nội vụ", DeadlineKind.BY, "2026-09-10")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo phụ lục số 1, 1A kèm theo", ("Phụ lục 1", "Phụ lục 1A")),
        ("theo Mẫu số 02 và Biểu số 3", ("Mẫu 02", "Biểu 3")),
        ("tại Phụ lục II", ("Phụ lục II",)),
        ("theo mẫu tại Phụ lục gửi kèm", ("Phụ lục",)),
        ("theo mẫu của đơn vị", ()),
    ],
)
def test_the_forms_to_fill_in(text: str, expected: tuple[str, ...]) -> None:
    assert templates_of(text, Span(0, len(text))) == expected


def test_the_window_of_the_figures() -> None:
    text = "Số liệu báo cáo tính từ ngày 15/12 năm trước đến ngày 14/12 của kỳ báo cáo."
    assert cutoff_of(text, Span(0, len(text))) == "Số liệu báo cáo tính từ ngày 15/12 năm trước đến ngày 14/12"


def test_the_words_of_a_duty_stand_in_its_place() -> None:
    reading = read_text(HEAD + DUTIES[3][1])
    assert [" ".join(duty.span.of(reading.text).split()).startswith(duty.text[:40]) for duty in reading.duties] == [True, True]


def test_a_report_into_a_system_goes_to_nobody() -> None:
    (duty,) = duties_of(
        "1. Từ tháng 7/2026, các cơ quan, đơn vị cập nhật báo cáo trên Hệ thống thông tin báo cáo của tỉnh trước ngày 15 hằng tháng."
    )
    assert (duty.recipient, duty.reporters, duty.deadline.rrule) == (None, ("Các cơ quan, đơn vị",), "FREQ=MONTHLY;BYMONTHDAY=15")
    assert str(duty.deadline.start) == "2026-07-01"


@pytest.mark.parametrize("name", ["UBND các xã, phường", "Các sở, ban, ngành", "Các cơ quan, đơn vị"])
def test_the_words_of_a_duty_begin_with_the_whole_name(name: str) -> None:
    (duty,) = duties_of(f"1. {name} báo cáo số bạn đọc về Sở Y tế trước ngày 05/12/2026.")
    assert duty.text.startswith(f"{name} báo cáo")
