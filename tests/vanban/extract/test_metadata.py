import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import SHARED, needs_shared
from vanban.extract.metadata import find_metadata
from vanban.extract.metadata.pieces import SHAPES, Part, pieces_of
from vanban.options import Options
from vanban.outline.blocks import Outline
from vanban.reading import Metadata, Signer
from vanban.spans import Span


def read(text: str, options: Options | None = None) -> Metadata:
    return find_metadata(text, Outline((), (), Span(0, len(text)), ()), (), options or Options())


PLAN = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 TỈNH CAO BẰNG                Độc lập - Tự do - Hạnh phúc

Số: 415/KH-UBND             Cao Bằng, ngày 09 tháng 3 năm 2026

                        KẾ HOẠCH
       Tổng kết phong trào trồng cây giai đoạn 2021 - 2025
          và xây dựng phong trào giai đoạn 2026 - 2030


     Thực hiện Quyết định số 5/QĐ-TTg ngày 02/01/2026 của Thủ tướng Chính phủ,
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH
Nội dung./.
Nơi nhận:                                   TM. ỦY BAN NHÂN DÂN
- Thường trực Tỉnh ủy;                         KT. CHỦ TỊCH
- Các sở, ban, ngành, đoàn thể
tỉnh;                                         PHÓ CHỦ TỊCH
- UBND các xã, phường;
- Lưu: VT, KGVX. (LTA)


                                             Nông Văn Bình
"""


def test_a_plan_in_two_columns() -> None:
    got = read(PLAN)
    assert (got.type, got.number, got.symbol, got.code) == ("KH", "415", "KH-UBND", "415/KH-UBND")
    assert (got.issuer, got.place, got.date) == ("Ủy ban nhân dân tỉnh Cao Bằng", "Cao Bằng", date(2026, 3, 9))
    assert got.date_written == "ngày 09 tháng 3 năm 2026"
    assert got.title == "Tổng kết phong trào trồng cây giai đoạn 2021 - 2025 và xây dựng phong trào giai đoạn 2026 - 2030"
    assert got.signer == Signer("Nông Văn Bình", "Phó Chủ tịch", "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH")
    assert got.recipients == (
        "Thường trực Tỉnh ủy",
        "Các sở, ban, ngành, đoàn thể tỉnh",
        "UBND các xã, phường",
        "Lưu: VT, KGVX. (LTA)",
    )
    assert got.addressee == ()


def test_spans_point_at_what_was_read() -> None:
    got = read(PLAN)
    assert got.spans["code"].of(PLAN) == "Số: 415/KH-UBND"
    assert got.spans["place"].of(PLAN) == "Cao Bằng"
    assert got.spans["date"].of(PLAN) == "ngày 09 tháng 3 năm 2026"
    assert got.spans["type"].of(PLAN) == "KẾ HOẠCH"
    assert got.spans["title"].of(PLAN).startswith("Tổng kết phong trào")
    assert "Nông Văn Bình" in got.spans["signer"].of(PLAN)


PARTY = """TỈNH ỦY SƠN LA ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 07 -KH/TU Sơn La, ngày 21 tháng 11 năm 2025

KẾ HOẠCH
thực hiện Nghị quyết số 72-NQ/TW, ngày 09/9/2025 của Bộ Chính trị
về chăm sóc sức khỏe Nhân dân trên địa bàn tỉnh
Thực hiện Nghị quyết số 72-NQ/TW, Ban Thường vụ Tỉnh ủy xây dựng Kế hoạch như sau:
I- MỤC ĐÍCH
Nơi nhận: T/M BAN THƯỜNG VỤ
- Ban Bí thư Trung ương Đảng (để b/c), PHÓ BÍ THƯ
- Các đảng ủy trực thuộc Tỉnh ủy,
- Lưu Văn phòng Tỉnh ủy.
Lò Thị Mai Anh
"""


def test_a_party_plan_whose_columns_were_laid_on_one_line() -> None:
    got = read(PARTY)
    assert (got.type, got.code, got.symbol) == ("KH", "07-KH/TU", "KH/TU")
    assert (got.issuer, got.place, got.date) == ("Tỉnh ủy Sơn La", "Sơn La", date(2025, 11, 21))
    assert (
        got.title
        == "thực hiện Nghị quyết số 72-NQ/TW, ngày 09/9/2025 của Bộ Chính trị về chăm sóc sức khỏe Nhân dân trên địa bàn tỉnh"
    )
    assert got.signer == Signer("Lò Thị Mai Anh", "Phó Bí thư", "T/M BAN THƯỜNG VỤ")
    assert got.recipients == ("Ban Bí thư Trung ương Đảng (để b/c)", "Các đảng ủy trực thuộc Tỉnh ủy", "Lưu Văn phòng Tỉnh ủy")


DRAFT_LETTER = """UBND TỈNH CAO BẰNG\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ CÔNG THƯƠNG\tĐộc lập - Tự do - Hạnh phúc
Số:           /SCT-CN\tCao Bằng, ngày      tháng 7 năm 2026
V/v đôn đốc tiến độ chợ
Xuân Hòa\t

