"""Documents that an older reader read are read again, without a person asking for each."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from dondoc.common import jobs
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document
from dondoc.documents.reading import version
from dondoc.documents.services.common import note


def outdated() -> QuerySet[Document]:
    """Documents at rest whose current reading another version of the reader made, and whose file is still here."""
    current = Document.objects.filter(state=DocumentState.READ, file__isnull=False, readings__current=True)
    return current.exclude(readings__current=True, readings__reader_version=version()).order_by("pk")


def reread(*, at: datetime) -> int:
    """Put them all in the queue, each in a transaction of its own; says how many. Safe to run twice."""
    return sum(_queue(pk, at) for pk in list(outdated().values_list("pk", flat=True)))


def _queue(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        waiting = Document.objects.filter(pk=pk, state=DocumentState.READ)
        if not waiting.update(state=DocumentState.QUEUED, failure="", step="", pages_done=0, pages_total=0, progress_at=at):
            return False
        note("reread", Document.objects.get(pk=pk), None, version=version())
        jobs.enqueue("documents.read", pk)
        return True
