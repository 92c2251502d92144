"""The rows of programmes, a file a subject."""

from dondoc.programmes.models.duty import Duty, DutyReporter
from dondoc.programmes.models.programme import Obligation, Programme, ProgrammeDocument
from dondoc.programmes.models.target import Target, TargetVersion
from dondoc.programmes.models.task import Assignment, Part, Task, TaskEvent

__all__ = [
    "Assignment",
    "Duty",
    "DutyReporter",
    "Obligation",
    "Part",
    "Programme",
    "ProgrammeDocument",
    "Target",
    "TargetVersion",
    "Task",
    "TaskEvent",
]
