"""The platform's addresses, and a bare page beside them to measure the board against."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as platform
from dondoc.programmes.models import Assignment, Task
from tools.bench.board import BARE, ROWS

TEMPLATE = engines["django"].from_string(BARE)


def bare(request: HttpRequest) -> HttpResponse:
    """Fifty tasks with their first lead, in a table."""
    leads = Prefetch("assignments", Assignment.objects.filter(role="lead"), to_attr="leads")
    tasks = Task.objects.order_by("pk").prefetch_related(leads)[:ROWS]
    return HttpResponse(TEMPLATE.render({"tasks": tasks}, request))


urlpatterns = [*platform, path("bare/", bare)]
