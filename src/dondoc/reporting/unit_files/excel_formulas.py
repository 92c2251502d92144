"""A formula of a template → the same in Excel, so that a form shows what comes of its figures while it is filled in.

Like the page, a formula gives nothing where one of its figures is missing or a divisor is zero, and rounds half away from zero.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from dondoc.reporting.rules.expressions import Name, parse

Tree: TypeAlias = "Decimal | Name | tuple[str, Tree, Tree]"
Find: TypeAlias = Callable[[Name], str | None]


def translated(text: str, decimals: int, find: Find) -> str | None:
    """``=IF(COUNT(E5,E6)=2,IFERROR(ROUND(E6/E5*100,1),""),"")``.

    ``find``: the address of a name's cell. None where one of them stands nowhere: such a formula is left to the page.
    """
    expression = parse(text)
    cells = {name: find(name) for name in expression.names}
    known = {name: cell for name, cell in cells.items() if cell is not None}
    if len(known) != len(cells):
        return None
    counted = f'IFERROR(ROUND({_written(expression.tree, known)},{decimals}),"")'
    if not known:
        return f"={counted}"
    return f'=IF(COUNT({",".join(known.values())})={len(known)},{counted},"")'


def _written(tree: Tree, cells: dict[Name, str]) -> str:
    if isinstance(tree, Decimal):
        return format(tree, "f")
    if isinstance(tree, Name):
        return cells[tree]
    mark, left, right = tree
    return f"({_written(left, cells)}{mark}{_written(right, cells)})"
