"""Automatic numbering of Word (w:numPr) as the labels that a reader sees: "1.", "a)", "II.1", "-".

Source: ECMA-376 part 1, 17.9 (numbering): counters live in the abstract list, so that two lists made from it count on.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from vanban.sources.docx_package import WORD

W = f"{{{WORD}}}"
LEVELS = 9
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_DASHES = {"–": "-", "—": "-", "\u2011": "-", "\uf02d": "-", "\u2212": "-"}
_BULLETS = set("-+*")


def roman(number: int) -> str:
    """Roman figure of a number from 1: 14 → XIV."""
    pieces = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        pieces.append(letters * count)
    return "".join(pieces)


def letters(number: int) -> str:
    """Word's letters: a … z, aa, bb …."""
    count, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (count + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperRoman": lambda number: roman(number) if number > 0 else str(number),
    "lowerRoman": lambda number: roman(number).lower() if number > 0 else str(number),
    "upperLetter": lambda number: letters(number).upper() if number > 0 else str(number),
    "lowerLetter": lambda number: letters(number) if number > 0 else str(number),
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and looks. ``text`` holds %1 … %9 for the numbers of the levels."""

    text: str = ""
    format: str = "decimal"
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num: its levels, the abstract list whose counters it uses, and the levels that it begins anew."""

    abstract: str
    levels: dict[int, Level]
    anew: frozenset[int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted; asked paragraph by paragraph, in order."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, number_id: str, style: str | None) -> int:
        """The level that a paragraph style is tied to in a list, else 0."""
        held = self.lists.get(number_id)
        return next((index for index, level in held.levels.items() if level.style == style), 0) if held and style else 0

    def label(self, number_id: str, level: int) -> str:
        """Count a paragraph on ``level`` of list ``number_id``; give its label, empty for a list that is not there."""
        held = self.lists.get(number_id)
        if held is None or level not in held.levels:
            return ""
        counters = self._counters.setdefault(held.abstract, [None] * LEVELS)
        if level in held.anew and (number_id, level) not in self._begun:
            counters[level] = None
        self._begun.add((number_id, level))
        _count(counters, held.levels, level)
        return _written(counters, held.levels, level)


def _count(counters: list[int | None], levels: dict[int, Level], level: int) -> None:
    """One more on ``level``; the deeper ones begin again."""
    for index in range(level):
        if counters[index] is None and index in levels:
            counters[index] = levels[index].start
    before = counters[level]
    counters[level] = levels[level].start if before is None else before + 1
    for index in range(level + 1, LEVELS):
        restart = levels[index].restart if index in levels else None
        if restart is None or level < restart:
            counters[index] = None


def _written(counters: list[int | None], levels: dict[int, Level], level: int) -> str:
    this = levels[level]
    if this.format == "bullet":
        sign = _DASHES.get(this.text, this.text)
        return sign if sign in _BULLETS else "•" if sign else ""

    def number(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        value, how = counters[index], levels.get(index)
        if value is None or how is None:
            return ""
        if this.legal and how.format != "none":
            return str(value)
        return _FORMATS.get(how.format, str)(value)

    return re.sub(r"%([1-9])", number, this.text).strip()


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists of word/numbering.xml; none where the part is absent."""
    if root is None:
        return Numbering()
    abstracts = {item.get(f"{W}abstractNumId", ""): item for item in root.iterfind(f"{W}abstractNum")}
    linked = {link.get(f"{W}val", ""): key for key, item in abstracts.items() if (link := item.find(f"{W}styleLink")) is not None}
    lists = {}
    for item in root.iterfind(f"{W}num"):
        key = _value(item, "abstractNumId") or ""
        link = _value(abstracts[key], "numStyleLink") if key in abstracts else None
        key = linked.get(link, key) if link else key
        if key in abstracts:
            lists[item.get(f"{W}numId", "")] = _list(item, key, abstracts[key])
    return Numbering(lists)


def _list(item: etree._Element, key: str, abstract: etree._Element) -> _List:
    levels = dict(_level(level) for level in abstract.iterfind(f"{W}lvl"))
    anew = set()
    for override in item.iterfind(f"{W}lvlOverride"):
        index = _whole(override.get(f"{W}ilvl"), 0)
        own = override.find(f"{W}lvl")
        if own is not None:
            levels[index] = _level(own)[1]
        start = _value(override, "startOverride")
        if start is not None and index in levels:
            levels[index] = replace(levels[index], start=_whole(start, 1))
            anew.add(index)
    return _List(key, {index: level for index, level in levels.items() if 0 <= index < LEVELS}, frozenset(anew))


def _level(item: etree._Element) -> tuple[int, Level]:
    restart = _value(item, "lvlRestart")
    legal = item.find(f"{W}isLgl")
    return _whole(item.get(f"{W}ilvl"), 0), Level(
        text=_value(item, "lvlText") or "",
        format=_value(item, "numFmt") or "decimal",
        start=_whole(_value(item, "start"), 1 if item.find(f"{W}start") is not None else 0),
        restart=None if restart is None else _whole(restart, 0),
        legal=legal is not None and legal.get(f"{W}val") not in {"0", "false"},
        style=_value(item, "pStyle"),
    )


def _value(item: etree._Element, name: str) -> str | None:
    held = item.find(f"{W}{name}")
    return None if held is None else held.get(f"{W}val")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() else otherwise
