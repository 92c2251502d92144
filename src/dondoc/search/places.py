"""The way to the search from every page: the field in the top bar, a place in the tab bar of a telephone."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from dondoc.common import navigation, slots


def _top(request: HttpRequest, _subject: object) -> str:
    return render_to_string("search/_top.html", request=request)


navigation.add(navigation.Place("search", "Tìm", "/tim/", "search", "t", only_tabs=True))
slots.fill("top.search", _top)
