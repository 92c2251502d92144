"""Reports of many units with known totals: made from a seed, and put together in plain Python without any of the program's sums."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from dondoc.reporting.enums import Missing, Need, Nothing, Operator
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.expressions import parse
from dondoc.reporting.rules.templates import CheckFacts, IndicatorFacts, TableFacts, TemplateFacts

Cells = dict[Place, Cell]


@dataclass(frozen=True)
class UnitReturn:
    """What one unit reports. Every cell that is asked is filled in; no check of the template complains."""

    cells: Cells
    texts: dict[str, str]


@dataclass(frozen=True)
class Totals:
    """``cells``: place → figure over the units; ``over``: code → over the columns too; ``counts``: place → how many units gave a
    number, and each of the kinds of nothing.
    """

    cells: dict[Place, Decimal | None]
    over: dict[str, Decimal | None]
    counts: dict[Place, tuple[int, int, int, int]]


# --- making ----------------------------------------------------------------------------------------------------------


def made(facts: TemplateFacts, count: int, *, seed: str) -> list[UnitReturn]:
    """The same each time for one seed."""
    return [_unit(facts, number, random.Random(f"{seed}-{number}")) for number in range(count)]  # noqa: S311 - no secret


def _unit(facts: TemplateFacts, number: int, chance: random.Random) -> UnitReturn:
    cells: Cells = {}
    for table in facts.tables:
        for one in table.indicators:
            if not one.formula:
                cells |= _row(one, table, chance)
    for _ in range(2):
        for check in facts.checks:
            _mend(check, facts, cells)
    return UnitReturn(cells, dict(_texts(facts, number, chance)))


def _row(one: IndicatorFacts, table: TableFacts, chance: random.Random) -> Cells:
    """Zeros, small and large numbers; a row in fourteen holds no number at all, a cell in forty is still owed."""
    whole = chance.choices(("", Nothing.NONE, Nothing.NOT_APPLICABLE), (92, 5, 3))[0]
    base = chance.choice((0, chance.randint(1, 30), chance.randint(40, 900)))
    cells: Cells = {}
    for place, column in enumerate(table.columns):
        number = Decimal(base + base * place * chance.randint(0, 15) // 100)
        if one.decimals and number:
            number += Decimal(chance.randint(0, 9)) / 10
        nothing = whole or (Nothing.NO_DATA if chance.random() < 0.025 else "")
        cells[Place(one.code, column.key)] = Cell(nothing=nothing) if nothing else Cell(number)
    return cells


def _mend(check: CheckFacts, facts: TemplateFacts, cells: Cells) -> None:
    """Bring the numbers of each column into the order that the check wants."""
    left, right = parse(check.left), parse(check.right)
    for table in facts.tables:
        codes = [one.code for one in table.indicators]
        if left.names[0].code not in codes:
            continue
        for at, column in enumerate(table.columns):
            keys = {name: table.columns[at - 1].key if name.before else column.key for name in (*left.names, *right.names)}
            if check.operator == Operator.BOTH_OR_NEITHER:
                _both(Place(left.names[0].code, column.key), Place(right.names[0].code, column.key), cells)
                continue
            numbers = {name: cells[Place(name.code, key)].number for name, key in keys.items()}
            if None in numbers.values() or (not at and any(name.before for name in keys)):
                assert check.missing == Missing.SKIP_ANY
                continue
            smaller, larger = (left, right) if check.operator == Operator.AT_MOST else (right, left)
            bound, value = larger.value(numbers.get), smaller.value(numbers.get)
            assert bound is not None
            assert value is not None
            if value <= bound:
                continue
            if len(smaller.names) == 1:
                cells[Place(smaller.names[0].code, column.key)] = Cell(Decimal(int(bound)))
            else:
                cells[Place(larger.names[0].code, column.key)] = Cell(value)


def _both(one: Place, other: Place, cells: Cells) -> None:
    if (cells[one].number is None) != (cells[other].number is None):
        cells[other] = Cell(Decimal(0)) if cells[one].number is not None else Cell(nothing=cells[one].nothing)


# --- what units write ------------------------------------------------------------------------------------------------

SHARED = (
    "Hệ thống truyền thanh cơ sở chưa đồng bộ, {} cụm loa bị hỏng chưa được sửa chữa.",
    "Hệ thống truyền thanh cơ sở chưa được đồng bộ, {} cụm loa bị hỏng, chưa được sửa chữa.",
    "Hệ thống truyền thanh ở cơ sở chưa đồng bộ, có {} cụm loa bị hỏng chưa được sửa chữa.",
)
"""One and the same, as units write it."""

_WHAT = (
    "Công chức kiêm nhiệm nhiều việc", "Kinh phí cấp muộn", "Địa bàn chia cắt bởi suối", "Người dân ngại tố giác",
    "Chủ cơ sở đối phó khi kiểm tra", "Thanh niên đi làm ăn xa", "Tài liệu chưa dịch sang tiếng Tày, Nùng",
    "Phương tiện đi lại cũ", "Cộng tác viên hay thay đổi",
)  # fmt: skip
_WHERE = (
    "ở các thôn giáp biên giới", "dọc tuyến quốc lộ", "tại chợ trung tâm và bến xe", "trong khu nhà trọ công nhân",
    "nơi chưa có sóng điện thoại", "quanh khu du lịch", "vào mùa mưa lũ", "trong sáu tháng sau khi sáp nhập", "đối với nhà nghỉ nhỏ",
)  # fmt: skip
_HENCE = (
    "nên phải gộp nhiều buổi sinh hoạt", "khiến hồ sơ lập chậm", "làm cho số liệu thống kê thiếu tin cậy",
    "vì vậy ít cuộc tự kiểm tra", "do đó phải nhờ lực lượng của cụm", "dẫn đến bỏ sót đối tượng", "cần bổ sung một biên chế",
    "đã kiến nghị cấp trên hai lần", "tuy nhiên vẫn giữ được trật tự",
)  # fmt: skip


def own_words(number: int) -> str:
    """What only this unit says (of the first 81): two of three parts differ from whatever another says."""
    row, column = divmod(number % 81, 9)
    return f"{_WHAT[row]} {_WHERE[column]}, {_HENCE[(row + column) % 9]}."


def says_shared(number: int) -> bool:
    """Seven units of ten."""
    return number % 10 < 7


def _texts(facts: TemplateFacts, number: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Sections that may stay empty do with every second unit."""
    for place, section in enumerate(facts.sections):
        if not section.asks or (section.need == Need.FREE and number % 2):
            continue
        words = own_words(number + 13 * place)
        if says_shared(number):
            yield section.code, f"{chance.choice(SHARED).format(chance.randint(2, 9))} {words}"
        else:
            yield section.code, words


