"""A table whose cells had run together, taken apart: its rows, each cell a row of slices of lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from vanban.outline.tables import Role
from vanban.spans import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a cell: where it stands, and how it is to be read ("" for one that says nothing)."""

    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class WovenCell:
    """A cell: its words in order, and the slices of lines that they stand on."""

    pieces: tuple[Piece, ...]
    slices: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class WovenRow:
    """A row: ``number`` as printed, "" for one that could not be read; ``span`` all its lines."""

    number: str
    section: str
    cells: Mapping[Role, WovenCell]
    span: Span


@dataclass(frozen=True, slots=True)
class WovenTable:
    """A table that was taken apart: its columns from left to right, its rows, and the whole place of it, head to end."""

    columns: tuple[Role, ...]
    rows: tuple[WovenRow, ...]
    span: Span
