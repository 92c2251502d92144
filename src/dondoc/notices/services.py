"""Telling people: once an occasion, in the program at once, by e-mail in one digest a day."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from dondoc.notices import queries
from dondoc.notices.calendar import is_quiet
from dondoc.notices.enums import Weight
from dondoc.notices.models import Notice
from dondoc.notices.rules import letter_of, subject_of
from dondoc.units.models import Person

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What there is to tell. ``key`` is the same for the same thing, whoever is told and however often it is tried."""

    key: str
    text: str
    address: str
    weight: Weight = Weight.NEWS


def tell(told: Iterable[tuple[int, Occasion]], *, on: date, at: datetime) -> int:
    """Tell each person (by id) of the occasion; one of which they were told before is left out. How many were new."""
    rows = [
        Notice(
            person_id=person_id,
            key=occasion.key[:120],
            weight=occasion.weight,
            text=occasion.text,
            address=occasion.address[:255],
            about_on=on,
            made_at=at,
        )
        for person_id, occasion in told
    ]
    if not rows:
        return 0
    people, keys = {row.person_id for row in rows}, {row.key for row in rows}
    known = set(Notice.objects.filter(person__in=people, key__in=keys).values_list("person_id", "key"))
    new = {(row.person_id, row.key): row for row in rows if (row.person_id, row.key) not in known}
    Notice.objects.bulk_create(new.values(), batch_size=500, ignore_conflicts=True)
    return len(new)


def read(*, person: Person, notice: Notice, at: datetime) -> None:
    """The person has seen it."""
    Notice.objects.filter(pk=notice.pk, person=person, read_at__isnull=True).update(read_at=at)


def read_all(*, person: Person, at: datetime) -> int:
    """The person has seen all; how many were new to them."""
    return queries.notices_of(person).filter(read_at__isnull=True).update(read_at=at)


def send_digests(*, on: date, at: datetime) -> int:
    """A letter to everybody with an address who has unread news and had no letter today; none on a day of rest.

    A letter that cannot be sent is tried again with the next run. How many went out.
    """
    if is_quiet(on):
        return 0
    waiting = Notice.objects.filter(mailed_at__isnull=True, read_at__isnull=True).exclude(person__email="")
    had_one = Notice.objects.filter(mailed_at__gte=_midnight(on)).values("person")
    people = Person.objects.filter(pk__in=waiting.values("person"), is_active=True).exclude(pk__in=had_one)
    return sum(_send(person, on, at) for person in people)


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime(on.year, on.month, on.day))  # noqa: DTZ001 - made aware in Vietnam's time right here


def _send(person: Person, on: date, at: datetime) -> bool:
    notices = list(queries.notices_of(person).filter(mailed_at__isnull=True, read_at__isnull=True).order_by("made_at", "pk"))
    letter = letter_of(person.full_name, notices, settings.SITE_URL)
    try:
        send_mail(subject_of(notices, on), letter, None, [person.email])
    except (OSError, SMTPException):
        logger.exception("the digest of person %s could not be sent", person.pk)
        return False
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=at)
    return True
