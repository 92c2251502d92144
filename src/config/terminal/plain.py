"""The summary for a pipe or a file: words and indents, no colours, no drawn lines."""

import textwrap
from collections.abc import Sequence

from config.terminal.summary import Section

_NARROWEST = 30


def write(sections: Sequence[Section], width: int) -> str:
    """The sections one below the other, no line wider than ``width`` (30 at least)."""
    wide = max(width, _NARROWEST)
    parts = [_head(section, wide) if not section.columns else _list(section, wide) for section in sections]
    return "\n".join(parts) + "\n"


def _head(section: Section, width: int) -> str:
    lines = [_wrap(section.title, "", width)]
    lines += [_wrap(f"{name}: {value}", "  ", width) for name, value in section.rows]
    return "\n".join(lines) + "\n"


def _list(section: Section, width: int) -> str:
    lines = [f"{section.title.upper()} ({len(section.rows)})"]
    for number, row in enumerate(section.rows, 1):
        if section.joint:
            lines.append(_wrap(f"{number}. {section.joint.join(filter(None, row))}", "  ", width))
            continue
        lines.append(_wrap(f"{number}. {row[section.wide]}", "  ", width))
        lines += [
            _wrap(f"{name}: {value}", "     ", width)
            for at, (name, value) in enumerate(zip(section.columns, row, strict=True))
            if at != section.wide and value and name != "STT"
        ]
    return "\n".join(lines) + "\n"


def _wrap(text: str, indent: str, width: int) -> str:
    return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)
