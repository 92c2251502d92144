"""The words of the cells of a page's tables, among the words of the page.

In a reading the words of cells stand below the page: their boxes are those of the column of cells, moved down by the page's
height, so that the readings of two models meet line by line there too, and never across two cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vanban.sources.images.cells import Piece, piece_of
from vanban.sources.images.grid import Grid, GridCell
from vanban.sources.images.words import SeenWord
from vanban.text.restore.readings import ReadWord

BELOW = 1000  # added to the number of the block that a word of the column belongs to


@dataclass(frozen=True, slots=True)
class SeenTables:
    """The ruled tables of a page, and where the inked parts of their cells stand in the column that was read."""

    grids: tuple[Grid, ...] = ()
    pieces: tuple[Piece, ...] = ()


def below(words: Sequence[SeenWord], height: int) -> list[SeenWord]:
    """The words of the column of cells as they stand in a page's reading."""
    return [
        replace(
            word,
            box=(word.box[0], word.box[1] + height, word.box[2], word.box[3] + height),
            line=(word.line[0] + BELOW, word.line[1], word.line[2]),
        )
        for word in words
    ]


def by_cell(words: Sequence[ReadWord], tables: SeenTables, height: int) -> dict[tuple[int, GridCell], list[ReadWord]]:
    """The words below the page by number of the table and cell, with their boxes on the page."""
    held: dict[tuple[int, GridCell], list[ReadWord]] = {}
    if not tables.pieces:
        return held
    for word in words:
        box = (word.box[0], word.box[1] - height, word.box[2], word.box[3] - height)
        piece = piece_of(tables.pieces, box)
        held.setdefault((piece.table, piece.cell), []).append(replace(word, box=piece.on_page(box)))
    return held


def tables_from(kept: Mapping[str, Any]) -> SeenTables:
    """The tables that were kept as plain data (:func:`dataclasses.asdict`)."""

    def cell(held: Mapping[str, Any]) -> GridCell:
        return GridCell(**{**held, "box": tuple(held["box"])})

    grids = tuple(Grid(tuple(grid["box"]), tuple(map(cell, grid["cells"])), tuple(grid["lefts"])) for grid in kept["grids"])
    pieces = tuple(Piece(**{**piece, "cell": cell(piece["cell"]), "box": tuple(piece["box"])}) for piece in kept["pieces"])
    return SeenTables(grids, pieces)
