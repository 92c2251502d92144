"""A PDF with a text of its own gives that text in reading order, tables cell by cell, without page furniture."""

import random
from pathlib import Path

import pytest

from tests.shared import needs_shared, shared_files
from tests.vanban.sources.make_pdf import PdfPage, pdf, table
from vanban.errors import CancelledError, NeedsImageReadingError, TooLargeError
from vanban.options import Options
from vanban.sources import Extracted, extract
from vanban.sources.pdf_furniture import PageLines, without_furniture
from vanban.sources.pdf_page import Line

BODY = ("Triển khai thực hiện kế hoạch phòng, chống thiên tai", "trên địa bàn tỉnh, các cơ quan nghiêm túc thực hiện.")
XS = (60, 100, 300, 420)
LAYERS = Options(read_images=False)
HEADER = ("TT", "Nhiệm vụ", "Chủ trì")


def read(path: Path, *pages: PdfPage, options: Options | None = None) -> Extracted:
    return extract(pdf(path / "van-ban.pdf", *pages), options or Options())


def lines(found: Extracted) -> list[str]:
    return [line.strip() for line in found.raw.split("\n") if line.strip()]


def letterhead() -> PdfPage:
    return (
        PdfPage()
        .text(60, 780, "ỦY BAN NHÂN DÂN", 11)
        .text(190, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11)
        .text(60, 740, "Số:        /KH-UBND")
        .text(300, 740, "Cao Hà, ngày     tháng     năm 2026")
    )


def test_a_letterhead_in_two_columns_reads_as_lines(tmp_path: Path) -> None:
    assert lines(read(tmp_path, letterhead().lines(700, *BODY))) == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: /KH-UBND",
        "Cao Hà, ngày tháng năm 2026",
        *BODY,
    ]


def test_a_signature_block_reads_column_by_column(tmp_path: Path) -> None:
    rows = (("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"), ("- Như trên;", "KT. CHỦ TỊCH"), ("- Lưu: VT.", "PHÓ CHỦ TỊCH"))
    page = PdfPage().lines(700, *BODY)
    for number, (left, right) in enumerate(rows):
        page.text(90, 500 - 18 * number, left, 11).text(340, 500 - 18 * number, right)
    page.text(350, 400, "Trần Văn Bình").lines(300, "Phụ lục", BODY[0] + " " + BODY[0])
    assert lines(read(tmp_path, page)) == [
        *BODY,
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Văn Bình",
        "Phụ lục",
        BODY[0] + " " + BODY[0],
    ]


def test_stamped_number_and_day_stand_in_their_lines(tmp_path: Path) -> None:
    page = letterhead().stamp(85, 741, "208").stamp(388, 739, "05").stamp(460, 739, "3").lines(700, *BODY)
    assert lines(read(tmp_path, page))[2:4] == ["Số: 208/KH-UBND", "Cao Hà, ngày 05 tháng 3 năm 2026"]


def test_a_stamped_mark_stands_first_and_a_signature_is_left_out(tmp_path: Path) -> None:
    page = letterhead().lines(700, *BODY).stamp(400, 600, "HỎA TỐC").stamp(60, 820, "Ký bởi: Ủy ban nhân dân tỉnh", 8)
    found = lines(read(tmp_path, page))
    assert found[0] == "HỎA TỐC"
    assert not any("Ký bởi" in line for line in found)


def test_the_caption_of_a_signature_is_left_out_and_its_neighbours_are_not(tmp_path: Path) -> None:
    caption = ("Người ký: SỞ Y TẾ", "Email: soyte@example.vn", "Thời gian ký: 02.03.2026 08:00:00 +07:00")
    page = PdfPage().lines(700, *BODY).lines(600, *caption, size=8).lines(500, "Người ký văn bản chịu trách nhiệm.")
    assert lines(read(tmp_path, page)) == [*BODY, "Người ký văn bản chịu trách nhiệm."]


def test_heads_feet_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        PdfPage()
        .text(200, 810, f"CÔNG BÁO/Số 12/Ngày 02-03-2026 {number}")
        .text(60, 30, "Kế hoạch phòng thủ")
        .text(290, 50, str(number))
        .lines(700, f"Mục {name}", *BODY)
        for number, name in enumerate(("một", "hai", "ba"), 88)
    ]
    assert lines(read(tmp_path, *pages)) == [line for name in ("một", "hai", "ba") for line in (f"Mục {name}", *BODY)]


