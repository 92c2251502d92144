"""Opening a campaign: who reports what to whom by when. Expected reports are computed from the groups, never typed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes.models import Duty, Programme, Task
from dondoc.reporting.enums import CampaignState, VersionState
from dondoc.reporting.models import Campaign, CampaignGroup, Return, Schedule, TemplateVersion
from dondoc.reporting.queries.content import count_asked
from dondoc.reporting.rules.campaigns import hop_fault
from dondoc.reporting.rules.rights import may_receive, may_run
from dondoc.reporting.services.recording import NOT_THE_RECIPIENT, touch
from dondoc.search import services as search
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """Those who fill in one template. ``units``: its members on the day, or those that the opener picked."""

    name: str
    template: TemplateVersion
    units: Collection[Unit]
    unit_group: UnitGroup | None = None


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What a campaign is about; see :class:`dondoc.reporting.models.Campaign`."""

    title: str
    recipient: Unit
    period_name: str
    last_ok_on: date
    groups: Sequence[GroupFacts]
    deadline_text: str = ""
    window_from: date | None = None
    window_to: date | None = None
    programme: Programme | None = None
    duty: Duty | None = None
    task: Task | None = None
    feeds: Campaign | None = None
    schedule: Schedule | None = None


@transaction.atomic
def open_campaign(*, actor: Actor, facts: CampaignFacts, at: datetime) -> Campaign:
    """Make the campaign and an expected report for each unit of each group."""
    if not may_receive(actor, facts.recipient):
        raise NotAllowed("Chỉ chuyên viên, lãnh đạo cơ quan nhận báo cáo và Văn phòng UBND tỉnh được mở đợt báo cáo.")
    return make_campaign(facts, on=actor.on, at=at, by=actor.person)


def make_campaign(facts: CampaignFacts, *, on: date, at: datetime, by: Person | None) -> Campaign:
    """``by`` none: it opens itself. The caller has checked who may, and owns the transaction."""
    recipient = facts.recipient
    _hold_together(facts, on)
    campaign = Campaign.objects.create(
        province_id=recipient.scope_id,
        programme=facts.programme,
        duty=facts.duty,
        task=facts.task,
        schedule=facts.schedule,
        title=facts.title.strip(),
        recipient=recipient,
        period_name=facts.period_name.strip(),
        window_from=facts.window_from,
        window_to=facts.window_to,
        deadline_text=facts.deadline_text,
        last_ok_on=facts.last_ok_on,
        feeds=facts.feeds,
        opened_on=on,
        opened_by=by,
        opened_at=at,
    )
    for place, group in enumerate(facts.groups):
        _add_group(campaign, place, group)
    audit.record(
        "reporting.open_campaign",
        campaign,
        actor=by,
        unit=recipient,
        duty=facts.duty.pk if facts.duty else None,
        expected=campaign.returns.count(),
    )
    search.refresh({"campaign": [campaign.pk]})
    return campaign


@transaction.atomic
def add_unit(*, actor: Actor, group: CampaignGroup, unit: Unit) -> Return:
    """One more unit that has to report."""
    campaign = _run(actor, group.campaign)
    if campaign.returns.filter(unit=unit).exists():
        raise Refused(f"{unit.name} đã có trong đợt báo cáo này.", field="unit")
    if unit.province_id != campaign.province_id:
        raise Refused("Đơn vị thuộc tỉnh khác.", field="unit")
    report = Return.objects.create(campaign=campaign, group=group, unit=unit, asked=count_asked(group.template))
    touch(campaign)
    audit.record("reporting.add_unit", campaign, actor=actor.person, unit=campaign.recipient, added=unit.pk)
    return report


@transaction.atomic
def move_deadline(*, actor: Actor, campaign: Campaign, last_ok_on: date, reason: str) -> None:
    """Another last good day for all; the old one stays on record, and lateness is told by the new one."""
    held = _run(actor, campaign)
    if not reason.strip():
        raise Refused("Ghi lý do đổi hạn.", field="reason")
    _hops(last_ok_on, feeds=held.feeds, fed_by=held)
    before, held.last_ok_on = held.last_ok_on, last_ok_on
    held.deadline_text = f"đến hết ngày {wording.day(last_ok_on)}"
    held.save(update_fields=["last_ok_on", "deadline_text"])
    touch(held)
    audit.record(
        "reporting.move_deadline",
        held,
        actor=actor.person,
        unit=held.recipient,
        reason_code="deadline",
        reason=reason.strip(),
        before=before.isoformat(),
        after=last_ok_on.isoformat(),
    )
    search.refresh({"campaign": [held.pk]})


