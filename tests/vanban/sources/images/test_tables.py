"""Ruled tables on page images: their grids, and their cells read."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from tests.vanban.sources.images.draw_table import DPI, Grey, Pen, blank, grained, rule, table, written
from vanban.pipeline import read
from vanban.reading import PageDecision
from vanban.sources.images.cells import cell_column, piece_of, without_tables
from vanban.sources.images.grid import find_grids
from vanban.sources.images.lines import PlacedWord, SeenLine
from vanban.sources.images.table_lines import SeenCell, TableLine
from vanban.sources.pdf_flow import FlowLine, FlowTable, flow_of
from vanban.sources.pdf_tables import PageTable

XS, YS = [60, 130, 420, 650, 900], [120, 180, 270, 400, 520]
SIDE = 1000  # pixels: a piece of a page is quicker to look at than the whole
FONT = "DejaVuSerifCondensed.ttf"
PLAN = [
    ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"],
    ["1", "Rà soát các trường học chưa có biển cảnh báo", "Sở Xây dựng", "Công an tỉnh", "Trước ngày 15/3/2026"],
    ["2", "Tập huấn kỹ năng sơ cứu cho giáo viên", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Quý II/2026"],
    ["3", "Tuyên truyền trên hệ thống truyền thanh cơ sở", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "Thường xuyên"],
]


def sheet() -> Grey:
    """An empty piece of a page."""
    return blank(SIDE, SIDE)


def _has_font() -> bool:
    try:
        ImageFont.truetype(FONT, 20)
    except OSError:
        return False
    return True


needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
needs_font = pytest.mark.skipif(not _has_font(), reason=f"the font {FONT} is not installed")


@pytest.mark.parametrize(
    "pen",
    [Pen(), Pen(grey=190), Pen(dash=60, gap=4), Pen(dash=3, gap=6, grey=40)],
    ids=["solid", "faint", "broken", "dotted"],
)
@pytest.mark.parametrize("grain", [0, 8])
def test_grid_of_rules(pen: Pen, grain: float) -> None:
    (grid,) = find_grids(grained(table(sheet(), XS, YS, pen), grain), DPI).grids
    assert [(cell.row, cell.column) for cell in grid.cells] == [(row, column) for row in range(4) for column in range(4)]
    assert np.allclose(grid.lefts, XS[:-1], atol=4)


@pytest.mark.parametrize("angle", [-0.2, 0.2])
def test_a_lean_that_levelling_leaves(angle: float) -> None:
    page = table(sheet(), XS, YS)
    turn = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), angle, 1)
    leaning = cv2.warpAffine(page, turn, page.shape[::-1], borderValue=245).astype(np.uint8)
    (grid,) = find_grids(leaning, DPI).grids
    assert len(grid.cells) == 16


def test_doubled_rules_are_one() -> None:
    page = table(table(sheet(), XS, YS), [x + 5 for x in XS], [y + 5 for y in YS])
    (grid,) = find_grids(page, DPI).grids
    assert len(grid.cells) == 16


def test_merged_cells() -> None:
    page = table(sheet(), XS, YS[1:])
    for y in YS[:2]:
        rule(page, (XS[0], y), (XS[-1], y), Pen())
    for x in (XS[0], XS[2], XS[-1]):
        rule(page, (x, YS[0]), (x, YS[1]), Pen())
    (grid,) = find_grids(page, DPI).grids
    assert [(cell.column, cell.columns) for cell in grid.cells if cell.row == 0] == [(0, 2), (2, 2)]


@pytest.mark.parametrize(
    ("xs", "ys"),
    [([60, 940], [60, 940]), ([500, 900], [200, 300, 400]), ([200, 500], [400]), ([300, 420, 540], [700, 820])],
    ids=["border", "stamp of a register", "underline", "two boxes"],
)
def test_what_is_no_table(xs: list[int], ys: list[int]) -> None:
    assert find_grids(table(sheet(), xs, ys), DPI).grids == ()


def test_one_row_of_a_table_that_a_page_break_cuts() -> None:
    (grid,) = find_grids(table(sheet(), XS, YS[:2]), DPI).grids
    assert [cell.column for cell in grid.cells] == [0, 1, 2, 3]
    assert find_grids(table(sheet(), [x // 3 for x in XS], YS[:2]), DPI).grids == ()


def test_lines_of_letters_are_no_rules() -> None:
    page = sheet()
    for line in range(16):
        cv2.putText(page, "mmmm nnnn uuuu llll iiii EEEE HHHH", (60, 150 + 45 * line), cv2.FONT_HERSHEY_TRIPLEX, 1.0, 20, 2)
    assert find_grids(page, DPI).grids == ()


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(60, 200), min_size=2, max_size=4), st.lists(st.integers(50, 200), min_size=2, max_size=4))
def test_any_grid_is_found_whole(widths: list[int], heights: list[int]) -> None:
    xs, ys = ([100 + sum(edges[:n]) for n in range(len(edges) + 1)] for edges in (widths, heights))
    (grid,) = find_grids(table(sheet(), xs, ys), DPI).grids
    assert len(grid.cells) == len(widths) * len(heights)


def test_what_is_cut_out_goes_back_to_its_cell() -> None:
    page = table(sheet(), XS, YS)
    marks = {(row, column): (XS[column] + 30, YS[row] + 30) for row in range(4) for column in range(4)}
    for x, y in marks.values():
        page[y : y + 20, x : x + 30] = 20
    ruled = find_grids(page, DPI)
    column = cell_column(ruled, DPI)
    assert len(column.pieces) == 16
    for piece in column.pieces:
        box = (piece.left, piece.top, piece.left + piece.width, piece.top + piece.height)
        assert piece_of(column.pieces, box) is piece
        assert piece.on_page(box)[:2] == marks[piece.cell.row, piece.cell.column]
    assert without_tables(page, ruled.grids).min() > 200


HEAD = ("STT", "Nhiệm vụ", "Thời gian")


def half(*rows: tuple[str, ...]) -> TableLine:
    """One page's part of a table that was read from images."""
    cells = tuple(SeenCell(row, column, text) for row, held in enumerate(rows) for column, text in enumerate(held))
    return TableLine("", 50, 500, 400, 0, 0, 0, PageTable((50, 100, 500, 700), (50.0, 90.0, 400.0), cells, frozenset()))


