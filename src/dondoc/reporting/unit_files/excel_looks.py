"""How the cells of a form look: what is filled in stands white in a firm edge, all else is locked on a tint."""

from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from dondoc.common.exporting import TRIGGERS, cell_text

TYPE = "Times New Roman"
_GREY, _EDGE = "FFC2CBD9", "FF47526A"


@dataclass(frozen=True)
class Look:
    """``tint``: the ground, AARRGGBB without the first two; "" for none."""

    bold: bool = False
    italic: bool = False
    size: int = 12
    colour: str = "1A2233"
    tint: str = ""
    edge: str = _GREY
    across: str = "left"
    down: str = "center"
    locked: bool = True
    number_format: str = "General"
    quoted: bool = False

    def put_on(self, cell: Any) -> None:
        cell.font = Font(name=TYPE, size=self.size, bold=self.bold, italic=self.italic, color=f"FF{self.colour}")
        indent = 1 if self.across == "right" else 0
        cell.alignment = Alignment(horizontal=self.across, vertical=self.down, wrap_text=True, indent=indent)
        cell.protection = Protection(locked=self.locked)
        cell.number_format = self.number_format
        cell.quotePrefix = self.quoted
        if self.tint:
            cell.fill = PatternFill("solid", fgColor=f"FF{self.tint}")
        if self.edge:
            side = Side(style="thin", color=self.edge)
            cell.border = Border(left=side, right=side, top=side, bottom=side)


LINE, AIR, TALLEST = 16.0, 4.0, 400.0


def high(*told: tuple[str, float]) -> float:
    """How high a row is in which these texts stand in columns of these widths: not every program finds out by itself."""
    lines = max(sum(max(1, ceil(len(line) / width)) for line in text.split("\n")) for text, width in told)
    return min(TALLEST, LINE * lines + AIR)


@dataclass(frozen=True)
class Page:
    """A sheet that is being written. ``styles`` are the workbook's: telling each cell its look anew takes five times as long."""

    sheet: Any
    styles: dict[Look, Any]

    def put(self, row: int, column: int, value: str | Decimal | None, look: Look) -> Any:
        """Text stays text: what begins with ``=`` is no formula, nor when somebody edits the cell."""
        cell = self.sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = cell_text(value)
            cell.data_type = "s"
            look = replace(look, quoted=True) if value.startswith(TRIGGERS) else look
        elif value is not None:
            cell.value = value
        if look not in self.styles:
            look.put_on(cell)
            self.styles[look] = cell._style  # noqa: SLF001 - what the library copies a look by
        cell._style = self.styles[look]  # noqa: SLF001
        return cell


TITLE = Look(bold=True, size=14, edge="", down="center")
PLAIN = Look(edge="", down="top")
STRONG = Look(bold=True, edge="", down="top")
WEAK = Look(italic=True, edge="", down="top", colour="47526A")
HEAD = Look(bold=True, across="center", tint="DFE7F8")
BAND = Look(bold=True, tint="F3F5F9")
WORDS = Look(tint="F8FAFC")
BESIDE = Look(tint="F8FAFC", down="top")
EARLIER = Look(tint="F8FAFC", across="right", colour="47526A", number_format="#,##0.####")
REASON = Look(locked=False, edge=_EDGE, number_format="@")
TEXT = Look(locked=False, edge=_EDGE, down="top", number_format="@")


def figure(decimals: int, *, computed: bool = False, known: bool = False) -> Look:
    """``known``: the platform put a figure there that nobody has confirmed yet."""
    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    if computed:
        return Look(italic=True, tint="EDF0F5", across="right", number_format=form)
    return Look(locked=False, edge=_EDGE, across="right", number_format=form, tint="FFF3D1" if known else "")
