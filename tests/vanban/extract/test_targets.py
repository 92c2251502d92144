"""What holds of targets whatever the text: places, numbers, horizon from headings, and the annotated documents."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import SHARED, needs_shared
from vanban.extract.targets import find_targets
from vanban.extract.targets.figures import figures_in, number_of
from vanban.outline.tree import outline
from vanban.reading import Cell, Comparator, Table, Target
from vanban.spans import Span

WORDS = st.sampled_from(
    [
        "I.",
        "MỤC",
        "TIÊU",
        "1.",
        "tỷ",
        "lệ",
        "đạt",
        "95%",
        "tối",
        "thiểu",
        "trên",
        "8",
        "-",
        "9%",
        ";",
        ",",
        ".",
        "\n",
        "-",
        "đến",
        "năm",
        "2030",
        "phấn",
        "đấu",
        "ít",
        "nhất",
        "70%",
        "số",
        "xã",
        "100%",
        "giảm",
        "còn",
        "<21%",
        "từ",
        "8,2%",
        "xuống",
        "gấp",
        "đôi",
        "so",
        "với",
        "năm",
        "2020",
        "1.500",
        "tỷ",
        "đồng",
        "mỗi",
        "xã",
        "có",
        "01",
        "mô",
        "hình",
        "12",
        "bác",
        "sĩ/vạn",
        "dân",
        "một",
        "lần",
        "ngày",
        "tuổi",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=30).map(" ".join))


def read(text: str, issued_on: date | None = None, ignore: tuple[Span, ...] = ()) -> list[Target]:
    return find_targets(text, outline(text, ()), issued_on, ignore)


@given(TEXTS)
def test_targets_lie_inside_in_order_and_hold_their_figure(text: str) -> None:
    targets = read("I. MỤC TIÊU\n- " + text)
    assert [target.span.start for target in targets] == sorted(target.span.start for target in targets)
    for target in targets:
        assert len(target.span) > 0
        assert target.text
        assert target.indicator
        assert 0 <= target.confidence <= 1
        assert (target.value_high is None) or (target.value is not None and target.value_high > target.value)
        assert (target.value is None) == (target.comparator is Comparator.NONE)


@given(st.integers(0, 10**9))
def test_whole_numbers_are_read_back(number: int) -> None:
    assert number_of(f"{number:,}".replace(",", ".")) == number
    assert number_of(str(number)) == number


@given(st.integers(0, 99_999), st.integers(0, 999))
def test_decimals_have_a_comma(whole: int, part: int) -> None:
    assert number_of(f"{whole},{part:03}") == pytest.approx(whole + part / 1000)


@given(TEXTS)
def test_figures_do_not_overlap(text: str) -> None:
    low = text.lower()
    ends = 0
    for figure in figures_in(low, 0, len(low)):
        assert ends <= figure.start < figure.stop <= len(low)
        ends = figure.stop


def test_the_horizon_comes_from_the_heading_above() -> None:
    text = (
        "I. MỤC TIÊU\n1. Giai đoạn 2026 - 2028\n- Tỷ lệ hộ dùng nước sạch đạt 70%.\n2. Giai đoạn 2029 - 2031\n"
        "- Tỷ lệ hộ dùng nước sạch đạt 90%.\n3. Tầm nhìn đến năm 2045\n- Tỷ lệ hộ dùng nước sạch đạt 100%.\n"
    )
    assert [target.horizon for target in read(text)] == ["2028", "2031", "2045"]


def test_a_yearly_plan_gives_its_goals_its_year() -> None:
    text = "KẾ HOẠCH\nPhát triển du lịch năm 2026\n\nI. MỤC TIÊU\n- Đón 5.000 lượt khách.\nII. NHIỆM VỤ\n- Tổ chức ít nhất 02 lớp tập huấn.\n"
    assert [(target.value, target.horizon) for target in read(text)] == [(5000, "2026"), (2, None)]


def test_a_change_of_level_keeps_what_it_starts_from() -> None:
    (target,) = read("I. MỤC TIÊU\n- Giảm tỷ lệ hộ nghèo từ 8,2% xuống còn 6%.\n")
    assert (target.value, target.comparator, target.baseline) == (6, Comparator.EQ, "8,2%")


def test_words_of_a_target_on_two_lines_are_one() -> None:
    (target,) = read("I. MỤC TIÊU\n- Tỷ lệ hộ gia đình dùng\nnước sạch đạt trên\n90%.\n")
    assert target.text == "Tỷ lệ hộ gia đình dùng nước sạch đạt trên 90%"
    assert target.indicator == "Tỷ lệ hộ gia đình dùng nước sạch"


def test_citations_are_passed_over() -> None:
    text = "I. MỤC TIÊU\n- Thực hiện Chương trình 100% xã có điện đạt chuẩn.\n"
    start = text.index("Chương")
    assert len(read(text)) == 1
    assert read(text, ignore=(Span(start, start + 30),)) == []
    assert read(text, ignore=(Span(0, start + 30), Span(2, 4))) == []


def test_what_lies_before_the_documents_year_is_a_fact() -> None:
    text = "I. MỤC TIÊU\n- Năm 2021, tỷ lệ bao phủ đạt 90%; đến năm 2030, tỷ lệ bao phủ đạt 98%.\n"
    assert [target.value for target in read(text, date(2026, 1, 12))] == [98]


GOLD = {
    "ct-08-quangngai.scan": "gold/ct-08-quangngai.scan.reference.txt",
    "ct-21-ttg-thon": "corpus/text/ct-21-ttg-thon.txt",
    "cv-193-ubnd-laocai": "corpus/text/cv-193-ubnd-laocai-vlncn.txt",
    "cv-7432-ubnd-laocai": "corpus/text/cv-7432-ubnd-laocai-pccc.txt",
    "cv-baove-ks-laocai": "corpus/text/cv-ubnd-laocai-baove-ks.txt",
    "cv-sct-laocai-dondoc-ccn": "corpus/text/cv-sct-laocai-dondoc-ccn.txt",
    "lang-son-208-kh-ubnd.draft": "seeds/lang-son-208-kh-ubnd.draft.txt",
    "lang-son-vp-ubnd-letter": "seeds/lang-son-vp-ubnd-letter.txt",
    "qd-844-ttg-bhyt": "corpus/text/qd-844-ttg-bhyt.txt",
    "tb-1894-sct-laocai-clean": "corpus/text/tb-1894-sct-laocai-clean.txt",
}


@pytest.mark.corpus
@needs_shared
@pytest.mark.parametrize(("name", "document"), GOLD.items(), ids=list(GOLD))
def test_targets_of_the_annotated_documents(name: str, document: str) -> None:
    shared = SHARED or Path()
    gold = json.loads((shared / f"gold/{name}.json").read_text(encoding="utf-8"))
    written = gold["metadata"]["date"]
    text = (shared / document).read_text(encoding="utf-8")
    found = sorted(
        (target.value, target.unit)
        for target in read(text, date.fromisoformat(written) if written else None)
        if target.value is not None
    )
    wanted = sorted((target["value"], target["unit"]) for target in gold["targets"] if not target["optional"])
    allowed = sorted((target["value"], target["unit"]) for target in gold["targets"])
    assert set(wanted) <= set(found) <= set(allowed)
    assert len(found) <= len(allowed)


def _table(rows: list[list[str]]) -> tuple[str, Table]:
    """A table as text (cells by tab, rows by line) and its cells."""
    text, cells = "", []
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            cells.append(Cell(number, column, Span(len(text), len(text) + len(words))))
            text += words + ("\t" if column + 1 < len(row) else "\n")
    return text, Table(tuple(cells), Span(0, len(text)))


def test_a_table_of_indicators_gives_a_target_for_each_year_to_come() -> None:
    text, table = _table(
        [
            ["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2025", "Mục tiêu năm 2026", "Mục tiêu năm 2030"],
            ["I", "Về y tế", "", "", "", ""],
            ["1", "Tỷ lệ bao phủ bảo hiểm y tế", "%", "94,5", "95,5", "≥ 98"],
            ["2", "Số bác sĩ trên một vạn dân", "bác sĩ", "10", "", "12 - 13"],
        ]
    )
    found = find_targets(text, outline(text, (table,)), date(2026, 1, 12), (), (table,))
    told = [
        (target.indicator, target.comparator.value, target.value, target.value_high, target.unit, target.horizon)
        for target in found
    ]
    assert told == [
        ("Tỷ lệ bao phủ bảo hiểm y tế", "=", 95.5, None, "%", "2026"),
        ("Tỷ lệ bao phủ bảo hiểm y tế", ">=", 98, None, "%", "2030"),
        ("Số bác sĩ trên một vạn dân", "range", 12, 13, "bác sĩ", "2030"),
    ]
    assert all(target.indicator in target.span.of(text) for target in found)


@pytest.mark.parametrize(
    "head",
    [
        ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian", "Năm 2026"],
        ["TT", "Chỉ tiêu", "Đơn vị", "Kết quả năm 2026", "Ghi chú"],
        ["TT", "Chỉ tiêu", "Đơn vị", "Thực hiện 2021", "Ước 2025"],
    ],
)
def test_other_tables_give_none(head: list[str]) -> None:
    text, table = _table([head, ["1", "Rà soát hồ sơ", "Sở Y tế", "95", "98"]])
    assert find_targets(text, outline(text, (table,)), date(2026, 1, 12), (), (table,)) == []
