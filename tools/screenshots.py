"""Take the pictures of ``docs/screenshots``: the invented province's pages, on a desktop and on a phone.

Fills a new, temporary installation with the demonstration, serves it, and drives Chromium through it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"
DONDOC = Path(sys.executable).with_name("dondoc")
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"
PASSWORD = "minhhoa-2026"  # noqa: S105 - the demonstration's, printed by `make run`
FRIDAY = 4
SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]

# (name of the picture, who looks, address)
PAGES = (
    ("van-ban", "vanthu", "/van-ban/"),
    ("doc-van-ban", "vanthu", "/van-ban/2/?tab=nhiem-vu"),
    ("ban-quet", "vanphong", "/van-ban/6/"),
    ("ban-quet-anh-trang", "vanphong", "/van-ban/6/?xem=anh&tab=nhiem-vu"),
    ("ban-quet-chu-goc", "vanphong", "/van-ban/6/?xem=goc"),
    ("so-sanh-phien-ban", "vanphong", "/van-ban/6/so-sanh/5/"),
    ("mo-chuong-trinh", "vanphong", "/chuong-trinh/mo/2/"),
    ("bang-theo-doi", "soyte", "/chuong-trinh/1/"),
    ("qua-han", "soyte", "/chuong-trinh/1/?trang-thai=qua-han"),
    ("theo-co-quan", "soyte", "/chuong-trinh/1/?xem=co-quan"),
    ("nhiem-vu", "soyte", "/chuong-trinh/1/nhiem-vu/6/"),
    ("chi-tieu", "soyte", "/chuong-trinh/1/chi-tieu/"),
    ("mot-chi-tieu", "soyte", "/chuong-trinh/1/chi-tieu/2/"),
    ("bao-cao", "soyte", "/chuong-trinh/1/bao-cao/"),
    ("tien-trinh", "soyte", "/chuong-trinh/1/tien-trinh/"),
    ("bang-don-vi", "soyte", "/chuong-trinh/1/nhiem-vu/13/don-vi/"),
    ("gia-han", "vanphong", "/chuong-trinh/1/gia-han/"),
    ("vuong-mac", "phochutich", "/chuong-trinh/vuong-mac/"),
    ("ke-hoach-don-vi", "anbinh", "/chuong-trinh/1/ke-hoach/"),
    ("dot-bao-cao", "soyte", "/bao-cao/dot/1/"),
    ("bao-cao-cua-toi", "banlim", "/bao-cao/"),
    ("nhap-bao-cao", "banlim", "/bao-cao/5/?bieu=2A&nhom=B"),
    ("nhap-tu-tep", "banlim", "/bao-cao/5/nop-tep/"),
    ("bien-nhan", "anbinh", "/bao-cao/4/bien-nhan/"),
    ("duyet-bao-cao", "soyte", "/bao-cao/dot/1/duyet/8/"),
    ("nhan-tep", "soyte", "/bao-cao/dot/1/nop-tep/"),
    ("tong-hop", "soyte", "/bao-cao/dot/1/tong-hop/"),
    ("bieu-do", "soyte", "/bao-cao/dot/1/tong-hop/?muc=I#doan-3"),
    ("nguon-cua-so", "soyte", "/bao-cao/dot/1/tong-hop/?muc=I&so=2A%3AB.03%3A%2A&doan=2#doan-2"),
    ("so-theo-don-vi", "soyte", "/bao-cao/dot/1/so/1/B.03/2026/"),
    ("tai-bao-cao", "soyte", "/bao-cao/dot/1/tong-hop/tai/"),
    ("toan-bo-so-lieu", "soyte", "/bao-cao/dot/1/so-lieu/"),
    ("dung-han", "soyte", "/bao-cao/dung-han/"),
    ("mau-bao-cao", "soyte", "/bao-cao/mau/2/"),
    ("thong-ke", "vanphong", "/thong-ke/"),
    ("trang-chu-lanh-dao", "phochutich", "/"),
    ("lich", "anbinh", "/lich/"),
    ("viec-cua-toi", "banlim", "/"),
    ("trang-chu-van-phong", "vanphong", "/"),
    ("don-vi", "quantri", "/don-vi/"),
    ("tim", "vanphong", "/tim/?q=t%E1%BB%95ng+k%E1%BA%BFt"),
    ("thong-bao", "soyte", "/thong-bao/"),
)
# What is pressed first, where the page itself has no address that is known beforehand.
PRESSED = {"ke-hoach-don-vi": "Xem kế hoạch"}
SCAN = "/van-ban/6/"
SCAN_SECONDS = 180


@contextmanager
def served(folder: str) -> Iterator[None]:
    """The platform with the demonstration, on a port of its own."""
    environment = os.environ | {"DONDOC_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
    for words in (["migrate", "--verbosity", "0"], ["demo"]):
        subprocess.run([DONDOC, *words], check=True, env=environment, stdout=subprocess.DEVNULL)
    remind = [DONDOC, "remind", "--no-mail", "--date", working_day(date.today()).isoformat()]  # noqa: DTZ011 - of this machine
    subprocess.run(remind, check=True, env=environment, stdout=subprocess.DEVNULL)
    with subprocess.Popen([DONDOC, "serve", "--port", str(PORT)], env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            wait()
            yield
        finally:
            server.terminate()


def working_day(day: date) -> date:
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > FRIDAY else day


def wait_for_scan(browser: Browser) -> None:
    """Until the worker has read the scan."""
    page = logged_in(browser, "vanphong", SIZES["desktop"])
    for _ in range(SCAN_SECONDS // 2):
        page.goto(SCAN)
        if page.get_by_role("link", name="Ảnh trang").count():
            page.context.close()
            return
        time.sleep(2)
    raise SystemExit("the scan was not read")


def wait() -> None:
    """Until the server answers."""
    for _ in range(60):
        try:
            urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=1).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not answer")


def logged_in(browser: Browser, username: str, size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN", base_url=ADDRESS)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_load_state()
    return page


def accept_certain(browser: Browser) -> None:
    """The office accepts what is certain in the letter, so that a programme can be opened from it."""
    page = logged_in(browser, "vanphong", SIZES["desktop"])
    page.goto("/van-ban/2/")
    page.get_by_role("button", name=re.compile("mục chắc")).click()
    page.wait_for_load_state()
    page.context.close()


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, served(folder), sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for size_name, size in SIZES.items():
            for name, username, address in PAGES:
                if name == "ban-quet" and size_name == "desktop":
                    wait_for_scan(browser)
                if name == "mo-chuong-trinh" and size_name == "desktop":
                    accept_certain(browser)
                page = logged_in(browser, username, size)
                answer = page.goto(address)
                if answer is None or not answer.ok:
                    raise SystemExit(f"{address} answers {answer.status if answer else 'nothing'}")
                if name in PRESSED:
                    page.get_by_role("link", name=PRESSED[name]).first.click()
                    page.wait_for_load_state()
                page.wait_for_timeout(400)
                page.screenshot(path=TARGET / f"{name}-{size_name}.png")
                page.context.close()
        browser.close()
    print(f"{len(PAGES) * len(SIZES)} pictures in {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
