"""A form in Word that comes back changed: by people, by other programs, in pieces. What was typed is read, and what cannot be is told."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.common.errors import Refused
from dondoc.reporting.models import Return
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.templates import ColumnFacts, SectionFacts
from dondoc.reporting.services import uploading
from dondoc.reporting.unit_files import word_reading
from dondoc.reporting.unit_files.contents import Filled, form_of, seen_in
from dondoc.reporting.unit_files.sealing import unsealed
from dondoc.reporting.unit_files.word import to_docx
from dondoc.reporting.unit_files.word_grids import reasons_in
from dondoc.reporting.unit_files.word_reading import filled_of
from dondoc.reporting.unit_files.word_text import blocks_of, opened
from dondoc.reporting.unit_files.word_words import SEAL_FORM, TEXT_HERE
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.reporting.test_word_form import FACTS, FORM, come_back, form_with
from vanban.sources import libreoffice

CELLS = {
    Place("C.01", "2024"): Cell(Decimal("1234.5"), explanation="Theo sổ"),
    Place("C.01", "2025"): Cell(nothing="no_data", explanation="Chưa điều tra"),
    Place("C.02", "2025"): Cell(nothing="none"),
    Place("C.03", "2025"): Cell(explanation="Thiếu bể bơi"),
    Place("D.01", "2025"): Cell(Decimal(0)),
    Place("G.01", "2025"): Cell(Decimal("12.25"), explanation="Tỉnh cấp"),
}
TEXTS = {"I": "Đã mở 12 lớp dạy bơi.\n\nCó 03 bể bơi mới.", "II": "Bố trí kinh phí mua bể bơi."}
FULL = form_with(cells=CELLS, texts=TEXTS, earlier={"C.01": Decimal(7)})
Change = Callable[[Any], None]


def changed(change: Change, data: bytes | None = None) -> bytes:
    """The file after ``change`` of its document."""
    word = Document(BytesIO(data or FILE))
    change(word)
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def without_controls(word: Any) -> None:
    """Every control is gone, what stood in it remains: so do programs that know no controls."""
    while (control := next(word.element.body.iter(qn("w:sdt")), None)) is not None:
        for one in control.find(qn("w:sdtContent")):
            control.addprevious(one)
        control.getparent().remove(control)


def into_new_file(blocks: Callable[[Any], Any]) -> bytes:
    """What of the form is copied into a file of one's own; nothing that Word does not show comes along."""
    source, target = Document(BytesIO(FILE)), Document()
    without_controls(source)
    for one in blocks(source.element.body):
        if not one.tag.endswith("sectPr"):
            target.element.body.sectPr.addprevious(deepcopy(one))
    held = BytesIO()
    target.save(held)
    return held.getvalue()


def seen_again(data: bytes) -> Filled:
    """What is read, whatever became of the seal that Word does not show."""
    word = opened(data)
    blocks = blocks_of(word)
    stamp, seen = unsealed(word_reading._seal(word, blocks))
    return filled_of(blocks, stamp, seen, FACTS)


def said(filled: Filled) -> dict[Place, tuple[Any, str]]:
    """What was typed into cells that are not empty."""
    return {one.place: (one.typed, one.explanation) for one in filled.cells if one.typed or one.explanation}


def texts(filled: Filled) -> dict[str, str]:
    return {one.section: one.text for one in filled.texts if one.text}


def faults(filled: Filled) -> list[tuple[str, str]]:
    return [(one.where, one.words) for one in filled.faults]


def cell(word: Any, table: int, code: str, at: int) -> Any:
    return next(row for row in word.tables[table].rows if row.cells[0].text == code).cells[at]


def boxes(word: Any) -> list[Any]:
    """The paragraphs in which sections are written."""
    body = word.element.body
    return [Paragraph(one, body) for one in body.iter(qn("w:p")) if one.style == "Mẫunộidung"]


