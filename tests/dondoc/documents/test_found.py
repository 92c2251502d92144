"""A document is found by its particulars and its words, by those who may see it, and never once it is in quarantine."""

from collections.abc import Callable

import pytest

from dondoc.documents import services
from dondoc.documents.enums import DocumentState, ItemKind, Visibility
from dondoc.documents.models import Document, Item
from dondoc.search import queries
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]


def found(actor: Actor, query: str) -> list[str]:
    return [entry.address for entry in queries.find(actor, query, "document").entries]


@pytest.mark.parametrize("query", ["208/KH-UBND", "hướng dẫn", "huong dan", "ke-hoach.docx"])
def test_it_is_found_once_it_is_read(document: Document, actor: Actor, query: str) -> None:
    assert found(actor, query) == [f"/van-ban/{document.pk}/"]


def test_it_is_not_found_before(unread: Document, actor: Actor) -> None:
    assert found(actor, "ke-hoach.docx") == []


def test_a_corrected_number_is_what_it_is_found_by(document: Document, actor: Actor) -> None:
    number = next(item for item in Item.objects.filter(kind=ItemKind.METADATA) if item.content["field"] == "code")
    services.correct(actor=actor, item=number, content={"field": "code", "value": "802/KH-UBND"}, at=NOON)
    assert found(actor, "802/KH-UBND") == [f"/van-ban/{document.pk}/"]


def test_closing_it_hides_it_from_others(
    document: Document, actor: Actor, colleague: Person, other_department: Unit, actor_for: Callable[[Person], Actor]
) -> None:
    other = actor_for(colleague)
    services.set_visibility(actor=actor, document=document, visibility=Visibility.PROVINCE)
    assert found(other, "208/KH-UBND")
    services.set_visibility(actor=actor, document=document, visibility=Visibility.RESTRICTED)
    assert found(other, "208/KH-UBND") == []
    services.set_visibility(actor=actor, document=document, visibility=Visibility.RESTRICTED, units=[other_department])
    assert found(other, "208/KH-UBND")


def test_quarantine_takes_it_out_of_the_index(document: Document, actor: Actor) -> None:
    Document.objects.filter(pk=document.pk).update(state=DocumentState.READING, attempt=9)
    services.quarantine(document_id=document.pk, attempt=9, message="Văn bản có dấu chỉ độ mật.")
    assert found(actor, "hướng dẫn") == []
    assert found(actor, "cách ly") == []
