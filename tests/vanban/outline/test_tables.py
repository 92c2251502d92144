from collections.abc import Sequence

import pytest

from vanban.outline.tables import _HEADERS, Role, TaskTable, header_role, task_table
from vanban.reading import Cell, Table
from vanban.spans import Span

Content = str | tuple[str, int, int]


def table(rows: Sequence[Sequence[Content | None]]) -> tuple[str, Table]:
    """A text and the table in it: a cell is its text, or (text, rows, columns); None where a merged cell reaches."""
    text = ""
    cells = []
    for row, contents in enumerate(rows):
        for column, content in enumerate(contents):
            if content is None:
                continue
            written, deep, wide = content if isinstance(content, tuple) else (content, 1, 1)
            cells.append(Cell(row, column, Span(len(text), len(text) + len(written)), deep, wide))
            text += written + "\t"
        text += "\n"
    return text, Table(tuple(cells), Span(0, len(text)))


def read(rows: Sequence[Sequence[Content | None]], path: str = "") -> tuple[str, TaskTable]:
    text, made = table(rows)
    found = task_table(text, made, path)
    assert found is not None
    return text, found


def values(text: str, found: TaskTable, role: Role) -> list[str]:
    return [" | ".join(span.of(text) for span in row.cells.get(role, ())) for row in found.rows]


@pytest.mark.parametrize(("role", "example"), [(role, example) for role, _, example in _HEADERS])
def test_each_heading_finds_its_own_example(role: Role, example: str) -> None:
    assert header_role(example) == role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("TT", Role.NUMBER),
        ("Nội dung công việc", Role.TASK),
        ("Cơ quan\nchủ trì", Role.LEAD),
        ("Đơn vị chủ trì, phối hợp", Role.LEAD),
        ("Cơ quan phối hợp thực hiện", Role.COORDINATOR),
        ("Đơn vị thực hiện", Role.LEAD),
        ("Thời hạn hoàn thành", Role.TIME),
        ("Tiến độ", Role.TIME),
        ("Kết quả, sản phẩm", Role.RESULT),
        ("Cấp uỷ theo dõi, chỉ đạo", Role.SUPERVISOR),
        ("Ghi chú", Role.NOTE),
        ("Họ và tên", None),
    ],
)
def test_header_role(heading: str, role: Role | None) -> None:
    assert header_role(heading) == role


def test_sections_and_rows() -> None:
    text, found = read(
        [
            ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"],
            [("I. Hạ tầng", 1, 5)],
            ["1", "Sửa cầu", "Sở Xây dựng", "Sở Tài chính", "Quý II/2026"],
            [("II. Con người", 1, 5)],
            ["2", "Tập huấn", "Sở Nội vụ", "", "2026"],
        ],
        "PL2",
    )
    assert [section.path for section in found.sections] == ["PL2.I", "PL2.II"]
    assert [(row.number, row.section) for row in found.rows] == [("1", "PL2.I"), ("2", "PL2.II")]
    assert values(text, found, Role.LEAD) == ["Sở Xây dựng", "Sở Nội vụ"]
    assert values(text, found, Role.COORDINATOR) == ["Sở Tài chính", ""]
    assert values(text, found, Role.TIME) == ["Quý II/2026", "2026"]


def test_head_of_two_rows_with_merged_cells() -> None:
    text, found = read(
        [
            [("STT", 2, 1), ("Tên nhiệm vụ", 2, 1), ("Cơ quan chịu trách nhiệm", 1, 2), None, ("Thời gian", 2, 1)],
            [None, None, "Chủ trì tham mưu", "Cơ quan phối hợp", None],
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            ["1", "Lập đề án", "Sở Y tế", "Các sở, ngành", "Hằng năm"],
        ]
    )
    assert list(found.columns.values()) == [Role.NUMBER, Role.TASK, Role.LEAD, Role.COORDINATOR, Role.TIME]
    assert values(text, found, Role.LEAD) == ["Sở Y tế"]


def test_first_section_is_no_second_row_of_the_head() -> None:
    text, found = read(
        [
            ["STT", "Nội dung", "Cơ quan chủ trì"],
            [("I. Lãnh đạo, chỉ đạo các cơ quan thực hiện", 1, 3)],
            ["1", "Rà soát", "Sở Tư pháp"],
        ]
    )
    assert values(text, found, Role.TASK) == ["Rà soát"]


def test_merged_cell_holds_for_every_row_that_it_covers() -> None:
    text, found = read(
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
            ["1", "Khảo sát", ("Sở Công Thương", 2, 1), "tháng 4/2026"],
            ["2", "Báo cáo", None, "tháng 5/2026"],
        ]
    )
    assert values(text, found, Role.LEAD) == ["Sở Công Thương", "Sở Công Thương"]


def test_rest_of_a_row_cut_by_a_page_break_is_joined() -> None:
    text, found = read(
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
            ["1", "Rà soát các quy hoạch", "Sở Xây dựng", "2026"],
            ["", "đã được phê duyệt", "", ""],
            ["2", "Kiểm tra", "Thanh tra tỉnh", "2027"],
        ]
    )
    assert values(text, found, Role.TASK) == ["Rà soát các quy hoạch | đã được phê duyệt", "Kiểm tra"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Họ và tên", "Chức vụ"], ["Nguyễn Văn A", "Giám đốc"]],
        [["Chỉ tiêu", "Năm 2025", "Năm 2026"], ["Số xã", "10", "12"]],
        [["1", "2"]],
    ],
)
def test_other_tables_are_none(rows: list[list[Content | None]]) -> None:
    text, made = table(rows)
    assert task_table(text, made) is None


def test_no_cells() -> None:
    assert task_table("", Table((), Span(0, 0))) is None
