import io
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from dondoc.common import wording
from dondoc.common.official import Appendix, Paper, Paragraph, Picture, Signature, Span, Table, missing, to_docx, unwritten
from dondoc.common.official.words import OPEN, broken, listed, number_line, place_line, point, roman, width_of
from tests.dondoc.common.papers import COLUMNS, PARTY, PARTY_LETTER, STATE, STATE_LETTER, WITH_APPENDICES
from vanban.pipeline import read

TINOS = Path("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf")
ALL = (STATE, STATE_LETTER, PARTY, PARTY_LETTER)


@cache
def opened(paper: Paper) -> WordDocument:
    return Document(io.BytesIO(to_docx(paper)))


def lines(word: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.text]


def cell(word: WordDocument, table: int, row: int, column: int) -> list[Any]:
    return [paragraph for paragraph in word.tables[table].cell(row, column).paragraphs if paragraph.text]


def type_of(paragraph: Any) -> tuple[str, float, bool, bool]:
    run = paragraph.runs[0]
    return paragraph.text, run.font.size.pt, bool(run.bold), bool(run.italic)


@pytest.mark.parametrize(("paper", "right"), [(STATE, 1134), (STATE_LETTER, 1134), (PARTY, 851), (PARTY_LETTER, 851)])
def test_the_page_is_a4_with_the_margins_of_its_form(paper: Paper, right: int) -> None:
    section = opened(paper).sections[0]
    assert (section.page_width.twips, section.page_height.twips) == (11906, 16838)
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [edge.twips for edge in edges] == [1134, 1134, 1701, right]


@pytest.mark.parametrize("paper", ALL)
def test_the_page_number_stands_in_the_upper_margin_from_the_second_page_on(paper: Paper) -> None:
    section = opened(paper).sections[0]
    assert section.different_first_page_header_footer
    assert " PAGE " in section.header.paragraphs[0]._p.xml
    assert section.header.paragraphs[0].runs[0].font.size.pt == 14
    assert section.first_page_header.paragraphs[0].text == ""
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


@pytest.mark.parametrize("paper", [*ALL, WITH_APPENDICES])
def test_every_style_in_use_is_times_new_roman_in_every_script_and_black(paper: Paper) -> None:
    word = opened(paper)
    in_tables = [paragraph for table in word.tables for each in table._cells for paragraph in each.paragraphs]
    used = {paragraph.style.name: paragraph.style for paragraph in [*word.paragraphs, *in_tables] if paragraph.style}
    assert len(used) > 4
    for style in used.values():
        fonts = style.element.rPr.rFonts
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
        assert fonts.get(qn("w:asciiTheme")) is None
        assert str(style.font.color.rgb) == "000000"


def test_the_head_of_a_state_report() -> None:
    word = opened(STATE)
    assert [type_of(one) for one in cell(word, 0, 0, 0)] == [
        ("ỦY BAN NHÂN DÂN", 13, True, False),
        ("TỈNH MINH HỌA", 13, True, False),
    ]
    assert [type_of(one) for one in cell(word, 0, 0, 1)] == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 14, True, False),
    ]
    assert [type_of(one) for one in cell(word, 0, 1, 0)] == [("Số: 08/BC-UBND", 13, False, False)]
    assert [type_of(one) for one in cell(word, 0, 1, 1)] == [("Minh Họa, ngày 05 tháng 02 năm 2026", 14, False, True)]
    assert [type_of(one) for one in word.paragraphs[:3] if one.text] == [
        ("BÁO CÁO", 14, True, False),
        ("Kết quả phòng, chống dịch bệnh giai đoạn 2021 - 2025", 14, True, False),
    ]


def test_the_head_of_a_department_letter_has_its_superior_and_what_it_is_about() -> None:
    word = opened(STATE_LETTER)
    assert [type_of(one) for one in cell(word, 0, 0, 0)] == [
        ("UBND TỈNH MINH HỌA", 13, False, False),
        ("SỞ Y TẾ", 13, True, False),
    ]
    assert [type_of(one) for one in cell(word, 0, 1, 0)] == [
        ("Số: 2052/SYT-NVY", 13, False, False),
        ("V/v đôn đốc thực hiện nhiệm vụ quá hạn", 12, False, False),
    ]
    assert lines(word)[0] == "Kính gửi: Ủy ban nhân dân xã An Bình."


