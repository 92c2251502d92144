"""Reads of units, groups and people, each limited by who asks and by the day."""

from dondoc.units.queries.groups import group_of, members, members_of_groups, visible_groups
from dondoc.units.queries.matching import Match, match_many, match_unit
from dondoc.units.queries.people import (
    leaders_of_province,
    manageable_people,
    memberships_on,
    people_of,
    seated,
    visible_people,
)
from dondoc.units.queries.rosters import Roster, roster
from dondoc.units.queries.units import communes, listed_units, manageable_units, province_of, valid_on, visible_units

__all__ = [
    "Match",
    "Roster",
    "communes",
    "group_of",
    "leaders_of_province",
    "listed_units",
    "manageable_people",
    "manageable_units",
    "match_many",
    "match_unit",
    "members",
    "members_of_groups",
    "memberships_on",
    "people_of",
    "province_of",
    "roster",
    "seated",
    "valid_on",
    "visible_groups",
    "visible_people",
    "visible_units",
]
