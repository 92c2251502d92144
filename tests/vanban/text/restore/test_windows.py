"""Long sentences are cut where that changes nothing: each position counts once, and arcs stay whole."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vanban.text.restore.toy import SIZE, toy_model
from vanban.text.restore import windows as cutting
from vanban.text.restore.decode import decode
from vanban.text.restore.language import SPECIAL
from vanban.text.restore.lattice import Lattice, LatticeBuilder, Mark
from vanban.text.restore.windows import LONGEST, owners, pieces, windows

MODEL = toy_model()
WORDS = np.arange(SPECIAL, SIZE, dtype=np.int32)


@st.composite
def sentences(draw: st.DrawFn) -> Lattice:
    random = draw(st.randoms(use_true_random=False))
    builder = LatticeBuilder()
    for length in draw(st.lists(st.integers(1, 3 * LONGEST), min_size=1, max_size=3)):
        for place in range(length):
            costs = np.array([random.uniform(0, 9) for _ in WORDS], np.float32)
            builder.add(WORDS, costs, (), Mark.STOP if random.random() < 0.02 else Mark.NONE)
            if place and random.random() < 0.2:
                builder.merge(WORDS[:1], np.ones(1, np.float32))
        builder.end()
    return builder.build()


@settings(max_examples=12)
@given(sentences())
def test_each_position_counts_once(lattice: Lattice) -> None:
    cut = windows(lattice)
    if cut is None:
        assert np.diff(pieces(lattice)).max() <= LONGEST
        return
    where = owners(lattice, cut.arcs)
    counts = cut.kept[owners(cut.lattice, np.arange(len(cut.arcs)))]
    assert sorted(cut.arcs[counts].tolist()) == list(range(len(lattice.first)))
    for start, end in pairwise(cut.lattice.offsets[cut.lattice.starts].tolist()):
        assert np.all(np.diff(cut.arcs[start:end]) == 1), "a window is a stretch of the lattice"
    assert np.all(where + lattice.width[cut.arcs] <= lattice.positions)


@settings(max_examples=12)
@given(sentences())
def test_every_token_is_read_once(lattice: Lattice) -> None:
    at = 0
    for choice in decode(lattice, MODEL):
        assert choice.position == at
        assert lattice.offsets[at] <= choice.arc < lattice.offsets[at + 1]
        at += choice.width
    assert at == lattice.positions


def test_what_is_cut_reads_like_what_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(7)
    builder = LatticeBuilder()
    for _ in range(4 * LONGEST):
        builder.add(WORDS, random.uniform(0, 9, len(WORDS)).astype(np.float32))
    lattice = builder.build()
    cut = decode(lattice, MODEL)
    monkeypatch.setattr(cutting, "LONGEST", 10**6)
    whole = decode(lattice, MODEL)
    assert len(cut) == len(whole) == 4 * LONGEST
    same = sum(one.syllables == other.syllables for one, other in zip(cut, whole, strict=True))
    assert same >= 0.98 * len(whole)
