from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from dondoc.units.access import actor, actor_of
from dondoc.units.enums import Role
from dondoc.units.models import Person, Unit
from tests.dondoc.factories.common import STARTED, TODAY
from tests.dondoc.factories.units import MembershipFactory, PersonFactory, StandInFactory


def test_a_membership_gives_a_seat_with_its_province(owner: Person, department: Unit, province: Unit) -> None:
    held = actor_of(owner, TODAY)
    assert held.unit_ids == {department.pk}
    assert held.province_ids == {province.pk}
    assert held.has_role(Role.SPECIALIST, unit_id=department.pk)
    assert not held.administers(province.pk)


def test_a_seat_in_the_province_itself_has_it_as_scope(province: Unit) -> None:
    person = PersonFactory()
    MembershipFactory(person=person, unit=province, role=Role.ADMINISTRATOR)
    assert actor_of(person, TODAY).administers(province.pk)


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (STARTED - timedelta(days=1), False),
        (STARTED, True),
        (date(2025, 9, 30), True),
        (date(2025, 10, 1), False),
    ],
)
def test_seats_hold_from_the_first_to_the_last_day(department: Unit, on: date, holds: bool) -> None:
    person = PersonFactory()
    MembershipFactory(person=person, unit=department, valid_to=date(2025, 9, 30))
    assert bool(actor_of(person, on).seats) is holds


@pytest.mark.parametrize(("day", "holds"), [(9, False), (10, True), (12, True), (13, False)])
def test_a_stand_in_holds_the_seat_for_their_days(department: Unit, colleague: Person, day: int, holds: bool) -> None:
    membership = MembershipFactory(unit=department, role=Role.UNIT_LEADER)
    StandInFactory(membership=membership, person=colleague, valid_from=date(2025, 9, 10), valid_to=date(2025, 9, 12))
    seats = actor_of(colleague, date(2025, 9, day)).seats
    assert [(s.unit_id, s.standing_in) for s in seats if s.role == Role.UNIT_LEADER] == ([(department.pk, True)] if holds else [])


def test_a_stand_in_ends_with_the_membership_it_stands_for(department: Unit, colleague: Person) -> None:
    membership = MembershipFactory(unit=department, role=Role.UNIT_LEADER, valid_to=date(2025, 9, 10))
    StandInFactory(membership=membership, person=colleague, valid_from=date(2025, 9, 1), valid_to=date(2025, 9, 30))
    assert not actor_of(colleague, date(2025, 9, 11)).has_role(Role.UNIT_LEADER)


def test_someone_deactivated_has_no_seat(owner: Person) -> None:
    owner.is_active = False
    assert actor_of(owner, TODAY).seats == ()


def test_the_request_asks_the_database_once(
    owner: Person, frozen_day: date, rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = rf.get("/")
    request.user = owner
    with django_assert_num_queries(1):
        assert actor(request) is actor(request)
    assert actor(request).on == frozen_day
