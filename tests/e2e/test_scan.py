"""A scanned plan in a browser: page image with the item's box, and the raw text one click away."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page, expect

from dondoc.demo.people import PASSWORD, add_people
from dondoc.demo.province import add_province
from tests.e2e.conftest import DESKTOP

FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed (apt-get install tesseract-ocr)"),
    pytest.mark.skipif(not FONT.is_file(), reason="the font is not installed (apt-get install fonts-croscore)"),
]
LINES = (
    (620, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (100, "ỦY BAN NHÂN DÂN TỈNH MINH HỌA"),
    (100, "Số: 145/KH-UBND"),
    (620, "Minh Họa, ngày 12 tháng 9 năm 2025"),
    (500, "KẾ HOẠCH"),
    (300, "Triển khai phong trào trồng cây xanh năm 2026"),
    (100, "I. NHIỆM VỤ"),
    (100, "1. Sở Xây dựng rà soát quỹ đất trồng cây trước ngày 30/11/2025."),
    (100, "2. Sở Tài chính bố trí kinh phí thực hiện trước ngày 15/12/2025."),
)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """The plan as a picture of a page, in a PDF without a text layer."""
    add_people(add_province())
    page = Image.new("L", (1240, 1754), 250)
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 30)
    for number, (left, words) in enumerate(LINES):
        pen.text((left, 120 + 60 * number), words, 20, font)
    path = tmp_path / "quet.pdf"
    page.save(path, resolution=150)
    return path


def test_a_scanned_plan_shows_its_page_with_the_box_and_its_raw_text(
    scan: Path, page_of: Callable[..., Page], settings: object, tmp_path: Path
) -> None:
    settings.PAGES_ROOT = tmp_path / "pages"  # type: ignore[attr-defined]
    page = page_of("vanthu", PASSWORD, DESKTOP)
    page.set_default_timeout(60_000)
    page.goto("/van-ban/")
    page.locator("#drop input[type=file]").set_input_files(scan)
    page.locator("#drop .out.accepted a, #rows .tt").first.click()

    page.get_by_role("link", name="Ảnh trang").click()
    page.locator("#item-tabs").get_by_role("link", name="Nhiệm vụ").click()
    page.locator("#items .it", has_text="Sở Xây dựng").first.click(position={"x": 20, "y": 10})

    expect(page.locator("rect.sel").first).to_be_visible()
    assert page.locator(".sheet img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    page.get_by_role("link", name="Chữ gốc").click()
    expect(page.locator("#paper mark.sel").first).to_contain_text("Sở Xây")
