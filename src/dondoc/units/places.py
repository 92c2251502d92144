"""What this app puts on every page: its place in the top bar, its lines in the person's menu."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from dondoc.common import navigation, slots
from dondoc.units.access import actor
from dondoc.units.enums import Role


def _menu(request: HttpRequest, _subject: object) -> str:
    return render_to_string("units/_menu.html", request=request)


def _administers(request: HttpRequest) -> bool:
    return actor(request).has_role(Role.ADMINISTRATOR)


navigation.add(navigation.Place("units", "Quản trị", "/don-vi/", "building", "q", may_enter=_administers))
slots.fill("top.menu", _menu)
