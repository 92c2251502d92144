"""Turns a refusal that a service raised into a page (or, for htmx, a sentence) with the right status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from dondoc.common.errors import NotAllowed, Refused

Handler = Callable[[HttpRequest], HttpResponse]


NOT_A_PAGE = "Việc này làm bằng nút trên trang, không mở bằng địa chỉ được. Mở lại trang có nút đó rồi bấm."


class RefusalMiddleware:
    """403 with its sentence for what a person may not do, 409 for what is not possible now.

    405 with one for the address of a button that is opened like a page, as a browser does after a log-in that came between.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method == "GET":
            page = _page(request, NOT_A_PAGE, response.status_code)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 409
        if getattr(request, "htmx", False):
            return HttpResponse(exception.message, status=status, content_type="text/plain; charset=utf-8")
        return _page(request, exception.message, status)


def _page(request: HttpRequest, message: str, status: int) -> HttpResponse:
    """With the way back to where the person came from, where that is one of our own pages."""
    came_from = request.headers.get("Referer", "")
    here = request.build_absolute_uri()
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    context = {"message": message, "status": status, "back": came_from if ours and came_from != here else ""}
    return render(request, "common/refused.html", context, status=status)
