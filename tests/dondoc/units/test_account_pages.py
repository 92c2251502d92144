import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from dondoc.common.models import AuditEntry
from dondoc.units.models import Person

PASSWORD = "mat-khau-thu-nghiem"


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


def log_in(client: Client, username: str, password: str, **extra: str) -> str:
    response = client.post("/dang-nhap/", {"username": username, "password": password, **extra})
    return str(response.get("Location", response.content.decode()))


def test_logging_in_and_out(client: Client, owner: Person) -> None:
    assert log_in(client, "chu", PASSWORD, next="/don-vi/") == "/don-vi/"
    assert client.get("/don-vi/").status_code == 200
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/")["Location"] == "/dang-nhap/"
    assert client.get("/don-vi/").status_code == 302


def test_logging_in_goes_to_no_other_site(client: Client, owner: Person) -> None:
    assert log_in(client, "chu", PASSWORD, next="//evil.example/") == "/"


def test_a_wrong_password_says_what_to_check(client: Client, owner: Person) -> None:
    assert "Kiểm tra bộ gõ" in log_in(client, "chu", "sai")


def test_eight_wrong_passwords_make_one_wait(client: Client, owner: Person, colleague: Person) -> None:
    for _ in range(8):
        assert "Kiểm tra bộ gõ" in log_in(client, "chu", "sai")
    assert "Chờ 10 phút" in log_in(client, "CHU", PASSWORD)
    assert log_in(client, "dongnghiep", PASSWORD) == "/"


def test_a_closed_account_does_not_open(client: Client, owner: Person) -> None:
    owner.is_active = False
    owner.save()
    assert "Kiểm tra bộ gõ" in log_in(client, "chu", PASSWORD)


def test_a_one_time_password_opens_only_the_page_where_it_is_changed(client: Client, owner: Person) -> None:
    owner.must_change_password = True
    owner.save()
    log_in(client, "chu", PASSWORD)
    assert client.get("/don-vi/")["Location"] == "/mat-khau/"
    assert client.post("/don-vi/them/")["Location"] == "/mat-khau/"
    assert "mật khẩu cấp một lần" in client.get("/mat-khau/").content.decode()
    change = {"old_password": PASSWORD, "new_password1": "vuon-cam-mua-thu", "new_password2": "vuon-cam-mua-thu"}
    assert client.post("/mat-khau/", change)["Location"] == "/"
    assert client.get("/don-vi/").status_code == 200
    assert AuditEntry.objects.get().verb == "units.change_password"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("sai", "vuon-cam-mua-thu", "vuon-cam-mua-thu"), "Mật khẩu đang dùng không đúng"),
        ((PASSWORD, "vuon-cam-mua-thu", "khac"), "không giống nhau"),
        ((PASSWORD, PASSWORD, PASSWORD), "giống mật khẩu đang dùng"),
        ((PASSWORD, "12345678", "12345678"), "Mật khẩu"),
    ],
)
def test_what_a_new_password_may_not_be(client: Client, owner: Person, typed: tuple[str, str, str], words: str) -> None:
    client.force_login(owner)
    fields = ("old_password", "new_password1", "new_password2")
    response = client.post("/mat-khau/", dict(zip(fields, typed, strict=True)))
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_forgotten_password_is_set_by_a_link(client: Client, owner: Person) -> None:
    owner.email = "chu@minhhoa.gov.vn"
    owner.must_change_password = True
    owner.save()
    assert client.post("/mat-khau/quen/", {"email": "CHU@minhhoa.gov.vn"})["Location"] == "/mat-khau/quen/da-gui/"
    assert "Đã gửi liên kết" in client.get("/mat-khau/quen/da-gui/").content.decode()
    letter = mail.outbox[0]
    assert letter.subject == "Đôn Đốc: đặt lại mật khẩu"
    assert "Kính gửi Nguyễn Thị Chủ" in str(letter.body)
    link = re.search(r"http://testserver(\S+)", str(letter.body))
    assert link is not None
    page = client.get(link.group(1), follow=True)
    new = {"new_password1": "vuon-cam-mua-thu", "new_password2": "vuon-cam-mua-thu"}
    assert client.post(page.redirect_chain[-1][0], new)["Location"] == "/dang-nhap/"
    assert "Đã đặt mật khẩu mới" in client.get("/dang-nhap/").content.decode()
    assert log_in(client, "chu", "vuon-cam-mua-thu") == "/"
    assert client.get("/don-vi/").status_code == 200
    assert "không còn dùng được" in Client().get(link.group(1), follow=True).content.decode()


def test_an_unknown_address_learns_nothing(client: Client, owner: Person) -> None:
    assert client.post("/mat-khau/quen/", {"email": "la@minhhoa.gov.vn"})["Location"] == "/mat-khau/quen/da-gui/"
    assert mail.outbox == []
