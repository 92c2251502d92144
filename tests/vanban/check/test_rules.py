from dataclasses import replace
from datetime import date

import pytest

from tests.vanban.check.cases import ISSUED, WHOLE, agency, by, cited, duty, found, reading, target, task, vague
from vanban.check import RULES, find_findings
from vanban.reading import AgencyKind, Cell, Comparator, Metadata, Severity, Table, TextOrigin
from vanban.spans import Span


def test_whole_document_raises_nothing() -> None:
    case = reading(
        tasks=[task(deadline=by(date(2026, 6, 1)))],
        citations=[cited("1/QĐ-TTg", date(2026, 1, 5))],
        targets=[target(Comparator.GE, 95)],
    )
    assert find_findings(case) == []


def test_rules_are_told_apart() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("pages", "named"), [((), None), ((2,), "Trang 2 "), ((3, 5), "Trang 3, 5 "), ((1, 3, 4, 5, 6, 8, 9), "Trang 1, 3-6, 8, 9 ")]
)
def test_pages_that_were_not_read(pages: tuple[int, ...], named: str | None) -> None:
    told = found("pages-not-read", replace(reading(), unread_pages=pages))
    assert [(held.severity, held.message.startswith(named or "")) for held in told] == (
        [(Severity.VERIFY, True)] if named else []
    )


@pytest.mark.parametrize(
    ("metadata", "rules"),
    [
        (ISSUED, []),
        (Metadata(), ["missing-number", "missing-date"]),
        (replace(ISSUED, number=None, code=None), ["missing-number"]),
        (replace(ISSUED, date=None, date_written="tháng 3 năm 2026"), ["missing-date"]),
        (replace(ISSUED, date=None, date_written="ngày     tháng 3 năm 2026"), ["missing-date"]),
        (replace(ISSUED, date=None, date_written="ngày 28 tháng 2/năm 2026"), []),
    ],
)
def test_missing_parts(metadata: Metadata, rules: list[str]) -> None:
    assert [finding.rule for finding in find_findings(reading(metadata=metadata))] == rules


@pytest.mark.parametrize(
    ("metadata", "rules"),
    [
        (Metadata(), []),
        (replace(ISSUED, number=None, code=None), ["missing-number"]),
        (replace(ISSUED, date=None, date_written="tháng 3 năm 2026"), ["missing-date"]),
    ],
)
def test_what_a_scan_hides_is_not_missing(metadata: Metadata, rules: list[str]) -> None:
    assert [finding.rule for finding in find_findings(reading(metadata=metadata, origin=TextOrigin.OCR))] == rules


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Số: đ /KH-UBND", "đ"),
        ("Só: Ø 4 /KH-UBND", "Ø 4"),
        ("Số:     /KH-UBND", None),
        ("Số: /KH-UBND", None),
        ("Sở Y tế/KH-UBND", None),
    ],
)
def test_a_number_that_the_image_does_not_give_is_told_as_it_was_read(line: str, read: str | None) -> None:
    place = Span(line.index("KH-UBND"), len(line))
    metadata = replace(ISSUED, number=None, code=None, spans={"symbol": place})
    findings = find_findings(reading(f"{line}\n", metadata, origin=TextOrigin.OCR))
    assert [finding.rule for finding in findings] == ["unread-number" if read else "missing-number"]
    assert (f"“{read}”" in findings[0].message) is (read is not None)


def test_a_badly_read_layer_counts_as_a_scan() -> None:
    case = reading(metadata=Metadata())
    assert find_findings(replace(case, source=replace(case.source, quality=0.6))) == []


def test_missing_parts_say_what_is_there() -> None:
    case = reading(metadata=replace(ISSUED, number=None, code=None, date=None, date_written="tháng 3 năm 2026"))
    assert "“KH-UBND”" in found("missing-number", case)[0].message
    assert "“tháng 3 năm 2026”" in found("missing-date", case)[0].message


