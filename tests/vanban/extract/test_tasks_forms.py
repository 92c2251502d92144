"""Forms in which communes, notices, reminders and Party plans give work: one table a form."""

import pytest

from tests.vanban.extract.test_tasks import HEAD, tasks_of
from vanban.pipeline import read_text


def told(body: str) -> list[tuple[tuple[str, ...], str]]:
    return [(task.lead, task.text) for task in tasks_of(body)]


NAME_OVER_PARAGRAPH = [
    ("Công an xã\nTuần tra khu vực phòng đọc vào buổi tối.", "Công an xã", "Tuần tra khu vực phòng đọc vào buổi tối"),
    ("Trạm Y tế xã\nHướng dẫn sơ cứu tại hội sách mùa hè.", "Trạm Y tế xã", "Hướng dẫn sơ cứu tại hội sách mùa hè"),
    ("Sở Y tế\nMở tủ sách tại các khoa điều trị.", "Sở Y tế", "Mở tủ sách tại các khoa điều trị"),
]


@pytest.mark.parametrize(("text", "lead", "words"), NAME_OVER_PARAGRAPH)
def test_a_name_ends_with_its_line(text: str, lead: str, words: str) -> None:
    assert told(f"V. TỔ CHỨC THỰC HIỆN\n1. {text}") == [((lead,), words)]


