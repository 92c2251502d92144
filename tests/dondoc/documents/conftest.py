"""A document of the owner's unit, read by the keeping service itself, with its items."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dondoc.documents import services
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document, Item
from dondoc.documents.reading import Made
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import DocumentFactory, made


@pytest.fixture(autouse=True)
def _files_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PAGES_ROOT = tmp_path / "pages"


@pytest.fixture
def keep() -> Callable[..., Document]:
    """Bring a reading home: as the job does once the reader has ended."""

    def do(document: Document, reading: Made | None = None) -> Document:
        Document.objects.filter(pk=document.pk).update(state=DocumentState.READING, attempt=document.attempt + 1)
        document.refresh_from_db()
        assert services.keep(document_id=document.pk, attempt=document.attempt, made=reading or made(), at=NOON)
        document.refresh_from_db()
        return document

    return do


@pytest.fixture
def unread(department: Unit, owner: Person) -> Document:
    return DocumentFactory(
        unit=department,
        uploaded_by=owner,
        state=DocumentState.QUEUED,
        type="",
        code="",
        title="",
        issuer="",
        name="ke-hoach.docx",
    )


@pytest.fixture
def document(unread: Document, keep: Callable[..., Document]) -> Document:
    """Plan 208/KH-UBND of the owner's unit, read."""
    return keep(unread)


@pytest.fixture
def item_of(document: Document) -> Callable[..., Item]:
    """The item of the document whose content has these words."""

    def find(words: str, **more: Any) -> Item:
        held = [item for item in document.items.filter(**more) if words in str(item.content)]
        assert len(held) == 1, held
        return held[0]

    return find


@pytest.fixture
def item(item_of: Callable[..., Item]) -> Item:
    """A sure task of the document."""
    return item_of("Sở Nội vụ hướng dẫn", kind="task")


@pytest.fixture
def actor(owner: Person, actor_for: Callable[..., Actor]) -> Actor:
    """The owner of the document, on the day of the tests."""
    return actor_for(owner)
