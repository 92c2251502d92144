import pytest

from vanban.outline.markers import PATTERNS, Pattern, Rank, marks_of, roman, roman_value


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_each_pattern_finds_its_own_example(pattern: Pattern) -> None:
    assert pattern.name in [mark.pattern for mark in marks_of(pattern.example)]


@pytest.mark.parametrize(
    ("line", "rank", "key", "value"),
    [
        ("III. TỔ CHỨC THỰC HIỆN", Rank.ROMAN, "III", 3),
        ("II- MỤC TIÊU", Rank.ROMAN, "II", 2),
        ("4. Công an tỉnh", Rank.ARABIC, "4", 4),
        ("2.Yêu cầu", Rank.ARABIC, "2", 2),
        ("1. 100% số xã", Rank.ARABIC, "1", 1),
        ("1.2. Đổi mới", Rank.DOTTED, "1.2", 2),
        ("đ) Kiểm tra", Rank.LETTER, "đ", 5),
        ("e) Kiểm tra", Rank.LETTER, "e", 6),
        ("Điều 12. Trách nhiệm", Rank.ARTICLE, "Điều 12", 12),
        ("Chương IV", Rank.CHAPTER, "Chương IV", 4),
        ("Phần thứ hai", Rank.PART, "Phần thứ hai", 2),
        ("PHẦN I: KẾT QUẢ", Rank.PART, "Phần I", 1),
        ("Mục 2. Quản lý", Rank.SECTION, "Mục 2", 2),
        ("## II. NHIỆM VỤ", Rank.ROMAN, "II", 2),
        ("**Điều 3.** Thi hành", Rank.ARTICLE, "Điều 3", 3),
        ("I1l. MỤC TIÊU CHUNG", Rank.ROMAN, "III", 3),
        ("- Đôn đốc", Rank.BULLET, "", 0),
        ("+ Hướng dẫn", Rank.BULLET, "", 0),
    ],
)
def test_mark(line: str, rank: Rank, key: str, value: int) -> None:
    mark = marks_of(line)[0]
    assert (mark.rank, mark.key, mark.value) == (rank, key, value)


@pytest.mark.parametrize(
    "line",
    [
        "2035.",
        "1A kèm theo kế hoạch này.",
        "10/9/2025 của Ủy ban nhân dân",
        "1.500 đồng một lần",
        "V/v tăng cường quản lý",
        "Mục tiêu là giảm nghèo",
        "Điều này cho thấy",
        "IV/2026 hoàn thành",
        "28-CT/TW ngày 25/12/2023",
        "-----",
        "xã, phường",
        "",
    ],
)
def test_no_mark(line: str) -> None:
    assert marks_of(line) == []


@pytest.mark.parametrize(
    ("number", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("IIX", 0), ("VV", 0), ("", 0)]
)
def test_roman_value(number: str, value: int) -> None:
    assert roman_value(number) == value


def test_roman_numbers_read_back() -> None:
    assert [roman_value(roman(value)) for value in range(1, 400)] == list(range(1, 400))
