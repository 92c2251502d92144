from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """Who did what to which record, when. Written by services in the transaction of the change; never altered."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-recorded_at", "-pk")
        indexes = (models.Index(fields=("subject_type", "subject_id"), name="common_audit_subject"),)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"
