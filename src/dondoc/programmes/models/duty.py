from typing import ClassVar

from django.db import models
from django.db.models import Q

from dondoc.programmes.models.base import Sourced, Timed
from dondoc.programmes.models.programme import Obligation, Programme


class Duty(Sourced, Timed):
    """A reporting duty: which units owe which report to whom."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="duties")
    obligation = models.ForeignKey(Obligation, models.SET_NULL, null=True, blank=True, related_name="duties")
    position = models.PositiveIntegerField()
    recipient_name = models.CharField(max_length=255, blank=True)
    recipient = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    period = models.CharField(max_length=20, blank=True)
    cutoff = models.CharField(max_length=255, blank=True)
    templates = models.JSONField(default=list)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("programme", "item"), name="programmes_duty_item_once")]

    def __str__(self) -> str:
        return self.text[:80]


class DutyReporter(models.Model):
    """A unit or a group that owes the report, as the document names it."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="reporters")
    name = models.CharField(max_length=255)
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey("units.UnitGroup", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(group__isnull=True), name="programmes_reporter_unit_or_group"
            )
        ]

    def __str__(self) -> str:
        return self.name
