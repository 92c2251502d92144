"""People are told once an occasion, hear by one letter a day, and see only their own."""

import smtplib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from dondoc.notices import services
from dondoc.notices.enums import Weight
from dondoc.notices.models import Notice
from dondoc.notices.services import Occasion
from dondoc.units.models import Person
from tests.dondoc.factories.common import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]

LATE = Occasion("task-1:late-1", "Quá hạn 1 ngày: gửi báo cáo", "/chuong-trinh/1/nhiem-vu/1/", Weight.LATE)
NEWS = Occasion("event-7", "Đã xác nhận hoàn thành: gửi báo cáo", "/chuong-trinh/1/nhiem-vu/1/")
SATURDAY = date(2025, 9, 13)


def tell(person: Person, *occasions: Occasion, on: date = TODAY, at: datetime = NOON) -> int:
    return services.tell([(person.pk, occasion) for occasion in occasions], on=on, at=at)


@pytest.fixture
def reader(owner: Person) -> Person:
    owner.email = "chu@minhhoa.example"
    owner.save()
    return owner


class TestOnce:
    def test_the_same_occasion_is_told_once(self, owner: Person) -> None:
        assert tell(owner, LATE, NEWS) == 2
        assert tell(owner, LATE, NEWS) == 0
        assert Notice.objects.count() == 2

    def test_each_person_hears_of_it(self, owner: Person, colleague: Person) -> None:
        tell(owner, LATE)
        assert tell(colleague, LATE) == 1

    def test_nothing_to_tell(self) -> None:
        assert services.tell([], on=TODAY, at=NOON) == 0


class TestDigest:
    def test_one_letter_with_what_presses_most_first(self, reader: Person, mailoutbox: list[Any], settings: Any) -> None:
        settings.SITE_URL = "https://dondoc.example"
        tell(reader, NEWS, LATE)

        assert services.send_digests(on=TODAY, at=NOON) == 1

        letter = mailoutbox[0]
        assert letter.to == ["chu@minhhoa.example"]
        assert letter.subject == "Đôn Đốc ngày 12/9/2025: 1 việc quá hạn, 1 thay đổi"
        assert letter.body.index("Quá hạn 1 ngày") < letter.body.index("Đã xác nhận")
        assert "https://dondoc.example/chuong-trinh/1/nhiem-vu/1/" in letter.body

    def test_one_a_day_and_the_rest_with_the_next(self, reader: Person, mailoutbox: list[Any]) -> None:
        tell(reader, LATE)
        services.send_digests(on=TODAY, at=NOON)
        tell(reader, NEWS)
        assert services.send_digests(on=TODAY, at=NOON + timedelta(hours=3)) == 0
        monday = TODAY + timedelta(days=3)
        assert services.send_digests(on=monday, at=NOON + timedelta(days=3)) == 1
        assert "Quá hạn" not in mailoutbox[1].body

    def test_none_on_a_day_of_rest(self, reader: Person, mailoutbox: list[Any]) -> None:
        tell(reader, LATE)
        assert services.send_digests(on=SATURDAY, at=NOON + timedelta(days=1)) == 0
        assert mailoutbox == []

    def test_none_for_what_was_seen_or_without_an_address(self, reader: Person, colleague: Person, mailoutbox: list[Any]) -> None:
        tell(reader, LATE)
        tell(colleague, LATE)
        services.read_all(person=reader, at=NOON)
        assert services.send_digests(on=TODAY, at=NOON) == 0
        assert mailoutbox == []

    def test_a_letter_that_fails_is_tried_again_and_stops_no_other(
        self, reader: Person, colleague: Person, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
    ) -> None:
        colleague.email = "dongnghiep@minhhoa.example"
        colleague.save()
        tell(reader, LATE)
        tell(colleague, LATE)
        send = services.send_mail

        def fails_for_the_reader(subject: str, body: str, sender: None, to: list[str]) -> None:
            if to == [reader.email]:
                raise smtplib.SMTPServerDisconnected
            send(subject, body, sender, to)

        monkeypatch.setattr(services, "send_mail", fails_for_the_reader)
        assert services.send_digests(on=TODAY, at=NOON) == 1
        monkeypatch.setattr(services, "send_mail", send)
        assert services.send_digests(on=TODAY, at=NOON) == 1
        assert [letter.to for letter in mailoutbox] == [[colleague.email], [reader.email]]


class TestPages:
    def test_empty_says_what_will_come(self, owner: Person, log_in: Callable[[Person], Client]) -> None:
        page = log_in(owner).get("/thong-bao/").content.decode()
        assert "Chưa có thông báo nào" in page
        assert "chưa đối chiếu" in page

    def test_following_one_reads_it(self, owner: Person, log_in: Callable[[Person], Client]) -> None:
        tell(owner, LATE, NEWS)
        client = log_in(owner)
        assert "<i>2</i>" in client.get("/thong-bao/chuong/").content.decode()

        notice = Notice.objects.get(key=LATE.key)
        assert client.get(f"/thong-bao/{notice.pk}/").headers["Location"] == LATE.address

        assert "<i>1</i>" in client.get("/thong-bao/chuong/").content.decode()
        assert "1 tin chưa xem" in client.get("/thong-bao/").content.decode()

    def test_all_are_read_at_once(self, owner: Person, log_in: Callable[[Person], Client]) -> None:
        tell(owner, LATE, NEWS)
        client = log_in(owner)
        client.post("/thong-bao/da-xem/")
        assert "<i>" not in client.get("/thong-bao/chuong/").content.decode()

    def test_nobody_sees_or_reads_anothers(self, owner: Person, colleague: Person, log_in: Callable[[Person], Client]) -> None:
        tell(owner, LATE)
        notice = Notice.objects.get()
        client = log_in(colleague)
        assert LATE.text not in client.get("/thong-bao/").content.decode()
        assert client.get(f"/thong-bao/{notice.pk}/").status_code == 404
        client.post("/thong-bao/da-xem/")
        notice.refresh_from_db()
        assert notice.read_at is None

    @pytest.mark.parametrize("many", [1, 3])
    def test_queries(
        self,
        owner: Person,
        log_in: Callable[[Person], Client],
        django_assert_num_queries: Callable[..., Any],
        many: int,
    ) -> None:
        tell(owner, *(Occasion(f"k{n}", "Việc", "/") for n in range(many)))
        client = log_in(owner)
        with django_assert_num_queries(6):
            client.get("/thong-bao/")
