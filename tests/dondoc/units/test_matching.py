from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from dondoc.units.enums import GroupRule, UnitKind
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import match_many, match_unit, members, members_of_groups
from dondoc.units.queries.matching import folded
from tests.dondoc.factories.common import STARTED, TODAY
from tests.dondoc.factories.units import AliasFactory, CommuneFactory, GroupFactory, GroupMemberFactory, UnitFactory


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UỶ BAN NHÂN DÂN tỉnh", "Ủy ban nhân dân tỉnh"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("Sở Văn hoá, Thể thao & Du lịch", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Văn hóa, Thể thao và Du lịch", "Sở  Văn hóa , Thể thao và Du lịch"),
        ("UBMTTQ tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
        ("Bộ CHQS tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
        ("VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
        ("các tổ chức chính trị – xã hội", "Các tổ chức chính trị - xã hội."),
        ("phường Quý Hoà", "phường Quý Hòa"),
    ],
)
def test_what_offices_write_in_several_ways_is_one_name(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Sở Y tế", "Sở Y"), ("xã Quy Hòa", "xã Quý Hòa"), ("Sở Nội vụ", "Sở Ngoại vụ")])
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_unit_is_found_by_each_of_its_names(province: Unit, department: Unit) -> None:
    AliasFactory(unit=department, name="Sở Y tế Minh Họa cũ")
    for name in ("Sở Y tế", "sở y tế", "SYT", "Sở Y tế tỉnh Minh Họa", "Sở Y tế Minh Họa", "Sở Y tế tỉnh", "Sở Y tế Minh Họa cũ"):
        assert match_unit(name, province, TODAY) == department, name


@pytest.mark.parametrize("name", ["xã An Bình", "UBND xã An Bình", "Uỷ ban nhân dân xã An Bình, tỉnh Minh Họa"])
def test_a_commune_is_its_committee(province: Unit, commune: Unit, name: str) -> None:
    assert match_unit(name, province, TODAY) == commune


@pytest.mark.parametrize("name", ["An Bình", "huyện An Bình", "phường An Bình", "Sở Y", "Sở Y tế và Sở Nội vụ", ""])
def test_a_near_name_is_no_match(province: Unit, commune: Unit, department: Unit, name: str) -> None:
    assert match_unit(name, province, TODAY) is None


def test_a_name_that_two_bear_is_no_match(province: Unit, department: Unit) -> None:
    UnitFactory(province=province, name="Sở Y tế")
    assert match_unit("Sở Y tế", province, TODAY) is None


def test_a_unit_of_another_province_is_no_match(province: Unit, foreign_department: Unit) -> None:
    assert match_unit("Sở Y tế", province, TODAY) is None


@pytest.mark.parametrize(("on", "found"), [(date(2025, 2, 28), True), (date(2025, 3, 1), False)])
def test_a_unit_is_found_while_it_exists(province: Unit, on: date, found: bool) -> None:
    old = UnitFactory(province=province, name="Sở Kế hoạch và Đầu tư", valid_to=date(2025, 2, 28))
    assert match_unit("Sở Kế hoạch & Đầu tư", province, on) == (old if found else None)


def test_a_group_is_found_by_name_and_other_spelling(province: Unit, all_communes: UnitGroup) -> None:
    all_communes.aliases = ["Các xã, phường"]
    all_communes.save()
    assert match_unit("Uỷ ban nhân dân các xã, phường", province, TODAY) == all_communes
    assert match_unit("các xã, phường", province, TODAY) == all_communes


@pytest.mark.parametrize("count", [1, 3])
def test_many_names_cost_as_much_as_one(
    province: Unit, communes: list[Unit], all_communes: UnitGroup, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    names = [unit.name for unit in communes][:count]
    with django_assert_num_queries(3):
        found = match_many(names, province, TODAY)
    assert list(found.values()) == communes[:count]


# Members of groups


def test_all_communes_are_those_of_the_day(province: Unit, communes: list[Unit], all_communes: UnitGroup) -> None:
    communes[1].valid_to = TODAY
    communes[1].save()
    CommuneFactory(province=province, name="xã Tương Lai", valid_from=date(2026, 1, 1))
    assert {unit.name for unit in members(all_communes, TODAY)} == {unit.name for unit in communes}
    assert communes[1] not in members(all_communes, date(2025, 9, 13))
    assert members(all_communes, date(2026, 1, 1)).filter(name="xã Tương Lai").exists()


def test_communes_of_another_province_are_no_members(other_province: Unit, all_communes: UnitGroup) -> None:
    foreign = CommuneFactory(province=other_province, name="xã Xa")
    assert foreign not in members(all_communes, TODAY)


def test_departments_kinds_lists_and_open_groups(province: Unit, department: Unit, office: Unit, commune: Unit) -> None:
    front = UnitFactory(province=province, kind=UnitKind.FRONT, name="Hội Nông dân tỉnh")
    departments = GroupFactory(province=province, rule=GroupRule.ALL_DEPARTMENTS)
    by_kind = GroupFactory(province=province, rule=GroupRule.KINDS, kinds=[UnitKind.FRONT])
    listed = GroupFactory(province=province, rule=GroupRule.LISTED)
    GroupMemberFactory(group=listed, unit=commune, valid_from=STARTED, valid_to=TODAY)
    open_group = GroupFactory(province=province, rule=GroupRule.OPEN)
    assert set(members(departments, TODAY)) == {department, office}
    assert set(members(by_kind, TODAY)) == {front}
    assert set(members(listed, TODAY)) == {commune}
    assert not members(listed, date(2025, 9, 13)).exists()
    assert not members(open_group, TODAY).exists()


def test_members_of_several_groups_agree_with_each_and_cost_two_queries(
    province: Unit,
    communes: list[Unit],
    department: Unit,
    all_communes: UnitGroup,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    listed = GroupFactory(province=province, rule=GroupRule.LISTED)
    GroupMemberFactory(group=listed, unit=department)
    groups = [
        all_communes,
        listed,
        GroupFactory(province=province, rule=GroupRule.ALL_DEPARTMENTS),
        GroupFactory(province=province, rule=GroupRule.KINDS, kinds=[UnitKind.COMMUNE]),
        GroupFactory(province=province, rule=GroupRule.OPEN),
    ]
    with django_assert_num_queries(2):
        found = members_of_groups(groups, TODAY)
    for group in groups:
        assert set(found[group.pk]) == set(members(group, TODAY)), group.rule
