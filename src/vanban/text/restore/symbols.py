"""Symbols of documents: ``1914/QD-BYT`` → 1914/QĐ-BYT, ``238-KE/TU`` → 238-KH/TU, ``S6:309 /KH-UBND`` → Số: 309/KH-UBND.

The abbreviation of the kind and of the issuer are looked up under their damaged form; a number is changed only where the
document names the same symbol elsewhere with a number that looks the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import starmap

from vanban.lexicon.documents import document_types
from vanban.lexicon.tables import rows
from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.restore.acronyms import ALIKE, acronym
from vanban.text.restore.lines import Damaged

SURE = 0.97
LIKELY = 0.9
_NUMBER_WORD = r"[sS$5§8][\w&§$¢€]{0,2}['’]?"
_DIGITS_ALIKE = str.maketrans(
    {"T": "7", "l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "S": "5", "B": "8", "Z": "2", "b": "6"}
)
# Examples: state "1914/QD-BYT", "71/2016/ND-CP", "309 /KH-UBND", "29/Qb-LDTBXH", "/KH-UBND"; party "72-NQ/TW", "07 -KH/TU"
_STATE = re.compile(
    r"(?P<number>(?<![^\W_])[\dTlIOSo]{1,5}(?:[ \t]?/[ \t]?\d{4})?)?[ \t]?/[ \t]?(?P<kind>[^\W\d_][^\W_]{0,4})[ \t]?-\s?"
    r"(?P<tail>[^\W\d_][^\W_&]{1,9}(?:[-&][^\W\d_]{2,8})?)(?![^\W_])"
)
_PARTY = re.compile(
    r"(?P<number>(?<![^\W_])[\dTlIOSo]{1,5})[ \t]?[-–][ \t]?(?P<kind>[^\W\d_][^\W_]{0,4})[ \t]?/\s?"
    r"(?P<tail>[^\W\d_][^\W_]{1,9}(?:-[^\W\d_]{2,8})?)(?![^\W_])"
)
_BEFORE = re.compile(rf"(?P<word>(?<!\S){_NUMBER_WORD})(?P<colon>[ \t]*[:.;][ \t]*|\s+)$")
_NAMES_A_KIND = re.compile(
    r"(?i)(?:quy[^\W\d]t|d[^\W\d]nh|ho[^\W\d]ch|tu|l[^\W\d]nh|th[^\W\d]|ngh[^\W\d]|b[^\W\d]o|lu[^\W\d]n|d[^\W\d]n)[.,]?\s*$"
)
_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Found:
    """A symbol as it stands and as it is meant; ``word``: the place of the "số" before it, empty for none."""

    span: Span
    number: str
    kind: str
    tail: str
    party: bool
    word: Span
    heads: bool


def symbol_mends(page: Damaged) -> list[Mend]:
    """A mend for each symbol, whether it changes it or not, and for the "số" before it; in order."""
    found = [one for line_start, line_end in _stretches(page) for one in _symbols(page.text, line_start, line_end)]
    named = {(one.kind, one.tail, one.number) for one in found if one.number.isdigit()}
    return [mend for one in found for mend in _mends(page.text, _in_digits(one), named)]


def _stretches(page: Damaged) -> Iterator[tuple[int, int]]:
    """Runs of lines that follow one another, so that a symbol may be broken over two."""
    start = end = -1
    for line in page.lines:
        if end >= 0 and line.span.start - end <= 2:
            end = line.span.end
            continue
        if end >= 0:
            yield start, end
        start, end = line.span.start, line.span.end
    if end >= 0:
        yield start, end


def _symbols(text: str, start: int, end: int) -> Iterator[_Found]:
    """The symbols between two places, in order."""
    held: list[_Found] = []
    for pattern in (_STATE, _PARTY):
        for match in pattern.finditer(text, start, end):
            kind, tail = _kind(match["kind"], party=pattern is _PARTY), _tail(match["tail"])
            if kind and tail:
                held.append(_placed(text, start, match, kind, tail, party=pattern is _PARTY))
    held.sort(key=lambda one: one.span)
    last = start
    for one in held:
        if one.span.start >= last:
            yield one
            last = one.span.end


def _placed(text: str, start: int, match: re.Match[str], kind: str, tail: str, *, party: bool) -> _Found:
    """The symbol of a match, with the word for "số" before it."""
    span = Span(*match.span()).trim(text)
    before = _BEFORE.search(text, max(start, span.start - 8), span.start)
    word, heads = Span(span.start, span.start), False
    if before:
        line_begins = text[: before.start()].endswith("\n") or not text[: before.start()].strip()
        heads = (line_begins and ":" in before["colon"]) or (line_begins and before["word"][0] in "S$")
        if (
            heads
            or before["word"][:2].lower() in {"so", "sô", "số"}
            or _NAMES_A_KIND.search(text, max(0, before.start() - 12), before.start())
        ):
            word = Span(before.start("word"), span.start if heads else before.end("word"))
    return _Found(span, _GAP.sub("", match["number"] or ""), kind, tail, party, word, heads)


def _in_digits(one: _Found) -> _Found:
    """``one`` with its number in digits, where its letters look like some."""
    plain = one.number.translate(_DIGITS_ALIKE)
    return replace(one, number=plain) if plain.replace("/", "").isdigit() else one


def _mends(text: str, one: _Found, named: set[tuple[str, str, str]]) -> Iterator[Mend]:
    """What is to be changed at one symbol."""
    if len(one.word) and one.heads:
        yield Mend(one.word, one.word.of(text), "Số: ", MendKind.WORD, SURE)
    elif len(one.word):
        was = one.word.of(text)
        yield Mend(one.word, was, "Số" if was[0] == "S" else "số", MendKind.WORD, SURE)
    was = one.span.of(text)
    first, second = ("-", "/") if one.party else ("/", "-")
    now = f"{one.number}{first}{one.kind}{second}{one.tail}"
    changed = re.sub(r"\D", "", was) != re.sub(r"\D", "", now)
    kind = MendKind.NUMBER if changed else MendKind.SYMBOL
    sure = LIKELY if changed and (one.kind, one.tail, one.number) not in named else SURE
    yield Mend(one.span, was, _broken_like(was, now), kind, sure)


def _broken_like(was: str, now: str) -> str:
    """``now`` with the line break that ``was`` has after a hyphen or a stroke."""
    at = len(_GAP.sub("", was.split("\n", maxsplit=1)[0]))
    return f"{now[:at]}\n{now[at:]}" if "\n" in was and now[at - 1 : at] in {"-", "/"} else now


@lru_cache(maxsize=2)
def _kinds(*, party: bool) -> dict[str, str]:
    """Damaged form → abbreviation of a kind; forms that several may have are left out."""
    regimes = {"party"} if party else {"state", "norm"}
    forms = sorted({kind.abbreviation for kind in document_types() if kind.regime in regimes} - {"Luật", "L"})
    table: dict[str, set[str]] = {}
    for form in forms:
        table.setdefault(form, set()).add(form)
        for alike in {form.translate(ALIKE), form.upper().translate(ALIKE), form.upper()}:
            table.setdefault(alike, set()).add(form)
        if "H" in form:
            table.setdefault(form.replace("H", "E").translate(ALIKE), set()).add(form)
    return {alike: min(held, key=lambda form: (_rank(form), form)) for alike, held in table.items()}


_COMMON = ("QĐ", "NQ", "KH", "NĐ", "CT", "TB", "BC", "TT", "TTr", "KL", "CTr", "HD", "CV")


def _rank(form: str) -> int:
    return _COMMON.index(form) if form in _COMMON else len(_COMMON)


def _kind(written: str, *, party: bool) -> str:
    """The abbreviation that ``written`` stands for; empty where it is none."""
    table = _kinds(party=party)
    return written if written in table.values() else table.get(written.translate(ALIKE), "")


@lru_cache(maxsize=1)
def _tails() -> dict[str, str]:
    forms = {row["tail"] for row in rows("issuers")} | {"TW", "ĐH", "QH", "CP", "ĐU", "HU", "CTUBND"}
    table: dict[str, set[str]] = {}
    for form in forms:
        for alike in {form, form.upper().translate(ALIKE)}:
            table.setdefault(alike, set()).add(form)
    return {alike: next(iter(held)) for alike, held in table.items() if len(held) == 1}


def _tail(written: str) -> str:
    """The issuer's part of a symbol in its right form; an unknown one in capitals stays as it is; empty where it is none."""
    parts = re.split(r"([-&])", written)
    return "".join(starmap(_part, ((part,) for part in parts))) if all(_is_part(part) for part in parts) else ""


def _is_part(part: str) -> bool:
    return part in {"-", "&"} or sum(letter.isupper() for letter in part) * 2 >= len(part)


def _part(part: str) -> str:
    if part in {"-", "&"} or part in _tails().values():
        return part
    return _tails().get(part.upper().translate(ALIKE)) or acronym(part) or part
