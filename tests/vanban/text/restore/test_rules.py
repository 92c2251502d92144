"""Rules that know the form of a document: symbols, dates, numerals, letterhead, junk, lines, acronyms, capitals, memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.text.restore.pages import damaged, mended
from vanban.reading import MendKind
from vanban.spans import Span
from vanban.text.restore import set_right
from vanban.text.restore.acronyms import acronym
from vanban.text.restore.case import high_share, like
from vanban.text.restore.dates import date_mends
from vanban.text.restore.junk import junk_mends
from vanban.text.restore.letterhead import letterhead_mends
from vanban.text.restore.lone_capitals import with_small_letters
from vanban.text.restore.memory import remembered
from vanban.text.restore.numerals import congress_mends, heading_mends
from vanban.text.restore.quarters import figures_of, quarter_mends, with_quarters
from vanban.text.restore.readings import ReadWord
from vanban.text.restore.symbols import symbol_mends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyet dinh s6 15/QD-TTg ngay", "Quyet dinh số 15/QĐ-TTg ngay"),
        ("Quyét dinh sb 7/Qb-LDTBXH", "Quyét dinh số 7/QĐ-LĐTBXH"),
        ("Nghi dinh so 40/2020/ND-CP", "Nghi dinh số 40/2020/NĐ-CP"),
        ("S6:31 /KH-UBND", "Số: 31/KH-UBND"),
        ("$6 12 -KH/TU", "Số: 12-KH/TU"),
        ("Ké hoach s& 33-KE/TU", "Ké hoach số 33-KH/TU"),
        ("Nghi quyét s6 02-NQ/PH", "Nghi quyét số 02-NQ/ĐH"),
        ("theo T5-NQ/TW", "theo 75-NQ/TW"),
        ("15/2016/ND-\nCP ngay", "15/2016/NĐ-\nCP ngay"),
        ("phan 24/7 va 3/4 so xa", "phan 24/7 va 3/4 so xa"),
    ],
)
def test_symbols_take_their_form(text: str, expected: str) -> None:
    assert mended(text, symbol_mends(damaged(text))) == expected


def test_a_letter_in_a_number_is_a_mend_of_a_number() -> None:
    mends = symbol_mends(damaged("Nghi quyet s6 75-NQ/TW; theo T5-NQ/TW"))
    assert [(mend.was, mend.now, mend.kind) for mend in mends if mend.kind is MendKind.NUMBER] == [
        ("T5-NQ/TW", "75-NQ/TW", MendKind.NUMBER)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Noi A, ngay 07thang 8 nam 2025", "Noi A, ngày 07 tháng 8 năm 2025"),
        ("Noi A, ngdy 28 thang 7/nam 2025", "Noi A, ngày 28 tháng 7 năm 2025"),
        ("tir thang 10 nim 2025 dén", "tir tháng 10 năm 2025 dén"),
        ("Dén nim 203 0, ngudi dan", "Dén nim 2030, ngudi dan"),
        ("ngày 05 tháng 6 năm 2025", "ngày 05 tháng 6 năm 2025"),
    ],
)
def test_dates_keep_their_figures_and_take_their_words(text: str, expected: str) -> None:
    assert mended(text, date_mends(damaged(text))) == expected


def test_a_stroke_that_is_taken_from_a_date_is_told() -> None:
    (told,) = (mend for mend in date_mends(damaged("ngay 28 thang 7/nam 2025")) if mend.kind is MendKind.DATE)
    assert (told.was, told.now) == ("7/nam", "7 năm")


HEADINGS = (
    "{}. MUC PICH YEU CAU\nnoi dung\n{}. NHIEM VU GIAI PHAP\nnoi dung\n{}. KINH PHI THUC HIEN\nnoi dung\n{}. TO CHUC THUC HIEN\n"
)


@pytest.mark.parametrize(
    "figures",
    [
        ("I", "II", "III", "IV"),
        ("|", "I1", "I1l", "IV"),
        ("1", "11", "111", "1V"),
        ("I", "1I", "III", "V"),
        ("l", "II", "IlI", "IV"),
        ("I", "H", "HI", "IV"),
    ],
)
def test_headings_follow_one_another(figures: tuple[str, ...]) -> None:
    text = HEADINGS.format(*figures)
    assert mended(text, heading_mends(damaged(text))) == HEADINGS.format("I", "II", "III", "IV")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a) Mot viec\nb) Hai viec\n¢) Ba viec\nd) Bon viec\nd) Nam viec\n",
            "a) Mot viec\nb) Hai viec\nc) Ba viec\nd) Bon viec\nđ) Nam viec\n",
        ),
        ("3. Ba viec\n4, Bon viec\n", "3. Ba viec\n4. Bon viec\n"),
        ("3. Ba viec\n9, Chin viec\n", "3. Ba viec\n9, Chin viec\n"),
    ],
)
def test_items_follow_one_another(text: str, expected: str) -> None:
    assert mended(text, heading_mends(damaged(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pai hoi lan thir X1V cua", "Pai hoi lần thứ XIV cua"),
        ("lan tha X111 va lan tha X1l", "lần thứ XIII va lần thứ XIII"),
        ("Qudc hoi khoa X VI va", "Qudc hoi khoa XVI va"),
        ("lan thir XIIV", "lan thir XIIV"),
    ],
)
def test_congresses_have_roman_figures(text: str, expected: str) -> None:
    assert mended(text, congress_mends(damaged(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quý 11/2026 va", "Quý II/2026 va"),
        ("hết quý lV năm 2026", "hết quý IV năm 2026"),
        ("quy 111/2026, so A", "quy III/2026, so A"),
        ("Quý I-1I/2026", "Quý I-II/2026"),
        ("Từ quý H/2026", "Từ quý II/2026"),
        ("quý 1/2026, quý 3, quý II", "quý 1/2026, quý 3, quý II"),
        ("ong Le Quý T, quý 12, quỹ 11 dong", "ong Le Quý T, quý 12, quỹ 11 dong"),
    ],
)
def test_a_year_has_four_quarters(text: str, expected: str) -> None:
    assert mended(text, quarter_mends(damaged(text))) == expected


@pytest.mark.parametrize(
    ("seen", "other", "expected"),
    [
        ("11/2026,", "11/2026,", "II/2026,"),
        ("1/2026", "II/2026", "II/2026"),
        ("1", "1", "1"),
        ("I/2026", "II/2026", "I/2026"),
        ("1/2026", "11/2027", "1/2026"),
        ("H/2026", "II/2026", "II/2026"),
        ("H,", "H,", "H,"),
        ("12", "II", "12"),
    ],
)
def test_a_quarter_in_two_readings(seen: str, other: str, expected: str) -> None:
    words = [ReadWord(word, word, (0, 0, 1, 1), 0.4, (1, 1, 1)) for word in ("Quý", seen, "và", "11")]
    read = with_quarters(words, ["Quy", other, "", "11"])
    assert [word.now for word in read] == ["Quý", expected, "và", "11"]
    assert (read[1].kind is MendKind.NUMBER) == (seen != expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("phù hợp VỚI việc", "phù hợp với việc"),
        ("theo ĐÚNG, đủ", "theo đúng, đủ"),
        ("của UBND tỉnh", "của UBND tỉnh"),
        ("ông LÊ VĂN A", "ông LÊ VĂN A"),
        ("xong. VỀ việc", "xong. VỀ việc"),
        ("ngành GTVT và TÀI chính", "ngành GTVT và tài chính"),
        ("KẾ HOẠCH VỀ việc", "KẾ HOẠCH VỀ việc"),
    ],
)
def test_capitals_alone_among_small_letters(text: str, expected: str) -> None:
    words = [ReadWord(word, word, (0, 0, 1, 1), 0.9, (1, 1, 1)) for word in text.split(" ")]
    assert " ".join(word.now for word in with_small_letters(words)) == expected


@given(st.sampled_from(["I", "II", "III", "IV", "1", "2", "3", "4"]))
def test_a_quarter_that_may_be_stands(figure: str) -> None:
    assert figures_of(figure) == figure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UY BAN NHAN DAN CONG HOA XA HQI CHU NGHIA VIET NAM", "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("DPoc lap - Tw do - Hanh phc", "Độc lập - Tự do - Hạnh phúc"),
        ("TINH LANG SON", "TỈNH LẠNG SƠN"),
        ("CHiITHI —", "CHỈ THỊ"),
        (
            "Noi nhgn: TM. UY BAN NHAN DAN\n- Lanh dao HDND tinh; KT. CHU TICH\n2O CHU TICH",
            "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Lanh dao HDND tinh; KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        ),
        ("Cac so va cac xa", "Cac so va cac xa"),
    ],
)
def test_letterhead_and_signature_are_known_word_for_word(text: str, expected: str) -> None:
    assert mended(text, letterhead_mends(damaged(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cac so\n: thuc hien ngay\n^~\n12\n", "Cac so\nthuc hien ngay\n\n12\n"),
        (
            "Noi nhan:\n- CT, PCT UBND tinh; sy Ox\n- So Y te; Van phong tinh\n",
            "Noi nhan:\n- CT, PCT UBND tinh;\n- So Y te; Van phong tinh\n",
        ),
    ],
)
def test_junk_is_dropped_and_words_are_not(text: str, expected: str) -> None:
    assert mended(text, junk_mends(damaged(text))) == expected


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("HDND", "HĐND"),
        ("BCD", "BCĐ"),
        ("LDTBXH", "LĐTBXH"),
        ("UBND", "UBND"),
        ("TDKT", "TĐKT"),
        ("hdnd", ""),
        ("HD", "HD"),
        ("XYZW", ""),
    ],
)
def test_acronyms_are_known_under_their_damaged_form(word: str, form: str) -> None:
    assert acronym(word) == form


@pytest.mark.parametrize(
    ("was", "words", "chance", "begins", "expected"),
    [
        ("Chu’O’ng", "chương", 0.5, False, "Chương"),
        ("Pang", "đảng", 0.5, False, "Đảng"),
        ("bé", "đề", 0.1, True, "Đề"),
        ("Khai", "khai", 0.001, False, "khai"),
        ("viec", "việc", 0.3, True, "việc"),
        ("6", "ở", 0.1, False, "ở"),
    ],
)
def test_capitals_are_kept_where_they_can_be_trusted(was: str, words: str, chance: float, begins: bool, expected: str) -> None:
    assert like(was, words, capitals=False, chance=chance, begins=begins) == expected


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy", min_size=1))
def test_a_word_among_capitals_is_in_capitals(word: str) -> None:
    assert like(word, word, capitals=True, chance=0.0, begins=False) == word.upper()
    assert high_share(word.upper()) == 1.0


def test_a_document_tells_of_its_doubtful_words_where_it_was_certain() -> None:
    sure = [(word, 0.99) for word in ("tăng", "tốc", "bứt", "phá", "hoàn", "thành")]
    doubtful = [("tăng", 0.99), ("tốc", 0.99), ("bị", 0.4), ("phá", 0.99)]
    told = remembered([*sure, ("", 1.0), *doubtful])
    assert {at: set(words) for at, words in told.items()} == {9: {"bứt"}}
    assert remembered(sure) == {}


def test_a_page_read_from_its_image_is_set_right_by_its_form() -> None:
    text = "I. MỤC ĐÍCH, YÊU CẦU\nNâng cao trách nhiệm.\nH. NHIỆM VỤ, GIẢI PHÁP\nRà soát quy chế.\nHI. TỔ CHỨC THỰC HIỆN\nSở Y tế chủ trì.\nNơi nhận:\n- Như trên;\nTM. ỦY BAN NHÂN DÂN\nKT, CHỦ TỊCH\nPHÓ CHỦ TỊCH\n"
    mends = set_right(text, [Span(0, len(text))])
    assert [(mend.was, mend.now) for mend in mends if mend.kind is MendKind.HEADING] == [("H", "II"), ("HI", "III")]
    assert "KT. CHỦ TỊCH" in mended(text, mends)
    assert "Nâng cao trách nhiệm.\n" in mended(text, mends)