@transaction.atomic
def close_campaign(*, actor: Actor, campaign: Campaign) -> None:
    """Nothing more is taken in; drafts stay."""
    held = _run(actor, campaign)
    if held.state == CampaignState.CLOSED:
        raise Refused("Đợt báo cáo đã đóng.")
    held.state, held.closed_on = CampaignState.CLOSED, actor.on
    held.save(update_fields=["state", "closed_on"])
    touch(held)
    audit.record("reporting.close_campaign", held, actor=actor.person, unit=held.recipient)


@transaction.atomic
def reopen_campaign(*, actor: Actor, campaign: Campaign, reason: str) -> None:
    """Take reports in again."""
    held = _run(actor, campaign)
    if held.state == CampaignState.OPEN:
        raise Refused("Đợt báo cáo đang mở.")
    if not reason.strip():
        raise Refused("Ghi lý do mở lại đợt.", field="reason")
    held.state, held.closed_on = CampaignState.OPEN, None
    held.save(update_fields=["state", "closed_on"])
    touch(held)
    audit.record(
        "reporting.reopen_campaign", held, actor=actor.person, unit=held.recipient, reason_code="reopen", reason=reason.strip()
    )


def _run(actor: Actor, campaign: Campaign) -> Campaign:
    """The campaign, locked, for those who receive it."""
    held = Campaign.objects.select_for_update(of=("self",)).select_related("recipient", "feeds").get(pk=campaign.pk)
    if not may_run(actor, held):
        raise NotAllowed(NOT_THE_RECIPIENT)
    return held


def _add_group(campaign: Campaign, place: int, facts: GroupFacts) -> None:
    group = CampaignGroup.objects.create(
        campaign=campaign, position=place, name=facts.name, unit_group=facts.unit_group, template=facts.template
    )
    asked = count_asked(facts.template)
    Return.objects.bulk_create(
        [Return(campaign=campaign, group=group, unit=unit, asked=asked) for unit in facts.units], batch_size=500
    )


def _hold_together(facts: CampaignFacts, on: date) -> None:
    if not facts.title.strip():
        raise Refused("Ghi tên đợt báo cáo.", field="title")
    if not facts.period_name.strip():
        raise Refused("Ghi kỳ báo cáo, ví dụ “Năm 2025” hoặc “Giai đoạn 2021 - 2025”.", field="period_name")
    if facts.last_ok_on < on:
        raise Refused(f"Hạn {wording.day(facts.last_ok_on)} đã qua. Ghi hạn từ hôm nay trở đi.", field="last_ok_on")
    if facts.window_from and facts.window_to and facts.window_to < facts.window_from:
        raise Refused("Ngày chốt số liệu phải từ ngày bắt đầu kỳ trở đi.", field="window_to")
    if not any(group.units for group in facts.groups):
        raise Refused("Chưa có đơn vị nào phải báo cáo. Chọn nhóm hoặc chọn từng đơn vị.", field="groups")
    _hops(facts.last_ok_on, feeds=facts.feeds, fed_by=None)
    seen: dict[int, str] = {}
    for group in facts.groups:
        if group.template.state == VersionState.DRAFT:
            raise Refused(f"Mẫu của nhóm {group.name} đang soạn. Đưa mẫu vào dùng trước khi mở đợt.", field="template")
        _units_fit(group, facts.recipient.scope_id, seen)


def _units_fit(group: GroupFacts, province_id: int, seen: dict[int, str]) -> None:
    for unit in group.units:
        if unit.province_id != province_id:
            raise Refused(f"{unit.name} thuộc tỉnh khác.", field="units")
        if unit.pk in seen:
            raise Refused(f"{unit.name} có ở cả nhóm {seen[unit.pk]} và nhóm {group.name}. Bỏ khỏi một nhóm.", field="units")
        seen[unit.pk] = group.name


def _hops(last_ok_on: date, *, feeds: Campaign | None, fed_by: Campaign | None) -> None:
    fed_until = fed_by.fed_by.aggregate(top=Max("last_ok_on"))["top"] if fed_by else None
    fault = hop_fault(last_ok_on, feeds_on=feeds.last_ok_on if feeds else None, fed_until=fed_until)
    if fault:
        raise Refused(fault, field="last_ok_on")
