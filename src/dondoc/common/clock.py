"""The one place where the platform asks what time it is. Everything below views and jobs takes the time as an argument."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """The day in Vietnam."""
    return timezone.localdate()
