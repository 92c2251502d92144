"""What the tests of documents share."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from dondoc.documents.models import Item
from dondoc.units.models import Person

LogIn = Callable[[Person], Client]
Find = Callable[..., Item]
HTMX = {"HX-Request": "true"}
AT_ACTED = {"HX-Request": "true", "HX-Target": "acted"}


def text_of(answer: Any) -> str:
    """What a response says."""
    return str(answer.content.decode())


def fresh(item: Item) -> Item:
    """The item as the database has it now."""
    return Item.objects.select_related("reading").get(pk=item.pk)


def task_content(item: Item, **more: Any) -> dict[str, Any]:
    return {**item.content, **more}
