"""State changes of programmes, one function each."""

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
from dondoc.programmes.services.events import (
    accept,
    cancel,
    deliver,
    extend,
    record_progress,
    reopen,
    resume,
    return_,
    suspend,
)
from dondoc.programmes.services.obligations import link, unlink
from dondoc.programmes.services.opening import add_items, open_programme
from dondoc.programmes.services.papers import join_document, supersede
from dondoc.programmes.services.projecting import rebuild
from dondoc.programmes.services.reminding import remind

__all__ = [
    "accept",
    "add_items",
    "add_step",
    "cancel",
    "change_step",
    "choose_parts",
    "deliver",
    "drop_step",
    "extend",
    "issue_plan",
    "join_document",
    "link",
    "make_plan",
    "name_answerer",
    "open_programme",
    "rebuild",
    "record_progress",
    "record_step",
    "remind",
    "reopen",
    "resume",
    "return_",
    "set_unit",
    "supersede",
    "suspend",
    "unlink",
    "write_plan",
]