@pytest.mark.parametrize(
    ("metadata", "on", "count"),
    [
        (ISSUED, date(2026, 3, 12), 0),
        (ISSUED, date(2026, 3, 13), 1),
        (ISSUED, None, 0),
        (replace(ISSUED, date=None, date_written="ngày 28 tháng 2/năm 2026"), date(2026, 3, 1), 1),
        (replace(ISSUED, date=None, date_written="tháng 2 năm 2026"), date(2026, 2, 28), 0),
        (replace(ISSUED, date=None, date_written="tháng 2 năm 2026"), date(2026, 3, 1), 1),
        (replace(ISSUED, date=None, date_written="ngày 45 tháng 2 năm 2026"), date(2026, 3, 1), 0),
        (Metadata(), date(2026, 3, 1), 0),
    ],
)
def test_date_before_cited_document(metadata: Metadata, on: date | None, count: int) -> None:
    assert len(found("date-before-cited-document", reading(metadata=metadata, citations=[cited("9/QĐ-TTg", on)]))) == count


def test_date_before_cited_document_gives_both_days() -> None:
    (finding,) = found("date-before-cited-document", reading(citations=[cited("9/QĐ-TTg", date(2026, 11, 4))]))
    assert "12/3/2026" in finding.message
    assert "9/QĐ-TTg ngày 04/11/2026" in finding.message
    assert finding.severity == Severity.MUST_FIX


def test_figures_of_an_image_are_to_be_verified() -> None:
    case = reading(citations=[cited("9/QĐ-TTg", date(2026, 11, 4))], origin=TextOrigin.RESTORED)
    assert found("date-before-cited-document", case)[0].severity == Severity.VERIFY


@pytest.mark.parametrize(("end", "count"), [(date(2026, 3, 11), 1), (date(2026, 3, 12), 0), (date(2027, 1, 1), 0)])
def test_deadline_before_document_date(end: date, count: int) -> None:
    assert len(found("deadline-before-document-date", reading(tasks=[task(deadline=by(end))]))) == count
    assert len(found("deadline-before-document-date", reading(duties=[duty("Sở Y tế", by(end))]))) == count


@pytest.mark.parametrize(
    ("held", "count"),
    [
        (task(deadline=vague("kịp thời")), 1),
        (task(deadline=vague("theo lộ trình")), 1),
        (task(deadline=vague("thường xuyên")), 0),
        (task("Chuyển đổi số theo lộ trình."), 1),
        (task("Báo cáo kịp thời các vướng mắc."), 0),
        (task("Chuyển đổi số theo lộ trình.", deadline=by(date(2027, 1, 1))), 0),
    ],
)
def test_deadline_not_specific(held: object, count: int) -> None:
    assert len(found("deadline-not-specific", reading(tasks=[held]))) == count  # type: ignore[list-item]  # tasks of the table


@pytest.mark.parametrize(
    ("held", "count"),
    [
        (task(lead=()), 0),
        (task(lead=(), deadline=by(date(2026, 5, 1))), 1),
        (task(lead=(), result="Báo cáo"), 1),
        (task(lead=(), coordinating=("Sở Y tế",)), 1),
        (task(deadline=by(date(2026, 5, 1))), 0),
    ],
)
def test_task_without_lead(held: object, count: int) -> None:
    assert len(found("task-without-lead", reading(tasks=[held]))) == count  # type: ignore[list-item]  # tasks of the table


def test_row_without_lead_must_be_put_right() -> None:
    text = "1\tSửa cầu\tQuý I/2027\n"
    table = Table((Cell(0, 0, Span(0, 1)),), Span(0, len(text) - 1))
    case = reading(text, tasks=[task(lead=(), result="Cầu mới", span=Span(2, 9))], tables=[table])
    assert found("task-without-lead", case)[0].severity == Severity.MUST_FIX


UNITS = [agency("Sở Y tế"), agency("Công an tỉnh"), agency("Các sở, ngành", AgencyKind.GROUP)]


@pytest.mark.parametrize(
    ("text", "lead", "severities"),
    [
        ("Chủ trì kiểm tra các chợ.", ("Sở Y tế", "Công an tỉnh"), [Severity.MUST_FIX]),
        ("Kiểm tra các chợ.", ("Sở Y tế", "Công an tỉnh"), [Severity.VERIFY]),
        ("Chủ trì kiểm tra các chợ.", ("Sở Y tế",), []),
        ("Chủ trì kiểm tra các chợ.", ("Sở Y tế", "Các sở, ngành"), []),
    ],
)
def test_task_with_several_leads(text: str, lead: tuple[str, ...], severities: list[Severity]) -> None:
    case = reading(tasks=[task(text, lead=lead)], agencies=UNITS)
    assert [finding.severity for finding in found("task-with-several-leads", case)] == severities


