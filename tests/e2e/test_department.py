"""A department that consolidates: it follows its communes, reviews, and writes the province's report, every figure with its source.

The campaign is the demonstration's: of twelve communes six are accepted, four wait, one was given back, one has sent nothing.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from dondoc.common import wording
from dondoc.demo import reports
from dondoc.demo.history import LATE_COMMUNE, Stage
from dondoc.demo.loader import OPENED, follow, hand_in
from dondoc.demo.papers import papers
from dondoc.demo.people import PASSWORD, SINCE, add_people
from dondoc.demo.province import add_province
from dondoc.reporting.models import Campaign
from dondoc.units.enums import Role
from dondoc.units.models import Membership, Person, Unit
from tests.e2e.conftest import PHONE, words_of

pytestmark = pytest.mark.django_db(transaction=True)
PageOf = Callable[..., Page]

TODAY = date.today()  # noqa: DTZ011 - the browser's day is the machine's
WAITING = "xã Mường Thảo"
CLERK = "muongthao"
PLACES = "Số điểm nguy hiểm đã rà soát"
EDITED = "Toàn tỉnh còn nhiều điểm nguy hiểm chưa có biển cảnh báo"


@pytest.fixture
def campaign() -> Campaign:
    """The review's, opened from its plan, with a clerk who can log in for one commune whose report waits."""
    units = add_province()
    stage = Stage(TODAY, add_people(units))
    plan = hand_in(stage, next(papers(TODAY)), units["vp-ubnd"], "vanphong", OPENED)
    reports.tell(follow(stage, plan, units), stage, units["syt"])
    clerk = Person.objects.create_user(CLERK, PASSWORD, full_name="Giàng A Sử")
    Membership.objects.create(person=clerk, unit=Unit.objects.get(name=WAITING), role=Role.CLERK, valid_from=SINCE)
    return Campaign.objects.get()


def day(offset: int) -> str:
    return wording.day(TODAY + timedelta(days=offset))


@pytest.mark.usefixtures("campaign")
def test_a_department_follows_reviews_and_consolidates(page_of: PageOf) -> None:
    page = page_of("soyte", PASSWORD)
    open_the_campaign(page)
    look_at_who_is_late_and_remind(page)
    give_a_report_back(page)
    mend_it(page_of(CLERK, PASSWORD, PHONE))
    write_the_draft(page)
    accept_what_changed(page)
    take_the_new_figures(page)
    take_the_paper_away(page)
    follow_a_figure_to_the_plan(page)


def open_the_campaign(page: Page) -> None:
    page.get_by_role("link", name="Báo cáo", exact=True).click()
    page.get_by_role("link", name=re.compile("^Tổng kết Chương trình")).click()
    expect(page.locator(".mx")).to_be_visible()


def back_to_the_matrix(page: Page) -> None:
    page.get_by_role("link", name=re.compile("^UBND các xã, phường")).click()
    expect(page.locator(".mx")).to_be_visible()


def line(page: Page, unit: str) -> Locator:
    return page.locator(".mx tbody tr", has=page.get_by_role("rowheader", name=unit, exact=True))


def look_at_who_is_late_and_remind(page: Page) -> None:
    """The line of the one that sent nothing leads to its page, with its telephone; a reminder goes to it and to the one that mends."""
    late = line(page, LATE_COMMUNE)
    expect(late).to_contain_text("chưa nộp")
    late.get_by_role("link", name=LATE_COMMUNE).click()
    expect(page.locator("main")).to_contain_text("quá hạn 3 ngày")
    expect(page.get_by_role("link", name=re.compile("^Gọi"))).to_have_attribute("href", re.compile("^tel:"))
    page.get_by_role("button", name="Nhắc 2 đơn vị").click()
    expect(page.locator("body")).to_contain_text("Đã nhắc")


def give_a_report_back(page: Page) -> None:
    """With a remark at one cell."""
    line(page, WAITING).get_by_role("link", name="Duyệt").click()
    place = page.get_by_label("Ở đâu").locator("option", has_text=re.compile(r"^A\.01.*2026")).get_attribute("value")
    page.get_by_label("Ở đâu").select_option(place)
    page.get_by_label("Loại ý kiến").select_option(label="Số liệu cần kiểm tra lại")
    page.get_by_label("Ý kiến", exact=True).fill("Kế hoạch nêu 22 điểm. Kiểm tra lại.")
    page.get_by_role("button", name="Ghi ý kiến").click()
    expect(page.locator(".rm")).to_contain_text("A.01")
    page.get_by_label("Lý do", exact=True).fill("Số điểm nguy hiểm khác kế hoạch đã gửi")
    page.get_by_label("Hạn nộp lại").fill(day(4))
    page.get_by_role("button", name="Trả lại").click()
    expect(page.locator("main")).to_contain_text(f"hạn nộp lại {day(4)}")
    back_to_the_matrix(page)
    expect(line(page, WAITING)).to_contain_text("Trả lại")