def under(text: str) -> SeenLine:
    """A line under a table."""
    return SeenLine(text, 50, 500, 90, 9, 0, len(text), (PlacedWord(0, len(text), (0.1, 0.9, 0.5, 0.92)),))


@pytest.mark.parametrize(
    ("between", "head", "rows"),
    [
        ([], HEAD, [3]),
        ([], ("STT", "Nhiêm vụ", "Thời gian"), [3]),
        ([], ("2", "Rà soát", "Quý I"), [4]),
        ([under("° Kế hoạch số 5/KH-UBND ngày 02/3/2026"), under("của Ủy ban nhân dân tỉnh.")], HEAD, [3]),
        ([under("Các nhiệm vụ khác:")], HEAD, [2, 2]),
    ],
    ids=["same head", "head with a lost mark", "no head", "note under the table", "text between"],
)
def test_a_table_that_a_page_break_cuts(between: list[SeenLine], head: tuple[str, ...], rows: list[int]) -> None:
    flow = flow_of([(1, [half(HEAD, ("1", "Tập huấn", "Tháng 5")), *between]), (2, [half(head, ("3", "Tổng kết", "Tháng 9"))])])
    assert [block.rows for block in flow if isinstance(block, FlowTable)] == rows
    assert sum(isinstance(block, FlowLine) for block in flow) == len(between)


@needs_tesseract
@needs_font
def test_tasks_of_a_table_over_two_scanned_pages(tmp_path: Path) -> None:
    widths, landscape = [32, 300, 140, 140, 120], (2339, 1654)
    first, last = (Image.fromarray(written(rows, widths, FONT, landscape)) for rows in (PLAN[:3], [PLAN[0], *PLAN[3:]]))
    path = tmp_path / "plan.pdf"
    first.save(path, save_all=True, append_images=[last], resolution=DPI)
    reading = read(path)
    tasks = [(task.text, task.lead, task.coordinating, task.deadline.text if task.deadline else "") for task in reading.tasks]
    assert tasks == [(row[1], (row[2],), (row[3],), row[4]) for row in PLAN[1:]]
    (whole,) = reading.tables
    assert [" ".join(cell.span.of(reading.text).split()) for cell in whole.cells] == [cell for row in PLAN for cell in row]
    assert [page.decision for page in reading.pages] == [PageDecision.IMAGE] * 2
    words = reading.pages[0].words
    assert {word.span.of(reading.text) for word in words} >= {"Nhiệm", "trường", "15/3/2026"}
    number = next(word for word in words if word.span.of(reading.text) == "2")
    assert number.box[0] < 0.09
    assert "Tuyên" in {word.span.of(reading.text) for word in reading.pages[1].words}
