"""A Word file gives the text that a reader of it sees."""

from pathlib import Path

import pytest

from tests.shared import needs_shared, shared_files
from tests.vanban.sources import make_docx as make
from tests.vanban.sources.make_docx import cell, docx, paragraph, row, run, table
from vanban.options import Options
from vanban.sources import Extracted, extract


def read(path: Path, *body: str, **parts: str) -> Extracted:
    return extract(docx(path / "van-ban.docx", *body, **parts), Options())


def lines(path: Path, *body: str, **parts: str) -> list[str]:
    return read(path, *body, **parts).raw.rstrip("\n").split("\n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([run("Kế "), run("hoạch")], "Kế hoạch"),
        (["<w:r><w:t>Một</w:t><w:br/><w:t>hai</w:t></w:r>"], "Một\nhai"),
        (["<w:r><w:t>Số</w:t><w:tab/><w:t>ngày</w:t></w:r>"], "Số\tngày"),
        (["<w:r><w:t>QĐ</w:t><w:noBreakHyphen/><w:t>TTg</w:t></w:r>"], "QĐ-TTg"),
        ([run("Giao "), f"<w:ins>{run('Sở Y tế')}</w:ins>", f"<w:del>{run('Sở Nội vụ')}</w:del>"], "Giao Sở Y tế"),
        ([f"<w:moveFrom>{run('cũ')}</w:moveFrom>", f"<w:moveTo>{run('mới')}</w:moveTo>"], "mới"),
        ([run("hiện"), run("ẩn", "<w:vanish/>")], "hiện"),
        ([run("hiện"), run(" cả", '<w:vanish w:val="0"/>')], "hiện cả"),
        ([run("kế hoạch", "<w:caps/>")], "KẾ HOẠCH"),
        (
            [f"<w:hyperlink>{run('địa chỉ')}</w:hyperlink>", f"<w:sdt><w:sdtContent>{run(' ô')}</w:sdtContent></w:sdt>"],
            "địa chỉ ô",
        ),
        ([f"<w:fldSimple>{run('2025')}</w:fldSimple>"], "2025"),
        (
            [
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>',
                f'{run("lệnh")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
                run(" trang"),
            ],
            "12 trang",
        ),
        (['<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>', run(" mục")], "• mục"),
        (['<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run(" 95%")], "≥ 95%"),
        (['<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', run(" đạt")], "✓ đạt"),
        (['<w:r><w:sym w:font="Arial" w:char="2264"/></w:r>', run(" 5")], "≤ 5"),
        (["<w:r><w:t>thực</w:t><w:softHyphen/><w:t> hiện</w:t></w:r>"], "thực hiện"),
        (["<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"], "x=1"),
    ],
)
def test_what_a_paragraph_says(tmp_path: Path, content: list[str], expected: str) -> None:
    assert read(tmp_path, paragraph(*content)).raw == f"{expected}\n"


def test_a_deleted_end_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    assert lines(tmp_path, paragraph("Sở Y tế ", mark="<w:del/>"), paragraph("chủ trì")) == ["Sở Y tế chủ trì"]


def test_a_paragraph_deleted_as_a_whole_leaves_nothing(tmp_path: Path) -> None:
    body = [paragraph("Một"), paragraph(f"<w:del>{run('Hai')}</w:del>", mark="<w:del/>"), paragraph("Ba")]
    assert lines(tmp_path, *body) == ["Một", "Ba"]


def test_blocks_in_content_controls_are_read_in_order(tmp_path: Path) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Hai')}{table(row('a', 'b'), row('c', 'd'))}</w:sdtContent></w:sdt>"
    assert lines(tmp_path, paragraph("Một"), control, paragraph("Ba")) == ["Một", "Hai", "a\tb", "c\td", "Ba"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('HỎA TỐC')}</w:txbxContent>"
    choice = f"<mc:Choice Requires='wps'><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    body = paragraph("Số: 12", f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>")
    assert lines(tmp_path, body) == ["Số: 12", "HỎA TỐC"]


