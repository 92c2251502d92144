"""Which value of a parameter holds in a province on a day, and since when by what basis.

What provinces set is a handful of rows that change once in years: all are kept for a minute in each process, and dropped at once in
the one that changes them.
"""

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from dondoc.units.enums import ParameterKey
from dondoc.units.models import Parameter
from dondoc.units.parameters import UNVERIFIED, Shipped, Values, shipped, values_in, words

_CACHE = "units:parameters"
_KEEP_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Held:
    """A value with what it rests on. ``since`` none: as shipped. ``verified_on`` none: nobody has checked it."""

    key: ParameterKey
    values: Values
    since: date | None
    legal_basis: str
    verified_on: date | None

    @property
    def words(self) -> str:
        return words(self.key, self.values)

    @property
    def basis(self) -> str:
        """``Quyết định 12/2026/QĐ-UBND``, with a warning where nobody has checked it."""
        return self.legal_basis if self.verified_on else f"{self.legal_basis}; {UNVERIFIED}"


def held(key: ParameterKey, province_id: int, on: date) -> Held:
    """The last row of the province that is in force on the day, else what is shipped."""
    rows = [row for row in _set_by_provinces().get((province_id, key), ()) if row.since and row.since <= on]
    return rows[-1] if rows else _of(shipped()[key])


def value_of(key: ParameterKey, province_id: int, on: date) -> int:
    return held(key, province_id, on).values[0]


def values_of(key: ParameterKey, province_id: int, on: date) -> Values:
    return held(key, province_id, on).values


def course_of(key: ParameterKey, province_id: int) -> list[Held]:
    """All that ever held or will, as shipped first."""
    return [_of(shipped()[key]), *_set_by_provinces().get((province_id, key), ())]


def provinces_with_their_own(*keys: ParameterKey) -> set[int]:
    """The provinces (by id) that ever set one of these."""
    return {province_id for province_id, key in _set_by_provinces() if key in keys}


def forget() -> None:
    """Read the rows again with the next question."""
    cache.delete(_CACHE)


def _of(one: Shipped) -> Held:
    return Held(one.key, one.values, None, one.legal_basis, one.verified_on)


def _set_by_provinces() -> dict[tuple[int, str], list[Held]]:
    known: dict[tuple[int, str], list[Held]] | None = cache.get(_CACHE)
    if known is None:
        known = {}
        for row in Parameter.objects.order_by("effective_from", "pk"):
            one = Held(ParameterKey(row.key), values_in(row.value), row.effective_from, row.legal_basis, row.verified_on)
            known.setdefault((row.province_id, row.key), []).append(one)
        cache.set(_CACHE, known, _KEEP_SECONDS)
    return known
