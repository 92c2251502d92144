"""A document that was read from images or restored: pages, boxes, mends, raw text, and what is kept of its pages."""

from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from dondoc.documents import pictures, services
from dondoc.documents import reading as reader
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document, Item, ReadingPage
from dondoc.documents.reading import Made
from dondoc.units.models import Person
from tests.dondoc.documents.helpers import HTMX, LogIn, text_of
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import TEXT, made, place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]

RAW = TEXT.replace("Nội vụ", "N6i vu").replace("05/9", "O5/9")
SOURCE = {"file": "quet.pdf", "media_type": "application/pdf", "pages": 2, "text_origin": "ocr", "quality": 0.4}


def scan() -> Made:
    """The plan on two pages, the second read from its image; a word and a figure were mended."""
    middle = TEXT.index("1. Sở Y tế xây dựng")
    words = [
        [*place(part), 1000 + 700 * n, 2000, 1600 + 700 * n, 2200] for n, part in enumerate(("Sở Nội", "vụ hướng", "dẫn khen"))
    ]
    return replace(
        made(raw=RAW, source=SOURCE),
        pages=[
            {"number": 1, "span": [0, middle], "quality": 0.98, "decision": "keep", "reason": "Lớp chữ đọc được.", "turn": 0},
            {
                "number": 2,
                "span": [middle, len(TEXT)],
                "quality": 0.21,
                "decision": "image",
                "reason": "Lớp chữ hỏng.",
                "turn": 1,
            },
        ],
        mends=[
            [*place("Nội vụ"), "N6i vu", "Nội vụ", "word", 0.91],
            [*place("05/9"), "O5/9", "05/9", "number", 0.5],
        ],
        words={2: words},
    )


@pytest.fixture
def scanned(unread: Document, keep: Callable[..., Document]) -> Document:
    return keep(unread, scan())


@pytest.fixture
def task(scanned: Document) -> Item:
    return next(item for item in scanned.items.filter(kind="task") if "Nội vụ" in str(item.read))


class TestReadingPage:
    def test_the_banner_says_what_was_done_with_each_page(self, scanned: Document, owner: Person, log_in: LogIn) -> None:
        page = text_of(log_in(owner).get(f"/van-ban/{scanned.pk}/"))

        assert "Trang 2</b>: Lớp chữ hỏng." in page
        assert "Chữ đúng trước khi sửa: 21%." in page
        assert 'Đã sửa <b class="num">2</b> chỗ, trong đó <b class="num">1</b> chỗ' in page

    def test_mends_are_marked_and_say_what_was_read(self, scanned: Document, owner: Person, log_in: LogIn) -> None:
        page = text_of(log_in(owner).get(f"/van-ban/{scanned.pk}/"))

        assert '<span class="md" data-was="N6i vu" data-sure="91">Nội vụ</span>' in page
        assert '<span class="md hard" data-was="O5/9" data-sure="50">05/9</span>' in page

    def test_a_document_whose_text_was_kept_is_shown_as_before(self, document: Document, owner: Person, log_in: LogIn) -> None:
        page = text_of(log_in(owner).get(f"/van-ban/{document.pk}/"))

        for noise in ("told", 'class="md', "Ảnh trang", "chưa sửa"):
            assert noise not in page

    def test_the_image_of_the_items_page_has_its_box(self, scanned: Document, task: Item, owner: Person, log_in: LogIn) -> None:
        page = text_of(log_in(owner).get(f"/van-ban/{scanned.pk}/?xem=anh&muc={task.key}"))

        assert "Trang 2/2" in page
        assert f'<rect class="k sel" data-k="{task.pk}" x="1000" y="2000" width="2000" height="200"/>' in page

    def test_a_page_alone(self, scanned: Document, owner: Person, log_in: LogIn) -> None:
        sheet = text_of(log_in(owner).get(f"/van-ban/{scanned.pk}/trang/?trang=1", headers=HTMX))

        assert sheet.startswith('<div class="sheet"')
        assert "<rect" not in sheet
        assert 'data-sheet="2"' in sheet

    def test_the_raw_text_marks_the_same_items_and_knows_its_place(
        self, scanned: Document, task: Item, owner: Person, log_in: LogIn
    ) -> None:
        page = text_of(log_in(owner).get(f"/van-ban/{scanned.pk}/?xem=goc&muc={task.key}"))

        assert f'data-m="{task.pk}" id="doan">Sở N6i vu hướng dẫn khen thưởng</mark>' in page
        assert f'data-t="{TEXT.index("2. Sở Nội vụ")}"' in page


