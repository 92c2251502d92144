"""Keeps the entries equal to what the apps say; called by their services, in the same transaction as the change."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from django.db import transaction
from django.db.models import Q

from dondoc.search import sources
from dondoc.search.models import Entry
from dondoc.search.rules import bare_words
from dondoc.search.sources import Found

AT_ONCE = 300

Named = tuple[str, Found]
"""A thing with its kind."""

_FIELDS = ("province", "open", "mark", "bare_mark", "title", "body", "bare", "place", "address", "on")


def refresh(wanted: Mapping[str, Collection[int]]) -> None:
    """Make the entries of these things (kind → keys) anew; those that are not to be found any more go."""
    with transaction.atomic():
        held = [(kind, found) for kind, keys in wanted.items() if keys for found in sources.source_of(kind).describe(keys)]
        known = {(kind, found.key) for kind, found in held}
        gone = Q(pk__in=())
        for kind, keys in wanted.items():
            gone |= Q(kind=kind, key__in=[key for key in keys if (kind, key) not in known])
        Entry.objects.filter(gone).delete()
        for some in _batches(held):
            _keep(some)


def rebuild() -> int:
    """Make the whole index anew; how many entries it has then."""
    count = 0
    with transaction.atomic():
        Entry.objects.all().delete()
        for source in sources.known():
            for some in _batches((source.kind, found) for found in source.describe(None)):
                _keep(some)
                count += len(some)
    return count


def _batches(found: Iterable[Named]) -> Iterator[list[Named]]:
    left = iter(found)
    while some := list(islice(left, AT_ONCE)):
        yield some


def _keep(held: list[Named]) -> None:
    Entry.objects.bulk_create(
        (_entry(kind, found) for kind, found in held),
        update_conflicts=True,
        unique_fields=("kind", "key"),
        update_fields=_FIELDS,
    )
    rows = Entry.objects.filter(kind__in={kind for kind, _ in held}, key__in={found.key for _, found in held})
    ids = {(kind, key): pk for pk, kind, key in rows.values_list("pk", "kind", "key")}
    kept = [(ids[kind, found.key], found) for kind, found in held]
    links = Entry.units.through
    links.objects.filter(entry_id__in=[pk for pk, _ in kept]).delete()
    links.objects.bulk_create([links(entry_id=pk, unit_id=unit) for pk, found in kept for unit in sorted(found.units)])


def _entry(kind: str, found: Found) -> Entry:
    return Entry(
        kind=kind,
        key=found.key,
        province_id=found.province_id,
        open=found.open,
        mark=found.mark[:120],
        bare_mark=bare_words(found.mark)[:120],
        title=found.title,
        body=found.body,
        bare=bare_words(found.mark, found.title, found.body),
        place=found.place[:255],
        address=found.address,
        on=found.on,
    )
