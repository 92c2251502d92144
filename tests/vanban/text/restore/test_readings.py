"""Two invented readings of a page become one."""

import pytest

from vanban.reading import MendKind
from vanban.sources.images.words import SeenWord
from vanban.text.restore.readings import ReadWord, combined

WIDTH, HEIGHT = 90, 40


def reading(*lines: str, sure: float = 0.95) -> list[SeenWord]:
    """Lines of words, each in a place of its own; "_" leaves a place empty, "?" before a word makes it doubtful."""
    return [
        SeenWord(
            text.lstrip("?"),
            (200 + at * 100, 100 + row * 80, 200 + at * 100 + WIDTH, 100 + row * 80 + HEIGHT),
            0.3 if text.startswith("?") else sure,
            (1, 1, row + 1),
        )
        for row, line in enumerate(lines)
        for at, text in enumerate(line.split())
        if text != "_"
    ]


def said(words: list[ReadWord]) -> str:
    return " ".join(word.now for word in words)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Sở Y tế chủ trì tổng hợp", "Sở Y tế chủ trì tông hợp", "Sở Y tế chủ trì tổng hợp"),
        ("Sở Y tế chủ trì tông hợp", "Sở Y tế chủ trì tổng hợp", "Sở Y tế chủ trì tổng hợp"),
        ("các cơ quan đề tổng hợp", "các cơ quan đê tổng hợp", "các cơ quan để tổng hợp"),
        ("trước ngày ?70/9/2025", "trước ngày 10/9/2025", "trước ngày 10/9/2025"),
        ("ngày Ø3 tháng 4", "ngày Ø3 tháng 4", "ngày 03 tháng 4"),
        ("chỉ số PCI của tỉnh", "chỉ số PCI của tỉnh", "chỉ số PCI của tỉnh"),
        ("chủ trì _ hợp với", "chủ trì phối hợp với", "chủ trì phối hợp với"),
        ("chủ trì _ hợp với", "chủ trì ?xqz hợp với", "chủ trì hợp với"),
    ],
)
def test_two_readings_make_one(one: str, two: str, expected: str) -> None:
    assert said(combined([reading(one), reading(two)])) == expected


def test_a_line_that_one_alone_saw_is_put_in_where_the_place_is_empty() -> None:
    words = combined([reading("Sở Y tế chủ trì", "phối hợp với Công an"), reading("Sở Y tế chủ trì", "_", "tổ chức thực hiện")])
    assert said(words) == "Sở Y tế chủ trì phối hợp với Công an tổ chức thực hiện"
    assert len({word.line for word in words}) == 3


def test_a_mend_tells_what_was_seen() -> None:
    word = combined([reading("ngày Ø3 tháng 4")])[1]
    assert (word.was, word.now, word.kind) == ("Ø3", "03", MendKind.NUMBER)


def test_two_doubtful_readings_that_agree_are_believed() -> None:
    alone = combined([reading("?/UBND-KT")])[0]
    both = combined([reading("?/UBND-KT"), reading("?/UBND-KT")])[0]
    assert alone.confidence == 0.3
    assert both.confidence > 0.5


def test_no_reading_gives_no_words() -> None:
    assert combined([]) == combined([[], []]) == []
