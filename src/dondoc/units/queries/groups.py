from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from dondoc.units.enums import GroupRule, UnitKind
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries.units import valid_on
from dondoc.units.rules import Actor

DEPARTMENT_KINDS = (UnitKind.DEPARTMENT, UnitKind.OFFICE)


def visible_groups(actor: Actor) -> QuerySet[UnitGroup]:
    return UnitGroup.objects.filter(province__in=actor.province_ids).select_related("province")


def group_of(province: Unit, code: str) -> UnitGroup | None:
    return UnitGroup.objects.filter(province=province, code=code).first()


def _criterion(group: UnitGroup, on: date) -> Q:
    if group.rule == GroupRule.ALL_COMMUNES:
        return Q(kind=UnitKind.COMMUNE)
    if group.rule == GroupRule.ALL_DEPARTMENTS:
        return Q(kind__in=DEPARTMENT_KINDS)
    if group.rule == GroupRule.KINDS:
        return Q(kind__in=group.kinds)
    if group.rule == GroupRule.LISTED:
        listed = group.listed.filter(valid_on(on)).values("unit")
        return Q(pk__in=listed)
    return Q(pk__in=())


def members(group: UnitGroup, on: date) -> QuerySet[Unit]:
    """The units that the group stands for on that day. An open group ("… liên quan") has none: a person chooses."""
    return Unit.objects.filter(_criterion(group, on), valid_on(on), province=group.province_id).order_by(
        "kind", "search_text", "pk"
    )


def members_of_groups(groups: Iterable[UnitGroup], on: date) -> dict[int, list[Unit]]:
    """:func:`members` of several groups of one province, by the group's id, in two queries."""
    wanted = list(groups)
    units = list(Unit.objects.filter(valid_on(on), province__in={group.province_id for group in wanted}))
    listed = _listed(wanted, on)
    return {group.pk: [unit for unit in units if belongs(unit, group, listed)] for group in wanted}


def _listed(groups: list[UnitGroup], on: date) -> set[tuple[int, int]]:
    rows = UnitGroup.objects.filter(valid_on(on, "listed__"), pk__in=[g.pk for g in groups if g.rule == GroupRule.LISTED])
    return set(rows.values_list("pk", "listed__unit"))


def belongs(unit: Unit, group: UnitGroup, listed: set[tuple[int, int]]) -> bool:
    if unit.province_id != group.province_id:
        return False
    kinds = {
        GroupRule.ALL_COMMUNES: (UnitKind.COMMUNE,),
        GroupRule.ALL_DEPARTMENTS: DEPARTMENT_KINDS,
        GroupRule.KINDS: tuple(group.kinds),
    }.get(GroupRule(group.rule), ())
    return unit.kind in kinds or (group.rule == GroupRule.LISTED and (group.pk, unit.pk) in listed)
