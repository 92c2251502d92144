"""The seal of a form: its stamp and what stood in it, signed, so that neither can be typed by hand.

A file carries it as one text without blanks, in pieces where a cell or a property cannot hold it all.
"""

from datetime import datetime
from typing import Any

from django.core import signing

from dondoc.common.errors import Refused
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.unit_files.contents import Seen, Stamp, TableSeen

PIECE = 8_000
_SALT = "dondoc.reporting.unit_files"
SPOILT = "Phần nhận dạng của tệp đã bị sửa hoặc hỏng. Tải mẫu mới của đơn vị, chép số liệu sang rồi chọn lại."


def sealed(stamp: Stamp, seen: Seen) -> str:
    held = {
        "stamp": [stamp.report, stamp.unit, stamp.unit_name, stamp.template, stamp.version, stamp.made_at.isoformat()],
        "cells": [[*place, words] for place, words in seen.cells.items()],
        "texts": dict(seen.texts),
        "tables": {code: [dict(one.columns), one.asked, one.computed] for code, one in seen.tables.items()},
    }
    return signing.dumps(held, salt=_SALT, compress=True)


def unsealed(text: str) -> tuple[Stamp, Seen]:
    """Raises Refused where it is no seal of this house."""
    try:
        held: dict[str, Any] = signing.loads("".join(text.split()), salt=_SALT)
        *rest, made_at = held["stamp"]
        stamp = Stamp(*rest, datetime.fromisoformat(made_at))
        cells = {Place(code, column): words for code, column, words in held["cells"]}
        tables = {code: TableSeen(one, tuple(asked), tuple(computed)) for code, (one, asked, computed) in held["tables"].items()}
    except (signing.BadSignature, ValueError, KeyError, TypeError) as error:
        raise Refused(SPOILT, field="upload") from error
    return stamp, Seen(cells, held["texts"], tables)


def pieces(text: str) -> list[str]:
    """The seal cut into pieces that a cell can hold."""
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
