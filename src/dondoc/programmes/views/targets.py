from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.common import clock
from dondoc.documents.places import name_of, url_of
from dondoc.programmes.queries.targets import targets_of
from dondoc.programmes.views.common import head_context, programme_or_404


@require_safe
def targets(request: HttpRequest, pk: int) -> HttpResponse:
    """What the programme measures: the value that holds today, and those before it."""
    programme = programme_or_404(request, pk)
    rows = [(one, name_of(one.target.item), url_of(one.target.item)) for one in targets_of(programme, clock.today())]
    return render(request, "programmes/targets.html", {**head_context(request, programme, "targets"), "rows": rows})
