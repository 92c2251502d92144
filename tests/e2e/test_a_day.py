"""A day in four people's lives: the office, a department, a commune's clerk on a phone, the vice-chairman; and two at one task.

The province is the demonstration's, told around the machine's day. What depends on the day of the month is read from the page.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from dondoc.common import wording
from dondoc.demo import measurements
from dondoc.demo.history import Stage
from dondoc.demo.loader import OPENED, follow, hand_in
from dondoc.demo.papers import papers
from dondoc.demo.people import PASSWORD, add_people
from dondoc.demo.province import add_province
from dondoc.programmes import services
from dondoc.programmes.models import Programme
from dondoc.units.models import Unit
from tests.e2e.conftest import PHONE, words_of

pytestmark = pytest.mark.django_db(transaction=True)
PageOf = Callable[..., Page]

TODAY = date.today()  # noqa: DTZ011 - the browser's day is the machine's
REPORT = "Chỉ đạo hoàn thiện báo cáo tổng kết của địa phương"
INVENTORY = "Kiểm kê các điểm ao, hồ, sông, suối nguy hiểm"
MEDIA = "Truyền thông trên báo, đài"
SWIMMING = "Đánh giá kết quả phổ cập bơi an toàn"
CAUSES = "Thống kê, phân tích nguyên nhân các vụ đuối nước"
SKILLS = "Trẻ em từ đủ 6 tuổi đến dưới 16 tuổi biết kỹ năng an toàn"


@pytest.fixture
def units() -> dict[str, Unit]:
    return add_province()


@pytest.fixture
def stage(units: dict[str, Unit]) -> Stage:
    """The machine's day in the invented province, with its people."""
    return Stage(TODAY, add_people(units))


@pytest.fixture
def review(stage: Stage, units: dict[str, Unit]) -> Programme:
    """The programme that is followed, with what has happened so far."""
    plan = hand_in(stage, next(papers(TODAY)), units["vp-ubnd"], "vanphong", OPENED)
    programme = follow(stage, plan, units)
    services.open_periods(on=TODAY)
    return programme


def day(offset: int) -> str:
    return wording.day(TODAY + timedelta(days=offset))


def open_task(page: Page, words: str) -> None:
    """From anywhere to the page of a task, by its programme's board."""
    page.get_by_role("link", name="Chương trình", exact=True).first.click()
    page.get_by_role("link", name=re.compile("^Tổng kết Chương trình")).first.click()
    page.get_by_role("link", name=words).first.click()
    expect(page.locator(".task-text").first).to_contain_text(words)


def act(page: Page, key: str, fields: dict[str, str], button: str = "") -> None:
    """Open an act of the page, fill its fields by their labels, and send it."""
    form = opened(page, key)
    for label, words in fields.items():
        field = form.get_by_label(re.compile(f"^{re.escape(label)}"))
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=words)
        else:
            field.fill(words)
    form.get_by_role("button", name=button).click()


