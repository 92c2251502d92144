"""One normal form, and a map that leads each character back to where it was read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import needs_shared, shared_files
from vanban.spans import OffsetMap, Span
from vanban.text.normalise import normalise

SENTENCE = "Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì, báo cáo trước ngày 10/9/2025."
PIECES = st.sampled_from(
    [
        "Kế",
        "hoạch",
        "số",
        "208/KH-UBND",
        "đ",
        "ữ",
        "\u00a0",
        "\u200b",
        "\u00ad",
        "\r\n",
        "\r",
        "\n",
        "\t",
        " ",
        "–",
        "\u2011",
        "\ufeff",
        "\u2028",
        "\u0301",
        "2025",
    ]
)
MIXED = st.lists(
    st.one_of(PIECES, PIECES.map(lambda piece: unicodedata.normalize("NFD", piece)), st.characters(codec="utf-8"))
).map("".join)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", ""),
        (SENTENCE, SENTENCE),
        (unicodedata.normalize("NFD", SENTENCE), SENTENCE),
        ("Kế\u00a0hoạch\u2009số\u202f208", "Kế hoạch số 208"),
        ("một\r\nhai\rba\u2028bốn\x0bnăm\x0c", "một\nhai\nba\nbốn\nnăm\n"),
        ("trách\u00ad nhiệm\u200b của\ufeff", "trách nhiệm của"),
        ("QĐ\u2011UBND, 2021 – 2025 — giai đoạn", "QĐ-UBND, 2021 – 2025 — giai đoạn"),
        ("Ðiều 1. QÐ-TTg", "Điều 1. QĐ-TTg"),
        ("\uf0b7 Một\n\uf02d Hai", "• Một\n- Hai"),
        ("e\u0302\u0323 va\u0300 e\u0323\u0302", "ệ và ệ"),
        ("a\u200b\u0301", "á"),
        ("tab\tgiữ nguyên", "tab\tgiữ nguyên"),
        ("giữ \x00\x07nguyên", "giữ nguyên"),
    ],
)
def test_normal_form(raw: str, expected: str) -> None:
    assert normalise(raw)[0] == expected


def test_a_clean_text_has_the_identity_for_a_map() -> None:
    assert normalise(SENTENCE) == (SENTENCE, OffsetMap.identity(len(SENTENCE)))


def test_a_composed_letter_leads_back_to_its_parts() -> None:
    raw = "Ke\u0302\u0301 hoa\u0323ch"
    text, offsets = normalise(raw)
    assert text == "Kế hoạch"
    assert offsets.to_old(Span(1, 2)).of(raw) == "e\u0302\u0301"
    assert offsets.to_old(Span(3, 8)).of(raw) == "hoa\u0323ch"
    assert offsets.to_new(Span(5, 10)) == Span(3, 7)


def test_one_word_is_found_in_the_raw_text_behind_odd_signs() -> None:
    raw = "\ufeffSố:\u00a0\u00a012\r\nKe\u0302\u0301\u00a0hoạch"
    text, offsets = normalise(raw)
    start = text.index("hoạch")
    assert offsets.to_old(Span(start, start + 5)).of(raw) == "hoạch"


@given(MIXED)
def test_normal_form_is_reached_at_once(raw: str) -> None:
    text, _ = normalise(raw)
    assert normalise(text) == (text, OffsetMap.identity(len(text)))
    assert unicodedata.is_normalized("NFC", text)


@given(MIXED)
def test_every_stretch_leads_into_the_raw_text_in_order(raw: str) -> None:
    text, offsets = normalise(raw)
    before = Span(0, 0)
    for index in range(len(text)):
        old = offsets.to_old(Span(index, index + 1))
        assert Span(0, len(raw)).contains(old)
        assert old.start >= before.start
        assert old.end >= before.end
        before = old


@given(MIXED)
def test_a_character_that_leads_to_one_character_is_that_one_or_its_normal_form(raw: str) -> None:
    text, offsets = normalise(raw)
    for index, sign in enumerate(text):
        old = offsets.to_old(Span(index, index + 1)).of(raw)
        if len(old) == 1 and (old.isascii() and old.isprintable()):
            assert sign == old
        if sign.isdecimal() and sign.isascii():
            assert sign in unicodedata.normalize("NFC", old)


@given(MIXED)
def test_figures_and_plain_letters_are_neither_lost_nor_made(raw: str) -> None:
    def plain(text: str) -> str:
        return "".join(sign for sign in unicodedata.normalize("NFD", text) if sign.isascii() and sign.isalnum())

    assert plain(normalise(raw)[0]) == plain(raw)


@given(MIXED)
def test_nothing_invisible_is_left(raw: str) -> None:
    text, _ = normalise(raw)
    left = {sign for sign in text if unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Zs"}}
    assert left <= {"\n", "\t", " "}
    assert not set("\u200b\u00ad\ufeff\u200d\u202a\u2060") & set(text)


@given(MIXED)
def test_there_and_back_covers_where_it_began(raw: str) -> None:
    text, offsets = normalise(raw)
    for index in range(len(text)):
        here = Span(index, index + 1)
        assert offsets.to_new(offsets.to_old(here)).contains(here)


@needs_shared
@pytest.mark.corpus
@pytest.mark.parametrize("path", shared_files("corpus/text/*.txt"), ids=lambda path: path.stem)
def test_decomposed_documents_come_back_composed(path: object) -> None:
    raw = path.read_text(encoding="utf-8")[:20_000]  # type: ignore[attr-defined]  # a Path, or nothing is run
    assert normalise(unicodedata.normalize("NFD", raw))[0] == normalise(raw)[0]
