"""What people type into cells, and how much a report presses."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.programmes.rules.figures import NotAFigure
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.entering import name_of, place_of, read_cell, read_seen, seen_of, typed_of
from dondoc.reporting.rules.parts import around, chosen, parts_of
from dondoc.reporting.rules.urgency import Lane, press_of
from tests.dondoc.factories.common import TODAY
from tests.dondoc.reporting.conftest import POOLS


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("5", Cell(Decimal(5))),
        ("0", Cell(Decimal(0))),
        (" 25,4 ", Cell(Decimal("25.4"))),
        ("1.234.567", Cell(Decimal(1234567))),
        ("1.234,5", Cell(Decimal("1234.5"))),
        ("12.5", Cell(Decimal("12.5"))),
        ("1 234", Cell(Decimal(1234))),
        ("-", Cell(nothing="none")),
        ("–", Cell(nothing="none")),
        ("X", Cell(nothing="not_applicable")),
        ("…", Cell(nothing="no_data")),
        ("...", Cell(nothing="no_data")),
        ("", Cell()),
        ("-3", Cell(Decimal(-3))),
    ],
)
def test_what_is_typed(typed: str, cell: Cell) -> None:
    assert read_cell(typed) == cell


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.234", "“1.234” có thể là 1234 hoặc 1,234. Ghi 1234 hoặc 1,234."),
        ("năm", "“năm” không phải là một số"),
        ("khong", "“-” (không có)"),
        ("5 cơ sở", "không phải là một số"),
        ("99999999999999999", "quá nhiều chữ số"),
        ("1,23456", "nhiều nhất 4 chữ số"),
    ],
)
def test_what_is_asked_about(typed: str, words: str) -> None:
    with pytest.raises(NotAFigure) as error:
        read_cell(typed)
    assert words in str(error.value)


@given(
    st.one_of(
        st.decimals(min_value=0, max_value=10**12, places=4).map(Cell),
        st.integers(0, 10**12).map(lambda number: Cell(Decimal(number))),
        st.sampled_from([Cell(), Cell(nothing="none"), Cell(nothing="not_applicable"), Cell(nothing="no_data")]),
    ),
    st.text(max_size=40),
)
def test_a_cell_comes_back_as_it_was_shown(cell: Cell, words: str) -> None:
    explained = Cell(cell.number, cell.nothing, " ".join(words.split()))
    assert read_cell(typed_of(explained), words) == explained
    assert read_seen(seen_of(explained)) == explained


def test_a_field_is_named_by_its_place() -> None:
    assert place_of(name_of(Place("C.02", "2025"))) == Place("C.02", "2025")
    assert place_of("nonsense") == Place("nonsense", "")


def test_parts_follow_the_outline_and_then_the_bands() -> None:
    parts = parts_of(POOLS)
    assert [part.key for part in parts] == ["muc=I", "muc=II", "bieu=2A&nhom=C", "bieu=2A&nhom=D"]
    assert [part.name for part in parts] == ["mục I", "mục II", "nhóm C", "nhóm D"]
    assert parts[2].places == [Place(code, year) for code in ("C.01", "C.02") for year in ("2024", "2025")]
    filled = {Place("C.01", "2024"): Cell(Decimal(1)), Place("C.01", "2025"): Cell(nothing="none")}
    assert parts[2].count(filled) == (1, 2)
    assert chosen(parts, table="2A", band="D") is parts[3]
    assert chosen(parts, table="2A") is parts[2]
    assert chosen(parts) is parts[0]
    assert chosen(parts, section="IX") is None
    assert chosen(parts, table="2A", band="Z") is None
    assert around(parts, parts[0]) == (None, parts[1])
    assert around(parts, parts[3]) == (parts[2], None)


def press(state: str, due: int, *, back: int | None = None, closed: bool = False, filled: int = 0) -> tuple[Lane, str, date]:
    """Days from TODAY."""
    found = press_of(
        state=state,
        campaign_state="closed" if closed else "open",
        last_ok_on=TODAY + timedelta(days=due),
        hand_in_by=None if back is None else TODAY + timedelta(days=back),
        filled=filled,
        on=TODAY,
    )
    return found.lane, found.words, found.due_on


@pytest.mark.parametrize(
    ("given_", "lane", "words", "due"),
    [
        (press("expected", 0), Lane.SOON, "Hôm nay", 0),
        (press("expected", -1), Lane.OVERDUE, "Quá hạn 1 ngày", -1),
        (press("expected", 7), Lane.SOON, "Còn 7 ngày", 7),
        (press("expected", 8), Lane.RUNNING, "Chưa nhập", 8),
        (press("expected", 8, filled=1), Lane.RUNNING, "Đang nhập", 8),
        (press("approving", 8), Lane.RUNNING, "Chờ lãnh đạo đơn vị duyệt", 8),
        (press("approving", -2), Lane.OVERDUE, "Quá hạn 2 ngày", -2),
        (press("returned", -9, back=0), Lane.RETURNED, "Trả lại, hạn 12/9", 0),
        (press("returned", -9, back=-1), Lane.OVERDUE, "Quá hạn 1 ngày", -1),
        (press("received", -9), Lane.HANDED_IN, "Chờ duyệt", -9),
        (press("accepted", -9), Lane.ACCEPTED, "Đã duyệt", -9),
        (press("exempt", -9), Lane.ASIDE, "Được miễn", -9),
        (press("expected", -9, closed=True), Lane.ASIDE, "Đợt đã đóng, chưa nộp", -9),
    ],
)
def test_how_much_a_report_presses(given_: tuple[Lane, str, date], lane: Lane, words: str, due: int) -> None:
    assert given_ == (lane, words, TODAY + timedelta(days=due))
