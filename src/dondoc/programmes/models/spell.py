from typing import ClassVar

from django.db import models

from dondoc.programmes.models.programme import Programme
from dondoc.programmes.models.task import Part, Task


class Spell(models.Model):
    """Days over which what decides a task's state stays the same: a projection of its events, see ``rules.spells``.

    Without a ``unit`` it counts in the programme's figures, with one in that unit's own: for what it leads alone, or for its
    ``part``; it is owed from ``given_on``. It holds from ``from_on`` until the day before ``to_on``, only while the task is
    counted; ``first_ok_on`` is the
    term without extensions, ``word_on`` the last word (or the day it was given) where there is no term.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+", db_index=False)
    task = models.ForeignKey(Task, models.CASCADE, related_name="spells")
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    part = models.ForeignKey(Part, models.CASCADE, null=True, related_name="+")
    given_on = models.DateField()
    from_on = models.DateField()
    to_on = models.DateField()
    last_ok_on = models.DateField(null=True)
    first_ok_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    paused = models.CharField(max_length=20, blank=True)
    word_on = models.DateField(null=True)

    class Meta:
        # Figures are read from this index alone.
        indexes: ClassVar = [
            models.Index(
                fields=(
                    "programme",
                    "unit",
                    "to_on",
                    "from_on",
                    "last_ok_on",
                    "done_on",
                    "paused",
                    "first_ok_on",
                    "word_on",
                    "given_on",
                ),
                name="programmes_spell_figures",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.from_on:%d/%m/%Y} - {self.to_on:%d/%m/%Y}"
