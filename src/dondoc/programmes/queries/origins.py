"""Letters, meetings and directions that tasks of a programme were added from."""

from django.db.models import Count, QuerySet

from dondoc.programmes.models import Origin, Programme


def origins_of(programme: Programme) -> QuerySet[Origin]:
    """The newest first, with how many tasks each has (``task_count``)."""
    origins = Origin.objects.filter(programme=programme).select_related("file", "added_by")
    return origins.annotate(task_count=Count("tasks")).order_by("-said_on", "-pk")
