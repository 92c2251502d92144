"""Well-formed syllables; good text is told from damaged text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import needs_shared, shared_files
from vanban.text.quality import is_syllable, syllable_quality

GOOD = [
    "Ủy ban nhân dân các xã, phường nghiêm túc triển khai thực hiện Kế hoạch này.",
    "Sở Giáo dục và Đào tạo chủ trì, phối hợp với Công an tỉnh; báo cáo UBND tỉnh trước ngày 15/12/2025.",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 208/KH-UBND",
    "Uỷ ban hoà giải, thuỷ lợi, khuỷu tay, ngoằn ngoèo, nghiêng, quỵt, giếng, quốc, huyền, xoong, boóng",
    "Website và email của Trung tâm; nước H2SO4, 62ha, QH15, TTg, mục ii",
]
DAMAGED = [
    "Uy ban nhdn dan cdc xa, phuong nghiém tuc trién khai thuc hién Ké hoach nay.",
    "Sé Gido duc va Dao tao chi tri, phéi hgp voi Céng an tinh; bdo cdo trudc ngay",
    "&Ӝ1* HÕA XÃ +Ӝ, &+Ӫ 1*+Ƭ$ 9,ӊ7 QKLӋP vө ÿѭӧF JLDR",
    "thw%c hi$n nhi~m v? c^p b#ch, b6o c4o k6t qu4 tr67c ngàv",
]


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "giặt",
        "uống",
        "yêu",
        "khuya",
        "ngoằn",
        "huỳnh",
        "ương",
        "gì",
        "quỳ",
        "oăm",
        "xoèn",
        "ỷ",
        "đường",
        "thuở",
        "huơ",
        "ngoẹo",
        "Đắk",
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    ["hiên1", "nhdn", "thwc", "cac", "tich", "biet", "hocj", "kề́", "qyu", "ngfh", "straße", "dduong", "ndm", "cdc", "bình̀"],
)
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("text", GOOD)
def test_good_text(text: str) -> None:
    assert syllable_quality(text) >= 0.97


@pytest.mark.parametrize("text", DAMAGED)
def test_damaged_text(text: str) -> None:
    assert syllable_quality(text) <= 0.75


@pytest.mark.parametrize("text", ["", "208/KH-UBND", "12/2025 – 15 %", "UBND, HĐND, UBMTTQ"])
def test_nothing_to_judge_is_nothing_bad(text: str) -> None:
    assert syllable_quality(text) == 1.0


def test_letters_in_parts_count_alike() -> None:
    assert syllable_quality(unicodedata.normalize("NFD", GOOD[0])) == syllable_quality(GOOD[0])


@given(st.text(max_size=80))
def test_it_is_a_share(text: str) -> None:
    assert 0.0 <= syllable_quality(text) <= 1.0


@needs_shared
@pytest.mark.corpus
def test_real_texts_stand_apart() -> None:
    damaged = [
        *shared_files("corpus/text/*-ocr-eng.txt"),
        *shared_files("seeds/*.ocr.txt"),
        *shared_files("corpus/text/*brokenfont.txt"),
    ]
    clean = [path for path in shared_files("corpus/text/*.txt") if path not in damaged]
    assert max(syllable_quality(path.read_text(encoding="utf-8")) for path in damaged) < 0.75
    assert min(syllable_quality(path.read_text(encoding="utf-8")) for path in clean) > 0.9
