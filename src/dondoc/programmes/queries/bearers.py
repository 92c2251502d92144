"""Who can be given something: units and groups of the programme's province."""

from collections.abc import Sequence
from datetime import date

from dondoc.programmes.models import Assignment, Programme
from dondoc.units.enums import GroupRule
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import valid_on

Options = list[tuple[str, list[tuple[str, str]]]]


def bearer_options(programme: Programme, on: date) -> Options:
    """Units and groups of the province, for a select: "u7", "g3"."""
    units = Unit.objects.filter(valid_on(on), province=programme.province_id).order_by("kind", "search_text")
    groups = UnitGroup.objects.filter(province=programme.province_id)
    return [
        ("Nhóm", [(f"g{pk}", name) for pk, name in groups.values_list("pk", "name")]),
        ("Đơn vị", [(f"u{pk}", name) for pk, name in units.values_list("pk", "name")]),
    ]


def bearer_of(value: str, programme: Programme, on: date) -> Unit | UnitGroup | None:
    """What a value of :func:`bearer_options` stands for; None where it stands for nothing of the province."""
    kind, number = value[:1], value[1:]
    if not number.isdecimal():
        return None
    if kind == "g":
        return UnitGroup.objects.filter(province=programme.province_id, pk=number).first()
    units = Unit.objects.filter(valid_on(on), province=programme.province_id)
    return units.filter(pk=number).first() if kind == "u" else None


def open_units(programme: Programme, on: date, assignments: Sequence[Assignment]) -> list[Unit]:
    """The units that a person chooses from, where there is an open group."""
    if not any(one.group and one.group.rule == GroupRule.OPEN for one in assignments):
        return []
    return list(Unit.objects.filter(valid_on(on), province=programme.province_id).order_by("kind", "search_text"))
