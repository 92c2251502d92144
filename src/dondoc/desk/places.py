"""What this app puts on every page: the statistics in the top bar, the calendar in the person's menu."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from dondoc.common import deeds, navigation, slots
from dondoc.units import access


def _menu(request: HttpRequest, _subject: object) -> str:
    return render_to_string("desk/_menu.html", request=request)


def _has_a_seat(request: HttpRequest) -> bool:
    return bool(access.actor(request).seats)


navigation.add(navigation.Place("statistics", "Thống kê", "/thong-ke/", "chart-bar", "k", _has_a_seat, only_top=True))
slots.fill("top.menu", _menu)
deeds.name({"desk.new_address": "Lấy địa chỉ lịch mới", "desk.give_up_address": "Thôi dùng địa chỉ lịch"})
