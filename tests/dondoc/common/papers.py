"""Invented official papers of every form, for tests."""

from dataclasses import replace
from datetime import date

from dondoc.common.official import (
    Appendix,
    Band,
    Basis,
    Column,
    Form,
    Heading,
    Paper,
    Paragraph,
    Recipients,
    Signature,
    Table,
    missing,
)

COLUMNS = (
    Column("STT", 1, "centre"),
    Column("Cơ quan", 4),
    Column("Đúng hạn", 2, "right", "Hoàn thành"),
    Column("Trễ hạn", 2, "right", "Hoàn thành"),
)
ROWS = (Band("A. Sở, ngành"), ("1", "Sở Nội vụ", "3", "1"), ("2", "Sở Y tế", "2", "0"))

STATE = Paper(
    form=Form.STATE,
    issuer="Ủy ban nhân dân tỉnh Minh Họa",
    number=8,
    symbol="BC-UBND",
    place="Minh Họa",
    on=date(2026, 2, 5),
    kind="Báo cáo",
    subject="Kết quả phòng, chống dịch bệnh giai đoạn 2021 - 2025",
    addressees=("Bộ Y tế", "Các sở, ban, ngành"),
    body=(
        Basis(("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", "Theo đề nghị của Sở Y tế")),
        Heading(1, "Kết quả thực hiện"),
        Heading(2, "Công tác chỉ đạo"),
        Paragraph(f"Số liệu: {missing('xã Công Sơn')}, các xã khác gửi đủ."),
        Heading(3, "Tuyên truyền"),
        Heading(3, "Tập huấn"),
        Heading(2, "Kinh phí"),
        Heading(1, "Phương hướng"),
        Heading(2, "Nhiệm vụ"),
        Table(COLUMNS, ROWS),
        Paragraph("Trên đây là kết quả thực hiện."),
    ),
    recipients=Recipients(("Như trên", "Thường trực Tỉnh ủy (để b/c)"), "VT, KGVX"),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "Phó Chủ tịch", "Nguyễn Thị Minh Hà"),
)

STATE_LETTER = replace(
    STATE,
    issuer="Sở Y tế",
    superior="UBND tỉnh Minh Họa",
    number=2052,
    symbol="SYT-NVY",
    kind="",
    subject="đôn đốc thực hiện nhiệm vụ quá hạn",
    addressees=("Ủy ban nhân dân xã An Bình",),
    signature=Signature(("KT. GIÁM ĐỐC",), "Phó Giám đốc", "Trần Văn Minh"),
)

PARTY = replace(
    STATE,
    form=Form.PARTY,
    issuer="Tỉnh ủy Minh Họa",
    number=7,
    symbol="KH/TU",
    kind="Kế hoạch",
    subject="thực hiện Nghị quyết số 72-NQ/TW, ngày 09/9/2025 của Bộ Chính trị",
    recipients=Recipients(("Như trên",), "Văn phòng Tỉnh ủy"),
    signature=Signature(("T/M BAN THƯỜNG VỤ",), "Phó Bí thư", "Lê Văn Hòa"),
)

PARTY_LETTER = replace(PARTY, number=112, symbol="CV/TU", kind="", subject="đôn đốc thực hiện nhiệm vụ")

WITH_APPENDICES = replace(
    STATE,
    appendices=(
        Appendix("Danh sách đơn vị", (Paragraph("xã An Bình"),)),
        Appendix("Biểu số liệu", (Table(COLUMNS, ROWS),), landscape=True),
    ),
)
