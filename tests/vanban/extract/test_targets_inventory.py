"""The fifty forms of domain rules 5.2, a row each: in a section of goals ("Mục tiêu đến năm 2030") or among tasks."""

import pytest

from vanban.extract.targets import find_targets
from vanban.extract.targets.figures import FIGURE_FORMS, FigureForm, figures_in
from vanban.outline.tree import outline
from vanban.reading import Target

GOALS = "I. MỤC TIÊU\n1. Mục tiêu cụ thể đến năm 2030\n- {}\n- Nâng cao nhận thức của người dân.\n"
WORK = "I. NHIỆM VỤ, GIẢI PHÁP\n1. Sở Y tế\n- {}\n- Phối hợp với các đơn vị liên quan.\n"


def read(frame: str, sentence: str) -> list[Target]:
    text = frame.format(sentence)
    return find_targets(text, outline(text, ()), None)


def told(target: Target) -> str:
    """Comparator, values, unit, baseline and horizon, on one line."""
    value = "-" if target.value is None else f"{target.value:g}"
    high = "" if target.value_high is None else f"..{target.value_high:g}"
    based = f" vs {target.baseline}" if target.baseline else ""
    return f"{target.comparator.value} {value}{high} {target.unit or '-'}{based} @{target.horizon or '-'}"


G, W = GOALS, WORK
INVENTORY = [
    (1, G, "Tỉ lệ tiêm chủng đầy đủ của trẻ em đạt 95%.", ["= 95 % @2030"]),
    (2, G, "Tỉ lệ người dân tập thể dục tăng thêm 10%.", ["increase 10 % @2030"]),
    (3, G, "Tăng chiều cao trung bình của trẻ từ 1-18 tuổi thêm tối thiểu 1,5 cm.", ["increase 1.5 cm @2030"]),
    (4, G, "Tuổi thọ trung bình đạt 73 tuổi.", ["= 73 tuổi @2030"]),
    (5, G, "Số năm sống khỏe đạt tối thiểu 64 năm.", [">= 64 năm @2030"]),
    (6, G, "Từ năm 2026, người dân được khám sức khỏe ít nhất mỗi năm 1 lần.", [">= 1 lần/năm @2026"]),
    (7, G, "100% trạm y tế cấp xã được đầu tư thiết bị.", ["= 100 % @2030"]),
    (8, G, "Đến năm 2027 có ít nhất từ 4 - 5 bác sĩ/Trạm Y tế.", ["range 4..5 bác sĩ/Trạm Y tế @2027"]),
    (9, G, "Tăng tỉ lệ khám bệnh tại trạm y tế lên trên 20%.", ["> 20 % @2030"]),
    (10, G, "Hoàn thành chuyển giao 100% trạm y tế về xã trước ngày 31/12/2030.", ["= 100 % @2030-12-31"]),
    (11, G, "Giảm suy dinh dưỡng trẻ em dưới 5 tuổi thể thấp còi còn <21%.", ["< 21 % @2030"]),
    (12, G, "Đến năm 2026, tỉ lệ bao phủ bảo hiểm y tế đạt trên 98% dân số.", ["> 98 % @2026"]),
    (13, G, "Đạt bao phủ bảo hiểm y tế toàn dân.", ["none - - @2030"]),
    (14, G, "Tuổi thọ trung bình đạt trên 80 tuổi.", ["> 80 tuổi @2030"]),
    (15, G, "Số năm sống khỏe mạnh tăng lên trên 71 tuổi.", ["> 71 tuổi @2030"]),
    (16, G, "Các chỉ số sức khỏe cao hơn bình quân các tỉnh trong vùng.", ["none - - @2030"]),
    (17, G, "Chiều cao của thanh niên tương đương các tỉnh lân cận.", ["none - - @2030"]),
    (18, W, "Tăng cường >100 lượt bác sĩ về công tác tại trạm y tế.", ["> 100 lượt @-"]),
    (19, G, "100% xã có bác sĩ theo chức năng, nhiệm vụ.", ["= 100 % @2030"]),
    (20, W, "Tập trung sản xuất, phấn đấu GRDP đạt từ 8 - 9% năm 2025.", ["range 8..9 % @2025"]),
    (
        21,
        W,
        "Phấn đấu thu ngân sách năm 2025 tăng ít nhất 20% so với dự toán.",
        ["increase 20 % vs dự toán @2025"],
    ),
    (22, W, "Phấn đấu 100% hồ sơ được giải quyết đúng hạn.", ["= 100 % @-"]),
    (23, G, "Tăng tỷ lệ hồ sơ trực tuyến.", ["none - - @2030"]),
    (24, G, 'Dữ liệu đất đai bảo đảm "đúng - đủ - sạch - sống".', []),
    (25, G, "Hoàn thành thắng lợi các mục tiêu của nghị quyết.", []),
    (26, W, "Phấn đấu ít nhất 70% số xã tổ chức được ít nhất một hình thức tuyên truyền.", [">= 70 % @-"]),
    (27, G, "Ít nhất 60% người lao động trong khu công nghiệp được tuyên truyền.", [">= 60 % @2030"]),
    (28, G, "70% học sinh, sinh viên được cung cấp thông tin.", ["= 70 % @2030"]),
    (29, G, "Đăng tải tin, bài ít nhất mỗi tháng một lần.", [">= 1 lần/tháng @2030"]),
    (30, W, "Kiểm tra ít nhất 20% cơ sở kinh doanh dịch vụ.", [">= 20 % @-"]),
    (31, G, "100% tin tố giác được tiếp nhận, xử lý kịp thời.", ["= 100 % @2030"]),
    (32, G, "100% số cơ sở được kiểm tra ít nhất 1 lần trong năm.", ["= 100 % @2030"]),
    (33, G, "Xử lý hình sự 100 vụ trong năm 2026.", ["= 100 vụ @2026"]),
    (34, G, "Tuyên truyền cho ít nhất 60.000 người lao động.", [">= 60000 người lao động @2030"]),
    (35, G, "Tỷ lệ hộ nghèo giảm 10%/năm.", ["decrease 10 %/năm @2030"]),
    (36, G, "Tỷ lệ hộ nghèo giảm từ 1 - 1,5 điểm %/năm.", ["range 1..1.5 điểm %/năm @2030"]),
    (37, G, "Tỷ lệ hộ nghèo giảm còn dưới 5%.", ["< 5 % @2030"]),
    (38, G, "Thu ngân sách tăng bình quân 7,5%/năm.", ["increase 7.5 %/năm @2030"]),
    (39, G, "Thu nhập bình quân tăng 1,5 lần so với năm 2020.", ["increase 1.5 lần vs năm 2020 @2030"]),
    (40, G, "Quy mô nền kinh tế gấp đôi so với năm 2020.", ["increase 2 lần vs năm 2020 @2030"]),
    (41, G, "Chỉ số cải cách hành chính đạt tối thiểu 80/100 điểm.", [">= 80 điểm @2030"]),
    (42, G, "Chỉ số chuyển đổi số nằm trong nhóm 20 tỉnh dẫn đầu.", ["<= 20 tỉnh @2030"]),
    (43, G, "Không để xảy ra dịch bệnh lớn.", ["= 0 - @2030"]),
    (44, G, "Duy trì 100% trạm y tế xã có bác sĩ làm việc.", ["= 100 % @2030"]),
    (45, G, "Tỷ lệ hài lòng của người bệnh từ 95% trở lên.", [">= 95 % @2030"]),
    (46, G, "Tỷ lệ sinh con thứ ba không quá 0,5%.", ["<= 0.5 % @2030"]),
    (
        47,
        G,
        "Đạt 12 bác sĩ/vạn dân; 32 giường bệnh/10.000 dân.",
        ["= 12 bác sĩ/vạn dân @2030", "= 32 giường bệnh/10.000 dân @2030"],
    ),
    (48, G, "Tổng vốn đầu tư đạt 2.500 - 3.000 tỷ đồng.", ["range 2500..3000 tỷ đồng @2030"]),
    (49, G, "Mỗi xã có ít nhất 01 mô hình du lịch.", [">= 1 mô hình/xã @2030"]),
    (50, G, "Có 1/2 số xã đạt chuẩn.", ["= 0.5 số xã @2030"]),
]


