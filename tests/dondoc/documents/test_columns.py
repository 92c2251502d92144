"""Letterhead, addressees and signature stand as on paper, and no character moves."""

import re
from html import unescape

import pytest

from dondoc.documents.models import DocumentReading
from dondoc.documents.paper import Paper
from dondoc.documents.runs import Mark

LEFT = ["ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA", "Số: 214/KH-UBND"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Minh Họa, ngày 08 tháng 10 năm 2026"]
WORD = "\n".join([*LEFT[:2], *RIGHT[:2], LEFT[2], RIGHT[2], "KẾ HOẠCH", "Tổng kết năm 2026", "Nội dung."])
GAPS = """\
ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH MINH HỌA                 Độc lập - Tự do - Hạnh phúc
-------                       ---------------
Số: 1986/UBND-KGVX            Minh Họa, ngày 02 tháng 11 năm 2026
V/v tăng cường bảo đảm an toàn
thực phẩm cuối năm
Kính gửi:
- Các sở: Y tế, Công Thương,
  Nội vụ;
- Công an tỉnh.
Nội dung.
Nơi nhận:                     KT. CHỦ TỊCH
- Như trên;                   PHÓ CHỦ TỊCH
- Chủ tịch, các Phó Chủ tịch
UBND tỉnh;
- Lưu: VT, KT.
                              Lương Thanh Tùng
"""
PARTY = """\
TỈNH ỦY MINH HỌA
*
Số 12-KH/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Minh Họa, ngày 15 tháng 01 năm 2026
KẾ HOẠCH
thực hiện Nghị quyết số 57-NQ/TW
Nội dung.
"""
SCANNED = """\
UBND TINH LANG SON CONG HOA XA HQI CHU NGHIA VIET NAM
SO Y TE DPoc lap - Tw do - Hanh phc
S6:309 /SYT Lang Son, ngay 28 thang 7/nam 2025
KE HOACH
Trién khai phong trao thi dua
theo nhóm
Thuc hién Quyết dinh, UBND tinh
ban hanh nhu sau:
Nội dung.
Noi nhin: TM. UY BAN NHAN DAN
- Lanh dao HDND tinh; CHU TICH
Tran Van Mau
"""


def placed(text: str, layout: tuple[tuple[int, int, str], ...] = ()) -> DocumentReading:
    """A reading whose lines before and after "Nội dung." are furniture; ``layout``: cells as column, row and words."""
    blocks, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            blocks.append([at, at + len(line), "plain" if line.startswith("Nội dung") else "furniture", 0])
        at += len(line)
    cells = [
        {"row": row, "column": column, "span": [text.index(words), text.index(words) + len(words)], "rows": 1, "columns": 1}
        for column, row, words in layout
    ]
    tables = [{"span": [0, len(text)], "page": None, "layout": True, "cells": cells}] if cells else []
    return DocumentReading(text=text, raw=text, tables=tables, pages=[], blocks=blocks)


def lines(html: str) -> list[tuple[str, str]]:
    """Look and words of every paragraph."""
    found = re.findall(r'<p(?: class="([^"]*)")? data-s="\d+">(.*?)</p>', html, re.DOTALL)
    return [(css, " ".join(unescape(re.sub("<[^>]+>", "", words)).split())) for css, words in found]


def columns(html: str, name: str) -> tuple[list[str], list[str]]:
    """What stands left and right in the block of two columns."""
    block = re.search(rf'<div class="{name}"><div>(.*?)</div><div>(.*?)</div></div>', html, re.DOTALL)
    assert block
    left, right = ([words for _, words in lines(column)] for column in block.groups())
    return left, right


def in_word() -> DocumentReading:
    cells = ((0, 0, "\n".join(LEFT[:2])), (1, 0, "\n".join(RIGHT[:2])), (0, 1, LEFT[2]), (1, 1, RIGHT[2]))
    return placed(WORD, cells)


def test_the_number_stands_under_the_issuer_and_the_day_under_the_motto() -> None:
    html = Paper(in_word(), []).html()

    assert columns(html, "dh") == (LEFT, RIGHT)
    assert [words for css, words in lines(html) if css == "ct"] == ["KẾ HOẠCH", "Tổng kết năm 2026"]


def test_without_the_table_of_the_file_the_words_say_the_column() -> None:
    assert columns(Paper(placed(WORD), []).html(), "dh") == (LEFT, RIGHT)


def test_two_columns_on_one_line_are_set_apart_at_the_gap() -> None:
    left, right = columns(Paper(placed(GAPS), []).html(), "dh")

    assert left == [*LEFT[:2], "Số: 1986/UBND-KGVX", "V/v tăng cường bảo đảm an toàn thực phẩm cuối năm"]
    assert right == [*RIGHT[:2], "Minh Họa, ngày 02 tháng 11 năm 2026"]


def test_a_gap_inside_a_number_or_a_day_to_fill_in_is_no_border() -> None:
    text = "ỦY BAN NHÂN DÂN   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố:         /KH-UBND    Minh Họa, ngày     tháng 8 năm 2026\n"

    left, right = columns(Paper(placed(text), []).html(), "dh")

    assert left[1:] == ["Số: /KH-UBND"]
    assert right[1:] == ["Minh Họa, ngày tháng 8 năm 2026"]


def test_addressees_are_not_titles() -> None:
    html = Paper(placed(GAPS), []).html()

    assert [(css, words) for css, words in lines(html) if css in {"to", "ti"}] == [
        ("to", "Kính gửi:"),
        ("ti", "- Các sở: Y tế, Công Thương, Nội vụ;"),
        ("ti", "- Công an tỉnh."),
    ]
    assert 'class="ct"' not in html


def test_who_receives_stands_left_and_who_signs_right() -> None:
    html = Paper(placed(GAPS), []).html()
    left, right = columns(html, "sg")

    assert left == ["Nơi nhận:", "- Như trên;", "- Chủ tịch, các Phó Chủ tịch", "UBND tỉnh;", "- Lưu: VT, KT."]
    assert right == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lương Thanh Tùng"]
    assert ("kt ten", "Lương Thanh Tùng") in lines(html)


def test_the_table_of_the_file_says_who_signs() -> None:
    text = "Nội dung.\nNơi nhận:\n- Như trên;\nTrưởng phòng\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐàm Quốc Việt\n"
    cells = ((0, 0, "Nơi nhận:\n- Như trên;\nTrưởng phòng"), (1, 0, "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐàm Quốc Việt"))

    left, right = columns(Paper(placed(text, cells), []).html(), "sg")

    assert left == ["Nơi nhận:", "- Như trên;", "Trưởng phòng"]
    assert right == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Đàm Quốc Việt"]


def test_a_regulation_after_the_signature_has_its_own_letterhead() -> None:
    text = (
        "Nội dung.\nCHỦ TỊCH\nTrần Văn Mẫu\nNơi nhận:\n- Như trên;\nỦY BAN NHÂN DÂN\nTỈNH MINH HỌA\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQUY CHẾ\nPhối hợp\n"
    )
    html = Paper(placed(text), []).html()

    assert columns(html, "sg") == (["Nơi nhận:", "- Như trên;"], ["CHỦ TỊCH", "Trần Văn Mẫu"])
    assert columns(html, "dh") == (LEFT[:2], RIGHT[:2])
    assert lines(html)[-2:] == [("ct", "QUY CHẾ"), ("ct", "Phối hợp")]


def test_two_who_sign_stay_in_one_column() -> None:
    text = "Nội dung.\nCHỦ TỊCH\nTrần Văn Mẫu\nBÍ THƯ\nLê Thị Hai\n"

    assert columns(Paper(placed(text), []).html(), "sg")[1] == ["CHỦ TỊCH", "Trần Văn Mẫu", "BÍ THƯ", "Lê Thị Hai"]


def test_a_party_paper_keeps_its_star() -> None:
    html = Paper(placed(PARTY), []).html()

    assert columns(html, "dh") == (["TỈNH ỦY MINH HỌA", "*", "Số 12-KH/TU"], ["ĐẢNG CỘNG SẢN VIỆT NAM", PARTY.splitlines()[4]])
    assert [words for css, words in lines(html) if css == "ct"] == ["KẾ HOẠCH", "thực hiện Nghị quyết số 57-NQ/TW"]


def test_the_body_above_the_issuer_is_not_the_issuer() -> None:
    text = "UBND TỈNH MINH HỌA\nSỞ CÔNG THƯƠNG\nSố: 1/SCT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNội dung.\n"

    assert lines(Paper(placed(text), []).html())[:3] == [
        ("up", "UBND TỈNH MINH HỌA"),
        ("cq", "SỞ CÔNG THƯƠNG"),
        ("cq no to-fill", "Số: 1/SCT"),
    ]


def test_a_scan_read_badly_still_has_two_columns() -> None:
    html = Paper(placed(SCANNED), []).html()

    assert columns(html, "dh")[0] == ["UBND TINH LANG SON", "SO Y TE", "S6:309 /SYT"]
    assert columns(html, "sg") == (["Noi nhin:", "- Lanh dao HDND tinh;"], ["TM. UY BAN NHAN DAN", "CHU TICH", "Tran Van Mau"])
    assert ("", "Thuc hién Quyết dinh, UBND tinh ban hanh nhu sau:") in lines(html)


@pytest.mark.parametrize("text", [WORD, GAPS, PARTY, SCANNED])
@pytest.mark.parametrize("marked", [False, True])
def test_every_offset_leads_to_its_characters(text: str, marked: bool) -> None:
    marks = [Mark(at, min(len(text), at + 9), at, "k") for at in range(0, len(text) - 1, 7)] if marked else []
    html = Paper(in_word() if text == WORD else placed(text), marks).html()
    held = {
        int(at): unescape(re.sub("<[^>]+>", "", words)) for at, words in re.findall(r'data-s="(\d+)">(.*?)</p>', html, re.DOTALL)
    }

    for at, words in held.items():
        assert text[at : at + len(words)] == words
    letters = "".join("".join(held[at] for at in sorted(held)).split())
    assert letters == "".join(re.sub("-{3,}", "", text).split())