def write(there: Any, text: str) -> None:
    """Type over what the control in a cell, or around a paragraph, holds, as Word does: the hint goes."""
    inside = there._element.iter(qn("w:sdt"))
    control = next(inside, None)
    if control is None:
        control = there._element.getparent().getparent()
    hint = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    if hint is not None:
        hint.getparent().remove(hint)
    first, *rest = control.iter(qn("w:t"))
    first.text = text
    for one in rest:
        one.text = ""


FILE = to_docx(FULL)
ALL = said(come_back(FULL, FILE))


def test_what_stands_in_the_form_is_all_there() -> None:
    assert {
        Place("C.01", "2024"): ("1234,5", "Theo sổ"), Place("C.01", "2025"): ("…", "Chưa điều tra"),
        Place("C.02", "2025"): ("-", ""), Place("C.03", "2025"): ("", "Thiếu bể bơi"), Place("D.01", "2025"): ("0", ""),
        Place("G.01", "2025"): ("12,25", "Tỉnh cấp"),
    } == ALL  # fmt: skip


def test_typing_in_controls() -> None:
    def change(word: Any) -> None:
        write(cell(word, 0, "C.02", 4), " 1 250 ")
        write(cell(word, 0, "C.02", 6), "Năm 2024: tăng do mở lớp\nnăm 2025 : giảm")
        write(cell(word, 0, "D.01", 5), "")

    filled = seen_again(changed(change))
    assert not filled.faults
    assert {place: value for place, value in said(filled).items() if place.code in {"C.02", "D.01"}} == {
        Place("C.02", "2024"): ("1 250", "tăng do mở lớp"),
        Place("C.02", "2025"): ("-", "giảm"),
    }
    emptied = next(one for one in filled.cells if one.place == Place("D.01", "2025"))
    assert (emptied.typed, emptied.seen) == ("", "0|")


def test_a_program_that_drops_controls_loses_nothing() -> None:
    filled = seen_again(changed(without_controls))
    assert (said(filled), texts(filled), filled.faults) == (ALL, TEXTS, ())


def test_the_whole_form_copied_into_a_new_file() -> None:
    filled = seen_again(into_new_file(list))
    assert (said(filled), texts(filled), filled.faults) == (ALL, TEXTS, ())
    assert filled.stamp == FORM.stamp
    assert {one.seen for one in filled.cells} == {"|"}
    assert {one.seen for one in filled.texts} == {""}


def test_only_a_table_copied_into_a_new_file() -> None:
    def first_table_and_last_line(body: Any) -> list[Any]:
        return [next(body.iter(qn("w:tbl"))), list(body.iter(qn("w:p")))[-1]]

    filled = seen_again(into_new_file(first_table_and_last_line))
    assert said(filled) == {place: value for place, value in ALL.items() if place.code != "G.01"}
    assert not filled.texts
    assert faults(filled) == [
        ("mục I", "Không thấy mục “I. KẾT QUẢ THỰC HIỆN” trong tệp. Ghi mục này trên trang."),
        ("mục II", "Không thấy mục “II. KIẾN NGHỊ” trong tệp. Ghi mục này trên trang."),
        ("biểu 2B", "Không thấy biểu này trong tệp. Chép lại biểu từ mẫu, hoặc ghi trên trang."),
    ]


def test_columns_in_another_order_go_by_their_heads() -> None:
    def change(word: Any) -> None:
        for row in word.tables[0].rows:
            cells = list(row._tr.iter(qn("w:tc")))
            if len(cells) == 7:
                cells[4].addprevious(cells[5])

    assert said(seen_again(changed(change, changed(without_controls)))) == ALL


def test_a_control_that_was_copied_to_another_row_belongs_to_that_row() -> None:
    def change(word: Any) -> None:
        here, there = cell(word, 0, "C.01", 4), cell(word, 0, "D.01", 4)
        there.paragraphs[0]._p.append(deepcopy(next(here._element.iter(qn("w:sdt")))))

    assert said(seen_again(changed(change)))[Place("D.01", "2024")] == ("1234,5", "")


