"""The value of a cell as a Vietnamese reader of the sheet sees it: 10/9/2025, 95%, 1.234,5."""

import datetime as dt
import re
from typing import Any

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*')
_IN_BRACKETS = re.compile(r"\[[^\]]*\]|_.|\*.")
_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
MOST_DIGITS = 10  # of a number without a form of its own, as Excel shows
ZERO_BEFORE = 10


def shown(value: Any, form: str) -> str:
    """``value`` of a cell with the number format ``form`` as text; empty for no value.

    Days and months are written as offices do, 05/3/2025: a zero before days under 10 and before the months 1 and 2.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _moment(value, form)
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value).replace("\t", " ").replace("_x000D_", "").replace("\r\n", "\n").strip()


def _moment(value: dt.date | dt.time, form: str) -> str:
    if isinstance(value, dt.time):
        return f"{value.hour:02}:{value.minute:02}"
    month = f"{value.month:02}" if value.month <= 2 else str(value.month)
    bare = _QUOTED.sub("", form).lower()
    if "y" in bare and "d" not in bare:
        return f"{month}/{value.year}" if "m" in bare else str(value.year)
    day = f"{value.day:02}/{month}/{value.year}"
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        return f"{value.hour:02}:{value.minute:02} {day}"
    return day


def _number(value: float, form: str) -> str:
    """A number by its format: so many decimals, points between thousands, a percent sign, the words around it."""
    section, value = _section(form, value)
    words = [found[1] or found[2] or "" for found in _QUOTED.finditer(section)]
    bare = _IN_BRACKETS.sub("", _QUOTED.sub("\0", section))
    before, after = _around(bare, words)
    if "%" in bare:
        value, after = value * 100, f"%{after}"
    decimals = _DECIMALS.search(bare)
    if "0" not in bare and "#" not in bare:
        written = f"{value:.{MOST_DIGITS}g}" if abs(value) < 10**MOST_DIGITS else f"{value:.0f}"
    elif decimals is None:
        written = f"{value:.0f}"
    else:
        written = f"{value:.{len(decimals[1])}f}"
        optional = len(decimals[1]) - len(decimals[1].rstrip("#?"))
        if optional:
            whole, _, part = written.partition(".")
            kept = part[: len(part) - optional] + part[len(part) - optional :].rstrip("0")
            written = f"{whole}.{kept}" if kept else whole
    return before + _vietnamese(written, grouped="," in bare) + after


def _section(form: str, value: float) -> tuple[str, float]:
    """The part of a number format that is for this value (positive; negative, which says its sign itself), and what it shows."""
    sections = [section for section in _SECTION.findall(form) if section]
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    return sections[0] if sections else "General", value


def _around(bare: str, words: list[str]) -> tuple[str, str]:
    """The quoted words, signs and brackets before and after the digits; a NUL stands for each word in ``bare``."""
    place = re.search(r"[0#]", bare)
    count = bare[: place.start()].count("\0") if place else 0
    signs = "-(" if "(" in bare else "-"
    before = "".join(sign for sign in bare[: place.start()] if sign in signs) if place else ""
    return before + "".join(words[:count]), "".join(words[count:]) + (")" if ")" in bare else "")


def _vietnamese(written: str, *, grouped: bool) -> str:
    """Digits with a comma before the decimals, and points between thousands where they are asked for."""
    whole, _, part = written.partition(".")
    if "e" in written:
        return written.replace(".", ",")
    if grouped:
        whole = f"{int(whole):,}".replace(",", ".")
    return f"{whole},{part}" if part else whole
