from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Practice(models.Model):
    """How a unit hands in its reports. ``leader_approves``: a clerk passes the report to the unit's leader, who hands it in."""

    unit = models.OneToOneField("units.Unit", models.CASCADE, related_name="report_practice")
    leader_approves = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.unit)


class Submitter(models.Model):
    """Somebody who hands in the reports of a unit, named by its leader. Where nobody is named, everybody who works there may."""

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="report_submitters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("unit", "person", "valid_from"), name="reporting_submitter_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="reporting_submitter_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.unit}"
