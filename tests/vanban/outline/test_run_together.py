"""Tables whose text layer has run the cells into one another: invented ones, as such layers come out."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.outline.run_together import WovenCell, WovenTable, woven_tables
from vanban.outline.run_together.damaged import with_names
from vanban.outline.run_together.fuzzy import cost
from vanban.outline.run_together.glued import glued
from vanban.outline.run_together.head import heads
from vanban.outline.run_together.layer import Before, bare, lines_of
from vanban.outline.run_together.names import EMPTY, Cell, TreeReader
from vanban.outline.run_together.rows import cut_rows, is_section
from vanban.outline.run_together.vocabulary import Heard, tree_of
from vanban.outline.tables import Role
from vanban.reading import Mend, MendKind
from vanban.spans import Span

HEAD = """Cấp ủy Cơ quan chịu trách nhiệm Kết quả Thời
STT | Tên nhiệm vụ cụ thể theo dõi gian
chỉ đạo Chủ trì | Cơ quan phối thực
hợp hiện
"""

ROWS = """I- Công tác phòng, chống thiên tai trên địa bàn toàn tỉnh
Rà soát các điểm có nguy cơ
1 | sạt lở đất, lũ quét ven suối | Đảng ủy | Sở Công Các sở, ban, Bản đồ cảnh báo nguy cơ sạt lở đất, cập nhật hằng quý | Thường
và khu dân cư tập trung UBND Thương ngành, địa xuyên
tỉnh phương liên quan
Xây dựng phương án di dời
2 dân khỏi vùng ngập sâu khi | Đảng ủy Sở Nội vụ, Các sở, ban, Phương án được phê duyệt Từ năm
có lũ lớn về UBND Sở Tài ngành, địa 2026
tỉnh chính phương liên quan
Cf' Thời
STT | Tên nhiệm vụ cụ thể theo dõi hiện
chỉ đạo Chủ trì | Cơ quan phối
hợp
Diễn tập ứng phó bão mạnh
3 cấp xã tại các xã ven sông, | Đảng ủy Công an Các sở, ban, Kế hoạch, báo cáo kết quả diễn tập Hằng
trên địa bàn miền núi UBND tỉnh ngành, địa năm
tỉnh phương liên quan
II- Công tác thông tin
Lắp đặt hệ thống loa cảnh
4 báo sớm tới từng thôn, bản | Đảng ủy Sở Khoa Các sở, ban, Hệ thống loa hoạt động ổn định 2026-
vùng sâu, vùng xa, biên giới UBND học và ngành, địa 2028
tỉnh Công nghệ phương liên quan
"""


def only(text: str) -> WovenTable:
    (found,) = woven_tables(text, [Span(0, len(text))])
    return found


def words(cell: WovenCell | None) -> str:
    return " ".join(piece.words for piece in cell.pieces) if cell else ""


@pytest.fixture(scope="module")
def flood() -> WovenTable:
    return only(HEAD + ROWS)


def test_the_head_names_the_columns_and_a_head_told_again_is_no_row(flood: WovenTable) -> None:
    assert flood.columns == (Role.NUMBER, Role.TASK, Role.SUPERVISOR, Role.LEAD, Role.COORDINATOR, Role.RESULT, Role.TIME)
    assert [(row.number, row.section) for row in flood.rows] == [("1", "I"), ("2", "I"), ("3", "I"), ("4", "II")]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.LEAD, ["Sở Công Thương", "Sở Nội vụ, Sở Tài chính", "Công an tỉnh", "Sở Khoa học và Công nghệ"]),
        (Role.SUPERVISOR, ["Đảng ủy UBND tỉnh"] * 4),
        (Role.COORDINATOR, ["Các sở, ban, ngành, địa phương liên quan"] * 4),
        (Role.TIME, ["Thường xuyên", "Từ năm 2026", "Hằng năm", "2026- 2028"]),
    ],
)
def test_narrow_columns_are_read_by_what_they_say(flood: WovenTable, role: Role, expected: list[str]) -> None:
    assert [words(row.cells.get(role)) for row in flood.rows] == expected


def test_running_text_keeps_to_its_own_column(flood: WovenTable) -> None:
    assert (
        words(flood.rows[0].cells[Role.TASK])
        == "Rà soát các điểm có nguy cơ sạt lở đất, lũ quét ven suối và khu dân cư tập trung"
    )
    assert words(flood.rows[1].cells[Role.RESULT]) == "Phương án được phê duyệt"


def test_slices_are_true_places_that_do_not_overlap(flood: WovenTable) -> None:
    text = HEAD + ROWS
    for row in flood.rows:
        spans = sorted(span for cell in row.cells.values() for span in cell.slices)
        assert all(row.span.contains(span) and "\n" not in span.of(text) for span in spans)
        assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
        for cell in row.cells.values():
            assert all(any(held.contains(piece.span) for held in cell.slices) for piece in cell.pieces)


def test_no_supervisor_and_the_time_before_the_lead() -> None:
    table = only(
        """TT Nhiệm vụ Thời gian thực hiện Cơ quan thực hiện Kết quả dự kiến
