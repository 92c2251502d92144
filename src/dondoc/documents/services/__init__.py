"""What may be done with documents; one function a change."""

from dondoc.documents.services.handing_in import HandedIn, hand_in
from dondoc.documents.services.keeping import keep
from dondoc.documents.services.projections import rebuild, rebuild_document, rebuild_many
from dondoc.documents.services.rereading import outdated, reread
from dondoc.documents.services.reviewing import (
    accept,
    accept_certain,
    accept_particulars,
    add,
    correct,
    keep_field,
    merge,
    reject,
    set_field,
    split,
)
from dondoc.documents.services.running import fail, quarantine, read, read_again, stop
from dondoc.documents.services.sharing import set_visibility
from dondoc.documents.services.undoing import undo, undo_last
from dondoc.documents.services.versioning import judge_version

__all__ = [
    "HandedIn",
    "accept",
    "accept_certain",
    "accept_particulars",
    "add",
    "correct",
    "fail",
    "hand_in",
    "judge_version",
    "keep",
    "keep_field",
    "merge",
    "outdated",
    "quarantine",
    "read",
    "read_again",
    "rebuild",
    "rebuild_document",
    "rebuild_many",
    "reject",
    "reread",
    "set_field",
    "set_visibility",
    "split",
    "stop",
    "undo",
    "undo_last",
]
