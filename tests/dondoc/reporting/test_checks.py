"""What stands in the way of handing in; four kinds of nothing; formulas."""

from decimal import Decimal

import pytest

from dondoc.reporting.enums import Need, Nothing
from dondoc.reporting.rules.cells import Cell, Place, Sheet, asked, rounded
from dondoc.reporting.rules.checks import Fault, faults_of
from dondoc.reporting.rules.templates import (
    CheckFacts,
    ColumnFacts,
    IndicatorFacts,
    SectionFacts,
    TableFacts,
    TemplateFacts,
)

COUNT = IndicatorFacts("C.01", "Số cơ sở", measure="cơ sở", across_periods="latest")
SEEN = IndicatorFacts("C.02", "Số cơ sở được kiểm tra", measure="cơ sở")
SHARE = IndicatorFacts(
    "C.03", "Tỷ lệ", measure="%", decimals=1, formula="C.02 / C.01 * 100", target_comparator=">=", target_value=Decimal(20)
)
MONEY = IndicatorFacts("C.05", "Số tiền phạt", measure="triệu đồng", decimals=1)


def facts(*checks: CheckFacts, sections: tuple[SectionFacts, ...] = ()) -> TemplateFacts:
    columns = (ColumnFacts("2024", "Năm 2024"), ColumnFacts("2025", "Năm 2025"))
    return TemplateFacts(
        "m", "Mẫu", sections=sections, tables=(TableFacts("2A", "Biểu", columns, (COUNT, SEEN, SHARE, MONEY)),), checks=checks
    )


def cells(**numbers: object) -> dict[Place, Cell]:
    """c01=5 for 2025; the year before is filled in with 1."""
    found = {place: Cell(Decimal(1)) for _, _, place in asked(facts())}
    for name, value in numbers.items():
        place = Place(f"C.{name[1:]}", "2025")
        found[place] = value if isinstance(value, Cell) else Cell(Decimal(str(value)))
    return found


def told(found: list[Fault]) -> list[str]:
    return [fault.words for fault in found]


MORE = CheckFacts("C.02", "<=", "C.01", "Sửa một trong hai số.")


def test_a_full_report_without_faults() -> None:
    assert faults_of(facts(MORE), cells(c01=5, c02=5), {}) == []


def test_the_words_name_both_figures() -> None:
    (fault,) = faults_of(facts(MORE), cells(c01=5, c02=7), {})
    assert (fault.blocks, fault.place) == (True, Place("C.02", "2025"))
    assert fault.words == "7 lớn hơn số ở dòng C.01 (5). Sửa một trong hai số."


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Cell(), "Chưa ghi"),
        (Cell(Decimal(-1)), "nhỏ hơn 0"),
        (Cell(Decimal("1.5")), "là số nguyên"),
        (Cell(Decimal(0)), ""),
        *((Cell(nothing=kind), "") for kind in Nothing.values),
    ],
)
def test_each_cell_by_itself(cell: Cell, said: str) -> None:
    found = told(faults_of(facts(), cells(c01=cell), {}))
    assert [words for words in found if said not in words] == []
    assert bool(found) == bool(said)


@pytest.mark.parametrize(("amount", "count"), [("7.5", 0), ("7.55", 1)])
def test_decimals_as_the_indicator_has_them(amount: str, count: int) -> None:
    assert len(faults_of(facts(), cells(c05=amount), {})) == count


class TestMissingValues:
    """C.01 is not there in one of the four ways; the check asks C.02 (7) to be at most that."""

    @pytest.mark.parametrize(
        ("missing", "nothing", "broken"),
        [
            ("skip_any", Nothing.NONE, False),
            ("skip_all", Nothing.NONE, True),
            ("never", Nothing.NONE, True),
            ("never", Nothing.NO_DATA, False),
            ("skip_all", Nothing.NO_DATA, False),
            ("never", Nothing.NOT_APPLICABLE, True),
        ],
    )
    def test_what_is_owed_is_never_taken_for_zero(self, missing: str, nothing: str, broken: bool) -> None:
        check = CheckFacts("C.02", "<=", "C.01", "Sửa.", missing=missing)
        assert bool(faults_of(facts(check), cells(c01=Cell(nothing=nothing), c02=7), {})) == broken


