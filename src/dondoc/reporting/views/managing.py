"""What the receiving side does with a campaign: deadline, units, exemptions, urging, the end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.forms import settled
from dondoc.common.models import AuditEntry
from dondoc.reporting.enums import CampaignState, ReturnEventKind, ReturnState
from dondoc.reporting.forms import managing as forms
from dondoc.reporting.models import Campaign, ReturnEvent
from dondoc.reporting.rules.rights import may_run
from dondoc.reporting.services import chaining, opening, reviewing, scheduling, urging
from dondoc.reporting.services.recording import NOT_THE_RECIPIENT
from dondoc.reporting.views.campaigns import context_of, received_or_refused
from dondoc.units import access
from dondoc.units.rules import Actor

LOGGED = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks what of which campaign; ``said``: the fields of a valid form."""

    actor: Actor
    campaign: Campaign
    at: datetime
    said: dict[str, Any]


Do = Callable[[Asked], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """``when``: whether there is anything to do for this campaign."""

    key: str
    words: str
    icon: str
    said: str
    form: type[forms.ActForm]
    do: Do
    when: Callable[[Campaign], bool]
    hint: str = ""


@dataclass(slots=True)
class Shown:
    act: Act
    form: forms.ActForm
    open: bool = False


def _is_open(campaign: Campaign) -> bool:
    return campaign.state == CampaignState.OPEN


def _has_exempt(campaign: Campaign) -> bool:
    return campaign.returns.filter(state=ReturnState.EXEMPT).exists()


def _repeats(campaign: Campaign) -> bool:
    return campaign.schedule is not None and campaign.schedule.stopped_on is None


def _may_repeat(campaign: Campaign) -> bool:
    duty = campaign.duty
    return duty is not None and bool(duty.rrule) and not _repeats(campaign)


ACTS = (
    Act("doi-han", "Đổi hạn nộp", "calendar-event", "Đã đổi hạn nộp", forms.MoveForm,
        lambda one: opening.move_deadline(actor=one.actor, campaign=one.campaign, **one.said), _is_open,
        "Hạn cũ vẫn lưu trong nhật ký; đúng hạn hay trễ được tính lại theo hạn mới."),
    Act("them-don-vi", "Thêm đơn vị", "plus", "Đã thêm đơn vị", forms.AddUnitForm,
        lambda one: chaining.bring_in(actor=one.actor, at=one.at, **one.said), _is_open),
    Act("mien", "Miễn báo cáo", "ban", "Đã miễn báo cáo", forms.ExemptForm,
        lambda one: reviewing.exempt(actor=one.actor, at=one.at, **one.said), _is_open,
        "Đơn vị được miễn không tính vào số phải nộp."),
    Act("bo-mien", "Bỏ miễn báo cáo", "refresh", "Đã bỏ miễn báo cáo", forms.UnexemptForm,
        lambda one: reviewing.unexempt(actor=one.actor, at=one.at, **one.said), _has_exempt),
    Act("tu-mo", "Tự mở theo kỳ", "repeat", "Các kỳ sau tự mở", forms.ScheduleForm,
        lambda one: scheduling.schedule(actor=one.actor, campaign=one.campaign, **one.said), _may_repeat,
        "Kỳ sau tự mở với các nhóm và mẫu của đợt gần nhất, kể cả khi đợt trước còn nộp trễ."),
    Act("thoi-tu-mo", "Thôi tự mở theo kỳ", "ban", "Các kỳ sau không tự mở nữa", forms.CloseForm,
        lambda one: scheduling.stop(actor=one.actor, campaign=one.campaign), _repeats),
    Act("dong", "Đóng đợt", "lock", "Đã đóng đợt báo cáo", forms.CloseForm,
        lambda one: opening.close_campaign(actor=one.actor, campaign=one.campaign), _is_open,
        "Sau khi đóng, đơn vị không nộp được nữa; số liệu đang nhập được giữ. Mở lại được khi cần."),
    Act("mo-lai", "Mở lại đợt", "refresh", "Đã mở lại đợt báo cáo", forms.ReopenForm,
        lambda one: opening.reopen_campaign(actor=one.actor, campaign=one.campaign, **one.said),
        lambda campaign: campaign.state == CampaignState.CLOSED),
)  # fmt: skip
BY_KEY = {act.key: act for act in ACTS}


@require_safe
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, received_or_refused(request, pk))


@require_POST
def act(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Do one of the acts; with errors the page comes with the form open."""
    campaign = received_or_refused(request, pk)
    actor = access.actor(request)
    one = BY_KEY.get(key)
    if one is None:
        raise Http404
    if not may_run(actor, campaign):
        raise NotAllowed(NOT_THE_RECIPIENT)
    form = one.form(request.POST, campaign=campaign, on=actor.on, prefix=key)
    if form.is_valid() and settled(form, lambda: one.do(Asked(actor, campaign, clock.now(), form.cleaned_data))):
        messages.success(request, one.said)
        return redirect("reporting:manage", pk)
    return _page(request, campaign, Shown(one, form, open=True), status=422)


@require_POST
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Nhắc: everybody who owes a report, once a day."""
    campaign = received_or_refused(request, pk)
    try:
        count = urging.urge(actor=access.actor(request), campaign=campaign, at=clock.now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, f"Đã nhắc {count} đơn vị")
    return redirect("reporting:campaign", pk)


def _page(request: HttpRequest, campaign: Campaign, tried: Shown | None = None, status: int = 200) -> HttpResponse:
    exempt = ReturnEvent.objects.filter(
        report__campaign=campaign, report__state=ReturnState.EXEMPT, kind=ReturnEventKind.EXEMPTED
    ).select_related("report__unit", "recorded_by")
    last = {event.report_id: event for event in exempt}
    log = AuditEntry.objects.filter(subject_type=Campaign._meta.label_lower, subject_id=campaign.pk).select_related("actor")
    context = context_of(request, campaign)
    context |= {
        "shown": list(_shown(access.actor(request), campaign, tried)),
        "exempt": list(last.values()),
        "log": log.order_by("-recorded_at", "-pk")[:LOGGED],
    }
    return render(request, "reporting/manage.html", context, status=status)


def _shown(actor: Actor, campaign: Campaign, tried: Shown | None) -> Iterator[Shown]:
    if not may_run(actor, campaign):
        return
    for one in ACTS:
        if tried and tried.act is one:
            yield tried
        elif one.when(campaign):
            yield Shown(one, one.form(campaign=campaign, on=actor.on, prefix=one.key))
