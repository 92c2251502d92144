from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.programmes.enums import ObstacleCause, ObstacleEventKind, ObstacleState, Solver
from dondoc.programmes.models.programme import Programme
from dondoc.programmes.models.target import Target
from dondoc.programmes.models.task import Part, Task


class Obstacle(models.Model):
    """Khó khăn, vướng mắc: what stands in a unit's way in a programme, at a task (the unit's part of it) or at a target.

    Projections of its events, which can be rebuilt: ``state``, ``solver`` with ``solver_unit`` (none where it is the province's
    leaders or a higher level) and ``solver_since``; ``waits_since`` is the day since when nobody has answered, none while it
    does not wait; ``closed_on`` the day on which it was solved or withdrawn.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="obstacles", db_index=False)
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, related_name="obstacles")
    part = models.ForeignKey(Part, models.SET_NULL, null=True, blank=True, related_name="obstacles")
    target = models.ForeignKey(Target, models.CASCADE, null=True, blank=True, related_name="obstacles")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="obstacles")
    cause = models.CharField(max_length=20, choices=ObstacleCause)
    text = models.TextField()
    asked = models.TextField()
    happened_on = models.DateField()
    state = models.CharField(max_length=20, choices=ObstacleState, default=ObstacleState.WAITING)
    solver = models.CharField(max_length=20, choices=Solver)
    solver_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    solver_since = models.DateField()
    waits_since = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("happened_on", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(task__isnull=True) | Q(target__isnull=True), name="programmes_obstacle_one_thing"),
            models.CheckConstraint(
                condition=Q(state=ObstacleState.WAITING, waits_since__isnull=False)
                | (~Q(state=ObstacleState.WAITING) & Q(waits_since__isnull=True)),
                name="programmes_obstacle_waits",
            ),
        ]
        # What waits for somebody is asked for on every first page; closed ones are many and seldom.
        indexes: ClassVar = [
            models.Index(fields=("programme", "state", "waits_since"), name="programmes_obstacle_of"),
            models.Index(fields=("solver_unit", "waits_since"), name="programmes_obstacle_solver"),
            models.Index(
                fields=("solver", "waits_since"), condition=Q(waits_since__isnull=False), name="programmes_obstacle_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ObstacleEvent(models.Model):
    """What happened to an obstacle: append-only. ``solver``: to whom it went, where the event says so."""

    obstacle = models.ForeignKey(Obstacle, models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(max_length=20, choices=ObstacleEventKind)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    solver = models.CharField(max_length=20, choices=Solver, blank=True)
    solver_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    document_code = models.CharField(max_length=80, blank=True)
    document_date = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("happened_on", "recorded_at", "pk")
        indexes: ClassVar = [models.Index(fields=("obstacle", "happened_on"), name="programmes_obstacleevent_of")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"