LABELS_BEHIND = [
    ("Lập kho sách nói dùng chung. Cơ quan chủ trì: Sở Tài chính. Cơ quan phối hợp: Sở Công Thương. Thời gian hoàn thành: Quý II/2026.",
     ("Lập kho sách nói dùng chung", ("Sở Tài chính",), ("Sở Công Thương",), "2026-06-30", None)),
    ("Số hóa bản đồ cổ; đơn vị chủ trì: Sở Xây dựng; đơn vị phối hợp: Sở Nội vụ; thời gian: tháng 5/2026; sản phẩm: bộ bản đồ số.",
     ("Số hóa bản đồ cổ", ("Sở Xây dựng",), ("Sở Nội vụ",), "2026-05-31", "bộ bản đồ số")),
    ("Biên soạn sổ tay bạn đọc. Chủ trì, tham mưu: Sở Nội vụ.", ("Biên soạn sổ tay bạn đọc", ("Sở Nội vụ",), (), None, None)),
    ("Mở phòng đọc lưu động - Chủ trì: Sở Y tế - Phối hợp: Sở Tài chính - Thời gian: Quý I/2027.",
     ("Mở phòng đọc lưu động", ("Sở Y tế",), ("Sở Tài chính",), "2027-03-31", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LABELS_BEHIND)
def test_labels_behind_the_task_on_its_own_line(text: str, expected: tuple[object, ...]) -> None:
    (task,) = tasks_of(f"III. NHIỆM VỤ\n- {text}")
    end = task.deadline.end if task.deadline else None
    assert (task.text, task.lead, task.coordinating, end.isoformat() if end else None, task.result) == expected


def test_a_label_behind_other_words_that_names_nobody_is_prose() -> None:
    assert tasks_of("III. NHIỆM VỤ\n- Số lượng bạn đọc tăng nhanh. Kết quả: năm 2025 có 40.000 lượt mượn.") == ()


BEFORE_THE_VERB = [
    "Sở Nội vụ theo chức năng, nhiệm vụ được giao rà soát quy trình cho mượn.",
    "Sở Nội vụ căn cứ chức năng của mình cân đối nhân lực cho thư viện.",
    "Sở Nội vụ trên cơ sở dự toán được giao, tham mưu phân bổ kinh phí.",
    "Sở Nội vụ trong phạm vi quản lý chủ động sắp xếp phòng đọc.",
    "Sở Nội vụ bám sát chương trình công tác, sử dụng hiệu quả kinh phí.",
    "Sở Nội vụ, ngoài nhiệm vụ chung, hướng dẫn các phòng đọc.",
    "Sở Nội vụ không để xảy ra thất lạc tài liệu quý.",
    "Sở Nội vụ đảm nhận việc chăm sóc vườn sách.",
    "Giao Sở Nội vụ bám sát tình hình, kịp thời tham mưu.",
]


@pytest.mark.parametrize("text", BEFORE_THE_VERB)
def test_words_between_the_agency_and_its_verb(text: str) -> None:
    assert told(f"V. TỔ CHỨC THỰC HIỆN\n1. {text}\n2. Sở Y tế mở tủ sách.") == [
        (("Sở Nội vụ",), text.rstrip(".")),
        (("Sở Y tế",), "Sở Y tế mở tủ sách"),
    ]


def test_a_heading_with_by_its_office_stands_over_its_list() -> None:
    body = "1. Các sở, ngành theo chức năng, nhiệm vụ được giao\n- Cử người tham gia biên mục.\n2. Sở Y tế căn cứ nhiệm vụ được phân công:\n- Lập tủ sách y học."
    assert told(body) == [(("Các sở, ngành",), "Cử người tham gia biên mục"), (("Sở Y tế",), "Lập tủ sách y học")]


@pytest.mark.parametrize("marker", ["", "4. "])
def test_the_formula_of_difficulties_is_no_task(marker: str) -> None:
    assert (
        tasks_of(f"{marker}Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh về Sở Y tế.") == ()
    )


NAMES_WITH_SEMICOLONS = [
    ("Sở Y tế; Sở Giáo dục và Đào tạo: Mở tủ sách học đường.", ("Sở Y tế", "Sở Giáo dục và Đào tạo")),
    ("Sở Y tế; Sở Nội vụ chủ trì rà soát tủ sách.", ("Sở Y tế", "Sở Nội vụ")),
    ("Yêu cầu Sở Y tế; Sở Nội vụ; Sở Tài chính kiểm kê tủ sách.", ("Sở Y tế", "Sở Nội vụ", "Sở Tài chính")),
    ("Các sở, ban, ngành; UBND các xã, phường thống kê bạn đọc.", ("Các sở, ban, ngành", "UBND các xã, phường")),
]


@pytest.mark.parametrize(("text", "lead"), NAMES_WITH_SEMICOLONS)
def test_a_semicolon_between_names_is_a_mark_of_the_list(text: str, lead: tuple[str, ...]) -> None:
    assert told(f"V. TỔ CHỨC THỰC HIỆN\n1. {text}") == [(lead, text.rstrip("."))]


def test_in_force_by_a_list_of_names_is_no_task() -> None:
    assert tasks_of("Điều 3. Thủ trưởng các sở, ngành; Chủ tịch UBND các xã, phường căn cứ Quyết định thi hành./.") == ()


NAMED_BY_THE_HEADING = [
    ("Công chức Tư pháp - Hộ tịch", ("Công chức Tư pháp - Hộ tịch",)),
    ("Trưởng các thôn", ("Trưởng các thôn",)),
    ("Các tổ chức, cá nhân phát hành, cho thuê sách", ("Các tổ chức, cá nhân phát hành, cho thuê sách",)),
    ("Tổ tuần tra bến đò, Ban vận động quỹ sách", ("Tổ tuần tra bến đò", "Ban vận động quỹ sách")),
    ("Đề nghị Hội Sinh vật cảnh xã", ("Hội Sinh vật cảnh xã",)),
]  # fmt: skip


LONG = "Vận động bạn đọc trả sách đúng hẹn, giữ gìn trang thiết bị của phòng đọc và giới thiệu sách hay cho người thân trong gia đình"


@pytest.mark.parametrize("mark", ["", "- "])
@pytest.mark.parametrize(("heading", "lead"), NAMED_BY_THE_HEADING)
def test_a_body_that_only_its_heading_names(heading: str, lead: tuple[str, ...], mark: str) -> None:
    body = f"V. PHÂN CÔNG NHIỆM VỤ\n1. {heading}\n{mark}{LONG}.\n2. Sở Y tế mở tủ sách."
    assert told(body)[0] == (lead, LONG)


@pytest.mark.parametrize(
    "heading", ["Hội nghị bạn đọc", "Tổ chức ngày hội sách", "Phòng, chống cháy nổ", "Ban hành quy chế", "Trường hợp mất sách", "Phòng đọc."]
)  # fmt: skip
def test_a_heading_that_names_no_body(heading: str) -> None:
    assert tasks_of(f"V. PHÂN CÔNG NHIỆM VỤ\n1. {heading}\n- Vận động bạn đọc trả sách đúng hẹn.") == ()


def test_a_name_outside_a_part_that_shares_out_work_is_a_topic() -> None:
    assert tasks_of("II. HẠ TẦNG\n1. Trạm phát sóng\n- Lắp đặt thêm thiết bị tại các xã vùng cao.") == ()


def test_a_bullet_that_names_a_body_of_its_own() -> None:
    body = "1. Đề nghị các đoàn thể\n- Hội Nông dân xã vận động hội viên tặng sách.\n- Đoàn Thanh niên xã đảm nhận xe thư viện.\n- Mở lớp kể chuyện."
    assert [lead for lead, _ in told(body)][:2] == [("Hội Nông dân xã",), ("Đoàn Thanh niên xã",)]


def test_to_lead_is_a_verb_under_the_heading_of_a_body() -> None:
    body = "1. Đảng ủy Ủy ban nhân dân tỉnh\n- Lãnh đạo Ủy ban nhân dân tỉnh xây dựng đề án thư viện.\n- Chỉ đạo Sở Y tế mở tủ sách y học."
    assert {lead for lead, _ in told(body)} == {("Đảng ủy Ủy ban nhân dân tỉnh",)}


QUALIFIED = [
    ("1. Đối với các cơ quan, đơn vị chưa gửi báo cáo\n1.1. Khẩn trương hoàn thiện danh mục sách.", "Các cơ quan, đơn vị chưa gửi báo cáo"),
    ("1. Đối với các sở, ngành có nhiệm vụ quá hạn\n- Tập trung xử lý dứt điểm trong tháng.", "Các sở, ngành có nhiệm vụ quá hạn"),
    ("1. Yêu cầu các chủ đầu tư có tỷ lệ giải ngân dưới 30% kiểm điểm trách nhiệm.", "Các chủ đầu tư có tỷ lệ giải ngân dưới 30%"),
    ("1. UBND các xã chưa đạt chuẩn rà soát lại tiêu chí phòng đọc.", "UBND các xã chưa đạt chuẩn"),
    ("1. Các sở, ngành còn nhiệm vụ quá hạn (theo Phụ lục II) tập trung xử lý dứt điểm.", "Các sở, ngành còn nhiệm vụ quá hạn"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead"), QUALIFIED)
def test_the_late_ones_of_a_group(text: str, lead: str) -> None:
    assert [task.lead for task in tasks_of(text)] == [(lead,)]


@pytest.mark.parametrize(
    "text",
    [
        "Đến nay, các sở, ngành chưa báo cáo, chưa tập trung chỉ đạo công tác thư viện.",
        "Các đơn vị còn chậm, chưa chủ động phối hợp kiểm kê sách.",
        "Hiện còn 03 sở chưa gửi danh mục, gồm: Sở Y tế, Sở Nội vụ; các xã: Yên Bình, Tân Lập, Hòa Sơn; các phường: Đông Kinh, Tam Thanh (theo Phụ lục I).",
    ],
)
def test_a_list_of_the_late_ones_is_no_task(text: str) -> None:
    assert tasks_of(text) == ()


PERSONS = [
    ("Giao Phó Chủ tịch UBND tỉnh Lê Văn Bình chỉ đạo việc sửa chữa thư viện.", "Phó Chủ tịch UBND tỉnh Lê Văn Bình"),
    ("Giao đồng chí Lê Văn Bình, Phó Chủ tịch UBND tỉnh trực tiếp chỉ đạo việc sửa chữa.", "Đồng chí Lê Văn Bình, Phó Chủ tịch UBND tỉnh"),
    ("Các đồng chí Phó Chủ tịch UBND tỉnh theo lĩnh vực phụ trách kiểm tra tiến độ.", "Các đồng chí Phó Chủ tịch UBND tỉnh"),
    ("Chủ tịch UBND các xã, phường chỉ đạo mở phòng đọc.", "UBND các xã, phường"),
    ("Giám đốc Sở Nội vụ chỉ đạo mở phòng đọc.", "Sở Nội vụ"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead"), PERSONS)
def test_a_deputy_stands_for_himself_a_head_for_the_body(text: str, lead: str) -> None:
    assert told(f"1. {text}") == [((lead,), text.rstrip("."))]


ORDER_BEHIND_ITS_OBJECT = [
    ("Mở lớp tin học cho bạn đọc cao tuổi. Giao Sở Tài chính chủ trì; hoàn thành năm 2026.", "Sở Tài chính", "Mở lớp tin học"),
    ("Kiểm kê sách quý; giao Thanh tra tỉnh chủ trì.", "Thanh tra tỉnh", "Kiểm kê sách quý; giao"),
    ("Trực cấp cứu tại hội sách. Sở Y tế chịu trách nhiệm.", "Sở Y tế", "Trực cấp cứu"),
    ("Thư viện còn thiếu máy. Mua thêm máy quét, giao Sở Nội vụ chủ trì, phối hợp với Sở Y tế.", "Sở Nội vụ", "Mua thêm máy quét"),
    ("Sửa mái thư viện. Giao Sở Tài chính chủ trì, rà soát dự toán.", "Sở Tài chính", "Giao Sở Tài chính"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead", "begin"), ORDER_BEHIND_ITS_OBJECT)
def test_an_order_without_an_object_is_about_the_sentence_before(text: str, lead: str, begin: str) -> None:
    ((found, words),) = told(f"III. NHIỆM VỤ\n- {text}")
    assert found == (lead,)
    assert words.startswith(begin)


def test_a_topic_that_begins_like_work_before_the_one_who_leads() -> None:
    text = "Phát triển bạn đọc: Bảo hiểm xã hội tỉnh chủ trì, rà soát thẻ đọc."
    assert told(f"1. {text}") == [(("Bảo hiểm xã hội tỉnh",), text.rstrip("."))]
    assert tasks_of("1. Tổ chức hội nghị: Sở Y tế và các đơn vị cùng tham dự.") == ()


def test_a_topic_and_a_time_before_the_name() -> None:
    body = "1. Về giờ mở cửa: Từ tháng 7/2026, các phòng, ban thực hiện mở cửa phòng đọc đến 20 giờ."
    assert [task.lead for task in tasks_of(body)] == [("Các phòng, ban",)]


@pytest.mark.parametrize(
    ("part", "leads"),
    [
        ("II. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2026", [("Sở Y tế",)]),
        ("II. MỘT SỐ NHIỆM VỤ TRỌNG TÂM", [("Sở Y tế",)]),
        ("II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ", []),
        ("II. ĐÁNH GIÁ CHUNG", []),
    ],
)
def test_the_work_ahead_in_a_report(part: str, leads: list[tuple[str, ...]]) -> None:
    report = HEAD.replace("45/KH-UBND", "46/BC-UBND").replace("KẾ HOẠCH\nPhát", "BÁO CÁO\nPhát")
    found = read_text(f"{report}I. BỐI CẢNH\n- Năm qua có nhiều thuận lợi.\n{part}\n- Sở Y tế tiếp tục mở tủ sách y học.").tasks
    assert [task.lead for task in found] == leads


def test_targets_set_for_each_body_are_no_tasks() -> None:
    body = "II. CHỈ TIÊU THI ĐUA\n1. Đối với các xã, phường\na) Mở 100% phòng đọc theo danh mục được duyệt.\n2. Đối với các sở, ngành\na) Mỗi cơ quan tặng ít nhất 50 cuốn sách."
    assert tasks_of(body) == ()
