from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.programmes.enums import StepEventKind, StepKind
from dondoc.programmes.models.programme import Programme
from dondoc.programmes.models.target import Target
from dondoc.programmes.models.task import Task


class UnitPlan(models.Model):
    """The detailed plan that a unit makes of its share in a programme (kế hoạch chi tiết).

    Issued once it has its number and day. ``revision`` grows with each change of its words or steps.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="unit_plans")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="unit_plans")
    title = models.TextField()
    purpose = models.TextField(blank=True)
    organisation = models.TextField(blank=True)
    code = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    signer_title = models.CharField(max_length=120, blank=True)
    signer_name = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("unit__search_text", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("programme", "unit"), name="programmes_one_plan_a_unit"),
            models.CheckConstraint(
                condition=Q(code="", issued_on__isnull=True) | ~Q(code="") & Q(issued_on__isnull=False),
                name="programmes_unit_plan_number_and_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanStep(models.Model):
    """A goal or a piece of work in a unit's plan, with the one who is responsible; it leads back to the task it comes from.

    ``percent`` and ``done_on`` are projections of its events. ``dropped_on``: no longer planned, kept with its history.
    """

    plan = models.ForeignKey(UnitPlan, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind, default=StepKind.WORK)
    position = models.PositiveIntegerField()
    text = models.TextField()
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="steps")
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="steps")
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    responsible_name = models.CharField(max_length=120, blank=True)
    result = models.TextField(blank=True)
    starts_on = models.DateField(null=True, blank=True)
    last_ok_on = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="programmes_step_percent",
                violation_error_message="Tỷ lệ hoàn thành không quá 100%.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(last_ok_on__isnull=True) | Q(last_ok_on__gte=models.F("starts_on")),
                name="programmes_step_dates_in_order",
                violation_error_message="Thời hạn phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class StepEvent(models.Model):
    """What happened to a step: append-only."""

    step = models.ForeignKey(PlanStep, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=StepEventKind)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("happened_on", "recorded_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"
