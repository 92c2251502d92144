"""Figures as people type them: 1.234,5. A dot that could be either is asked about, never guessed."""

import re
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?\d+(?:,\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_POINT = re.compile(r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d{3}|\d{4,}\.\d{3})")
_EITHER = re.compile(r"([+-]?[1-9]\d{0,2})\.(\d{3})")

MOST_DIGITS, MOST_DECIMALS = 16, 4


class NotAFigure(ValueError):  # noqa: N818 - nothing failed: a person is asked
    """What was typed is no figure, or may be two. The message is for the person who typed it."""


def read_figure(text: str) -> Decimal:
    """``1.234.567``, ``1.234,5``, ``25,4``, ``12.5``, ``1 234``, each with or without a % sign.

    :raises NotAFigure: it is no figure, has more digits than are kept, or its dot could be either mark ("1.234").
    """
    typed = text.strip().removesuffix("%").strip()
    bare = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", typed)
    if either := _EITHER.fullmatch(bare):
        whole, part = either.groups()
        raise NotAFigure(f"“{typed}” có thể là {whole}{part} hoặc {whole},{part}. Ghi {whole}{part} hoặc {whole},{part}.")
    if _POINT.fullmatch(bare):
        return _kept(Decimal(bare), typed)
    if _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare):
        return _kept(Decimal(bare.replace(".", "").replace(",", ".")), typed)
    raise NotAFigure(f"“{typed}” không phải là một số. Ghi số như 1.234,5; dấu phẩy trước phần thập phân.")


def _kept(value: Decimal, typed: str) -> Decimal:
    exponent = value.as_tuple().exponent
    if abs(value) >= 10**MOST_DIGITS or (isinstance(exponent, int) and -exponent > MOST_DECIMALS):
        raise NotAFigure(f"“{typed}” có quá nhiều chữ số. Ghi nhiều nhất {MOST_DECIMALS} chữ số sau dấu phẩy.")
    return value
