"""The communes' reports of the drowning-prevention review, told through the services: most are in, one is returned, one is missing."""

from collections.abc import Iterator
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from dondoc.demo.history import LATE_COMMUNE, Stage
from dondoc.programmes.models import Programme
from dondoc.reporting.enums import Nothing
from dondoc.reporting.models import Return
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.templates import (
    CheckFacts,
    ColumnFacts,
    IndicatorFacts,
    SectionFacts,
    TableFacts,
    TemplateFacts,
)
from dondoc.reporting.services import drafting, filling, handing, opening, reviewing, templates
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import members_of_groups

YEARS = tuple(ColumnFacts(str(year), f"Năm {year}") for year in (2024, 2025, 2026))
RETURNED_COMMUNE = "xã Nà Sim"
ACCEPTED = 7

TEMPLATE = TemplateFacts(
    code="duoi-nuoc-xa",
    title="Báo cáo tổng kết Chương trình phòng, chống đuối nước trẻ em (Phụ lục 2, 2A)",
    for_whom="UBND các xã, phường",
    legal_basis="Kế hoạch 214/KH-UBND, phụ lục 2, 2A",
    sections=(
        SectionFacts("I", "TÌNH HÌNH", guidance="Đặc điểm ao, hồ, sông, suối; số vụ đuối nước; thuận lợi, khó khăn."),
        SectionFacts("II", "KẾT QUẢ THỰC HIỆN", guidance="Theo từng nhiệm vụ, có số liệu minh chứng."),
        SectionFacts("III", "TỒN TẠI, HẠN CHẾ", need="target_missed", indicator_code="B.03", guidance="Nêu nguyên nhân."),
        SectionFacts("IV", "KIẾN NGHỊ, ĐỀ XUẤT", need="free"),
    ),
    tables=(
        TableFacts(
            "2A",
            "Biểu số liệu phòng, chống đuối nước trẻ em",
            YEARS,
            (
                IndicatorFacts("A.01", "Số điểm nguy hiểm đã rà soát", "A. Môi trường an toàn", "điểm", across_periods="latest"),
                IndicatorFacts("A.02", "Số điểm đã cắm biển cảnh báo", "A. Môi trường an toàn", "điểm", across_periods="latest"),
                IndicatorFacts("B.01", "Số trẻ em từ đủ 6 đến dưới 16 tuổi", "B. Trẻ em", "trẻ em", across_periods="latest"),
                IndicatorFacts("B.02", "Số trẻ em biết kỹ năng an toàn", "B. Trẻ em", "trẻ em", across_periods="latest"),
                IndicatorFacts(
                    "B.03", "Tỷ lệ trẻ em biết kỹ năng an toàn (B.02 : B.01)", "B. Trẻ em", "%", 1, "B.02 / B.01 * 100",
                    "ratio", "ratio", "B.02", "B.01", target_comparator=">=", target_value=Decimal(60),
                    target_basis="Kế hoạch 214/KH-UBND",
                ),
                IndicatorFacts("C.01", "Số lớp dạy bơi đã mở", "C. Dạy bơi", "lớp"),
                IndicatorFacts("D.01", "Số trẻ em tử vong do đuối nước", "D. Tai nạn", "trẻ em"),
            ),
            "Số liệu trước ngày 01/7/2025 cộng theo các xã, phường cũ nhập vào đơn vị.",
        ),
    ),
    checks=(
        CheckFacts("A.02", "<=", "A.01", "Mỗi điểm đếm một lần. Sửa một trong hai số."),
        CheckFacts("B.02", "<=", "B.01", "Số trẻ em biết kỹ năng không thể nhiều hơn số trẻ em. Sửa một trong hai số."),
    ),
)  # fmt: skip

TEXTS = {
    "I": (
        "Trên địa bàn có nhiều ao, hồ, suối; mùa mưa lũ nước dâng nhanh. Cấp ủy, chính quyền quan tâm chỉ đạo.",
        "Địa bàn có sông, suối chảy qua, trẻ em thường tắm suối trong dịp nghỉ hè.",
    ),
    "II": (
        "Lồng ghép tuyên truyền phòng, chống đuối nước vào sinh hoạt thôn, hội nghị các đoàn thể. Đã cắm biển cảnh báo ở nơi nguy hiểm.",
        "Phối hợp với nhà trường mở lớp dạy bơi cho học sinh trong dịp hè.",
    ),
    "III": (
        "Hệ thống truyền thanh cơ sở chưa đồng bộ, nhiều cụm loa hỏng. Chưa có bể bơi tại xã.",
        "Công chức phụ trách công tác trẻ em kiêm nhiệm nhiều việc; kinh phí dạy bơi chưa được bố trí.",
    ),
    "IV": ("Đề nghị tỉnh cấp kinh phí lắp đặt bể bơi di động cho các xã.",),
}


