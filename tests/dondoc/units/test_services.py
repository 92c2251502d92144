from collections.abc import Callable
from datetime import date

import pytest

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.units.access import actor_of
from dondoc.units.enums import CommuneKind, GroupRule, Role, UnitKind
from dondoc.units.models import GroupMember, Membership, Person, Unit, UnitGroup
from dondoc.units.queries import members
from dondoc.units.rules import Actor
from dondoc.units.services import groups, people, seats, units
from tests.dondoc.conftest import Everyone
from tests.dondoc.factories.common import STARTED, TODAY
from tests.dondoc.factories.units import (
    GroupFactory,
    GroupMemberFactory,
    MembershipFactory,
    PersonFactory,
    StandInFactory,
    UnitFactory,
)

ActorFor = Callable[..., Actor]


@pytest.fixture
def by(administrator: Person) -> Actor:
    return actor_of(administrator, TODAY)


def deeds() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


FACTS = units.UnitFacts(
    name="xã Ao Sen", kind=UnitKind.COMMUNE, commune_kind=CommuneKind.RURAL, code="99100", aliases=("Ao Sen",)
)


# Units


def test_a_unit_is_made_in_the_province(by: Actor, province: Unit) -> None:
    unit = units.create_unit(actor=by, province=province, facts=FACTS)
    assert (unit.province, unit.parent, unit.search_text) == (province, province, "xa ao sen")
    assert [alias.name for alias in unit.aliases.all()] == ["Ao Sen"]
    assert deeds() == ["units.create_unit"]


def test_a_unit_without_a_code_gets_one_of_its_own(by: Actor, province: Unit) -> None:
    facts = units.UnitFacts(name="Trung tâm Một", kind=UnitKind.OTHER)
    codes = [units.create_unit(actor=by, province=province, facts=facts).code for _ in range(2)]
    assert codes == ["minh-hoa:dv1", "minh-hoa:dv2"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (units.UnitFacts(name="x", kind=UnitKind.OTHER, code="minh-hoa"), "code"),
        (units.UnitFacts(name="x", kind=UnitKind.COMMUNE), "commune_kind"),
        (units.UnitFacts(name="x", kind=UnitKind.PROVINCE), "kind"),
    ],
)
def test_what_a_unit_may_not_be(by: Actor, province: Unit, facts: units.UnitFacts, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        units.create_unit(actor=by, province=province, facts=facts)
    assert refusal.value.field == field
    assert deeds() == []


def test_a_parent_lies_in_the_province_and_not_below(by: Actor, department: Unit, foreign_department: Unit) -> None:
    below = UnitFactory(province=department.province, parent=department)
    for parent in (foreign_department, department, below):
        facts = units.UnitFacts(name="Sở Y tế", kind=UnitKind.DEPARTMENT, parent=parent)
        with pytest.raises(Refused) as refusal:
            units.edit_unit(actor=by, unit=department, facts=facts)
        assert refusal.value.field == "parent"


def test_an_edit_tells_what_changed_and_nothing_else(by: Actor, department: Unit) -> None:
    same = {"kind": department.kind, "short_name": "SYT", "code": department.code, "parent": department.parent}
    units.edit_unit(actor=by, unit=department, facts=units.UnitFacts(name="Sở Y tế", **same))
    assert deeds() == []
    units.edit_unit(actor=by, unit=department, facts=units.UnitFacts(name="Sở Y tế", phone="0200 1", **same))
    assert AuditEntry.objects.get().details == {"changed": {"phone": ["", "0200 1"]}}


def test_closing_a_unit_ends_what_hangs_on_it(by: Actor, department: Unit, owner: Person, colleague: Person) -> None:
    membership = owner.memberships.get()
    StandInFactory(membership=membership, person=colleague, valid_from=TODAY, valid_to=date(2025, 12, 31))
    later = MembershipFactory(unit=department, valid_from=date(2026, 1, 1))
    group = GroupFactory(province=department.province)
    GroupMemberFactory(group=group, unit=department)
    units.close_unit(actor=by, unit=department, on=date(2025, 9, 30), reason="sáp nhập")
    assert actor_of(owner, date(2025, 9, 30)).seats
    assert not actor_of(owner, date(2025, 10, 1)).seats
    assert not actor_of(colleague, date(2025, 10, 1)).has_role(Role.SPECIALIST, unit_id=department.pk)
    assert not Membership.objects.filter(pk=later.pk).exists()
    assert not members(group, date(2025, 10, 1)).exists()
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.reason) == ("units.close_unit", "sáp nhập")


def test_a_unit_does_not_end_before_it_begins(by: Actor, commune: Unit) -> None:
    with pytest.raises(Refused, match="01/7/2025"):
        units.close_unit(actor=by, unit=commune, on=date(2025, 6, 30), reason="thử")
    units.close_unit(actor=by, unit=commune, on=STARTED, reason="thử")


