"""Who hears of a campaign: its units when it opens, and when they are late."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from dondoc.common import wording
from dondoc.notices import services as notices
from dondoc.notices.enums import Weight
from dondoc.notices.services import Occasion
from dondoc.programmes.services.telling import short
from dondoc.reporting.enums import ReturnEventKind
from dondoc.reporting.models import Campaign, Return, ReturnEvent
from dondoc.units.models import Unit
from dondoc.units.queries import seated

MINE = "reporting:mine"


def address_of(report: Return) -> str:
    """Where its unit fills a report in."""
    return reverse("reporting:form", args=[report.pk])


def address_of_campaign(campaign: Campaign) -> str:
    """Where those who receive it follow it."""
    return reverse("reporting:campaign", args=[campaign.pk])


def of_opening(campaign: Campaign, reports: Iterable[Return], *, on: date, at: datetime, but: int = 0) -> int:
    """Each unit's people hear once what is asked of them; ``but``: who opened it knows."""
    text = f"Đợt báo cáo mới, hạn {wording.day(campaign.last_ok_on)}: {short(campaign.title)}"
    return _tell(
        {one.unit_id for one in reports}, Occasion(f"campaign-{campaign.pk}", text, reverse(MINE)), on=on, at=at, but=but
    )


def of_later_hop(campaign: Campaign, unit: Unit, *, on: date, at: datetime, but: int) -> int:
    """The recipient hears what will come to it."""
    text = f"{unit.name} sẽ gửi báo cáo tổng hợp, hạn {wording.day(campaign.last_ok_on)}: {short(campaign.title)}"
    occasion = Occasion(f"campaign-{campaign.pk}-later", text, address_of_campaign(campaign))
    return _tell({campaign.recipient_id}, occasion, on=on, at=at, but=but)


def of_urging(campaign: Campaign, reports: Iterable[Return], *, on: date, at: datetime) -> int:
    """The recipient asks those for their reports; the same unit once a day."""
    left = wording.distance(campaign.last_ok_on, on)
    text = f"{campaign.recipient.name} nhắc nộp báo cáo, {left}: {short(campaign.title)}"
    weight = Weight.LATE if on > campaign.last_ok_on else Weight.SOON
    occasion = Occasion(urging_key(campaign, on), text, reverse(MINE), weight)
    return _tell({one.unit_id for one in reports}, occasion, on=on, at=at)


def of_review(event: ReturnEvent, report: Return, *, on: date) -> int:
    """The unit hears what came of its report."""
    campaign = report.campaign
    words = {
        ReturnEventKind.RETURNED: f"trả lại báo cáo, nộp lại đến hết {wording.day(event.hand_in_by or event.happened_on)}",
        ReturnEventKind.ACCEPTED: "duyệt báo cáo",
        ReturnEventKind.REOPENED: "mở lại báo cáo đã duyệt để xem xét",
    }[ReturnEventKind(event.kind)]
    weight = Weight.SOON if event.kind == ReturnEventKind.RETURNED else Weight.NEWS
    said = f"{campaign.recipient.name} {words}: {short(campaign.title)} ({report.unit.name})"
    occasion = Occasion(f"return-{report.pk}-event-{event.pk}", said, address_of(report), weight)
    return _tell({report.unit_id}, occasion, on=on, at=event.recorded_at, but=event.recorded_by_id)


def urging_key(campaign: Campaign, on: date) -> str:
    return f"urged-{campaign.pk}-{on}"


def _tell(units: set[int], occasion: Occasion, *, on: date, at: datetime, but: int = 0) -> int:
    people: set[int] = set().union(*seated(units, on).values()) - {but} if units else set()
    return notices.tell([(person, occasion) for person in sorted(people)], on=on, at=at)