def test_the_head_of_a_party_plan() -> None:
    word = opened(PARTY)
    assert [type_of(one) for one in cell(word, 0, 0, 0)] == [
        ("TỈNH ỦY MINH HỌA", 14, True, False),
        ("*", 14, False, False),
    ]
    assert [type_of(one) for one in cell(word, 0, 0, 1)] == [("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False)]
    assert type_of(cell(word, 0, 1, 0)[0]) == ("Số 07-KH/TU", 14, False, False)
    assert [type_of(one) for one in word.paragraphs[:3] if one.text] == [
        ("KẾ HOẠCH", 16, True, False),
        ("thực hiện Nghị quyết số 72-NQ/TW, ngày 09/9/2025 của Bộ Chính trị", 14, True, False),
        ("-----", 14, False, False),
    ]


def test_a_party_letter_has_its_subject_in_italics_without_vv() -> None:
    assert type_of(cell(opened(PARTY_LETTER), 0, 1, 0)[1]) == ("đôn đốc thực hiện nhiệm vụ", 12, False, True)


def rules_of(paragraphs: list[Any], width: int) -> list[int]:
    """The lengths of the rules among the paragraphs, in twips."""
    return [
        round(width - one.paragraph_format.left_indent.twips - one.paragraph_format.right_indent.twips)
        for one in paragraphs
        if one._p.find(f".//{qn('w:pBdr')}") is not None
    ]


def test_rules_are_borders_of_the_right_length() -> None:
    word = opened(STATE_LETTER)
    motto = rules_of(word.tables[0].cell(0, 1).paragraphs, 9071 - 3500)
    issuer = rules_of(word.tables[0].cell(0, 0).paragraphs, 3500)
    assert motto == [pytest.approx(12.22 * 14 * 20, abs=20)]
    assert len(issuer) == 1
    line = 3.8 * 13 * 20
    assert line / 3 <= issuer[0] <= line / 2
    below_title = rules_of(opened(STATE).paragraphs, 9071)
    assert len(below_title) == 1
    assert below_title[0] < 9071 / 2
    assert rules_of(opened(PARTY).paragraphs, 9354) == []


@pytest.mark.skipif(not TINOS.exists(), reason="the font with the metrics of Times New Roman is absent")
@pytest.mark.parametrize(
    "text",
    ["ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "VĂN PHÒNG", STATE.subject, PARTY.subject],
)
def test_the_width_of_a_line_is_told_within_a_tenth(text: str) -> None:
    real = ImageFont.truetype(str(TINOS), 1000).getlength(text) / 1000
    assert width_of(text) == pytest.approx(real, rel=0.1)


@pytest.mark.parametrize(
    ("paper", "numbers"),
    [
        (STATE, ["I. KẾT QUẢ THỰC HIỆN", "1. Công tác chỉ đạo", "a) Tuyên truyền", "b) Tập huấn", "2. Kinh phí", "II. PHƯƠNG HƯỚNG", "1. Nhiệm vụ"]),
        (PARTY, ["I- KẾT QUẢ THỰC HIỆN", "1. Công tác chỉ đạo", "a) Tuyên truyền", "b) Tập huấn", "2. Kinh phí", "II- PHƯƠNG HƯỚNG", "1. Nhiệm vụ"]),
    ],
    ids=["state", "party"],
)  # fmt: skip
def test_headings_are_counted_and_can_be_navigated(paper: Paper, numbers: list[str]) -> None:
    word = opened(paper)
    assert [one.text for one in word.paragraphs if one.style and str(one.style.name).startswith("Heading")] == numbers


def test_the_body_is_set_as_the_decree_wants_it() -> None:
    word = opened(STATE)
    body = word.styles["Lời văn"]
    layout = body.paragraph_format
    assert (body.font.size.pt, layout.alignment, layout.space_before.pt, layout.line_spacing) == (14, 3, 6, 1.15)
    assert layout.first_line_indent.twips == 720
    assert opened(PARTY).styles["Lời văn"].paragraph_format.line_spacing.pt == 18
    assert "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;" in lines(word)
    assert "Theo đề nghị của Sở Y tế." in lines(word)


@pytest.mark.parametrize(
    ("paper", "body", "end"),
    [
        (STATE, (Paragraph("Hết."),), "Hết./."),
        (STATE, (Paragraph("Hết"),), "Hết./."),
        (STATE, (Paragraph((Span("Điều 1. ", bold=True), Span("Thi hành."))),), "Điều 1. Thi hành./."),
        (STATE, (Table(COLUMNS, ()),), "./."),
        (STATE, (), "./."),
        (PARTY, (Paragraph("Hết."),), "Hết."),
        (PARTY, (Paragraph("Hết"),), "Hết."),
    ],
)
def test_the_body_ends_with_the_mark_of_its_form(paper: Paper, body: Any, end: str) -> None:
    assert lines(opened(replace(paper, body=body)))[-1] == end


def test_what_is_missing_is_marked_so_that_nobody_signs_over_it() -> None:
    word = opened(STATE)
    run = next(run for one in word.paragraphs for run in one.runs if run.text == "[CHƯA CÓ SỐ LIỆU – xã Công Sơn]")
    assert run.bold
    assert run.font.highlight_color == 7
    assert missing() == "[CHƯA CÓ SỐ LIỆU]"


def test_both_kinds_of_what_is_missing_are_marked() -> None:
    text = f"A {unwritten('mục II')} B [KHÔNG CÓ CHỈ TIÊU 2A:X:1]."
    paragraph = next(one for one in opened(replace(STATE, body=(Paragraph(text),))).paragraphs if "A [" in one.text)
    assert [run.text for run in paragraph.runs if run.font.highlight_color] == [
        "[CHƯA CÓ NỘI DUNG – mục II]", "[KHÔNG CÓ CHỈ TIÊU 2A:X:1]",
    ]  # fmt: skip


def test_a_link_leads_out_and_a_note_is_raised() -> None:
    address = "https://dondoc.example/so/1/"
    spans = (Span("Có 5", address=address), Span("[1]", raised=True), Span(" lớp"))
    word = opened(replace(STATE, body=(Paragraph(spans),)))
    paragraph = next(one for one in word.paragraphs if one.text.startswith("Có 5"))
    assert [(link.text, link.address) for link in paragraph.hyperlinks] == [("Có 5", address)]
    assert [run.text for run in paragraph.runs if run.font.superscript] == ["[1]"]
    assert paragraph.text == "Có 5[1] lớp./."


def test_a_line_may_end_within_a_cell() -> None:
    word = opened(replace(STATE, body=(Table(COLUMNS, (("1", (Span("a\n"), Span("b")), "", ""),)),)))
    cell = word.tables[1].cell(2, 1)
    assert cell.text == "a\nb"
    assert len(cell._tc.findall(f".//{qn('w:br')}")) == 1


@pytest.mark.parametrize("paper", [STATE, PARTY], ids=["state", "party"])
def test_a_picture_stands_in_the_middle_with_its_caption_and_words(paper: Paper) -> None:
    content = io.BytesIO()
    Image.new("L", (200, 100), 128).save(content, "PNG")
    picture = Picture(content.getvalue(), "Năm 2025: 91,2%.", width=0.5, caption="Biểu đồ 1. Tỷ lệ")
    word = opened(replace(paper, body=(picture, Paragraph("Hết."))))
    shape = word.inline_shapes[0]
    text_width = 9071 if paper is STATE else 9354
    assert shape.width.twips == pytest.approx(text_width / 2, abs=1)
    assert shape.height * 2 == pytest.approx(shape.width, rel=0.01)
    assert shape._inline.docPr.get("descr") == "Năm 2025: 91,2%."
    assert [shape._inline.get(f"dist{side}") for side in "TBLR"] == ["0"] * 4
    at = next(place for place, one in enumerate(word.paragraphs) if one._p.find(f".//{qn('w:drawing')}") is not None)
    held, caption = word.paragraphs[at : at + 2]
    assert (held.paragraph_format.line_spacing, held.paragraph_format.keep_with_next) == (
        1.0,
        True,
    )  # exact lines would cut it off
    assert caption.text == "Biểu đồ 1. Tỷ lệ"


def test_a_period_in_one_piece_has_words_own_hyphen() -> None:
    word = opened(replace(STATE, subject=wording.joined("Kết quả giai đoạn 2021 - 2025")))
    paragraph = word.paragraphs[1] if word.paragraphs[1].text else word.paragraphs[2]
    assert paragraph.text == "Kết quả giai đoạn 2021\u00a0-\u00a02025"
    assert len(paragraph._p.findall(f".//{qn('w:noBreakHyphen')}")) == 1


def test_a_small_table_is_in_smaller_type() -> None:
    word = opened(replace(STATE, body=(Table(COLUMNS, (("1", "a", "", ""),), small=True),)))
    sizes = {paragraph.style.font.size.pt for each in word.tables[1]._cells for paragraph in each.paragraphs}
    assert sizes == {10}


def test_a_table_repeats_its_head_and_breaks_no_row() -> None:
    table = opened(STATE).tables[1]
    assert [[each.text for each in row.cells] for row in table.rows] == [
        ["STT", "Cơ quan", "Hoàn thành", "Hoàn thành"],
        ["STT", "Cơ quan", "Đúng hạn", "Trễ hạn"],
        ["A. Sở, ngành"] * 4,
        ["1", "Sở Nội vụ", "3", "1"],
        ["2", "Sở Y tế", "2", "0"],
    ]
    marks = [[child.tag for child in row._tr.trPr] for row in table.rows]
    assert all(qn("w:cantSplit") in mark for mark in marks)
    assert [qn("w:tblHeader") in mark for mark in marks] == [True, True, False, False, False]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [None, None, True, None, None]  # the name of rows is no last line of a page
    assert sum(column.width.twips for column in table.columns) == 9071


def test_a_row_with_too_few_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="3 cells in a table of 4 columns"):
        Table(COLUMNS, (("1", "Sở Y tế", "2"),))


def test_recipients_and_signature_of_the_state() -> None:
    word = opened(STATE)
    assert [type_of(one) for one in cell(word, 2, 0, 0)] == [
        ("Nơi nhận:", 12, True, True),
        ("- Như trên;", 11, False, False),
        ("- Thường trực Tỉnh ủy (để b/c);", 11, False, False),
        ("- Lưu: VT, KGVX.", 11, False, False),
    ]
    assert [type_of(one) for one in cell(word, 2, 0, 1)] == [
        ("TM. ỦY BAN NHÂN DÂN", 14, True, False),
        ("KT. CHỦ TỊCH", 14, True, False),
        ("PHÓ CHỦ TỊCH", 14, True, False),
        ("Nguyễn Thị Minh Hà", 14, True, False),
    ]
    assert len(word.tables[2].cell(0, 1).paragraphs) == 8


def test_recipients_and_signature_of_the_party() -> None:
    word = opened(PARTY)
    label = cell(word, 2, 0, 0)[0]
    assert type_of(label) == ("Nơi nhận:", 14, False, False)
    assert label.runs[0].underline
    assert [one.text for one in cell(word, 2, 0, 0)[1:]] == ["- Như trên;", "- Lưu Văn phòng Tỉnh ủy."]
    assert [type_of(one) for one in cell(word, 2, 0, 1)] == [
        ("T/M BAN THƯỜNG VỤ", 14, True, False),
        ("PHÓ BÍ THƯ", 14, False, False),
        ("Lê Văn Hòa", 14, True, False),
    ]


def test_the_name_of_the_signer_may_be_open() -> None:
    word = opened(replace(STATE, signature=Signature((), "Giám đốc")))
    assert [one.text for one in cell(word, 2, 0, 1)] == ["GIÁM ĐỐC"]


def test_appendices_stand_on_their_own_pages_and_name_the_paper() -> None:
    word = opened(WITH_APPENDICES)
    reference = "(Kèm theo Báo cáo số 08/BC-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Minh Họa)"
    assert lines(word)[-7:] == [
        "Phụ lục I", "DANH SÁCH ĐƠN VỊ", reference, "xã An Bình", "Phụ lục II", "BIỂU SỐ LIỆU", reference,
    ]  # fmt: skip
    sizes = [(one.page_width.twips, one.page_height.twips) for one in word.sections]
    assert sizes == [(11906, 16838), (11906, 16838), (16838, 11906)]
    assert [one.different_first_page_header_footer for one in word.sections] == [True, False, False]
    assert sum(column.width.twips for column in word.tables[-1].columns) == 16838 - 1701 - 1134


def test_one_appendix_alone_has_no_number() -> None:
    word = opened(replace(STATE, appendices=(Appendix("Danh sách", (Paragraph("xã An Bình"),)),)))
    assert "Phụ lục" in lines(word)


def test_a_paper_that_is_not_issued_leaves_number_and_day_open() -> None:
    draft = replace(STATE, number=None)
    assert number_line(draft) == f"Số: {OPEN}/BC-UBND"
    assert place_line(draft).replace("\u00a0", "") == "Minh Họa, ngày  tháng 02 năm 2026"
    assert number_line(replace(PARTY, number=None)) == f"Số {OPEN}-KH/TU"


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"), (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"), (date(2025, 12, 31), "ngày 31 tháng 12 năm 2025")],
)  # fmt: skip
def test_days_below_ten_and_months_below_three_have_a_zero(on: date, words: str) -> None:
    assert place_line(replace(STATE, on=on)) == f"Minh Họa, {words}"


