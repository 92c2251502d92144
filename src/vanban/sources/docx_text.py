"""A Word paragraph as a reader sees it: tracked changes accepted, fields by their result, text boxes once."""

from dataclasses import dataclass, field, replace

from lxml import etree

from vanban.sources.docx_numbering import Numbering, W
from vanban.sources.docx_symbols import symbol
from vanban.text.legacy import in_font

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PARAGRAPH, TABLE, BOX = f"{W}p", f"{W}tbl", f"{W}txbxContent"
RUN, RUN_STYLE, PARAGRAPH_STYLE = f"{W}r", f"{W}rPr", f"{W}pPr"

_PLAIN = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
# What is deleted, hidden, said elsewhere, or no text.
_SKIPPED = {
    f"{W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt")
}
_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says of numbering, and whether it is that of a generated table of contents."""

    number_id: str | None = None
    level: int | None = None
    contents: bool = False
    font: str = ""


@dataclass(slots=True)
class Runs:
    """Collects the text of a paragraph's runs; ``boxes`` are the text boxes met on the way.

    ``font``: that of a run which names none. ``older``: words in a font of an older encoding, in Unicode and as they stand.
    """

    pieces: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)  # for each open field: whether its result has begun
    font: str = ""
    older: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def visit(self, element: etree._Element) -> None:
        """Take in what stands inside ``element``, at any depth."""
        for child in element:
            tag = child.tag
            if tag == RUN:
                self._run(child)
            elif tag not in _SKIPPED:
                self._other(child, tag)

    def _other(self, child: etree._Element, tag: str) -> None:
        """Anything that is no run: a wrapper to look into, a box to keep for later, a choice to be made once."""
        if tag == BOX:
            self.boxes.append(child)
        elif tag == ALTERNATIVES:
            chosen = next((item for item in child if item.tag != FALLBACK and next(item.iter(BOX), None) is not None), None)
            self.visit(child[-1] if chosen is None and len(child) else chosen if chosen is not None else child)
        elif tag == MATH_TEXT:
            self.pieces.append(child.text or "")
        elif tag not in {PARAGRAPH, TABLE}:
            self.visit(child)

    def _run(self, run: etree._Element) -> None:
        capitals, font = False, self.font
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                if all(self.fields):
                    text = self._in_font(child.text or "", font)
                    self.pieces.append(text.upper() if capitals else text)
            elif tag == RUN_STYLE:
                if is_on(child, "vanish"):
                    return
                capitals, font = is_on(child, "caps"), font_of(child) or font
            elif tag in _PLAIN:
                self.pieces.append(_PLAIN[tag])
            elif tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"))
            elif tag == f"{W}sym":
                self.pieces.append(symbol(child.get(f"{W}font", ""), child.get(f"{W}char", "")))
            elif tag not in _SKIPPED:
                self._other(child, tag)

    def _in_font(self, written: str, font: str) -> str:
        """``written`` in Unicode, whatever encoding its font is of."""
        text = in_font(written, font)
        if text != written:
            self.older.extend(zip(text.split(), written.split(), strict=False))
        return text

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(False)
        elif self.fields and kind == "separate":
            self.fields[-1] = True
        elif self.fields and kind == "end":
            self.fields.pop()


def is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a switch such as w:vanish stands in ``properties`` and is not turned off."""
    held = None if properties is None else properties.find(f"{W}{name}")
    return held is not None and held.get(f"{W}val") not in _OFF


def font_of(properties: etree._Element | None) -> str:
    """The font that run properties name for Latin letters; empty where they name none."""
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""


def mark_is_deleted(properties: etree._Element | None) -> bool:
    """Whether the paragraph's end was deleted, so that in the accepted view it runs on into the next one."""
    mark = None if properties is None else properties.find(RUN_STYLE)
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def read_styles(root: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles by id, each with what it inherits; under no id the one of paragraphs that name none."""
    if root is None:
        return {}
    items = {item.get(f"{W}styleId", ""): item for item in root.iterfind(f"{W}style") if item.get(f"{W}type") == "paragraph"}
    styles = {key: _style(key, items) for key in items}
    usual = next((key for key, item in items.items() if item.get(f"{W}default") in {"1", "true"}), None)
    fallback = font_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    if fallback:
        styles = {key: style if style.font else replace(style, font=fallback) for key, style in styles.items()}
    return {**styles, "": styles[usual] if usual else Style(font=fallback)}


def _style(key: str, items: dict[str, etree._Element]) -> Style:
    number_id, level, seen = None, None, set()
    name = (_value(items[key], "name") or "").lower()
    at: str | None = key
    while at in items and at not in seen and number_id is None:
        seen.add(at)
        number_id = _value(items[at], "pPr/numPr/numId")
        level = _value(items[at], "pPr/numPr/ilvl")
        at = _value(items[at], "basedOn")
    whole = int(level) if level and level.isdecimal() else None
    return Style(number_id, whole, name.startswith("toc ") and name[4:].isdecimal(), _font(key, items))


def _font(key: str | None, items: dict[str, etree._Element]) -> str:
    """The font of a style, its own or inherited."""
    seen = set()
    while key in items and key not in seen:
        seen.add(key)
        font = font_of(items[key].find(RUN_STYLE))
        if font:
            return font
        key = _value(items[key], "basedOn")
    return ""


def _value(item: etree._Element, path: str) -> str | None:
    held = item.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if held is None else held.get(f"{W}val")


def label_of(properties: etree._Element | None, styles: dict[str, Style], numbering: Numbering) -> str:
    """The automatic label of a paragraph; counts it. Its own numbering goes before that of its style."""
    style_id = None if properties is None else _value(properties, "pStyle")
    style = styles.get(style_id or "", Style())
    number_id = None if properties is None else _value(properties, "numPr/numId")
    level = None if properties is None else _value(properties, "numPr/ilvl")
    if number_id is None:
        number_id = style.number_id
        if number_id is not None and level is None:
            level = str(style.level if style.level is not None else numbering.level_of_style(number_id, style_id))
    if number_id is None or number_id == "0":
        return ""
    return numbering.label(number_id, int(level) if level and level.isdecimal() else 0)
