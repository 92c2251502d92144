"""What the program keeps in memory by number and version, which begin anew in each test: SQLite gives the same numbers again."""

from django.core.cache import cache

from dondoc.reporting.queries import content


def clear() -> None:
    cache.clear()
    content.facts_by_number.cache_clear()