@given(st.integers(1, 399))
def test_roman_numbers_read_back(number: int) -> None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    signs = [values[letter] for letter in roman(number)]
    assert sum(-one if one < max(signs[at:]) else one for at, one in enumerate(signs)) == number


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ủy ban nhân dân tỉnh Minh Họa", ["ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA"]),
        ("Văn phòng Ủy ban nhân dân tỉnh", ["VĂN PHÒNG", "ỦY BAN NHÂN DÂN TỈNH"]),
        ("Ban Thường vụ Tỉnh ủy", ["BAN THƯỜNG VỤ", "TỈNH ỦY"]),
        ("Sở Y tế", ["SỞ Y TẾ"]),
        ("Ủy ban nhân dân", ["ỦY BAN NHÂN DÂN"]),
    ],
)
def test_long_names_break_where_one_would_break_them(name: str, lines: list[str]) -> None:
    assert broken(name) == lines


def test_tables_in_a_row_stay_two() -> None:
    tables = (Table(COLUMNS, (("1", "a", "", ""),)), Table(COLUMNS, (("2", "b", "", ""),)))
    word = opened(replace(STATE, body=tables))
    assert [len(table.rows) for table in word.tables[1:3]] == [3, 3]


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert "".join(point(number) for number in range(1, 11)) == "abcdđeghik"


def test_a_list_ends_with_a_full_stop_even_if_two_lines_are_alike() -> None:
    assert listed(["Sở Y tế;", "Sở Y tế"]) == ["- Sở Y tế;", "- Sở Y tế."]
    assert listed([]) == []


@pytest.mark.parametrize("paper", ALL)
def test_the_reader_reads_back_what_was_written(paper: Paper, tmp_path: Path) -> None:
    place = tmp_path / "van-ban.docx"
    place.write_bytes(to_docx(paper))
    found = read(place).metadata
    joint = "/" if paper.form == "state" else "-"
    assert (found.code, found.date) == (f"{paper.number:02d}{joint}{paper.symbol}", paper.on)
    assert found.issuer.startswith(paper.issuer)
    assert (found.place, found.addressee) == (paper.place, paper.addressees)
    assert paper.subject in str(found.title)
    assert found.signer is not None
    assert (found.signer.name, found.signer.position) == (paper.signature.name, paper.signature.post)
    assert found.recipients[: len(paper.recipients.lines)] == paper.recipients.lines
    assert found.type == (paper.symbol.split("-")[0].split("/")[0] if paper.kind else found.type)
