from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, SmallIntegerField, When

from dondoc.common.folding import searchable
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Unit, UnitAlias
from dondoc.units.rules import Actor


def valid_on(on: date, prefix: str = "") -> Q:
    """Rows with ``valid_from``/``valid_to`` that hold on the day; ``prefix`` reaches them over a relation ("unit__")."""
    starts, ends = f"{prefix}valid_from", f"{prefix}valid_to"
    started = Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": on})
    return started & (Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": on}))


def in_provinces(province_ids: frozenset[int]) -> Q:
    """The provinces themselves and all below them."""
    return Q(province__in=province_ids) | Q(pk__in=province_ids)


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """All units of the actor's provinces, those that have ceased too."""
    return Unit.objects.filter(in_provinces(actor.province_ids))


def manageable_units(actor: Actor) -> QuerySet[Unit]:
    """The units of the provinces that the actor administers."""
    provinces = frozenset(seat.province_id for seat in actor.seats if seat.role == Role.ADMINISTRATOR)
    return Unit.objects.filter(in_provinces(provinces))


def listed_units(actor: Actor, *, text: str = "") -> QuerySet[Unit]:
    """Visible units whose name, short name or other name holds ``text``, marks and capitals aside; the province's own first."""
    rank = Case(*(When(kind=kind, then=at) for at, kind in enumerate(UnitKind.values)), output_field=SmallIntegerField())
    units = visible_units(actor).select_related("province").order_by(rank, "search_text", "pk")
    folded = searchable(text)
    if not folded:
        return units
    named = UnitAlias.objects.filter(unit=OuterRef("pk"), name__icontains=text.strip())
    return units.filter(Q(search_text__contains=folded) | Q(code=text.strip()) | Exists(named))


def communes(province: Unit, on: date) -> QuerySet[Unit]:
    """The xã, phường and đặc khu of a province on a day."""
    return Unit.objects.filter(valid_on(on), province=province, kind=UnitKind.COMMUNE)


def province_of(unit: Unit) -> Unit:
    """The province that the unit belongs to, itself where it is one."""
    return unit.province or unit
