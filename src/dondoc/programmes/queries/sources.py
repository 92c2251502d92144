"""Where a task comes from: its chip leads to the passage of a document, or to the letter or meeting it was added from."""

from typing import NamedTuple

from django.urls import reverse

from dondoc.documents.places import name_of, url_of
from dondoc.programmes.models import Origin, Task
from dondoc.programmes.rules.naming import name_of_origin


class Source(NamedTuple):
    text: str
    url: str


def source_of(task: Task) -> Source:
    if task.origin:
        return source_of_origin(task.origin)
    assert task.item is not None  # noqa: S101 - a constraint of the table: one of the two
    return Source(name_of(task.item), url_of(task.item))


def source_of_origin(origin: Origin) -> Source:
    address = reverse("programmes:origin", args=[origin.programme_id, origin.pk])
    return Source(name_of_origin(origin.kind, origin.code, origin.said_on), address)
