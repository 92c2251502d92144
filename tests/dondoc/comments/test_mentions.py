"""How a text names people, and that what is kept says what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.comments.rules import as_typed, attempts, cleaned, pieces_of, with_people

ANY_TEXT = st.text(st.sampled_from("aĐ @{}()7.\nềMinh"), max_size=40)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Lê Thị Thư xem giúp", ["Lê Thị Thư", "Lê Thị", "Lê"]),
        ("Kính gửi @Lê Thị Thư, @Trần Văn Lãnh.", ["Lê Thị Thư", "Lê Thị", "Lê", "Trần Văn Lãnh", "Trần Văn", "Trần"]),
        ("(@Lê)", ["Lê"]),
        ("@Lê\nThị Thư", ["Lê"]),
        ("thư gửi vanphong@minhhoa.example", []),
        ("hẹn @ 9 giờ, @phòng họp, @9", []),
        ("@@Lê", []),
        ("", []),
    ],
)
def test_what_an_at_may_mean(text: str, names: list[str]) -> None:
    assert [name for attempt in attempts(text) for name, _ in attempt.names] == names


def test_the_longest_name_that_is_known_is_meant_and_the_rest_stays() -> None:
    known = {"Lê Thị": 7, "Lê": 8}

    def choose(attempt: object) -> tuple[int, int]:
        return next((known[name], end) for name, end in attempt.names if name in known)  # type: ignore[attr-defined]

    assert with_people("Nhờ @Lê Thị Thư, @Lê.", choose) == "Nhờ @{7} Thư, @{8}."


def test_names_are_those_of_today_and_a_token_of_nobody_stays_as_typed() -> None:
    pieces = list(pieces_of("Nhờ @{7} và @{9}", {7: "Lê Thị Thư"}))
    assert pieces == [("Nhờ ", False), ("@Lê Thị Thư", True), (" và @{9}", False)]


@given(ANY_TEXT)
def test_what_is_kept_reads_as_it_was_typed(text: str) -> None:
    typed = cleaned(text)
    numbers: dict[str, int] = {}

    def choose(attempt: object) -> tuple[int, int]:
        end = attempt.names[0][1]  # type: ignore[attr-defined]
        start = attempt.start  # type: ignore[attr-defined]
        return numbers.setdefault(typed[start + 1 : end], len(numbers) + 1000), end

    kept = with_people(typed, choose)
    assert as_typed(kept, {number: name for name, number in numbers.items()}) == typed


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
