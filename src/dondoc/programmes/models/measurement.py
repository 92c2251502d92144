from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dondoc.programmes.enums import FigureKind, FigureReturn, Verdict
from dondoc.programmes.models.target import Target


class Measurement(models.Model):
    """What a unit says of an indicator for a period: append-only, a correction is a new row that supersedes.

    ``kind`` tells a figure from the four kinds of nothing; zero is a figure of 0, the other three have none. For a ratio
    ``value`` is numerator ÷ denominator × per; where only the quotient is known both parts are empty. ``happened_on`` is
    the day of the unit's own word (its document), ``period_to`` the last day that the figure covers.

    Projections of the rows and their reviews, which can be rebuilt: ``newest`` (nothing supersedes it: what was received)
    and ``counted`` (of the rows for this unit and period, the last that was accepted).
    """

    target = models.ForeignKey(Target, models.CASCADE, related_name="measurements")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="measurements")
    period_from = models.DateField()
    period_to = models.DateField()
    kind = models.CharField(max_length=10, choices=FigureKind)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    source_words = models.CharField(max_length=255, blank=True)
    note = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    evidence = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    reason = models.TextField(blank=True)
    newest = models.BooleanField(default=True)
    counted = models.BooleanField(default=False)

    class Meta:
        ordering = ("period_to", "unit", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("target", "unit", "period_to"), condition=Q(supersedes__isnull=True), name="programmes_measured_once"
            ),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="programmes_measured_in_order"),
            models.CheckConstraint(
                condition=Q(kind=FigureKind.FIGURE, value__isnull=False)
                | Q(kind=FigureKind.ZERO, value=0)
                | Q(
                    kind__in=(FigureKind.NONE, FigureKind.NOT_APPLICABLE, FigureKind.NOT_REPORTED),
                    value__isnull=True,
                    numerator__isnull=True,
                    denominator__isnull=True,
                ),
                name="programmes_measured_kind",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="programmes_measured_parts",
            ),
            models.CheckConstraint(condition=Q(supersedes__isnull=True) | ~Q(reason=""), name="programmes_correction_has_reason"),
        ]
        indexes: ClassVar = [
            models.Index(fields=("target", "period_to", "unit"), name="programmes_measured_of_target"),
            models.Index(fields=("unit", "target"), name="programmes_measured_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.target} · {self.period_to:%d/%m/%Y}"


class MeasurementReview(models.Model):
    """The giver's word on a measurement: append-only, the last one holds."""

    measurement = models.ForeignKey(Measurement, models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason_code = models.CharField(max_length=20, choices=FigureReturn, blank=True)
    reason = models.TextField(blank=True)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("happened_on", "recorded_at", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.ACCEPTED) | ~Q(reason_code="") & ~Q(reason=""),
                name="programmes_figure_return_has_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.happened_on:%d/%m/%Y}"