def mend_it(page: Page) -> None:
    """On a phone: the first page says what is to be done; the figure is mended and the report handed in again."""
    owed = page.locator("li.o", has_text="Trả lại")
    expect(owed).to_contain_text(f"nộp lại đến hết {day(4)}")
    owed.get_by_role("link", name="Sửa và nộp lại").tap()
    page.get_by_role("link", name="Xem lý do").tap()
    expect(page.locator("main")).to_contain_text("Số điểm nguy hiểm khác kế hoạch đã gửi")
    page.get_by_role("link", name="Bản nhập").tap()
    page.get_by_role("link", name="Các phần").tap()
    page.get_by_role("link", name=re.compile("^A. Môi trường an toàn")).tap()
    page.locator("[id='A.01:2026']").fill("22")
    expect(page.locator("#luu")).to_contain_text("Đã lưu")
    page.get_by_role("link", name=re.compile("lỗi$")).tap()
    page.get_by_role("button", name="Nộp báo cáo").tap()
    expect(page.locator(".receipt")).to_contain_text("Lần 2")


def write_the_draft(page: Page) -> None:
    """What several communes say is put in, edited; the figures are those of the six that are accepted."""
    page.get_by_role("link", name="Tổng hợp", exact=True).click()
    expect(page.locator(".paper .fig", has_text=re.compile(r"^89$")).first).to_be_visible()
    group = page.locator(".gp", has_text="Địa bàn có sông, suối chảy qua")
    group.get_by_role("button", name="Chèn", exact=True).click()
    passage = page.locator(".pa", has_text="Địa bàn có sông, suối chảy qua")
    expect(passage).to_contain_text("/11")
    expect(page.locator(".gp", has_text="Địa bàn có sông, suối chảy qua")).to_contain_text("Đã đưa vào báo cáo")
    passage.locator(".mend summary").click()
    passage.get_by_label("Nội dung của đoạn").fill(EDITED)
    passage.get_by_role("button", name="Ghi", exact=True).click()
    edited = page.locator(".pa", has_text=EDITED)
    expect(edited).to_contain_text("Hoàng Minh Ngọc đã sửa")


def accept_what_changed(page: Page) -> None:
    """The reviewer sees the one cell that is another than before."""
    back_to_the_matrix(page)
    line(page, WAITING).get_by_role("link", name="Duyệt").click()
    page.get_by_role("link", name=re.compile("^Thay đổi so với lần nộp trước: 1 ô")).click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody tr")).to_contain_text("lần trước 19")
    page.get_by_role("button", name="Duyệt báo cáo").click()
    expect(page.locator("main")).to_contain_text("Đã duyệt")


def take_the_new_figures(page: Page) -> None:
    """They count what was accepted since; what the editor wrote stays."""
    page.get_by_role("link", name="Tổng hợp", exact=True).click()
    page.get_by_role("button", name="Lấy số mới").click()
    expect(page.locator(".paper .fig", has_text=re.compile(r"^111$")).first).to_be_visible()
    expect(page.locator(".pa", has_text=EDITED)).to_contain_text("Hoàng Minh Ngọc đã sửa")


def take_the_paper_away(page: Page) -> None:
    """The report in Word, with the annex that says where each figure comes from; what is missing is said before."""
    page.get_by_role("link", name="Tải báo cáo").click()
    expect(page.locator("main")).to_contain_text("chỗ chưa có số liệu, nội dung")
    with page.expect_download() as handed:
        page.locator("a[href*='dang=docx'][href*='nguon=1']").click()
    words = words_of(handed.value)
    assert EDITED in words
    assert "111" in words
    assert LATE_COMMUNE in words
    page.get_by_role("link", name="Dự thảo", exact=True).click()


def follow_a_figure_to_the_plan(page: Page) -> None:
    """Its sum, the communes behind it, one commune's report; and the paragraph of the plan that asked for all of it."""
    page.locator(".paper .fig", has_text=re.compile(r"^111$")).first.click()
    source = page.locator("#so")
    expect(source).to_contain_text(PLACES)
    source.get_by_role("link", name="Xem 12 xã, phường").click()
    row = page.locator("tbody tr", has_text=WAITING)
    expect(row).to_contain_text("22")
    row.get_by_role("link", name=WAITING).click()
    expect(page.locator("main")).to_contain_text("Địa bàn có sông, suối chảy qua")
    page.locator(".ph").get_by_role("link", name=re.compile(r"mục III\.2\.b")).click()
    expect(page.locator("#doan")).to_be_visible()
    expect(page.locator("#doan")).to_contain_text("phụ lục 2, 2A")
