import pytest

from tests.vanban.outline.samples import DECISION, LETTER, PLAN
from vanban.outline import BlockKind, Outline, outline
from vanban.reading import Cell, Table
from vanban.spans import Span


def paths(text: str) -> list[str]:
    return [heading.path for heading in outline(text, ()).headings]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, " ".join(block.span.of(text).split())) for block in outline(text, ()).blocks]


def block_with(tree: Outline, text: str, words: str) -> str:
    return next(" ".join(block.span.of(text).split()) for block in tree.blocks if words in block.span.of(text))


def test_plan_has_its_tree() -> None:
    assert paths(PLAN) == ["I", "I.1", "I.2", "I.2.a", "I.2.b", "II", "II.1", "II.2", "PL1.I", "PL1.I.1", "PL1A.1"]


def test_year_at_the_start_of_a_line_is_no_heading() -> None:
    tree = outline(PLAN, ())
    assert block_with(tree, PLAN, "Nâng cấp").endswith("giai đoạn 2026 - 2030.")
    assert block_with(tree, PLAN, "Hoàn thành").endswith("trước ngày 15/4/2026.")
    assert block_with(tree, PLAN, "danh mục công trình theo").endswith("phụ lục số 1, 1A kèm theo Kế hoạch này.")


def test_heading_runs_over_its_lines_and_no_further() -> None:
    texts = {heading.path: heading.text for heading in outline(PLAN, ()).headings}
    assert texts["II"] == "NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN TRONG NĂM 2026"
    assert texts["II.1"] == "Sở Xây dựng"
    assert texts["I.2"] == "Mục tiêu cụ thể: làm mới 120 km đường."


def test_body_lies_between_letterhead_and_signature() -> None:
    body = outline(PLAN, ()).body.of(PLAN)
    assert body.startswith("Thực hiện Nghị quyết số 15/NQ-HĐND")
    assert body.endswith("thực hiện./.")


def test_closing_paragraph_stands_under_the_chapter() -> None:
    tree = outline(PLAN, ())
    closing = next(block for block in tree.blocks if block.span.of(PLAN).startswith("Ủy ban nhân dân tỉnh yêu cầu"))
    assert (closing.kind, closing.path) == (BlockKind.PLAIN, "II")


def test_appendices() -> None:
    assert [(held.name, held.path) for held in outline(PLAN, ()).appendices] == [("PHỤ LỤC 1", "PL1"), ("PHỤ LỤC 1A", "PL1A")]


def test_addressees_and_recipients_are_furniture() -> None:
    found = kinds(LETTER)
    assert ("furniture", "- Sở Y tế;") in found
    assert ("furniture", "- Như trên;") in found
    assert [kind for kind, text in found if text.startswith(("1.", "2."))] == ["heading", "heading"]
    assert outline(LETTER, ()).body.of(LETTER).startswith("Để chuẩn bị")


def test_attached_regulation_has_its_own_articles() -> None:
    assert paths(DECISION) == [
        *("Điều 1", "Điều 2", "Điều 2.1", "Điều 2.2"),
        *("Chương I", "Điều 1", "Chương II", "Điều 2", "Điều 2.1", "Điều 2.1.a", "Điều 2.1.b"),
    ]


def test_what_a_decision_issues_is_no_appendix_though_it_is_not_said() -> None:
    text = DECISION.replace("(Ban hành kèm theo Quyết định số 5/QĐ-TTg ngày 03/02/2026)\n", "")
    assert paths(text) == paths(DECISION)


