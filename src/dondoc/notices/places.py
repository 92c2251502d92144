"""The bell in the top bar."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from dondoc.common import slots


def _bell(request: HttpRequest, _subject: object) -> str:
    return render_to_string("notices/_place.html", request=request)


slots.fill("top.notices", _bell)
