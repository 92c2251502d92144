from typing import ClassVar

from django.conf import settings
from django.db import models

from dondoc.notices.enums import Weight


class Notice(models.Model):
    """Something that one person is told once: ``key`` names the occasion, and the same occasion is never told twice.

    ``about_on``: the day that it is told on. ``mailed_at``: when it went out with a digest.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    weight = models.CharField(max_length=10, choices=Weight)
    text = models.TextField()
    address = models.CharField(max_length=255)
    about_on = models.DateField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("person", "key"), name="notices_notice_once")]
        indexes: ClassVar = [models.Index(fields=("person", "read_at"), name="notices_unread")]

    def __str__(self) -> str:
        return self.text[:80]
