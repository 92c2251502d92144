"""A thread, and the way to one, on the pages of other apps."""

from typing import Any

from django import template
from django.template.context import RequestContext

from dondoc.comments.forms import CommentForm
from dondoc.comments.shown import thread_facts
from dondoc.comments.subjects import Subject
from dondoc.common import clock
from dondoc.units.access import actor

register = template.Library()


@register.inclusion_tag("comments/_section.html", takes_context=True)
def thread(context: RequestContext, subject: Subject) -> dict[str, Any]:
    """What was said of the subject, with the form to say more; the page has checked that the person may see it."""
    request = context["request"]
    facts = thread_facts(subject, actor(request), clock.now(), CommentForm(name=subject.name))
    return {**facts, "request": request, "csrf_token": context.get("csrf_token")}