def test_a_unit_does_not_begin_after_its_end(by: Actor, commune: Unit) -> None:
    commune.valid_to = TODAY
    commune.save()
    facts = {"name": "xã An Bình", "kind": UnitKind.COMMUNE, "commune_kind": CommuneKind.RURAL}
    units.edit_unit(actor=by, unit=commune, facts=units.UnitFacts(**facts, valid_from=TODAY))
    with pytest.raises(Refused) as refusal:
        units.edit_unit(actor=by, unit=commune, facts=units.UnitFacts(**facts, valid_from=date(2025, 9, 13)))
    assert refusal.value.field == "valid_from"


def test_predecessors_are_linked_once_and_within_the_province(
    by: Actor, department: Unit, other_department: Unit, foreign_department: Unit
) -> None:
    link = units.add_predecessor(actor=by, unit=department, predecessor=other_department, on=TODAY)
    for wrong in (other_department, foreign_department, department):
        with pytest.raises(Refused):
            units.add_predecessor(actor=by, unit=department, predecessor=wrong, on=TODAY)
    units.remove_predecessor(actor=by, link=link)
    assert deeds() == ["units.add_predecessor", "units.remove_predecessor"]


# Groups


def test_a_listed_group_has_its_members_from_day_to_day(by: Actor, province: Unit, communes: list[Unit]) -> None:
    group = groups.create_group(actor=by, province=province, facts=groups.GroupFacts("Cụm thi đua số 1", GroupRule.LISTED))
    assert groups.add_members(actor=by, group=group, units=communes[:2], valid_from=STARTED) == 2
    assert groups.add_members(actor=by, group=group, units=communes, valid_from=TODAY) == 1
    member = GroupMember.objects.get(group=group, unit=communes[0])
    groups.end_member(actor=by, member=member, on=TODAY)
    assert set(members(group, TODAY)) == set(communes)
    assert set(members(group, date(2025, 9, 13))) == set(communes[1:])
    assert deeds() == ["units.create_group", "units.add_members", "units.add_members", "units.end_member"]


def test_a_rule_needs_what_it_goes_by(by: Actor, province: Unit, all_communes: UnitGroup, communes: list[Unit]) -> None:
    with pytest.raises(Refused):
        groups.create_group(actor=by, province=province, facts=groups.GroupFacts("Nhóm", GroupRule.KINDS))
    with pytest.raises(Refused):
        groups.add_members(actor=by, group=all_communes, units=communes, valid_from=None)


def test_a_unit_of_another_province_does_not_join(by: Actor, province: Unit, foreign_department: Unit) -> None:
    with pytest.raises(Refused):
        groups.add_members(actor=by, group=GroupFactory(province=province), units=[foreign_department], valid_from=None)


# People and seats


def seat_in(unit: Unit, role: str = Role.SPECIALIST) -> people.SeatFacts:
    return people.SeatFacts(unit=unit, role=role, valid_from=TODAY)


def test_a_person_gets_a_password_that_works_once(by: Actor, commune: Unit) -> None:
    person, password = people.create_person(actor=by, facts=people.PersonFacts("Ha.NT", "Nguyễn Thị Hà"), seat=seat_in(commune))
    assert person.username == "ha.nt"
    assert person.must_change_password
    assert person.check_password(password)
    assert actor_of(person, TODAY).unit_ids == {commune.pk}
    assert password not in str(AuditEntry.objects.get().details)


@pytest.mark.parametrize("username", ["hà", "a", "a b c", "quantri", "x" * 61])
def test_user_names_that_cannot_be(by: Actor, commune: Unit, username: str) -> None:
    with pytest.raises(Refused) as refusal:
        people.create_person(actor=by, facts=people.PersonFacts(username, "Hà"), seat=seat_in(commune))
    assert refusal.value.field == "username"


def test_nobody_is_seated_in_a_unit_that_has_ended(by: Actor, commune: Unit) -> None:
    commune.valid_to = date(2025, 9, 11)
    commune.save()
    with pytest.raises(Refused, match="đã kết thúc"):
        people.create_person(actor=by, facts=people.PersonFacts("ha.nt", "Hà"), seat=seat_in(commune))


def test_a_new_password_logs_the_old_one_out(by: Actor, owner: Person) -> None:
    before = owner.get_session_auth_hash()
    password = people.reset_password(actor=by, person=owner)
    owner.refresh_from_db()
    assert owner.check_password(password)
    assert owner.must_change_password
    assert owner.get_session_auth_hash() != before


def test_a_closed_account_keeps_its_history_and_can_be_opened(by: Actor, owner: Person) -> None:
    people.deactivate(actor=by, person=owner, reason="nghỉ hưu")
    assert not actor_of(owner, TODAY).seats
    with pytest.raises(Refused, match="Mở lại"):
        people.reset_password(actor=by, person=owner)
    people.reactivate(actor=by, person=owner)
    assert actor_of(owner, TODAY).seats


def test_the_last_administrator_stays(by: Actor, administrator: Person, office: Unit) -> None:
    with pytest.raises(Refused, match="chính mình"):
        people.deactivate(actor=by, person=administrator, reason="thử")
    seat = administrator.memberships.get()
    with pytest.raises(Refused, match="duy nhất"):
        seats.end_membership(actor=by, membership=seat, on=TODAY)
    MembershipFactory(unit=office, role=Role.ADMINISTRATOR)
    seats.end_membership(actor=by, membership=seat, on=TODAY)


