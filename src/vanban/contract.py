"""The public JSON form of a reading (``dondoc.document/1``)."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from vanban.reading import CONTRACT, Reading
from vanban.spans import Span


def to_json(reading: Reading) -> dict[str, object]:
    """The contract's object for ``reading``; see ``README.md`` for its shape."""
    return {
        "schema": CONTRACT,
        "source": _plain(reading.source),
        "text": reading.text,
        "metadata": _plain(reading.metadata),
        "outline": _plain(reading.outline),
        "agencies": _plain(reading.agencies),
        "citations": _plain(reading.citations),
        "targets": _plain(reading.targets),
        "tasks": _plain(reading.tasks),
        "reporting_duties": _plain(reading.duties),
        "findings": _plain(reading.findings),
    }


def _plain(value: object) -> object:
    """Lists, dicts, strings, numbers and None in place of the reading's own types."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if is_dataclass(value) and not isinstance(value, type):
        return {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(held) for key, held in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(held) for held in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    """A word, a figure or None: what an enumeration stands for, a day in ISO form."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
