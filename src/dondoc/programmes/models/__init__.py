"""The rows of programmes, a file a subject."""

from dondoc.programmes.models.duty import Duty, DutyReporter
from dondoc.programmes.models.measurement import Measurement, MeasurementReview
from dondoc.programmes.models.obstacle import Obstacle, ObstacleEvent
from dondoc.programmes.models.plan import PlanStep, StepEvent, UnitPlan
from dondoc.programmes.models.programme import Obligation, Programme, ProgrammeDocument
from dondoc.programmes.models.spell import Spell
from dondoc.programmes.models.target import Milestone, Target, TargetVersion
from dondoc.programmes.models.task import (
    AnchorEvent,
    Assignment,
    ExtensionRequest,
    Origin,
    Part,
    Period,
    Task,
    TaskEvent,
)
from dondoc.programmes.models.urging import UrgingLetter

__all__ = [
    "AnchorEvent",
    "Assignment",
    "Duty",
    "DutyReporter",
    "ExtensionRequest",
    "Measurement",
    "MeasurementReview",
    "Milestone",
    "Obligation",
    "Obstacle",
    "ObstacleEvent",
    "Origin",
    "Part",
    "Period",
    "PlanStep",
    "Programme",
    "ProgrammeDocument",
    "Spell",
    "StepEvent",
    "Target",
    "TargetVersion",
    "Task",
    "TaskEvent",
    "UnitPlan",
    "UrgingLetter",
]
