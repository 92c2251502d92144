"""Further documents of a programme: amendments, a replacement, letters that add tasks."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents.models import Document
from dondoc.programmes.enums import DocumentRole
from dondoc.programmes.models import Programme, ProgrammeDocument, Task
from dondoc.programmes.queries.opening import confirmed_items
from dondoc.programmes.services.guards import steering
from dondoc.programmes.services.obligations import recount
from dondoc.programmes.services.opening import take
from dondoc.programmes.services.projecting import bump
from dondoc.units.rules import Actor


@transaction.atomic
def join_document(*, actor: Actor, programme: Programme, document: Document, role: str, effective_on: date) -> ProgrammeDocument:
    """Let the programme rest on this document too, from a day on, with its confirmed items.

    A replacement ends what the earlier documents asked for and is not done; those tasks keep their history.
    """
    held = steering(actor, programme.pk)
    _joinable(held, document, role)
    paper = ProgrammeDocument.objects.create(programme=held, document=document, role=role, effective_on=effective_on)
    if role == DocumentRole.REPLACEMENT:
        _end(held.tasks.filter(done_on__isnull=True, superseded_on__isnull=True), effective_on)
    items = list(confirmed_items(document, held))
    if items:
        take(actor, held, document, items, links=(), given_on=effective_on)
    recount(held)
    bump(held)
    audit.record(
        "programmes.join_document",
        held,
        actor=actor.person,
        unit=held.lead_unit,
        document=document.pk,
        role=role,
        effective_on=effective_on.isoformat(),
        items=len(items),
    )
    return paper


def _joinable(programme: Programme, document: Document, role: str) -> None:
    if role not in {DocumentRole.AMENDMENT, DocumentRole.REPLACEMENT, DocumentRole.LETTER}:
        raise Refused("Chọn vai trò của văn bản trong chương trình.", field="role")
    if document.province_id != programme.province_id:
        raise NotAllowed("Văn bản thuộc tỉnh khác.")
    if programme.papers.filter(document=document).exists():
        raise Refused("Văn bản này đã có trong chương trình.", field="document")


def _end(tasks: Iterable[Task], day: date) -> None:
    ended = list(tasks)
    for task in ended:
        task.superseded_on = day
    Task.objects.bulk_update(ended, ["superseded_on"], batch_size=500)


@transaction.atomic
def supersede(*, actor: Actor, task: Task, earlier: Task, on: date) -> None:
    """``task`` of a later document takes the place of ``earlier`` from a day on; the earlier one keeps its history."""
    programme = steering(actor, task.programme_id)
    if earlier.programme_id != programme.pk or earlier.pk == task.pk:
        raise Refused("Chọn nhiệm vụ bị thay thế trong cùng chương trình.", field="earlier")
    if earlier.superseded_on:
        raise Refused(f"Nhiệm vụ đã được thay thế từ ngày {wording.day(earlier.superseded_on)}.", field="earlier")
    if earlier.item and task.item and earlier.item.document_id == task.item.document_id:
        raise Refused("Hai nhiệm vụ ở cùng một văn bản, không thay thế nhau.", field="earlier")
    Task.objects.filter(pk=earlier.pk).update(superseded_on=on)
    Task.objects.filter(pk=task.pk).update(supersedes=earlier)
    recount(programme)
    bump(programme)
    audit.record(
        "programmes.supersede",
        task,
        actor=actor.person,
        unit=programme.lead_unit,
        earlier=earlier.pk,
        on=on.isoformat(),
    )
