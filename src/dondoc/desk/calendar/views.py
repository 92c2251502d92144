"""Lịch: the page of deadlines by months with the addresses of the feeds, and the feeds themselves."""

from dataclasses import dataclass
from secrets import compare_digest

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dondoc.common import clock
from dondoc.desk import services
from dondoc.desk.calendar.dates import dues_of
from dondoc.desk.calendar.ics import CONTENT_TYPE, calendar_of
from dondoc.desk.calendar.months import first_of, month_of
from dondoc.desk.models import CalendarFeed
from dondoc.desk.rules import digest_of
from dondoc.units import access
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Line:
    """A calendar that the person may have: ``unit`` "" for all that is theirs; ``address`` "" where none was made."""

    unit: str
    name: str
    address: str

    @property
    def webcal(self) -> str:
        """What opens a calendar program on a phone."""
        return f"webcal://{self.address.partition('://')[2]}"


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    actor = access.actor(request)
    units = {seat.unit_id: seat.unit_name for seat in actor.seats}
    wanted = request.GET.get("don-vi", "")
    chosen = int(wanted) if wanted.isdecimal() and int(wanted) in units else None
    dues = dues_of(actor, units if chosen is None else [chosen])
    month = month_of(first_of(request.GET.get("thang", ""), actor.on), dues, actor.on)
    context = {
        "actor": actor,
        "today": actor.on,
        "month": month,
        "units": units.items() if len(units) > 1 else (),
        "chosen": chosen,
        "lines": _lines(actor, units),
    }
    return render(request, "desk/calendar.html", context)


@require_POST
def new_address(request: HttpRequest) -> HttpResponse:
    services.new_address(actor=access.actor(request), unit_id=_unit(request), at=clock.now())
    messages.success(request, "Đã lấy địa chỉ lịch mới; địa chỉ cũ, nếu có, không mở được nữa")
    return redirect(f"{reverse('desk:calendar')}#dia-chi")


@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    services.give_up(actor=access.actor(request), unit_id=_unit(request), at=clock.now())
    messages.success(request, "Đã thôi dùng; địa chỉ lịch đó không mở được nữa")
    return redirect(f"{reverse('desk:calendar')}#dia-chi")


@require_safe
@never_cache
@login_not_required
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """What the person of this address may see today, for a calendar program; it does not log in."""
    held = CalendarFeed.objects.select_related("person", "unit").filter(digest=digest_of(token), revoked_at__isnull=True).first()
    if held is None or not compare_digest(held.token, token):
        raise Http404
    actor = access.actor_of(held.person, clock.today())
    units = actor.unit_ids if held.unit_id is None else [held.unit_id]
    name = held.unit.name if held.unit else held.person.full_name
    answer = HttpResponse(calendar_of(name, dues_of(actor, units), settings.SITE_URL), content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'inline; filename="don-doc.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _unit(request: HttpRequest) -> int | None:
    given = request.POST.get("unit", "")
    return int(given) if given.isdecimal() else None


def _lines(actor: Actor, units: dict[int, str]) -> list[Line]:
    held = CalendarFeed.objects.filter(person=actor.person, revoked_at__isnull=True).values_list("unit_id", "token")
    tokens: dict[int | None, str] = dict(held)
    own = "Việc của tôi" if len(units) < 2 else "Việc của tôi, ở mọi đơn vị"
    names: list[tuple[int | None, str]] = [(None, own), *units.items()]
    return [Line(str(unit or ""), name, _address(tokens.get(unit, ""))) for unit, name in names]


def _address(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('desk:feed', args=[token])}" if token else ""
