import re
from collections.abc import Callable
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.middleware import RefusalMiddleware
from dondoc.units.models import Person

LogIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def test_health_needs_no_login_and_names_the_database(client: Client, db: None) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok"}


def test_health_says_when_the_database_is_away(client: Client, db: None) -> None:
    with patch("dondoc.common.views.connection.cursor", side_effect=DatabaseError):
        response = client.get("/healthz")
    assert response.status_code == 503


def test_pages_ask_for_a_log_in(client: Client, db: None) -> None:
    response = client.get("/don-vi/")
    assert response.status_code == 302
    assert response["Location"] == "/dang-nhap/?next=/don-vi/"


def test_a_page_forbids_inline_scripts_and_styles(client: Client, db: None) -> None:
    response = client.get("/dang-nhap/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert response["X-Frame-Options"] == "DENY"


def test_the_bar_shows_only_places_that_exist(owner: Person, administrator: Person, log_in: LogIn) -> None:
    plain = log_in(owner).get("/mat-khau/").content.decode()
    assert "Quản trị</a>" not in plain
    assert "Sở Y tế" in plain
    assert "Quản trị" in log_in(administrator).get("/mat-khau/").content.decode()


def test_every_link_of_the_bar_leads_somewhere(administrator: Person, log_in: LogIn) -> None:
    client = log_in(administrator)
    nav = re.search(r'<nav class="nav".*?</nav>', client.get("/mat-khau/").content.decode(), re.DOTALL)
    assert nav is not None
    for address in re.findall(r'href="([^"]+)"', nav.group()):
        assert client.get(address, follow=True).status_code == 200, address


def test_an_unknown_address_is_told_in_vietnamese(owner: Person, log_in: LogIn) -> None:
    response = log_in(owner).get("/khong-co-trang-nay/")
    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()


@pytest.mark.parametrize(("code", "words"), [(400, "Yêu cầu không đọc được"), (500, "Hệ thống gặp lỗi")])
def test_error_pages_need_no_context(rf: RequestFactory, code: int, words: str) -> None:
    from django.views import defaults

    response = defaults.bad_request(rf.get("/"), Exception()) if code == 400 else defaults.server_error(rf.get("/"))
    assert response.status_code == code
    assert words in response.content.decode()


@pytest.mark.parametrize(("refusal", "status"), [(NotAllowed("Không được sửa."), 403), (Refused("Đã đóng."), 409)])
def test_a_refusal_becomes_a_page_with_its_sentence(rf: RequestFactory, owner: Person, refusal: Refused, status: int) -> None:
    request = rf.get("/")
    request.user = owner
    request.resolver_match = None
    response = _middleware().process_exception(request, refusal)
    assert response is not None
    assert response.status_code == status
    assert refusal.message in response.content.decode()


def test_htmx_gets_the_sentence_alone(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.htmx = True  # type: ignore[attr-defined]
    response = _middleware().process_exception(request, NotAllowed("Không được sửa."))
    assert response is not None
    assert response.content.decode() == "Không được sửa."
    assert response["Content-Type"].startswith("text/plain")


def test_other_errors_pass_by(rf: RequestFactory) -> None:
    assert _middleware().process_exception(rf.get("/"), ValueError()) is None


@pytest.mark.parametrize(
    ("came_from", "leads_back"),
    [
        ("http://testserver/bao-cao/dot/", True),
        ("https://example.com/", False),
        ("", False),
        ("http://testserver/thong-bao/1/", False),
    ],
)
def test_a_refusal_leads_back_to_where_the_person_was(
    rf: RequestFactory, owner: Person, came_from: str, *, leads_back: bool
) -> None:
    request = rf.get("/thong-bao/1/", headers={"Referer": came_from})
    request.user, request.htmx = owner, False  # type: ignore[attr-defined]
    page = _middleware().process_exception(request, Refused("Đã đóng."))
    assert page is not None
    assert (f'href="{came_from}">' in page.content.decode() and "Quay lại trang trước" in page.content.decode()) is leads_back


def test_the_address_of_a_button_opened_like_a_page_says_so(owner: Person, log_in: LogIn) -> None:
    page = log_in(owner).get("/bao-cao/dot/1/nhac/")
    assert page.status_code == 405
    assert page["Allow"] == "POST"
    assert "Việc này làm bằng nút trên trang" in page.content.decode()


def _middleware() -> RefusalMiddleware:
    def unused(_request: HttpRequest) -> HttpResponse:
        raise AssertionError

    return RefusalMiddleware(unused)


def test_a_form_without_its_token_is_told_what_to_do(owner: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    response = client.post("/dang-xuat/")
    assert response.status_code == 403
    assert "Mở lại trang rồi làm lại" in response.content.decode()
