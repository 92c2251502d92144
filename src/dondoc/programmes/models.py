from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dondoc.documents.enums import Visibility
from dondoc.programmes.enums import AssignmentRole, DocumentRole, EventKind, ProgrammeState


class Programme(models.Model):
    """A plan in force: what its documents ask for, followed.

    ``version`` grows with every change below it, so that counts may be kept per (programme, version, day). ``edition`` grows
    only where tasks, targets, duties, documents or bearers change, and stays when something happens to a task.
    """

    province = models.ForeignKey("units.Unit", models.PROTECT, related_name="programmes")
    title = models.TextField()
    lead_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="led_programmes")
    state = models.CharField(max_length=20, choices=ProgrammeState, default=ProgrammeState.ACTIVE)
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.PROVINCE)
    restricted_to = models.ManyToManyField("units.Unit", blank=True, related_name="restricted_programmes")
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("-opened_at", "-pk")
        indexes: ClassVar = [models.Index(fields=("province", "-opened_at"), name="programmes_of_province")]

    def __str__(self) -> str:
        return self.title


class ProgrammeDocument(models.Model):
    """A document that the programme rests on; the plan first, then what amends, replaces or adds to it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="papers")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="programme_papers")
    role = models.CharField(max_length=20, choices=DocumentRole)
    effective_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("programme", "document"), name="programmes_document_once"),
            models.UniqueConstraint(fields=("document",), condition=Q(role=DocumentRole.PLAN), name="programmes_one_for_a_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.get_role_display()}"


class Sourced(models.Model):
    """What was read from a paragraph: the item it comes from leads to the passage and, from there, to the page."""

    item = models.ForeignKey("documents.Item", models.PROTECT, related_name="%(class)ss")
    text = models.TextField()
    section = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


class Timed(models.Model):
    """A deadline in its normal form (the contract's), and the last day that is on time.

    ``due_on`` is the last day named and never changes; ``exclusive`` says that the words exclude it. ``last_ok_on`` is the
    last good day: ``due_on`` or the day before it, and for a task whatever the last decision to extend set.
    """

    deadline_text = models.CharField(max_length=255, blank=True)
    deadline_kind = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    exclusive = models.BooleanField(default=False)
    last_ok_on = models.DateField(null=True, blank=True)
    rrule = models.CharField(max_length=120, blank=True)
    anchor = models.CharField(max_length=255, blank=True)
    offset = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


class Obligation(models.Model):
    """One thing that is owed, though documents name it several times: accepting it closes all that are linked to it.

    Duties link to it, and of tasks the assignment that owes it: a task may share its leads between two obligations.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="obligations")
    title = models.TextField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.title


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
