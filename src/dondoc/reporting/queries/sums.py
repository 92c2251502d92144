"""Sums of decimals in the database that are exact on each of them."""

from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Case, TextField, When
from django.db.models.sql.compiler import SQLCompiler

# Fifteen digits are right: of a number of twelve digits before its comma three behind it, of one with fifteen none.
_DOUBTFUL = (
    "CASE WHEN ABS({0}) < 1e11 THEN 1 WHEN ABS({0}) < 1e12 THEN 10 WHEN ABS({0}) < 1e13 THEN 100 "
    "WHEN ABS({0}) < 1e14 THEN 1000 ELSE 10000 END"
)
_BEHIND = f"CAST(ROUND(({{0}} - CAST({{0}} AS INTEGER)) * 10000 / ({_DOUBTFUL})) AS INTEGER) * ({_DOUBTFUL})"
_ADDED = f"SUM(CAST({{0}} AS INTEGER)) || ' ' || COALESCE(SUM({_BEHIND}) FILTER (WHERE TYPEOF({{0}}) = 'real'), 0)"


class ExactSum(Aggregate):
    """The sum of a column of four decimals; None where there is nothing to add.

    PostgreSQL adds decimals as they are. SQLite keeps them as binary fractions, right to fifteen digits, and what it adds of these is
    wrong in the last ones: there whole parts and ten-thousandths are added, both as whole numbers.
    """

    function = "SUM"
    name = "ExactSum"
    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        added = self.get_source_expressions()[0]
        chosen = Case(When(self.filter, then=added)) if self.filter else added
        sql, params = compiler.compile(chosen)
        return _ADDED.format(sql), tuple(params) * _ADDED.count("{0}")

    def convert_value(self, value: Any, _expression: object, _connection: object) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        whole, rest = str(value).split()
        return int(whole) + Decimal(int(rest)).scaleb(-4)
