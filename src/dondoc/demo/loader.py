"""Fills an empty installation with the invented province: units, people, papers, what was confirmed and what happened."""

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from dondoc.common.errors import Refused
from dondoc.demo.history import Stage, tell
from dondoc.demo.papers import Paper, papers
from dondoc.demo.people import PEOPLE, add_people
from dondoc.demo.province import add_province
from dondoc.documents import services as documents
from dondoc.documents.enums import DocumentState, ItemKind, ItemState
from dondoc.documents.models import Document
from dondoc.programmes import services as programmes
from dondoc.programmes.models import Programme
from dondoc.units.models import Person, Unit

CONFIRMED = (ItemKind.TASK, ItemKind.TARGET, ItemKind.DUTY)


def is_loaded() -> bool:
    """Whether the demonstration's people are here."""
    return Person.objects.filter(username=PEOPLE[0].username).exists()


def load(today: date) -> None:
    """Everything, dated around ``today``."""
    with transaction.atomic():
        units = add_province()
        stage = Stage(today, add_people(units))
    hands = ("vanphong", "vanphong", "vanphong", "tinhuy")
    offices = ("vp-ubnd", "vp-ubnd", "vp-ubnd", "vptu")
    held = [
        _hand_in(stage, paper, username, units[office])
        for paper, username, office in zip(papers(today), hands, offices, strict=True)
    ]
    for document, username in ((held[0], "vanphong"), (held[3], "tinhuy")):
        _confirm(stage, document, username)
    review = _open(stage, held[0], "vanphong", units["syt"])
    _open(stage, held[3], "tinhuy", units["vptu"])
    tell(review, stage)


def _hand_in(stage: Stage, paper: Paper, username: str, unit: Unit) -> Document:
    """Handed in 44 days before, and read at once: the demonstration does not wait for a worker."""
    upload = SimpleUploadedFile(paper.name, paper.content)
    taken = documents.hand_in(actor=stage.actor(username, -44), unit=unit, upload=upload, at=stage.moment(-44))
    documents.read(document_id=taken.document.pk)
    taken.document.refresh_from_db()
    if taken.document.state != DocumentState.READ:
        raise Refused(f"{paper.name}: {taken.document.failure}")
    return taken.document


def _confirm(stage: Stage, document: Document, username: str) -> None:
    """Accept every task, target and duty, as a person would after looking at each."""
    items = document.items.filter(kind__in=CONFIRMED, state=ItemState.PROPOSED)
    for item in items.order_by("position"):
        documents.accept(actor=stage.actor(username, -44), item=item, at=stage.moment(-44, 10))


def _open(stage: Stage, document: Document, username: str, lead: Unit) -> Programme:
    document.refresh_from_db()
    return programmes.open_programme(stage.actor(username, -44), document, at=stage.moment(-44, 11), lead_unit=lead)


def log_ins() -> Iterable[tuple[str, str, str]]:
    """(user name, full name, position) of the demonstration's people."""
    return ((one.username, one.full_name, one.position) for one in PEOPLE)
