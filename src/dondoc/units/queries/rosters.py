from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from dondoc.units.enums import GroupRule
from dondoc.units.models import GroupMember, Unit, UnitGroup
from dondoc.units.queries.groups import belongs


@dataclass(frozen=True, slots=True)
class Roster:
    """Who belonged to which group on any day, read once: for pages that ask for many days."""

    units: tuple[Unit, ...]
    listed: tuple[GroupMember, ...]
    known: dict[tuple[int, date], list[Unit]] = field(default_factory=dict, repr=False, compare=False)

    def members(self, group: UnitGroup, on: date) -> list[Unit]:
        """As :func:`~dondoc.units.queries.groups.members`, without a query."""
        if (group.pk, on) not in self.known:
            listed = {(one.group_id, one.unit_id) for one in self.listed if _held(one, on)}
            self.known[group.pk, on] = [unit for unit in self.units if _held(unit, on) and belongs(unit, group, listed)]
        return self.known[group.pk, on]


def _held(row: Unit | GroupMember, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to >= on)


def roster(groups: Iterable[UnitGroup]) -> Roster:
    """The roster of these groups in two queries at most; none for no group."""
    wanted = list(groups)
    if not wanted:
        return Roster((), ())
    units = Unit.objects.filter(province__in={group.province_id for group in wanted}).order_by("kind", "search_text", "pk")
    lists = [group.pk for group in wanted if group.rule == GroupRule.LISTED]
    return Roster(tuple(units), tuple(GroupMember.objects.filter(group__in=lists)) if lists else ())
