from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.reporting.enums import BlockKind, Nothing, RemarkCode, ValueOrigin
from dondoc.reporting.models.campaign import Campaign, Return, Submission
from dondoc.reporting.models.template import Indicator, Section, TemplateVersion


class Value(models.Model):
    """A cell of a unit's report, three times: as it is being filled in, as it was last handed in, as it was accepted.

    Sums read the accepted values and show those handed in beside them; a draft that is being mended never moves them.
    In each, a number or one of the kinds of nothing; both empty is a cell that was not filled in.
    """

    report = models.ForeignKey(Return, models.CASCADE, related_name="values", db_index=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", db_index=False)
    column = models.CharField(max_length=20)
    number = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    nothing = models.CharField(max_length=20, choices=Nothing, blank=True)
    sent_number = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    sent_nothing = models.CharField(max_length=20, choices=Nothing, blank=True)
    accepted_number = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    accepted_nothing = models.CharField(max_length=20, choices=Nothing, blank=True)
    explanation = models.TextField(blank=True)
    origin = models.CharField(max_length=20, choices=ValueOrigin, default=ValueOrigin.TYPED)
    origin_words = models.CharField(max_length=255, blank=True)
    origin_address = models.CharField(max_length=255, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("report", "indicator", "column"), name="reporting_value_once"),
            models.CheckConstraint(condition=Q(number__isnull=True) | Q(nothing=""), name="reporting_value_one_thing"),
        ]
        # Sums over a campaign read nothing but these: a stretch of reports for each indicator and column (queries/totals.py).
        indexes: ClassVar = [
            models.Index(fields=("indicator", "column", "report", "sent_number", "accepted_number"), name="reporting_numbers_of"),
            models.Index(
                fields=("indicator", "column", "report", "sent_nothing", "accepted_nothing"),
                condition=~Q(sent_nothing=""),
                name="reporting_nothing_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.column}"


class Passage(models.Model):
    """What a unit wrote in a section: as it is being written, as it was last handed in, as it was accepted."""

    report = models.ForeignKey(Return, models.CASCADE, related_name="passages")
    section = models.ForeignKey(Section, models.PROTECT, related_name="passages")
    text = models.TextField(blank=True)
    sent_text = models.TextField(blank=True)
    accepted_text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("report", "section"), name="reporting_passage_once")]

    def __str__(self) -> str:
        return f"{self.report}: {self.section}"


class Remark(models.Model):
    """What the reviewer finds at a cell or a section of what was handed in; settled when it is answered to their satisfaction."""

    report = models.ForeignKey(Return, models.CASCADE, related_name="remarks")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="remarks")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="+")
    column = models.CharField(max_length=20, blank=True)
    section = models.ForeignKey(Section, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=20, choices=RemarkCode)
    text = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text[:80]


class Draft(models.Model):
    """The report that is made of a campaign's returns, over the sections of its master. ``revision`` grows with each change."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="draft")
    master = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+")
    title = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """A paragraph, table or chart of the draft.

    ``text`` may hold figures as fields ("{{B.01:2025}}"), which are computed when it is shown. ``made_text`` is what the program
    wrote; an editor's own text differs from it and is never overwritten by a new consolidation.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="blocks")
    section = models.ForeignKey(Section, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=BlockKind)
    text = models.TextField(blank=True)
    made_text = models.TextField(blank=True)
    setting = models.JSONField(default=dict)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    sources = models.ManyToManyField(Passage, blank=True, related_name="blocks")

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text[:80]