def test_form_after_a_plan_is_an_appendix() -> None:
    text = PLAN[: PLAN.index("PHỤ LỤC 1\n")] + "ĐỀ CƯƠNG BÁO CÁO\nI. Kết quả\n1. Đường liên xã\n"
    assert paths(text)[-2:] == ["PL.I", "PL.I.1"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("I. A\n1. B\n1.1. Chung\n1.2. Riêng\n2. C\n2.1. Chung", ["I", "I.1", "I.1.1", "I.1.2", "I.2", "I.2.1"]),
        ("I. A\n1.1. Chung\n1.2. Riêng", ["I", "I.1.1", "I.1.2"]),
        ("1. B\n1.1. Chung\n1.1.1. Nhỏ\n1.1.2. Nữa", ["1", "1.1", "1.1.1", "1.1.2"]),
        ("I- A\n1. B\nII- C\n1. D", ["I", "I.1", "II", "II.1"]),
        ("A. MỘT\nI. Hai\n1. Ba\nB. BỐN\nI. Năm", ["A", "A.I", "A.I.1", "B", "B.I"]),
        (
            "Phần thứ nhất\nTÌNH HÌNH\nI. Chung\nPhần thứ hai\nNHIỆM VỤ\nI. Riêng",
            ["Phần thứ nhất", "Phần thứ nhất.I", "Phần thứ hai", "Phần thứ hai.I"],
        ),
        ("IV. A\nV. B\nV. C\nVI. D", ["IV", "V", "V", "VI"]),
        ("III. A\nV. B\nV. C", ["III", "IV", "V"]),
        ("1. A\n2. B\n3. C\n2. D\n5. E", ["1", "2", "3", "4", "5"]),
        ("1. A\n3. B\n4. C", ["1", "3", "4"]),
        ("I. A\na) B\nb) C\nc) D\n1. E", ["I", "I.a", "I.b", "I.c", "I.1"]),
        ("1. A\n2. B\na) C\n1. Nhỏ\n2. Nữa\nb) D\n3. E", ["1", "2", "2.a", "2.a.1", "2.a.2", "2.b", "3"]),
        ("I. MỤC TIÊU\n1. A\n2. B\n1. NỘI DUNG\n1. C\nIII. KINH PHÍ", ["I", "I.1", "I.2", "II", "II.1", "III"]),
        ("I1. MỤC TIÊU", []),
        ("1. A.\n2. B.\n3, Ca.\n4. D.", ["1", "2", "3", "4"]),
        ("3, 4 và 5.", []),
        ("a) A\nb) B\n¢) C\nd) D\nd) Đ\ne) E", ["a", "b", "c", "d", "đ", "e"]),
        ("I. MỤC TIÊU\nI1. NỘI DUNG\nI1l. KINH PHÍ", ["I", "II", "III"]),
        ("1. Nêu rõ: “Các đơn vị:\n1. Báo cáo.\n2. Kiểm tra.”\n2. Thực hiện.", ["1", "2"]),
        ('1. Tăng trưởng “2 con số" là mục tiêu.\n2. Thực hiện “nghiêm” chỉ đạo.', ["1", "2"]),
        ("Phạt tiền theo quy định tại khoản\n2. Điều này áp dụng cho mọi trường hợp.", []),
    ],
)
def test_paths(body: str, expected: list[str]) -> None:
    assert paths(body + "\n") == expected


def test_every_line_followed_by_an_empty_one() -> None:
    lines = [
        "1. Rà soát các cơ sở kinh doanh dịch vụ có điều kiện trên địa",
        "bàn các xã, phường.",
        "2. Tổng hợp, báo cáo kết quả trước",
        "ngày 20/5/2026.",
    ]
    text = "\n\n".join([*lines, *(line.replace("1.", "3.").replace("2. ", "4. ") for line in lines)]) + "\n"
    assert [heading.path for heading in outline(text, ()).headings] == ["1", "2", "3", "4"]
    assert outline(text, ()).headings[0].text.endswith("địa bàn các xã, phường.")


@pytest.mark.parametrize(
    ("heading", "below", "kinds"),
    [
        ("II. MỤC TIÊU PHÁT TRIỂN MẠNG LƯỚI THƯ VIỆN CỦA TỈNH ĐẾN NĂM 2030", "- 100% xã có thư viện.", ["heading", "bullet"]),
        (
            "2. Chỉ tiêu về số hóa tài liệu của các cơ quan trong tỉnh đến năm 2030",
            "- 85 thư viện được nối mạng.",
            ["heading", "bullet"],
        ),
        ("2. Chỉ tiêu về số hóa tài liệu của các cơ quan trong giai đoạn 2026", "- 2035 và các năm sau.", ["heading"]),
        ("2. Chỉ tiêu về số hóa tài liệu của các cơ quan trong giai đoạn 2026 -", "2035 và các năm sau.", ["heading"]),
        ("2. Thời gian thực hiện đợt kiểm tra, rà soát các cơ quan từ 6/2026", "- 12/2026 theo kế hoạch.", ["heading"]),
        ("2. Mỗi năm số lượt người đến thư viện của các xã, phường tăng thêm 10", "- 15% so với năm trước.", ["heading"]),
    ],
)
def test_a_dash_between_figures_joins_a_range_and_not_a_year_with_an_item(heading: str, below: str, kinds: list[str]) -> None:
    assert [block.kind.value for block in outline(f"{heading}\n{below}\n", ()).blocks] == kinds


