"""The seal of a form: its stamp and what stood in it, signed, so that neither can be typed by hand.

A file carries it as one text without blanks, in pieces where a cell or a property cannot hold it all.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core import signing

from dondoc.common.errors import Refused
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.unit_files.contents import FileFault, Filled, FilledCell, FilledText, Seen, Stamp, TableSeen

PIECE = 8_000
KEPT = timedelta(days=1)
_SALT = "dondoc.reporting.unit_files"
SPOILT = "Phần nhận dạng của tệp đã bị sửa hoặc hỏng. Tải mẫu mới của đơn vị, chép số liệu sang rồi chọn lại."


def sealed(stamp: Stamp, seen: Seen) -> str:
    held = {
        "stamp": _stamp(stamp),
        "cells": [[*place, words] for place, words in seen.cells.items()],
        "texts": dict(seen.texts),
        "tables": {code: [dict(one.columns), one.asked, one.computed] for code, one in seen.tables.items()},
    }
    return signing.dumps(held, salt=_SALT, compress=True)


def unsealed(text: str) -> tuple[Stamp, Seen]:
    """Raises Refused where it is no seal of this house."""
    try:
        held: dict[str, Any] = signing.loads("".join(text.split()), salt=_SALT)
        stamp = _read_stamp(held["stamp"])
        cells = {Place(code, column): words for code, column, words in held["cells"]}
        tables = {code: TableSeen(one, tuple(asked), tuple(computed)) for code, (one, asked, computed) in held["tables"].items()}
    except (signing.BadSignature, ValueError, KeyError, TypeError) as error:
        raise Refused(SPOILT, field="upload") from error
    return stamp, Seen(cells, held["texts"], tables)


def pieces(text: str) -> list[str]:
    """The seal cut into pieces that a cell can hold."""
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def packed(filled: Filled) -> str:
    """What was read, as a text that a page can hold until a person has decided; nobody but this house can write it."""
    held = {
        "stamp": _stamp(filled.stamp),
        "cells": [[*one.place, *_typed(one.typed), one.explanation, one.where, one.seen] for one in filled.cells],
        "texts": [[one.section, one.text, one.where, one.seen] for one in filled.texts],
        "faults": [[one.where, one.words, one.place] for one in filled.faults],
    }
    return signing.dumps(held, salt=f"{_SALT}.filled", compress=True)


def unpacked(text: str) -> Filled:
    """Raises Refused where it is too old, or not what :func:`packed` wrote."""
    try:
        held: dict[str, Any] = signing.loads(text, salt=f"{_SALT}.filled", max_age=KEPT)
    except signing.BadSignature as error:
        raise Refused("Trang đã cũ nên không còn giữ nội dung của tệp. Chọn lại tệp.", field="upload") from error
    cells = [
        FilledCell(Place(code, column), Decimal(typed) if is_number else typed, *rest)
        for code, column, typed, is_number, *rest in held["cells"]
    ]
    texts = [FilledText(*one) for one in held["texts"]]
    faults = [FileFault(where, words, Place(*place) if place else None) for where, words, place in held["faults"]]
    return Filled(_read_stamp(held["stamp"]), tuple(cells), tuple(texts), tuple(faults))


def _typed(typed: str | Decimal) -> tuple[str, bool]:
    return str(typed), isinstance(typed, Decimal)


def _stamp(stamp: Stamp) -> list[Any]:
    return [stamp.report, stamp.unit, stamp.unit_name, stamp.template, stamp.version, stamp.made_at.isoformat()]


def _read_stamp(held: list[Any]) -> Stamp:
    report, unit, unit_name, template, version, made_at = held
    return Stamp(report, unit, unit_name, template, version, datetime.fromisoformat(made_at))
