"""Accounts: made with a one-time password, changed, closed; never deleted, since history names them."""

import re
import secrets
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.units.enums import Role
from dondoc.units.models import Membership, Person, Unit
from dondoc.units.queries.units import valid_on
from dondoc.units.rules import Actor
from dondoc.units.services.common import require_administrator

# Letters and digits that nobody takes for another when read out on the telephone.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,59}")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    username: str
    full_name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """Where somebody works from when on, as what."""

    unit: Unit
    role: str
    valid_from: date
    valid_to: date | None = None
    position: str = ""


def one_time_password() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


@transaction.atomic
def create_person(*, actor: Actor, facts: PersonFacts, seat: SeatFacts) -> tuple[Person, str]:
    """A person with their first seat, and the password to hand over; it is kept nowhere."""
    require_administrator(actor, seat.unit.scope_id)
    person, password = _make(facts, seat)
    audit.record("units.create_person", person, actor=actor.person, unit=seat.unit, username=person.username, role=seat.role)
    return person, password


@transaction.atomic
def make_first_administrator(*, unit: Unit, username: str, full_name: str, on: date) -> tuple[Person, str]:
    """For the command line of an installation where nobody can log in yet."""
    seat = SeatFacts(unit=unit, role=Role.ADMINISTRATOR, valid_from=on)
    person, password = _make(PersonFacts(username=username, full_name=full_name), seat)
    audit.record("units.make_administrator", person, actor=None, unit=unit, username=person.username)
    return person, password


def _make(facts: PersonFacts, seat: SeatFacts) -> tuple[Person, str]:
    check_username(facts.username)
    check_seat_days(seat)
    password = one_time_password()
    person = Person(
        username=facts.username.lower(),
        full_name=facts.full_name,
        email=facts.email,
        phone=facts.phone,
        password=make_password(password, hasher="pbkdf2_sha256_once"),
        must_change_password=True,
    )
    person.save()
    Membership.objects.create(
        person=person,
        unit=seat.unit,
        role=seat.role,
        position=seat.position,
        valid_from=seat.valid_from,
        valid_to=seat.valid_to,
    )
    return person, password


def check_username(username: str, but: Person | None = None) -> None:
    """:raises Refused: it is of another form, or somebody has it."""
    name = username.lower()
    if not _USERNAME.fullmatch(name):
        raise Refused("Tên đăng nhập gồm 3 - 60 chữ không dấu, chữ số, dấu chấm, gạch nối, gạch dưới hoặc @.", "username")
    holder = Person.objects.filter(username=name).first()
    if holder is not None and holder != but:
        raise Refused(f"Tên đăng nhập {name} đã có người dùng. Ghi tên khác.", "username")


def check_seat_days(seat: SeatFacts) -> None:
    """:raises Refused: the days are in no order, or the unit does not exist then."""
    if seat.valid_to and seat.valid_to < seat.valid_from:
        raise Refused("Ngày kết thúc phải từ ngày bắt đầu trở đi.", "valid_to")
    if seat.unit.valid_to and seat.valid_from > seat.unit.valid_to:
        raise Refused(f"{seat.unit.name} đã kết thúc trước ngày này.", "unit")


def require_account(actor: Actor, person: Person) -> None:
    """An account is kept by administrators of every province where its holder works: a password opens all of them."""
    scopes = set(
        Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=actor.on), person=person).values_list(
            "unit__province_id", "unit_id"
        )
    )
    provinces = {province_id or unit_id for province_id, unit_id in scopes}
    if not provinces:
        last = person.memberships.select_related("unit").first()
        provinces = {last.unit.scope_id} if last else set()
    if not any(actor.administers(province_id) for province_id in provinces):
        raise NotAllowed("Chỉ người quản trị của tỉnh được sửa tài khoản của người trong tỉnh.")
    if not all(actor.administers(province_id) for province_id in provinces):
        raise NotAllowed(f"{person.full_name} còn làm việc ở tỉnh khác nên tài khoản do người quản trị của cả hai tỉnh giữ.")


@transaction.atomic
def edit_person(*, actor: Actor, person: Person, facts: PersonFacts) -> Person:
    require_account(actor, person)
    check_username(facts.username, but=person)
    changed = {}
    for key in ("username", "full_name", "email", "phone"):
        new = getattr(facts, key).lower() if key == "username" else getattr(facts, key)
        if getattr(person, key) != new:
            changed[key] = [getattr(person, key), new]
            setattr(person, key, new)
    person.save()
    if changed:
        audit.record("units.edit_person", person, actor=actor.person, changed=changed)
    return person


@transaction.atomic
def reset_password(*, actor: Actor, person: Person) -> str:
    """A new one-time password; whoever is logged in with the old one is logged out."""
    require_account(actor, person)
    if not person.is_active:
        raise Refused("Tài khoản đã ngừng dùng. Mở lại tài khoản trước.")
    password = one_time_password()
    person.password = make_password(password, hasher="pbkdf2_sha256_once")
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    audit.record("units.reset_password", person, actor=actor.person)
    return password


@transaction.atomic
def deactivate(*, actor: Actor, person: Person, reason: str) -> None:
    """Close an account: its holder cannot log in; what they did keeps their name."""
    require_account(actor, person)
    if person.pk == actor.person.pk:
        raise Refused("Không ngừng tài khoản của chính mình. Nhờ người quản trị khác.")
    require_another_administrator(person, actor.on)
    person.is_active = False
    person.save(update_fields=["is_active"])
    audit.record("units.deactivate", person, actor=actor.person, reason=reason)


@transaction.atomic
def reactivate(*, actor: Actor, person: Person) -> None:
    require_account(actor, person)
    person.is_active = True
    person.save(update_fields=["is_active"])
    audit.record("units.reactivate", person, actor=actor.person)


def require_another_administrator(person: Person, on: date, seats: list[Membership] | None = None) -> None:
    """:raises Refused: without ``person`` (in these seats) a province would have no administrator."""
    held = Membership.objects.filter(valid_on(on), person=person, role=Role.ADMINISTRATOR).select_related("unit")
    for seat in held if seats is None else seats:
        if seat.role != Role.ADMINISTRATOR:
            continue
        scope = seat.unit.scope_id
        others = Membership.objects.filter(
            valid_on(on), Q(unit__province=scope) | Q(unit=scope), role=Role.ADMINISTRATOR, person__is_active=True
        )
        remaining = others.exclude(person=person) if seats is None else others.exclude(pk=seat.pk)
        if not remaining.exists():
            raise Refused("Đây là người quản trị duy nhất của tỉnh. Giao vai trò quản trị cho người khác trước.")
