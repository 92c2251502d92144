"""What was typed → terms; where they stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.search.rules import Term, bare_words, excerpt, highlighted, terms_of


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ()),
        ("  ,;  ", ()),
        ("Tổng kết", (Term(("tổng",)), Term(("kết",), begins=True))),
        ("tổng kết ", (Term(("tổng",)), Term(("kết",), begins=True))),
        ("208/KH-UBND", (Term(("208", "kh", "ubnd"), begins=True),)),
        ('"y tế cơ sở" 2026', (Term(("y", "tế", "cơ", "sở")), Term(("2026",), begins=True))),
        ('báo cáo "quý I"', (Term(("báo",)), Term(("cáo",)), Term(("quý", "i")))),
        ('" OR 1=1', (Term(("or",)), Term(("1", "1")))),
        ("x", (Term(("x",)),)),
    ],
)
def test_terms(query: str, expected: tuple[Term, ...]) -> None:
    assert terms_of(query.strip()) == expected


def test_a_flood_of_words_is_cut() -> None:
    assert sum(len(term.words) for term in terms_of("một " * 100)) == 12


def test_bare_words_have_no_signs() -> None:
    assert bare_words("Số 208/KH-UBND,", "Đến NĂM") == "so 208 kh ubnd den nam"


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("Sở Y tế chủ trì, phối hợp", "so y te", ["Sở", "Y", "tế"]),
        ("Sở Y tế chủ trì", '"sở y tế"', ["Sở Y tế"]),
        ("Kế hoạch số 208/KH-UBND ngày 07/8", "208/kh-ubnd", ["208/KH-UBND"]),
        ("tổng kết chương trình", "chươ", ["chương"]),
        ("tổng kết", "không", []),
    ],
)
def test_the_words_are_marked_where_they_stand(text: str, query: str, marked: list[str]) -> None:
    assert [words for words, wanted in highlighted(text, terms_of(query)) if wanted] == marked


def test_an_excerpt_shows_the_passage_and_says_what_is_left_out() -> None:
    text = "mở đầu " * 60 + "Sở Nội vụ tổng hợp kết quả " + "sau đó " * 60
    pieces = excerpt(text, terms_of("nội vụ"))

    whole = "".join(words for words, _ in pieces)
    assert "Sở Nội vụ tổng hợp" in whole
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 300


def test_an_excerpt_of_a_text_without_the_words_is_its_beginning() -> None:
    assert excerpt("Điều 1. Phê duyệt", terms_of("không")) == [("Điều 1. Phê duyệt", False)]
    assert excerpt("", terms_of("không")) == []


@given(st.text(alphabet="aàáăâđeêioôơuưybcdnt \n,./", max_size=300), st.text(alphabet="aăâeiyntđ /", max_size=12))
def test_pieces_make_the_text_again(text: str, query: str) -> None:
    assert "".join(words for words, _ in highlighted(text, terms_of(query))) == " ".join(text.split())
