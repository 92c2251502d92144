"""Kinds of documents and their abbreviations in both regimes, and who issues what by the tail of its symbol.

Sources: Decree 30/2020, appendix III; Guideline 36-HD/VPTW and Regulation 399-QĐ/TW (party); the symbol table of the domain rules.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from vanban.lexicon.folding import fold
from vanban.lexicon.tables import Phrase, phrase, rows
from vanban.lexicon.trie import Trie

_LAW = re.compile(r"(QH|UBTVQH)(\d{1,2})$")
_PARTY = re.compile(r"\d+[a-zđ]?-[A-ZĐa-zi]+/")


@dataclass(frozen=True, slots=True)
class DocumentType:
    """``regime``: state, norm (legal-normative) or party; ``name`` in lower case: "kế hoạch"."""

    regime: str
    abbreviation: str
    name: str


@lru_cache(maxsize=1)
def document_types() -> tuple[DocumentType, ...]:
    """All kinds, both regimes; the abbreviation is not unique across regimes (TT: thông tư, thông tri)."""
    return tuple(DocumentType(row["regime"], row["abbreviation"], row["name"]) for row in rows("document_types"))


@lru_cache(maxsize=1)
def type_trie() -> Trie[DocumentType]:
    """The names of kinds, as folded words."""
    named: list[tuple[Phrase, DocumentType]] = [(phrase(kind.name), kind) for kind in document_types()]
    return Trie(named)


def type_by_name(name: str, regime: str | None = None) -> DocumentType | None:
    """The kind whose name ``name`` begins with ("KẾ HOẠCH HÀNH ĐỘNG" → KH), of ``regime`` where it is given; None where there is none.

    Capitals with wrong diacritics are taken for the kind that they resemble.
    """
    words = phrase(name)
    fitting = [kind for kind, named, _ in _named_types() if words[: len(named)] == named]
    if not fitting and name.isupper():
        skeleton = _skeleton(words)
        fitting = [kind for kind, _, plain in _named_types() if skeleton[: len(plain)] == plain]
    longest = max((len(kind.name) for kind in fitting), default=0)
    fitting = [kind for kind in fitting if len(kind.name) == longest]
    return next((kind for kind in fitting if kind.regime == regime), fitting[0] if fitting else None)


def _skeleton(words: Phrase) -> Phrase:
    """The words without diacritics: CHÍ THỊ of a badly read page is CHỈ THỊ."""
    plain = unicodedata.normalize("NFD", " ".join(words).replace("đ", "d"))
    return tuple("".join(c for c in plain if not unicodedata.combining(c)).split())


@lru_cache(maxsize=1)
def _named_types() -> tuple[tuple[DocumentType, Phrase, Phrase], ...]:
    """Each kind with its name's words, and these without diacritics."""
    return tuple((kind, phrase(kind.name), _skeleton(phrase(kind.name))) for kind in document_types())


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Every abbreviation that a symbol may begin with; CV is in party symbols only."""
    return frozenset(kind.abbreviation for kind in document_types() if kind.abbreviation not in {"Luật", "L"})


@lru_cache(maxsize=1)
def _issuers() -> dict[str, str]:
    return {fold(row["tail"]).replace("đ", "d"): row["issuer"] for row in rows("issuers")}


@lru_cache(maxsize=1)
def _ranks() -> dict[str, str]:
    return {row["name"]: row["rank"] for row in rows("provinces")}


def is_party_code(code: str) -> bool:
    """Whether a code has the party's form, hyphen before slash: 07-KH/TU."""
    return _PARTY.match(code) is not None


def issuer_of_symbol(code: str, province: str | None) -> str | None:
    """Who issues a document with this code or symbol: ``1914/QĐ-BYT`` → Bộ Y tế, ``208/KH-UBND`` → Ủy ban nhân dân tỉnh <province>.

    None where the symbol does not tell: ``/TW`` (Central Committee, Politburo or Secretariat) and unknown tails.
    """
    law = _LAW.search(code)
    if law:
        return _issuers()[law.group(1).lower()]
    for tail in _tails(code):
        issuer = _issuers().get(fold(tail).replace("đ", "d").replace("&", ""))
        if issuer is not None:
            return _placed(issuer, province)
    return None


def _tails(code: str) -> list[str]:
    """The parts of a symbol that may name its issuer, the likeliest first."""
    symbol = re.sub(r"^\d*[a-zđ]?\s*(?:/\s*(?:19|20)\d\d)?", "", code).lstrip("-/ ")
    head, _, tail = symbol.partition("-" if not is_party_code(code) and "-" in symbol else "/")
    if head in abbreviations() and tail:
        return [tail, tail.split("-")[0], tail.split("-")[-1]]
    return [head.split("/")[-1], tail] if tail else [symbol]


_NEEDS_RANK = ("Ủy ban", "Hội đồng", "Chủ tịch", "Thanh tra", "Công an", "Bộ Chỉ huy", "Văn phòng Ủy ban")


def _placed(issuer: str, province: str | None) -> str:
    if "{province}" not in issuer:
        return issuer
    if province is None:
        return issuer.format(rank="tỉnh" if issuer.startswith(_NEEDS_RANK) else "", province="").strip()
    return issuer.format(rank=_ranks().get(province, "tỉnh"), province=province)
