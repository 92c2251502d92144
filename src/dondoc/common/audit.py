"""The audit trail: services write here in the transaction of the change."""

from typing import TYPE_CHECKING

from django.db import models

from dondoc.common import clock
from dondoc.common.models import AuditEntry

if TYPE_CHECKING:
    from dondoc.units.models import Person, Unit


def record(
    verb: str,
    subject: models.Model,
    *,
    actor: "Person | None",
    unit: "Unit | None" = None,
    reason_code: str = "",
    reason: str = "",
    **details: object,
) -> AuditEntry:
    """Keep that ``actor`` (for ``unit``) did ``verb`` ("documents.upload") to ``subject``; ``details`` must be plain JSON values."""
    return AuditEntry.objects.create(
        actor=actor,
        unit=unit,
        recorded_at=clock.now(),
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        reason_code=reason_code,
        reason=reason,
        details=details,
    )
