import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import models
from django.db.models import ProtectedError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from dondoc.common import clock
from dondoc.common.errors import Refused
from dondoc.common.models import AuditEntry
from dondoc.files import rules, services
from dondoc.files.models import StoredFile
from dondoc.files.views import hand_out
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.factories.files import stored_file, upload

pytestmark = pytest.mark.django_db
ActorFor = Callable[..., Actor]


def on_disk(settings: Settings) -> list[Path]:
    return sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def test_a_file_lies_under_its_hash_and_keeps_its_name(settings: Settings, owner: Person, actor_for: ActorFor) -> None:
    stored, created = services.store(upload(b"%PDF-1.7 abc", "Kế hoạch 208.pdf"), actor_for(owner))
    digest = hashlib.sha256(b"%PDF-1.7 abc").hexdigest()
    assert created
    assert (stored.name, stored.size, stored.sha256) == ("Kế hoạch 208.pdf", 12, digest)
    assert stored.media_type == "application/pdf"
    assert stored.stored_by == owner
    assert on_disk(settings) == [Path(settings.MEDIA_ROOT) / digest[:2] / digest]
    assert stored.content.read() == b"%PDF-1.7 abc"
    stored.content.close()


def test_the_same_bytes_are_stored_once(settings: Settings) -> None:
    first, _ = services.store(upload(name="a.txt"), None)
    second, created = services.store(upload(name="b.txt"), None)
    assert not created
    assert second == first
    assert len(on_disk(settings)) == 1


def test_bytes_that_vanished_from_the_disk_come_back(settings: Settings) -> None:
    stored = stored_file()
    on_disk(settings)[0].unlink()
    again, created = services.store(upload(), None)
    assert (again, created) == (stored, False)
    assert len(on_disk(settings)) == 1


@pytest.mark.parametrize(("size", "taken"), [(10, True), (11, False)])
def test_a_file_at_the_limit_is_taken_and_a_byte_more_is_not(settings: Settings, size: int, taken: bool) -> None:
    settings.MAX_FILE_BYTES = 10
    if taken:
        services.store(upload(b"x" * size), None)
        return
    with pytest.raises(Refused) as refusal:
        services.store(upload(b"x" * size), None)
    assert "11 byte, lớn hơn mức nhận được là 10 byte" in refusal.value.message
    assert on_disk(settings) == []
    assert not StoredFile.objects.exists()


class _Liar(SimpleUploadedFile):
    """Says that it is small."""

    def chunks(self, _size: int | None = None) -> Iterator[bytes]:
        yield b"x" * 8
        yield b"x" * 8


def test_the_bytes_are_counted_as_they_come(settings: Settings) -> None:
    settings.MAX_FILE_BYTES = 10
    with pytest.raises(Refused):
        services.store(_Liar("a.pdf", b"x"), None)
    assert on_disk(settings) == []


def test_an_empty_file_is_refused(settings: Settings) -> None:
    with pytest.raises(Refused, match="rỗng"):
        services.store(upload(b""), None)
    assert on_disk(settings) == []


def test_nothing_is_left_when_the_disk_fails(settings: Settings) -> None:
    with patch("dondoc.files.services._put_in_place", side_effect=OSError), pytest.raises(OSError):  # noqa: PT011
        services.store(upload(), None)
    assert on_disk(settings) == []
    assert not StoredFile.objects.exists()


def test_two_at_the_same_moment_get_one_record() -> None:
    stored = stored_file()
    with patch.object(StoredFile.objects, "filter", return_value=StoredFile.objects.none()):
        again, created = services.store(upload(), None)
    assert (again, created) == (stored, False)


def test_purging_removes_record_and_bytes_and_is_remembered(
    settings: Settings,
    owner: Person,
    actor_for: ActorFor,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    stored = stored_file()
    with django_capture_on_commit_callbacks(execute=True):
        services.purge(stored, actor=actor_for(owner), reason="tài liệu mật")
        assert len(on_disk(settings)) == 1
    assert on_disk(settings) == []
    assert not StoredFile.objects.exists()
    entry = AuditEntry.objects.get(verb="files.purge")
    assert (entry.actor, entry.reason, entry.details["name"]) == (owner, "tài liệu mật", "van-ban.pdf")


def test_a_file_in_use_is_not_purged(settings: Settings) -> None:
    stored = stored_file()
    blocked = ProtectedError("used", {models.Model})  # type: ignore[arg-type]
    with patch.object(StoredFile, "delete", side_effect=blocked), pytest.raises(Refused, match="còn được dùng ở 1 nơi"):
        services.purge(stored)
    assert len(on_disk(settings)) == 1


def test_handing_out_forbids_what_a_file_could_do() -> None:
    response = hand_out(stored_file(b"<script>alert(1)</script>", "trang.html"))
    assert response["Content-Disposition"] == 'attachment; filename="trang.html"'
    assert response["Content-Type"] == rules.OCTETS
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"  # type: ignore[arg-type]
    response.close()


def test_a_name_with_marks_survives() -> None:
    response = hand_out(stored_file(b"%PDF-1.4", "Kế hoạch.pdf"), inline=True)
    assert response["Content-Disposition"] == "inline; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf"
    assert response["Content-Type"] == "application/pdf"
    response.close()


def test_a_text_is_never_shown_inline() -> None:
    response = hand_out(stored_file(b"chu", "a.txt"), inline=True)
    assert response["Content-Disposition"].startswith("attachment")
    response.close()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ha\\ke-hoach.docx", "ke-hoach.docx"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "tệp"),
        ("ă" * 300 + ".docx", "ă" * 250 + ".docx"),
    ],
)
def test_names_from_outside_are_cleaned(given: str, kept: str) -> None:
    assert rules.clean_name(given) == kept


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.docx", b"%PDF-1.5", "application/pdf"),
        ("a.bin", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("a.bin", b"abc", rules.OCTETS),
    ],
)
def test_the_first_bytes_tell_more_than_the_name(name: str, head: bytes, kind: str) -> None:
    assert rules.media_type(name, head) == kind


def test_strays_older_than_the_moment_are_removed_and_nothing_else(settings: Settings) -> None:
    stored_file()
    stray = Path(settings.MEDIA_ROOT) / "incoming" / "tmp123"
    stray.write_bytes(b"half")
    (kept,) = [path for path in on_disk(settings) if path != stray]
    assert services.remove_strays(before=clock.now() - timedelta(days=1)) == 0
    assert services.remove_strays(before=clock.now() + timedelta(seconds=5)) == 1
    assert on_disk(settings) == [kept]
    call_command("remove_stray_files", stdout=StringIO())
