from typing import ClassVar

from django.conf import settings
from django.db import models

from dondoc.programmes.models.task import Task


class UrgingLetter(models.Model):
    """A công văn đôn đốc as it was made: whom it asks for which tasks, and the file to be numbered and signed.

    ``report_by``: the day by which results and reasons are asked for. ``key`` stands for the units and tasks, so that the same
    letter is not made twice on a day.
    """

    province = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    from_unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", db_index=False)
    to_units = models.ManyToManyField("units.Unit", related_name="urging_letters")
    tasks = models.ManyToManyField(Task, related_name="urging_letters")
    key = models.CharField(max_length=64)
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    report_by = models.DateField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_on", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("from_unit", "made_on", "key"), name="programmes_urgingletter_once")
        ]

    def __str__(self) -> str:
        return f"Công văn đôn đốc ngày {self.made_on:%d/%m/%Y}"
