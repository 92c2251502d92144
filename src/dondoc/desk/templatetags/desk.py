"""Filters of the calendar's page."""

from datetime import date

from django import template

from dondoc.desk.calendar.dates import Due
from dondoc.programmes.wording import Badge

register = template.Library()


@register.filter
def badge_on(due: Due, today: date) -> Badge:
    """How what is owed stands on a day."""
    return due.badge(today)
