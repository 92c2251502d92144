"""Opening a programme from a document, and taking more of its items later."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.documents.models import Document, Item
from dondoc.programmes import found
from dondoc.programmes.enums import DocumentRole
from dondoc.programmes.models import Programme, ProgrammeDocument, Task
from dondoc.programmes.queries.opening import confirmed_items, proposals
from dondoc.programmes.queries.programmes import programme_of_plan
from dondoc.programmes.rules.naming import named_in
from dondoc.programmes.rules.rights import may_open
from dondoc.programmes.services import spelling
from dondoc.programmes.services.guards import steering
from dondoc.programmes.services.making import Made, Setting, make
from dondoc.programmes.services.obligations import join, recount, settle
from dondoc.programmes.services.projecting import bump
from dondoc.programmes.services.recurring import begin
from dondoc.programmes.services.telling import of_new_work
from dondoc.units.models import Unit
from dondoc.units.queries import match_many
from dondoc.units.rules import Actor

ALREADY_OPEN = "Văn bản này đã mở chương trình. Xem chương trình đang có, hoặc thêm mục vừa xác nhận vào đó."


@transaction.atomic
def open_programme(
    actor: Actor,
    document: Document,
    *,
    at: datetime,
    title: str = "",
    lead_unit: Unit | None = None,
    links: Collection[str] | None = None,
) -> Programme:
    """Make the programme of a plan from its confirmed tasks, targets and duties.

    ``lead_unit`` is the unit that handed the document in unless another is named. ``links`` are the keys of the proposals
    that the opener confirms; None takes all that the rule proposes.
    """
    if not may_open(actor, document):
        raise NotAllowed("Chỉ chuyên viên, lãnh đạo đơn vị đã nộp văn bản và Văn phòng UBND tỉnh được mở chương trình.")
    if programme_of_plan(document):
        raise Refused(ALREADY_OPEN)
    items = list(confirmed_items(document))
    if not items:
        raise Refused("Chưa có nhiệm vụ, chỉ tiêu, báo cáo nào được xác nhận. Xác nhận các mục của văn bản trước.")
    programme = _programme(actor, document, title.strip(), lead_unit, at)
    made = take(actor, programme, document, items, links=links)
    found.refresh(programme)
    spelling.catch_up(programme)
    of_new_work(actor, programme, made.tasks.values(), at)
    audit.record(
        "programmes.open",
        programme,
        actor=actor.person,
        unit=programme.lead_unit,
        document=document.pk,
        tasks=len(made.tasks),
        targets=len(made.targets),
        duties=len(made.duties),
    )
    return programme


def _programme(actor: Actor, document: Document, title: str, lead_unit: Unit | None, at: datetime) -> Programme:
    lead = lead_unit or document.unit
    if document.province_id not in {lead.province_id, lead.pk}:
        raise Refused("Cơ quan chủ trì chương trình phải thuộc tỉnh của văn bản.", field="lead_unit")
    programme = Programme.objects.create(
        province_id=document.province_id,
        title=title or document.title or document.name,
        lead_unit=lead,
        visibility=document.visibility,
        opened_by=actor.person,
        opened_at=at,
    )
    programme.restricted_to.set(document.restricted_to.all())
    try:
        with transaction.atomic():
            ProgrammeDocument.objects.create(
                programme=programme, document=document, role=DocumentRole.PLAN, effective_on=document.issued_on
            )
    except IntegrityError as error:
        raise Refused(ALREADY_OPEN) from error
    return programme


@transaction.atomic
def add_items(*, actor: Actor, paper: ProgrammeDocument) -> Made:
    """Take the items that were confirmed since the last time; links among them are proposed on the page of duties."""
    programme = steering(actor, paper.programme_id)
    items = list(confirmed_items(paper.document, programme))
    if not items:
        raise Refused("Không có mục nào vừa được xác nhận thêm.")
    made = take(actor, programme, paper.document, items, links=(), given_on=paper.effective_on)
    bump(programme)
    audit.record(
        "programmes.add_items", programme, actor=actor.person, unit=programme.lead_unit, items=[item.pk for item in items]
    )
    return made


def take(
    actor: Actor,
    programme: Programme,
    document: Document,
    items: Sequence[Item],
    *,
    links: Collection[str] | None = None,
    given_on: date | None = None,
) -> Made:
    """Rows for ``items``, and the links among them; within a transaction of the caller."""
    matches = match_many(named_in(item.content for item in items), programme.province, actor.on)
    first = Task.objects.filter(programme=programme).exclude(item__document=document).aggregate(top=Max("position"))["top"]
    setting = Setting(
        programme=programme,
        document=document,
        matches=matches,
        given_on=given_on or document.issued_on or document.fallback_date or actor.on,
        on=actor.on,
        first_position=0 if first is None else first + 1,
    )
    made = make(items, setting)
    joined: set[int] = set()
    for proposal in proposals(items, matches, document):
        if links is None or proposal.key in links:
            place = int(proposal.key.rpartition("-")[2])
            share = made.leads[proposal.task.pk, place]
            join(actor=actor, programme=programme, duty=made.duties[proposal.duty.pk], assignments=[share])
            joined.add(share.task_id)
    settle(actor, joined)
    begin(list(made.tasks.values()), actor.on)
    recount(programme)
    return made
