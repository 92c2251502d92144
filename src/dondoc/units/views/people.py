"""The telephone list, and for administrators accounts, seats and stand-ins."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dondoc.common.downloading import download, wanted_format
from dondoc.common.exporting import Column
from dondoc.common.forms import attempt
from dondoc.common.models import AuditEntry
from dondoc.common.pages import page_of
from dondoc.units import queries
from dondoc.units.access import actor
from dondoc.units.enums import Role
from dondoc.units.forms.people import NewPersonForm, PersonForm
from dondoc.units.forms.units import ReasonForm
from dondoc.units.models import Membership, Person
from dondoc.units.rules import Actor
from dondoc.units.services import people as services
from dondoc.units.views.common import administrator
from dondoc.units.views.units import form_page

COLUMNS: tuple[Column[Person], ...] = (
    Column("Họ và tên", lambda one: one.full_name, width=30),
    Column("Tên đăng nhập", lambda one: one.username),
    Column("Nơi làm việc", lambda one: "\n".join(_seat_words(seat) for seat in one.seats_now), width=50),  # type: ignore[attr-defined]
    Column("Điện thoại", lambda one: one.phone),
    Column("Thư điện tử", lambda one: one.email, width=30),
    Column("Tài khoản", lambda one: "Đang dùng" if one.is_active else "Ngừng dùng", width=14),
)


def _seat_words(seat: Membership) -> str:
    return f"{seat.unit.name}: {seat.position or seat.get_role_display()}"


@require_safe
def listing(request: HttpRequest) -> HttpResponseBase:
    asking = actor(request)
    text = request.GET.get("q", "").strip()
    left = request.GET.get("tinh_trang") == "da-nghi" and asking.has_role(Role.ADMINISTRATOR)
    people = queries.visible_people(asking, text=text)
    if left:
        people = queries.manageable_people(asking, text=text).exclude(pk__in=queries.visible_people(asking))
    people = people.prefetch_related(queries.memberships_on(asking))
    if file := wanted_format(request):
        administrator(request)
        return download(request, file, "Người dùng", COLUMNS, people.iterator(chunk_size=500))
    page = page_of(request, people)
    return render(request, "units/people.html", {"page": page, "q": text, "left": left})


def _known(asking: Actor) -> QuerySet[Person]:
    """Those of the telephone list, and those that an administrator keeps."""
    return Person.objects.filter(pk__in=queries.visible_people(asking)) | Person.objects.filter(
        pk__in=queries.manageable_people(asking)
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    asking = actor(request)
    person = get_object_or_404(_known(asking), pk=pk)
    return render(request, "units/person.html", person_facts(asking, person))


def person_facts(asking: Actor, person: Person) -> dict[str, object]:
    """What a person's page shows: an administrator sees the seats of their province, past and coming ones too."""
    seats = person.memberships.select_related("unit", "unit__province").prefetch_related("stand_ins__person")
    here = [seat for seat in seats if seat.unit.scope_id in asking.province_ids]
    manages = any(asking.administers(seat.unit.scope_id) for seat in here)
    shown = here if manages else [s for s in here if s.valid_from <= asking.on and not (s.valid_to and s.valid_to < asking.on)]
    history = AuditEntry.objects.filter(subject_type="units.person", subject_id=person.pk).select_related("actor")
    return {
        "person": person,
        "seats": [(seat, asking.administers(seat.unit.scope_id)) for seat in shown],
        "manages": manages,
        "history": history[:20] if manages else [],
        "on": asking.on,
    }


def _managed(request: HttpRequest, pk: int) -> tuple[Actor, Person]:
    person = get_object_or_404(_known(actor(request)), pk=pk)
    return administrator(request), person


@never_cache
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    asking = administrator(request)
    initial = {"valid_from": asking.on, "unit": request.GET.get("don_vi")}
    form = NewPersonForm(request.POST or None, actor=asking, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: services.create_person(actor=asking, facts=form.person_facts(), seat=form.seat_facts()))
        if made is not None:
            person, password = made
            return render(request, "units/password_once.html", {"person": person, "password": password, "made": True})
    return form_page(request, form, title="Thêm người dùng", submit="Thêm người dùng", back="units:people")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    asking, person = _managed(request, pk)
    initial = {key: getattr(person, key) for key in ("full_name", "username", "email", "phone")}
    form = PersonForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.edit_person(actor=asking, person=person, facts=form.person_facts()))
        if done is not None:
            messages.success(request, f"Đã sửa tài khoản của {person.full_name}.")
            return redirect("units:person", person.pk)
    title = f"Sửa tài khoản của {person.full_name}"
    return form_page(request, form, title=title, submit="Ghi", back="units:person", back_pk=person.pk)


@never_cache
@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    asking, person = _managed(request, pk)
    password = services.reset_password(actor=asking, person=person)
    return render(request, "units/password_once.html", {"person": person, "password": password, "made": False})


@require_http_methods(["GET", "POST"])
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    asking, person = _managed(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(form, lambda: services.deactivate(actor=asking, person=person, reason=reason))
        if not form.errors:
            messages.success(request, f"Đã ngừng tài khoản của {person.full_name}.")
            return redirect("units:person", person.pk)
    note = "Người này không đăng nhập được nữa. Việc đã làm vẫn mang tên người này."
    facts = {"title": f"Ngừng tài khoản của {person.full_name}", "submit": "Ngừng tài khoản", "back": "units:person"}
    return form_page(request, form, note=note, danger=True, back_pk=person.pk, **facts)


@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    asking, person = _managed(request, pk)
    services.reactivate(actor=asking, person=person)
    messages.success(request, f"Đã mở lại tài khoản của {person.full_name}.")
    return redirect("units:person", person.pk)
