"""Numbers and symbols of documents in a text: 208/KH-UBND, 07-KH/TU, 30/2020/NĐ-CP, 59/2020/QH14, 2052/SYT-XH.

A table of named patterns, tried in order at every place, the first that fits wins; each with examples of what it must read.
Source: Decree 30/2020, appendix I; Guideline 36-HD/VPTW; domain rules 1.1.3.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vanban.lexicon.documents import issuer_of_symbol
from vanban.spans import Span

_STATE_TYPES = "NQLT|TTLT|VBHN|QyĐ|CTr|TTr|BGN|BTT|GUQ|GGT|GNP|TrS|NQ|QĐ|QD|QÐ|Qđ|NĐ|ND|NÐ|TT|CT|QC|TC|TB|HD|KH|PA|ĐA|DA|BC|BB|HĐ|CĐ|GM|PG|PC|PB|PL|SY|SL|KL|L"
_PARTY_TYPES = "QĐNS|TBKL|CTr|TTr|QĐi|QĐ|QD|NQ|CT|KL|QC|TT|HD|TB|BC|KH|ĐA|CV|BB|BS|PA|TC|DA|GM|CĐ|QH|CL"
_BREAK = r"(?:[ ]?\n\s*)?"
_LETTER = r"[A-ZĐÐƯ]"
_WORD = r"[A-Za-zĐđÐƯưÔôÊêÂâ0-9&]"
_AGENCY = rf"{_LETTER}{_WORD}*(?:-{_BREAK}{_LETTER}{_WORD}*)*"
_DASH = rf"[ ]?[-–]{_BREAK}[ ]?"
_SLASH = rf"[ ]?/{_BREAK}[ ]?"
_NUMBER = r"(?<![\w/.,-])(?P<number>\d{1,6}(?:\.\d{1,2})?[a-zA-Z]?)"
_YEAR = rf"{_SLASH}(?P<year>(?:19|20)\d\d)"


@dataclass(frozen=True, slots=True)
class SymbolPattern:
    """A form of number and symbol. ``regime`` as in the lexicon's document types; ``examples``: text → code."""

    name: str
    pattern: str
    regime: str
    examples: tuple[tuple[str, str], ...]


PATTERNS = (
    SymbolPattern(
        "law",
        rf"{_NUMBER}{_YEAR}{_SLASH}(?P<type>)(?P<agency>(?:UBTVQH|QH)(?:1\d|\d))\d?(?![\w-])",
        "law",
        (("59/2020/QH14", "59/2020/QH14"), ("42/2024/QH151", "42/2024/QH15")),
    ),
    SymbolPattern(
        "norm",
        rf"{_NUMBER}{_YEAR}{_SLASH}(?P<type>{_STATE_TYPES}){_DASH}(?P<agency>{_AGENCY})",
        "norm",
        (
            ("30/2020/NĐ-CP", "30/2020/NĐ-CP"),
            ("79/2025/NĐ-\nCP", "79/2025/NĐ-CP"),
            ("05/2016/TTLT-BNV-BTC", "05/2016/TTLT-BNV-BTC"),
        ),
    ),
    SymbolPattern(
        "party",
        rf"{_NUMBER}(?:{_DASH}|[ ])(?P<type>{_PARTY_TYPES}){_SLASH}(?P<agency>{_AGENCY})",
        "party",
        (("07-KH/TU", "07-KH/TU"), ("177 KH/TU", "177-KH/TU"), ("72-\nNQ/TW", "72-NQ/TW"), ("01 -NQ/ĐH", "01-NQ/ĐH")),
    ),
    SymbolPattern(
        "admin",
        rf"{_NUMBER}{_SLASH}(?P<type>{_STATE_TYPES})(?:{_DASH}|\.|(?=TTg|UBND))(?P<agency>{_AGENCY})",
        "state",
        (
            ("208/KH-UBND", "208/KH-UBND"),
            ("1629/QĐ -TTg", "1629/QĐ-TTg"),
            ("12 /QĐ-\nTTg", "12/QĐ-TTg"),
            ("2437/QD-TTg", "2437/QĐ-TTg"),
        ),
    ),
    SymbolPattern(
        "letter",
        rf"{_NUMBER}{_SLASH}(?P<type>)(?P<agency>{_LETTER}{_WORD}{{1,11}}-{_BREAK}{_LETTER}{_WORD}*(?:-{_LETTER}{_WORD}*)*)",
        "letter",
        (
            ("2052/SYT-XH", "2052/SYT-XH"),
            ("4250/BNNMT-ĐCKS", "4250/BNNMT-ĐCKS"),
            ("287/STC-\nHCSN", "287/STC-HCSN"),
            ("787/C06-P3", "787/C06-P3"),
        ),
    ),
    SymbolPattern(
        "enterprise",
        rf"{_NUMBER}{_YEAR}{_SLASH}(?P<type>)(?P<agency>[A-ZĐ]{{3,10}}(?:-[A-ZĐ]{{1,10}})?)(?![\w-])",
        "letter",
        (("02/2026/ABCD-DA", "02/2026/ABCD-DA"),),
    ),
)


