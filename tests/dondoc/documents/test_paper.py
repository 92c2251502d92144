"""The paper: every part says where it begins and holds exactly those characters, whatever is marked."""

import random
from html.parser import HTMLParser

import pytest

from dondoc.documents.models import DocumentReading
from dondoc.documents.paper import Paper
from dondoc.documents.runs import Mark
from tests.dondoc.factories.documents import TEXT

TABLE = "STT\tNội dung\n1\tViệc <một> & hai\n"
LONG = TEXT + TABLE + "Nơi nhận:\n- Như trên;\nTM. ỦY BAN NHÂN DÂN\nNguyễn Văn Mẫu\n[1] Chú thích.\n"
LETTERHEAD = 7
AT_END = 5


def table() -> dict[str, object]:
    start = LONG.index("STT")

    def cell(row: int, column: int, words: str, **more: int) -> dict[str, object]:
        at = LONG.index(words, start)
        return {"row": row, "column": column, "span": [at, at + len(words)], "rows": 1, "columns": 1, **more}

    cells = [cell(0, 0, "STT"), cell(0, 1, "Nội dung"), cell(1, 0, "1"), cell(1, 1, "Việc <một> & hai", columns=2)]
    return {"span": [start, start + len(TABLE)], "page": None, "layout": False, "cells": cells}


def blocks() -> list[list[object]]:
    held: list[list[object]] = []
    at = 0
    lines = LONG.splitlines(keepends=True)
    for number, line in enumerate(lines):
        kind = "furniture" if number < LETTERHEAD or number >= len(lines) - AT_END else "plain"
        if line.startswith("I. "):
            kind = "heading"
        held.append([at, at + len(line), kind, 1])
        at += len(line)
    return held


def reading() -> DocumentReading:
    pages = [{"number": 1, "span": [0, 300]}, {"number": 2, "span": [LONG.index("3. Phấn đấu"), len(LONG)]}]
    return DocumentReading(text=LONG, raw=LONG, tables=[table()], pages=pages, blocks=blocks())


class Parts(HTMLParser):
    """Offset → the characters of the element that says it begins there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.held: dict[int, str] = {}
        self.marked: list[tuple[str, str]] = []
        self._at: int | None = None
        self._mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        if "data-s" in facts:
            self._at = int(facts["data-s"] or 0)
            assert self._at not in self.held
            self.held[self._at] = ""
        if tag == "mark":
            self._mark = facts["data-k"] or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "td", "th"}:
            self._at = None
        if tag == "mark":
            self._mark = ""

    def handle_data(self, data: str) -> None:
        if self._at is not None:
            self.held[self._at] += data
            if self._mark:
                self.marked.append((self._mark, data))


def parts(marks: list[Mark], selected: int | None = None) -> Parts:
    parser = Parts()
    parser.feed(Paper(reading(), marks, selected).html())
    return parser


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_marked_the_characters_stay_in_their_place(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable cases
    marks = []
    for ident in range(chance.randint(0, 30)):
        start = chance.randrange(len(LONG) - 1)
        marks.append(Mark(start, min(len(LONG), start + chance.randint(1, 120)), ident, "k"))

    found = parts(marks, selected=chance.randint(0, 30))

    for start, words in found.held.items():
        assert LONG[start : start + len(words)] == words
    assert "".join("".join(found.held[at] for at in sorted(found.held)).split()) == "".join(LONG.split())


def test_the_shortest_mark_lies_on_top() -> None:
    start = LONG.index("Sở Nội vụ hướng dẫn")
    found = parts([Mark(start, start + 31, 1, "k"), Mark(start, start + 9, 2, "w")])

    assert found.marked[0] == ("2 1", "Sở Nội vụ")
    assert found.marked[1] == ("1", " hướng dẫn khen thưởng")


def test_the_passage_that_was_asked_for_is_named_once_at_its_own_place() -> None:
    start = LONG.index("Sở Nội vụ")
    html = Paper(reading(), [Mark(0, 5, 7, "k", own=False), Mark(start, start + 9, 7, "k")], 7).html()

    assert html.count('id="doan"') == 1
    assert '<mark class="k sel" data-k="7">ỦY BA</mark>' in html
    assert '<mark class="k sel" data-k="7" data-m="7" id="doan">Sở Nội vụ</mark>' in html


def test_a_table_is_a_table_and_its_text_is_no_markup() -> None:
    html = Paper(reading(), []).html()

    assert html.count("<table>") == 1
    assert ">STT</th>" in html
    assert 'colspan="2"' in html
    assert "Việc &lt;một&gt; &amp; hai</td>" in html


def test_letterhead_signature_notes_and_pages_have_their_places() -> None:
    html = Paper(reading(), []).html()

    left, right = html.split('<div class="dh">')[1].split("</div><div>", 1)
    assert "TỈNH MINH HỌA" in left
    assert "CỘNG HÒA" in right
    assert '<p class="nn"' in html
    assert ">Nguyễn Văn Mẫu</p>" in html.split('<div class="sg">')[1]
    assert '<p class="fn"' in html
    assert 'data-page="2">Trang 2</div>' in html
    assert html.index("Trang 2") < html.index("3. Phấn đấu")


def test_a_reading_without_blocks_is_set_line_by_line() -> None:
    html = Paper(DocumentReading(text="Một.\n\nHai.\n", tables=[], pages=[], blocks=[]), []).html()

    assert html == '<p data-s="0">Một.</p><p data-s="6">Hai.</p>'


def test_a_reading_of_nothing_is_an_empty_paper() -> None:
    assert Paper(DocumentReading(text="", tables=[], pages=[], blocks=[]), []).html() == ""
