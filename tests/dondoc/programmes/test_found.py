"""What a programme asks for is found by its words and by who answers, and follows what becomes of it."""

from collections.abc import Callable

import pytest

from dondoc.documents.models import Document
from dondoc.programmes import services
from dondoc.search import queries
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]


@pytest.mark.parametrize(
    ("query", "kind"),
    [("tổng kết chương trình", "task"), ("phu luc 1A", "duty"), ("ubnd các xã", "task")],
)
def test_an_opened_programme_is_found(
    review_plan: Document, owner: Person, actor_for: Callable[[Person], Actor], query: str, kind: str
) -> None:
    actor = actor_for(owner)
    assert not queries.find(actor, query, kind).entries.exists()

    programme = services.open_programme(actor, review_plan, at=NOON)

    entries = list(queries.find(actor, query, kind).entries)
    assert entries
    assert all(entry.address.startswith(f"/chuong-trinh/{programme.pk}/") for entry in entries)


def test_a_closed_programme_is_not_found_by_others(
    review_plan: Document, owner: Person, colleague: Person, actor_for: Callable[[Person], Actor]
) -> None:
    review_plan.visibility = "restricted"
    review_plan.save()
    services.open_programme(actor_for(owner), review_plan, at=NOON)

    assert queries.find(actor_for(owner), "tổng kết").counts
    assert queries.find(actor_for(colleague), "tổng kết").counts == {}
