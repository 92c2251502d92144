"""Formulas count and do nothing else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reporting.rules.expressions import ExpressionError, Name, parse

VALUES = {"C.01": Decimal(5), "C.02": Decimal(4), "B.01": Decimal(2), "T1": Decimal(10)}


def look(name: Name) -> Decimal | None:
    return Decimal(1) if name.before else VALUES.get(name.code)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("C.02", "4"),
        ("C.02 / C.01 * 100", "80"),
        ("C.01-C.02-B.01", "-1"),
        ("C.01-(C.02-B.01)", "3"),
        ("2 + 3 * T1", "32"),
        ("0,5 * T1", "5"),
        ("0.5*T1", "5"),
        ("-C.02 + T1", "6"),
        ("C.01 - truoc(C.01)", "4"),
    ],
)
def test_it_counts(text: str, value: str) -> None:
    assert parse(text).value(look) == Decimal(value)


@pytest.mark.parametrize("text", ["C.09", "C.01 + C.09", "C.01 / (C.02 - 4)", "0 / (B.01 - 2)"])
def test_what_is_missing_or_divided_by_zero_has_no_value(text: str) -> None:
    assert parse(text).value(look) is None


@pytest.mark.parametrize(
    "text", ["", "C.01 +", "(C.01", "C.01 C.02", "__import__('os')", "C.01 ** 2", "=SUM(A1:A2)", "1.2.3", "x" * 300, "C.01)"]
)
def test_what_is_no_expression_is_told(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_names_are_told_once_each() -> None:
    assert parse("C.01 + C.02 * C.01 - truoc(C.01)").names == (Name("C.01"), Name("C.02"), Name("C.01", before=True))


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=12))
def test_a_sum_is_the_sum(numbers: list[int]) -> None:
    text = " + ".join(f"({number})" for number in numbers)
    assert parse(text).value(look) == sum(numbers)
