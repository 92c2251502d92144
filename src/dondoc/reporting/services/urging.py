"""The recipient reminds those who owe a report, now."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.notices.models import Notice
from dondoc.reporting.enums import CampaignState, ReturnState
from dondoc.reporting.models import Campaign
from dondoc.reporting.rules.rights import may_run
from dondoc.reporting.services import telling
from dondoc.reporting.services.recording import NOT_THE_RECIPIENT
from dondoc.units.rules import Actor


@transaction.atomic
def urge(*, actor: Actor, campaign: Campaign, at: datetime) -> int:
    """Tell the people of every unit whose report is not in, or is with them to be mended; a unit once a day. How many units."""
    if not may_run(actor, campaign):
        raise NotAllowed(NOT_THE_RECIPIENT)
    if campaign.state == CampaignState.CLOSED:
        raise Refused("Đợt báo cáo đã đóng nên không nhắc nữa. Mở lại đợt nếu còn nhận báo cáo.")
    owing = Q(first_received_on__isnull=True) | Q(state=ReturnState.RETURNED)
    reports = list(campaign.returns.filter(owing).exclude(state=ReturnState.EXEMPT))
    if not reports:
        raise Refused("Không đơn vị nào còn nợ báo cáo của đợt này.")
    if not telling.of_urging(campaign, reports, on=actor.on, at=at):
        said = Notice.objects.filter(key=telling.urging_key(campaign, actor.on)).exists()
        raise Refused(
            "Hôm nay đã nhắc các đơn vị này."
            if said
            else "Các đơn vị này chưa có người dùng nào để nhắc; gọi điện theo Danh sách gọi."
        )
    audit.record("reporting.urge", campaign, actor=actor.person, unit=campaign.recipient, units=[one.unit_id for one in reports])
    return len(reports)
