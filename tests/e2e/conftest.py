"""A browser, the running platform, and people who have logged in.

The server runs in the test's own process; what it is asked to do in the background it does at once.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from docx import Document as WordDocument
from playwright.sync_api import Browser, ConsoleMessage, Download, Page, expect, sync_playwright

from dondoc.demo.people import add_people
from dondoc.demo.province import add_province
from dondoc.reporting.models import Return
from dondoc.reporting.services import opening, templates
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.access import actor_of
from dondoc.units.models import Person, Unit
from tests import leftovers
from tests.dondoc.reporting.conftest import POOLS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
DESKTOP = (1366, 768)
PHONE = (390, 844)
WAIT_MS = 20_000  # a busy machine is no fault
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HERE = Path(__file__).parent
# A page that is wider than its window, when it has loaded and when something on it was opened, is told like any other fault.
WATCH = """
const look = () => {
  const { scrollWidth: wide, clientWidth: room } = document.documentElement;
  if (document.readyState === "complete" && wide > room) console.error(`${wide} px wide in ${room}: ${location}`);
};
addEventListener("load", look);
addEventListener("toggle", look, true);
"""
REFUSED = re.compile("status of (409|422)|net::ERR_INTERNET_DISCONNECTED|net::ERR_FAILED")
# Assets may not have been built on this machine; a page, a picture or a file that is missing is a fault.
UNBUILT = "/static/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (apt-get install chromium)"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright's loop lives in this thread, which Django would take for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page_of(browser: Browser, live_server: object, settings: Any) -> Iterator[Callable[..., Page]]:
    """``page_of("username", password, size)``: a page of a browser of their own, logged in through the form.

    Whatever goes wrong in one of them (an error or a refusal of the content policy on the console, a fault of a script, a page that
    must be scrolled sideways) fails the test in the end. An answer that says what to correct is no fault.
    """
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    contexts, faults = [], []

    def listen(message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        unbuilt = "status of 404" in message.text and UNBUILT in address
        if message.type == "error" and not REFUSED.search(message.text) and not unbuilt:
            faults.append(f"{message.text} {address}")

    def open_page(username: str, password: str, size: tuple[int, int] = DESKTOP) -> Page:
        phone = size == PHONE
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="vi-VN",
            base_url=str(live_server),
            has_touch=phone,
            is_mobile=phone,
        )
        context.add_init_script(WATCH)
        context.on("console", listen)
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(password)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "dang-nhap" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture(autouse=True)
def _no_leftovers() -> None:
    leftovers.clear()


@pytest.fixture
def report() -> Return:
    """That of xã An Bình to Sở Y tế, due in ten days."""
    units = add_province()
    people: dict[str, Person] = add_people(units)
    now: datetime = timezone.now()
    today: date = timezone.localdate()
    actor = actor_of(people["soyte"], today)
    version = templates.make_template(actor=actor, owner=units["syt"], facts=POOLS, at=now)
    templates.issue(actor=actor, version=version)
    version.refresh_from_db()
    commune = Unit.objects.get(pk=next(iter(actor_of(people["anbinh"], today).unit_ids)))
    facts = CampaignFacts(
        title="Tổng kết phòng, chống đuối nước",
        recipient=units["syt"],
        period_name="Năm 2025",
        last_ok_on=today + timedelta(days=10),
        groups=[GroupFacts("UBND các xã, phường", version, [commune])],
    )
    return opening.open_campaign(actor=actor, facts=facts, at=now).returns.get()


def words_of(download: Download) -> str:
    """Every word of a Word file that was handed out."""
    assert download.suggested_filename.endswith(".docx")
    paper = WordDocument(BytesIO(Path(download.path()).read_bytes()))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)
