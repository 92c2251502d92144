"""Signs of the fonts Symbol and Wingdings, which Word keeps by their place in the font."""

_SYMBOL = {
    0x2D: "-",
    0xA3: "≤",
    0xA5: "∞",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xDE: "⇒",
    0xE5: "∑",
}
_GREEK = dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x76: "❖",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    0xE0: "→",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x50: "✓", 0x52: "☑", 0x53: "☒", 0xA3: "☐"}
_FONTS = {"symbol": _SYMBOL | _GREEK, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}
PRIVATE = 0xF000  # Word adds this to a place in such a font


def symbol(font: str, code: str) -> str:
    """The character for ``code`` (hexadecimal) of ``font``; the code's own where the font is no such, empty where it is none."""
    try:
        place = int(code, 16)
        return _FONTS.get(font.lower(), {}).get(place & 0xFF if place >= PRIVATE else place) or chr(place)
    except (ValueError, OverflowError):
        return ""
