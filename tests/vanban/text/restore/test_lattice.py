import numpy as np
import pytest

from vanban.text.restore.lattice import NOTHING, Case, Lattice, LatticeBuilder, Mark


def readings(*ids: int) -> tuple[np.ndarray, np.ndarray]:
    return np.array(ids, np.int32), np.arange(len(ids), dtype=np.float32)


def arcs_of(lattice: Lattice, position: int) -> list[tuple[int, int, int, float]]:
    rows = range(lattice.offsets[position], lattice.offsets[position + 1])
    return [(int(lattice.first[r]), int(lattice.second[r]), int(lattice.width[r]), float(lattice.costs[r])) for r in rows]


def test_holds_what_was_added_at_its_position() -> None:
    builder = LatticeBuilder()
    assert builder.add(*readings(7, 8), [(3, 4, 2.5)], Mark.STOP, Case.CAPITAL) == 0
    assert builder.add(*readings(9)) == 1
    builder.merge(*readings(5))
    builder.drop(6.0)
    builder.end()
    assert builder.fixed(1, Mark.PAUSE) == 2
    lattice = builder.build()
    assert arcs_of(lattice, 0) == [(7, NOTHING, 1, 0.0), (8, NOTHING, 1, 1.0), (3, 4, 1, 2.5), (5, NOTHING, 2, 0.0)]
    assert arcs_of(lattice, 1) == [(9, NOTHING, 1, 0.0), (NOTHING, NOTHING, 1, 6.0)]
    assert arcs_of(lattice, 2) == [(1, NOTHING, 1, 0.0)]
    assert lattice.starts.tolist() == [0, 2, 3]
    assert lattice.marks.tolist() == [Mark.STOP, Mark.NONE, Mark.PAUSE]
    assert lattice.cases.tolist() == [Case.CAPITAL, Case.UNKNOWN, Case.UNKNOWN]


def test_of_nothing_is_empty() -> None:
    builder = LatticeBuilder()
    builder.end()
    lattice = builder.build()
    assert (lattice.positions, lattice.starts.tolist(), lattice.offsets.tolist()) == (0, [0], [0])


def test_refuses_a_token_without_a_reading() -> None:
    with pytest.raises(ValueError, match="at least one reading"):
        LatticeBuilder().add(*readings())


def test_refuses_to_merge_over_the_beginning_of_a_sentence() -> None:
    builder = LatticeBuilder()
    builder.fixed(1)
    builder.end()
    builder.fixed(1)
    with pytest.raises(ValueError, match="no two tokens"):
        builder.merge(*readings(5))
