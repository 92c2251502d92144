from typing import ClassVar

from django.conf import settings
from django.db import models


class Comment(models.Model):
    """What somebody said about a thing: ``kind`` and ``key`` name it, ``within`` the whole that it belongs to.

    ``text`` has mentioned people as ``@{id}``, so that their names are always today's. A removed comment keeps its place
    and its day; its text, quotation and people are gone. ``quote`` are the words of the passage that it was said of, as
    they stood then, and ``start`` where (an offset of the text that was read).
    """

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    within = models.CharField(max_length=40)
    place = models.CharField(max_length=160, blank=True)
    quote = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in")
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("made_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=("kind", "key", "made_at"), name="comments_of_subject"),
            models.Index(fields=("within", "made_at"), name="comments_within"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
