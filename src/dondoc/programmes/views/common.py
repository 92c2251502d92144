from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from dondoc.programmes.enums import DocumentRole
from dondoc.programmes.models import Programme, ProgrammeDocument
from dondoc.programmes.queries.head import Head, head_of
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.rules.rights import may_steer
from dondoc.units import access


def programme_or_404(request: HttpRequest, pk: int) -> Programme:
    """The programme, for one who may see it."""
    return get_object_or_404(visible_programmes(access.actor(request)).select_related("lead_unit"), pk=pk)


def head_context(request: HttpRequest, programme: Programme, tab: str) -> dict[str, Any]:
    """What the head of each of a programme's pages prints."""
    head: Head = head_of(programme)
    return {
        "programme": programme,
        "head": head,
        "tab": tab,
        "may_steer": may_steer(access.actor(request), programme),
    }


def plan_of(programme: Programme) -> ProgrammeDocument:
    return programme.papers.select_related("document").get(role=DocumentRole.PLAN)
