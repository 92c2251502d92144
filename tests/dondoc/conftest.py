"""The invented province, its units and one person per role.

owner and colleague work in two departments of tỉnh Minh Họa; stranger in another province. ``actor_for(person)`` gives the
Actor on TODAY, ``log_in(person)`` a client that has logged in. Tests of pages that depend on the day ask for ``frozen_day``.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from dondoc.units.access import actor_of
from dondoc.units.enums import CommuneKind, GroupRule, Role, UnitKind
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests import leftovers
from tests.dondoc.factories.common import NOON, STARTED, TODAY
from tests.dondoc.factories.units import CommuneFactory, GroupFactory, ProvinceFactory, UnitFactory, person_in


@pytest.fixture(autouse=True)
def no_leftovers() -> None:
    leftovers.clear()


@pytest.fixture
def frozen_day() -> Iterator[date]:
    """Noon of TODAY in Vietnam; the clock stands."""
    with time_machine.travel(NOON, tick=False):
        yield TODAY


@pytest.fixture
def jobs_at_once(settings: Settings) -> None:
    """Enqueued jobs run at once; wrap the call in ``django_capture_on_commit_callbacks(execute=True)``."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def province(db: None) -> Unit:
    return ProvinceFactory(code="minh-hoa", name="tỉnh Minh Họa")


@pytest.fixture
def office(province: Unit) -> Unit:
    return UnitFactory(
        code="minh-hoa:vp-ubnd", lexicon_id="vp-ubnd", name="Văn phòng UBND tỉnh", kind=UnitKind.OFFICE, province=province
    )


@pytest.fixture
def department(province: Unit) -> Unit:
    return UnitFactory(code="minh-hoa:syt", lexicon_id="syt", name="Sở Y tế", short_name="SYT", province=province)


@pytest.fixture
def other_department(province: Unit) -> Unit:
    return UnitFactory(code="minh-hoa:snv", lexicon_id="snv", name="Sở Nội vụ", short_name="SNV", province=province)


@pytest.fixture
def communes(province: Unit) -> list[Unit]:
    """xã An Bình, xã Suối Trong, phường Hòa Lạc."""
    return [
        CommuneFactory(code="99001", name="xã An Bình", province=province),
        CommuneFactory(code="99002", name="xã Suối Trong", province=province),
        CommuneFactory(code="99003", name="phường Hòa Lạc", commune_kind=CommuneKind.WARD, province=province),
    ]


@pytest.fixture
def commune(communes: list[Unit]) -> Unit:
    return communes[0]


@pytest.fixture
def all_communes(province: Unit, communes: list[Unit]) -> UnitGroup:
    """UBND các xã, phường."""
    return GroupFactory(code="ubnd-xa-phuong", name="UBND các xã, phường", province=province, rule=GroupRule.ALL_COMMUNES)


@pytest.fixture
def other_province(db: None) -> Unit:
    return ProvinceFactory(code="gia-dinh", name="tỉnh Giả Định")


@pytest.fixture
def foreign_department(other_province: Unit) -> Unit:
    return UnitFactory(code="gia-dinh:syt", lexicon_id="syt", name="Sở Y tế", short_name="SYT", province=other_province)


@pytest.fixture
def owner(department: Unit) -> Person:
    return person_in(department, username="chu", full_name="Nguyễn Thị Chủ")


@pytest.fixture
def unit_leader(department: Unit) -> Person:
    return person_in(department, Role.UNIT_LEADER, username="lanhdao", full_name="Trần Văn Lãnh")


@pytest.fixture
def department_clerk(department: Unit) -> Person:
    return person_in(department, Role.CLERK, username="vanthu", full_name="Lê Thị Thư")


@pytest.fixture
def colleague(other_department: Unit) -> Person:
    return person_in(other_department, username="dongnghiep", full_name="Phạm Văn Đồng Nghiệp")


@pytest.fixture
def commune_clerk(commune: Unit) -> Person:
    return person_in(commune, Role.CLERK, username="vanthuxa", full_name="Hoàng Thị Xã")


@pytest.fixture
def office_specialist(office: Unit) -> Person:
    return person_in(office, Role.PROVINCIAL_OFFICE, username="vanphong", full_name="Vũ Thị Văn Phòng")


@pytest.fixture
def administrator(office: Unit) -> Person:
    return person_in(office, Role.ADMINISTRATOR, username="quantri", full_name="Đỗ Văn Quản Trị")


@pytest.fixture
def stranger(foreign_department: Unit) -> Person:
    return person_in(foreign_department, username="nguoila", full_name="Bùi Thị Lạ")


@pytest.fixture
def strange_administrator(foreign_department: Unit) -> Person:
    return person_in(foreign_department, Role.ADMINISTRATOR, username="quantrila", full_name="Đặng Văn Lạ")


class Everyone(NamedTuple):
    """Who asks, in tests that ask for all: two of the province, its administrator, and two of another."""

    owner: Person
    colleague: Person
    administrator: Person
    stranger: Person
    strange_administrator: Person


@pytest.fixture
def everyone(
    owner: Person, colleague: Person, administrator: Person, stranger: Person, strange_administrator: Person
) -> Everyone:
    return Everyone(owner, colleague, administrator, stranger, strange_administrator)


@pytest.fixture
def actor_for() -> Callable[..., Actor]:
    def make(person: Person, on: date = TODAY) -> Actor:
        return actor_of(person, on)

    return make


@pytest.fixture
def log_in() -> Callable[[Person], Client]:
    def make(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return make


@pytest.fixture
def started() -> date:
    return STARTED
