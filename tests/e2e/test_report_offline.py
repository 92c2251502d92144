"""A commune's clerk fills a report in on a phone, and the line is cut in the middle."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from dondoc.demo.people import PASSWORD
from dondoc.reporting.models import Return
from dondoc.reporting.queries.content import cells_of, texts_of
from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone(browser: Browser, live_server: object) -> Iterator[Page]:
    """A commune clerk's, logged in. A line that is cut shows as errors on the console, so it is not watched."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="vi-VN", base_url=str(live_server))
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("anbinh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "dang-nhap" not in url)
    yield page
    context.close()


def test_figures_typed_without_a_line_survive_a_reload_and_are_sent_when_it_is_back(report: Return, phone: Page) -> None:
    page = phone
    page.goto("/bao-cao/cua-toi/")
    page.get_by_role("link", name="Tổng kết phòng, chống đuối nước").click()
    page.get_by_role("textbox").first.fill("Đã mở 5 lớp dạy bơi.")
    expect(page.locator("#luu")).to_contain_text("Đã lưu")
    page.get_by_role("button", name="Tiếp: mục II").click()
    page.wait_for_url("**muc=II")
    page.get_by_role("button", name="Tiếp: nhóm C").click()
    page.wait_for_url("**nhom=C")

    cut_the_line(page)
    come_back_without_the_server(page)
    line_is_back(page, report)
    hand_in_twice(page, report)


def cut_the_line(page: Page) -> None:
    expect(page.locator("[data-other='C.01:2025']")).to_be_visible()
    page.get_by_role("tab", name="2024").click()
    page.context.set_offline(True)
    page.locator("[id='C.01:2024']").fill("8")
    page.locator("[id='C.02:2024']").fill("4")
    page.get_by_role("tab", name="2025").click()
    page.locator("[id='C.01:2025']").fill("9")
    expect(page.locator("#mat-mang")).to_be_visible()
    expect(page.locator("#mat-mang")).to_contain_text("3 số vừa nhập được giữ trên máy này, tự gửi khi có mạng.")


def come_back_without_the_server(page: Page) -> None:
    """The page loads again, what it sends does not arrive: the figures are in their fields."""
    page.route("**/luu/", no_answer)
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("[id='C.01:2025']")).to_have_value("9")
    expect(page.locator("[id='C.02:2024']")).to_have_value("4")
    expect(page.locator("#mat-mang")).to_contain_text("3 số vừa nhập được giữ trên máy này")


def no_answer(route: Route) -> None:
    route.abort("internetdisconnected")


def line_is_back(page: Page, report: Return) -> None:
    assert not cells_of(report)
    page.unroute("**/luu/", no_answer)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#luu")).to_contain_text("Đã lưu")
    expect(page.locator("#mat-mang")).to_be_hidden()
    assert {tuple(place): int(cell.number or 0) for place, cell in cells_of(report).items()} == {
        ("C.01", "2024"): 8,
        ("C.02", "2024"): 4,
        ("C.01", "2025"): 9,
    }
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('dondoc.bao-cao'))") == []
    assert texts_of(report) == {"I": "Đã mở 5 lớp dạy bơi."}


def hand_in_twice(page: Page, report: Return) -> None:
    """The figure that is not there is said to be so; what is doubtful is mended; a second tap does no harm."""
    page.locator("[data-other='C.02:2025']").click()
    page.get_by_role("button", name="Chưa có số liệu").click()
    expect(page.locator("[id='C.02:2025']")).to_have_value("…")
    page.get_by_role("button", name="Tiếp: nhóm D").click()
    expect(page.locator("[data-other='D.01:2025']")).to_be_visible()
    page.locator("[id='D.01:2025']").fill("2")
    page.get_by_role("tab", name="2024").click()
    page.locator("[id='D.01:2024']").fill("1")
    page.get_by_role("button", name="Kiểm tra và nộp").click()
    page.wait_for_url("**/kiem-tra/")
    token = page.locator("input[name=token]").input_value()
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Nộp đúng hạn")).to_be_visible()
    page.go_back()
    page.locator("input[name=token]").evaluate("(field, token) => { field.value = token; }", token)
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_text("Nộp đúng hạn")).to_be_visible()
    assert report.submissions.count() == 1
