"""Letters without their diacritics, for cues that must survive a badly read page."""

import unicodedata


def _table() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d"}
    for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA)):
        plain = unicodedata.normalize("NFD", chr(code))[0]
        if plain.isascii():
            table[code] = plain.lower()
    return table


_PLAIN = _table() | {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}


def bare(text: str) -> str:
    """``text`` in lower case without diacritics, character for character, so that offsets stay."""
    return text.translate(_PLAIN)
