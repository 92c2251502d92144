"""State changes of programmes, one function each."""

from dondoc.programmes.services.adding import add_task
from dondoc.programmes.services.anchoring import date_event, name_event, tie_task
from dondoc.programmes.services.assigning import choose_parts, name_answerer, set_unit
from dondoc.programmes.services.cascade import (
    add_step,
    change_step,
    drop_step,
    issue_plan,
    make_plan,
    record_step,
    write_plan,
)
from dondoc.programmes.services.conflict import as_seen
from dondoc.programmes.services.delivering import accept, deliver, record_progress, reopen, return_
from dondoc.programmes.services.extensions import ask_extension, extend, grant_extension, refuse_extension, withdraw_extension
from dondoc.programmes.services.gathering import accept_parts, close, excuse_parts, return_parts
from dondoc.programmes.services.kinds import change_kind
from dondoc.programmes.services.managing import close_programme, edit_programme, reopen_programme
from dondoc.programmes.services.obligations import link, unlink
from dondoc.programmes.services.opening import add_items, open_programme
from dondoc.programmes.services.papers import join_document, supersede
from dondoc.programmes.services.projecting import rebuild, rebuild_all
from dondoc.programmes.services.receiving import decline, hand_on, insist, receive
from dondoc.programmes.services.recurring import open_periods
from dondoc.programmes.services.reminding import remind
from dondoc.programmes.services.schedules import set_schedule, skip_period, stop_schedule, take_up_period
from dondoc.programmes.services.stopping import cancel, resume, suspend

__all__ = [
    "accept",
    "accept_parts",
    "add_items",
    "add_step",
    "add_task",
    "as_seen",
    "ask_extension",
    "cancel",
    "change_kind",
    "change_step",
    "choose_parts",
    "close",
    "close_programme",
    "date_event",
    "decline",
    "deliver",
    "drop_step",
    "edit_programme",
    "excuse_parts",
    "extend",
    "grant_extension",
    "hand_on",
    "insist",
    "issue_plan",
    "join_document",
    "link",
    "make_plan",
    "name_answerer",
    "name_event",
    "open_periods",
    "open_programme",
    "rebuild",
    "rebuild_all",
    "receive",
    "record_progress",
    "record_step",
    "refuse_extension",
    "remind",
    "reopen",
    "reopen_programme",
    "resume",
    "return_",
    "return_parts",
    "set_schedule",
    "set_unit",
    "skip_period",
    "stop_schedule",
    "supersede",
    "suspend",
    "take_up_period",
    "tie_task",
    "unlink",
    "withdraw_extension",
    "write_plan",
]
