from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from dondoc.programmes.models.base import Sourced
from dondoc.programmes.models.programme import Programme


class Target(Sourced):
    """A chỉ tiêu: what is measured. Its values stand in dated versions."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="targets")
    position = models.PositiveIntegerField()
    indicator = models.TextField()

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("programme", "item"), name="programmes_target_item_once")]

    def __str__(self) -> str:
        return self.indicator


class TargetVersion(models.Model):
    """What the target asks for from a day on; an older version stays as it was."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="versions")
    effective_from = models.DateField()
    comparator = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    value_high = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    measure = models.CharField(max_length=80, blank=True)
    baseline = models.CharField(max_length=255, blank=True)
    horizon = models.CharField(max_length=10, blank=True)
    decided_by = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("effective_from", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("target", "effective_from"), name="programmes_targetversion_once"),
            models.CheckConstraint(
                condition=Q(value_high__isnull=True) | Q(value_high__gte=F("value")), name="programmes_targetversion_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} từ {self.effective_from:%d/%m/%Y}"
