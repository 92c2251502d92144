"""The generator of returns: what it makes can be handed in, holds every kind of nothing, and is the same each time."""

from collections import Counter
from decimal import Decimal

import pytest

from dondoc.reporting.enums import Nothing
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.checks import faults_of
from dondoc.reporting.rules.likeness import Said, cluster, split
from dondoc.reporting.rules.templates import TemplateFacts
from dondoc.reporting.shipped import shipped
from tests.dondoc.reporting.conftest import POOLS
from tests.dondoc.scenarios.returns import UnitReturn, made, totals

TEMPLATES = [POOLS, *shipped()]
each_template = pytest.mark.parametrize("facts", TEMPLATES, ids=[one.code for one in TEMPLATES])


@each_template
def test_each_can_be_handed_in(facts: TemplateFacts) -> None:
    for one in made(facts, 80, seed="nộp"):
        assert faults_of(facts, one.cells, one.texts) == []


@each_template
def test_the_same_each_time(facts: TemplateFacts) -> None:
    assert made(facts, 5, seed="như cũ") == made(facts, 5, seed="như cũ") != made(facts, 5, seed="khác")


def test_every_kind_of_nothing_and_zero_among_them() -> None:
    facts = next(one for one in shipped() if one.code == "pcmd-tong-ket-xa")
    cells = [cell for one in made(facts, 65, seed="đủ loại") for cell in one.cells.values()]
    kinds = Counter("zero" if cell.number == 0 else cell.nothing for cell in cells)
    assert min(kinds[kind] for kind in ("zero", *Nothing.values)) > 50


def test_what_several_say_and_what_one_says_stay_apart() -> None:
    facts = next(one for one in shipped() if one.code == "pcmd-tong-ket-xa")
    units = made(facts, 65, seed="lời")
    said = [Said(str(at), piece, at) for at, one in enumerate(units) for piece in split(one.texts["VI.2"])]
    sizes = [len(one.units) for one in cluster(said)]
    assert (sizes[0], sizes[1]) == (47, 1)


def _unit(**cells: int | str) -> UnitReturn:
    """C01_2025=4; a word is a kind of nothing. What is not named is 0."""
    held = {place: Cell(Decimal(0)) for _, _, place in asked(POOLS)}
    for name, what in cells.items():
        place = Place(f"{name[0]}.{name[1:3]}", name[4:])
        held[place] = Cell(Decimal(what)) if isinstance(what, int) else Cell(nothing=what)
    return UnitReturn(held, {})


def test_totals_counted_by_hand() -> None:
    """C.01 and C.02 count by the last year, their ratio over those who gave both: (30 + 10) of (50 + 30); D.01 by the sum."""
    units = [
        _unit(C01_2025=50, C02_2025=30, D01_2024=2, D01_2025=3),
        _unit(C01_2025=30, C02_2025=10, D01_2024="none"),
        _unit(C01_2025="no_data", C02_2025=20, D01_2025="not_applicable"),
    ]
    known = totals(POOLS, units)
    assert known.cells[Place("C.01", "2025")] == 80
    assert known.cells[Place("C.02", "2025")] == 60
    assert (known.cells[Place("C.03", "2025")], known.cells[Place("C.03", "2024")]) == (50, None)
    assert (known.over["C.02"], known.over["C.03"], known.over["D.01"]) == (60, 50, 5)
    assert known.counts[Place("D.01", "2024")] == (2, 1, 0, 0)
    assert known.counts[Place("C.01", "2025")] == (2, 0, 0, 1)
