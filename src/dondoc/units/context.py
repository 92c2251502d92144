"""What the bar at the top says of the person."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from dondoc.units.access import actor
from dondoc.units.enums import Role


def _seat_name(request: HttpRequest) -> str:
    names = dict.fromkeys(seat.unit_name for seat in actor(request).seats)
    return " · ".join(names)


def seat(request: HttpRequest) -> dict[str, object]:
    """Where the person works today, and whether they administer a province; asked for only by a page that shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "seat_name": SimpleLazyObject(lambda: _seat_name(request)),
        "is_administrator": SimpleLazyObject(lambda: actor(request).has_role(Role.ADMINISTRATOR)),
    }
