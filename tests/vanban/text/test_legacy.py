"""Text of the encodings before Unicode is told from Unicode, however damaged, and read as what it says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import needs_shared, shared_files
from vanban.reading import MendKind
from vanban.spans import Edit, rewrite
from vanban.text.encoded import encoding_mends
from vanban.text.legacy import encoding_of, font_encoding, in_font, legacy_mends
from vanban.text.legacy_tables import ENCODINGS, Encoding

PLAN = """ỦY BAN NHÂN DÂN TỈNH
Thực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2025, Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì, phối hợp với các đơn vị
xây dựng báo cáo, hoàn thành trước ngày 30/6/2025; đẩy mạnh tuyên truyền, nâng cao chất lượng nguồn nhân lực, giữ vững
ổn định, khuyến khích những mô hình hiệu quả, lũy kế đạt 95%.
"""


def written_in(text: str, encoding: Encoding) -> str:
    """``text`` as it stands in ``encoding``."""
    signs: dict[str, str] = {}
    for written, letter in encoding.letters.items():
        signs.setdefault(letter, written)
    return "".join(signs.get(sign, sign) for sign in text)


def mended(text: str) -> str:
    return rewrite(text, [Edit(mend.span, mend.now) for mend in encoding_mends(text)])[0]


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.name)
def test_a_plan_in_an_older_encoding_is_read(encoding: Encoding) -> None:
    text = written_in(PLAN, encoding)
    assert encoding_of(text) is encoding
    assert mended(text).casefold() == PLAN.casefold()  # TCVN3 has no capitals with tones


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ñy ban nh©n d©n tØnh giao Së Y tÕ chñ tr×, phèi hîp víi c¸c ®¬n vÞ liªn quan thùc hiÖn kÕ ho¹ch", "TCVN3"),
        ("UÛY BAN NHAÂN DAÂN TÆNH giao Sôû Y teá chuû trì, phoái hôïp vôùi caùc ñôn vò thöïc hieän keá hoaïch", "VNI"),
        ("Thu+.c hie^.n Ke^' hoa.ch, U?y ban nha^n da^n giao So+? Y te^'", "VIQR"),
        ("Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì, phối hợp với các đơn vị thực hiện kế hoạch", None),
        ("Uy ban nhdn dan tinh giao So Y té chu tri, phéi hop voi cdc don vi thuc hién ké hoach", None),
        ("The committee asks every department to report before the end of the year.", None),
        ("Le comité prépare une réunion générale à l'école française, près de l'hôtel.", None),
        ("", None),
    ],
)
def test_encodings_are_told_apart(text: str, name: str | None) -> None:
    found = encoding_of(text)
    assert (found.name if found else None) == name


def test_one_foreign_name_in_a_good_text_is_left() -> None:
    assert legacy_mends(PLAN + "Ông Muñoz và bà Ångström dự họp.") == []


def test_mends_keep_what_stood_there() -> None:
    text = "Ké ho¹ch. ñy ban nh©n d©n tØnh giao Së Y tÕ"
    mends = legacy_mends(text)
    assert mends
    for mend in mends:
        assert mend.span.of(text) == mend.was != mend.now
        assert mend.kind is MendKind.ENCODING


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("(Sở Y tế tỉnh bаn hành)", "(Sở Y tế tỉnh ban hành)"),
        ("Sở Y tế tỉnh bаn hành", "Sở Y tế tỉnh ban hành"),  # Cyrillic а
        ("kế hоạch cοng tác", "kế hoạch cong tác"),  # Cyrillic о, Greek ο
        ("Аn Giang", "An Giang"),
        ("план работы", "план работы"),
        ("hệ số α và β", "hệ số α và β"),
        ("α1 2а3", "α1 2а3"),
    ],
)
def test_letters_that_look_alike(was: str, now: str) -> None:
    assert mended(was) == now


@pytest.mark.parametrize(
    ("font", "written", "now"),
    [
        (".VnTime", "KÕ ho¹ch", "Kế hoạch"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        (".VnArial NarrowH", "ñy ban", "ỦY BAN"),
        ("ABCDEE+.VnTime", "Së", "Sở"),
        ("VNI-Times", "Keá hoaïch", "Kế hoạch"),
        ("Times New Roman", "Kế hoạch", "Kế hoạch"),
        (".VnTime", "Kế hoạch", "Kế hoạch"),
    ],
)
def test_a_font_tells_the_encoding(font: str, written: str, now: str) -> None:
    assert in_font(written, font) == now


def test_fonts_of_today_have_no_encoding_of_their_own() -> None:
    assert font_encoding("Arial") == (None, False)


@given(st.text(max_size=300))
def test_mends_are_in_order_and_inside(text: str) -> None:
    mends = encoding_mends(text)
    assert all(mend.span.of(text) == mend.was for mend in mends)
    assert all(one.span.end <= other.span.start for one, other in pairwise(mends))


@needs_shared
@pytest.mark.corpus
def test_no_document_at_hand_is_of_the_old_fonts() -> None:
    paths = (*shared_files("corpus/text/*.txt"), *shared_files("seeds/*.txt"))
    good = [path for path in paths if "brokenfont" not in path.name]
    assert [path.name for path in good if encoding_mends(path.read_text(encoding="utf-8"))] == []
