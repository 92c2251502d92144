"""The rows of reporting campaigns: what is asked (template), of whom (campaign), what came (content)."""

from dondoc.reporting.models.campaign import Campaign, CampaignGroup, Return, ReturnEvent, Schedule, Submission
from dondoc.reporting.models.content import Block, Draft, Passage, Remark, Value
from dondoc.reporting.models.practice import Practice, Submitter
from dondoc.reporting.models.template import Check, Indicator, Section, Table, Template, TemplateVersion

__all__ = [
    "Block",
    "Campaign",
    "CampaignGroup",
    "Check",
    "Draft",
    "Indicator",
    "Passage",
    "Practice",
    "Remark",
    "Return",
    "ReturnEvent",
    "Schedule",
    "Section",
    "Submission",
    "Submitter",
    "Table",
    "Template",
    "TemplateVersion",
    "Value",
]
