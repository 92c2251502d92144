"""The recipient reviews what was handed in: remarks at cells and sections, return with a reason and a day, acceptance, exemption."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from dondoc.common import audit, wording
from dondoc.common.errors import Refused
from dondoc.reporting.enums import RemarkCode, ReturnEventKind, ReturnState
from dondoc.reporting.models import Indicator, Passage, Remark, Return, ReturnEvent, Section, Value
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.services import telling
from dondoc.reporting.services.recording import Word, receiving, say
from dondoc.units.rules import Actor

NOTHING_IN = "Đơn vị chưa nộp báo cáo nên chưa có gì để duyệt."


@transaction.atomic
def remark(
    *, actor: Actor, report: Return, at: datetime, code: str, text: str, place: Place | None = None, section: str = ""
) -> Remark:
    """A finding at a cell, at a section, or of the report as a whole. The unit sees it with the return."""
    held = receiving(actor, report)
    submission = held.submissions.last()
    if submission is None:
        raise Refused(NOTHING_IN)
    if code not in RemarkCode.values:
        raise Refused("Chọn loại ý kiến.", field="code")
    if not text.strip():
        raise Refused("Ghi ý kiến.", field="text")
    version = held.group.template_id
    row = Remark.objects.create(
        report=held,
        submission=submission,
        indicator=Indicator.objects.get(table__version=version, code=place.code) if place else None,
        column=place.column if place else "",
        section=Section.objects.get(version=version, code=section) if section else None,
        code=code,
        text=text.strip(),
        made_at=at,
        made_by=actor.person,
    )
    audit.record("reporting.remark", held, actor=actor.person, unit=held.campaign.recipient, reason_code=code, reason=row.text)
    return row


@transaction.atomic
def settle(*, actor: Actor, remark: Remark, at: datetime) -> None:
    """The remark was answered."""
    held = receiving(actor, remark.report)
    if Remark.objects.filter(pk=remark.pk, settled_at__isnull=True).update(settled_at=at, settled_by=actor.person):
        audit.record("reporting.settle_remark", held, actor=actor.person, unit=held.campaign.recipient, remark=remark.pk)


@transaction.atomic
def return_(
    *, actor: Actor, report: Return, at: datetime, happened_on: date, reason_code: str, reason: str, hand_in_by: date
) -> ReturnEvent:
    """Give it back to be mended, by a day of its own."""
    held = receiving(actor, report)
    if held.state not in {ReturnState.RECEIVED, ReturnState.ACCEPTED}:
        raise Refused(NOTHING_IN)
    if reason_code not in RemarkCode.values:
        raise Refused("Chọn loại lý do.", field="reason_code")
    if not reason.strip():
        raise Refused("Ghi lý do trả lại.", field="reason")
    _not_in_future(happened_on, actor)
    if hand_in_by < happened_on:
        raise Refused(f"Hạn nộp lại phải từ ngày {wording.day(happened_on)} trở đi.", field="hand_in_by")
    word = Word(ReturnEventKind.RETURNED, happened_on, at, note=reason.strip(), reason_code=reason_code, hand_in_by=hand_in_by)
    _forget_accepted(held)
    return _told(actor, held, word)


@transaction.atomic
def accept(*, actor: Actor, report: Return, at: datetime, happened_on: date, note: str = "") -> ReturnEvent:
    """From now on its figures count, and it is frozen."""
    held = receiving(actor, report)
    if held.state != ReturnState.RECEIVED:
        raise Refused("Báo cáo đã được duyệt." if held.state == ReturnState.ACCEPTED else NOTHING_IN)
    _not_in_future(happened_on, actor)
    Value.objects.filter(report=held).update(accepted_number=F("sent_number"), accepted_nothing=F("sent_nothing"))
    Passage.objects.filter(report=held).update(accepted_text=F("sent_text"))
    held.remarks.filter(settled_at__isnull=True).update(settled_at=at, settled_by=actor.person)
    return _told(actor, held, Word(ReturnEventKind.ACCEPTED, happened_on, at, note=note.strip()))


@transaction.atomic
def reopen(*, actor: Actor, report: Return, at: datetime, reason_code: str, reason: str) -> ReturnEvent:
    """Take the acceptance back; its figures no longer count until it is accepted again."""
    held = receiving(actor, report)
    if held.state != ReturnState.ACCEPTED:
        raise Refused("Báo cáo chưa được duyệt nên không cần mở lại.")
    if reason_code not in RemarkCode.values:
        raise Refused("Chọn loại lý do.", field="reason_code")
    if not reason.strip():
        raise Refused("Ghi lý do mở lại.", field="reason")
    _forget_accepted(held)
    return _told(actor, held, Word(ReturnEventKind.REOPENED, actor.on, at, note=reason.strip(), reason_code=reason_code))


@transaction.atomic
def exempt(*, actor: Actor, report: Return, at: datetime, reason: str) -> ReturnEvent:
    """The unit does not have to report this time."""
    held = receiving(actor, report)
    if held.state == ReturnState.EXEMPT:
        raise Refused("Đơn vị đã được miễn báo cáo đợt này.")
    if not reason.strip():
        raise Refused("Ghi lý do miễn báo cáo.", field="reason")
    return say(actor, held, Word(ReturnEventKind.EXEMPTED, actor.on, at, note=reason.strip(), reason_code="exempt"))


@transaction.atomic
def unexempt(*, actor: Actor, report: Return, at: datetime, reason: str) -> ReturnEvent:
    """It has to report after all."""
    held = receiving(actor, report)
    if held.state != ReturnState.EXEMPT:
        raise Refused("Đơn vị không được miễn báo cáo đợt này.")
    if not reason.strip():
        raise Refused("Ghi lý do.", field="reason")
    return say(actor, held, Word(ReturnEventKind.UNEXEMPTED, actor.on, at, note=reason.strip(), reason_code="exempt"))


def _told(actor: Actor, report: Return, word: Word) -> ReturnEvent:
    """Written down, and the unit hears of it."""
    event = say(actor, report, word)
    telling.of_review(event, report, on=actor.on)
    return event


def _forget_accepted(report: Return) -> None:
    Value.objects.filter(report=report).update(accepted_number=None, accepted_nothing="")
    Passage.objects.filter(report=report).update(accepted_text="")


def _not_in_future(day: date, actor: Actor) -> None:
    if day > actor.on:
        raise Refused(f"Ngày {wording.day(day)} chưa đến. Ghi ngày việc đã xảy ra.", field="happened_on")
