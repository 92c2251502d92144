"""Words of a page image as its lines."""

import pytest

from vanban.sources.images.lines import lines_of
from vanban.sources.images.recognise import PageSeen
from vanban.text.restore.readings import ReadWord

SEEN = PageSeen((), (2340, 1650))


def words(row: int, text: str, left: int = 240) -> list[ReadWord]:
    return [
        ReadWord(word, word, (left + at * 110, row * 60, left + at * 110 + 90, row * 60 + 36), 0.95, (1, 1, row))
        for at, word in enumerate(text.split())
    ]


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("~ Sở Y tế;", "- Sở Y tế;"),
        (": k) Thực hiện", "k) Thực hiện"),
        ('"Trần Văn An', "Trần Văn An"),
        ("“Trần Văn An", "Trần Văn An"),
        ("`. Trần Văn An", "Trần Văn An"),
        ('"Trần Văn" An', '"Trần Văn" An'),
        ("- Sở Y tế;", "- Sở Y tế;"),
    ],
)
def test_specks_at_the_beginning_of_a_line_are_no_text(seen: str, text: str) -> None:
    assert [line.text for line in lines_of(words(3, seen), SEEN, 842)] == [text]


def test_the_signature_comes_after_the_recipients() -> None:
    rows = [*words(3, "Nơi nhận:"), *words(4, "- Như trên;"), *words(5, "- Lưu: VT."), *words(4, "Trần Văn An", left=1040)]
    assert [line.text for line in lines_of(rows, SEEN, 842)] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "Trần Văn An"]