def test_an_old_text_box_is_read(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('DỰ THẢO')}</w:txbxContent>"
    assert lines(tmp_path, paragraph("Số:", f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")) == ["Số:", "DỰ THẢO"]


def test_footnotes_stand_at_the_end(tmp_path: Path) -> None:
    notes = make.part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="-1">{paragraph("___")}</w:footnote>'
        f'<w:footnote w:id="1">{paragraph("Văn bản số 5/SYT")}{paragraph("ngày 02/3/2026")}</w:footnote>',
    )
    body = paragraph("Theo đề nghị", '<w:r><w:footnoteReference w:id="1"/></w:r>', run(" của Sở"))
    assert lines(tmp_path, body, footnotes=notes) == ["Theo đề nghị của Sở", "[1] Văn bản số 5/SYT ngày 02/3/2026"]


def test_endnotes_go_on_from_the_footnotes(tmp_path: Path) -> None:
    notes = make.part("footnotes", f'<w:footnote w:id="1">{paragraph("Chân trang")}</w:footnote>')
    ends = make.part("endnotes", f'<w:endnote w:id="1">{paragraph("Cuối bài")}</w:endnote>')
    expected = ["Nội dung", "[1] Chân trang", "[2] Cuối bài"]
    assert lines(tmp_path, paragraph("Nội dung"), footnotes=notes, endnotes=ends) == expected


def test_headers_footers_and_comments_are_left_out(tmp_path: Path) -> None:
    parts = {name: make.part(name[:3], paragraph("Trang 2")) for name in ("header1", "footer1", "comments")}
    assert lines(tmp_path, paragraph("Nội dung"), **parts) == ["Nội dung"]


def test_a_generated_table_of_contents_is_left_out(tmp_path: Path) -> None:
    styles = make.part("styles", '<w:style w:type="paragraph" w:styleId="MucLuc1"><w:name w:val="toc 1"/></w:style>')
    assert lines(tmp_path, paragraph("I. Mục tiêu 2", style="MucLuc1"), paragraph("I. Mục tiêu"), styles=styles) == [
        "I. Mục tiêu"
    ]


# Numbering ----------------------------------------------------------------------------------------------------------

OUTLINE = (
    make.level(0, "upperRoman", "%1.")
    + make.level(1, "decimal", "%2.")
    + make.level(2, "lowerLetter", "%3)")
    + make.level(3, "bullet", "–")
    + make.level(4, "decimal", "%2.%5", more="<w:isLgl/>")
)


def numbered(
    path: Path, marks: list[tuple[int, int] | str], abstracts: dict[int, str], lists: dict[int, tuple[int, str]]
) -> list[str]:
    body = [paragraph(mark) if isinstance(mark, str) else paragraph("x", number=mark) for mark in marks]
    return [line.removesuffix(" x") for line in lines(path, *body, numbering=make.numbering(abstracts, lists))]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([(1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1)], ["I.", "1.", "2.", "a)", "-", "II.", "1."]),
        ([(1, 1), "chữ", (1, 1)], ["1.", "chữ", "2."]),
        ([(1, 0), (1, 1), (1, 4), (1, 4)], ["I.", "1.", "1.1", "1.2"]),
        ([(1, 0), (2, 0)], ["I.", "II."]),
        ([(1, 0), (1, 0), (3, 0), (3, 0)], ["I.", "II.", "I.", "II."]),
        ([(1, 0), (0, 0), (9, 0)], ["I.", "x", "x"]),
        ([(1, 2)] * 27, [f"{letter})" for letter in "abcdefghijklmnopqrstuvwxyz"] + ["aa)"]),
    ],
)
def test_automatic_numbers(tmp_path: Path, marks: list[tuple[int, int] | str], expected: list[str]) -> None:
    lists = {1: (0, ""), 2: (0, ""), 3: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')}
    assert numbered(tmp_path, marks, {0: OUTLINE}, lists) == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (make.level(0, "decimal", "Điều %1.", start=5), "Điều 5."),
        (make.level(0, "decimalZero", "%1"), "01"),
        (make.level(0, "lowerRoman", "(%1)", start=4), "(iv)"),
        (make.level(0, "upperLetter", "%1."), "A."),
        (make.level(0, "bullet", "\uf02d"), "-"),
        (make.level(0, "bullet", "\uf0b7"), "•"),
        (make.level(0, "bullet", "+"), "+"),
        (make.level(0, "none", ""), "x"),
    ],
)
def test_forms_of_labels(tmp_path: Path, levels: str, expected: str) -> None:
    assert numbered(tmp_path, [(1, 0)], {0: levels}, {1: (0, "")}) == [expected]