def tell(programme: Programme, stage: Stage, department: Unit) -> None:
    """Opened by Sở Y tế a month ago, due two days ago."""
    actor = stage.actor("soyte", -30)
    version = templates.make_template(actor=actor, owner=department, facts=TEMPLATE, at=stage.moment(-30))
    templates.issue(actor=actor, version=version)
    version.refresh_from_db()
    duty = programme.duties.filter(reporters__group__rule=GroupRule.ALL_COMMUNES).order_by("position")[0]
    group = UnitGroup.objects.get(pk=duty.reporters.values_list("group", flat=True).get() or 0)
    units = members_of_groups([group], stage.day(-30))[group.pk]
    facts = CampaignFacts(
        title="Tổng kết Chương trình phòng, chống đuối nước trẻ em giai đoạn 2021 - 2026",
        recipient=department,
        period_name="Giai đoạn 2021 - 2026",
        last_ok_on=duty.last_ok_on or stage.day(-3),
        deadline_text=duty.deadline_text,
        window_to=stage.day(-20),
        programme=programme,
        duty=duty,
        groups=[GroupFacts("UBND các xã, phường", version, units, group)],
    )
    campaign = opening.open_campaign(actor=actor, facts=facts, at=stage.moment(-30))
    reports = campaign.returns.select_related("campaign__programme", "group__template__template", "unit").order_by("unit__code")
    for number, report in enumerate(reports):
        if report.unit.name != LATE_COMMUNE:
            _report(stage, report, number)
    drafting.make_draft(actor=stage.actor("soyte", -1), campaign=campaign, at=stage.moment(-1, 16))


def _report(stage: Stage, report: Return, number: int) -> None:
    """Entered by Sở Y tế on the commune's behalf from its paper: the demonstration has no log-in for each of them."""
    offset = -8 + number % 6
    actor, at = stage.actor("soyte", offset), stage.moment(offset, 15)
    filling.save_cells(actor=actor, report=report, entries=list(_entries(number)), at=at, on_behalf=True)
    for section, texts in TEXTS.items():
        filling.save_text(
            actor=actor, report=report, section=section, text=texts[number % len(texts)], at=at, on_behalf=True
        )  # fmt: skip
    handing.submit(
        actor=actor, report=report, token=uuid5(NAMESPACE_URL, f"demo-{report.pk}"), at=at, received_on=stage.day(offset),
        paper_code=f"{80 + number}/BC-UBND", paper_date=stage.day(offset),
    )  # fmt: skip
    if report.unit.name == RETURNED_COMMUNE:
        reviewing.return_(
            actor=stage.actor("soyte", -1), report=report, at=stage.moment(-1), happened_on=stage.day(-1),
            reason_code="unexplained", reason="Mục III chưa nêu nguyên nhân chủ quan", hand_in_by=stage.day(4),
        )  # fmt: skip
    elif number < ACCEPTED:
        reviewing.accept(actor=stage.actor("soyte", -1), report=report, at=stage.moment(-1), happened_on=stage.day(-1))


def _entries(number: int) -> Iterator[filling.Entry]:
    """A commune's figures, the same each time; one kind of nothing among them."""
    for _, indicator, place in asked(TEMPLATE):
        yield filling.Entry(place, _cell(indicator.code, place, number))


def _cell(code: str, place: Place, number: int) -> Cell:
    year = int(place.column) - 2024
    children = 620 + 37 * number
    figures = {
        "A.01": 12 + number,
        "A.02": 7 + number % 5 + 2 * year,
        "B.01": children,
        "B.02": children * (38 + 6 * year + number % 4) // 100,
        "C.01": (number + year) % 3,
        "D.01": 1 if (number + year) % 7 == 0 else 0,
    }
    if code == "C.01" and number == 2:  # no such thing in the area
        return Cell(nothing=Nothing.NONE)
    return Cell(Decimal(figures[code]))