def test_someone_of_two_provinces_keeps_their_account_from_one_administrator(
    by: Actor, owner: Person, foreign_department: Unit
) -> None:
    MembershipFactory(person=owner, unit=foreign_department)
    for act in (
        lambda: people.reset_password(actor=by, person=owner),
        lambda: people.deactivate(actor=by, person=owner, reason="thử"),
        lambda: people.edit_person(actor=by, person=owner, facts=people.PersonFacts("khac", "Khác")),
    ):
        with pytest.raises(NotAllowed, match="tỉnh khác"):
            act()


@pytest.mark.parametrize(("last", "held"), [(date(2025, 9, 30), True), (date(2025, 9, 29), False)])
def test_a_seat_ends_after_its_last_day(by: Actor, owner: Person, last: date, held: bool) -> None:
    seats.end_membership(actor=by, membership=owner.memberships.get(), on=last, reason="chuyển công tác")
    assert bool(actor_of(owner, date(2025, 9, 30)).seats) is held


def test_a_seat_ends_with_its_stand_ins(by: Actor, owner: Person, colleague: Person, department: Unit) -> None:
    membership = owner.memberships.get()
    seats.add_stand_in(actor=by, membership=membership, person=colleague, valid_from=TODAY, valid_to=date(2025, 12, 31))
    seats.end_membership(actor=by, membership=membership, on=date(2025, 9, 20))
    assert membership.stand_ins.get().valid_to == date(2025, 9, 20)


def test_the_same_seat_is_not_given_twice(by: Actor, owner: Person, department: Unit) -> None:
    with pytest.raises(Refused, match="đã có vai trò này"):
        seats.add_membership(actor=by, person=owner, seat=seat_in(department))
    seats.add_membership(actor=by, person=owner, seat=seat_in(department, Role.CLERK))


def test_a_stand_in_lies_within_the_seat(by: Actor, owner: Person, colleague: Person) -> None:
    membership = owner.memberships.get()
    early = {"valid_from": date(2025, 6, 30), "valid_to": TODAY}
    turned = {"valid_from": TODAY, "valid_to": STARTED}
    for days in (early, turned):
        with pytest.raises(Refused):
            seats.add_stand_in(actor=by, membership=membership, person=colleague, **days)
    with pytest.raises(Refused, match="chính mình"):
        seats.add_stand_in(actor=by, membership=membership, person=owner, valid_from=TODAY, valid_to=TODAY)


def test_a_stand_in_ends_early_or_is_taken_back(by: Actor, owner: Person, colleague: Person) -> None:
    membership = owner.memberships.get()
    days = {"valid_from": TODAY, "valid_to": date(2025, 9, 30)}
    first = seats.add_stand_in(actor=by, membership=membership, person=colleague, **days)
    seats.end_stand_in(actor=by, stand_in=first, on=date(2025, 9, 15))
    assert not actor_of(colleague, date(2025, 9, 16)).has_role(Role.SPECIALIST, unit_id=membership.unit_id)
    second = seats.add_stand_in(actor=by, membership=membership, person=colleague, **days)
    seats.end_stand_in(actor=by, stand_in=second, on=date(2025, 9, 11))
    assert membership.stand_ins.count() == 1


# Who may


def test_only_the_administrator_of_the_province_changes_it(
    everyone: Everyone, office_specialist: Person, department: Unit, province: Unit, actor_for: ActorFor
) -> None:
    group = GroupFactory(province=province)
    membership = everyone.owner.memberships.get()
    other = PersonFactory()
    for person in (everyone.owner, office_specialist, everyone.strange_administrator):
        who = actor_for(person)
        acts: list[Callable[[], object]] = [
            lambda who=who: units.create_unit(actor=who, province=province, facts=FACTS),
            lambda who=who: units.edit_unit(actor=who, unit=department, facts=FACTS),
            lambda who=who: units.close_unit(actor=who, unit=department, on=TODAY, reason="thử"),
            lambda who=who: units.reopen_unit(actor=who, unit=department, reason="thử"),
            lambda who=who: groups.edit_group(actor=who, group=group, facts=groups.GroupFacts("x", GroupRule.OPEN)),
            lambda who=who: groups.add_members(actor=who, group=group, units=[department], valid_from=None),
            lambda who=who: people.create_person(actor=who, facts=people.PersonFacts("abc", "x"), seat=seat_in(department)),
            lambda who=who: people.reset_password(actor=who, person=everyone.owner),
            lambda who=who: people.deactivate(actor=who, person=everyone.owner, reason="thử"),
            lambda who=who: seats.add_membership(actor=who, person=other, seat=seat_in(department)),
            lambda who=who: seats.end_membership(actor=who, membership=membership, on=TODAY),
            lambda who=who: seats.add_stand_in(actor=who, membership=membership, person=other, valid_from=TODAY, valid_to=TODAY),
        ]
        for act in acts:
            with pytest.raises(NotAllowed):
                act()
    assert deeds() == []