def test_a_level_that_does_not_begin_again(tmp_path: Path) -> None:
    levels = make.level(0, "upperRoman", "%1.") + make.level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
    assert numbered(tmp_path, [(1, 0), (1, 1), (1, 0), (1, 1)], {0: levels}, {1: (0, "")}) == ["I.", "1.", "II.", "2."]


def test_numbers_of_a_style_go_on_after_a_table(tmp_path: Path) -> None:
    styles = make.part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:name w:val="Mục con"/><w:basedOn w:val="Muc"/></w:style>',
    )
    numbers = make.numbering({0: make.level(0, "decimal", "%1.")}, {1: (0, "")})
    body = [paragraph("một", style="Muc"), table(row("a", "b"), row("c", "d")), paragraph("hai", style="MucCon")]
    assert lines(tmp_path, *body, styles=styles, numbering=numbers) == ["1. một", "a\tb", "c\td", "2. hai"]


def test_tracked_changes_of_numbers_are_accepted(tmp_path: Path) -> None:
    numbers = make.numbering({0: make.level(0, "decimal", "%1.")}, {1: (0, ""), 2: (0, "")})
    given = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins w:id="1"/></w:numPr></w:pPr><w:r><w:t>một</w:t></w:r></w:p>'
    taken = (
        '<w:p><w:pPr><w:pPrChange w:id="2"><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange></w:pPr>'
        "<w:r><w:t>không số</w:t></w:r></w:p>"
    )
    gone = paragraph(f"<w:del>{run('bỏ')}</w:del>", number=(1, 0), mark="<w:del/>")
    expected = ["1. một", "không số", "2. hai"]
    assert lines(tmp_path, given, taken, gone, paragraph("hai", number=(1, 0)), numbering=numbers) == expected


def test_an_empty_numbered_paragraph_counts_and_shows_nothing(tmp_path: Path) -> None:
    numbers = make.numbering({0: make.level(0, "decimal", "%1.")}, {1: (0, "")})
    body = [paragraph("một", number=(1, 0)), paragraph(number=(1, 0)), paragraph("ba", number=(1, 0))]
    assert lines(tmp_path, *body, numbering=numbers) == ["1. một", "", "3. ba"]


# Tables -------------------------------------------------------------------------------------------------------------


def test_cells_tell_where_they_stand(tmp_path: Path) -> None:
    found = read(tmp_path, paragraph("Phụ lục"), table(row("TT", "Nhiệm vụ"), row("1", cell("Rà soát", "Báo cáo"))))
    assert found.raw == "Phụ lục\nTT\tNhiệm vụ\n1\tRà soát\nBáo cáo\n"
    (only,) = found.tables
    assert not only.layout
    assert only.span.of(found.raw) == "TT\tNhiệm vụ\n1\tRà soát\nBáo cáo"
    assert [(c.row, c.column, c.span.of(found.raw)) for c in only.cells] == [
        (0, 0, "TT"),
        (0, 1, "Nhiệm vụ"),
        (1, 0, "1"),
        (1, 1, "Rà soát\nBáo cáo"),
    ]


def test_merged_cells_stand_once_with_their_reach(tmp_path: Path) -> None:
    wide, top, under = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        row(cell("Mục", properties=top), cell("Thời gian", properties=wide)),
        row(cell(properties=under), "Từ", "Đến"),
        row("I", cell("cả năm", properties=wide)),
    ]
    found = read(tmp_path, table(*rows))
    assert [(c.row, c.column, c.rows, c.columns, c.span.of(found.raw)) for c in found.tables[0].cells] == [
        (0, 0, 2, 1, "Mục"),
        (0, 1, 1, 2, "Thời gian"),
        (1, 1, 1, 1, "Từ"),
        (1, 2, 1, 1, "Đến"),
        (2, 0, 1, 1, "I"),
        (2, 1, 1, 2, "cả năm"),
    ]


