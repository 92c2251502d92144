from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.programmes.enums import AssignmentRole, EventKind, OriginKind, TaskKind
from dondoc.programmes.models.base import Sourced, Timed
from dondoc.programmes.models.programme import Obligation, Programme


class Origin(models.Model):
    """The letter, meeting or direction that a task was added from by hand: its chip leads here instead of to a passage.

    ``said_on``: the day of the letter or meeting. ``words``: what was asked, as written or noted.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="origins")
    kind = models.CharField(max_length=20, choices=OriginKind)
    code = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=255)
    said_by = models.CharField(max_length=255, blank=True)
    said_on = models.DateField()
    words = models.TextField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("said_on", "pk")

    def __str__(self) -> str:
        return self.code or self.title


class AnchorEvent(models.Model):
    """A named event that deadlines wait for ("Đại hội XIV của Đảng"); an administrator says on which day it happened.

    ``province`` none: it holds for the whole country. ``search_text`` is the folded name, by which documents find it.
    """

    province = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=255)
    search_text = models.CharField(max_length=400)
    happened_on = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=255, blank=True)
    verified_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("province", "search_text"), name="programmes_anchor_once"),
            models.UniqueConstraint(
                fields=("search_text",), condition=Q(province__isnull=True), name="programmes_national_anchor_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Followed(models.Model):
    """Projections that a task and a unit's part of it share; each can be rebuilt from the events.

    ``stage`` is what waits for somebody's word (delivered, returned, declined). ``asking_until``: the day that an open
    request for extension asks for. ``handler``: the person inside the unit whom it was handed on to.
    """

    done_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    received_on = models.DateField(null=True, blank=True)
    asking_until = models.DateField(null=True, blank=True)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class Task(Sourced, Timed, Followed):
    """A nhiệm vụ, asked for from ``given_on`` (its document's day) until it is superseded.

    It comes from an item of a document or from an ``origin``. Projections beside those of :class:`Followed`: ``paused``, the
    progress, ``reported_on`` (the last word from the unit) and ``last_ok_on`` (after extensions; of a recurring task that of
    the first period still owed). ``counted`` is false where another task stands for the same obligations. ``revision`` grows
    with everything that happens to it, so that of two people who change it at once the second is told. ``turns_on``, of a
    recurring one: the next day on which time alone changes it, because a period opens or the last one was the last.
    """

    item = models.ForeignKey(  # type: ignore[assignment] # alone among what is sourced, a task may come from an origin
        "documents.Item", models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    origin = models.ForeignKey(Origin, models.PROTECT, null=True, blank=True, related_name="tasks")
    kind = models.CharField(max_length=20, choices=TaskKind, default=TaskKind.EXECUTE)
    anchor_event = models.ForeignKey(AnchorEvent, models.PROTECT, null=True, blank=True, related_name="tasks")
    revision = models.PositiveIntegerField(default=1)
    turns_on = models.DateField(null=True, blank=True)

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="tasks")
    position = models.PositiveIntegerField()
    given_on = models.DateField()
    result = models.TextField(blank=True)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    superseded_on = models.DateField(null=True, blank=True)
    counted = models.BooleanField(default=True)
    paused = models.CharField(max_length=20, blank=True)
    progress_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    progress_note = models.TextField(blank=True)
    reported_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("programme", "item"), name="programmes_task_item_once"),
            models.CheckConstraint(
                condition=Q(item__isnull=False, origin__isnull=True) | Q(item__isnull=True, origin__isnull=False),
                name="programmes_task_has_a_source",
            ),
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
            models.Index(fields=("turns_on",), condition=Q(turns_on__isnull=False), name="programmes_task_turns"),
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


class Period(models.Model):
    """One turn of a recurring task: what is owed for these days, by its own last good day. It opens on ``starts_on``."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="periods")
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()
    last_ok_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("task", "starts_on"), name="programmes_period_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="programmes_period_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class Part(Followed):
    """One unit's share of an assignment: of a group's, and of a recurring one's for each period.

    Projections of its events beside those of :class:`Followed`: ``excused``, and ``last_ok_on``, its own last good day:
    the task's, its period's, or what an extension for this unit alone set.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="parts")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="parts")
    period = models.ForeignKey(Period, models.CASCADE, null=True, blank=True, related_name="parts")
    excused = models.BooleanField(default=False)
    last_ok_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("unit__name",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("assignment", "unit"), condition=Q(period__isnull=True), name="programmes_part_once"),
            models.UniqueConstraint(fields=("assignment", "unit", "period"), name="programmes_part_once_a_period"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("unit", "done_on", "last_ok_on"), name="programmes_part_owed"),
            models.Index(fields=("last_ok_on", "done_on"), name="programmes_part_due"),
            models.Index(fields=("stage",), name="programmes_part_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.assignment}"


class TaskEvent(models.Model):
    """Something that happened to a task or a part: append-only. ``happened_on`` is the document's or unit's day.

    ``person``: to whom it was handed on. ``answers``: the request that it decides.
    """

    task = models.ForeignKey(Task, models.CASCADE, related_name="events")
    part = models.ForeignKey(Part, models.CASCADE, null=True, blank=True, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="answered_by")
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


class ExtensionRequest(models.Model):
    """What a request for more time must say (Decision 42/2014/QĐ-TTg and the provinces' rules after it).

    Its event holds the day of the request, the unit, the proposed day (``new_due_on``), the percentage done and the request's
    own document; the decision is a later event that answers it. ``late_explanation``: why it was asked after the deadline.
    ``programme`` is its task's, so that a programme's few requests are found without its many events.
    """

    event = models.OneToOneField(TaskEvent, models.CASCADE, primary_key=True, related_name="request")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="requests")
    objective_reason = models.TextField(blank=True)
    subjective_reason = models.TextField(blank=True)
    progress = models.TextField()
    late_explanation = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(objective_reason="", subjective_reason=""), name="programmes_request_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return str(self.event)
