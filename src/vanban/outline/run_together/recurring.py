"""Values that recur down a column: a cell that holds only a part of the usual one is read as that.

In a plan of one province the same group of bodies works along in nearly every row, the same committee watches over it. Where
the layer has lost a line of such a cell, what is left of it still tells which value stood there.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from vanban.outline.run_together.layer import bare
from vanban.outline.run_together.table import Piece, WovenCell, WovenRow
from vanban.outline.tables import Role

_COLUMNS = (Role.SUPERVISOR, Role.COORDINATOR)
_SHARE = 0.3
_LEAST = 4
_PART = 0.35
_WORDS = 2
_MOSTLY = 0.5
_PART_OF_MOST = 0.2


def completed(rows: Sequence[WovenRow]) -> list[WovenRow]:
    """``rows``, each cell that is a part of its column's usual value made whole."""
    usual = {role: value for role in _COLUMNS if (value := _usual(rows, role))}
    return [
        replace(row, cells={role: _whole(cell, *usual.get(role, ((), 0.0))) for role, cell in row.cells.items()}) for row in rows
    ]


def _usual(rows: Sequence[WovenRow], role: Role) -> tuple[tuple[str, ...], float] | None:
    """The words of the value that most cells of a column have, and the share of the cells; None where no value is usual."""
    cells = [row.cells[role] for row in rows if role in row.cells]
    counts = Counter(tuple(_words(cell)) for cell in cells)
    if not counts:
        return None
    words, count = counts.most_common(1)[0]
    if count < _LEAST or count < _SHARE * len(cells):
        return None
    written = Counter(tuple(_written(cell)) for cell in cells if tuple(_words(cell)) == words)
    return written.most_common(1)[0][0], count / len(cells)


def _written(cell: WovenCell) -> list[str]:
    return [word for piece in cell.pieces for word in piece.words.split() if bare(word)]


def _words(cell: WovenCell) -> list[str]:
    return [bare(word) for word in _written(cell)]


def _whole(cell: WovenCell, usual: Sequence[str], share: float) -> WovenCell:
    """The cell with the words of ``usual`` that it lacks, where it has no others; each stands with the word before it."""
    words = _words(cell)
    wanted = [bare(word) for word in usual]
    least = _PART_OF_MOST * len(wanted) if share >= _MOSTLY else max(_WORDS, _PART * len(wanted))
    if words == wanted or not words or len(words) < least or not _is_part(words, wanted):
        return cell
    pieces: list[Piece] = []
    at = 0
    for piece in cell.pieces:
        ends = max(
            (at + wanted[at:].index(bare(word)) + 1 for word in piece.words.split() if bare(word) in wanted[at:]), default=at
        )
        pieces.append(Piece(piece.span, " ".join(usual[at:ends]) or piece.words))
        at = ends
    pieces[-1] = Piece(pieces[-1].span, " ".join([pieces[-1].words, *usual[at:]]))
    return WovenCell(tuple(pieces), cell.slices)


def _is_part(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether ``words`` stand in ``wanted`` in their order."""
    left = iter(wanted)
    return all(word in left for word in words)
