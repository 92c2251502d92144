"""Finding: only what the actor may see, best first.

Every term must stand in an entry without regard to diacritics; entries where it stands with the diacritics that were typed come
before the others, and before all of them those whose number and symbol is what was typed.
"""

from dataclasses import dataclass

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from dondoc.search.engines import engine
from dondoc.search.models import Entry
from dondoc.search.rules import Term, bare_words, terms_of
from dondoc.units.enums import Role
from dondoc.units.rules import Actor


@dataclass(frozen=True, slots=True)
class Search:
    """``entries``: what was found, best first, of the kind that was asked for; ``counts``: how many of each kind."""

    terms: tuple[Term, ...]
    entries: QuerySet[Entry]
    counts: dict[str, int]


def visible_entries(actor: Actor) -> QuerySet[Entry]:
    """Open ones of the actor's provinces, those of the actor's units; for the provincial office all of its province."""
    led = {seat.province_id for seat in actor.seats if seat.role in {Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR}}
    named = Entry.units.through.objects.filter(entry_id=OuterRef("pk"), unit_id__in=actor.unit_ids)
    return Entry.objects.filter(Q(province_id__in=led) | Q(province_id__in=actor.province_ids, open=True) | Exists(named))


def find(actor: Actor, query: str, kind: str = "") -> Search:
    """What the actor may see of what ``query`` says; of one ``kind`` where it is given."""
    terms = terms_of(query)
    if not terms:
        return Search((), Entry.objects.none(), {})
    matching = _matching(visible_entries(actor), terms)
    counts = dict(matching.order_by().values_list("kind").annotate(number=Count("pk")))
    if kind:
        matching = matching.filter(kind=kind)
    return Search(terms, _ranked(matching, query, terms), counts)


def _matching(entries: QuerySet[Entry], terms: tuple[Term, ...]) -> QuerySet[Entry]:
    held = engine()
    return entries.extra(tables=list(held.tables), where=list(held.matches), params=[held.asked(terms)])  # noqa: S610 - fixed text


def _ranked(matching: QuerySet[Entry], query: str, terms: tuple[Term, ...]) -> QuerySet[Entry]:
    held = engine()
    parameters = [held.asked(terms)] if "%s" in held.rank else None
    typed = bare_words(query)
    by_mark = Case(
        When(bare_mark=typed, then=Value(0)),
        When(bare_mark__startswith=typed, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ranked = matching.annotate(by_mark=by_mark)
    ranked = ranked.extra(select={"rank": held.rank}, select_params=parameters)  # noqa: S610 - fixed text
    return ranked.order_by("by_mark", "rank", "-on", "-pk")
