"""How fast a page of ruled table is read, against a run of Tesseract for each cell, and how many of its cells come out exactly.

Seconds are of the processor, of this process and those that it started: they mean the same on a busy machine. ``ocr-table`` and
``ocr-cells`` compare one model with one model; ``ocr-table-2`` and ``ocr-cells-2`` are a page as it is read, with both models,
made ready and put together.
"""

import os
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from tests.vanban.sources.images.draw_table import DPI, Grey, grained, written
from tools.bench.measure import Measured
from vanban.sources.images.cells import cell_column, piece_of
from vanban.sources.images.document import ImagePage
from vanban.sources.images.grid import find_grids
from vanban.sources.images.models import Engine, find_engine
from vanban.sources.images.recognise import Recogniser
from vanban.sources.images.table_lines import TableLine
from vanban.sources.images.tesseract import ONE_BLOCK, Runs, run
from vanban.sources.images.words import SeenWord
from vanban.text.restore.readings import combined

FONT = "DejaVuSerifCondensed.ttf"
WIDTHS = (30, 185, 90, 105, 85)
HEAD = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
WORK = (
    ("Rà soát, lập danh sách các hồ chứa nước chưa có biển cảnh báo", "Sở Nông nghiệp và Môi trường", "Ủy ban nhân dân các xã, phường"),
    ("Tập huấn kỹ năng sơ cứu cho giáo viên các trường học", "Sở Giáo dục và Đào tạo", "Sở Y tế"),
    ("Tuyên truyền trên hệ thống truyền thanh cơ sở", "Sở Văn hóa, Thể thao và Du lịch", "Báo và Đài Phát thanh, Truyền hình"),
    ("Kiểm tra việc bảo đảm an toàn giao thông đường thủy", "Sở Xây dựng", "Công an tỉnh"),
)  # fmt: skip
TIMES = ("Trước ngày 15/3/2026", "Quý II/2026", "Thường xuyên", "Tháng 9/2026")
ROWS = 16
PATIENCE = 60.0  # seconds a run


def measure() -> Iterator[Measured]:
    """Seconds a page, and the share of cells that are right to the letter."""
    rows = [HEAD, *((str(n + 1), *WORK[n % 4], TIMES[(n + n // 4) % 4]) for n in range(ROWS))]
    page = grained(written(rows, WIDTHS, FONT), 6)
    engine = find_engine()
    texts: dict[tuple[int, int], str] = {}
    mine = _processor(lambda: texts.update(_read(page, engine)))
    plain: dict[tuple[int, int], str] = {}
    peer = _processor(lambda: plain.update(_read_plainly(page, engine)))
    yield Measured("ocr-table", mine, "s", "a run of Tesseract a cell", mine / peer, "under 3.75 s and 0.5")
    exact, other = (100 * _exact(said, rows) for said in (texts, plain))
    yield Measured("ocr-cells", exact, "%", "a run of Tesseract a cell", exact / other, "over 94.5 %")
    combined([[SeenWord("quý", (0, 0, 1, 1), 0.9, (1, 1, 1))]] * 2)  # the language model is loaded once a process
    whole: dict[tuple[int, int], str] = {}
    both = _processor(lambda: whole.update(_read_whole(page, engine)))
    yield Measured("ocr-table-2", both, "s", "one model", both / mine, "")
    yield Measured("ocr-cells-2", 100 * _exact(whole, rows), "%", "one model", 100 * _exact(whole, rows) / exact, "over 94.5 %")


def _processor(work: Callable[[], object]) -> float:
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def _exact(said: dict[tuple[int, int], str], rows: Sequence[Sequence[str]]) -> float:
    cells = [(row, column, text) for row, held in enumerate(rows) for column, text in enumerate(held)]
    return sum(said.get((row, column)) == text for row, column, text in cells) / len(cells)


def _read(page: Grey, engine: Engine) -> dict[tuple[int, int], str]:
    column = cell_column(find_grids(page, DPI), DPI)
    held: dict[tuple[int, int], list[str]] = {}
    for word in run(column.image, engine.models[0], ONE_BLOCK, engine=engine, runs=Runs(), dpi=DPI):
        cell = piece_of(column.pieces, word.box).cell
        held.setdefault((cell.row, cell.column), []).append(word.text)
    return {place: " ".join(words) for place, words in held.items()}


def _read_plainly(page: Grey, engine: Engine) -> dict[tuple[int, int], str]:
    said: dict[tuple[int, int], str] = {}
    for cell in (cell for grid in find_grids(page, DPI).grids for cell in grid.cells):
        left, top, right, bottom = cell.box
        crop = page[top + 4 : bottom - 4, left + 4 : right - 4].copy()
        words: list[SeenWord] = run(crop, engine.models[0], ONE_BLOCK, engine=engine, runs=Runs(), dpi=DPI)
        said[cell.row, cell.column] = " ".join(word.text for word in words)
    return said


def _read_whole(page: Grey, engine: Engine) -> dict[tuple[int, int], str]:
    seen = Recogniser(engine, Runs(), PATIENCE).see(np.dstack([page] * 3))
    (found,) = [line.table for line in ImagePage(1, page.shape[0] * 72 / DPI, seen).lines() if isinstance(line, TableLine)]
    return {(cell.row, cell.column): " ".join(cell.text.split()) for cell in found.cells}
