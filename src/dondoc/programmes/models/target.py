from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dondoc.programmes.enums import ChangeKind, Direction, Frequency, RollUp
from dondoc.programmes.models.base import Sourced
from dondoc.programmes.models.programme import Programme


class Target(Sourced):
    """A chỉ tiêu: what is measured, and how. Its values stand in dated versions.

    The definition is read from the document where it says so: blank fields stand for what the version in force says (see
    ``rules.targets.definition_of``) until the giver sets them. A ratio has both ``numerator`` and ``denominator``, and is
    their quotient times ``per`` (100 for a percentage, 10,000 for "per vạn dân"). ``may_exceed``: a growth rate may be
    negative, or a share more than the whole. ``measured_by_unit`` or
    ``measured_by_group``: who measures; neither is the programme's lead unit. ``joined_to``: the document states the same
    indicator for another year there; this row is then one of its milestones and is not measured itself. ``revision`` grows
    with every change of the definition.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="targets")
    position = models.PositiveIntegerField()
    indicator = models.TextField()
    measure = models.CharField(max_length=80, blank=True)
    direction = models.CharField(max_length=10, choices=Direction, blank=True)
    change_kind = models.CharField(max_length=10, choices=ChangeKind, blank=True)
    baseline_value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source = models.CharField(max_length=255, blank=True)
    cumulative = models.BooleanField(default=False)
    numerator = models.CharField(max_length=255, blank=True)
    denominator = models.CharField(max_length=255, blank=True)
    per = models.PositiveIntegerField(default=100)
    may_exceed = models.BooleanField(default=False)
    roll_up = models.CharField(max_length=10, choices=RollUp, blank=True)
    frequency = models.CharField(max_length=10, choices=Frequency, blank=True)
    measured_by_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    measured_by_group = models.ForeignKey("units.UnitGroup", models.PROTECT, null=True, blank=True, related_name="+")
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("programme", "item"), name="programmes_target_item_once"),
            models.CheckConstraint(
                condition=Q(measured_by_unit__isnull=True) | Q(measured_by_group__isnull=True),
                name="programmes_target_unit_or_group",
            ),
            models.CheckConstraint(
                condition=Q(numerator="", denominator="") | ~Q(numerator="") & ~Q(denominator=""),
                name="programmes_target_both_parts",
                violation_error_message="Tỷ lệ cần cả tử số và mẫu số.",
            ),
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True, baseline_on__isnull=True)
                | Q(baseline_value__isnull=False, baseline_on__isnull=False),
                name="programmes_target_baseline_dated",
                violation_error_message="Giá trị gốc cần cả số và ngày.",
            ),
        ]

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


class Milestone(models.Model):
    """What a version asks for by a day: on the way to its own value, or of one unit. Only added, never changed.

    ``words`` is the document's own wording of it, where there is one.
    """

    version = models.ForeignKey(TargetVersion, models.CASCADE, related_name="milestones")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    by_day = models.DateField()
    comparator = models.CharField(max_length=10)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    value_high = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    words = models.CharField(max_length=255, blank=True)
    decided_by = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("by_day", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("version", "by_day"), condition=Q(unit__isnull=True), name="programmes_milestone_once"
            ),
            models.UniqueConstraint(
                fields=("version", "unit", "by_day"), condition=Q(unit__isnull=False), name="programmes_milestone_unit_once"
            ),
            models.CheckConstraint(
                condition=Q(value_high__isnull=True) | Q(value_high__gte=F("value")), name="programmes_milestone_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.target} đến {self.by_day:%d/%m/%Y}"