def test_deleted_rows_and_tabs_in_cells(tmp_path: Path) -> None:
    tabbed = cell(paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"))
    assert lines(tmp_path, table(row(tabbed, "c"), row("x", "y", properties="<w:del/>"), row("d", "e"))) == ["a b\tc", "d\te"]


def test_a_letterhead_reads_as_lines(tmp_path: Path) -> None:
    head = table(
        row(cell("UBND TỈNH X", "SỞ Y TẾ"), cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")),
        row(cell("Số: 12/SYT-NV", "V/v báo cáo"), "X, ngày 02 tháng 3 năm 2026"),
        properties=make.NO_BORDERS,
    )
    found = read(tmp_path, head)
    assert found.raw.split("\n")[:7] == [
        "UBND TỈNH X",
        "SỞ Y TẾ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/SYT-NV",
        "V/v báo cáo",
        "X, ngày 02 tháng 3 năm 2026",
    ]
    assert found.tables[0].layout


@pytest.mark.parametrize(
    ("rows", "properties", "layout"),
    [
        ([row(cell("Nơi nhận:", "- Như trên;"), cell("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))], make.NO_BORDERS, True),
        ([row(cell("Nơi nhận:", "- Như trên;"), cell("GIÁM ĐỐC"))], make.BORDERS, True),
        ([row("Kính gửi:", cell("- Sở Y tế;", "- Sở Nội vụ."))], "", True),
        ([row("Chỉ tiêu", "Kết quả"), row("1", "2")], make.BORDERS, False),
        ([row("Chỉ tiêu", "Kết quả"), row("1", "2"), row("3", "4")], "", False),
        ([row("TT", "Nhiệm vụ", "Chủ trì", "Thời gian")], "", False),
    ],
)
def test_which_tables_only_arrange(tmp_path: Path, rows: list[str], properties: str, layout: bool) -> None:
    assert [found.layout for found in read(tmp_path, table(*rows, properties=properties)).tables] == [layout]


GRID = make.part(
    "styles",
    '<w:style w:type="table" w:styleId="Luoi"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single"/>'
    "</w:tblBorders></w:tblPr></w:style>",
)


@pytest.mark.parametrize(
    ("sides", "layout"),
    [("", False), ("nil", True), ("single", False)],
    ids=["ruled by its style", "lines taken away cell by cell", "ruled cell by cell"],
)
def test_lines_by_style_and_by_cell(tmp_path: Path, sides: str, layout: bool) -> None:
    drawn = "".join(f'<w:{side} w:val="{sides}"/>' for side in ("top", "left", "bottom", "right")) if sides else ""
    cells = [cell(text, properties=f"<w:tcBorders>{drawn}</w:tcBorders>") for text in ("Chỉ tiêu", "Kết quả")]
    style = '<w:tblPr><w:tblStyle w:val="Luoi"/></w:tblPr>'
    found = read(tmp_path, table(row(*cells), row(*cells), properties=style), styles=GRID)
    assert [held.layout for held in found.tables] == [layout]


def test_a_frame_of_one_cell_is_no_table(tmp_path: Path) -> None:
    found = read(tmp_path, table(row(cell("Khung", table(row("a", "b"), row("c", "d"))))))
    assert found.raw.rstrip("\n") == "Khung\na\tb\nc\td"
    assert len(found.tables) == 1


@needs_shared
@pytest.mark.corpus
@pytest.mark.parametrize("path", shared_files("corpus/files/*.docx"), ids=lambda path: path.stem)
def test_real_files(path: Path) -> None:
    found = extract(path, Options())
    assert "Nơi nhận:" in found.raw
    assert found.tables[0].layout
    assert all(cell.span.of(found.raw).strip() for held in found.tables if held.layout for cell in held.cells)
