"""Making a công văn đôn đốc."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.official import DOCX, to_docx
from dondoc.files.services import store
from dondoc.notices.calendar import workday_after
from dondoc.programmes.models import Programme, Task, UrgingLetter
from dondoc.programmes.official.urging import paper_of, units_of
from dondoc.programmes.queries.urging import Debt, overdue_debts, steered_programmes
from dondoc.programmes.rules.rights import OPENERS
from dondoc.units.enums import Role
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

WORKDAYS_TO_ANSWER = 5
NOBODY = "Chỉ cơ quan chủ trì chương trình và Văn phòng UBND tỉnh được soạn công văn đôn đốc."
NOTHING = "Không còn nhiệm vụ quá hạn nào để đôn đốc trong các chương trình do đơn vị theo dõi."


@transaction.atomic
def urge(
    *,
    actor: Actor,
    at: datetime,
    unit_ids: Collection[int] = (),
    task: Task | None = None,
    report_by: date | None = None,
) -> UrgingLetter:
    """A letter to these units about all that is overdue, or about one task to all that owe it; the same letter of the day again.

    ``report_by``: five working days from today where no day is given.
    """
    debts = _debts(actor, unit_ids, task)
    programmes = list({debt.task.programme_id: debt.task.programme for debt in debts}.values())
    from_unit = _issuer(actor, programmes)
    key = _key(debts)
    # The unit's row is held, so that two who press at once get one letter.
    Unit.objects.select_for_update().get(pk=from_unit.pk)
    if made := UrgingLetter.objects.filter(from_unit=from_unit, made_on=actor.on, key=key).first():
        return made
    report_by = report_by or workday_after(actor.on, WORKDAYS_TO_ANSWER)
    if report_by <= actor.on:
        raise Refused(f"Ngày {wording.day(report_by)} không sau hôm nay. Chọn ngày để đơn vị kịp báo cáo.", field="report_by")
    return _make(actor, debts, from_unit, key, at, report_by)


def _debts(actor: Actor, unit_ids: Collection[int], task: Task | None) -> list[Debt]:
    steered = steered_programmes(actor)
    if not (steered.filter(pk=task.programme_id) if task else steered).exists():
        raise NotAllowed(NOBODY)
    debts = overdue_debts(actor, unit_ids=unit_ids, task=task) if unit_ids or task else []
    if not debts:
        raise Refused(NOTHING)
    return debts


def _issuer(actor: Actor, programmes: Sequence[Programme]) -> Unit:
    """The unit of the first seat that steers all of the programmes."""
    for seat in actor.seats:
        steers_all = seat.role in {Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR}
        if steers_all or all(one.lead_unit_id == seat.unit_id and seat.role in OPENERS for one in programmes):
            return Unit.objects.select_related("province").get(pk=seat.unit_id)
    raise Refused("Các nhiệm vụ thuộc chương trình của nhiều đơn vị. Soạn công văn cho từng nhiệm vụ.")


def _key(debts: Sequence[Debt]) -> str:
    named = ",".join(sorted(f"{debt.unit.pk}:{debt.task.pk}:{debt.last_ok_on}" for debt in debts))
    return hashlib.sha256(named.encode()).hexdigest()


def _make(actor: Actor, debts: Sequence[Debt], from_unit: Unit, key: str, at: datetime, report_by: date) -> UrgingLetter:
    units = units_of(debts)
    paper = paper_of(debts, from_unit=from_unit, on=actor.on, report_by=report_by)
    upload = SimpleUploadedFile(_file_name(units, actor.on), to_docx(paper), DOCX)
    letter = UrgingLetter.objects.create(
        province_id=from_unit.scope_id,
        from_unit=from_unit,
        key=key,
        made_on=actor.on,
        made_at=at,
        made_by=actor.person,
        report_by=report_by,
        file=store(upload, actor)[0],
    )
    letter.to_units.set(units)
    letter.tasks.set({debt.task.pk for debt in debts})
    audit.record(
        "programmes.urge",
        letter,
        actor=actor.person,
        unit=from_unit,
        units=[unit.pk for unit in units],
        tasks=sorted({debt.task.pk for debt in debts}),
        report_by=report_by.isoformat(),
    )
    return letter


def _file_name(units: Sequence[Unit], on: date) -> str:
    whom = units[0].name if len(units) == 1 else f"{len(units)} đơn vị"
    return f"Công văn đôn đốc {whom} {on:%Y-%m-%d}.docx"