@pytest.mark.parametrize(
    "heads",
    [("CÔNG BÁO/Só 12/Ngày 02-03-2026", "CONG BÁO/S6 12"), ("Kế hoạch phòng thủ", "Kê hoạch phòng thù", "Kế hoạch phòng thủ 9")],
)
def test_heads_whose_marks_an_image_has_lost_are_left_out(heads: tuple[str, ...]) -> None:
    pages = [PageLines((_line(head, 800), _line("Mục một", 700)), 842) for head in heads]
    assert [[line.text for line in page] for page in without_furniture(pages)] == [["Mục một"]] * len(heads)


def _line(text: str, y: float) -> Line:
    return Line(text, 60, 300, y, 12, 0, len(text))


def test_a_number_inside_the_text_is_kept(tmp_path: Path) -> None:
    assert lines(read(tmp_path, PdfPage().lines(700, *BODY, "2026", BODY[0]))) == [*BODY, "2026", BODY[0]]


def test_a_hyphen_at_a_line_end_is_kept(tmp_path: Path) -> None:
    page = PdfPage().lines(700, BODY[0], "theo Quyết định số 915/QĐ-", "TTg của Thủ tướng Chính phủ.")
    assert "915/QĐ-\nTTg" in read(tmp_path, page).raw


def test_words_drawn_in_any_order_come_back_as_lines(tmp_path: Path) -> None:
    words = [(90 + 6.5 * (BODY[0].index(word)), 700 - 20 * row, word) for row in range(8) for word in BODY[0].split()]
    page = PdfPage()
    for x, y, word in random.Random(5).sample(words, len(words)):  # noqa: S311 - the same order each time
        page.text(x, y, word)
    assert lines(read(tmp_path, page)) == [BODY[0]] * 8


def test_a_font_that_names_few_of_its_letters_needs_reading_as_images(tmp_path: Path) -> None:
    with pytest.raises(NeedsImageReadingError, match="Lớp chữ"):
        read(tmp_path, PdfPage().lines(700, "Kế h\ue001ạch c\ue002a t\ue003nh", *BODY[:1]), options=LAYERS)


def test_pages_lie_side_by_side_in_the_text(tmp_path: Path) -> None:
    found = read(tmp_path, PdfPage().lines(700, "Trang đầu", *BODY), PdfPage(), PdfPage().lines(700, "Trang cuối", *BODY))
    assert found.page_count == 3
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert found.pages[0].span.of(found.raw).startswith("Trang đầu")
    assert len(found.pages[1].span) == 0
    assert found.pages[2].span.of(found.raw).startswith("Trang cuối")
    assert "".join(page.span.of(found.raw) for page in found.pages) == found.raw


def test_a_page_lying_on_its_side_is_read(tmp_path: Path) -> None:
    page = table(PdfPage(rotation=90), XS, (500, 470, 440), [HEADER, ("1", "Rà soát", "Sở Y tế")]).lines(400, *BODY)
    found = read(tmp_path, page)
    assert lines(found)[0] == "TT\tNhiệm vụ\tChủ trì"
    assert len(found.tables[0].cells) == 6


def test_footnotes_stand_at_the_end_and_their_marks_nowhere(tmp_path: Path) -> None:
    first = (
        PdfPage()
        .text(90, 700, "Theo Quyết định số 12/QĐ-UBND")
        .text(90 + 29 * 6.5, 704, "1", 8)
        .text(90 + 30 * 6.5, 700, "của tỉnh,")
    )
    first.text(90, 670, "diện tích 20 m").text(90 + 14 * 6.5, 674, "2", 8).lines(640, *BODY)
    first.text(90, 103, "1", 6).text(96, 100, "Về phê duyệt kế hoạch.", 9).text(290, 50, "1")
    found = lines(read(tmp_path, first, PdfPage().lines(700, "Trang sau")))
    assert found == [
        "Theo Quyết định số 12/QĐ-UBND của tỉnh,",
        "diện tích 20 m2",
        *BODY,
        "Trang sau",
        "[1] Về phê duyệt kế hoạch.",
    ]


# Tables -------------------------------------------------------------------------------------------------------------


