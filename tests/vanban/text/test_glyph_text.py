"""Words that stand as the glyph numbers of their font are read, by the known faces and by a place found by trying."""

from collections import Counter

import pytest

from vanban.spans import Edit, rewrite
from vanban.text.glyph_codes import ITALIC, KNOWN, Layout, find_table, is_plausible
from vanban.text.glyph_text import glyph_mends

PLAN = (
    "Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì phối hợp với các đơn vị thực hiện kế hoạch nâng cao chất lượng "
    "nguồn nhân lực đẩy mạnh tuyên truyền giữ vững ổn định khuyến khích những mô hình hiệu quả lũy kế đạt 95 "
    "bảo đảm kinh phí tổ chức kiểm tra giám sát việc chấp hành quy định của pháp luật về sử dụng ngân sách"
)
ELSEWHERE = Layout(20, 2400, 2400 - 58)


def numbers(text: str, layout: Layout) -> str:
    """The glyph numbers of ``text`` in a font of this layout, as characters; spaces kept."""
    codes = {sign: chr(glyph) for glyph, sign in layout.table().items()}
    return "".join(sign if sign == " " else codes[sign] for sign in text)


@pytest.mark.parametrize("layout", [*KNOWN, ELSEWHERE], ids=["roman", "italic", "elsewhere"])
def test_the_table_of_a_font_is_found(layout: Layout) -> None:
    table = find_table(Counter(numbers(PLAN, layout).split(" ")))
    assert table is not None
    assert numbers(PLAN, layout).translate({**table, ord(" "): " "}) == PLAN


def test_good_words_have_no_table() -> None:
    assert find_table(Counter(PLAN.split())) is None


@pytest.mark.parametrize("layout", KNOWN, ids=["roman", "italic"])
def test_a_text_of_numbers_alone(layout: Layout) -> None:
    text = numbers(PLAN, layout)
    assert rewrite(text, [Edit(mend.span, mend.now) for mend in glyph_mends(text)])[0] == PLAN


def test_a_text_with_good_words_between() -> None:
    words = [numbers(word, KNOWN[0]) if any(ord(sign) > 0x1E9F for sign in word) else word for word in PLAN.split()]
    text = " ".join([*words, "UBND", "12/KH-UBND", "30/6/2025."])
    assert rewrite(text, [Edit(mend.span, mend.now) for mend in glyph_mends(text)])[0] == f"{PLAN} UBND 12/KH-UBND 30/6/2025."


def test_a_good_text_is_left() -> None:
    assert glyph_mends(f"{PLAN} họp với ông Đặng Văn Ȧ") == []


def test_the_places_of_known_letters() -> None:
    table = Layout(block=ITALIC).table()
    assert [table[glyph] for glyph in (46, 264, 255, 109, 808, 809)] == ["K", "Đ", "đ", "ã", "Ạ", "ạ"]


@pytest.mark.parametrize(("word", "good"), [("Kế", True), ("12/KH-UBND", True), ("việcK", False), (".ӃW", False), ("Số:", True)])
def test_what_may_be_a_word(word: str, good: bool) -> None:
    assert is_plausible(word) is good
