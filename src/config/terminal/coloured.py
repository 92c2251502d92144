"""The summary for a terminal: tables and colours."""

from collections.abc import Sequence
from io import StringIO

from rich import box
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from config.terminal.summary import SEVERITIES, Section
from vanban.reading import Severity

_COLOURS = {
    SEVERITIES[Severity.MUST_FIX]: "bold red",
    SEVERITIES[Severity.VERIFY]: "yellow",
    SEVERITIES[Severity.SHOULD_FIX]: "cyan",
    SEVERITIES[Severity.EDITORIAL]: "dim",
}
_NARROW = 70
_LESS = frozenset({"STT", "Mục", "Biểu mẫu"})  # left out where the terminal is narrow


def draw(sections: Sequence[Section], width: int) -> str:
    """The sections as coloured tables, ``width`` columns wide."""
    console = Console(file=StringIO(), width=width, force_terminal=True, highlight=False, legacy_windows=False)
    for section in sections:
        console.print(_head(section) if not section.columns else _list(section, width))
    drawn = console.file.getvalue()  # type: ignore[attr-defined]  # the StringIO above
    return str(drawn)


def _head(section: Section) -> Group:
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for name, value in section.rows:
        facts.add_row(name, Text(value))
    return Group(Text(section.title, style="bold"), Padding(facts, (0, 0, 1, 1)))


def _list(section: Section, width: int) -> Table:
    shown = [at for at in range(len(section.columns)) if any(row[at] for row in section.rows)]
    if width < _NARROW:
        shown = [at for at in shown if section.columns[at] not in _LESS]
    table = Table(
        title=f"{section.title} ({len(section.rows)})",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        expand=True,
        pad_edge=False,
    )
    for at in shown:
        name = section.columns[at]
        if at == section.wide:
            table.add_column(name, ratio=1, overflow="fold")
        else:
            longest = max(len(name), *(len(row[at]) for row in section.rows))
            table.add_column(name, width=min(longest, max(8, width // 4 if len(shown) < 5 else width // 5)), overflow="fold")
    for row in section.rows:
        table.add_row(*(Text(row[at], style=_COLOURS.get(row[at], "")) for at in shown))
    return table
