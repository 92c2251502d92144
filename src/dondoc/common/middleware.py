"""Turns a refusal that a service raised into a page (or, for htmx, a sentence) with the right status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dondoc.common.errors import NotAllowed, Refused

Handler = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """403 with its sentence for what a person may not do, 409 for what is not possible now."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 409
        if getattr(request, "htmx", False):
            return HttpResponse(exception.message, status=status, content_type="text/plain; charset=utf-8")
        return render(request, "common/refused.html", {"message": exception.message, "status": status}, status=status)
