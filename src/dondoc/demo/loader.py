"""Fills an empty installation with the invented province: units, people, papers, what was confirmed and what happened."""

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from dondoc.common import clock
from dondoc.common.errors import Refused
from dondoc.demo import following, measurements, obstacles, reports
from dondoc.demo.history import Stage, tell
from dondoc.demo.papers import Paper, papers
from dondoc.demo.people import PEOPLE, add_people
from dondoc.demo.province import add_province
from dondoc.documents import services as documents
from dondoc.documents.enums import DocumentState, ItemKind, ItemState
from dondoc.documents.models import Document
from dondoc.programmes import services as programmes
from dondoc.programmes.models import Programme
from dondoc.reporting.services.templates import load_shipped
from dondoc.units.models import Person, Unit
from dondoc.units.services.loading import load_units

OPENED = -44  # days before the demonstration
CONFIRMED = (ItemKind.TASK, ItemKind.TARGET, ItemKind.DUTY)


def is_loaded() -> bool:
    """Whether the demonstration's people are here."""
    return Person.objects.filter(username=PEOPLE[0].username).exists()


def load(today: date) -> None:
    """Everything, dated around ``today``."""
    load_shipped(clock.now())
    with transaction.atomic():
        load_units()
        units = add_province()
        stage = Stage(today, add_people(units))
    plan, letter, draft, party_plan, forest_draft, forest_plan = papers(today)
    review = hand_in(stage, plan, units["vp-ubnd"], "vanphong", OPENED)
    hand_in(stage, letter, units["vp-ubnd"], "vanthu", -19)
    hand_in(stage, draft, units["vp-ubnd"], "vanthu", -1)
    breakthrough = hand_in(stage, party_plan, units["vptu"], "tinhuy", OPENED)
    hand_in(stage, forest_draft, units["vp-ubnd"], "vanthu", -1)
    hand_in(stage, forest_plan, units["vp-ubnd"], "vanthu", 0)
    programme = follow(stage, review, units)
    measurements.tell(programme, stage)
    reports.tell(programme, stage, units["syt"])
    _open(stage, breakthrough, "tinhuy", units["vptu"])
    programmes.open_periods(on=today)


def follow(stage: Stage, review: Document, units: dict[str, Unit]) -> Programme:
    """Open the review as a programme, and tell what has happened to its tasks."""
    programme = _open(stage, review, "vanphong", units["syt"])
    tell(programme, stage)
    obstacles.tell(programme, stage, units)
    following.tell(programme, stage, units)
    # What was told is not in the order of its days: what came last would hide what is later.
    programmes.rebuild(programme, stage.actor("vanphong"))
    return programme


def hand_in(stage: Stage, paper: Paper, unit: Unit, username: str, offset: int) -> Document:
    """Handed in on a day, and read at once: the demonstration does not wait for a worker. It reads a scan once it runs."""
    upload = SimpleUploadedFile(paper.name, paper.content)
    at = clock.now() if paper.scan else stage.moment(offset)
    taken = documents.hand_in(actor=stage.actor(username, offset), unit=unit, upload=upload, at=at)
    if paper.scan:
        return taken.document
    documents.read(document_id=taken.document.pk)
    taken.document.refresh_from_db()
    if taken.document.state != DocumentState.READ:
        raise Refused(f"{paper.name}: {taken.document.failure}")
    return taken.document


def _open(stage: Stage, document: Document, username: str, lead: Unit) -> Programme:
    """Every task, target and duty accepted, as a person would after looking at each; then the programme opened."""
    actor = stage.actor(username, OPENED)
    for item in document.items.filter(kind__in=CONFIRMED, state=ItemState.PROPOSED).order_by("position"):
        documents.accept(actor=actor, item=item, at=stage.moment(OPENED, 10))
    document.refresh_from_db()
    return programmes.open_programme(actor, document, at=stage.moment(OPENED, 11), lead_unit=lead)


def log_ins() -> Iterable[tuple[str, str, str]]:
    """(user name, full name, position) of the demonstration's people."""
    return ((one.username, one.full_name, one.position) for one in PEOPLE)
