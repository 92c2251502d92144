"""A person says that two files are one document, or that they are not."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents import queries
from dondoc.documents.models import Document, VersionWord
from dondoc.documents.rules.access import NOT_YOURS, may_review
from dondoc.documents.services.common import locked, note
from dondoc.documents.services.ranking import rank
from dondoc.units.rules import Actor


def judge_version(*, actor: Actor, document: Document, other: Document, same: bool, at: datetime) -> None:
    """``other`` is a version of ``document``, or is not; what was said before on the two no longer holds.

    :raises NotAllowed: the actor may not review ``document`` or not see ``other``.
    :raises Refused: the two cannot be versions of each other.
    """
    with transaction.atomic():
        held = {pk: locked(pk) for pk in sorted({document.pk, other.pk})}
        if not may_review(actor, held[document.pk]):
            raise NotAllowed(NOT_YOURS)
        if not queries.visible_documents(actor).filter(pk=other.pk).exists():
            raise NotAllowed("Văn bản kia không thuộc phạm vi được xem của đơn vị.")
        if len(held) == 1 or document.province_id != other.province_id:
            raise Refused("Chỉ nối được hai văn bản khác nhau trong cùng một tỉnh.")
        one, two = sorted(held)
        VersionWord.objects.create(one_id=one, other_id=two, same=same, made_by=actor.person, made_at=at)
        _regroup(held)
        note("judge_version", held[document.pk], actor, other=other.pk, same=same)


def _regroup(held: dict[int, Document]) -> None:
    """Give all files that the words of people join, and those that they part, their group and order anew."""
    left = set(held)
    while left:
        joined = _joined(left.pop())
        left -= joined
        group = uuid4() if len(joined) > 1 else None
        Document.objects.filter(pk__in=joined).update(version_group=group, version_rank=0)
        rank(group)


def _joined(start: int) -> set[int]:
    """All files that lead to ``start`` by words that hold."""
    known, fresh = {start}, {start}
    while fresh:
        last: dict[tuple[int, int], bool] = {}
        for word in VersionWord.objects.filter(Q(one__in=fresh) | Q(other__in=fresh)).order_by("pk"):
            last[word.one_id, word.other_id] = word.same
        fresh = {pk for pair, same in last.items() if same for pk in pair} - known
        known |= fresh
    return known
