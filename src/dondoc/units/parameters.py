"""What law or practice may move, as data: what is shipped with the program, and how a value reads.

A shipped row without ``verified_on`` comes from practice and nobody has held it against a text yet; pages say so.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from dondoc.common.errors import Refused
from dondoc.units.enums import ParameterKey, ParameterKind

_FILE = Path(__file__).parent / "data" / "parameters.tsv"
UNVERIFIED = "chưa kiểm tra"
_MOST = {ParameterKind.TIMES: 20, ParameterKind.YES_NO: 1}
_DAYS = 366

Values = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shipped:
    """A parameter as it comes with the program."""

    key: ParameterKey
    kind: ParameterKind
    values: Values
    legal_basis: str
    verified_on: date | None


@cache
def shipped() -> Mapping[str, Shipped]:
    """All parameters by key, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {
        row["key"]: Shipped(
            ParameterKey(row["key"]),
            ParameterKind(row["kind"]),
            values_in(row["value"]),
            row["legal_basis"],
            date.fromisoformat(row["verified_on"]) if row["verified_on"] else None,
        )
        for row in rows
    }


def values_in(text: str) -> Values:
    """The whole numbers of "7,3,1"; ValueError where something else stands there."""
    return tuple(int(part) for part in text.split(","))


def checked(key: ParameterKey, text: str) -> Values:
    """What a person typed, as values that make sense for this parameter.

    :raises Refused: they do not; the sentence says what is expected.
    """
    one = shipped()[key]
    try:
        values = values_in(text)
    except ValueError:
        raise Refused("Ghi số nguyên; nhiều số thì cách nhau bằng dấu phẩy.", field="value") from None
    most = _MOST.get(one.kind, _DAYS)
    if any(not 0 <= value <= most for value in values):
        raise Refused(f"Ghi số từ 0 đến {most}.", field="value")
    if one.kind is ParameterKind.DAYS_DOWN and list(values) != sorted(set(values), reverse=True):
        raise Refused("Ghi số ngày trước hạn từ xa đến gần, ví dụ 7,3,1.", field="value")
    if one.kind is ParameterKind.DAYS_UP and (len(values) != len(one.values) or list(values) != sorted(set(values))):
        raise Refused(f"Ghi {len(one.values)} số ngày quá hạn tăng dần, ví dụ 1,7,15,30.", field="value")
    if one.kind not in {ParameterKind.DAYS_DOWN, ParameterKind.DAYS_UP} and len(values) != 1:
        raise Refused("Ghi một số.", field="value")
    return values


def words(key: ParameterKey, values: Values) -> str:
    """``2 lần``, ``7, 3, 1 ngày``, ``Có``."""
    kind = shipped()[key].kind
    if kind is ParameterKind.YES_NO:
        return "Có" if values[0] else "Không"
    return f"{', '.join(map(str, values))} {kind.label}"