def test_a_ruled_table_stands_once_and_in_its_place(tmp_path: Path) -> None:
    page = PdfPage().lines(760, BODY[0])
    table(page, XS, (700, 670, 620, 590), [HEADER, ("1", "Rà soát,\nbáo cáo", "Sở Y tế"), ("2", "Tuyên truyền", "Báo tỉnh")])
    page.lines(500, BODY[1])
    found = read(tmp_path, page)
    assert lines(found) == [
        BODY[0],
        "TT\tNhiệm vụ\tChủ trì",
        "1\tRà soát,",
        "báo cáo\tSở Y tế",
        "2\tTuyên truyền\tBáo tỉnh",
        BODY[1],
    ]
    (only,) = found.tables
    assert only.page == 1
    assert [(c.row, c.column) for c in only.cells] == [(row, column) for row in range(3) for column in range(3)]
    assert only.cells[4].span.of(found.raw) == "Rà soát,\nbáo cáo"


def test_a_merged_cell_tells_its_reach(tmp_path: Path) -> None:
    page = PdfPage().lines(760, *BODY)
    page.rules((60, 100, 420), (700, 640)).rules((100, 300, 420), (700, 670)).rules((100, 300, 420), (670, 640))
    page.text(65, 680, "1", 11).text(105, 680, "Rà soát", 11).text(305, 680, "Sở Y tế", 11).text(105, 650, "Báo cáo", 11)
    found = read(tmp_path, page)
    assert [(c.row, c.column, c.rows, c.span.of(found.raw)) for c in found.tables[0].cells] == [
        (0, 0, 2, "1"),
        (0, 1, 1, "Rà soát"),
        (0, 2, 1, "Sở Y tế"),
        (1, 1, 1, "Báo cáo"),
        (1, 2, 1, ""),
    ]


@pytest.mark.parametrize(
    "draw",
    [
        lambda page: page.shade(80, 690, 200, 20).shade(280, 690, 60, 20),
        lambda page: page.rules((80, 400), (720, 640)),
        lambda page: page.rules((90, 300), (690,)),
    ],
    ids=["shades behind words", "a frame around a paragraph", "underlines"],
)
def test_what_is_drawn_and_is_no_table(tmp_path: Path, draw: object) -> None:
    page = PdfPage()
    draw(page)  # type: ignore[operator]  # one of the three above
    found = read(tmp_path, page.lines(700, *BODY))
    assert found.tables == ()
    assert lines(found) == list(BODY)


def test_a_table_over_a_page_break_is_one(tmp_path: Path) -> None:
    first = table(PdfPage().lines(760, BODY[0]), XS, (300, 270, 240), [HEADER, ("1", "Rà soát", "Sở Y tế")]).text(290, 30, "1")
    second = table(PdfPage().text(290, 800, "2"), XS, (700, 670, 640), [HEADER, ("2", "Tuyên truyền", "Báo tỉnh")]).lines(
        500, BODY[1]
    )
    found = read(tmp_path, first, second)
    (only,) = found.tables
    assert [c.span.of(found.raw) for c in only.cells if c.column == 0] == ["TT", "1", "2"]
    assert found.pages[1].span.of(found.raw).startswith("2\tTuyên truyền")


def test_a_row_that_the_page_break_cuts_is_mended(tmp_path: Path) -> None:
    first = table(PdfPage(), XS, (300, 270, 240), [HEADER, ("1", "Rà soát các", "Sở Y tế")])
    second = table(PdfPage(), XS, (700, 670, 640, 610), [HEADER, ("", "văn bản.", ""), ("2", "Tuyên truyền", "Báo tỉnh")])
    found = read(tmp_path, first, second)
    assert [c.span.of(found.raw) for c in found.tables[0].cells if c.column == 1] == [
        "Nhiệm vụ",
        "Rà soát các\nvăn bản.",
        "Tuyên truyền",
    ]


def test_a_half_whose_cells_are_merged_still_belongs_to_the_table(tmp_path: Path) -> None:
    first = table(PdfPage(), XS, (300, 270, 240), [HEADER, ("1", "Rà soát", "Sở Y tế")])
    second = table(PdfPage(), (XS[0], XS[3]), (700, 670), [("II. Nhóm nhiệm vụ khác",)])
    second.rules((60, 100, 420), (670, 640)).text(64, 650, "2", 11).text(104, 650, "Tuyên truyền", 11)
    found = read(tmp_path, first, second)
    (only,) = found.tables
    assert [(c.row, c.column, c.columns, c.span.of(found.raw)) for c in only.cells][6:] == [
        (2, 0, 3, "II. Nhóm nhiệm vụ khác"),
        (3, 0, 1, "2"),
        (3, 1, 2, "Tuyên truyền"),
    ]


