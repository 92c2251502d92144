from django.db.models import QuerySet

from dondoc.notices.models import Notice
from dondoc.units.models import Person


def notices_of(person: Person) -> QuerySet[Notice]:
    """All that the person was told, the newest first."""
    return Notice.objects.filter(person=person)


def unread(person: Person) -> int:
    return notices_of(person).filter(read_at__isnull=True).count()
