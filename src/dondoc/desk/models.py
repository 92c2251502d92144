from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """An address at which a calendar program reads what a person owes, or what one unit of theirs owes, without logging in.

    Whoever has the address reads it, so it is long, random and can be changed: the old one stays here with ``revoked_at`` and
    opens nothing any more. ``digest`` is what it is looked up by. What it shows are the rights of today, not of ``made_at``.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("person", "unit"), condition=Q(revoked_at__isnull=True), name="desk_one_feed_for_a_unit"
            ),
            models.UniqueConstraint(
                fields=("person",), condition=Q(revoked_at__isnull=True, unit__isnull=True), name="desk_one_feed_of_one_s_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit or 'của tôi'}"
