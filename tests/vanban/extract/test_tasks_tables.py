"""Rows of task tables: what a cell that only says "như trên" stands for."""

from pathlib import Path

from vanban.pipeline import read

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÀ GIANG
Số: 31/KH-UBND
Hà Giang, ngày 09 tháng 02 năm 2026

KẾ HOẠCH
Chăm sóc cây xanh đô thị năm 2026

I. NHIỆM VỤ

"""


def rows(tmp_path: Path, table: str) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """Lead, partners and time of each task of a table drawn with bars."""
    path = tmp_path / "bang.txt"
    path.write_text(HEAD + table, encoding="utf-8")
    return [
        (task.lead, task.coordinating, str(task.deadline.end or task.deadline.rrule) if task.deadline else "-")
        for task in read(path).tasks
    ]


def test_bodies_and_times_are_carried_down(tmp_path: Path) -> None:
    table = (
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Phối hợp | Thời gian |\n| --- | --- | --- | --- | --- |\n"
        "| 1 | Lập danh mục cây | Sở Xây dựng | Sở Tài chính | Quý II/2026 |\n"
        "| 2 | Cắt tỉa cành khô | nt | nt | nt |\n"
        "| 3 | Trồng dặm | Như trên | Sở Nội vụ | Như trên |\n"
        '| 4 | Tưới cây | Công an tỉnh | - | " |\n'
    )
    assert rows(tmp_path, table) == [
        (("Sở Xây dựng",), ("Sở Tài chính",), "2026-06-30"),
        (("Sở Xây dựng",), ("Sở Tài chính",), "2026-06-30"),
        (("Sở Xây dựng",), ("Sở Nội vụ",), "2026-06-30"),
        (("Công an tỉnh",), (), "2026-06-30"),
    ]