Kính gửi:
- Công ty TNHH Hòa Bình (chợ Xanh);
- Hợp tác xã
Minh Quang.

Thực hiện Nghị định số 32/2024/NĐ-CP, Sở Công Thương đề nghị:
1. Nội dung./.
Nơi nhận:
- Như trên;
- Lưu: VT, CN(Trung).
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Hoàng Đình Chiến
"""


def test_a_letter_without_number_and_day() -> None:
    got = read(DRAFT_LETTER)
    assert (got.type, got.number, got.code, got.symbol) == ("CV", None, None, "SCT-CN")
    assert (got.issuer, got.place, got.date, got.date_written) == (
        "Sở Công Thương tỉnh Cao Bằng",
        "Cao Bằng",
        None,
        "tháng 7 năm 2026",
    )
    assert got.title == "đôn đốc tiến độ chợ Xuân Hòa"
    assert got.addressee == ("Công ty TNHH Hòa Bình (chợ Xanh)", "Hợp tác xã Minh Quang")
    assert got.signer == Signer("Hoàng Đình Chiến", "Phó Giám đốc", "KT. GIÁM ĐỐC")


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN\nXÃ MAI SAO", "Ủy ban nhân dân xã Mai Sao"),
        ("UBND TỈNH CAO BẰNG\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Cao Bằng"),
        ("TỈNH ỦY CAO BẰNG\nBAN TUYÊN GIÁO VÀ DÂN VẬN", "Ban Tuyên giáo và Dân vận Tỉnh ủy Cao Bằng"),
        ("BỘ Y TẾ", "Bộ Y tế"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN LA", "Hội đồng nhân dân tỉnh Sơn La"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG", "Ủy ban nhân dân thành phố Hải Phòng"),
        ("ĐẢNG BỘ TỈNH SƠN LA\nĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH", "Đảng ủy Ủy ban nhân dân tỉnh Sơn La"),
    ],
)
def test_issuers(lines: str, issuer: str) -> None:
    assert read(f"{lines}\nSố: 1/BC-ABC\nHà Nội, ngày 1 tháng 2 năm 2026\nBÁO CÁO\nkết quả\n").issuer == issuer


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("ngày 10 tháng 01năm 2026", date(2026, 1, 10)),
        ("ngày     tháng 8 năm 2025", None),
        ("ngày … tháng … năm 2025", None),
        ("ngày 5 tháng   năm 2025", None),
        ("ngày 31 tháng 02 năm 2026", None),
    ],
)
def test_a_day_only_where_it_is_whole(written: str, day: date | None) -> None:
    got = read(f"UBND TỈNH SƠN LA\nSố: 1/TB-UBND   Sơn La, {written}\nTHÔNG BÁO\nvề việc họp")
    assert (got.place, got.date) == ("Sơn La", day)


@pytest.mark.parametrize(
    ("number", "code", "symbol", "kind"),
    [
        ("Số: 41/2024/QĐ-UBND", "41/2024/QĐ-UBND", "QĐ-UBND", "QĐ"),
        ("Số: 66.3/2025/NQ-CP", "66.3/2025/NQ-CP", "NQ-CP", "NQ"),
        ("Số: 5/BC - SCT", "5/BC-SCT", "BC-SCT", "BC"),
        ("Số: .... /TTr-SNV", None, "TTr-SNV", "TTr"),
        ("Số 12-CV/TU", "12-CV/TU", "CV/TU", "CV"),
        ("Số: 4643/VPCP-CN", "4643/VPCP-CN", "VPCP-CN", "CV"),
    ],
)
def test_numbers(number: str, code: str | None, symbol: str, kind: str) -> None:
    got = read(f"UBND TỈNH SƠN LA\n{number}\nSơn La, ngày 1 tháng 2 năm 2026\n")
    assert (got.code, got.symbol, got.type) == (code, symbol, kind)


@pytest.mark.parametrize(
    ("block", "signer"),
    [
        ("CHỦ TỊCH\n\nTrần Ngọc Cẩm", Signer("Trần Ngọc Cẩm", "Chủ tịch", None)),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLÝ VĂN TÁM", Signer("Lý Văn Tám", "Chủ tịch", "TM. ỦY BAN NHÂN DÂN")),
        ("TL. GIÁM ĐỐC\nCHÁNH VĂN PHÒNG\nBS. Đào Thị Kim Anh", Signer("Đào Thị Kim Anh", "Chánh Văn phòng", "TL. GIÁM ĐỐC")),
        ("TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ NỘI VỤ\nPhạm Thị Hiền", Signer("Phạm Thị Hiền", "Giám đốc Sở Nội vụ", "TUQ. CHỦ TỊCH")),
        (
            "KT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nNguyễn Sỹ Hùng",
            Signer("Nguyễn Sỹ Hùng", "Phó Chủ nhiệm", "KT. BỘ TRƯỞNG, CHỦ NHIỆM"),
        ),
        ("K/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nVũ A Dơ", Signer("Vũ A Dơ", "Phó Trưởng ban", "K/T TRƯỞNG BAN")),
    ],
)
def test_signing_blocks(block: str, signer: Signer) -> None:
    body = "UBND TỈNH SƠN LA\nSố: 1/TB-UBND\nTHÔNG BÁO\nvề việc họp\nNội dung họp như sau./.\n"
    assert read(f"{body}Nơi nhận:\n- Như trên;\n- Lưu: VT.\n{block}\n").signer == signer
    assert read(f"{body}{block}\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n").signer == signer


@pytest.mark.parametrize(
    ("greeting", "names"),
    [
        ("Kính gửi: Sở Y tế.", ("Sở Y tế",)),
        ("Kính gửi: Bộ Xây dựng\n\nỦy ban nhân dân tỉnh nhận được", ("Bộ Xây dựng",)),
        ("Kính gửi: Sở Y tế; Sở Nội vụ.", ("Sở Y tế", "Sở Nội vụ")),
        ("Kính gửi: Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ.", ("Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ")),
        (
            "Kính gửi: - Các Bộ: Công an, Y tế;\n- UBND các tỉnh,\nthành phố.\n\nXét",
            ("Các Bộ: Công an, Y tế", "UBND các tỉnh, thành phố"),
        ),
        ("Kính trình: Hội đồng nhân dân tỉnh", ("Hội đồng nhân dân tỉnh",)),
    ],
)
def test_addressees(greeting: str, names: tuple[str, ...]) -> None:
    assert read(f"UBND TỈNH SƠN LA\nSố: 1/UBND-KT\nV/v họp\n\n{greeting}\n").addressee == names


def test_a_telegram_names_its_addressees_before_it_wires() -> None:
    got = read(
        "THỦ TƯỚNG CHÍNH PHỦ\nSố: 8/CĐ-TTg\nCÔNG ĐIỆN\nVề ứng phó mưa lũ\n\nTHỦ TƯỚNG CHÍNH PHỦ điện:\n- Bộ Công an;\n- Bộ Y tế.\n"
    )
    assert (got.type, got.title, got.addressee) == ("CĐ", "Về ứng phó mưa lũ", ("Bộ Công an", "Bộ Y tế"))


def test_a_number_under_its_label_and_a_short_date() -> None:
    got = read("UBND TỈNH SƠN LA\nSở Y tế\nSố:\n12/KH-SYT\nSơn La, ngày 07/8/2025\nKẾ HOẠCH\nTiêm chủng\n")
    assert (got.code, got.date, got.date_written, got.place) == ("12/KH-SYT", date(2025, 8, 7), "ngày 07/8/2025", "Sơn La")


def test_a_number_or_date_under_the_title_is_not_the_documents() -> None:
    got = read("BÁO CÁO\nkết quả họp\nSố: 5/BC-SYT\nSơn La, ngày 1 tháng 2 năm 2026\n")
    assert (got.type, got.code, got.date) == ("BC", None, None)


def test_recipients_without_dashes_are_divided_at_their_ends() -> None:
    got = read(
        f"{PLAN.split('Nơi nhận', maxsplit=1)[0]}Nơi nhận\nThường trực\nTỉnh ủy;\nCác sở, ngành;\nLưu: VT.\nCHỦ TỊCH\nLò Văn Tám\n"
    )
    assert got.recipients == ("Thường trực Tỉnh ủy", "Các sở, ngành", "Lưu: VT")


MENDED_SCAN = """ TỈNH CAO BẰNG ĐPộc lập - Tự do - Hạnh phúc
S6: 208 /KH-UBND Cao Bằng, ngày 07tháng 8/năm 2025
KẾ HOẠCH
Tổng kết phong trào trồng cây

