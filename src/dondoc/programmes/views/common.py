from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse

from dondoc.common import clock
from dondoc.common.errors import NotAllowed
from dondoc.common.forms import settled
from dondoc.files.services import kept
from dondoc.programmes.enums import ProgrammeState
from dondoc.programmes.models import Programme
from dondoc.programmes.queries.head import Head, head_of
from dondoc.programmes.queries.programmes import visible_programme
from dondoc.programmes.rules.rights import may_steer
from dondoc.programmes.services.guards import NOT_THE_GIVER
from dondoc.units import access
from dondoc.units.rules import Actor


def to_top(name: str, *args: object) -> HttpResponseRedirect:
    """To a page whose form was carried out. Told no fragment, a browser keeps that of the form, which would stand open again."""
    return HttpResponseRedirect(f"{reverse(name, args=args)}#")


def programme_or_404(request: HttpRequest, pk: int) -> Programme:
    """The programme, for one who may see it."""
    programme = visible_programme(access.actor(request), pk)
    if programme is None:
        raise Http404
    return programme


def steered(request: HttpRequest, pk: int) -> Programme:
    """The programme, for one who may steer it."""
    programme = programme_or_404(request, pk)
    if not may_steer(access.actor(request), programme):
        raise NotAllowed(NOT_THE_GIVER)
    return programme


def head_context(request: HttpRequest, programme: Programme, tab: str) -> dict[str, Any]:
    """What the head of each of a programme's pages prints."""
    head: Head = head_of(programme)
    return {
        "programme": programme,
        "head": head,
        "tab": tab,
        "may_steer": programme.state == ProgrammeState.ACTIVE and may_steer(access.actor(request), programme),
    }


def carried_out(service: Callable[..., Any], form: forms.Form, actor: Actor, **more: Any) -> bool:
    """Call the service with what a valid form says; a refusal becomes an error of the form.

    A new file (``evidence``) does not outlive a refusal.
    """
    facts = dict(form.cleaned_data)
    upload = facts.pop("evidence", None)

    def act() -> None:
        with kept(upload, actor) as stored:
            service(actor=actor, at=clock.now(), **more, **facts, **({"evidence": stored} if stored else {}))

    return settled(form, act)
