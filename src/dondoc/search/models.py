from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """Something that can be found, as the app that it belongs to describes it: a copy, made anew at every change.

    ``kind`` is a name that the app registered, ``key`` the thing's own. ``mark``: its number and symbol as written;
    ``bare_mark`` and ``bare``: mark, and mark, title and body, without capitals and diacritics. The database keeps a full-text
    index of title, body and bare by itself (see the migrations). Who may see it: everybody of the province where it is ``open``,
    the units named, the provincial office.
    """

    kind = models.CharField(max_length=20)
    key = models.BigIntegerField()
    province = models.ForeignKey("units.Unit", models.CASCADE, related_name="+")
    open = models.BooleanField()
    units = models.ManyToManyField("units.Unit", related_name="+", db_table="search_entry_units")
    mark = models.CharField(max_length=120, blank=True)
    bare_mark = models.CharField(max_length=120, blank=True)
    title = models.TextField()
    body = models.TextField(blank=True)
    bare = models.TextField()
    place = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=255)
    on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("kind", "key"), name="search_entry_once")]
        indexes: ClassVar = [models.Index(fields=("bare_mark",), name="search_entry_mark")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.title[:60]}"
