"""Files come in, are read by the reader itself, and end as read, failed or quarantined."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents import reading, services
from dondoc.documents.enums import DocumentState, Visibility
from dondoc.documents.models import Document
from dondoc.documents.services import running
from dondoc.files.models import StoredFile
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import TEXT

pytestmark = pytest.mark.django_db

PARTY = (
    "ĐẢNG CỘNG SẢN VIỆT NAM\nTỈNH ỦY MINH HỌA\nSố 07-KH/TU\nMinh Họa, ngày 21 tháng 11 năm 2025\nKẾ HOẠCH\nthực hiện Nghị quyết\n"
)


def upload(text: str | bytes = TEXT, name: str = "ke-hoach.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


@pytest.fixture
def hand_in(actor: Actor, department: Unit) -> Callable[..., Document]:
    """Hand a file in and let the job do its work."""

    def do(text: str | bytes = TEXT, name: str = "ke-hoach.txt", **more: Any) -> Document:
        held = services.hand_in(actor=actor, unit=department, upload=upload(text, name), at=NOON, **more)
        services.read(document_id=held.document.pk)
        held.document.refresh_from_db()
        return held.document

    return do


def test_a_file_becomes_a_document_that_waits_and_only_its_unit_sees_it(actor: Actor, department: Unit) -> None:
    held = services.hand_in(actor=actor, unit=department, upload=upload(), at=NOON)

    assert held.created
    assert held.document.state == DocumentState.QUEUED
    assert held.document.visibility == Visibility.RESTRICTED
    assert held.document.name == "ke-hoach.txt"
    assert AuditEntry.objects.filter(verb="documents.hand_in", subject_id=held.document.pk, actor=actor.person).count() == 1


def test_reading_gives_number_day_items_and_opens_a_state_document(hand_in: Callable[..., Document]) -> None:
    document = hand_in()

    assert document.state == DocumentState.READ
    assert document.code == "208/KH-UBND"
    assert str(document.issued_on) == "2025-08-07"
    assert document.visibility == Visibility.PROVINCE
    assert document.items.filter(kind="task").exists()
    assert all(item.reading.text[item.span_start : item.span_end].strip() for item in document.items.select_related("reading"))


def test_a_party_document_stays_restricted(hand_in: Callable[..., Document]) -> None:
    assert hand_in(PARTY).visibility == Visibility.RESTRICTED


def test_a_document_of_an_unknown_issuer_stays_restricted(hand_in: Callable[..., Document]) -> None:
    assert hand_in("Ghi chép của một cuộc họp không có số và không rõ cơ quan nào.\n").visibility == Visibility.RESTRICTED


def test_the_choice_of_the_person_is_kept(hand_in: Callable[..., Document]) -> None:
    assert hand_in(restricted=True).visibility == Visibility.RESTRICTED


def test_the_same_file_twice_is_one_document(hand_in: Callable[..., Document], actor: Actor, department: Unit) -> None:
    first = hand_in()

    again = services.hand_in(actor=actor, unit=department, upload=upload(name="ten-khac.txt"), at=NOON)

    assert again.document == first
    assert not again.created
    assert Document.objects.count() == StoredFile.objects.count() == 1


def test_the_same_file_in_another_province_is_another_document(
    hand_in: Callable[..., Document], stranger: Person, foreign_department: Unit, actor_for: Callable[..., Actor]
) -> None:
    first = hand_in()

    other = services.hand_in(actor=actor_for(stranger), unit=foreign_department, upload=upload(), at=NOON)

    assert other.created
    assert other.document != first
    assert StoredFile.objects.count() == 1


def test_handing_in_for_another_unit_is_refused_and_leaves_nothing(
    colleague: Person, department: Unit, actor_for: Callable[..., Actor], settings: Any
) -> None:
    with pytest.raises(NotAllowed, match="phân công"):
        services.hand_in(actor=actor_for(colleague), unit=department, upload=upload(), at=NOON)

    assert not StoredFile.objects.exists()
    assert not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


def test_an_error_after_storing_leaves_no_bytes(
    actor: Actor, department: Unit, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_facts: object) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr("dondoc.documents.services.handing_in.note", broken)
    with pytest.raises(RuntimeError):
        services.hand_in(actor=actor, unit=department, upload=upload(), at=NOON)

    assert not StoredFile.objects.exists()
    assert not Document.objects.exists()
    assert not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))


def test_an_empty_file_is_refused(actor: Actor, department: Unit) -> None:
    with pytest.raises(Refused, match="rỗng"):
        services.hand_in(actor=actor, unit=department, upload=upload(b""), at=NOON)
    assert not Document.objects.exists()


def test_a_file_over_the_limit_is_refused(actor: Actor, department: Unit, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 10
    with pytest.raises(Refused, match="lớn hơn mức nhận được"):
        services.hand_in(actor=actor, unit=department, upload=upload(), at=NOON)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"\x00\x01\x02" * 400, "rac.bin", "không phải văn bản"),
        (b"PK\x03\x04 not a zip", "hong.docx", "hỏng"),
        (b"   \n \n", "trang.txt", ""),
        ("Đoạn không có dấu BOM".encode("utf-16-le"), "utf16.txt", ""),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_the_file(
    hand_in: Callable[..., Document], content: bytes, name: str, says: str
) -> None:
    document = hand_in(content, name)

    assert document.state == DocumentState.FAILED
    assert says in document.failure
    assert document.failure.endswith(".")
    assert document.file is not None
    assert not document.items.exists()


def test_a_reader_that_breaks_gives_a_neutral_sentence(
    hand_in: Callable[..., Document], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError("inner words that nobody should see")

    monkeypatch.setattr(reading, "read", broken)
    document = hand_in()

    assert document.state == DocumentState.FAILED
    assert "inner words" not in document.failure
    assert "Bấm Đọc lại" in document.failure
    assert "ZeroDivisionError" in caplog.text


def test_a_failed_document_may_be_read_again(
    hand_in: Callable[..., Document], actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(reading, "read", lambda *_: 1 / 0)
        document = hand_in()

    services.read_again(actor=actor, document=document, at=NOON)
    services.read(document_id=document.pk)

    document.refresh_from_db()
    assert document.state == DocumentState.READ
    assert document.failure == ""


def test_a_file_that_left_the_disk_says_so(actor: Actor, department: Unit) -> None:
    document = services.hand_in(actor=actor, unit=department, upload=upload(), at=NOON).document
    assert document.file is not None
    document.file.content.storage.delete(document.file.content.name)

    services.read(document_id=document.pk)

    document.refresh_from_db()
    assert document.failure == running.FILE_GONE


SECRET = "MẬT\n" + TEXT


class TestSecret:
    def test_the_bytes_and_words_go_and_the_fact_stays(
        self, hand_in: Callable[..., Document], owner: Person, settings: Any
    ) -> None:
        document = hand_in(SECRET, "ten-lo-bi-mat.txt")

        assert document.state == DocumentState.QUARANTINED
        assert "dấu chỉ độ mật" in document.failure
        assert "đã được xóa" in document.failure
        assert document.file is None
        assert "bi-mat" not in document.name
        assert not StoredFile.objects.exists()
        assert not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))
        entry = AuditEntry.objects.get(verb="documents.quarantine")
        assert set(entry.details) == {"sha256", "handed_in_by"}
        assert entry.details["handed_in_by"] == owner.pk
        assert not AuditEntry.objects.filter(details__icontains="bi-mat").exists()

    def test_the_same_file_is_not_taken_a_second_time(
        self, hand_in: Callable[..., Document], actor: Actor, department: Unit, settings: Any
    ) -> None:
        hand_in(SECRET)

        with pytest.raises(Refused, match="đã bị cách ly"):
            services.hand_in(actor=actor, unit=department, upload=upload(SECRET), at=NOON)

        assert not StoredFile.objects.exists()
        assert not any(path.is_file() for path in Path(settings.MEDIA_ROOT).rglob("*"))

    def test_what_an_older_reader_had_read_goes_too(
        self, document: Document, actor: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        services.accept(actor=actor, item=document.items.all()[0], at=NOON)

        def secret(*_args: object) -> None:
            raise reading.Secret("Văn bản có dấu chỉ độ mật.", "secret")

        monkeypatch.setattr(reading, "read", secret)
        monkeypatch.setattr(running, "_path", lambda _document: Path("x"))
        monkeypatch.setattr("dondoc.files.services.remove_bytes", lambda _stored: None)
        services.read_again(actor=actor, document=document, at=NOON)
        services.read(document_id=document.pk)

        document.refresh_from_db()
        assert document.state == DocumentState.QUARANTINED
        assert (document.code, document.title, document.issued_on) == ("", "", None)
        assert not document.items.exists()
        assert list(document.readings.values_list("text", "raw", "contract")) == [("", "", {})]

    def test_it_cannot_be_read_again(self, hand_in: Callable[..., Document], actor: Actor) -> None:
        with pytest.raises(Refused, match="đã bị xóa"):
            services.read_again(actor=actor, document=hand_in(SECRET), at=NOON)


class TestPage:
    def test_one_bad_file_does_not_stop_the_others(
        self, owner: Person, log_in: Callable[[Person], Client], department: Unit
    ) -> None:
        files = [upload(), upload(b"", "rong.txt"), upload(PARTY, "dang.txt")]

        answer = log_in(owner).post("/van-ban/nop/", {"upload": files, "unit": department.pk})

        assert answer.status_code == 200
        page = answer.content.decode()
        assert page.count("đã nhận") == 2
        assert "Tệp “rong.txt” rỗng" in page
        assert Document.objects.count() == 2

    def test_the_same_file_says_so_and_leads_to_the_document(
        self, owner: Person, log_in: Callable[[Person], Client], department: Unit, hand_in: Callable[..., Document]
    ) -> None:
        first = hand_in()

        answer = log_in(owner).post("/van-ban/nop/", {"upload": [upload()], "unit": department.pk})

        assert "tệp này đã có" in answer.content.decode()
        assert f'href="/van-ban/{first.pk}/"' in answer.content.decode()

    def test_a_file_that_another_unit_restricted_is_not_linked(
        self, colleague: Person, log_in: Callable[[Person], Client], other_department: Unit, hand_in: Callable[..., Document]
    ) -> None:
        first = hand_in(restricted=True)

        answer = log_in(colleague).post("/van-ban/nop/", {"upload": [upload()], "unit": other_department.pk})

        assert "hạn chế người xem" in answer.content.decode()
        assert f"/van-ban/{first.pk}/" not in answer.content.decode()

    def test_no_file_is_asked_for(self, owner: Person, log_in: Callable[[Person], Client], department: Unit) -> None:
        answer = log_in(owner).post("/van-ban/nop/", {"unit": department.pk})

        assert answer.status_code == 422
        assert "Chưa chọn tệp nào" in answer.content.decode()

    def test_htmx_gets_the_line_of_the_file_alone(
        self, owner: Person, log_in: Callable[[Person], Client], department: Unit
    ) -> None:
        answer = log_in(owner).post(
            "/van-ban/nop/", {"upload": [upload()], "unit": department.pk}, headers={"HX-Request": "true"}
        )

        assert answer.content.decode().startswith('<li class="out accepted">')

    def test_the_unit_of_another_province_is_no_choice(
        self, owner: Person, log_in: Callable[[Person], Client], foreign_department: Unit
    ) -> None:
        answer = log_in(owner).post("/van-ban/nop/", {"upload": [upload()], "unit": foreign_department.pk})

        assert answer.status_code == 422
        assert not Document.objects.exists()


class TestRunning:
    def test_a_job_that_runs_twice_reads_once(self, hand_in: Callable[..., Document]) -> None:
        document = hand_in()

        services.read(document_id=document.pk)

        assert document.readings.count() == 1

    def test_an_older_attempt_brings_nothing_home(self, hand_in: Callable[..., Document]) -> None:
        document = hand_in()
        Document.objects.filter(pk=document.pk).update(state=DocumentState.READING, attempt=document.attempt + 1)

        services.fail(document_id=document.pk, attempt=document.attempt, message="quá muộn")

        document.refresh_from_db()
        assert document.state == DocumentState.READING
        assert document.failure == ""

    def test_a_reading_that_goes_on_is_not_started_again(self, document: Document, actor: Actor) -> None:
        Document.objects.filter(pk=document.pk).update(state=DocumentState.READING, progress_at=NOON)

        with pytest.raises(Refused, match="đang được đọc"):
            services.read_again(actor=actor, document=document, at=NOON)

    def test_a_reading_that_fell_silent_may_be_started_again(self, document: Document, actor: Actor) -> None:
        Document.objects.filter(pk=document.pk).update(state=DocumentState.READING, progress_at=NOON.replace(hour=11, minute=44))

        services.read_again(actor=actor, document=document, at=NOON)

        document.refresh_from_db()
        assert document.state == DocumentState.QUEUED

    def test_progress_is_told_in_words_and_not_too_often(self, unread: Document, monkeypatch: pytest.MonkeyPatch) -> None:
        Document.objects.filter(pk=unread.pk).update(state=DocumentState.READING, attempt=1)
        moments = iter([0.0, 0.5, 2.0])
        monkeypatch.setattr(running.time, "monotonic", lambda: next(moments))
        tell = running._teller(unread.pk, 1)

        told = []
        for done in (1, 2, 3):
            tell("extract", done, 40)
            unread.refresh_from_db()
            told.append((unread.step, unread.pages_done, unread.pages_total))

        assert told == [("Lấy chữ từ tệp", 1, 40), ("Lấy chữ từ tệp", 1, 40), ("Lấy chữ từ tệp", 3, 40)]

    def test_an_attempt_that_was_given_up_stops_the_reader(self, unread: Document) -> None:
        with pytest.raises(reading.Stopped):
            running._teller(unread.pk, 1)("extract", 1, 2)

    def test_the_name_of_the_province_and_its_agencies_reach_the_reader(self, unread: Document, other_department: Unit) -> None:
        wanted = running._wanted(unread)

        assert wanted.province == "Minh Họa"
        assert {"Sở Y tế", "Sở Nội vụ"} <= set(wanted.names)

    def test_the_job_is_known_by_its_name(self, unread: Document) -> None:
        from dondoc.common import jobs

        assert jobs._registry["documents.read"].__module__ == "dondoc.documents.jobs"
