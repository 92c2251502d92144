"""Threads of comments, how many there are, and who may be mentioned in one."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from dondoc.comments.models import Comment
from dondoc.comments.subjects import Subject, kind_of
from dondoc.common.folding import searchable
from dondoc.units.enums import Role
from dondoc.units.models import Membership, Person, StandIn
from dondoc.units.queries import memberships_on, valid_on
from dondoc.units.rules import Actor

SHOWN = 50
SUGGESTED = 8
LISTED = 300
_LEADING = (Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR)


def of_subject(subject: Subject) -> QuerySet[Comment]:
    """All that was said of it, and of its parts where its page shows those too; in order."""
    kind = kind_of(subject.kind)
    here = Q(within=subject.within) if kind and kind.whole else Q(kind=subject.kind, key=subject.key)
    return Comment.objects.filter(here).select_related("author", "unit").prefetch_related("people")


def newest_of(subject: Subject) -> tuple[list[Comment], bool]:
    """The last of them in order, and whether older ones were left out."""
    held = list(of_subject(subject).order_by("-made_at", "-pk")[: SHOWN + 1])
    return held[:SHOWN][::-1], len(held) > SHOWN


def counts_within(within: str) -> dict[tuple[str, int], int]:
    """How many comments stand at each part of a whole, by kind and key; removed ones are not counted."""
    held = Comment.objects.filter(within=within, removed_at__isnull=True).order_by()
    return {(kind, key): count for kind, key, count in held.values_list("kind", "key").annotate(Count("pk"))}


def people_who_see(subject: Subject, on: date) -> QuerySet[Person]:
    """Those who may see it on that day by a seat of their own or of somebody they stand in for."""
    here = Q(unit__province=subject.province_id) | Q(unit=subject.province_id)
    scope = Q(unit__in=subject.units) | (here if subject.open else here & Q(role__in=_LEADING))
    seats = Membership.objects.filter(scope, valid_on(on))
    lent = StandIn.objects.filter(membership__in=seats, valid_from__lte=on, valid_to__gte=on, person=OuterRef("pk"))
    return Person.objects.filter(Exists(seats.filter(person=OuterRef("pk"))) | Exists(lent), is_active=True)


def suggestions(subject: Subject, actor: Actor, typed: str) -> list[Person]:
    """The first few whose name has words that begin as was typed, with or without diacritics; each with ``seats_now``."""
    words = searchable(typed).split()
    people = people_who_see(subject, actor.on).exclude(pk=actor.person.pk)
    for word in words:
        people = people.filter(Q(search_text__startswith=word) | Q(search_text__contains=f" {word}"))
    held = people.prefetch_related(memberships_on(actor))[:LISTED]
    return [person for person in held if _begins(searchable(person.full_name).split(), words)][:SUGGESTED]


def _begins(name: Iterable[str], typed: Iterable[str]) -> bool:
    """Whether each word that was typed begins one of the name; the text that is searched holds more than the name."""
    return all(any(word.startswith(part) for word in name) for part in typed)


def choices(subject: Subject, actor: Actor) -> list[Person]:
    """For the plain list: those of the actor's own units and the leading units first; each with ``seats_now``."""
    near = Membership.objects.filter(valid_on(actor.on), person=OuterRef("pk"), unit__in=subject.units | actor.unit_ids)
    people = people_who_see(subject, actor.on).exclude(pk=actor.person.pk).annotate(near=Exists(near))
    return list(people.order_by("-near", "search_text", "pk").prefetch_related(memberships_on(actor))[:LISTED])


def named(subject: Subject, on: date, names: Collection[str]) -> dict[str, list[Person]]:
    """Who may be meant by each name."""
    held: dict[str, list[Person]] = {}
    if names:
        for person in people_who_see(subject, on).filter(full_name__in=names):
            held.setdefault(person.full_name, []).append(person)
    return held
