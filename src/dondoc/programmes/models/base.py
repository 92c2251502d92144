"""What rows of a programme share: where they were read, and by when they are owed."""

from django.db import models


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