def test_a_head_that_is_gone_leaves_the_tags() -> None:
    def change(word: Any) -> None:
        head = word.tables[0].rows[0]._tr
        head.getparent().remove(head)

    filled = seen_again(changed(change))
    assert {place: typed for place, (typed, _) in said(filled).items()} == {place: typed for place, (typed, _) in ALL.items()}


def test_what_is_written_beside_a_control_is_read() -> None:
    def change(word: Any) -> None:
        cell(word, 0, "D.01", 4).paragraphs[0].add_run("15")
        stray = boxes(word)[0].insert_paragraph_before("Dòng ghi ngoài khung.")._p
        stray.getparent().getparent().addprevious(stray)

    filled = seen_again(changed(change))
    assert said(filled)[Place("D.01", "2024")] == ("15", "")
    assert texts(filled)["I"] == f"Dòng ghi ngoài khung.\n{TEXTS['I']}"


def test_several_paragraphs_and_lists_are_lines() -> None:
    def change(word: Any) -> None:
        boxed = boxes(word)[0]
        for text in ("Một.", "Hai."):
            made = boxed.insert_paragraph_before(text)
            numbering = made._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_numId().val = 3

    assert texts(seen_again(changed(change)))["I"] == f"- Một.\n- Hai.\n{TEXTS['I']}"


