import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.training.language_tables import build
from vanban.text.restore.tables import hashes


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, (1 << 52) - 1), min_size=1, max_size=300), st.sampled_from([(6, np.uint16), (8, np.uint32)]))
def test_finds_every_key_with_its_value(keys: set[int], kind: tuple[int, type]) -> None:
    bits, dtype = kind
    wanted = np.array(sorted(keys), np.int64)
    values = wanted % (1 << bits)
    found, known = build(wanted, values, bits, dtype).find(wanted)
    assert known.all()
    assert found.tolist() == values.tolist()


def test_takes_a_stranger_for_a_key_once_in_a_thousand() -> None:
    keys = np.arange(0, 200_000, 2, dtype=np.int64)
    table = build(keys, keys % 64, 6, np.uint16)
    _, known = table.find(keys + 1)
    assert 0.0005 < known.mean() < 0.002
    assert len(table.slots) < 1.25 * len(keys)


def test_hashes_of_neighbours_differ_in_half_of_their_bits() -> None:
    mixed = hashes(np.arange(10_000, dtype=np.int64))
    flipped = np.bitwise_count(mixed[1:] ^ mixed[:-1])
    assert abs(flipped.mean() - 32) < 0.5
