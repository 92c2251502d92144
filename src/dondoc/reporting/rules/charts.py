"""A chart of the consolidated report: one indicator, a bar for each column of its table, its target as a line.

The page draws it as SVG and the paper as a picture; both draw these facts. A column without a number is no bar of height zero.
"""

from dataclasses import dataclass
from decimal import Decimal

from dondoc.reporting.enums import Method, Nothing
from dondoc.reporting.rules.fields import OVER, Field, target_words
from dondoc.reporting.rules.templates import IndicatorFacts, TableFacts

TOGETHER = "Cả kỳ"
NOTHINGS = {Nothing.NO_DATA: "chưa có", Nothing.NONE: "không có", Nothing.NOT_APPLICABLE: "không áp dụng"}
"""What stands in the place of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column. ``words``: the number as it is printed, or the kind of nothing; ``key``: the figure's, which leads to its units."""

    label: str
    number: Decimal | None
    words: str = ""
    nothing: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """``measure``: unit of the axis; ``target_words``: ``từ 70% trở lên``, empty without a target."""

    title: str
    measure: str
    bars: tuple[Bar, ...]
    target: Decimal | None = None
    target_words: str = ""

    @property
    def most(self) -> Decimal:
        """What the axis has to reach from 0."""
        return max([one.number for one in self.bars if one.number is not None] + [self.target or Decimal(0)], default=Decimal(0))

    @property
    def words(self) -> str:
        """The chart for those who cannot see it: ``Năm 2024: 80%; Năm 2025: chưa có. Mục tiêu: từ 70% trở lên.``."""
        figures = "; ".join(f"{one.label}: {one.words}" for one in self.bars)
        return f"{figures}.{f' Mục tiêu: {self.target_words}.' if self.target_words else ''}"


def chart_fields(table: TableFacts, one: IndicatorFacts) -> list[tuple[str, Field]]:
    """Label and figure of each bar: the columns, then all of them together where that is another figure than one of theirs."""
    fields = [(column.words, Field(table.code, one.code, column.key)) for column in table.columns]
    if len(fields) > 1 and _adds_up(table, one):
        fields.append((TOGETHER, Field(table.code, one.code, OVER)))
    return fields


def _adds_up(table: TableFacts, one: IndicatorFacts) -> bool:
    """Whether columns are put together by adding them, or the parts of their ratio."""
    methods = {row.code: row.across_periods for row in table.indicators}
    parts = [one.numerator, one.denominator] if one.across_periods == Method.RATIO else [one.code]
    return Method.SUM in {methods.get(code) for code in parts}


def charted(table: TableFacts) -> list[IndicatorFacts]:
    """What may be drawn: indicators that are put together over units."""
    return [one for one in table.indicators if one.across_units != Method.NONE]


def charts_itself(table: TableFacts, one: IndicatorFacts) -> bool:
    """Whether the program draws it without being asked: there is a target, and more than one column to hold against it."""
    return one.target_value is not None and len(table.columns) > 1 and one.across_units != Method.NONE


def chart(one: IndicatorFacts, bars: tuple[Bar, ...], title: str) -> Chart:
    return Chart(title, one.measure, bars, one.target_value, target_words(one))
