"""Who may act where: the rights that follow from memberships on a day.

An :class:`Actor` is a person with what they may do *on a day*; views make one from the request, jobs and commands from
the person that they act for. Services and queries take an actor, never a request.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dondoc.units.enums import Role, UnitKind

if TYPE_CHECKING:
    from dondoc.units.models import Person


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in a unit, and the province that the unit belongs to. ``standing_in``: held for someone else.

    ``unit_kind`` is one of :class:`~dondoc.units.enums.UnitKind`.
    """

    unit_id: int
    province_id: int
    role: str
    standing_in: bool = False
    unit_name: str = field(default="", compare=False)
    unit_kind: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person on a day, with the seats they hold then."""

    person: "Person"
    on: date
    seats: tuple[Seat, ...]

    @property
    def province_ids(self) -> frozenset[int]:
        return frozenset(seat.province_id for seat in self.seats)

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(seat.unit_id for seat in self.seats)

    def has_role(self, *roles: str, province_id: int | None = None, unit_id: int | None = None) -> bool:
        """Whether one of the seats has one of the roles, there where it is asked for."""
        return any(
            seat.role in roles
            and (province_id is None or seat.province_id == province_id)
            and (unit_id is None or seat.unit_id == unit_id)
            for seat in self.seats
        )

    def administers(self, province_id: int) -> bool:
        return self.has_role(Role.ADMINISTRATOR, province_id=province_id)

    def leads_province(self, province_id: int) -> bool:
        """The provincial office (and the administrator) see and steer all of their province."""
        return self.has_role(Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR, province_id=province_id)

    def chairs_province(self, province_id: int) -> bool:
        """The chairman and the vice-chairmen: leaders of the provincial People's Committee itself."""
        return any(
            seat.role == Role.UNIT_LEADER and seat.unit_kind == UnitKind.PEOPLES_COMMITTEE and seat.province_id == province_id
            for seat in self.seats
        )
