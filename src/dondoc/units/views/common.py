"""What the pages of this app share."""

from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest

from dondoc.common.errors import NotAllowed
from dondoc.units.access import actor
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Unit
from dondoc.units.queries import manageable_units
from dondoc.units.rules import Actor

T = TypeVar("T")


def administrator(request: HttpRequest) -> Actor:
    """The actor, who must administer a province.

    :raises NotAllowed: they do not.
    """
    asking = actor(request)
    if not asking.has_role(Role.ADMINISTRATOR):
        raise NotAllowed("Trang này dành cho người quản trị của tỉnh.")
    return asking


@dataclass(frozen=True, slots=True)
class Provinces:
    """The province to work in, and all between which this administrator may choose."""

    chosen: Unit
    all: list[Unit]


def provinces_for(request: HttpRequest, asking: Actor) -> Provinces:
    """The province that ``?tinh=`` names, else the first that the actor administers."""
    known = list(manageable_units(asking).filter(kind=UnitKind.PROVINCE))
    if not known:
        raise NotAllowed("Tài khoản này không quản trị tỉnh nào.")
    wanted = request.POST.get("tinh") or request.GET.get("tinh")
    return Provinces(next((unit for unit in known if str(unit.pk) == wanted), known[0]), known)