def test_tables_with_text_between_them_stay_two(tmp_path: Path) -> None:
    first = table(PdfPage(), XS, (300, 270, 240), [HEADER, ("1", "Rà soát", "Sở Y tế")]).lines(200, BODY[0])
    second = table(PdfPage(), XS, (700, 670, 640), [HEADER, ("1", "Báo cáo", "Báo tỉnh")])
    assert len(read(tmp_path, first, second).tables) == 2


# Pages that must be read as images -----------------------------------------------------------------------------------


def test_pictures_alone_need_reading_as_images(tmp_path: Path) -> None:
    with pytest.raises(NeedsImageReadingError, match="hình ảnh"):
        read(tmp_path, PdfPage(picture=True), PdfPage(picture=True).text(290, 30, "2"), options=LAYERS)


def test_a_stamp_on_a_picture_is_no_text(tmp_path: Path) -> None:
    stamped = PdfPage(picture=True).stamp(60, 800, "Ký bởi: Ủy ban nhân dân tỉnh Cao Hà, ngày ký 02/3/2026")
    with pytest.raises(NeedsImageReadingError):
        read(tmp_path, stamped, options=LAYERS)


def test_a_broken_font_map_needs_reading_as_images(tmp_path: Path) -> None:
    with pytest.raises(NeedsImageReadingError, match="Lớp chữ"):
        extract(pdf(tmp_path / "a.pdf", PdfPage().lines(700, *BODY), mapped=False), LAYERS)


@pytest.mark.parametrize("picture", [True, False])
def test_a_damaged_layer_is_kept_where_there_is_no_better(tmp_path: Path, picture: bool) -> None:
    damaged = ("Uy ban nhdn dan cdc xa, phuong nghiém tuc trién khai", "thuc hién Ké hoach ndy, bdo cdo trudc ngdy 10/9")
    found = read(tmp_path, PdfPage(picture=picture).lines(700, *damaged), options=LAYERS)
    assert lines(found) == list(damaged)
    assert found.unread_pages == ()


def test_a_page_in_another_language_is_kept(tmp_path: Path) -> None:
    foreign = "The annex shows the agreement between both parties."
    found = read(tmp_path, PdfPage().lines(700, *BODY * 8), PdfPage().lines(700, foreign))
    assert lines(found)[-1] == foreign
    assert found.unread_pages == ()


def test_of_a_mixed_file_the_pages_not_read_are_named(tmp_path: Path) -> None:
    found = read(tmp_path, PdfPage().lines(700, *BODY), PdfPage(picture=True), PdfPage().lines(700, "Trang ba"), options=LAYERS)
    assert found.unread_pages == (2,)
    assert lines(found) == [*BODY, "Trang ba"]


# Limits and progress ---------------------------------------------------------------------------------------------------


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="3 trang"):
        read(tmp_path, *[PdfPage().lines(700, *BODY)] * 3, options=Options(max_pages=2))


def test_too_many_characters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="ký tự"):
        read(tmp_path, PdfPage().lines(700, *BODY), options=Options(max_text_characters=50))


def test_progress_is_told_page_by_page_and_may_stop(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", *[PdfPage().lines(700, *BODY)] * 3)
    told: list[tuple[int, int]] = []
    extract(path, Options(), lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]

    def stop(done: int, total: int) -> None:
        raise CancelledError("Đã dừng theo yêu cầu.")

    with pytest.raises(CancelledError):
        extract(path, Options(), stop)


@needs_shared
@pytest.mark.corpus
@pytest.mark.parametrize("path", shared_files("corpus/files/*.pdf"), ids=lambda path: path.stem)
def test_real_files(path: Path) -> None:
    try:
        found = extract(path, Options(read_images=False))
    except NeedsImageReadingError:
        return
    assert "CÔNG BÁO/Số" not in found.raw
    assert "Ký bởi" not in found.raw
    assert found.page_count == len(found.pages)