def _named(form: SymbolPattern) -> str:
    """The form's pattern with its groups named after it, so that all forms stand in one expression."""
    return f"(?P<{form.name}>{form.pattern.replace('(?P<', f'(?P<{form.name}_')})"


_ANY = re.compile("|".join(_named(form) for form in PATTERNS))
_BEGINNING = re.compile(r"(?<![\w/.,-])\d{1,6}(?:\.\d{1,2})?[a-zA-Z]?(?=[-–/ ]|\s?/)")
_REGIME = {p.name: p.regime for p in PATTERNS}
_DATED = frozenset({"law", "norm", "enterprise"})
_TYPE_AS_WRITTEN = {"QD": "QĐ", "QÐ": "QĐ", "Qđ": "QĐ", "ND": "NĐ", "NÐ": "NĐ"}
_AGENCY_AS_WRITTEN = {"TTG": "TTg", "Ttg": "TTg", "HDND": "HĐND", "LDTBXH": "LĐTBXH", "BLDTBXH": "BLĐTBXH", "BGDDT": "BGDĐT"}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number and symbol where it stands. ``code`` in its right form; ``tail``: the part that names the issuer."""

    span: Span
    number: str
    year: str | None
    type: str
    agency: str
    regime: str
    code: str

    @property
    def symbol(self) -> str:
        """The part after the number (and year): KH-UBND, KH/TU."""
        if self.regime == "party":
            return f"{self.type}/{self.agency}"
        return f"{self.type}-{self.agency}" if self.type else self.agency


def find_symbols(text: str, span: Span) -> Iterator[Symbol]:
    """Every number and symbol in ``span``, in order."""
    taken = span.start
    for begun in _BEGINNING.finditer(text, span.start, span.end):
        found = _ANY.match(text, begun.start(), span.end) if begun.start() >= taken else None
        if found is None:
            continue
        taken = found.end()
        name = next(n for n in _REGIME if found.group(n) is not None)
        yield _symbol(found, name)


def _symbol(found: re.Match[str], name: str) -> Symbol:
    def part(key: str) -> str:
        return re.sub(r"\s+", "", found.group(f"{name}_{key}") or "").replace("Ð", "Đ")

    kind = _TYPE_AS_WRITTEN.get(part("type"), part("type"))
    agency = "-".join(_agency_part(word) for word in part("agency").split("-"))
    year = part("year") if name in _DATED else None
    return Symbol(
        Span(*found.span()),
        part("number"),
        year,
        kind,
        agency,
        _REGIME[name],
        code_of(part("number"), year, kind, agency, _REGIME[name]),
    )


def _agency_part(word: str) -> str:
    """One part of the tail in its right form, without the mark of a footnote that stuck to it (NĐ-CP2)."""
    right = _AGENCY_AS_WRITTEN.get(word, word)
    bare = right.rstrip("0123456789")
    return bare if bare != right and issuer_of_symbol(f"1/QĐ-{bare}", None) and not bare.endswith("QH") else right


def code_of(number: str, year: str | None, kind: str, agency: str, regime: str) -> str:
    """The code in its right form: hyphen before slash in the party, slash before hyphen in the state."""
    if regime == "party":
        return f"{number}-{kind}/{agency}"
    middle = f"{year}/" if year else ""
    return f"{number}/{middle}{kind}-{agency}" if kind else f"{number}/{middle}{agency}"
