"""What this app puts on every page: the calendar in the person's menu."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from dondoc.common import deeds, slots


def _menu(request: HttpRequest, _subject: object) -> str:
    return render_to_string("desk/_menu.html", request=request)


slots.fill("top.menu", _menu)
deeds.name({"desk.new_address": "Lấy địa chỉ lịch mới", "desk.give_up_address": "Thôi dùng địa chỉ lịch"})
