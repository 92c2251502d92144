"""Formulas and checks over codes of indicators: ``C.02 / C.01 * 100``, ``B.01 + B.02``, ``truoc(C.01)``.

Four operations, brackets, numbers (``0,5`` or ``0.5``) and codes; ``truoc(code)`` is the value of the period before. Nothing else
can be written, so that an expression from a file does nothing but count.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation
from functools import lru_cache
from typing import TypeAlias

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:[.,]\d+)?)(?![\w.])|(?P<before>truoc)\s*\(\s*(?P<earlier>[A-ZĐ][\w]*(?:\.\w+)*)\s*\)"
    r"|(?P<code>[A-ZĐ][\w]*(?:\.\w+)*)|(?P<mark>[-+*/()]))"
)
LONGEST = 255


class ExpressionError(ValueError):
    """The text is no expression; the message says where, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Name:
    """A code; ``before``: of the period before."""

    code: str
    before: bool = False


Lookup: TypeAlias = Callable[[Name], Decimal | None]
_Node: TypeAlias = "Decimal | Name | tuple[str, _Node, _Node]"


@dataclass(frozen=True, slots=True)
class Expression:
    """A text that was understood."""

    text: str
    names: tuple[Name, ...]
    tree: "_Node"

    def value(self, lookup: Lookup) -> Decimal | None:
        """What it comes to; None where a name has no number, or a divisor is zero."""
        try:
            return _value(self.tree, lookup)
        except (DivisionByZero, InvalidOperation):
            return None


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Raises :class:`ExpressionError`."""
    if len(text) > LONGEST:
        raise ExpressionError(f"Công thức dài quá {LONGEST} ký tự. Chia thành nhiều chỉ tiêu.")
    reader = _Reader(_tokens(text))
    if not reader.tokens:
        raise ExpressionError("Công thức để trống. Ghi mã chỉ tiêu, ví dụ C.02 / C.01 * 100.")
    tree = reader.sum()
    if reader.next is not None:
        raise ExpressionError(f"Không hiểu “{reader.next}” ở cuối công thức “{text}”.")
    return Expression(text, tuple(dict.fromkeys(reader.names)), tree)


def _tokens(text: str) -> list[str | Decimal | Name]:
    found: list[str | Decimal | Name] = []
    place = 0
    while place < len(text.rstrip()):
        piece = _TOKEN.match(text, place)
        if piece is None:
            raise ExpressionError(f"Không hiểu “{text[place:].strip()[:20]}” trong công thức “{text}”.")
        if piece["number"]:
            found.append(Decimal(piece["number"].replace(",", ".")))
        elif piece["before"]:
            found.append(Name(piece["earlier"], before=True))
        elif piece["code"]:
            found.append(Name(piece["code"]))
        else:
            found.append(piece["mark"])
        place = piece.end()
    return found


class _Reader:
    """Reads tokens by the usual precedence; both operations of a level go from left to right."""

    def __init__(self, tokens: list[str | Decimal | Name]) -> None:
        self.tokens = tokens
        self.place = 0
        self.names: list[Name] = []

    @property
    def next(self) -> "str | Decimal | Name | None":
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def sum(self) -> "_Node":
        return self._chain(self.product, ("+", "-"))

    def product(self) -> "_Node":
        return self._chain(self.factor, ("*", "/"))

    def _chain(self, part: "Callable[[], _Node]", marks: tuple[str, str]) -> "_Node":
        left = part()
        while self.next in marks:
            mark = str(self.next)
            self.place += 1
            left = (mark, left, part())
        return left

    def factor(self) -> "_Node":
        piece = self.next
        self.place += 1
        if isinstance(piece, Decimal):
            return piece
        if isinstance(piece, Name):
            self.names.append(piece)
            return piece
        if piece == "-":
            return ("-", Decimal(0), self.factor())
        if piece == "(":
            inner = self.sum()
            if self.next != ")":
                raise ExpressionError("Thiếu dấu đóng ngoặc trong công thức.")
            self.place += 1
            return inner
        raise ExpressionError("Công thức thiếu một số hoặc một mã chỉ tiêu.")


def _value(node: "_Node", lookup: Lookup) -> Decimal | None:
    if isinstance(node, Decimal):
        return node
    if isinstance(node, Name):
        return lookup(node)
    mark, left, right = node
    one, other = _value(left, lookup), _value(right, lookup)
    if one is None or other is None:
        return None
    if mark == "+":
        return one + other
    if mark == "-":
        return one - other
    return one * other if mark == "*" else one / other