def test_a_table_in_a_section_is_text() -> None:
    def change(word: Any) -> None:
        table = word.add_table(2, 2)
        for at, words in enumerate(("1", "Lớp bơi", "2", "Bể bơi")):
            table.cell(at // 2, at % 2).text = words
        boxes(word)[2]._p.addnext(table._tbl)

    assert texts(seen_again(changed(change)))["I"] == f"{TEXTS['I']}\n1 | Lớp bơi\n2 | Bể bơi"


def test_hints_are_no_text() -> None:
    empty = changed(without_controls, to_docx(FORM))
    assert TEXT_HERE in "".join(one.text for one in Document(BytesIO(empty)).paragraphs)
    filled = seen_again(empty)
    assert (said(filled), texts(filled), filled.faults) == ({}, {}, ())


@pytest.mark.parametrize(("text", "read"), [("Click or tap here to enter text.", ""), ("Đã mở lớp.", "Đã mở lớp.")])
def test_a_control_that_still_says_it_shows_a_hint(text: str, read: str) -> None:
    """Word puts a hint of its own there; LibreOffice leaves the mark when somebody has written over it."""

    def change(word: Any) -> None:
        control = next(word.element.body.iter(qn("w:sdt")))
        next(control.iter(qn("w:t"))).text = text

    assert texts(seen_again(changed(change, to_docx(FORM)))).get("I", "") == read


def test_tracked_changes_are_read_as_accepted() -> None:
    def change(word: Any) -> None:
        old = boxes(word)[0]._p.find(qn("w:r"))
        for name, text in (("w:del", "w:delText"), ("w:ins", "w:t")):
            mark = old.makeelement(qn(name), {qn("w:id"): "901", qn("w:author"): "Hà"})
            run = old.makeelement(qn("w:r"), {})
            words = old.makeelement(qn(text), {})
            words.text = "Đã mở 15 lớp."
            run.append(words)
            mark.append(run)
            old.addprevious(mark)
        old.getparent().remove(old)

    assert texts(seen_again(changed(change)))["I"] == "Đã mở 15 lớp.\n\nCó 03 bể bơi mới."


def test_lines_that_libreoffice_ran_together() -> None:
    """Its field of several lines comes back as one text right after another."""

    def change(word: Any) -> None:
        first = next(boxes(word)[0]._p.iter(qn("w:t")))
        after = deepcopy(first)
        after.text = "Dòng hai."
        first.addnext(after)

    assert texts(seen_again(changed(change)))["I"] == "Đã mở 12 lớp dạy bơi.\nDòng hai.\n\nCó 03 bể bơi mới."


def test_a_row_of_no_indicator_is_told() -> None:
    def change(word: Any) -> None:
        row = deepcopy(word.tables[0].rows[-1]._tr)
        word.tables[0]._tbl.append(row)
        texts = list(row.iter(qn("w:t")))
        texts[0].text = "D.09"

    told = faults(seen_again(changed(change, changed(without_controls))))
    assert told == [
        ("bảng có dòng “D.09”", "Mẫu không có chỉ tiêu của dòng này, số ở đây không nhận. Xóa dòng, hoặc ghi vào dòng có mã.")
    ]


def test_a_cell_that_says_two_things_is_told() -> None:
    def change(word: Any) -> None:
        row = deepcopy(word.tables[1].rows[-1]._tr)
        word.tables[1]._tbl.append(row)
        write(word.tables[1].rows[-1].cells[3], "13")

    filled = seen_again(changed(change))
    words = "Ô này có nhiều chỗ ghi khác nhau: “12,25” và “13”. Để lại một."
    assert faults(filled) == [("biểu 2B, dòng G.01, cột Năm 2025", words)]
    assert filled.faults[0].place == Place("G.01", "2025")
    assert "G.01" not in {one.place.code for one in filled.cells}


def test_merged_cells_are_told() -> None:
    def change(word: Any) -> None:
        cell(word, 0, "C.01", 4).merge(cell(word, 0, "C.02", 4))
        cell(word, 0, "D.01", 4).merge(cell(word, 0, "D.01", 5))

    filled = seen_again(changed(change))
    words = "Ô gộp với ô khác. Bỏ gộp ô rồi ghi số vào từng ô."
    assert faults(filled) == [
        ("biểu 2A, dòng C.01, cột Năm 2024", words),
        ("biểu 2A, dòng C.02, cột Năm 2024", words),
        ("biểu 2A, dòng D.01, cột Năm 2024", words),
    ]
    assert not {Place("C.01", "2024"), Place("C.02", "2024"), *(Place("D.01", year) for year in ("2024", "2025"))} & set(
        said(filled)
    )


def test_a_figure_typed_over_a_computed_one_is_told() -> None:
    def change(word: Any) -> None:
        cell(word, 0, "C.03", 4).paragraphs[0].runs[0].text = "45"

    told = faults(seen_again(changed(change)))
    assert told == [("biểu 2A, dòng C.03, cột Năm 2024", "Ô này tự tính, “45” không nhận. Xóa số ở đây.")]


def test_rows_and_columns_that_are_gone_are_told() -> None:
    def change(word: Any) -> None:
        rows = word.tables[0].rows
        rows[-1]._tr.getparent().remove(rows[-1]._tr)
        for row in rows:
            cells = list(row._tr.iter(qn("w:tc")))
            if len(cells) == 7:
                cells[5].getparent().remove(cells[5])

    filled = seen_again(changed(change, changed(without_controls)))
    assert faults(filled) == [
        ("biểu 2A, dòng D.01", "Không thấy dòng này trong tệp. Chép lại từ mẫu."),
        (
            "biểu 2A, cột Năm 2025",
            "Không thấy cột này trong tệp. Giữ nguyên tên cột ở đầu bảng, hoặc chép lại bảng từ mẫu.",
        ),
    ]
    assert said(filled)[Place("C.01", "2024")] == ("1234,5", "Theo sổ")


def test_text_under_a_heading_that_asks_for_none_is_told() -> None:
    facts = replace(FACTS, sections=(SectionFacts("P1", "KẾT QUẢ CHUNG", level=0, asks=False), *FACTS.sections))
    form = replace(FULL, facts=facts)

    def change(word: Any) -> None:
        heading = next(one for one in word.paragraphs if one.text == "I. KẾT QUẢ THỰC HIỆN")
        heading.insert_paragraph_before("Nhìn chung tốt.")

    filled = come_back(form, changed(change, to_docx(form)))
    words = "Mục này chỉ có tên. Chuyển đoạn “Nhìn chung tốt.…” vào mục con, hoặc xóa."
    assert faults(filled) == [("mục P1", words)]
    assert texts(filled) == TEXTS


YEARS = (ColumnFacts("2024", "Năm 2024"), ColumnFacts("2025", "Năm 2025"))


@pytest.mark.parametrize(
    ("lines", "own", "common"),
    [
        (["Năm 2024: a", "2025: b"], {"2024": "a", "2025": "b"}, ""),
        (["năm 2025:  a", "b"], {"2025": "a b"}, ""),
        (["Thiếu kinh phí", "cả hai năm"], {}, "Thiếu kinh phí cả hai năm"),
        (["Chung", "Năm 2025: riêng"], {"2025": "riêng"}, "Chung"),
        (["Năm 2026: khác"], {}, "Năm 2026: khác"),
        ([""], {}, ""),
    ],
)
def test_reasons_by_column(lines: list[str], own: dict[str, str], common: str) -> None:
    assert reasons_in(lines, YEARS) == (own, common)


def test_a_reason_without_a_column_is_that_of_all_cells_filled_in() -> None:
    def change(word: Any) -> None:
        write(cell(word, 0, "C.01", 6), "Theo sổ theo dõi")
        write(cell(word, 0, "C.02", 6), "Chưa có lớp")

    filled = said(seen_again(changed(change)))
    assert [filled[Place("C.01", year)][1] for year in ("2024", "2025")] == ["Theo sổ theo dõi"] * 2
    assert filled[Place("C.02", "2025")] == ("-", "Chưa có lớp")
    assert Place("C.02", "2024") not in filled


@pytest.mark.skipif(libreoffice.program() is None, reason="LibreOffice is not installed: its files cannot be tried")
def test_what_libreoffice_saves_again(tmp_path: Path) -> None:
    """It drops the tags and makes a field of each control; the seal stays."""
    source = tmp_path / "mau.docx"
    source.write_bytes(FILE)
    target = libreoffice.convert(libreoffice.program() or "", tmp_path / "office", source, "docx", 120)
    if target is None:
        pytest.skip("LibreOffice's part for texts is not installed")
    filled = seen_again(target.read_bytes())
    assert (said(filled), texts(filled), filled.faults) == (ALL, TEXTS, ())
    assert {one.place: one.seen for one in filled.cells} == {one.place: one.seen for one in come_back(FULL).cells}


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_is_torn_out_or_doubled_no_figure_moves(data: st.DataObject) -> None:
    """Each figure that is read is the one that stands in its row and column; what is in doubt is told, and nothing breaks."""
    word = opened(FILE)
    for _ in range(data.draw(st.integers(1, 6))):
        every = list(word.element.body.iter(*(qn(f"w:{name}") for name in ("sdt", "tbl", "tr", "tc", "p", "r", "sdtPr", "tag"))))
        one = every[data.draw(st.integers(0, len(every) - 1))]
        if data.draw(st.booleans()):
            one.addnext(deepcopy(one))
        else:
            one.getparent().remove(one)
    filled = filled_of(blocks_of(word), FORM.stamp, seen_in(FULL), FACTS)
    for one in filled.cells:
        standing = ALL.get(one.place, ("\0", ""))[0] or "\0"
        assert not one.typed.replace(" ", "").replace(standing, ""), one


def test_a_row_that_lost_a_cell_is_read_by_its_controls_or_told() -> None:
    def change(word: Any) -> None:
        row = next(one for one in word.tables[0].rows if one.cells[0].text == "C.01")._tr
        row.remove(row.findall(qn("w:tc"))[4])

    by_tags = seen_again(changed(change))
    assert said(by_tags) == {place: value for place, value in ALL.items() if place != Place("C.01", "2024")}
    told = seen_again(changed(change, changed(without_controls)))
    words = "Dòng này thừa hoặc thiếu ô so với đầu bảng nên không đọc số. Chép lại dòng từ mẫu."
    assert faults(told) == [("biểu 2A, dòng C.01", words)]
    assert not {Place("C.01", "2024"), Place("C.01", "2025")} & set(said(told))


def test_a_figure_that_was_moved_to_another_column_is_told() -> None:
    def change(word: Any) -> None:
        row = next(one for one in word.tables[0].rows if one.cells[0].text == "C.01")._tr
        cells = row.findall(qn("w:tc"))
        cells[4].addprevious(cells[5])

    filled = seen_again(changed(change))
    words = "Ô này bị dời từ cột khác sang nên không đọc. Chép lại dòng từ mẫu, ghi số vào đúng cột."
    assert faults(filled) == [(f"biểu 2A, dòng C.01, cột Năm {year}", words) for year in ("2024", "2025")]
    assert "C.01" not in {place.code for place in said(filled)}


def test_free_word_files_are_refused_with_what_to_do() -> None:
    word = Document()
    word.add_paragraph("UBND XÃ AN BÌNH")
    word.add_paragraph("BÁO CÁO Kết quả phòng, chống đuối nước năm 2025")
    word.add_paragraph("Trong năm, xã mở 12 lớp dạy bơi cho 340 trẻ em.")
    held = BytesIO()
    word.save(held)
    with pytest.raises(Refused) as refusal:
        word_reading.read(held.getvalue())
    assert refusal.value.message == (
        "Tệp không phải là mẫu tải từ phần mềm, hoặc đã mất mã nhận dạng ở cuối mẫu. Tải mẫu Word của đơn vị, chép nội dung từng "
        "mục và số liệu từng dòng sang mẫu rồi chọn tệp đó. Văn bản đã ký thì ghi số, ngày và đính kèm sau khi nộp."
    )
    assert refusal.value.field == "upload"


def test_a_seal_typed_by_hand_is_refused() -> None:
    def change(word: Any) -> None:
        line = word.paragraphs[-1].runs[0]
        found = SEAL_FORM.search(line.text)
        assert found
        line.text = line.text.replace(found[1], found[1][:-3] + "abc")

    with pytest.raises(Refused, match="Phần nhận dạng của tệp đã bị sửa hoặc hỏng"):
        word_reading.read(changed(change, into_new_file(list)))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Tệp rỗng"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04" + b"\0" * 80, "hỏng"),
        (b"PK" + b"\0" * (20 * 1024 * 1024), "chỉ nhận đến 20 MB"),
    ],
)
def test_what_no_form_can_be_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        word_reading.read(data)