class TestPictures:
    @pytest.fixture
    def drawn(self, scanned: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
        asked: list[tuple[int, int, int]] = []

        def draw(path: Path, number: int, width: int, turn: int) -> bytes:
            asked.append((number, width, turn))
            return b"RIFF"

        monkeypatch.setattr(reader, "page_image", draw)
        assert scanned.file is not None
        kept = Path(scanned.file.content.path)
        kept.parent.mkdir(parents=True)
        kept.write_bytes(b"%PDF-")
        return asked

    def test_it_is_drawn_once_and_only_for_those_who_may_see_it(
        self, scanned: Document, drawn: list[Any], owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        address = f"/van-ban/{scanned.pk}/trang/2/anh/"
        answer = log_in(owner).get(address)
        assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"RIFF", "image/webp")
        assert answer["Cache-Control"].startswith("private")
        assert log_in(colleague).get(address).status_code == 200
        assert drawn == [(2, 900, 1)]

        for there in (address, f"/van-ban/{scanned.pk}/trang/"):
            assert log_in(stranger).get(there).status_code == 404
        assert log_in(owner).get(f"/van-ban/{scanned.pk}/trang/3/anh/").status_code == 404

    def test_a_secret_file_takes_all_that_was_kept_of_its_pages_with_it(
        self, scanned: Document, drawn: list[Any], owner: Person, log_in: LogIn, settings: Any
    ) -> None:
        log_in(owner).get(f"/van-ban/{scanned.pk}/trang/2/anh/")
        assert scanned.file is not None
        (pictures.words_folder(scanned.file) / "1.json").write_text("chữ")
        Document.objects.filter(pk=scanned.pk).update(state=DocumentState.READING, attempt=9)

        services.quarantine(document_id=scanned.pk, attempt=9, message="Văn bản mật.")

        assert not [path for path in Path(settings.PAGES_ROOT).rglob("*") if path.is_file()]
        assert not ReadingPage.objects.exists()
        assert not scanned.readings.exclude(mends=[]).exists()


class TestReadingAgain:
    def test_what_an_older_reader_read_is_queued_once(self, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
        out = StringIO()
        call_command("reread", "--dry-run", stdout=out)
        assert out.getvalue().startswith("1 văn bản")
        queued: list[int] = []
        monkeypatch.setattr("dondoc.documents.services.rereading.jobs.enqueue", lambda _name, pk: queued.append(pk))

        assert services.reread(at=NOON) == 1
        assert services.reread(at=NOON) == 0
        assert queued == [document.pk]

    def test_what_this_reader_read_is_left_alone(self, unread: Document, keep: Callable[..., Document]) -> None:
        keep(unread, made(version=reader.version()))

        assert services.reread(at=NOON) == 0


def test_missing_pages_are_named_and_may_be_read_again(
    unread: Document, keep: Callable[..., Document], owner: Person, log_in: LogIn
) -> None:
    reading = scan()
    reading.pages[0].update(decision="unread", reason="Quá 60 giây.")
    keep(unread, reading)

    page = text_of(log_in(owner).get(f"/van-ban/{unread.pk}/"))

    assert "Thiếu trang 1." in page
    assert "Đọc lại các trang này" in page
