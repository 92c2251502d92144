from typing import Any

from django.http import Http404, HttpRequest

from dondoc.programmes.models import Programme
from dondoc.programmes.queries.head import Head, head_of
from dondoc.programmes.queries.programmes import visible_programme
from dondoc.programmes.rules.rights import may_steer
from dondoc.units import access


def programme_or_404(request: HttpRequest, pk: int) -> Programme:
    """The programme, for one who may see it."""
    programme = visible_programme(access.actor(request), pk)
    if programme is None:
        raise Http404
    return programme


def head_context(request: HttpRequest, programme: Programme, tab: str) -> dict[str, Any]:
    """What the head of each of a programme's pages prints."""
    head: Head = head_of(programme)
    return {
        "programme": programme,
        "head": head,
        "tab": tab,
        "may_steer": may_steer(access.actor(request), programme),
    }
