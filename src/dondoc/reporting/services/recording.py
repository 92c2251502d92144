"""Writes what happens to a unit's report and brings its projections up to date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.files.models import StoredFile
from dondoc.reporting.enums import CampaignState, ReturnEventKind
from dondoc.reporting.models import Campaign, Return, ReturnEvent, Submission
from dondoc.reporting.rules.courses import Happening, Standing, standing_of
from dondoc.reporting.rules.rights import may_fill, may_run
from dondoc.units.rules import Actor

NOT_THE_RECIPIENT = "Chỉ cơ quan nhận báo cáo và Văn phòng UBND tỉnh được làm việc này."
NOT_THE_UNIT = "Chỉ người của đơn vị phải báo cáo được nhập và nộp báo cáo này."


@dataclass(frozen=True, slots=True)
class Word:
    """The facts of an event, before it is written."""

    kind: ReturnEventKind
    happened_on: date
    at: datetime
    note: str = ""
    reason_code: str = ""
    hand_in_by: date | None = None
    submission: Submission | None = None
    paper_code: str = ""
    paper_date: date | None = None
    file: StoredFile | None = None


def held(report: Return) -> Return:
    """The report's row, locked until the transaction ends: changes to one report come one after the other."""
    rows = Return.objects.select_for_update(of=("self",)).select_related("campaign__programme", "group__template", "unit")
    return rows.get(pk=report.pk)


def receiving(actor: Actor, report: Return) -> Return:
    """The report, locked, for those who receive it."""
    row = held(report)
    if not may_run(actor, row.campaign):
        raise NotAllowed(NOT_THE_RECIPIENT)
    return row


def reporting(actor: Actor, report: Return, *, on_behalf: bool = False) -> Return:
    """The report, locked and open to be filled in: by its unit, or by the recipient on its behalf where that is allowed."""
    row = held(report)
    if not may_fill(actor, row) and not (on_behalf and may_run(actor, row.campaign)):
        raise NotAllowed(NOT_THE_UNIT)
    if row.campaign.state == CampaignState.CLOSED:
        raise Refused("Đợt báo cáo đã đóng. Số liệu đang nhập được giữ; đề nghị cơ quan nhận mở lại đợt để nộp.")
    return row


def say(actor: Actor, report: Return, word: Word) -> ReturnEvent:
    """Write it down. The caller has checked who may and what holds, and owns the transaction."""
    event = ReturnEvent.objects.create(
        report=report,
        kind=word.kind,
        happened_on=word.happened_on,
        recorded_at=word.at,
        recorded_by=actor.person,
        submission=word.submission,
        reason_code=word.reason_code,
        note=word.note,
        hand_in_by=word.hand_in_by,
        paper_code=word.paper_code,
        paper_date=word.paper_date,
        file=word.file,
    )
    refresh(report)
    touch(report.campaign)
    audit.record(
        f"reporting.{word.kind.value}",
        report,
        actor=actor.person,
        unit=report.unit,
        reason_code=word.reason_code,
        reason=word.note if word.reason_code else "",
        event=event.pk,
        happened_on=word.happened_on.isoformat(),
    )
    return event


def refresh(report: Return) -> Standing:
    """Replay the report's events and keep the outcome."""
    standing = standing_of(happenings(report.events.all()))
    report.state, report.first_received_on, report.received_on = (
        standing.state,
        standing.first_received_on,
        standing.received_on,
    )
    report.accepted_on, report.hand_in_by = standing.accepted_on, standing.hand_in_by
    report.save(update_fields=["state", "first_received_on", "received_on", "accepted_on", "hand_in_by"])
    return standing


def happenings(events: Iterable[ReturnEvent]) -> list[Happening]:
    return [Happening(event.kind, event.happened_on, event.hand_in_by) for event in events]


def touch(campaign: Campaign) -> None:
    """Say that something below the campaign has changed; pages that keep their figures go by this number."""
    Campaign.objects.filter(pk=campaign.pk).update(version=F("version") + 1)
