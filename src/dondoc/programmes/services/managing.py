"""What a programme is called, who leads it and who may see it; its end, and opening it again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents.enums import Visibility
from dondoc.notices import services as notices
from dondoc.notices.services import Occasion
from dondoc.programmes import found
from dondoc.programmes.enums import ProgrammeState
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.programmes import open_tasks, units_at_work
from dondoc.programmes.rules.fields import fields
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.services.guards import NOT_THE_GIVER, steering
from dondoc.programmes.services.projecting import lock
from dondoc.programmes.services.recurring import begin
from dondoc.programmes.services.telling import short
from dondoc.units.models import Unit
from dondoc.units.queries import seated
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Facts:
    """``units``: who may see a restricted programme beside its lead and the provincial office."""

    title: str
    field: str
    lead_unit: Unit
    visibility: str
    units: Collection[Unit] = ()
    reason: str = ""


@transaction.atomic
def edit_programme(*, actor: Actor, programme: Programme, facts: Facts, at: datetime) -> None:
    """Another lead needs a reason, and is told."""
    held = steering(actor, programme.pk)
    _check(held, facts)
    before = {"title": held.title, "field": held.field, "lead_unit": held.lead_unit_id, "visibility": held.visibility}
    new_lead = facts.lead_unit.pk != held.lead_unit_id
    held.title, held.field, held.visibility = facts.title.strip(), facts.field, facts.visibility
    held.lead_unit = facts.lead_unit
    held.save(update_fields=["title", "field", "lead_unit", "visibility"])
    held.restricted_to.set(facts.units if facts.visibility == Visibility.RESTRICTED else ())
    _changed(held)
    entry = audit.record(
        "programmes.edit",
        held,
        actor=actor.person,
        unit=held.lead_unit,
        reason=facts.reason.strip(),
        before=before,
        lead_unit=facts.lead_unit.pk,
        visibility=facts.visibility,
    )
    if new_lead:
        _tell(actor, held, [facts.lead_unit.pk], f"lead-{entry.pk}", f"Được giao chủ trì chương trình: {short(held.title)}", at)


def _check(programme: Programme, facts: Facts) -> None:
    if not facts.title.strip():
        raise Refused("Ghi tên chương trình.", field="title")
    if facts.field and facts.field not in fields() and facts.field != programme.field:
        raise Refused("Chọn lĩnh vực trong danh sách.", field="field")
    if facts.visibility not in Visibility.values:
        raise Refused("Chọn một trong hai phạm vi xem.", field="visibility")
    if facts.lead_unit.scope_id != programme.province_id:
        raise Refused("Cơ quan chủ trì chương trình phải thuộc tỉnh của văn bản.", field="lead_unit")
    if any(unit.scope_id != programme.province_id for unit in facts.units):
        raise Refused("Chỉ chọn được đơn vị trong tỉnh.", field="units")
    if programme.lead_unit_id and facts.lead_unit.pk != programme.lead_unit_id and not facts.reason.strip():
        raise Refused("Ghi lý do đổi cơ quan chủ trì.", field="reason")


@transaction.atomic
def close_programme(*, actor: Actor, programme: Programme, on: date, words: str, at: datetime) -> None:
    """Nothing more is recorded or reminded of. Tasks that are open stay as they stand, and then a reason is needed."""
    held = steering(actor, programme.pk)
    if on > actor.on:
        raise Refused(f"Ngày {wording.day(on)} chưa đến. Ghi ngày chương trình kết thúc.", field="on")
    left = open_tasks(held, actor.on).count()
    if left and not words.strip():
        raise Refused(f"Còn {left} nhiệm vụ chưa hoàn thành. Ghi lý do kết thúc chương trình.", field="words")
    units = units_at_work(held, actor.on)
    held.state, held.closed_on, held.closing_words = ProgrammeState.CLOSED, on, words.strip()
    held.save(update_fields=["state", "closed_on", "closing_words"])
    _changed(held)
    entry = audit.record(
        "programmes.close",
        held,
        actor=actor.person,
        unit=held.lead_unit,
        reason=words.strip(),
        on=on.isoformat(),
        open_tasks=left,
    )
    _tell(actor, held, units, f"closed-{entry.pk}", f"Chương trình đã kết thúc: {short(held.title)}", at)


@transaction.atomic
def reopen_programme(*, actor: Actor, programme: Programme, reason: str, at: datetime) -> None:
    """Follow it again. Periods that went by while it was closed are not asked for."""
    held = lock(programme.pk)
    if not may_steer(actor, held):
        raise NotAllowed(NOT_THE_GIVER)
    if held.state != ProgrammeState.CLOSED:
        raise Refused("Chương trình đang thực hiện nên không cần mở lại.")
    if not reason.strip():
        raise Refused("Ghi lý do mở lại chương trình.", field="reason")
    held.state, held.closed_on, held.closing_words = ProgrammeState.ACTIVE, None, ""
    held.save(update_fields=["state", "closed_on", "closing_words"])
    begin(list(held.tasks.filter(turns_on__lte=actor.on)), actor.on)
    _changed(held)
    entry = audit.record("programmes.reopen", held, actor=actor.person, unit=held.lead_unit, reason=reason.strip())
    units = units_at_work(held, actor.on)
    _tell(actor, held, units, f"reopened-{entry.pk}", f"Chương trình được mở lại: {short(held.title)}", at)


def _changed(programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1, edition=F("edition") + 1)
    found.refresh(programme)


def _tell(actor: Actor, programme: Programme, units: Collection[int], key: str, text: str, at: datetime) -> None:
    people = set().union(*seated(units, actor.on).values()) - {actor.person.pk}
    occasion = Occasion(key, text, reverse("programmes:board", args=[programme.pk]))
    notices.tell([(person, occasion) for person in sorted(people)], on=actor.on, at=at)