def test_lead_named_in_a_line_of_its_own() -> None:
    text = "Kiểm tra các chợ.\nChủ trì: Sở Y tế; Công an tỉnh.\n"
    place = Span(text.index("Sở"), text.rindex("."))
    case = reading(
        text, tasks=[task("Kiểm tra các chợ.", lead=("Sở Y tế", "Công an tỉnh"), spans={"lead": (place,)})], agencies=UNITS
    )
    assert found("task-with-several-leads", case)[0].severity == Severity.MUST_FIX


def test_tasks_under_one_heading_are_told_once() -> None:
    text = "1. Sở Y tế, Công an tỉnh\n- Kiểm tra.\n- Xử lý.\n"
    heading = Span(3, text.index("\n"))
    tasks = [
        task(f"{what} các chợ.", lead=("Sở Y tế", "Công an tỉnh"), spans={"lead": (heading,)}) for what in ("Kiểm tra", "Xử lý")
    ]
    (finding,) = found("task-with-several-leads", reading(text, tasks=tasks, agencies=UNITS))
    assert "và 1 nhiệm vụ cùng mục" in finding.message
    assert finding.severity == Severity.VERIFY


@pytest.mark.parametrize(
    ("held", "rules"),
    [
        (target(Comparator.INCREASE, 10), ["target-without-base"]),
        (target(Comparator.DECREASE, 1.5, "điểm %"), ["target-without-base"]),
        (target(Comparator.INCREASE, 10, baseline="năm 2025"), []),
        (target(Comparator.DECREASE, 100), []),
        (target(Comparator.GE, 10, None), ["target-without-unit"]),
        (target(Comparator.NONE, None, None), ["target-without-figure"]),
        (target(Comparator.GE, 120), ["percentage-over-100"]),
        (target(Comparator.GE, 120, text="Thu ngân sách đạt 120% dự toán"), []),
        (target(Comparator.GE, 100), []),
    ],
)
def test_targets(held: object, rules: list[str]) -> None:
    assert [finding.rule for finding in find_findings(reading(targets=[held]))] == rules  # type: ignore[list-item]  # targets of the table


def test_figures_are_written_as_in_vietnamese() -> None:
    message = found("target-without-base", reading(targets=[target(Comparator.INCREASE, 1500.5, "lượt")]))[0].message
    assert "tăng 1.500,5 lượt" in message


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I. A\nXây dựng báo cáo theo đề cương tại phụ lục 1, 1A kèm theo Kế hoạch này.\n", "Phụ lục 1, 1A"),
        ("I. A\nDanh mục nhiệm vụ (chi tiết tại Phụ lục II kèm theo).\n", "Phụ lục 2"),
        ("I. A\nNội dung theo phụ lục kèm theo.\n", "phụ lục kèm theo"),
        ("I. A\nTheo Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP.\n", None),
        ("I. A\nTheo Phụ lục III Thông tư số 1/2024/TT-BNV.\n", None),
        ("I. A\nTheo phụ lục số 1 kèm theo.\n\nNơi nhận:\n- Lưu: VT.\n\nPHỤ LỤC I\nDANH MỤC\n", None),
        (
            "I. A\nTheo phụ lục số 1, 2 kèm theo.\n\nNơi nhận:\n- Lưu: VT.\n\nPHỤ LỤC 1\nDANH MỤC\nPHỤ LỤC 3\nDANH MỤC\n",
            "Phụ lục 2",
        ),
        ("I. A\nKhông nói gì thêm.\n", None),
    ],
)
def test_appendix_missing(text: str, names: str | None) -> None:
    findings = found("appendix-missing", reading(text))
    assert len(findings) == (1 if names else 0)
    assert all(f"dẫn {names} nhưng" in finding.message for finding in findings)