def test_the_inventory_is_whole() -> None:
    assert [number for number, *_ in INVENTORY] == list(range(1, 51))


@pytest.mark.parametrize(("number", "frame", "sentence", "expected"), INVENTORY)
def test_form_of_the_inventory(number: int, frame: str, sentence: str, expected: list[str]) -> None:
    assert [told(target) for target in read(frame, sentence)] == expected


@pytest.mark.parametrize("form", FIGURE_FORMS, ids=lambda form: form.name)
def test_each_figure_form_reads_its_example(form: FigureForm) -> None:
    (figure,) = figures_in(form.example, 0, len(form.example))
    unit = figure.unit or form.example[slice(*figure.unit_at)] if figure.unit_at or figure.unit else ""
    comparator = figure.comparator.value if figure.comparator else None
    assert (figure.form, comparator, figure.value, figure.high, unit) == (form.name, *form.expected)


TWO = [
    (
        G,
        "Đến năm 2026, tỉ lệ bao phủ đạt 95%, đến năm 2030 đạt 98%.",
        ["= 95 % @2026", "= 98 % @2030"],
    ),
    (
        G,
        "Tuổi thọ trung bình đạt 73 tuổi, trong đó số năm sống khỏe đạt tối thiểu 64 năm.",
        ["= 73 tuổi @2030", ">= 64 năm @2030"],
    ),
    (
        G,
        "100% trạm y tế được đầu tư; đến năm 2027 có ít nhất 4 bác sĩ/trạm. Tỉ lệ sử dụng trạm đạt 20%.",
        ["= 100 % @2030", ">= 4 bác sĩ/trạm @2027", "= 20 % @2030"],
    ),
    (
        G,
        "Thu nhập đầu người đạt trên 85 triệu đồng/năm, gấp 1,8 lần năm 2025.",
        ["> 85 triệu đồng/năm @2030", "increase 1.8 lần vs năm 2025 @2030"],
    ),
    (
        "1. Các cấp ủy lãnh đạo thực hiện các chỉ tiêu chủ yếu đến năm 2030:\n- {}\n",
        "Tối thiểu 90% lao động được đào tạo; ít nhất 2/3 số xã đạt chuẩn.",
        [">= 90 % @2030", ">= 0.666667 số xã @2030"],
    ),
    (
        W,
        "Hoàn thành cắt giảm 50% thời gian giải quyết thủ tục, 30% chi phí tuân thủ so với năm 2024.",
        ["decrease 50 % @-", "decrease 30 % vs năm 2024 @-"],
    ),
]


