"""Who may see a document."""

from collections.abc import Iterable

from django.db import transaction

from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents import found
from dondoc.documents.enums import Visibility
from dondoc.documents.models import Document
from dondoc.documents.rules.access import may_review
from dondoc.documents.services.common import locked, note
from dondoc.search import services as search
from dondoc.units.models import Unit
from dondoc.units.rules import Actor


def set_visibility(*, actor: Actor, document: Document, visibility: str, units: Iterable[Unit] = ()) -> Document:
    """Open it to the province, or to the unit that handed it in, the provincial office and the ``units`` named.

    :raises NotAllowed: the actor belongs to another unit.
    :raises Refused: a unit of another province is named.
    """
    with transaction.atomic():
        held = locked(document.pk)
        if not may_review(actor, held):
            raise NotAllowed("Chỉ đơn vị đã nộp và Văn phòng UBND tỉnh được đổi phạm vi xem văn bản này.")
        if visibility not in Visibility.values:
            raise Refused("Chọn một trong hai phạm vi xem.", "visibility")
        named = list(units) if visibility == Visibility.RESTRICTED else []
        if any((unit.province_id or unit.pk) != held.province_id for unit in named):
            raise Refused("Chỉ chọn được đơn vị trong tỉnh.", "units")
        held.visibility, held.visibility_chosen = visibility, True
        held.save(update_fields=["visibility", "visibility_chosen"])
        held.restricted_to.set(named)
        search.refresh({found.KIND: [held.pk]})
        note("set_visibility", held, actor, visibility=visibility, units=[unit.pk for unit in named])
        return held