def opened(page: Page, key: str) -> Locator:
    form = page.locator(f"details#{key}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return form


@pytest.mark.usefixtures("review")
def test_the_office_in_the_morning(page_of: PageOf) -> None:
    page = page_of("vanphong", PASSWORD)
    expect(page.locator("#co-quan")).to_contain_text("Sở Nông nghiệp và Môi trường")
    page.locator("#chuong-trinh").get_by_role("link", name=re.compile("^Tổng kết Chương trình")).click()
    urge_the_late_commune(page)
    decide_a_request(page)
    talk_about_what_is_late(page)


def urge_the_late_commune(page: Page) -> None:
    """The board names the one commune that has not sent its report; its letter is a Word file."""
    row = page.locator("tr.sub", has_text="Chưa gửi: xã Bản Lim")
    expect(row.get_by_role("link", name="Gọi xã Bản Lim")).to_have_attribute("href", re.compile(r"tel:0200\d+"))
    row.get_by_role("link", name="Soạn công văn đôn đốc").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as handed:
        page.get_by_role("button", name="Soạn công văn đôn đốc").click()
    words = words_of(handed.value)
    assert "Ủy ban nhân dân xã Bản Lim" in words
    assert REPORT in words
    page.get_by_role("link", name="Nhiệm vụ", exact=True).click()
    expect(page.locator("#cong-van li")).to_contain_text("Xã Bản Lim, báo cáo trước hết")


def decide_a_request(page: Page) -> None:
    """The police ask for more time; they get less than they ask for, with a reason."""
    page.goto("/")
    page.locator("#gia-han").get_by_role("link", name=CAUSES).click()
    expect(page.locator(".facts").first).to_contain_text("Ba vụ tại vùng giáp ranh")
    act(page, "dong-y", {"Hạn cuối mới": day(10)}, "Đồng ý gia hạn")
    expect(page.locator("#dong-y p.err")).to_have_text("Ngày khác ngày đơn vị đề nghị. Ghi lý do.")
    expect(page.locator("#dong-y").get_by_label("Hạn cuối mới")).to_have_value(day(10))
    act(page, "dong-y", {"Ý kiến": "Kịp tổng hợp trước phiên họp tháng."}, "Đồng ý gia hạn")
    expect(page.locator(".toast, .messages, [role=status]").first).to_contain_text("Đã gia hạn")
    open_task(page, CAUSES)
    expect(page.locator(".facts").first).to_contain_text(f"Gia hạn đến {wording.weekday(TODAY + timedelta(days=10))}")


def talk_about_what_is_late(page: Page) -> None:
    """A person is mentioned by keyboard alone."""
    open_task(page, INVENTORY)
    field = page.get_by_placeholder(re.compile("Ghi ý kiến"))
    field.focus()
    page.keyboard.type("Chiều nay họp, nhờ @Hoàng")
    expect(page.get_by_role("option", name=re.compile("Hoàng Minh Ngọc"))).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.type("mang theo danh sách 4 xã.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said = page.locator("#trao-doi .cm").last
    expect(said).to_contain_text("mang theo danh sách 4 xã.")
    expect(said.locator("b.at")).to_contain_text("Hoàng Minh Ngọc")
    expect(field).to_have_value("")


def test_a_department_looks_through_what_came_in(review: Programme, stage: Stage, page_of: PageOf) -> None:
    measurements.tell(review, stage)
    for words in (MEDIA, SWIMMING):
        task = review.tasks.get(text__startswith=words)
        services.deliver(
            actor=stage.actor("sovh"), task=task, at=stage.moment(-1), happened_on=stage.day(-1), note="Đã làm xong, báo cáo kèm."
        )
    page = page_of("soyte", PASSWORD)
    accept_one_and_return_another(page)
    enter_and_accept_figures(page)
    add_a_task_from_a_meeting(page)


def accept_one_and_return_another(page: Page) -> None:
    page.locator("#cho-xac-nhan").get_by_role("link", name=SWIMMING).click()
    act(page, "xac-nhan", {"Ý kiến": "Đủ số liệu."}, "Xác nhận hoàn thành")
    expect(page.locator(".meta").first).to_contain_text("Hoàn thành")
    page.goto("/")
    waiting = page.locator("#cho-xac-nhan")
    expect(waiting).not_to_contain_text(SWIMMING)
    waiting.get_by_role("link", name=MEDIA).click()
    act(page, "tra-lai", {"Lý do": "Thiếu số tin, bài của các xã."}, "Trả lại")
    expect(page.locator("#tra-lai p.err")).to_contain_text("Chọn loại lý do")
    act(page, "tra-lai", {"Loại lý do": "Thiếu nội dung hoặc số liệu", "Hạn nộp lại": day(5)}, "Trả lại")
    expect(page.locator("main")).to_contain_text("Thiếu số tin, bài của các xã.")
    expect(page.locator("main")).to_contain_text(day(5))


def enter_and_accept_figures(page: Page) -> None:
    """One commune owes its figure of the last quarter, another's waits."""
    open_target(page, SKILLS)
    page.get_by_role("link", name="Bảng nhập, duyệt").first.click()
    expect(page.locator("main")).to_contain_text("Chưa ghi 1/12: xã Bản Lim")
    row = page.locator("tbody tr", has_text="xã Bản Lim")
    row.locator("input.fig").first.fill("160")
    page.keyboard.press("Tab")
    page.keyboard.type("150")
    page.get_by_label(re.compile("Nguồn")).fill("Báo cáo 12/BC-UBND")
    page.get_by_role("button", name="Ghi các số đã nhập").click()
    expect(row.locator(".err").first).to_be_visible()
    expect(row.locator("input.fig").first).to_have_value("160")
    row.locator("input.fig").nth(1).fill("320")
    page.get_by_role("button", name="Ghi các số đã nhập").click()
    expect(row).to_contain_text("50%")
    page.get_by_label("Chọn tất cả số chờ duyệt").check()
    page.get_by_role("button", name="Duyệt các số đã chọn").click()
    expect(page.locator("main")).to_contain_text("Đã đủ 12 đơn vị.")
    expect(page.locator("tbody")).not_to_contain_text("Chờ duyệt")


def open_target(page: Page, words: str) -> None:
    page.goto("/chuong-trinh/")
    page.get_by_role("link", name=re.compile("^Tổng kết Chương trình")).first.click()
    page.get_by_role("link", name=re.compile("^Chỉ tiêu")).first.click()
    page.get_by_role("link", name=re.compile(words)).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def add_a_task_from_a_meeting(page: Page) -> None:
    """With its source; it stands on the board at once."""
    page.goto("/chuong-trinh/")
    page.get_by_role("link", name=re.compile("^Tổng kết Chương trình")).first.click()
    page.get_by_role("link", name="Thêm nhiệm vụ").click()
    task = "Rà soát phao cứu sinh tại các bến đò ngang"
    page.get_by_label("Nội dung nhiệm vụ").fill(task)
    page.get_by_label("Cơ quan chủ trì", exact=True).select_option(label="Sở Xây dựng")
    page.get_by_label(re.compile("^Thời hạn")).fill(day(12))
    page.get_by_label("Loại nguồn").select_option(label="Kết luận cuộc họp")
    page.get_by_label(re.compile("Tên cuộc họp")).fill("Họp giao ban tuần")
    page.get_by_label(re.compile("Ngày giao")).fill(day(0))
    page.get_by_label(re.compile("Lời giao việc")).fill("Giao Sở Xây dựng rà soát phao cứu sinh tại các bến đò ngang.")
    page.get_by_role("button", name="Thêm nhiệm vụ").click()
    expect(page.locator("main")).to_contain_text(task)
    page.goto("/chuong-trinh/")
    page.get_by_role("link", name=re.compile("^Tổng kết Chương trình")).first.click()
    row = page.locator("tr", has_text=task)
    expect(row).to_contain_text("Kết luận cuộc họp")
    expect(row).to_contain_text("Sở Xây dựng")


@pytest.mark.usefixtures("review")
def test_a_clerk_of_a_commune_on_a_phone(page_of: PageOf) -> None:
    page = page_of("banlim", PASSWORD, PHONE)
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Xã Bản Lim nợ \d+ việc gấp"))
    owed = page.locator("li.o", has_text=REPORT)
    expect(owed).to_contain_text("Quá hạn 3 ngày")
    owed.get_by_role("link", name=REPORT).tap()
    say_how_far_it_is(page)
    raise_an_obstacle(page)
    ask_for_more_time(page)
    hand_it_in(page)
    page.get_by_role("link", name="Việc của tôi").first.tap()
    expect(page.locator("main")).not_to_contain_text(REPORT)
    page.get_by_role("link", name="Lịch", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lịch việc đến hạn")
    expect(page.locator("[aria-current=date]")).to_contain_text("hôm nay")


def say_how_far_it_is(page: Page) -> None:
    """Received; a percentage over a hundred is sent back to its field, with all that was typed."""
    act(page, "tiep-nhan", {}, "Tiếp nhận")
    expect(page.locator("details#tiep-nhan")).to_have_count(0)
    act(page, "tien-do", {"Tỷ lệ hoàn thành (%)": "120", "Kết quả đã làm": "Còn chờ số của 2 thôn."}, "Ghi tiến độ")
    expect(page.locator("#tien-do p.err")).to_contain_text("Tỷ lệ 120% lớn hơn 100%.")
    act(page, "tien-do", {"Tỷ lệ hoàn thành (%)": "80"}, "Ghi tiến độ")
    expect(page.locator("main")).to_contain_text("Còn chờ số của 2 thôn.")


def raise_an_obstacle(page: Page) -> None:
    page.get_by_role("link", name="Nêu vướng mắc").first.tap()
    page.get_by_label("Khó khăn, vướng mắc").fill("Đường vào hai thôn sạt lở, chưa cắm được biển cảnh báo")
    page.get_by_label("Nguyên nhân").select_option(label="Thời tiết, thiên tai, dịch bệnh")
    page.get_by_label("Đề xuất, kiến nghị").fill("Hỗ trợ máy xúc 03 ngày")
    page.get_by_label("Nơi giải quyết").select_option(label="UBND tỉnh, Chủ tịch UBND tỉnh")
    page.get_by_role("button", name="Nêu vướng mắc").tap()
    expect(page.locator("main")).to_contain_text("Hỗ trợ máy xúc 03 ngày")
    expect(page.locator("main")).to_contain_text("UBND tỉnh, Chủ tịch UBND tỉnh")
    page.get_by_role("link", name=REPORT).tap()


def ask_for_more_time(page: Page) -> None:
    asked = {
        "Đề nghị lùi hạn đến hết ngày": day(6),
        "Nguyên nhân khách quan": "Hai thôn bị cô lập do sạt lở",
        "Kết quả đã thực hiện đến nay": "Xong 9/11 thôn",
        "Giải trình việc đề nghị sau khi hết hạn": "Mất điện, mất sóng 4 ngày",
    }
    act(page, "xin-gia-han", asked, "Đề nghị gia hạn")
    expect(page.locator("main")).to_contain_text("Hai thôn bị cô lập do sạt lở")


def hand_it_in(page: Page) -> None:
    open_task(page, REPORT)
    delivered = {"Số, ký hiệu văn bản sản phẩm": "45/BC-UBND", "Ngày văn bản sản phẩm": day(0)}
    act(page, "bao-xong", delivered, "Báo hoàn thành")
    expect(page.locator("main")).to_contain_text("45/BC-UBND")
    expect(page.locator("#don-vi li", has_text="xã Bản Lim")).not_to_contain_text("Chưa xong")


@pytest.mark.usefixtures("review")
def test_the_vice_chairman_at_his_desk_and_on_the_way(page_of: PageOf) -> None:
    page = page_of("phochutich", PASSWORD)
    expect(page.locator("#chuong-trinh .light")).to_contain_text("Cần chỉ đạo")
    open_a_figure(page)
    page.goto("/")
    with page.expect_download() as handed:
        page.get_by_role("link", name="Báo cáo nhanh").click()
    assert INVENTORY in words_of(handed.value)

    phone = page_of("phochutich", PASSWORD, PHONE)
    answer_an_obstacle(phone)


def open_a_figure(page: Page) -> None:
    """Exactly as many rows as the figure says; and an agency's."""
    figure = page.locator(".hd").get_by_role("link", name=re.compile(r"^\d+ quá hạn$"))
    number = int(figure.inner_text().split()[0])
    assert number >= 3
    figure.click()
    expect(page.locator("tbody tr")).to_have_count(number)
    expect(page.locator("tbody")).to_contain_text(INVENTORY)
    page.goto("/")
    line = page.locator("#co-quan li", has_text="Sở Nông nghiệp và Môi trường")
    expect(line.locator("b")).to_have_text("1")
    line.get_by_role("link", name="Sở Nông nghiệp và Môi trường").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def answer_an_obstacle(page: Page) -> None:
    """Where it stands on the home page; it does not wait any more."""
    box = page.locator("#vuong-mac")
    expect(box.locator("li")).to_have_count(3)
    first = box.locator("li").first
    expect(first).to_contain_text("Chờ 18 ngày")
    first.get_by_text("Cho ý kiến").first.tap()
    first.get_by_label("Ý kiến chỉ đạo").fill("Giao Sở Tài chính trình trước ngày 30.")
    first.get_by_role("button", name="Cho ý kiến").tap()
    expect(box.locator("li")).to_have_count(2)
    expect(box).not_to_contain_text("định mức chi")


@pytest.mark.usefixtures("review")
def test_the_second_of_two_who_change_one_task_is_told(page_of: PageOf) -> None:
    first, second = page_of("vanphong", PASSWORD), page_of("soyte", PASSWORD)
    for page in (first, second):
        open_task(page, MEDIA)
    form = opened(second, "tien-do")
    form.get_by_label("Tỷ lệ hoàn thành (%)").fill("65")
    form.get_by_label("Kết quả đã làm").fill("Thêm 02 phóng sự, đang dựng phim ngắn.")
    act(first, "tien-do", {"Tỷ lệ hoàn thành (%)": "55", "Kết quả đã làm": "Đã phát 12 tin, bài."}, "Ghi tiến độ")
    expect(first.locator("main")).to_contain_text("Đã phát 12 tin, bài.")

    form.get_by_role("button", name="Ghi tiến độ").click()
    told = second.locator("#tien-do [role=alert]")
    expect(told).to_contain_text("Chưa ghi gì")
    expect(told).to_contain_text("Lê Thu Hà")
    expect(told).to_contain_text("Đã phát 12 tin, bài.")
    form = second.locator("#tien-do")
    expect(form.get_by_label("Tỷ lệ hoàn thành (%)")).to_have_value("65")
    expect(form.get_by_label("Kết quả đã làm")).to_have_value("Thêm 02 phóng sự, đang dựng phim ngắn.")
    form.get_by_role("button", name="Vẫn ghi").click()
    course = second.locator("main")
    expect(course).to_contain_text("Đã phát 12 tin, bài.")
    expect(course).to_contain_text("Thêm 02 phóng sự, đang dựng phim ngắn.")
    expect(second.locator("#tien-do [role=alert]")).to_have_count(0)
