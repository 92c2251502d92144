from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dondoc.reporting.enums import Method, Missing, Need, Operator, Severity, VersionState


class Template(models.Model):
    """Mẫu báo cáo: what some units are to report. What it asks for stands in numbered versions.

    ``province`` none: it comes with the program. ``owner``: who looks after it; of a shipped one nobody, a province copies it.
    """

    province = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="report_templates")
    owner = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=255)
    for_whom = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("title", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("province", "code"), name="reporting_template_once"),
            models.UniqueConstraint(fields=("code",), condition=Q(province__isnull=True), name="reporting_shipped_template_once"),
        ]

    def __str__(self) -> str:
        return self.title


class TemplateVersion(models.Model):
    """What a template asks for. An issued version never changes; a draft does until it is issued.

    ``is_proposal``: ours, because the official appendix is not known; pages and forms say so.
    """

    template = models.ForeignKey(Template, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.DRAFT)
    is_proposal = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=255, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("template", "-number")
        constraints: ClassVar = [models.UniqueConstraint(fields=("template", "number"), name="reporting_version_once")]

    def __str__(self) -> str:
        return f"{self.template} (bản {self.number})"


class Section(models.Model):
    """A heading of the outline, with the text that is asked for below it where ``asks``.

    ``code`` is its place in the outline ("IV.1"), ``level`` 0 for a Phần, 1 for ``I.``, 2 for ``1.``, 3 for ``a)``.
    ``indicator_code``: whose target decides where the need hangs on it.
    """

    version = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField(default=1)
    heading = models.TextField()
    guidance = models.TextField(blank=True)
    asks = models.BooleanField(default=True)
    need = models.CharField(max_length=20, choices=Need, default=Need.ALWAYS)
    indicator_code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("version", "code"), name="reporting_section_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.heading}"


class Table(models.Model):
    """A table of indicators. ``columns``: what each is reported for, in order: ``[{"key": "2025", "words": "Năm 2025"}]``."""

    version = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="tables")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    title = models.TextField()
    note = models.TextField(blank=True)
    columns = models.JSONField(default=list)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("version", "code"), name="reporting_table_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Indicator(models.Model):
    """A row of a table.

    ``code`` ("C.02") is unique in its version, and the same code in another version or template is the same indicator.
    ``band`` is the heading that it stands under. A cell with a ``formula`` is computed ("C.02 / C.01 * 100"). A ratio over units
    is ``numerator`` over ``denominator`` (codes) times ``per``. ``breaks_down``: the indicator of which this is a part.
    """

    table = models.ForeignKey(Table, models.CASCADE, related_name="indicators")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    band = models.CharField(max_length=255, blank=True)
    name = models.TextField()
    measure = models.CharField(max_length=80, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    formula = models.CharField(max_length=255, blank=True)
    across_units = models.CharField(max_length=20, choices=Method, default=Method.SUM)
    across_periods = models.CharField(max_length=20, choices=Method, default=Method.SUM)
    numerator = models.CharField(max_length=40, blank=True)
    denominator = models.CharField(max_length=40, blank=True)
    per = models.PositiveIntegerField(default=100)
    breaks_down = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=255, blank=True)
    target_comparator = models.CharField(max_length=10, blank=True)
    target_value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    target_basis = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("table", "code"), name="reporting_indicator_once"),
            models.CheckConstraint(
                condition=~Q(across_units=Method.RATIO) & ~Q(across_periods=Method.RATIO) | ~Q(numerator="") & ~Q(denominator=""),
                name="reporting_ratio_has_parts",
                violation_error_message="Tỷ lệ cần mã tử số và mẫu số.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Check(models.Model):
    """A validation rule: ``left`` and ``right`` are expressions over codes of one column ("C.02", "B.01 + B.02", "truoc(C.01)").

    ``instruction`` tells the person what to do. A warning is answered by an explanation at the cell.
    """

    version = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="checks")
    position = models.PositiveIntegerField()
    left = models.CharField(max_length=255)
    operator = models.CharField(max_length=10, choices=Operator)
    right = models.CharField(max_length=255)
    missing = models.CharField(max_length=20, choices=Missing, default=Missing.SKIP_ANY)
    severity = models.CharField(max_length=10, choices=Severity)
    instruction = models.TextField()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.left} {self.operator} {self.right}"
