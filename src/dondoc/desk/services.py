"""Addresses of calendars: made, changed, given up."""

import secrets
from datetime import datetime

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import NotAllowed
from dondoc.desk.models import CalendarFeed
from dondoc.desk.rules import digest_of
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor

NOT_YOUR_UNIT = "Chỉ người đang làm việc ở đơn vị mới lấy được địa chỉ lịch của đơn vị đó."


def new_address(*, actor: Actor, unit_id: int | None, at: datetime) -> CalendarFeed:
    """An address for the person (``unit_id`` None) or for one of their units; the one before opens nothing from now on."""
    unit = _unit(actor, unit_id)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        _revoke(actor, unit_id, at)
        feed = CalendarFeed.objects.create(person=actor.person, unit=unit, token=token, digest=digest_of(token), made_at=at)
        audit.record("desk.new_address", feed, actor=actor.person, unit=unit)
    return feed


def give_up(*, actor: Actor, unit_id: int | None, at: datetime) -> None:
    """The address opens nothing any more; nothing happens where there is none."""
    with transaction.atomic():
        for feed in _revoke(actor, unit_id, at):
            audit.record("desk.give_up_address", feed, actor=actor.person, unit=feed.unit)


def _unit(actor: Actor, unit_id: int | None) -> Unit | None:
    if unit_id is None:
        return None
    if unit_id not in actor.unit_ids:
        raise NotAllowed(NOT_YOUR_UNIT)
    return Unit.objects.get(pk=unit_id)


def _revoke(actor: Actor, unit_id: int | None, at: datetime) -> list[CalendarFeed]:
    """Two who press at once wait for each other at the person."""
    Person.objects.select_for_update().get(pk=actor.person.pk)
    held = CalendarFeed.objects.filter(person=actor.person, unit=unit_id, revoked_at__isnull=True)
    feeds = list(held.select_related("unit"))
    CalendarFeed.objects.filter(pk__in=[feed.pk for feed in feeds]).update(revoked_at=at)
    return feeds