# --- putting together ------------------------------------------------------------------------------------------------


def totals(facts: TemplateFacts, returns: Sequence[UnitReturn]) -> Totals:
    """What these reports come to."""
    places = {place for _, _, place in asked(facts)}
    cells: dict[Place, Decimal | None] = {}
    over: dict[str, Decimal | None] = {}
    for table in facts.tables:
        keys = [column.key for column in table.columns]
        rows = {one.code: one for one in table.indicators}
        for one in table.indicators:
            for key in keys:
                cells[Place(one.code, key)] = _figure(one, key, returns)
            over[one.code] = _over(one, rows, keys, returns)
    return Totals(cells, over, {place: _counts(place, returns) for place in places})


def _numbers(code: str, key: str, returns: Iterable[UnitReturn]) -> list[Decimal]:
    return [number for one in returns if (number := one.cells[Place(code, key)].number) is not None]


def _with_both(one: IndicatorFacts, key: str, returns: Iterable[UnitReturn]) -> list[UnitReturn]:
    """Units whose numerator and denominator are numbers."""
    places = Place(one.numerator, key), Place(one.denominator, key)
    return [unit for unit in returns if all(unit.cells[place].number is not None for place in places)]


def _figure(one: IndicatorFacts, key: str, returns: Sequence[UnitReturn]) -> Decimal | None:
    if one.across_units == "ratio":
        both = _with_both(one, key, returns)
        return _ratio(one, sum(_numbers(one.numerator, key, both)), sum(_numbers(one.denominator, key, both)))
    numbers = _numbers(one.code, key, returns)
    if one.across_units == "none" or not numbers:
        return None
    return max(numbers) if one.across_units == "maximum" else sum(numbers, Decimal(0))


def _over(
    one: IndicatorFacts, rows: dict[str, IndicatorFacts], keys: Sequence[str], returns: Sequence[UnitReturn]
) -> Decimal | None:
    if one.across_periods != "ratio":
        return _joined(one, [_figure(one, key, returns) for key in keys])
    parts = []
    for code in (one.numerator, one.denominator):
        sums = [_numbers(code, key, _with_both(one, key, returns)) for key in keys]
        parts.append(_joined(rows[code], [sum(numbers, Decimal(0)) if numbers else None for numbers in sums]))
    top, below = parts
    return _ratio(one, top, below) if top is not None and below is not None else None


def _joined(one: IndicatorFacts, columns: Sequence[Decimal | None]) -> Decimal | None:
    known = [number for number in columns if number is not None]
    if not known or one.across_periods == "none":
        return None
    if one.across_periods == "latest":
        return known[-1]
    return max(known) if one.across_periods == "maximum" else sum(known, Decimal(0))


def _ratio(one: IndicatorFacts, top: Decimal | int, below: Decimal | int) -> Decimal | None:
    if not below:
        return None
    return (Decimal(top) / Decimal(below) * one.per).quantize(Decimal(1).scaleb(-one.decimals), ROUND_HALF_UP)


def _counts(place: Place, returns: Iterable[UnitReturn]) -> tuple[int, int, int, int]:
    kinds = ["number" if unit.cells[place].number is not None else unit.cells[place].nothing for unit in returns]
    return kinds.count("number"), kinds.count(Nothing.NONE), kinds.count(Nothing.NOT_APPLICABLE), kinds.count(Nothing.NO_DATA)
