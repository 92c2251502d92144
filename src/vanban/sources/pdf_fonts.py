"""What the letters of a page are, where a font of the PDF says it wrongly or not at all.

Each font of a page is judged by the words that it sets: as they stand, with its codes taken for glyph numbers
(:mod:`vanban.text.glyph_codes`), for the bytes of Windows read as those of Mac OS, or for TCVN3. The reading that makes
most words Vietnamese counts. Distances and places stay those of the page; only the signs change.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from ctypes import c_void_p, cast
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from vanban.reading import MendKind
from vanban.sources.as_written import as_written
from vanban.sources.extracted import TextBuilder
from vanban.text.glyph_codes import ENOUGH, STRANGE, Table, find_table, fitness, set_aside
from vanban.text.legacy import MAC_AS_WINDOWS, font_encoding
from vanban.text.legacy_tables import TCVN3, VNI, Encoding
from vanban.text.quality import is_syllable, syllable_quality

DOUBTFUL = 0.93  # a page of better syllables is not looked at; good layers have 0.97 and more
GAIN = 0.02  # by so much must a reading be better than the signs as they stand
SPACE = "\x03"  # the glyph of the space in nearly every TrueType font
_HYPHENED = re.compile(r"[^\s\d.,;:()/]*-[^\s\d.,;:()/]+")
_SPACES = " \t\r\n\u00a0"


@dataclass(frozen=True, slots=True)
class MendedPage:
    """The signs of a page as they should be, and its words in order, each as it should be and as the layer has it."""

    signs: list[str]
    words: tuple[tuple[str, str], ...]


def mended_page(textpage: Any, signs: Sequence[str]) -> MendedPage | None:
    """The page read by what its fonts' codes stand for; None where the layer is right as it is, or cannot be mended so.

    ``textpage`` is PDFium's text page, ``signs`` its characters, one each.
    """
    written = "".join(signs)
    if not STRANGE.search(written) and syllable_quality(written) >= DOUBTFUL:
        return None
    return _Fonts(textpage, signs).mended()


Signs = Callable[[str], list[str]]
"""Reads a stretch in one font: for each sign what it is, nothing where the sign before says it already."""


def _by_table(table: Table) -> Signs:
    spaced = {**table, ord(SPACE): " "}
    return lambda written: [sign.translate(spaced) for sign in written]


def _by_encoding(encoding: Encoding, before: Table, *, capitals: bool = False) -> Signs:
    """The signs of an older encoding, its bytes first read as ``before`` says."""

    def signs(written: str) -> list[str]:
        held = written.translate(before)
        read = encoding.signs(_with_soft_hyphens(held, encoding) if encoding is TCVN3 and "-" in held else held)
        return [sign.upper() for sign in read] if capitals else read

    return signs


def _with_soft_hyphens(written: str, encoding: Encoding) -> str:
    """The hyphens that were soft ones, the byte of ư in TCVN3, as such again: where they make a syllable."""

    def word(found: re.Match[str]) -> str:
        soft = found[0].replace("-", "\xad")
        return soft if is_syllable(encoding.read(soft)) else found[0]

    return _HYPHENED.sub(word, written)


_FROM_MAC = _by_table(MAC_AS_WINDOWS)
_USUAL = (_FROM_MAC, *(_by_encoding(encoding, before) for encoding in (TCVN3, VNI) for before in ({}, MAC_AS_WINDOWS)))
_OF_BYTES = _USUAL[:1]


class _Fonts:
    """The characters of a page by font, and the words that they make across fonts."""

    def __init__(self, textpage: Any, signs: Sequence[str]) -> None:
        import pypdfium2.raw as pdfium  # noqa: PLC0415 -- slow import

        self._pdfium = pdfium
        self._signs = list(signs)
        self._nameless = [pdfium.FPDFText_HasUnicodeMapError(textpage.raw, place) == 1 for place in range(len(signs))]
        self._names: dict[int, str] = {}
        self._fonts = [self._font(textpage, place) for place in range(len(signs))]
        self._words = self._split()
        # What PDFium has no name for it gives by its byte, even where it reads all others as Mac OS Roman.
        self._codes = [_mac_sign(sign) if bare else sign for sign, bare in zip(signs, self._nameless, strict=True)]
        self._readers: dict[int, Signs] = {}

    def mended(self) -> MendedPage | None:
        """The page by the best reading of each font; None where no font needs one."""
        sizes = Counter(font for font in self._fonts if font)
        unnamed = Counter(font for font, bad in zip(self._fonts, self._nameless, strict=True) if bad)
        nameless = {font for font, count in unnamed.items() if count * 2 > sizes[font]}
        for font, _ in sorted(sizes.items(), key=lambda item: (item[0] not in nameless, -item[1])):
            reader = self._best(font, nameless=font in nameless)
            if reader:
                self._readers[font] = reader
        if not self._readers:
            return None
        signs = self._read(0, len(self._signs))
        words = tuple(("".join(signs[first:last]), "".join(self._signs[first:last])) for first, last in self._words)
        return MendedPage(signs, words)

    def _best(self, font: int, *, nameless: bool) -> Signs | None:
        """The reading that makes most of the font's words good, where it is better than none."""
        words = self._words_of(font)
        if not words:
            return None
        stands = fitness(words, str)
        if stands == 1 and not nameless:
            return None
        best = max(self._readings(words, font, nameless=nameless), key=lambda reader: _fitness(words, reader), default=None)
        good = _fitness(words, best) if best is not None else 0.0
        return best if good > stands + GAIN and (nameless or good >= ENOUGH) else None

    def _readings(self, words: Counter[str], font: int, *, nameless: bool) -> list[Signs]:
        """What a font's codes may stand for, the likeliest first."""
        found: list[Signs] = []
        encoding, capitals = font_encoding(self._names.get(font, ""))
        if encoding is not None:
            found.extend(_by_encoding(encoding, before, capitals=capitals) for before in ({}, MAC_AS_WINDOWS))
        if nameless:
            found.extend(self._readers.values())
        if nameless or STRANGE.search("".join(words)):
            table = find_table(words)
            if table is not None:
                found.append(_by_table(table))
        return found if nameless else [*found, *_USUAL]

    def _words_of(self, font: int) -> Counter[str]:
        """The words in which a letter of the font stands; the letters of other fonts are set aside, as far as they are known."""
        found: Counter[str] = Counter()
        for first, last in self._words:
            fonts = self._fonts[first:last]
            if font in fonts:
                signs = self._signs[first:last]
                if any(other != font for other in fonts):
                    read = self._read(first, last)
                    signs = [
                        sign if other == font else set_aside(known) for sign, known, other in zip(signs, read, fonts, strict=True)
                    ]
                found["".join(signs)] += 1
        return found

    def _read(self, first: int, last: int) -> list[str]:
        """The signs of a stretch, each run of one font by its reading."""
        signs: list[str] = []
        for font, run in groupby(range(first, last), key=self._fonts.__getitem__):
            places = list(run)
            reader = self._readers.get(font)
            held = [(self._codes if reader in _OF_BYTES else self._signs)[place] for place in places]
            signs.extend(reader("".join(held)) if reader and all(held) else held)
        return signs

    def _split(self) -> list[tuple[int, int]]:
        """The first and last places of the words; a sign that is a space only by its glyph number breaks none."""
        words: list[tuple[int, int]] = []
        first: int | None = None
        for place, sign in enumerate([*self._signs, " "]):
            nameless = place < len(self._signs) and self._nameless[place]
            breaks = sign == SPACE if nameless else sign in _SPACES
            if breaks and first is not None:
                words.append((first, place))
            first = None if breaks else place if first is None else first
        return words

    def _font(self, textpage: Any, place: int) -> int:
        """The font of a character as a number, 0 for a space that PDFium put in."""
        item = self._pdfium.FPDFText_GetTextObject(textpage.raw, place)
        font = self._pdfium.FPDFTextObj_GetFont(item) if item else None
        key = (cast(font, c_void_p).value or 0) if font else 0
        if key and key not in self._names:
            self._names[key] = self._name(font)
        return key

    def _name(self, font: Any) -> str:
        from ctypes import create_string_buffer  # noqa: PLC0415 -- with the library

        held = create_string_buffer(200)
        self._pdfium.FPDFFont_GetBaseFontName(font, held, 200)
        return held.value.decode("latin-1")


def _mac_sign(sign: str) -> str:
    """The letter of Mac OS Roman whose byte ``sign`` shows."""
    return bytes([ord(sign)]).decode("mac_roman") if 0x80 <= ord(sign) <= 0xFF else sign


def _fitness(words: Counter[str], reader: Signs) -> float:
    return fitness(words, lambda word: "".join(reader(word)))


def take_back(builder: TextBuilder, pages: Mapping[int, MendedPage]) -> None:
    """Give ``builder`` the words of the mended ``pages`` (by their numbers) as the layer has them, with mends to what they are."""
    text = builder.text
    mends = [
        mend for page in builder.pages if page.number in pages for mend in as_written(text, page.span, pages[page.number].words)
    ]
    builder.take_back(mends, MendKind.ENCODING)