@pytest.mark.parametrize(
    ("recipient", "on", "count"),
    [
        ("Ban cán sự đảng UBND tỉnh", date(2025, 6, 20), 1),
        ("Ban cán sự đảng UBND tỉnh", date(2024, 6, 20), 0),
        ("Sở Y tế", date(2026, 1, 1), 0),
        (None, date(2026, 1, 1), 0),
    ],
)
def test_closed_body_recipient(recipient: str | None, on: date, count: int) -> None:
    case = reading(metadata=replace(ISSUED, date=on), duties=[duty(recipient)])
    assert len(found("closed-body-recipient", case)) == count


def test_day_is_taken_from_the_citations_where_there_is_none() -> None:
    case = reading(
        metadata=Metadata(), duties=[duty("Ban cán sự đảng UBND tỉnh")], citations=[cited("5/SYT-XH", date(2025, 6, 20))]
    )
    assert len(found("closed-body-recipient", case)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Sở Kế hoạch và Đầu tư lập danh mục.\n", 1),
        ("Sở Kế hoạch và Đầu tư trước đây đã lập danh mục.\n", 0),
    ],
)
def test_old_agency_name(text: str, count: int) -> None:
    held = replace(agency("Sở Kế hoạch và Đầu tư", name_id="skhdt"), spans=(Span(0, 21),))
    assert len(found("old-agency-name", reading(text, agencies=[held]))) == count


@pytest.mark.parametrize(
    ("text", "on", "count"),
    [
        ("1. UBND các huyện chỉ đạo thực hiện.\n2. UBND cấp huyện báo cáo.\n", date(2026, 1, 1), 1),
        ("1. UBND các huyện chỉ đạo thực hiện.\n", date(2025, 6, 30), 0),
        ("1. Hồ sơ của UBND huyện trước đây được bàn giao.\n", date(2026, 1, 1), 0),
        ("1. UBND các xã chỉ đạo thực hiện.\n", date(2026, 1, 1), 0),
    ],
)
def test_district_level(text: str, on: date, count: int) -> None:
    assert len(found("district-level", reading(text, replace(ISSUED, date=on)))) == count


def test_district_in_a_citation_is_history() -> None:
    text = "1. Theo Quyết định số 3/QĐ-UBND ngày 1/2/2024 của UBND huyện Bắc Hà, các xã thực hiện.\n"
    place = Span(text.index("3/"), text.index(" của"))
    assert found("district-level", reading(text, citations=[cited("3/QĐ-UBND", date(2024, 2, 1), place)])) == []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("I. A\nII. B\nIV. C\n", ["number-skipped"]),
        ("III. A\nV. B\nV. C\n", ["number-skipped"]),
        ("1. A\n2. B\n3. C\n2. D\n5. E\n", ["number-repeated"]),
        ("I. MỤC TIÊU\nI1. NỘI DUNG\nI1l. KINH PHÍ\nIV. TỔ CHỨC\n", []),
        ("IV. A\nV. B\nV. C\nVI. D\n", ["number-repeated"]),
        ("1. A\n2. B\n3. C\n", []),
        ("I. A\n1. B\n2. C\nII. D\n1. E\n2. F\n", []),
        ("1. A\na) B\nc) C\n", []),
        ("1. A\n1.1. B\n1.3. C\n", ["number-skipped"]),
        ("Điều 1. A\nĐiều 3. B\n", ["number-skipped"]),
    ],
)
def test_numbering(text: str, rules: list[str]) -> None:
    case = reading(text)
    assert [finding.rule for finding in find_findings(case) if finding.rule.startswith("number")] == rules


def test_the_rest_is_counted_and_not_told() -> None:
    held = [target(Comparator.NONE, None, None, text=f"Mục tiêu {number}") for number in range(10)]
    findings = found("target-without-figure", reading(targets=held))
    assert len(findings) == 3
    assert findings[-1].message.endswith("(Còn 7 chỗ tương tự.)")


def test_places_lie_in_the_text() -> None:
    case = reading(metadata=Metadata(), targets=[target(Comparator.NONE, None, None)], tasks=[task(lead=(), result="Báo cáo")])
    assert all(finding.span in {None, WHOLE} for finding in find_findings(case))
