from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.programmes.enums import AssignmentRole, EventKind
from dondoc.programmes.models.base import Sourced, Timed
from dondoc.programmes.models.programme import Obligation, Programme


class Task(Sourced, Timed):
    """A nhiệm vụ, asked for from ``given_on`` (its document's day) until it is superseded.

    Projections of its events, which can be rebuilt: ``done_on``, ``paused``, ``stage`` (a delivery that waits for the giver's
    word, or was returned), the progress, ``reported_on`` (the last word from the unit) and ``last_ok_on`` after extensions.
    ``counted`` is false where another task stands for the same obligations.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tasks")
    position = models.PositiveIntegerField()
    given_on = models.DateField()
    result = models.TextField(blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    superseded_on = models.DateField(null=True, blank=True)
    counted = models.BooleanField(default=True)
    done_on = models.DateField(null=True, blank=True)
    paused = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    progress_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    progress_note = models.TextField(blank=True)
    reported_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("programme", "item"), name="programmes_task_item_once"),
            models.CheckConstraint(
                condition=Q(progress_percent__isnull=True) | Q(progress_percent__lte=100),
                name="programmes_task_percent",
                violation_error_message="Tỷ lệ hoàn thành không quá 100%.",
            ),
        ]
        # The counters of a board and the lights of the list read the first of these alone, and rows come in its order; the
        # filter of sections reads the second alone.
        indexes: ClassVar = [
            models.Index(
                fields=(
                    "programme",
                    "counted",
                    "done_on",
                    "last_ok_on",
                    "position",
                    "paused",
                    "given_on",
                    "superseded_on",
                    "reported_on",
                ),
                name="programmes_task_counters",
            ),
            models.Index(
                fields=("programme", "counted", "section", "position", "given_on", "superseded_on"),
                name="programmes_task_sections",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Assignment(models.Model):
    """Who answers for a task, works with, or follows it. A group is ONE assignment; its units are its parts.

    ``name`` is what the document says. ``answers``: of several leads, the one that a person named.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments", db_index=False)
    role = models.CharField(max_length=20, choices=AssignmentRole)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=255)
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="assignments")
    group = models.ForeignKey("units.UnitGroup", models.PROTECT, null=True, blank=True, related_name="assignments")
    resolved_on = models.DateField(null=True, blank=True)
    obligation = models.ForeignKey(Obligation, models.SET_NULL, null=True, blank=True, related_name="assignments")
    answers = models.BooleanField(default=False)

    class Meta:
        ordering = ("role", "position", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(group__isnull=True), name="programmes_assignment_unit_or_group"
            ),
            models.UniqueConstraint(fields=("task",), condition=Q(answers=True), name="programmes_assignment_one_answers"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("unit", "role", "task"), name="programmes_assignment_of_unit"),
            models.Index(fields=("task", "role", "unit", "group"), name="programmes_assignment_of_task"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"


class Part(models.Model):
    """One unit's share of a group assignment. ``done_on``, ``stage`` and ``excused`` are projections of its events."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="parts")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="parts")
    done_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    excused = models.BooleanField(default=False)

    class Meta:
        ordering = ("unit__name",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("assignment", "unit"), name="programmes_part_once")]
        indexes: ClassVar = [models.Index(fields=("unit", "done_on"), name="programmes_part_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.assignment}"


class TaskEvent(models.Model):
    """Something that happened to a task or a part: append-only. ``happened_on`` is the document's or unit's day."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="events")
    part = models.ForeignKey(Part, models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    reason_code = models.CharField(max_length=40, blank=True)
    product_code = models.CharField(max_length=80, blank=True)
    product_date = models.DateField(null=True, blank=True)
    new_due_on = models.DateField(null=True, blank=True)
    evidence = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("happened_on", "recorded_at", "pk")
        indexes: ClassVar = [models.Index(fields=("task", "happened_on"), name="programmes_event_of_task")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"
