"""A thread on its page, or as a piece of the page of what it is about."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reswap, retarget

from dondoc.comments import queries, services
from dondoc.comments.forms import CommentForm, described
from dondoc.comments.models import Comment
from dondoc.comments.rules import as_typed
from dondoc.comments.shown import thread_facts
from dondoc.comments.subjects import Subject, kind_of, seen
from dondoc.common import clock
from dondoc.common.errors import NotAllowed, Refused
from dondoc.units import access
from dondoc.units.rules import Actor


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """What was said, with the form to say more; POST says it. With errors the form comes again with all that was typed."""
    actor = access.actor(request)
    subject = _subject(actor, kind, key)
    if request.method == "POST":
        return _said(request, actor, subject)
    passage = _passage(request)
    return _page(request, actor, subject, _form(request, actor, subject, initial=passage), quote=_quote(subject, passage))


@require_safe
def people(request: HttpRequest, kind: str, key: int) -> JsonResponse:
    """Whom what is being typed may mean, as ``{"people": [{"id": 7, "name": "…", "units": "…"}]}``."""
    actor = access.actor(request)
    subject = _subject(actor, kind, key)
    found = queries.suggestions(subject, actor, request.GET.get("q", ""))
    rows = [{"id": person.pk, "name": person.full_name, "words": described(person)} for person in found]
    return JsonResponse({"people": rows})


@require_safe
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """To the place that a comment is about."""
    comment, subject = _comment(access.actor(request), pk)
    address = subject.address
    if comment.start is not None:
        address = f"{address}?cho={comment.start}"
    return redirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor = access.actor(request)
    comment, subject = _comment(actor, pk)
    if comment.author_id != actor.person.pk:
        raise NotAllowed(services.NOT_YOURS)
    if request.method == "POST":
        form = _form(request, actor, subject, request.POST, name=f"sua-{pk}")
        if form.is_valid() and _edited(actor, subject, comment, form):
            answer = _back(request, actor, subject, comment.pk, "Đã sửa ý kiến")
            return retarget(reswap(answer, "outerHTML"), "closest [data-thread]")
        return _edit_page(request, subject, comment, form, 422)
    named = {person.pk: person.full_name for person in comment.people.all()}
    beside = [pk for pk in named if f"@{{{pk}}}" not in comment.text]
    initial = {"text": as_typed(comment.text, named), "people": beside, "meant": list(named)}
    return _edit_page(request, subject, comment, _form(request, actor, subject, initial=initial, name=f"sua-{pk}"), 200)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    actor = access.actor(request)
    comment, subject = _comment(actor, pk)
    services.remove(actor=actor, comment=comment, at=clock.now())
    return _back(request, actor, subject, comment.pk, "Đã xóa ý kiến")


def _subject(actor: Actor, kind: str, key: int) -> Subject:
    subject = seen(actor, kind, key)
    if subject is None:
        raise Http404
    return subject


def _comment(actor: Actor, pk: int) -> tuple[Comment, Subject]:
    comment = get_object_or_404(Comment.objects.select_related("unit").prefetch_related("people"), pk=pk)
    return comment, _subject(actor, comment.kind, comment.key)


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _form(request: HttpRequest, actor: Actor, subject: Subject, data: Any = None, **facts: Any) -> CommentForm:
    """With the plain list of people on the thread's own page, without it where the thread is a piece of another."""
    listed = None if _is_htmx(request) else queries.choices(subject, actor)
    return CommentForm(data, choices=listed, **({"name": subject.name} | facts))


def _passage(request: HttpRequest) -> dict[str, int]:
    """The stretch of the text that was selected, ``?tu=120&den=180``."""
    return {
        name: int(given) for name, key in (("start", "tu"), ("end", "den")) if (given := request.GET.get(key, "")).isdecimal()
    }


def _said(request: HttpRequest, actor: Actor, subject: Subject) -> HttpResponse:
    form = _form(request, actor, subject, request.POST)
    if form.is_valid():
        try:
            comment = services.add(
                actor=actor,
                kind=subject.kind,
                key=subject.key,
                text=form.cleaned_data["text"],
                people=form.cleaned_data["people"],
                meant=form.cleaned_data["meant"],
                passage=form.passage,
                at=clock.now(),
            )
        except Refused as refusal:
            _refused(actor, subject, form, refusal)
        else:
            return _back(request, actor, subject, comment.pk, "Đã gửi ý kiến")
    return _page(request, actor, subject, form, status=422, quote=_quote(subject, form.cleaned_data))


def _edited(actor: Actor, subject: Subject, comment: Comment, form: CommentForm) -> bool:
    facts = {name: form.cleaned_data[name] for name in ("text", "people", "meant")}
    try:
        services.edit(actor=actor, comment=comment, at=clock.now(), **facts)
    except Refused as refusal:
        _refused(actor, subject, form, refusal)
        return False
    return True


def _refused(actor: Actor, subject: Subject, form: CommentForm, refusal: Refused) -> None:
    """A sentence at its field; the plain list comes with one about people."""
    if isinstance(refusal, NotAllowed):
        raise refusal
    if refusal.field == "people":
        form.list_people(queries.choices(subject, actor))
    form.add_error(refusal.field or "text", refusal.message)


def _quote(subject: Subject, passage: Mapping[str, Any]) -> str:
    kind = kind_of(subject.kind)
    start, end = passage.get("start"), passage.get("end")
    return kind.quote(subject.key, start, end) if kind and kind.quote and start is not None and end is not None else ""


def _page(
    request: HttpRequest,
    actor: Actor,
    subject: Subject,
    form: CommentForm,
    *,
    status: int = 200,
    said: str = "",
    quote: str = "",
) -> HttpResponse:
    everything = "tat-ca" in request.GET
    facts = thread_facts(subject, actor, clock.now(), form, said=said, everything=everything) | {"quote": quote}
    template = "comments/_thread.html" if _is_htmx(request) else "comments/page.html"
    return render(request, template, facts, status=status)


def _edit_page(request: HttpRequest, subject: Subject, comment: Comment, form: CommentForm, status: int) -> HttpResponse:
    facts = {"subject": subject, "comment": comment, "form": form}
    template = "comments/_edit.html" if _is_htmx(request) else "comments/edit.html"
    return render(request, template, facts, status=status)


def _back(request: HttpRequest, actor: Actor, subject: Subject, pk: int, said: str) -> HttpResponse:
    """The thread anew; without htmx to where people read it."""
    if _is_htmx(request):
        return _page(request, actor, subject, CommentForm(name=subject.name), said=said)
    messages.success(request, said)
    return redirect(f"{subject.talk}#y-kien-{pk}")