def test_macros_are_refused() -> None:
    def change(word: Any) -> None:
        word.part._content_type = "application/vnd.ms-word.document.macroEnabled.main+xml"

    with pytest.raises(Refused, match="macro"):
        word_reading.read(changed(change))


def test_the_units_own_form_goes_into_its_draft(report: Return, commune_clerk: Person, actor_for: Callable[..., Actor]) -> None:
    report = Return.objects.select_related("campaign__recipient", "group__template__template", "unit").get(pk=report.pk)
    data = to_docx(form_of(report, TODAY, NOON))

    def change(word: Any) -> None:
        write(cell(word, 0, "C.01", 3), "120")
        write(cell(word, 0, "C.01", 4), "nhiều")

    filled = word_reading.read(changed(change, data))
    done = uploading.upload(actor=actor_for(commune_clerk), report=report, filled=filled, at=NOON, file_name="an-binh.docx")
    assert not done.written
    assert [(one.where, one.words.partition(".")[0]) for one in done.faults] == [
        ("biểu 2A, dòng C.01, cột Năm 2025", "“nhiều” không phải là một số")
    ]
    done = uploading.upload(
        actor=actor_for(commune_clerk), report=report, filled=filled, at=NOON, file_name="an-binh.docx", good_only=True
    )
    assert (done.cells, done.written) == (1, True)
    row = report.values.get()
    assert (row.indicator.code, row.column, row.number, row.origin_words) == ("C.01", "2024", Decimal(120), "an-binh.docx")


@pytest.mark.django_db
def test_the_form_of_a_report_that_is_gone_holds_nothing() -> None:
    assert word_reading.read(to_docx(FULL)) == Filled(FORM.stamp, (), (), ())
