"""A unit's form as a Word file: what stands in it, what can be written in, and that all of it comes back as it was typed."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.reporting.rules.cells import EMPTY, Cell, Place, asked, computed
from dondoc.reporting.rules.entering import seen_of, typed_of
from dondoc.reporting.rules.known import Known
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, SectionFacts, TableFacts, TemplateFacts
from dondoc.reporting.unit_files.contents import Filled, Stamp, UnitForm, mark_of, plain, seen_in
from dondoc.reporting.unit_files.sealing import unsealed
from dondoc.reporting.unit_files.word import to_docx
from dondoc.reporting.unit_files.word_parts import carried
from dondoc.reporting.unit_files.word_reading import filled_of
from dondoc.reporting.unit_files.word_text import blocks_of, opened
from tests.dondoc.reporting.conftest import POOLS

STAMP = Stamp(12, 3, "UBND xã An Bình", POOLS.code, 2, datetime(2025, 8, 20, 2, 5, tzinfo=UTC))
ONE_COLUMN = TableFacts(
    "2B", "Kinh phí", (ColumnFacts("2025", "Năm 2025"),), (IndicatorFacts("G.01", "Kinh phí", measure="triệu đồng", decimals=2),)
)
FACTS = replace(POOLS, tables=(*POOLS.tables, ONE_COLUMN))
FORM = UnitForm(
    STAMP, "Tổng kết Chương trình phòng, chống đuối nước", "Sở Y tế", "Giai đoạn 2021 - 2025", "từ 01/01/2021 đến 30/6/2025",
    "trước 10/9/2025 (hạn cuối 09/9/2025)", FACTS, {}, {}, {}, {},
)  # fmt: skip


def form_with(facts: TemplateFacts = FACTS, **more: Any) -> UnitForm:
    return replace(FORM, facts=facts, **more)


def come_back(form: UnitForm, data: bytes | None = None) -> Filled:
    """What is read of a form; the seal that it carries says what stood in it."""
    word = opened(data or to_docx(form))
    stamp, seen = unsealed(carried(word))
    return filled_of(blocks_of(word), stamp, seen, form.facts)


def text_of(form: UnitForm) -> str:
    with ZipFile(BytesIO(to_docx(form))) as packed:
        return packed.read("word/document.xml").decode()


def test_the_head_says_whose_report_it_is() -> None:
    word = Document(BytesIO(to_docx(FORM)))
    lines = [one.text for one in word.paragraphs]
    assert lines[:9] == [
        "UBND XÃ AN BÌNH", "BÁO CÁO", "Tổng kết Chương trình phòng, chống đuối nước", "Gửi: Sở Y tế",
        "Kỳ báo cáo: Giai đoạn 2021 - 2025", "Số liệu tính: từ 01/01/2021 đến 30/6/2025",
        "Hạn nộp: trước 10/9/2025 (hạn cuối 09/9/2025)", "Mẫu: Báo cáo tổng kết phòng, chống đuối nước, phiên bản 2",
        "Lập lúc: 20/8/2025\u00a009:05",
    ]  # fmt: skip
    assert "I. KẾT QUẢ THỰC HIỆN" in lines
    assert "(Không bắt buộc)" in lines


def test_only_controls_can_be_written_in() -> None:
    word = Document(BytesIO(to_docx(FORM)))
    guard = word.settings.element.find(qn("w:documentProtection"))
    assert (guard.get(qn("w:edit")), guard.get(qn("w:enforcement"))) == ("forms", "1")
    controls = list(word.element.body.iter(qn("w:sdt")))
    tags = [one.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) for one in controls]
    places = [f"so:{place.code}:{place.column}" for _, _, place in asked(FACTS)]
    reasons = [f"ly-do:{one.code}" for table in FACTS.tables for one in table.indicators]
    assert sorted(tags) == sorted(["muc:I", "muc:II", *places, *reasons])
    assert len({one.find(f"{qn('w:sdtPr')}/{qn('w:id')}").get(qn("w:val")) for one in controls}) == len(controls)
    assert {one.find(f"{qn('w:sdtPr')}/{qn('w:lock')}").get(qn("w:val")) for one in controls} == {"sdtLocked"}


def test_the_facts_of_a_control_stand_in_the_order_of_the_standard() -> None:
    order = ["alias", "tag", "id", "lock", "placeholder", "showingPlcHdr"]
    for control in Document(BytesIO(to_docx(FORM))).element.body.iter(qn("w:sdt")):
        names = [one.tag.rpartition("}")[2] for one in control.find(qn("w:sdtPr"))]
        assert names == [name for name in order if name in names]


def test_a_name_that_word_cannot_hold_is_left_out() -> None:
    long = IndicatorFacts("Q" * 39, "Số lớp")
    facts = replace(FACTS, tables=(TableFacts("2A", "Biểu", (ColumnFacts("k" * 39, "Kỳ này"),), (long,)),))
    cells = {Place(long.code, "k" * 39): Cell(Decimal(7))}
    for name in ("tag", "alias"):
        for one in Document(BytesIO(to_docx(form_with(facts, cells=cells)))).element.body.iter(qn(f"w:{name}")):
            assert len(one.get(qn("w:val"))) <= 64
    assert [one.typed for one in come_back(form_with(facts, cells=cells)).cells] == ["7"]


def test_what_is_known_stands_there_with_its_source() -> None:
    place = Place("D.01", "2025")
    form = form_with(known={place: Known(Decimal("1234.5"), "Theo dõi nhiệm vụ, tính đến 20/8/2025", "/x")})
    shown = text_of(form)
    assert "1234,5" in shown
    assert "Năm 2025: Theo dõi nhiệm vụ, tính đến 20/8/2025" in shown
    assert "Theo dõi" not in text_of(replace(form, cells={place: Cell(Decimal(4))}))
    said = {one.place: (one.typed, one.seen) for one in come_back(form).cells}
    assert said[place] == ("1234,5", "|")


def test_last_periods_figures_have_a_column_where_there_are_any() -> None:
    shown = text_of(form_with(earlier={"C.01": Decimal(12345)}))
    assert "Kỳ trước đã duyệt" in shown
    assert "12.345" in shown
    assert "Kỳ trước đã duyệt" not in text_of(FORM)


def test_computed_cells_are_not_written_in() -> None:
    filled = come_back(form_with(cells={Place("C.03", "2025"): Cell(explanation="Do thiếu bể bơi")}))
    computed_cells = [(one.place.column, one.typed, one.explanation) for one in filled.cells if one.place.code == "C.03"]
    assert computed_cells == [("2024", "", ""), ("2025", "", "Do thiếu bể bơi")]


@pytest.mark.parametrize("columns", [1, 2, 3, 12])
def test_a_wide_table_lies_across(columns: int) -> None:
    table = TableFacts(
        "2A", "Biểu", tuple(ColumnFacts(f"t{at}", f"Tháng {at}") for at in range(columns)), POOLS.tables[0].indicators[:1]
    )
    word = Document(BytesIO(to_docx(form_with(replace(FACTS, tables=(table,))))))
    assert len(word.sections) == 2
    across = (word.sections[1].page_width or 0) > (word.sections[1].page_height or 0)
    assert across is (columns >= 3)


# Blanks around a line, and characters that no file of XML holds, are not kept anywhere.
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
TEXTS = st.one_of(
    st.lists(st.text(LETTERS, max_size=20), max_size=5).map("\n".join),
    st.sampled_from(["I. KẾT QUẢ THỰC HIỆN", "II. KIẾN NGHỊ", "Nêu số liệu.", "Biểu 2A. Biểu số liệu", "C.01", "Năm 2025: 5"]),
)
REASONS = st.one_of(st.just(""), st.text(LETTERS, max_size=20), st.sampled_from(["Năm 2024: x", "2025: y", "a | b"]))
NUMBERS = st.decimals(min_value=0, max_value=10**12, places=4, allow_nan=False, allow_infinity=False).map(Decimal.normalize)
CELLS = st.builds(
    lambda what, why: replace(what, explanation=" ".join(why.split())),
    st.one_of(
        NUMBERS.map(Cell),
        st.sampled_from(["none", "not_applicable", "no_data"]).map(lambda one: Cell(nothing=one)),
        st.just(EMPTY),
    ),
    REASONS,
)
SPACED = {place for _, _, place in asked(FACTS)}


@settings(max_examples=20, deadline=None)
@given(
    cells=st.dictionaries(st.sampled_from(sorted(SPACED)), CELLS),
    doubts=st.dictionaries(st.sampled_from(sorted(computed(FACTS))), REASONS),
    texts=st.dictionaries(st.sampled_from(["I", "II"]), TEXTS),
)
def test_all_that_stands_in_a_form_comes_back(cells: dict[Place, Cell], doubts: dict[Place, str], texts: dict[str, str]) -> None:
    held = {**cells, **{place: Cell(explanation=" ".join(why.split())) for place, why in doubts.items()}}
    form = form_with(cells=held, texts=texts)
    filled = come_back(form)
    assert not filled.faults
    assert filled.stamp == STAMP
    said = {one.place: one for one in filled.cells}
    assert {place: (one.typed, one.explanation) for place, one in said.items()} == {
        place: (typed_of(held.get(place, EMPTY)), held.get(place, EMPTY).explanation) for place in said
    }
    assert set(said) >= SPACED
    assert {place for place, cell in held.items() if cell != EMPTY} <= set(said)
    assert {place: one.seen for place, one in said.items()} == {place: seen_of(held.get(place, EMPTY)) for place in said}
    assert {one.section: one.text for one in filled.texts} == {code: plain(texts.get(code, "")) for code in ("I", "II")}
    assert {one.section: one.seen for one in filled.texts} == {code: mark_of(texts.get(code, "")) for code in ("I", "II")}


def test_the_seal_says_what_stood_in_the_form() -> None:
    form = form_with(cells={Place("C.01", "2024"): Cell(Decimal(5))}, texts={"I": "Đã mở lớp."})
    stamp, seen = unsealed(carried(opened(to_docx(form))))
    assert (stamp, seen) == (STAMP, seen_in(form))


def test_a_heading_that_asks_for_nothing_has_no_control() -> None:
    facts = replace(FACTS, sections=(SectionFacts("P1", "KẾT QUẢ", level=0, asks=False), *FACTS.sections))
    form = form_with(facts, texts={"I": "Đã mở lớp."})
    assert "muc:P1" not in text_of(form)
    assert {one.section: one.text for one in come_back(form).texts} == {"I": "Đã mở lớp.", "II": ""}
