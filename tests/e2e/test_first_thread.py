"""The first thread in a browser: three people take a draft plan from a file to the board and back to its paragraph."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dondoc.demo.papers import papers
from dondoc.demo.people import PASSWORD, add_people
from dondoc.demo.province import add_province
from dondoc.units.enums import Role
from dondoc.units.models import Membership
from tests.e2e.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date.today()  # noqa: DTZ011 - the browser's day is the machine's
OVERDUE = "Kiểm kê các điểm ao, hồ, sông, suối nguy hiểm và lập bản đồ cảnh báo của tỉnh"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The draft plan as a Word file, and the province with its people."""
    units = add_province()
    people = add_people(units)
    Membership.objects.create(person=people["vanthu"], unit=units["syt"], role=Role.CLERK, valid_from=date(2025, 7, 1))
    paper = next(papers(TODAY))
    path = tmp_path / paper.name
    path.write_bytes(paper.content)
    return path


def test_a_plan_goes_from_a_file_to_the_board_and_back_to_its_paragraph(plan: Path, page_of: Callable[..., Page]) -> None:
    clerk = page_of("vanthu", PASSWORD, DESKTOP)
    hand_in(clerk, plan)

    specialist = page_of("soyte", PASSWORD, DESKTOP)
    confirm_everything(specialist)
    open_programme(specialist)
    find_the_tasks_of_an_agency(specialist)

    reader = page_of("anbinh", PASSWORD, PHONE)
    find_what_is_late(reader)
    back_to_the_paragraph(reader)


def hand_in(page: Page, plan: Path) -> None:
    page.goto("/van-ban/")
    page.get_by_text("Tùy chọn khi nộp").click()
    page.locator("#drop select").select_option(label="Sở Y tế")
    page.locator("#drop input[type=file]").set_input_files(plan)
    expect(page.get_by_role("link", name="214/KH-UBND")).to_be_visible()


def confirm_everything(page: Page) -> None:
    """Look through the tasks, targets and duties, one after another."""
    page.goto("/van-ban/")
    page.get_by_role("link", name="214/KH-UBND").click()
    expect(page.locator("#paper")).to_contain_text("V. TỔ CHỨC THỰC HIỆN")
    for tab in ("Nhiệm vụ", "Chỉ tiêu", "Báo cáo"):
        page.locator("#item-tabs").get_by_role("link", name=tab).click()
        expect(page.locator("#item-tabs [aria-current=page]")).to_contain_text(tab)
        waiting = page.locator("#items").get_by_role("button", name="Đúng", exact=True)
        for left in range(waiting.count(), 0, -1):
            waiting.first.click()
            expect(waiting).to_have_count(left - 1)


def open_programme(page: Page) -> None:
    page.goto(page.url.split("?")[0])
    page.get_by_role("link", name="Mở chương trình").click()
    page.get_by_role("button", name="Mở chương trình").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tổng kết Chương trình phòng, chống đuối nước")


def find_the_tasks_of_an_agency(page: Page) -> None:
    """Choose Sở Y tế in the filter: its tasks stay, the others go, and the address bar says so."""
    everything = page.locator("tbody td.b").count()
    page.get_by_label("Cơ quan chủ trì").select_option(label="Sở Y tế")
    page.wait_for_url(re.compile(r"co-quan=\w"))
    leads = page.locator("tbody td.l")
    expect(leads.first).to_contain_text("Sở Y tế")
    shown = leads.all_inner_texts()
    assert 0 < len(shown) < everything
    assert all("Sở Y tế" in lead for lead in shown)


def find_what_is_late(page: Page) -> None:
    """What is late today, and that it was not late before its day."""
    page.goto("/chuong-trinh/")
    page.get_by_role("link", name=re.compile("Tổng kết Chương trình")).first.click()
    board = page.url.split("?")[0]
    page.goto(f"{board}?trang-thai=qua-han")
    expect(page.get_by_text(OVERDUE)).to_be_visible()
    before = (TODAY - timedelta(days=40)).isoformat()
    page.goto(f"{board}?trang-thai=qua-han&ngay={before}")
    expect(page.get_by_text(OVERDUE)).to_have_count(0)
    page.goto(f"{board}?trang-thai=qua-han")


def back_to_the_paragraph(page: Page) -> None:
    page.get_by_text(OVERDUE).click()
    page.get_by_role("link", name="Mở tại chỗ này").click()
    expect(page).to_have_url(re.compile(r"/van-ban/\d+/\?muc="))
    marked = page.locator("#paper mark.sel").first
    expect(marked).to_contain_text("Kiểm kê các điểm ao, hồ")
    expect(marked).to_be_in_viewport()