def test_paragraph_goes_on_over_a_page() -> None:
    text = "1. Các cơ quan được giao nhiệm vụ có trách nhiệm rà soát, bổ sung kinh phí\n\n       2\n\nđể thực hiện trong năm 2026.\n2. Báo cáo kết quả.\n"
    first = outline(text, ()).headings[0]
    assert first.text.startswith("Các cơ quan")
    assert first.span.of(text).endswith("năm 2026.")


def test_page_number_is_no_part_of_the_lines() -> None:
    text = (
        "1. Các cơ quan được giao nhiệm vụ có trách nhiệm rà soát, bổ sung kinh phí\n\n       2\n\nđể thực hiện trong năm 2026.\n"
    )
    block = outline(text, ()).blocks[0]
    assert [line.of(text)[:6] for line in block.lines] == ["1. Các", "để thự"]


def test_table_is_one_block_and_gives_no_headings() -> None:
    head = "II. NHIỆM VỤ\n"
    rows = "1.\tLập danh mục\tSở Xây dựng\n2.\tKiểm tra\tThanh tra tỉnh"
    text = f"{head}{rows}\n3. Kinh phí\n"
    cell = Cell(0, 0, Span(len(head), len(head) + 2))
    tree = outline(text, (Table((cell,), Span(len(head), len(head) + len(rows))),))
    assert [heading.path for heading in tree.headings] == ["II", "II.3"]
    assert [block.kind for block in tree.blocks] == [BlockKind.HEADING, BlockKind.TABLE, BlockKind.HEADING]


DRAWN = """\
II. NHIỆM VỤ
                                        Cơ quan          Thời hạn
STT       Nội dung công việc            chủ trì          hoàn thành
1.        Lập danh mục các tuyến        Sở Xây dựng      Quý II/2026
          đường hư hỏng
2.        Kiểm tra an toàn              Thanh tra tỉnh   Hằng năm
III. KINH PHÍ
Từ ngân sách tỉnh.
"""


def test_table_drawn_with_spaces_is_no_prose() -> None:
    tree = outline(DRAWN, ())
    assert [(block.kind, block.path) for block in tree.blocks] == [
        (BlockKind.HEADING, "II"),
        (BlockKind.TABLE, "II"),
        (BlockKind.HEADING, "III"),
        (BlockKind.PLAIN, "III"),
    ]
    assert tree.blocks[1].span.of(DRAWN).startswith("Cơ quan")
    assert tree.blocks[1].span.of(DRAWN).endswith("Hằng năm")


def test_drawn_table_ends_before_the_recipients() -> None:
    text = (
        DRAWN[: DRAWN.index("III.")]
        + "Nơi nhận:                              KT. CHỦ TỊCH\n- Như trên;                              PHÓ CHỦ TỊCH\n"
    )
    assert outline(text, ()).blocks[-2].kind == BlockKind.FURNITURE


def test_footnote_after_the_signature_is_a_note() -> None:
    text = LETTER + "\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n1 theo Kế hoạch số 4/KH-UBND về tiêm chủng\nmở rộng giai đoạn 2026 - 2030.\n"
    note = outline(text, ()).blocks[-1]
    assert (note.kind, len(note.lines)) == (BlockKind.NOTE, 2)


def test_levels_of_bullets() -> None:
    tree = outline("I. A\n1. B\n- C;\n+ D;\nMột câu.\n", ())
    assert [(block.marker, block.level, block.path) for block in tree.blocks] == [
        ("I.", 1, "I"),
        ("1.", 2, "I.1"),
        ("-", 3, "I.1"),
        ("+", 4, "I.1"),
        ("", 3, "I.1"),
    ]
