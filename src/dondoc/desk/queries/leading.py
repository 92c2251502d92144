"""What those who lead the province see: programmes with their lights, who is late, what comes due. Counted by the database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet, Window

from dondoc.desk.queries.debts import AHEAD, leads, long_overdue, overdue, parts
from dondoc.desk.queries.waiting import Some
from dondoc.programmes.enums import ProgrammeState
from dondoc.programmes.models import Programme, Task
from dondoc.programmes.queries.listing import Entry, entries_of, with_terms
from dondoc.programmes.queries.programmes import visible_programmes
from dondoc.programmes.queries.statistics import Counters
from dondoc.programmes.queries.tasks import in_force
from dondoc.programmes.rules.rights import provinces_led
from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit
from dondoc.units.queries import valid_on
from dondoc.units.rules import Actor

COMMUNES = "xa-phuong"
LIGHTS = {"direct": 0, "slow": 1, "good": 2}
AGENCIES_SHOWN = 8
DUE_SHOWN = 6
_KEEP_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Late:
    """An agency that still owes what is overdue; the communes of the province stand in one row. ``key`` goes into an address."""

    key: str
    name: str
    overdue: int
    long: int
    unit_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Province:
    """Sums over the programmes: a group's task is one in these."""

    programmes: int
    total: int
    overdue: int
    long: int


def programmes_of(actor: Actor) -> list[Entry]:
    """The programmes that go on and that the actor looks after, those in need first: all of the province for its leaders."""
    leads = provinces_led(actor)
    programmes = visible_programmes(actor) if leads else Programme.objects.filter(lead_unit__in=actor.unit_ids)
    programmes = programmes.filter(state=ProgrammeState.ACTIVE)
    entries = entries_of(list(with_terms(programmes, actor.on).select_related("lead_unit")), actor.on)
    return sorted(entries, key=lambda entry: (LIGHTS[entry.light], -entry.figures.overdue, entry.programme.pk))


def sums_of(entries: Iterable[Entry]) -> Province:
    figures: list[Counters] = [entry.figures for entry in entries]
    return Province(
        len(figures),
        sum(one.total for one in figures),
        sum(one.overdue for one in figures),
        sum(one.long_overdue for one in figures),
    )


def late_agencies(actor: Actor, programmes: Collection[int]) -> list[Late]:
    """Who still owes what is overdue, the most first: in the units' own figures, a part of a group's task is one."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in [*_late(leads(actor, programmes), actor, "task__"), *_late(parts(actor, programmes), actor, "")]:
        is_commune = row["unit__kind"] == UnitKind.COMMUNE
        found.setdefault((COMMUNES, "") if is_commune else (str(row["unit"]), row["unit__name"]), []).append(row)
    late = [_agency(actor, key, name, rows) for (key, name), rows in found.items()]
    return sorted(late, key=lambda one: (-one.long, -one.overdue, one.name))


def _agency(actor: Actor, key: str, name: str, rows: list[dict[str, Any]]) -> Late:
    units = frozenset(row["unit"] for row in rows)
    many, long = (sum(row[figure] for row in rows) for figure in ("many", "long"))
    return Late(key, name or _communes(actor, len(units)), many, long, units)


def _late(rows: QuerySet[Any], actor: Actor, own: str) -> Iterable[dict[str, Any]]:
    counts = {"many": Count("pk"), "long": Count("pk", filter=long_overdue(actor.on, own))}
    held = rows.filter(overdue(actor.on, own), unit__in=_units(actor).values("pk"))
    counted: Iterable[dict[str, Any]] = held.values("unit", "unit__name", "unit__kind").annotate(**counts)
    return counted


def _units(actor: Actor) -> QuerySet[Unit]:
    """By the units, what is overdue is found in the index of what each of them owes."""
    return Unit.objects.filter(province__in=actor.province_ids)


def _communes(actor: Actor, late: int) -> str:
    """``Xã, phường (7/45)``; how many there are is kept for ten minutes."""
    key = f"desk:communes:{'-'.join(map(str, sorted(actor.province_ids)))}:{actor.on}"
    total: int | None = cache.get(key)
    if total is None:
        communes = _units(actor).filter(valid_on(actor.on), kind=UnitKind.COMMUNE)
        total = communes.count()
        cache.set(key, total, _KEEP_SECONDS)
    return f"Xã, phường ({late}/{total})"


def tasks_of(actor: Actor, programmes: Collection[int]) -> QuerySet[Task]:
    """The tasks in force of these programmes, as programmes count them: a group's is one."""
    return Task.objects.filter(in_force(actor.on), programme__in=programmes)


def due_soon(actor: Actor, programmes: Collection[int]) -> Some:
    """What comes due in the next fourteen days, the first of it."""
    ahead = Q(done_on__isnull=True, paused="", last_ok_on__range=(actor.on, actor.on + AHEAD))
    tasks = tasks_of(actor, programmes).filter(ahead).annotate(total=Window(Count("pk"))).only("text", "programme", "last_ok_on")
    rows = list(tasks.order_by(F("last_ok_on").asc(), "pk")[:DUE_SHOWN])
    return Some(rows, rows[0].total if rows else 0)
