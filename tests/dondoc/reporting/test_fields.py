"""Figures in text: which are fields, how they read, and what stands where nobody gave a number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reporting.rules.fields import (
    Field,
    field_of,
    fields_in,
    missing_words,
    number_words,
    pieces,
    target_words,
    verdict,
    verdict_words,
)
from dondoc.reporting.rules.templates import IndicatorFacts

SHARE = IndicatorFacts("C.03", "Tỷ lệ", measure="%", decimals=1, target_comparator=">=", target_value=Decimal(70))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("đạt {{2A:C.03:2025}}, vượt", ["đạt ", Field("2A", "C.03", "2025"), ", vượt"]),
        ("{{ 2A : C.03 : * }}", [Field("2A", "C.03", "*")]),
        ("{{2A:C.03:*:muc-tieu}}", [Field("2A", "C.03", "*", against_target=True)]),
        ("{{2A:A:1}}{{2A:B:1}}", [Field("2A", "A", "1"), Field("2A", "B", "1")]),
        ("{{2A:C.03}} và {2A:C.03:2025}", ["{{2A:C.03}} và {2A:C.03:2025}"]),
        ("{{2A:C.03:2025:khac}}", ["{{2A:C.03:2025:khac}}"]),
        ("", []),
    ],
)
def test_what_is_a_field(text: str, found: list[str | Field]) -> None:
    assert list(pieces(text)) == found


@given(st.lists(st.one_of(st.text(alphabet="ab {}:*", max_size=8), st.just("{{2A:C.03:*}}")), max_size=8))
def test_nothing_of_a_text_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    again = "".join(map(str, pieces(text)))
    assert again.replace(" ", "") == text.replace(" ", "")
    assert fields_in(again) == fields_in(text)


@pytest.mark.parametrize(
    ("key", "field"), [("2A:C.03:*", Field("2A", "C.03", "*")), ("2A:C.03", None), ("}} {{", None), ("2A:C.03:*:muc-tieu", None)]
)
def test_the_figure_of_an_address(key: str, field: Field | None) -> None:
    assert field_of(key) == field


@pytest.mark.parametrize(
    ("number", "indicator", "words"),
    [
        (Decimal("91.2"), SHARE, "91,2%"),
        (Decimal(70), SHARE, "70,0%"),
        (Decimal("86430.0000"), IndicatorFacts("B.02", "Số lượt", measure="lượt người"), "86.430"),
        (Decimal(0), IndicatorFacts("B.02", "Số lượt"), "0"),
        (Decimal("1234.5"), IndicatorFacts("G.01", "Kinh phí", measure="triệu đồng", decimals=1), "1.234,5"),
    ],
)
def test_a_number_as_offices_print_it(number: Decimal, indicator: IndicatorFacts, words: str) -> None:
    assert number_words(number, indicator) == words


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ([], "[CHƯA CÓ SỐ LIỆU]"),
        (["xã Công Sơn"], "[CHƯA CÓ SỐ LIỆU – xã Công Sơn]"),
        (["a", "b", "c"], "[CHƯA CÓ SỐ LIỆU – a, b, c]"),
        (["a", "b", "c", "d"], "[CHƯA CÓ SỐ LIỆU – a, b, c và 1 đơn vị khác]"),
    ],
)
def test_who_owes_a_figure(units: list[str], words: str) -> None:
    assert missing_words(units) == words


@pytest.mark.parametrize(
    ("comparator", "number", "word"),
    [
        (">=", "69.9", "chưa đạt"), (">=", "70", "đạt"), (">=", "70.1", "vượt"), ("", "71", "vượt"),
        (">", "70", "chưa đạt"), (">", "70.1", "vượt"),
        ("<=", "70", "đạt"), ("<=", "12", "đạt"), ("<=", "70.1", "chưa đạt"), ("<", "70", "chưa đạt"),
        ("=", "70", "đạt"), ("=", "71", "chưa đạt"),
    ],
)  # fmt: skip
def test_against_the_target(comparator: str, number: str, word: str) -> None:
    indicator = IndicatorFacts("A", "a", target_comparator=comparator, target_value=Decimal(70))
    assert verdict(indicator, Decimal(number)) == word


def test_without_a_target_or_a_number_nothing_is_said() -> None:
    assert verdict(IndicatorFacts("A", "a"), Decimal(1)) == verdict(SHARE, None) == target_words(IndicatorFacts("A", "a")) == ""


def test_the_words_name_the_target() -> None:
    assert verdict_words(SHARE, Decimal("91.2")) == "vượt mục tiêu từ 70% trở lên"