Nội dung./.
Nơi nhgn: TM. ỦY BAN NHÂN DÂN
- Lãnh đạo HĐND tỉnh; KT. CHỦ TỊCH
- Đảng ủy UBND tỉnh; 2O CHỦ TỊCH
- Sở Y tế; @ 3⁄7. >4
- Lưu: VT. (NCD)

Nông Văn Bình
"""


def test_a_scan_whose_letters_were_mended_and_specks_left() -> None:
    got = read(MENDED_SCAN)
    assert (got.code, got.issuer, got.date) == ("208/KH-UBND", "Ủy ban nhân dân tỉnh Cao Bằng", date(2025, 8, 7))
    assert got.signer == Signer("Nông Văn Bình", "Phó Chủ tịch", "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH")
    assert got.recipients == ("Lãnh đạo HĐND tỉnh", "Đảng ủy UBND tỉnh", "Sở Y tế", "Lưu: VT. (NCD)")


def test_a_title_in_capitals_ends_at_the_issuer_named_again() -> None:
    got = read("BỘ Y TẾ\nSố: 1/QĐ-BYT\nQUYẾT ĐỊNH\nBAN HÀNH QUY CHẾ HỌP\nBỘ TRƯỞNG BỘ Y TẾ\nCăn cứ Luật Dược;\n")
    assert got.title == "BAN HÀNH QUY CHẾ HỌP"


def test_stamps_of_digital_signatures_do_not_disturb() -> None:
    stamped = f"Ký bởi: ỦY BAN NHÂN DÂN TỈNH\nThời gian ký: 04/02/2025 16:42:36\nEmail: a@b.vn\n{PLAN}"
    got, plain = read(stamped), read(PLAN)
    assert (got.issuer, got.title, got.date, got.code) == (plain.issuer, plain.title, plain.date, plain.code)


def test_a_text_without_letterhead_has_none() -> None:
    got = read("NỘI DUNG CHÍNH\n1. Sở Y tế báo cáo trước ngày 10 tháng 6 năm 2025.\n")
    assert (got.type, got.code, got.issuer, got.place, got.date, got.title, got.signer) == (None,) * 7


def test_the_province_of_the_options_names_the_issuer() -> None:
    assert read("Số: 12/SYT-NV\nV/v họp\n\nKính gửi: Sở Nội vụ.", Options(province="Cao Bằng")).issuer == "Sở Y tế tỉnh Cao Bằng"


@pytest.mark.parametrize(("part", "example"), [(shape.part, example) for shape in SHAPES for example in shape.examples])
def test_each_shape_has_its_examples(part: Part, example: str) -> None:
    line = f"Sơn La, {example}" if part is Part.DATE else example.upper() if part is Part.NUMBER else example.capitalize()
    assert part in {piece.part for piece in pieces_of(line, Span(0, len(line)))}


@given(
    st.text(
        alphabet=st.sampled_from("SỐ: 1/KH-UBND\n\t|Nơi nhậ_#-;. Kính gửi ngày 5 tháng 6 năm 2025, QUYẾT ĐỊNH TM. V/v"),
        max_size=200,
    )
)
def test_any_text_is_read(text: str) -> None:
    got = read(text)
    assert all(0 <= span.start <= span.end <= len(text) for span in got.spans.values())
    assert (got.code is None) == (got.number is None)


GOLD = {
    "cv-193-ubnd-laocai": "corpus/text/cv-193-ubnd-laocai-vlncn.txt",
    "cv-7432-ubnd-laocai": "corpus/text/cv-7432-ubnd-laocai-pccc.txt",
    "cv-baove-ks-laocai": "corpus/text/cv-ubnd-laocai-baove-ks.txt",
    "cv-sct-laocai-dondoc-ccn": "corpus/text/cv-sct-laocai-dondoc-ccn.txt",
    "ct-21-ttg-thon": "corpus/text/ct-21-ttg-thon.txt",
    "qd-844-ttg-bhyt": "corpus/text/qd-844-ttg-bhyt.txt",
    "tb-1894-sct-laocai-clean": "corpus/text/tb-1894-sct-laocai-clean.txt",
    "lang-son-208-kh-ubnd.draft": "seeds/lang-son-208-kh-ubnd.draft.txt",
    "lang-son-vp-ubnd-letter": "seeds/lang-son-vp-ubnd-letter.txt",
}


@needs_shared
@pytest.mark.corpus
@pytest.mark.parametrize("name", GOLD)
def test_the_annotated_documents(name: str) -> None:
    assert SHARED is not None
    gold = json.loads(Path(SHARED, "gold", f"{name}.json").read_text(encoding="utf-8"))
    got = read(unicodedata.normalize("NFC", Path(SHARED, GOLD[name]).read_text(encoding="utf-8")))
    skipped = set(gold.get("metadata_skip") or ())
    wanted = {key: value for key, value in gold["metadata"].items() if key not in skipped}
    assert {key: _written(getattr(got, key)) for key in wanted} == wanted


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Signer):
        return {"name": value.name, "position": value.position, "authority": value.authority}
    return list(value) if isinstance(value, tuple) else value
