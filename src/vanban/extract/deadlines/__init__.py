"""When work is due: the forms of domain rules 4.2 read into the contract's ``deadline``."""

from vanban.extract.deadlines.found import DeadlineMention
from vanban.extract.deadlines.scan import BINDING, FORMS, find_deadlines, parse_deadline

__all__ = ["BINDING", "FORMS", "DeadlineMention", "find_deadlines", "parse_deadline"]
