"""Who may act on a document."""

from collections.abc import Callable

import pytest

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents import services
from dondoc.documents.enums import ItemState
from dondoc.documents.models import Document, Item, Review
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.documents.helpers import fresh, task_content
from tests.dondoc.factories.common import NOON

pytestmark = pytest.mark.django_db


class TestRights:
    def every_act(self, actor: Actor, document: Document, item: Item) -> list[Callable[[], object]]:
        other = document.items.filter(kind="task").exclude(pk=item.pk)[0]
        at = {"actor": actor, "at": NOON}
        return [
            lambda: services.accept(item=item, **at),
            lambda: services.reject(item=item, **at),
            lambda: services.correct(item=item, content=task_content(item), **at),
            lambda: services.undo(item=item, **at),
            lambda: services.undo_last(document=document, **at),
            lambda: services.accept_certain(document=document, **at),
            lambda: services.accept_particulars(document=document, kind="metadata", **at),
            lambda: services.add(document=document, kind="task", content={"text": "x"}, start=0, end=5, quote="", **at),
            lambda: services.merge(item=item, other=other, **at),
            lambda: services.split(item=item, first="a", second="b", **at),
            lambda: services.set_field(document=document, field="code", value="1/KH", **at),
            lambda: services.read_again(document=document, **at),
            lambda: services.set_visibility(actor=actor, document=document, visibility="province"),
        ]

    def test_colleagues_and_strangers_may_nothing(
        self, document: Document, item: Item, colleague: Person, stranger: Person, actor_for: Callable[..., Actor]
    ) -> None:
        before = AuditEntry.objects.count()
        for person in (colleague, stranger):
            for act in self.every_act(actor_for(person), document, item):
                with pytest.raises(NotAllowed):
                    act()
        assert not Review.objects.exists()
        assert AuditEntry.objects.count() == before

    @pytest.mark.parametrize("who", ["owner", "department_clerk", "unit_leader", "office_specialist", "administrator"])
    def test_the_unit_and_the_provincial_office_may(
        self, request: pytest.FixtureRequest, who: str, item: Item, actor_for: Callable[..., Actor]
    ) -> None:
        services.accept(actor=actor_for(request.getfixturevalue(who)), item=item, at=NOON)

        assert fresh(item).state == ItemState.ACCEPTED

    def test_nobody_while_the_document_is_read_again(self, actor: Actor, document: Document, item: Item) -> None:
        services.read_again(actor=actor, document=document, at=NOON)

        with pytest.raises(Refused, match="đang được đọc"):
            services.accept(actor=actor, item=item, at=NOON)
