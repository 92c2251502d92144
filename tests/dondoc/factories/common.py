"""Small helpers that the factories of the apps share."""

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))

# The day that most tests stand on: memberships of the fixtures hold from STARTED on.
TODAY = date(2025, 9, 12)
STARTED = date(2025, 7, 1)
NOON = datetime(2025, 9, 12, 12, 0, tzinfo=VIETNAM)
