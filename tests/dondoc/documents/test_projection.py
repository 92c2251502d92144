"""State and correction of an item are the replay of its reviews."""

import random
from collections.abc import Callable

import pytest

from dondoc.common.errors import Refused
from dondoc.documents import services
from dondoc.documents.enums import ItemState
from dondoc.documents.models import Document, Item, Review
from dondoc.documents.rules.replay import project
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.documents.helpers import fresh, task_content
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import place

pytestmark = pytest.mark.django_db


class TestProjection:
    ACTS = ("accept", "reject", "correct", "undo", "undo_last", "merge", "split", "accept_certain", "add")

    def act(self, name: str, actor: Actor, document: Document, chance: random.Random) -> None:
        tasks = list(document.items.filter(kind="task"))
        item = chance.choice(tasks)
        try:
            if name in {"accept", "reject", "undo"}:
                getattr(services, name)(actor=actor, item=item, at=NOON)
            elif name == "correct":
                content = task_content(item, text=f"Việc {chance.randint(1, 5)}")
                services.correct(actor=actor, item=item, content=content, at=NOON)
            elif name == "merge":
                services.merge(actor=actor, item=item, other=chance.choice(tasks), at=NOON)
            elif name == "split":
                services.split(actor=actor, item=item, first="phần một", second="phần hai", at=NOON)
            elif name == "add":
                start, end = place("hướng dẫn")
                content = {"text": "hướng dẫn"}
                services.add(
                    actor=actor, document=document, kind="task", content=content, start=start, end=end, quote="", at=NOON
                )
            else:
                getattr(services, name)(actor=actor, document=document, at=NOON)
        except Refused:
            pass

    @pytest.mark.parametrize("seed", range(12))
    def test_state_and_correction_are_the_replay_of_the_reviews(
        self, seed: int, document: Document, owner: Person, office_specialist: Person, actor_for: Callable[..., Actor]
    ) -> None:
        chance = random.Random(seed)  # noqa: S311 - repeatable cases
        actors = [actor_for(owner), actor_for(office_specialist)]
        for _ in range(25):
            self.act(chance.choice(self.ACTS), chance.choice(actors), document, chance)

        for item in document.items.all():
            told = project(item.read, item.reviews.order_by("pk"))
            assert (item.state, item.corrected) == (told.state, told.corrected)
        kept = {item.pk: (item.state, item.corrected) for item in document.items.all()}
        document.items.update(state=ItemState.PROPOSED)
        services.rebuild_many(document.items.all())
        assert {item.pk: (item.state, item.corrected) for item in document.items.all()} == kept

    def test_one_item_is_rebuilt(self, actor: Actor, item: Item) -> None:
        services.reject(actor=actor, item=item, at=NOON)
        Item.objects.filter(pk=item.pk).update(state=ItemState.ACCEPTED)

        services.rebuild(fresh(item))

        assert fresh(item).state == ItemState.REJECTED

    def test_reviews_are_only_added(self, actor: Actor, item: Item) -> None:
        services.accept(actor=actor, item=item, at=NOON)
        before = list(Review.objects.values())
        services.undo(actor=actor, item=item, at=NOON)

        assert list(Review.objects.order_by("pk").values())[: len(before)] == before
