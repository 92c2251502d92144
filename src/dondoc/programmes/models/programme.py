from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.documents.enums import Visibility
from dondoc.programmes.enums import DocumentRole, ProgrammeState


class Programme(models.Model):
    """A plan in force: what its documents ask for, followed.

    ``version`` grows with every change below it, so that counts may be kept per (programme, version, day). ``edition`` grows
    only where tasks, targets, duties, documents or bearers change, and stays when something happens to a task. ``field`` is the
    lĩnh vực that statistics are told by. ``closed_on`` and ``closing_words``: when and why it was closed. Projections of its
    obstacles: ``obstacles_open``, and ``obstacle_since``, the day since when the oldest of them waits for an answer.
    """

    province = models.ForeignKey("units.Unit", models.PROTECT, related_name="programmes")
    title = models.TextField()
    lead_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="led_programmes")
    field = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=ProgrammeState, default=ProgrammeState.ACTIVE)
    closed_on = models.DateField(null=True, blank=True)
    closing_words = models.TextField(blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.PROVINCE)
    restricted_to = models.ManyToManyField("units.Unit", blank=True, related_name="restricted_programmes")
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField(default=1)
    obstacles_open = models.PositiveIntegerField(default=0)
    obstacle_since = models.DateField(null=True, blank=True)
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


class Obligation(models.Model):
    """One thing that is owed, though documents name it several times: accepting it closes all that are linked to it.

    Duties link to it, and of tasks the assignment that owes it: a task may share its leads between two obligations.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="obligations")
    title = models.TextField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.title
