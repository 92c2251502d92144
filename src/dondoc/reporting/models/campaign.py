from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dondoc.programmes.models import Duty, Programme, Task
from dondoc.reporting.enums import CampaignState, ReturnEventKind, ReturnState
from dondoc.reporting.models.template import TemplateVersion


class Schedule(models.Model):
    """A reporting duty that comes again: its campaigns open themselves, each on the day ``opens_before`` its last good day.

    ``rule`` is an iCalendar rule of the last good days; ``window`` names the cut-off rule (domain rule 3.1: M, Q, H1, H2, 9M, Y).
    """

    duty = models.OneToOneField(Duty, models.CASCADE, related_name="schedule")
    rule = models.CharField(max_length=120)
    window = models.CharField(max_length=10, blank=True)
    opens_before = models.PositiveSmallIntegerField(default=30)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stopped_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.duty}: {self.rule}"


class Campaign(models.Model):
    """Đợt báo cáo: who reports what to ``recipient`` for one period, by when; asked for by ``duty``, or as a later hop by ``task``.

    Four different things: the period that is reported (``period_name``), the cut-off window of its figures (``window_from`` to
    ``window_to``), the last good day, and the hop: ``feeds`` is the campaign that this one's result goes into.
    """

    province = models.ForeignKey("units.Unit", models.PROTECT, related_name="campaigns")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="campaigns")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, blank=True, related_name="campaigns")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="campaigns")
    schedule = models.ForeignKey(Schedule, models.PROTECT, null=True, blank=True, related_name="campaigns")
    title = models.TextField()
    recipient = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    period_name = models.CharField(max_length=80)
    window_from = models.DateField(null=True, blank=True)
    window_to = models.DateField(null=True, blank=True)
    deadline_text = models.CharField(max_length=255, blank=True)
    last_ok_on = models.DateField()
    feeds = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="fed_by")
    state = models.CharField(max_length=20, choices=CampaignState, default=CampaignState.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-opened_on", "-pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(window_from__isnull=True) | Q(window_to__isnull=True) | Q(window_to__gte=F("window_from")),
                name="reporting_window_in_order",
                violation_error_message="Ngày chốt số liệu phải từ ngày bắt đầu kỳ trở đi.",
            ),
            models.UniqueConstraint(
                fields=("schedule", "last_ok_on"), condition=Q(schedule__isnull=False), name="reporting_one_a_turn"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=("province", "state", "last_ok_on"), name="reporting_campaigns")]

    def __str__(self) -> str:
        return self.title


class CampaignGroup(models.Model):
    """Those of a campaign who fill in one template: the communes, or the agencies that were picked."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=255)
    unit_group = models.ForeignKey("units.UnitGroup", models.PROTECT, null=True, blank=True, related_name="+")
    template = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="campaign_groups")

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


def no_parts() -> dict[str, Any]:
    """What a report keeps of its parts before anything is written."""
    return {"tables": {}, "sections": []}


class Return(models.Model):
    """One unit's report in a campaign: what is expected of it, and where it stands.

    Projections of its events: ``state``, ``first_received_on`` (never overwritten), ``received_on`` (the last),
    ``accepted_on``, ``hand_in_by`` (the own day of a returned report). ``asked`` and ``filled`` count what the template asks for
    and what the draft holds, ``sent_filled`` what was handed in; ``parts`` and ``sent_parts`` say of what: ``{"tables": {code:
    cells}, "sections": [codes]}``. ``revision`` grows with each change of the draft.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="returns")
    group = models.ForeignKey(CampaignGroup, models.CASCADE, related_name="returns")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="returns")
    state = models.CharField(max_length=20, choices=ReturnState, default=ReturnState.EXPECTED)
    first_received_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    hand_in_by = models.DateField(null=True, blank=True)
    asked = models.PositiveIntegerField(default=0)
    filled = models.PositiveIntegerField(default=0)
    sent_filled = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=no_parts)
    sent_parts = models.JSONField(default=no_parts)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("unit__search_text", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=("campaign", "unit"), name="reporting_return_once")]
        indexes: ClassVar = [
            models.Index(fields=("unit", "state"), name="reporting_returns_of_unit"),
            models.Index(fields=("group", "state"), name="reporting_returns_of_group"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.campaign}"


class Submission(models.Model):
    """What was handed in, frozen. ``token`` is the form's: the same one twice is one submission."""

    report = models.ForeignKey(Return, models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField()
    token = models.UUIDField(unique=True)
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=("report", "number"), name="reporting_submission_once")]

    def __str__(self) -> str:
        return f"{self.report}, lần {self.number}"


class ReturnEvent(models.Model):
    """Something that happened to a unit's report: append-only. ``happened_on`` is the day of receipt, of the paper, of the word."""

    report = models.ForeignKey(Return, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=ReturnEventKind)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="events")
    reason_code = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    hand_in_by = models.DateField(null=True, blank=True)
    paper_code = models.CharField(max_length=80, blank=True)
    paper_date = models.DateField(null=True, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("happened_on", "recorded_at", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on:%d/%m/%Y}"