1 Ban hành kế hoạch bảo đảm an toàn thực phẩm Trước 10/01/2026 Sở Y tế Kế hoạch
dịp lễ hội
2 Kiểm tra giá cả, chất lượng hàng hóa tại chợ Tháng 02/2026 Sở Công Thương Báo cáo kiểm tra
và các siêu thị
3 Trồng cây xanh đầu xuân tại khu công nghiệp Từ ngày 22/02/2026 UBND các xã, phường Số cây trồng được
mới của tỉnh
"""
    )
    assert [words(row.cells.get(Role.LEAD)) for row in table.rows] == ["Sở Y tế", "Sở Công Thương", "UBND các xã, phường"]
    assert [words(row.cells.get(Role.TIME)) for row in table.rows] == ["Trước 10/01/2026", "Tháng 02/2026", "Từ ngày 22/02/2026"]


def test_a_ministry_table_whose_head_has_lost_its_times() -> None:
    table = only(
        """TT Nhiệm vụ Đơn vị chủ trì Đơn vị phối hợp , an pạn
1 | Xây dựng Nghị định về giao khu vực biển cho tổ chức, cá nhân | Bộ Nông nghiệp và Môi Bộ Quốc phòng, Bộ Tư pháp Quý III/2026
nuôi trồng hải sản và bảo vệ nguồn lợi thủy sản gần bờ trường
2 | Đầu tư đội tàu quan trắc môi trường biển hiện đại, đồng bộ | Bộ Quốc phòng Bộ Tài chính, Bộ Khoa học và Tháng 12/2027
Công nghệ
3 | Tổ chức đàm phán các thỏa thuận nghề cá với nước láng giềng | Bộ Ngoại giao Bộ Công an Thường xuyên
"""
    )
    assert table.columns[-1] is Role.TIME
    assert [words(row.cells[Role.LEAD]) for row in table.rows] == [
        "Bộ Nông nghiệp và Môi trường",
        "Bộ Quốc phòng",
        "Bộ Ngoại giao",
    ]
    assert words(table.rows[1].cells[Role.COORDINATOR]) == "Bộ Tài chính, Bộ Khoa học và Công nghệ"


@pytest.mark.parametrize(
    "text",
    [
        "STT Tên gọi của văn bản Lý do hết hiệu lực\n1 Nghị quyết về phí Được thay thế\n",
        (
            "TT      Nhiệm vụ           Cơ quan chủ trì      Cơ quan phối hợp     Thời gian\n"
            "1       Lập đề án          Sở Nội vụ            Sở Tài chính         Quý I\n"
        ),
        "1. Nhiệm vụ của các cơ quan chủ trì, cơ quan phối hợp và thời gian thực hiện\n",
    ],
)
def test_other_tables_are_left_alone(text: str) -> None:
    assert woven_tables(text, [Span(0, len(text))]) == []


def test_a_table_that_is_known_is_left_alone() -> None:
    text = HEAD + ROWS
    assert woven_tables(text, [Span(0, len(text))], [Span(0, len(text))]) == []


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("2- Tập trung nâng cao năng lực", "2"),
        ("II. Phát triển hạ tầng số", "II"),
        ("III PHÁT TRIỂN DỮ LIỆU SỐ", "III"),
        ("2 trong các chiến lược, quy hoạch", None),
        ("2. Tập trung nâng cao năng lực", None),
        ("1- Ngắn", None),
    ],
)
def test_section_rows(line: str, mark: str | None) -> None:
    assert is_section(lines_of(line, Span(0, len(line)))[0]) == mark


def test_a_number_stands_on_the_first_line_or_in_the_middle() -> None:
    text = "1 Lập đề án\ntổng thể\nKiểm tra việc\n2 chấp hành\npháp luật\nTl | Sơ kết\n"
    cuts = cut_rows(lines_of(text, Span(0, len(text))), 1)
    assert [(cut.number, len(cut.lines)) for cut in cuts[:2]] == [("1", 2), ("2", 3)]


def test_a_row_whose_number_is_lost_is_cut_off() -> None:
    text = "Lập đề án\n1 tổng thể\ncủa tỉnh\nKiểm tra việc\nchấp hành\npháp luật\nTập huấn cho\n3 cán bộ\ncấp xã\n"
    cuts = cut_rows(lines_of(text, Span(0, len(text))), 1)
    assert [(cut.number, len(cut.lines)) for cut in cuts] == [("1", 3), ("", 3), ("3", 3)]


def test_heads_told_again_go_with_the_lines_of_the_page_above_them() -> None:
    again = "CÔNG BÁO/Số 12/Ngày 03-04-2026\n{page}\nCơ quan Cơ quan Thời\nSTT Tên nhiệm vụ cụ thể theo dỏi hiên\nchi đgo Chủ tri Cơ quan phôi\n"
    rows = ROWS.split("Cf' Thời\nSTT | Tên nhiệm vụ cụ thể theo dõi hiện\nchỉ đạo Chủ trì | Cơ quan phối\nhợp\n")
    more = [
        f"{again.format(page=page)}{number} Lập quy chế quản lý hồ chứa Sở Nội vụ Các sở, ban, ngành Quy chế Thường xuyên\n"
        for page, number in [(98, 5), (99, 6)]
    ]
    table = only(HEAD + rows[0] + again.format(page=97) + rows[1] + "".join(more))
    assert [row.number for row in table.rows] == ["1", "2", "3", "4", "5", "6"]
    assert not any("BÁO" in words(cell) or "nhiệm vụ" in words(cell) for row in table.rows for cell in row.cells.values())


@pytest.mark.parametrize(
    ("cell", "written", "expected"),
    [
        (EMPTY, "UBND", "Đảng ủy UBND"),  # the first line of the cell is lost
        (EMPTY, "Dâng", "Đảng"),
        (EMPTY, "nước", None),
    ],
)
def test_a_value_that_recurs_is_told_by_a_part_of_it(cell: Cell, written: str, expected: str | None) -> None:
    (line,) = lines_of(written, Span(0, len(written)))
    value = ["dang", "uy", "ubnd", "tinh"]
    reader = TreeReader(tree_of(Role.SUPERVISOR), frozenset(), {"dang": 1.0}, {"x": Heard({}, {})}, [value])
    steps = reader.steps(cell, line.tokens[0], 0, begins=True)
    read = [word or written for price, _, word in sorted(steps, key=lambda step: step[0]) if price < 2]
    assert (read[0] if read else None) == expected


def test_the_head_is_found_where_a_letter_of_it_is_damaged() -> None:
    text = "STT | Nội dung nhiêm vụ | Cơ quan chủ trì | Cơ quan phôi hợp | Sàn phẩm | Thòi gian\n"
    (head,) = heads(lines_of(text, Span(0, len(text))))
    assert head.columns[:4] == (Role.NUMBER, Role.TASK, Role.LEAD, Role.COORDINATOR)


def test_what_stood_before_the_text_was_restored() -> None:
    text = "Sở Y tế chủ trì"
    before = Before(text, [Mend(Span(0, 4), "S6Y", "Sở Y", MendKind.NAME, 0.9), Mend(Span(5, 7), "té", "tế", MendKind.WORD, 0.9)])
    assert [before.of(Span(0, 7)), before.of(Span(5, 7)), before.of(Span(8, 11))] == ["S6Y té", "té", "chủ"]


def test_names_that_ran_together_are_told_from_other_words() -> None:
    names = [("Sở", "Y", "tế"), ("Các", "sở,", "ban", "ngành")]
    found = glued(["SoYte", "S6Y", "CécS8ban", "phương", "sách"], names)
    assert min(found["SoYte"], key=found["SoYte"].__getitem__) == ("Sở", "Y", "tế")
    assert min(found["S6Y"], key=found["S6Y"].__getitem__) == ("Sở", "Y")
    assert ("Các", "sở,", "ban") in found["CécS8ban"]
    assert "phương" not in found
    assert "sách" not in found
    assert ("ban", "ngành") in glued(["banngnh"], names)["banngnh"]
    may = with_names({"SoYte,": Heard({}, {})}, names)
    assert ("Sở", "Y", "tế") in may["SoYte,"].glued


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ", min_size=1, max_size=12))
def test_bare_words_have_neither_marks_nor_capitals(word: str) -> None:
    assert bare(word) == bare(word.upper()) == bare(bare(word))
    assert bare(word).isascii()


@given(
    st.text(alphabet="abcdefghiklmnopqrstuvxy", min_size=1, max_size=9), st.text(alphabet="abcdefghiklmnopqrstuvxy", max_size=9)
)
def test_a_word_is_cheapest_as_itself(word: str, other: str) -> None:
    itself = cost(word, word)
    price = cost(word, other)
    assert itself is not None
    assert price is None or price >= itself


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([*(HEAD + ROWS).split("\n"), "Sở Y tế", "1 |", "| ", "x"]), max_size=16))
def test_any_lines_are_shared_out_whole(lines: list[str]) -> None:
    text = HEAD + "\n".join(lines)
    for table in woven_tables(text, [Span(0, len(text))]):
        for row in table.rows:
            assert all(row.span.contains(span) for cell in row.cells.values() for span in cell.slices)