@pytest.mark.parametrize(("frame", "sentence", "expected"), TWO)
def test_two_milestones_are_two_targets(frame: str, sentence: str, expected: list[str]) -> None:
    assert [told(target) for target in read(frame, sentence)] == expected


NO_TARGETS = [
    (W, "Đến nay toàn tỉnh đã đạt 95% kế hoạch giao."),
    (W, "Số doanh nghiệp thành lập mới tăng 12% so với cùng kỳ."),
    (W, "Thông báo bằng văn bản ít nhất 10 ngày trước khi thực hiện."),
    (W, "Bảo vệ kho 24/24h, khám cho trẻ từ 1-18 tuổi."),
    (W, "Kinh phí thực hiện: 2.500 triệu đồng, trong đó ngân sách tỉnh 1.500 triệu đồng."),
    (W, "Đối với dự án sử dụng 100% vốn nhà nước, thực hiện theo Luật Đầu tư công."),
    (W, "Tai nạn làm bị thương từ 02 người trở lên thì báo cáo ngay."),
    (W, "Mức phạt không quá 5% giá trị hợp đồng."),
    (W, "Vận hành mô hình chính quyền địa phương 02 cấp tại 65 xã, phường."),
    (W, "Hỗ trợ 100% chi phí cho hộ nghèo."),
    (W, "Khám sức khỏe miễn phí cho người dân ít nhất mỗi năm 1 lần."),
    (W, 'Gắn với mục tiêu tăng trưởng "2 con số" của cả nước.'),
    (G, "Triển khai theo Điều 12 và Phụ lục 3 của kế hoạch; trẻ em dưới 5 tuổi được chăm sóc."),
    ("I. KẾT QUẢ THỰC HIỆN CÁC MỤC TIÊU\n- {}\n", "Tỷ lệ bao phủ bảo hiểm y tế đạt 94,5%."),
]


@pytest.mark.parametrize(("frame", "sentence"), NO_TARGETS)
def test_facts_rules_and_lists_are_no_targets(frame: str, sentence: str) -> None:
    assert [told(target) for target in read(frame, sentence) if target.value is not None] == []


def measured(text: str) -> list[tuple[str, str]]:
    """What each target of a goal measures, and what it says."""
    whole = f"I. MỤC TIÊU\n1. Chỉ tiêu đến năm 2028\n- {text}\n"
    return [(target.indicator, told(target)) for target in find_targets(whole, outline(whole, ()), None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Tỷ lệ hộ có nhà tiêu hợp vệ sinh năm 2026 đạt 70%, năm 2027 đạt 85% và năm 2028 đạt 95%.",
            [("Tỷ lệ hộ có nhà tiêu hợp vệ sinh", "= 70 % @2026"), ("Tỷ lệ hộ có nhà tiêu hợp vệ sinh", "= 85 % @2027"),
             ("Tỷ lệ hộ có nhà tiêu hợp vệ sinh", "= 95 % @2028")],
        ),
        (
            "Tỷ lệ hài lòng của học sinh, phụ huynh đạt tối thiểu 80%.",
            [("Tỷ lệ hài lòng của học sinh, phụ huynh", ">= 80 % @2028")],
        ),
        ("Số giường bệnh/vạn dân đạt 42.", [("Số giường bệnh/vạn dân", "= 42 giường bệnh/vạn dân @2028")]),
        ("Chỉ số PAPI nằm trong nhóm 15 tỉnh dẫn đầu.", [("Chỉ số PAPI", "<= 15 tỉnh @2028")]),
        ("Dành tối thiểu 12 ha/cụm công nghiệp.", [("Dành", ">= 12 ha/cụm công nghiệp @2028")]),
        ("Rút ngắn thời gian cấp phép còn tối đa 05 ngày làm việc.", [("Rút ngắn thời gian cấp phép còn", "<= 5 ngày làm việc @2028")]),
        ("Cắt giảm tối thiểu 25% điều kiện cấp phép.", [("Cắt giảm điều kiện cấp phép", "decrease 25 % @2028")]),
    ],
)  # fmt: skip
def test_what_is_measured(text: str, expected: list[tuple[str, str]]) -> None:
    assert measured(text) == expected


def test_a_bound_on_a_count_is_no_increase() -> None:
    assert [words for _, words in measured("tăng số buổi phát thanh, tối thiểu 04 tin, bài/tháng.")] == [
        ">= 4 tin, bài/tháng @2028"
    ]
