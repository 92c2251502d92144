"""Restoration as a whole: what it makes of damaged sentences, and what it leaves alone."""

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vanban.text.restore.pages import mended
from vanban.pipeline import read_text
from vanban.reading import MendKind, TextOrigin
from vanban.spans import Span
from vanban.text.restore import Hints, restore

PLAN = """UY BAN NHAN DAN CONG HOA XA HQI CHU NGHIA VIET NAM
TINH THAI NGUYEN DPoc lap - Tw do - Hanh phiic
S6:31 /KH-UBND Thai Nguyén, ngay 05thang 3 nam 2026

KE HOACH
Trién khai céng tac phong, chéng thién tai nam 2026

I. MUC PICH, YEU CAU
1. Muc dich
a) Nang cao hiéu qua céng tac phong, chong thién tai trén dia ban tinh.
I1. NHIEM VU
1. S& Néng nghiép va Méi trudng chu tri, phéi hop véi cac so, ban, nganh lién quan xay dung bao cao
két qua thuc hién Quyét dinh s6 15/QD-TTg ngay 10/2/2026 cua Thu tuéng Chinh phu, gui UBND tinh trudc
ngay 30/6/2026.
"""


def restored(text: str) -> str:
    return mended(text, restore(text, [Span(0, len(text))]))


def test_a_damaged_plan_is_read() -> None:
    text = restored(PLAN)
    for words in (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỈNH THÁI NGUYÊN Độc lập - Tự do - Hạnh phúc",
        "Số: 31/KH-UBND Thái Nguyên, ngày 05 tháng 3 năm 2026",
        "II. NHIỆM VỤ",
        "Sở Nông nghiệp và Môi trường chủ trì, phối hợp với các sở, ban, ngành liên quan",
        "Quyết định số 15/QĐ-TTg ngày 10/2/2026 của Thủ tướng Chính phủ",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("damaged", "expected"),
    [
        ("Giao Ban T6 chirc Tinh Ty chu tri kiém tra viéc thuc hién.", "Ban Tổ chức Tỉnh ủy chủ trì"),
        ("2. Pang 1y céc co quan Pang tinh linh dao viéc thuc hién.", "Đảng ủy các cơ quan Đảng tỉnh"),
        ("Ban Thudng vy Tinh 1y giao cdc co quan lién quan thuc hién.", "Ban Thường vụ Tỉnh ủy giao"),
    ],
)
def test_names_of_party_bodies_are_told_where_their_last_word_is_garbled(damaged: str, expected: str) -> None:
    assert expected in restored(damaged)


def test_a_sign_at_the_end_of_a_line_is_no_part_of_the_capital_after_it() -> None:
    text = "1. Huy déng ngudn luc cho phat trién y ¢\nTrién khai hoat dong hop tac cong tu trong linh vuc y té."
    assert "\ntriển khai" in restored(text).lower()


def test_lines_stay_lines_and_figures_stay_figures() -> None:
    mends = restore(PLAN, [Span(0, len(PLAN))])
    assert restored(PLAN).count("\n") == PLAN.count("\n")
    assert all(mend.was == mend.span.of(PLAN) and mend.was != mend.now for mend in mends)
    assert all(0 <= mend.confidence <= 1 for mend in mends)


def test_the_pipeline_restores_and_says_so() -> None:
    reading = read_text(PLAN)
    assert reading.source.text_origin is TextOrigin.RESTORED
    assert reading.source.quality < 0.8
    assert reading.raw == PLAN
    assert reading.metadata.code == "31/KH-UBND"
    assert [citation.code for citation in reading.citations] == ["15/QĐ-TTg"]
    for mend in reading.mends:
        assert mend.span.of(reading.text) == mend.now
        assert reading.offsets.to_old(mend.span).of(PLAN) == mend.was or not mend.now
    assert {"mended-symbol", "mended-heading"} <= {finding.rule for finding in reading.findings}


def test_a_clean_text_is_not_touched_and_needs_no_language_model() -> None:
    code = (
        "import sys; from vanban.pipeline import read_text\n"
        "reading = read_text('Căn cứ tình hình thực tế, các sở, ban, ngành chủ động xây dựng kế hoạch và báo cáo kết quả.\\n' * 20)\n"
        "assert not reading.mends and reading.text == reading.raw\n"
        "print('numpy' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_only_the_stretches_are_touched() -> None:
    half = PLAN.index("I. MUC")
    mends = restore(PLAN, [Span(half, len(PLAN))], Hints(province="Thái Nguyên"))
    assert mends
    assert min(mend.span.start for mend in mends) >= half


@pytest.mark.parametrize("kept", ["15/4/2026", "lien-he@thainguyen.gov.vn", "1.234,5", "98%", "VNeID", "2026 - 2030"])
def test_what_is_no_prose_stays(kept: str) -> None:
    assert kept in restored(f"Cac co quan, don vi thuc hién {kept} theo quy dinh cua phap luat.\n")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text("abcdeđghiưôéè¢&6$1| .,;:-/()'’\n\tABDĐ", max_size=120))
def test_any_text_gives_mends_that_can_be_carried_out(text: str) -> None:
    mends = restore(text, [Span(0, len(text))])
    assert all(mend.kind in MendKind for mend in mends)
    mended(text, mends)
