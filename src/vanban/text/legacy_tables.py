"""The encodings of Vietnamese before Unicode, as units of signs and the letters they stand for.

Every encoding is given as it shows where its bytes were taken for Windows-1252 (TCVN 5712:1993 VN3, the "ABC" fonts .VnTime;
VNI for Windows; VIQR, RFC 1456; Windows-1258), and so are Unicode's own bytes taken for Windows-1252.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Encoding:
    """``letters``: signs → letter; ``marked``: what few other texts have."""

    name: str
    letters: dict[str, str]
    marked: re.Pattern[str]

    @cached_property
    def units(self) -> re.Pattern[str]:
        """What finds the signs of one letter; compiled when a text is read that needs it."""
        return re.compile("|".join(sorted(map(re.escape, self.letters), key=len, reverse=True)))

    def signs(self, written: str) -> list[str]:
        """A sign for each of ``written``: the letter in the place of its first sign, nothing in those of the others."""
        signs = list(written)
        for found in self.units.finditer(written):
            first, last = found.span()
            signs[first:last] = [self.letters[found[0]], *[""] * (last - first - 1)]
        return signs

    def read(self, written: str) -> str:
        """``written`` in Unicode."""
        return self.units.sub(lambda found: self.letters[found[0]], written)


def _tcvn3() -> dict[str, str]:
    rows = (
        (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"),
        (0xB5, "àảãáạ"),
        (0xBB, "ằẳẵắ"),
        (0xC6, "ặầẩẫấậè"),
        (0xCE, "ẻẽéẹềểễếệìỉ"),
        (0xDC, "ĩíịò"),
        (0xE1, "ỏõóọồổỗốộờởỡớợù"),
        (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
    )
    return {chr(start + place): letter for start, row in rows for place, letter in enumerate(row)}


_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_ROOFED = {"â": "", "à": "\u0300", "á": "\u0301", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BOWED = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}


def _vni() -> dict[str, str]:
    small = dict(_VNI_ALONE)
    for base, vowel in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        small |= {base + mark: vowel + tone for mark, tone in _TONES.items()}
    for base in "aeo":
        small |= {base + mark: base + "\u0302" + tone for mark, tone in _ROOFED.items()}
    small |= {"a" + mark: "a\u0306" + tone for mark, tone in _BOWED.items()}
    return _cased(small)


def _cased(small: dict[str, str]) -> dict[str, str]:
    """``small`` with its capitals; the mark after a capital may be either."""
    letters: dict[str, str] = {}
    for signs, letter in small.items():
        whole = unicodedata.normalize("NFC", letter)
        for written in {signs, signs.upper(), signs[:1].upper() + signs[1:]}:
            letters[written] = whole.upper() if written[:1].isupper() else whole
    return letters


_VIQR_TONES = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}


def _viqr() -> dict[str, str]:
    vowels = dict(zip("aeiouy", "aeiouy", strict=True)) | {
        "a^": "â",
        "e^": "ê",
        "o^": "ô",
        "a(": "ă",
        "o+": "ơ",
        "u+": "ư",
    }
    small = {"dd": "đ"} | {signs: vowel for signs, vowel in vowels.items() if len(signs) > 1}
    small |= {signs + mark: vowel + tone for signs, vowel in vowels.items() for mark, tone in _VIQR_TONES.items()}
    return _cased(small)


def _windows_1258() -> dict[str, str]:
    tones = {"Ì": "\u0300", "Ò": "\u0309", "Þ": "\u0303", "ì": "\u0301", "ò": "\u0323"}
    alone = {"Ã": "Ă", "ã": "ă", "Ð": "Đ", "ð": "đ", "Õ": "Ơ", "õ": "ơ", "Ý": "Ư", "ý": "ư"}
    vowels = {sign: sign for sign in "aeiouyâêôAEIOUYÂÊÔ"} | {s: v for s, v in alone.items() if v not in "Đđ"}
    joined = {
        sign + mark: unicodedata.normalize("NFC", vowel + tone) for sign, vowel in vowels.items() for mark, tone in tones.items()
    }
    return alone | joined


_VIETNAMESE = [chr(code) for code in (*range(0xC0, 0x100), *range(0x1EA0, 0x1EFA))] + list("ĂăĐđĨĩŨũƠơƯư–—‘’“”…•")


def _utf8() -> dict[str, str]:
    """Letters whose UTF-8 bytes were taken for Windows-1252, or Latin-1 where that has none."""
    letters: dict[str, str] = {}
    for letter in _VIETNAMESE:
        data = letter.encode()
        letters["".join(_windows(byte) for byte in data)] = letter
        letters[data.decode("latin-1")] = letter
    return letters


def _windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def as_windows_1252(data: bytes) -> str:
    """``data`` sign by sign as Windows-1252, and as Latin-1 where that has none."""
    return data.decode("latin-1").translate(_WINDOWS)


_WINDOWS = {byte: _windows(byte) for byte in range(0x80, 0xA0)}


def mac_as_windows() -> dict[int, str]:
    """Letters of Windows-1252 that a reader took for Mac OS Roman → what they are, for :meth:`str.translate`.

    PDFium's own table of Mac OS Roman has £ for the byte 0xC1.
    """
    return {ord(mac): sign for mac, sign in _mac_pairs() if mac != sign} | {ord("£"): "Á"}


def _mac_pairs() -> Iterator[tuple[str, str]]:
    for byte in range(0x80, 0x100):
        yield bytes([byte]).decode("mac_roman"), _windows(byte)


_LETTER = r"[^\W\d_]"
_VIQR_VOWEL = r"(?:[aeoAEO]\^|[aA]\(|[ouOU]\+)"
TCVN3 = Encoding("TCVN3", _tcvn3(), re.compile(rf"{_LETTER}[µ¸¶·¹¨»¾¼½©®ª«¬­§]|[µ¸¶·¹¨»¾¼½©®ª«¬­§]{_LETTER}|[Ö×ÞÜÕÐñßø]"))
VNI = Encoding("VNI", _vni(), re.compile("[aeouyôöAEOUYÔÖ][âùøûõïáàåãäéèúüëêÂÙØÛÕÏÁÀÅÃÄÉÈÚÜËÊ]|[ñÑæöÖ]"))
VIQR = Encoding("VIQR", _viqr(), re.compile(rf"\b{_LETTER}*(?:{_VIQR_VOWEL}|dd|[aeiouyAEIOUY]['`~?.]{_LETTER})"))
WINDOWS_1258 = Encoding("Windows-1258", _windows_1258(), re.compile(r"[aeiouyâêôãõýAEIOUYÂÊÔÃÕÝ][ÌÒÞìò]|[ðýõÐÕÝ]"))
UTF8 = Encoding(
    "UTF-8",
    _utf8(),
    re.compile(r"á[º»]|Ä[\u2018\u0090\u0091ƒ\u0083\u0192‚\u0082]|Æ[°¡¯\u00a0]|Ã[\u0080-\u00bf]|Ã[^\x00-\xff]|â€"),
)
ENCODINGS = (UTF8, VNI, TCVN3, WINDOWS_1258, VIQR)
