"""What is good, damaged, bare or in another language."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.reading import Page, PageDecision
from vanban.spans import Span
from vanban.text.verdict import judge, verdict

GOOD = (
    "Căn cứ tình hình thực tế tại địa phương, các đơn vị chủ động xây dựng phương án, phân công người chịu trách nhiệm, "
    "thường xuyên kiểm tra, đôn đốc và báo cáo kết quả về cơ quan thường trực trước ngày cuối cùng của mỗi quý.\n"
)
DAMAGED = (
    "Cin cứ tinh hinh thyc t€ tai dia phuong, cic don vi chi dong xdy dyng phuong 4n, phan céng ngudi chiu trdch nhi¢m, "
    "thudng xuyén ki€m tra, don déc va bdo cdo két qua vé co quan thudng tryc trudc ngay cudi cling cta mdi quy.\n"
)
ENGLISH = (
    "The committee shall report to the ministry on the results of the programme before the end of the year and propose the "
    "measures that are to be taken by each department in order to reach the objectives which have been approved.\n"
)


def bare(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        (GOOD, PageDecision.KEEP),
        (GOOD.upper(), PageDecision.KEEP),
        (DAMAGED, PageDecision.RESTORE),
        (bare(GOOD), PageDecision.RESTORE),
        (ENGLISH, PageDecision.KEEP),
        ("", PageDecision.KEEP),
        ("UBND 15/QĐ-UBND 2025", PageDecision.KEEP),
    ],
)
def test_a_text_is_judged_by_itself(text: str, decision: PageDecision) -> None:
    judged = verdict(text)
    assert judged.decision is decision
    assert bool(judged.reason) == (decision is PageDecision.RESTORE)


def test_lost_marks_are_told_apart_from_damage() -> None:
    assert verdict(bare(GOOD)).reason.startswith("Chữ đã mất dấu")
    assert verdict(DAMAGED).quality < 0.8


def test_only_the_damaged_part_of_a_good_text_is_restored() -> None:
    text = GOOD * 12 + DAMAGED * 3 + GOOD * 12
    (stretch,) = judge(text).stretches
    assert DAMAGED * 3 in stretch.of(text)
    assert len(stretch) <= len(DAMAGED * 3)


def test_a_page_that_was_read_from_its_image_is_left_alone_and_one_that_is_to_be_restored_is_restored() -> None:
    text = DAMAGED * 2 + GOOD * 2
    half = len(DAMAGED * 2)
    first, second = Page(1, Span(0, half)), Page(2, Span(half, len(text)))
    assert judge(text, (Page(1, Span(0, half), decision=PageDecision.IMAGE), second)).stretches in {(), (Span(half, len(text)),)}
    assert [one.decision for one in judge(text, (first, second)).pages] == [PageDecision.RESTORE, PageDecision.KEEP]
    wanted = Page(1, Span(0, len(GOOD)), decision=PageDecision.RESTORE)
    assert judge(GOOD, (wanted,)).stretches == (wanted.span,)


@given(st.text())
def test_every_text_has_a_verdict_in_bounds(text: str) -> None:
    judged = judge(unicodedata.normalize("NFC", text))
    assert 0 <= judged.whole.quality <= 1
    assert 0 <= judged.whole.marked <= 1
    assert all(0 <= span.start < span.end <= len(unicodedata.normalize("NFC", text)) for span in judged.stretches)
