"""What a sheet's own XML says besides values: merged cells, hidden rows and columns, formulas without a result."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, cast

from lxml import etree
from openpyxl.utils.cell import range_boundaries

MAX_MERGED = 500_000  # cells under merged ones, on one sheet


@dataclass(slots=True)
class SheetLayout:
    """Rows and columns count from 1. ``merged``: first cell (row, column) → (rows, columns) that it covers."""

    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    without_result: int = 0
    area: int = 0

    def covered(self) -> set[tuple[int, int]]:
        """The cells that lie under a merged one, its first cell left out."""
        return {
            (row, column)
            for (top, left), (rows, columns) in self.merged.items()
            for row in range(top, top + rows)
            for column in range(left, left + columns)
            if (row, column) != (top, left)
        }


MAX_COLUMNS = 256  # to the right of it nothing is read
MAX_COVERED = 2_000  # rows that one merged cell may cover


def read_layout(part: IO[bytes]) -> SheetLayout:
    """The layout of the sheet whose XML ``part`` gives, read as a stream.

    :raises lxml.etree.XMLSyntaxError: the XML is broken.
    """
    layout = SheetLayout()
    for event, element in _elements(part):
        name = etree.QName(element).localname
        if event == "start":
            if name == "row" and element.get("hidden") in {"1", "true"} and (element.get("r") or "").isdecimal():
                layout.hidden_rows.add(int(element.get("r") or 0))
        elif name == "col" and element.get("hidden") in {"1", "true"}:
            first, last = int(element.get("min") or 1), int(element.get("max") or 1)
            layout.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
        elif name == "mergeCell":
            _merge(layout, element.get("ref") or "")
        elif name == "c":
            layout.without_result += element.find("{*}f") is not None and not (element.findtext("{*}v") or "")
        elif name == "row":
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    return layout


def _elements(part: IO[bytes]) -> Iterator[tuple[str, etree._Element]]:
    events = etree.iterparse(
        cast("str", part),
        events=("start", "end"),
        tag=("{*}row", "{*}c", "{*}col", "{*}mergeCell"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    yield from events


def _merge(layout: SheetLayout, reference: str) -> None:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return
    if None in {left, top, right, bottom}:
        return
    rows = min(cast("int", bottom) - cast("int", top) + 1, MAX_COVERED)
    columns = min(cast("int", right), MAX_COLUMNS) - cast("int", left) + 1
    area = rows * columns
    if columns > 0 and area > 1 and layout.area + area <= MAX_MERGED:
        layout.merged[cast("int", top), cast("int", left)] = (rows, columns)
        layout.area += area
