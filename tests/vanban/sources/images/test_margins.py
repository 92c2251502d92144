"""Stamps and notes beside the column of text."""

import pytest

from vanban.sources.images.margins import split_margin
from vanban.text.restore.readings import ReadWord

WIDTH = 1650


def line(row: int, text: str, left: int = 300, sure: float = 0.95) -> list[ReadWord]:
    """Words of a line at row ``row``, 110 pixels each."""
    return [
        ReadWord(word, word, (left + at * 110, row * 60, left + at * 110 + 90, row * 60 + 40), sure, (1, 1, row))
        for at, word in enumerate(text.split())
    ]


FULL = "các cơ quan đơn vị có liên quan tổ chức"
BODY = [line(row, FULL) for row in range(5, 13)]


def texts(pieces: list[list[ReadWord]]) -> list[str]:
    return [" ".join(word.now for word in piece) for piece in pieces]


@pytest.mark.parametrize(
    ("piece", "kept", "aside"),
    [
        (line(7, "ĐẾN", left=20), [], "ĐẾN"),
        (line(7, "TRUNG TÂM CÔNG BÁO", left=20), [], "TRUNG TÂM CÔNG BÁO"),
        (line(7, f"Số: {FULL}", left=190), [f"… {FULL}"], "Số:"),
        (line(7, "a)", left=190), ["a)"], ""),
        (line(7, "- Sở Y tế", left=190), ["- Sở Y tế"], ""),
        (line(1, "TỈNH", left=20), ["TỈNH"], ""),
        (line(14, "Lưu:", left=20), ["Lưu:"], ""),
        (line(7, "Thời gian qua", left=420), ["Thời gian qua"], ""),
    ],
)
def test_what_stands_left_of_the_column_is_no_text(piece: list[ReadWord], kept: list[str], aside: str) -> None:
    pieces, taken = split_margin([*BODY, piece], WIDTH)
    assert texts(pieces)[len(BODY) :] == kept
    assert " ".join(word.now for word in taken) == aside


def test_doubtful_words_beside_a_stamp_go_with_it() -> None:
    covered = [
        *line(7, "Ngày:", left=190),
        *line(7, "lêt xqz", left=300, sure=0.4),
        *line(7, "quản lý nhà nước về cải cách", left=520),
    ]
    pieces, taken = split_margin([*BODY, covered], WIDTH)
    assert texts(pieces)[-1] == "… quản lý nhà nước về cải cách"
    assert [word.now for word in taken] == ["Ngày:", "lêt", "xqz"]


def test_a_page_without_a_column_is_left_alone() -> None:
    pieces = [line(row, "Tổng số", left=20 + 300 * (row % 3)) for row in range(9)]
    assert split_margin(pieces, WIDTH) == (pieces, [])


def test_lines_that_open_a_paragraph_stand_further_in_and_the_others_stay() -> None:
    """Paragraphs of two lines: the first is full and set in, the second short and at the column's edge."""
    page = [
        piece
        for row in range(5, 19, 2)
        for piece in (line(row, FULL, left=300), line(row + 1, "hằng năm theo quy định.", left=190))
    ]
    assert split_margin(page, WIDTH) == (page, [])
