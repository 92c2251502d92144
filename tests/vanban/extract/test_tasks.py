"""Tasks in running text: whom a paragraph gives work, with whom, by when."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.pipeline import read_text
from vanban.reading import DeadlineKind, Reading, Task

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÒA AN
Số: 45/KH-UBND        Hòa An, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Phát triển thư viện số giai đoạn 2026 - 2028

Thực hiện chủ trương của tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch với các nội dung sau:

"""


def tasks_of(body: str) -> tuple[Task, ...]:
    return read_text(HEAD + body).tasks


def one(body: str) -> Task:
    (task,) = tasks_of(body)
    return task


# name of the case, text, (lead, beginning of the task's text) of each task
WHO = [
    ("heading and bullets", "V. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Rà soát quy chế làm việc của thư viện.\n- Tham mưu kiện toàn tổ công tác.\n2. Sở Tài chính\n- Bố trí kinh phí hằng năm theo phân cấp.",
     [(("Sở Nội vụ",), "Rà soát"), (("Sở Nội vụ",), "Tham mưu"), (("Sở Tài chính",), "Bố trí")]),
    ("lettered items", "1. Công an tỉnh\na) Bảo đảm an ninh mạng cho hệ thống thư viện.\nb) Hướng dẫn cấp xã lưu trữ dữ liệu.",
     [(("Công an tỉnh",), "Bảo đảm an ninh"), (("Công an tỉnh",), "Hướng dẫn cấp xã")]),
    ("asked in the heading", "1. Đề nghị Báo và Đài Phát thanh Truyền hình tỉnh\n- Mở chuyên mục giới thiệu sách mới vào tối thứ Bảy.",
     [(("Báo và Đài Phát thanh Truyền hình tỉnh",), "Mở chuyên mục")]),
    ("given in the heading", "1. Giao Sở Xây dựng\n- Thẩm định thiết kế phòng đọc trước khi khởi công.", [(("Sở Xây dựng",), "Thẩm định")]),
    ("a group over bullets", "1. Các sở, ban, ngành\n- Cử đầu mối tham gia biên mục tài liệu.", [(("Các sở, ban, ngành",), "Cử đầu mối")]),
    ("duty of a group, narrowed", "1. Trách nhiệm của các doanh nghiệp hoạt động trong lĩnh vực phát hành sách\na) Công khai giá bán trên cổng thông tin.",
     [(("Các doanh nghiệp hoạt động trong lĩnh vực phát hành sách",), "Công khai giá")]),
    ("two bodies with a slash", "1. Bộ Chỉ huy Quân sự tỉnh/Ban Chỉ huy Bộ đội Biên phòng tỉnh\na) Tổ chức tủ sách tại các đồn, trạm.",
     [(("Bộ Chỉ huy Quân sự tỉnh", "Ban Chỉ huy Bộ đội Biên phòng tỉnh"), "Tổ chức tủ sách")]),
    ("the office of a person left out", "1. Chủ tịch UBND các xã, phường:\n- Bố trí phòng đọc tại nhà văn hóa.", [(("UBND các xã, phường",), "Bố trí phòng đọc")]),
    ("heading with work in it", "1. Sở Khoa học và Công nghệ hướng dẫn tiêu chuẩn kỹ thuật cho phần mềm thư viện.", [(("Sở Khoa học và Công nghệ",), "Sở Khoa học và Công nghệ hướng dẫn")]),
    ("subject and duty", "1. Các tổ chức, cá nhân được cấp phép xuất bản có trách nhiệm nộp lưu chiểu đúng hạn.",
     [(("Các tổ chức, cá nhân được cấp phép xuất bản",), "Các tổ chức")]),
    ("after a preamble", "III. TỔ CHỨC THỰC HIỆN\n- Trên cơ sở nhu cầu của các địa phương, Sở Giáo dục và Đào tạo tổng hợp danh mục sách cần mua.",
     [(("Sở Giáo dục và Đào tạo",), "Trên cơ sở nhu cầu")]),
    ("given in the middle", "III. TỔ CHỨC THỰC HIỆN\n- Căn cứ kết quả khảo sát, giao Sở Y tế lựa chọn tài liệu y học thường thức.", [(("Sở Y tế",), "Căn cứ kết quả")]),
    ("a list under a sentence that asks", "Để bảo đảm tiến độ, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các chủ đầu tư thực hiện các nội dung sau:\n1. Lập tiến độ chi tiết theo tuần.\n2. Bố trí đủ nhân lực trên công trường.",
     [(("Các chủ đầu tư",), "Lập tiến độ"), (("Các chủ đầu tư",), "Bố trí đủ")]),
    ("named in a bracket", "III. NHIỆM VỤ\n- Xây dựng cổng thư viện số dùng chung (Sở Khoa học và Công nghệ chủ trì).", [(("Sở Khoa học và Công nghệ",), "Xây dựng cổng")]),
    ("attributes in a bracket", "III. NHIỆM VỤ\n- Phủ sóng tại các phòng đọc (Đơn vị chủ trì: Sở Khoa học và Công nghệ; đơn vị phối hợp: các doanh nghiệp viễn thông; thời gian: Quý IV/2026).",
     [(("Sở Khoa học và Công nghệ",), "Phủ sóng tại các phòng đọc")]),
    ("after a topic", "1. Về giải phóng mặt bằng: UBND phường Đông Kinh khẩn trương hoàn thành chi trả cho các hộ dân.", [(("UBND phường Đông Kinh",), "Về giải phóng mặt bằng")]),
    ("a standing agency", "1. Sở Nội vụ là cơ quan thường trực, chủ trì tham mưu triển khai Kế hoạch.", [(("Sở Nội vụ",), "Sở Nội vụ là cơ quan thường trực")]),
    ("a part with an agency of its own", "1. Sở Nội vụ\n- Theo dõi việc thực hiện Kế hoạch này; Thanh tra tỉnh kiểm tra việc chấp hành.", [(("Sở Nội vụ",), "Theo dõi việc"), (("Thanh tra tỉnh",), "Thanh tra tỉnh kiểm tra")]),
    ("whom an agency deals with is given nothing", "1. Sở Công Thương\n- Chủ động hướng dẫn, đôn đốc, yêu cầu các đơn vị điều chỉnh phương án bán hàng.", [(("Sở Công Thương",), "Chủ động hướng dẫn")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in WHO], ids=[case[0] for case in WHO])
def test_who_is_given_work(text: str, expected: list[tuple[tuple[str, ...], str]]) -> None:
    found = tasks_of(text)
    assert [task.lead for task in found] == [lead for lead, _ in expected]
    assert all(task.text.startswith(begin) for task, (_, begin) in zip(found, expected, strict=True))


NOTHING = [
    (
        "handed in to those above",
        "2. Bằng khen: thực hiện theo quy định; trên cơ sở kết quả, Hội đồng Thi đua - Khen thưởng tỉnh xem xét, đề nghị Thủ tướng Chính phủ khen thưởng.",
    ),
    ("an aim", "I. MỤC TIÊU\n- Nâng cao chất lượng phục vụ bạn đọc ở cơ sở."),
    ("a solution without an agency", "II. GIẢI PHÁP\n- Đẩy mạnh tuyên truyền văn hóa đọc trong Nhân dân."),
    ("a fact", "I. TÌNH HÌNH\n- Sở Y tế đã bàn giao hai phòng đọc cho cấp xã."),
    (
        "in force",
        "Điều 3. Chánh Văn phòng, Giám đốc Sở Nội vụ và các cơ quan có liên quan chịu trách nhiệm thi hành Quyết định này.",
    ),
    ("the closing formula", "Căn cứ văn bản này, các cơ quan, đơn vị liên quan nghiêm túc triển khai thực hiện./."),
    ("where money comes from", "1. Sở Tài chính\n- Kinh phí thực hiện lấy từ ngân sách địa phương."),
    ("what the issuer does", "Ủy ban nhân dân tỉnh ban hành Kế hoạch phát triển thư viện với các nội dung như sau:"),
]


@pytest.mark.parametrize("text", [case[1] for case in NOTHING], ids=[case[0] for case in NOTHING])
def test_what_is_no_task(text: str) -> None:
    assert tasks_of(text) == ()


PARTNERS = [
    ("Chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và các cơ quan liên quan rà soát quy chế.", ("Sở Tài chính", "Công an tỉnh", "Các cơ quan liên quan")),
    ("Phối hợp chặt chẽ với UBND các xã, phường khảo sát nhu cầu đọc.", ("UBND các xã, phường",)),
    ("Rà soát danh mục; phối hợp với Sở Nội vụ và cộng đồng dân cư quyên góp sách.", ("Sở Nội vụ", "Cộng đồng dân cư")),
    ("Phối hợp với lực lượng bảo vệ rừng tuyên truyền, vận động người dân.", ("Lực lượng bảo vệ rừng",)),
    ("Phối hợp với cơ quan kiểm tra của Đảng rà soát hồ sơ.", ("Cơ quan kiểm tra của Đảng",)),
    ("Phối hợp với tổ chức đánh giá sự phù hợp lấy mẫu nước.", ("Tổ chức đánh giá sự phù hợp",)),
    ("Phối hợp Sở Nội vụ biên soạn tài liệu tập huấn.", ("Sở Nội vụ",)),
    ("Phối hợp rà soát danh mục sách thiếu.", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARTNERS)
def test_with_whom(text: str, expected: tuple[str, ...]) -> None:
    assert one(f"1. Sở Y tế\n- {text}").coordinating == expected


def test_partners_of_a_heading_are_partners_of_its_tasks() -> None:
    task = one("1. Sở Y tế chủ trì, phối hợp với các sở, ngành và địa phương:\n- Thẩm định danh mục tài liệu y học.")
    assert (task.lead, task.coordinating) == (("Sở Y tế",), ("Các sở, ngành và địa phương",))


# text of a bullet, (kind, end or rule) of each task
TIMES = [
    ("Hoàn thiện quy chế trước ngày 15/6/2026.", [(DeadlineKind.BY, "2026-06-15")]),
    ("Xây dựng đề án, hoàn thành trong quý IV năm 2026.", [(DeadlineKind.WITHIN, "2026-12-31")]),
    ("Hằng năm, tổ chức Ngày hội sách tại trung tâm xã.", [(DeadlineKind.RECURRING, "FREQ=YEARLY")]),
    ("Thường xuyên kiểm tra hệ thống lưu trữ.", [(DeadlineKind.ONGOING, None)]),
    ("Bàn giao phòng đọc trước ngày 30/4/2026. Tổng kiểm kê tài sản trước ngày 31/5/2026.", [(DeadlineKind.BY, "2026-04-30"), (DeadlineKind.BY, "2026-05-31")]),
    ("Bố trí vốn phù hợp khả năng cân đối ngân sách nhà nước hằng năm.", [(None, None)]),
    ("Rà soát các phòng đọc được xây dựng trước ngày 01/01/2020.", [(None, None)]),
    ("Tổ chức thực hiện Chương trình giai đoạn 2021 - 2025 tại cơ sở.", [(None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_by_when(text: str, expected: list[tuple[DeadlineKind | None, str | None]]) -> None:
    held = [task.deadline for task in tasks_of(f"1. Sở Y tế\n- {text}")]
    assert [
        (due.kind, due.rrule or (due.end.isoformat() if due.end else None)) if due else (None, None) for due in held
    ] == expected


def test_lines_of_attributes_complete_the_item_above() -> None:
    body = (
        "1. Thời gian thực hiện\na) Ban hành danh mục sách dùng chung.\n- Chủ trì: Sở Giáo dục và Đào tạo.\n- Thời gian hoàn thành: tháng 5/2026.\n"
        "b) Mua sắm thiết bị phòng đọc.\n- Chủ trì: Sở Tài chính; Sở Y tế.\n- Phối hợp: UBND các xã, phường.\n- Thời gian hoàn thành: trước ngày 20/9/2026."
    )
    first, second = tasks_of(body)
    assert (first.text, first.lead, first.section) == ("Ban hành danh mục sách dùng chung", ("Sở Giáo dục và Đào tạo",), "1.a")
    assert (second.lead, second.coordinating) == (("Sở Tài chính", "Sở Y tế"), ("UBND các xã, phường",))
    assert [str(task.deadline.end) for task in (first, second) if task.deadline] == ["2026-05-31", "2026-09-20"]
    assert set(first.spans) == {"lead", "deadline"}


def test_one_line_of_attributes_closes_the_bullets_of_its_heading() -> None:
    body = (
        "III. NHIỆM VỤ\n1. Nâng cao nhận thức\n- Tổ chức hội thi kể chuyện theo sách.\n- Phát động phong trào tặng sách.\n"
        "Cơ quan chủ trì: Sở Y tế. Cơ quan phối hợp: các sở, ngành. Thời gian thực hiện: Quý II/2026.\n2. Phát triển hạ tầng\n- Lắp đặt máy quét."
    )
    first, second = tasks_of(body)
    assert {task.lead for task in (first, second)} == {("Sở Y tế",)}
    assert {task.coordinating for task in (first, second)} == {("Các sở, ngành",)}
    assert first.deadline == second.deadline is not None


def test_attributes_that_are_numbered_items_themselves() -> None:
    body = (
        "II. NHIỆM VỤ\n1. Đẩy mạnh cải cách hành chính\na) Nội dung: Đơn giản hóa thủ tục cấp thẻ bạn đọc.\nb) Cơ quan chủ trì: Sở Nội vụ.\n"
        "c) Cơ quan phối hợp: Các sở, ban, ngành.\nd) Thời gian hoàn thành: Quý III/2026."
    )
    task = one(body)
    assert (task.text, task.lead, task.coordinating) == (
        "Đơn giản hóa thủ tục cấp thẻ bạn đọc",
        ("Sở Nội vụ",),
        ("Các sở, ban, ngành",),
    )
    assert task.deadline is not None


def test_a_heading_with_place_time_and_who_carries_it_out() -> None:
    body = (
        "III. NỘI DUNG\n1. Tổ chức hội nghị bạn đọc\n- Thời gian: tháng 11/2026.\n- Địa điểm: Hội trường thư viện tỉnh.\n"
        "- Đơn vị thực hiện: Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ.\n- Sản phẩm: Kỷ yếu."
    )
    task = one(body)
    assert (task.text, task.lead, task.coordinating, task.result) == (
        "Tổ chức hội nghị bạn đọc",
        ("Sở Tư pháp",),
        ("Sở Nội vụ",),
        "Kỷ yếu",
    )


def test_an_item_that_begins_like_a_title_of_aims_is_a_task_all_the_same() -> None:
    body = "1. Yêu cầu UBND các xã, phường rà soát phòng đọc.\n2. Sở Y tế\na) Đánh giá chất lượng tài liệu y học ở cơ sở."
    assert [task.lead for task in tasks_of(body)] == [("UBND các xã, phường",), ("Sở Y tế",)]


def test_what_the_body_asks_is_not_asked_by_the_outline_of_a_report_in_an_appendix() -> None:
    body = (
        "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau:\n1. Rà soát số liệu bạn đọc.\n"
        "2. Xây dựng báo cáo theo đề cương tại Phụ lục I./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n\nLê Văn Hòa\n\n"
        "PHỤ LỤC I\nĐỀ CƯƠNG BÁO CÁO\n\nI. TÌNH HÌNH\n1. Số lượng phòng đọc\n- Phòng đọc cấp xã.\n- Phòng đọc tại trường học.\n"
    )
    assert [task.section for task in tasks_of(body)] == ["1", "2"]


def test_a_letter_asks_its_addressee() -> None:
    letter = "Kính gửi: Sở Y tế.\n\nSau khi xem xét, Văn phòng UBND tỉnh đề nghị Sở Y tế làm rõ số liệu tại phụ lục. Tại điểm 2 còn thiếu căn cứ, do vậy đề nghị Sở Y tế bổ sung."
    found = read_text(letter).tasks
    assert [task.lead for task in found] == [("Sở Y tế",), ("Sở Y tế",)]
    assert found[1].text.startswith("do vậy đề nghị Sở Y tế bổ sung")


def test_a_report_of_the_past_gives_no_tasks_but_its_proposals_do() -> None:
    report = HEAD.replace("45/KH-UBND", "46/BC-UBND").replace("KẾ HOẠCH\nPhát", "BÁO CÁO\nPhát") + (
        "I. KẾT QUẢ\n1. Sở Y tế tổ chức ba lớp tập huấn cho cơ sở.\nII. KIẾN NGHỊ\n1. Đề nghị Bộ Y tế ban hành định mức sách y học."
    )
    assert [task.lead for task in read_text(report).tasks] == [("Bộ Y tế",)]


def test_a_paragraph_over_a_page_break_is_one_task_without_the_page_number() -> None:
    task = one(
        "1. Sở Y tế\n- Rà soát, thống kê toàn bộ tài liệu y học thường thức đang được lưu giữ tại các\n\n                 2\n\ntrạm y tế cấp xã."
    )
    assert task.text == "Rà soát, thống kê toàn bộ tài liệu y học thường thức đang được lưu giữ tại các trạm y tế cấp xã"


def _words(reading: Reading) -> list[tuple[set[str], set[str]]]:
    pairs = []
    for task in reading.tasks:
        spans = [task.span, *(span for held in task.spans.values() for span in held)]
        inside = {word for span in spans for word in span.of(reading.text).lower().split()}
        pairs.append((set(" ".join((task.text, *task.lead, *task.coordinating)).lower().split()), inside))
    return pairs


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([case[1] for case in WHO]), min_size=1, max_size=4))
def test_every_task_carries_the_place_of_its_words(bodies: list[str]) -> None:
    reading = read_text(HEAD + "\n".join(bodies))
    for words, inside in _words(reading):
        assert (
            len(
                {word.strip(".,;:()") for word in words}
                - {word.strip(".,;:()/") for place in inside for word in (place, *place.split("/"))}
            )
            <= len(words) / 10
        )
    assert {agency.name for agency in reading.agencies} >= {
        name for task in reading.tasks for name in (*task.lead, *task.coordinating)
    }
