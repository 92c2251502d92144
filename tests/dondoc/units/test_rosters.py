"""The roster read once says of every day what the query says of that day."""

from datetime import timedelta
from typing import Any

import pytest

from dondoc.units.enums import GroupRule
from dondoc.units.models import GroupMember, Unit, UnitGroup
from dondoc.units.queries import members, roster
from tests.dondoc.factories.common import STARTED, TODAY
from tests.dondoc.factories.units import GroupFactory


@pytest.fixture
def listed(province: Unit, communes: list[Unit]) -> UnitGroup:
    group = GroupFactory(code="vung-cao", name="Các xã vùng cao", province=province, rule=GroupRule.LISTED)
    GroupMember.objects.create(group=group, unit=communes[0], valid_to=TODAY)
    GroupMember.objects.create(group=group, unit=communes[1], valid_from=TODAY + timedelta(days=1))
    return group


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("edge", [STARTED, TODAY])
def test_members_of_a_day(all_communes: UnitGroup, listed: UnitGroup, communes: list[Unit], edge: Any, days: int) -> None:
    communes[2].valid_to = TODAY
    communes[2].save()
    on = edge + timedelta(days=days)
    held = roster([all_communes, listed])
    for group in (all_communes, listed):
        assert held.members(group, on) == list(members(group, on))


def test_two_queries_however_many_days(all_communes: UnitGroup, listed: UnitGroup, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        held = roster([all_communes, listed])
        for days in range(30):
            held.members(all_communes, TODAY - timedelta(days=days))
    with django_assert_num_queries(0):
        assert roster([]).units == ()
