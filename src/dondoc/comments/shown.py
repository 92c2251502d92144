"""A thread as templates print it: on its own page and, by ``{% thread %}``, on the page of what it is about."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dondoc.comments import queries
from dondoc.comments.forms import CommentForm
from dondoc.comments.models import Comment
from dondoc.comments.rules import is_own, may_edit, pieces_of
from dondoc.comments.subjects import Subject
from dondoc.units.models import Person
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as one person sees it. ``beside``: who is mentioned without being named in the text."""

    comment: Comment
    html: SafeString
    beside: list[Person]
    own: bool
    editable: bool
    elsewhere: bool


def thread_facts(
    subject: Subject, actor: Actor, at: datetime, form: CommentForm, *, said: str = "", everything: bool = False
) -> dict[str, object]:
    """What the templates of a thread are drawn from."""
    if everything:
        comments, older = list(queries.of_subject(subject)), False
    else:
        comments, older = queries.newest_of(subject)
    return {
        "subject": subject,
        "said": [_said(comment, subject, actor, at) for comment in comments],
        "older": older,
        "form": form,
        "done": said,
        "number": sum(comment.removed_at is None for comment in comments),
    }


def _said(comment: Comment, subject: Subject, actor: Actor, at: datetime) -> Said:
    people = {person.pk: person for person in comment.people.all()}
    names = {pk: person.full_name for pk, person in people.items()}
    pieces = pieces_of(comment.text, names)
    html = format_html_join("", "{}", ((_piece(words, name=name),) for words, name in pieces))
    return Said(
        comment=comment,
        html=html,
        beside=[person for pk, person in people.items() if f"@{{{pk}}}" not in comment.text],
        own=is_own(comment, actor),
        editable=may_edit(comment, actor, at),
        elsewhere=(comment.kind, comment.key) != (subject.kind, subject.key),
    )


def _piece(words: str, *, name: bool) -> SafeString:
    return format_html('<b class="at">{}</b>', words) if name else format_html("{}", words)
