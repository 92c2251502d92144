from django.conf import settings
from django.db import models


def _place(stored: "StoredFile", _name: str) -> str:
    """Files lie under their hash, so that no name that a person chose reaches the disk."""
    return f"{stored.sha256[:2]}/{stored.sha256}"


class StoredFile(models.Model):
    """Bytes that were handed in, once for each content."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.FileField(upload_to=_place, max_length=200)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
