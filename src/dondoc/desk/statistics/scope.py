"""Which programmes, and whose figures: what the actor may see of what the address bar asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from dondoc.desk.statistics.asked import ALL, NO_FIELD, UNCLEAR, Asked
from dondoc.programmes.models import Spell
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.queries.spells import FILTERS, held_on, owned
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

NO_FIELD_WORDS = "Chưa xếp lĩnh vực"


class Known(NamedTuple):
    """A programme that the actor may see."""

    pk: int
    title: str
    field: str
    province_id: int

    @property
    def field_key(self) -> str:
        return self.field or NO_FIELD

    @property
    def field_words(self) -> str:
        return self.field or NO_FIELD_WORDS


@dataclass(frozen=True, slots=True)
class Scope:
    """``known``: all that the actor may see; ``programmes``: those that are asked for. ``unit``: whose own figures."""

    known: list[Known]
    programmes: dict[int, Known]
    unit: Unit | None

    @property
    def fields(self) -> list[tuple[str, str]]:
        return sorted({(one.field_key, one.field_words) for one in self.known}, key=lambda pair: (pair[0] == NO_FIELD, pair[1]))


def scope_of(actor: Actor, asked: Asked) -> Scope:
    """In two queries at most. A unit that is not of the actor's provinces owns nothing."""
    rows = visible_programmes(actor).order_by("-opened_at", "-pk").values_list("pk", "title", "field", "province_id")
    known = [Known(*row) for row in rows]
    unit = None
    if asked.unit is not None:
        unit = Unit.objects.filter(Q(province__in=actor.province_ids) | Q(pk__in=actor.province_ids), pk=asked.unit).first()
    programmes = {one.pk: one for one in known if _fits(one, asked) and (unit or asked.unit is None)}
    return Scope(known, programmes, unit)


def _fits(one: Known, asked: Asked) -> bool:
    return (
        (asked.province is None or one.province_id == asked.province)
        and (not asked.field or one.field_key == asked.field)
        and (asked.programme is None or one.pk == asked.programme)
    )


def rows_of(scope: Scope, asked: Asked) -> QuerySet[Spell]:
    """The rows behind a figure, the earliest term first."""
    spells = owned(held_on(asked.day, scope.programmes), scope.unit.pk if scope.unit else None)
    if asked.state == UNCLEAR:
        spells = without_bearer(spells)
    elif asked.state != ALL:
        spells = spells.filter(FILTERS[asked.state](asked.day))
    if asked.given:
        spells = spells.filter(given_on__range=asked.given)
    if asked.done:
        spells = spells.filter(done_on__range=asked.done)
    first, last = asked.due
    if first:
        spells = spells.filter(last_ok_on__gte=first)
    if last:
        spells = spells.filter(last_ok_on__lte=last)
    return spells


def without_bearer(spells: QuerySet[Spell]) -> QuerySet[Spell]:
    """Tasks that no known unit leads: they are in no unit's own figures."""
    borne = Spell.objects.filter(task=OuterRef("task"), unit__isnull=False)
    return spells.filter(~Exists(borne))


def names_of(units: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Name and province of units."""
    rows = Unit.objects.filter(pk__in=list(units)).values_list("pk", "name", "province__name")
    return {pk: (name, province or "") for pk, name, province in rows}
