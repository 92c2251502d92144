"""Pieces of a template put in, moved and taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reporting.rules.keeping import Kind
from dondoc.reporting.rules.rewriting import find, moved, with_piece, without
from dondoc.reporting.rules.templates import CheckFacts, ColumnFacts, IndicatorFacts, SectionFacts, TableFacts, TemplateFacts

YEAR = (ColumnFacts("2025", "Năm 2025"),)
TWO = TemplateFacts(
    "m",
    "Mẫu",
    sections=tuple(SectionFacts(code, code, code.count(".") + 1) for code in ("I", "I.1", "I.2", "II", "II.1", "III")),
    tables=(
        TableFacts("1", "Một", YEAR, (IndicatorFacts("A.01", "A"), IndicatorFacts("A.02", "B"))),
        TableFacts("2", "Hai", YEAR, (IndicatorFacts("B.01", "C"),)),
    ),
    checks=(CheckFacts("A.02", "<=", "A.01", "Sửa."), CheckFacts("B.01", "<=", "A.01", "Sửa.")),
)


def headings(facts: TemplateFacts) -> str:
    return " ".join(one.code for one in facts.sections)


def codes(facts: TemplateFacts) -> list[str]:
    return [" ".join(row.code for row in table.indicators) for table in facts.tables]


@pytest.mark.parametrize(
    ("key", "step", "left"),
    [
        ("II", -1, "II II.1 I I.1 I.2 III"),
        ("I", 1, "II II.1 I I.1 I.2 III"),
        ("I.1", 1, "I I.2 I.1 II II.1 III"),
        ("I.2", 1, "I I.1 II I.2 II.1 III"),
        ("II.1", -1, "I I.1 I.2 II.1 II III"),
        ("I", -1, "I I.1 I.2 II II.1 III"),
        ("III", 1, "I I.1 I.2 II II.1 III"),
        ("X", 1, "I I.1 I.2 II II.1 III"),
    ],
)
def test_a_heading_moves_with_all_below_it(key: str, step: int, left: str) -> None:
    assert headings(moved(TWO, Kind.SECTION, key, step)) == left


@given(st.lists(st.tuples(st.sampled_from([one.code for one in TWO.sections]), st.sampled_from([-1, 1])), max_size=20))
def test_moving_loses_nothing(steps: list[tuple[str, int]]) -> None:
    facts = TWO
    for key, step in steps:
        facts = moved(facts, Kind.SECTION, key, step)
    assert sorted(one.code for one in facts.sections) == sorted(one.code for one in TWO.sections)


@pytest.mark.parametrize(
    ("kind", "key", "left"),
    [(Kind.INDICATOR, "A.01", ["A.02 A.01", "B.01"]), (Kind.TABLE, "1", ["B.01", "A.01 A.02"])],
)
def test_rows_and_tables_move(kind: Kind, key: str, left: list[str]) -> None:
    assert codes(moved(TWO, kind, key, 1)) == left


def test_an_indicator_keeps_its_place_in_its_table_and_goes_last_in_another() -> None:
    new = IndicatorFacts("A.09", "Mới")
    assert codes(with_piece(TWO, new, "A.01", table="1")) == ["A.09 A.02", "B.01"]
    assert codes(with_piece(TWO, new, "A.01", table="2")) == ["A.02", "B.01 A.09"]
    assert codes(with_piece(TWO, new, "", after="A.01", table="1")) == ["A.01 A.09 A.02", "B.01"]


def test_what_is_taken_out_is_gone_alone() -> None:
    assert codes(without(TWO, Kind.TABLE, "1")) == ["B.01"]
    assert codes(without(TWO, Kind.INDICATOR, "A.02")) == ["A.01", "B.01"]
    assert without(TWO, Kind.CHECK, "A.02 <= A.01").checks == TWO.checks[1:]
    assert find(TWO, Kind.CHECK, "B.01 <= A.01") == TWO.checks[1]
    assert find(without(TWO, Kind.SECTION, "I.1"), Kind.SECTION, "I.1") is None