@pytest.mark.parametrize(("cell", "broken"), [(3, False), (Cell(nothing="none"), True)])
def test_both_or_neither(cell: object, broken: bool) -> None:
    check = CheckFacts("C.02", "both", "C.05", "Ghi cả hai.", severity="warn")
    assert bool(faults_of(facts(check), cells(c05=cell), {})) == broken


def test_a_warning_is_settled_by_an_explanation() -> None:
    check = CheckFacts("C.02", "<=", "truoc(C.02) * 3", "Nếu số đúng, ghi lý do.", severity="warn")
    (fault,) = faults_of(facts(check), cells(c01=9, c02=Cell(Decimal(9), explanation="Mở thêm cơ sở")), {})
    assert (fault.blocks, fault.explained) == (False, True)
    assert "kỳ trước" in fault.words


def test_a_warning_at_a_computed_cell_is_settled_too() -> None:
    check = CheckFacts("C.03", ">=", "50", "Nếu số đúng, ghi lý do.", severity="warn")
    explained = {Place("C.03", "2025"): Cell(explanation="Thiếu người kiểm tra")}
    (fault,) = faults_of(facts(check), cells(c01=10, c02=2) | explained, {})
    assert (fault.place, fault.explained) == (Place("C.03", "2025"), True)


def test_the_first_column_looks_at_the_last_report() -> None:
    check = CheckFacts("C.02", ">=", "truoc(C.02)", "Số lũy kế không giảm.")
    assert faults_of(facts(check), cells(), {}, earlier={"C.02": Decimal(4)})[0].place == Place("C.02", "2024")
    assert faults_of(facts(check), cells(), {}) == []


class TestSections:
    sections = (
        SectionFacts("I", "TÌNH HÌNH"),
        SectionFacts("VI", "ĐÁNH GIÁ", asks=False),
        SectionFacts("VI.3", "Nguyên nhân", need=Need.TARGET_MISSED, indicator_code="C.03"),
        SectionFacts("P3", "KIẾN NGHỊ", need=Need.FREE),
    )

    @pytest.mark.parametrize(
        ("seen", "texts", "sections"),
        [
            (1, {"I": "Có 5 cơ sở."}, []),
            (1, {"I": "  "}, ["I"]),
            (0, {"I": "Có 5 cơ sở."}, ["VI.3"]),
            (0, {"I": "Có.", "VI.3": "Thiếu người."}, []),
        ],
    )
    def test_what_must_be_written(self, seen: int, texts: dict[str, str], sections: list[str]) -> None:
        found = faults_of(facts(sections=self.sections), cells(c01=5, c02=seen), texts)
        assert [fault.section for fault in found] == sections


class TestFormulas:
    def test_a_share_is_computed_and_rounded_half_up(self) -> None:
        sheet = Sheet(facts(), cells(c01=8, c02=5))
        assert sheet.number(Place("C.03", "2025")) == Decimal("62.5")
        assert rounded(Decimal("62.45"), 1) == Decimal("62.5")

    @pytest.mark.parametrize(
        ("cell", "nothing"),
        [(Cell(nothing="not_applicable"), "not_applicable"), (Cell(nothing="no_data"), "no_data"), (Cell(), "")],
    )
    def test_without_its_parts_it_is_nothing_of_their_kind(self, cell: Cell, nothing: str) -> None:
        assert Sheet(facts(), cells(c01=cell)).cell(Place("C.03", "2025")) == Cell(nothing=nothing)

    def test_a_zero_below_has_no_value(self) -> None:
        assert Sheet(facts(), cells(c01=0, c02=0)).number(Place("C.03", "2025")) is None

    def test_a_circle_ends(self) -> None:
        one, other = IndicatorFacts("A", "a", formula="B + 1"), IndicatorFacts("B", "b", formula="A + 1")
        round_ = TemplateFacts("m", "m", tables=(TableFacts("1", "Biểu", (ColumnFacts("k", "k"),), (one, other)),))
        assert Sheet(round_, {}).number(Place("A", "k")) is None
