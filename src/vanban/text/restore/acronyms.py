"""Acronyms of office texts under a damaged form: ``HDND`` → HĐND, ``BCD`` → BCĐ, ``LDTBXH`` → LĐTBXH."""

from collections import defaultdict
from functools import lru_cache

from vanban.lexicon.documents import document_types
from vanban.lexicon.tables import rows
from vanban.text.restore.case import is_shouted

ALIKE = str.maketrans({"Đ": "D", "đ": "D", "Ð": "D", "b": "D", "B": "D", "P": "D", "0": "O", "1": "I", "l": "I", "|": "I"})
"""Letters that are taken for one another, as one of them: Đ is read as D, P, B or b."""
_PLAIN = str.maketrans({"Đ": "D", "Ư": "U"})


def acronym(word: str) -> str:
    """The known acronym that ``word`` is or stands for; empty where it is none, or may be several."""
    forms, plain, alike = _known()
    if word in forms:
        return word
    if not is_shouted(word):
        return ""
    found = _only(plain[word.translate(_PLAIN)])
    return found or _only(frozenset(form for form in alike[word.translate(ALIKE)] if _may_be(word, form)))


def _may_be(word: str, form: str) -> bool:
    """Whether each sign of ``word`` may have been that of ``form``: P, B and b stand for themselves or for Đ, never for D."""
    pairs = list(zip(word, form, strict=True))
    return all(sign == true or sign not in "PBb" or true == "Đ" for sign, true in pairs) and sum(
        a == b for a, b in pairs
    ) * 2 >= len(pairs)


def _only(forms: frozenset[str]) -> str:
    return next(iter(forms)) if len(forms) == 1 else ""


@lru_cache(maxsize=1)
def _known() -> tuple[frozenset[str], dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """All acronyms; by their letters without Đ and Ư; by letters that look alike."""
    forms = {row["form"] for row in rows("acronyms")} | {row["tail"] for row in rows("issuers")}
    forms |= {kind.abbreviation for kind in document_types()} - {"Luật", "L"}
    tables: list[dict[str, frozenset[str]]] = []
    for signs in (_PLAIN, ALIKE):
        table: dict[str, frozenset[str]] = defaultdict(frozenset)
        for form in forms:
            table[form.translate(signs)] |= {form}
        tables.append(table)
    return frozenset(forms), tables[0], tables[1]
