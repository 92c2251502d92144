import factory

from dondoc.units.enums import CommuneKind, GroupRule, Role, UnitKind
from dondoc.units.models import GroupMember, Membership, Person, Predecessor, StandIn, Unit, UnitAlias, UnitGroup
from tests.dondoc.factories.common import STARTED


class ProvinceFactory(factory.django.DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"tinh-{n}")
    name = factory.Sequence(lambda n: f"tỉnh Giả Định {n}")
    kind = UnitKind.PROVINCE


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"don-vi-{n}")
    name = factory.Sequence(lambda n: f"Sở Mẫu {n}")
    kind = UnitKind.DEPARTMENT
    province = factory.SubFactory(ProvinceFactory)
    parent = factory.SelfAttribute("province")


class CommuneFactory(UnitFactory):
    code = factory.Sequence(lambda n: f"xa-{n}")
    name = factory.Sequence(lambda n: f"xã Mẫu {n}")
    kind = UnitKind.COMMUNE
    commune_kind = CommuneKind.RURAL
    valid_from = STARTED


class AliasFactory(factory.django.DjangoModelFactory[UnitAlias]):
    class Meta:
        model = UnitAlias

    unit = factory.SubFactory(UnitFactory)
    name = factory.Sequence(lambda n: f"tên khác {n}")


class PredecessorFactory(factory.django.DjangoModelFactory[Predecessor]):
    class Meta:
        model = Predecessor

    unit = factory.SubFactory(UnitFactory)
    predecessor = factory.SubFactory(UnitFactory)
    on = STARTED


class GroupFactory(factory.django.DjangoModelFactory[UnitGroup]):
    class Meta:
        model = UnitGroup

    code = factory.Sequence(lambda n: f"nhom-{n}")
    name = factory.Sequence(lambda n: f"Nhóm {n}")
    province = factory.SubFactory(ProvinceFactory)
    rule = GroupRule.LISTED


class GroupMemberFactory(factory.django.DjangoModelFactory[GroupMember]):
    class Meta:
        model = GroupMember

    group = factory.SubFactory(GroupFactory)
    unit = factory.SubFactory(UnitFactory)


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """A person; ``password`` is the one they log in with."""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Thị Mẫu {n}")
    password = factory.django.Password("mat-khau-thu-nghiem")


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Role.SPECIALIST
    valid_from = STARTED


class StandInFactory(factory.django.DjangoModelFactory[StandIn]):
    class Meta:
        model = StandIn

    membership = factory.SubFactory(MembershipFactory)
    person = factory.SubFactory(PersonFactory)


def person_in(unit: Unit, role: str = Role.SPECIALIST, **facts: object) -> Person:
    """A person who works in a unit since STARTED."""
    person = PersonFactory(**facts)
    MembershipFactory(person=person, unit=unit, role=role)
    return person
