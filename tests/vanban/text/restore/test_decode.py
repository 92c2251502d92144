from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vanban.text.restore.toy import SIZE, toy_model
from vanban.text.restore.decode import Choice, Settings, decode
from vanban.text.restore.language import BOUNDARY, NUMBER, SPECIAL, LanguageModel
from vanban.text.restore.lattice import NOTHING, Case, Lattice, LatticeBuilder, Mark

MODEL = toy_model()
WIDE = Settings(beam=10_000, margin=1e6, hopeless=1e6, pause=0.0, case=0.0)
A, B, C, D = range(SPECIAL, SIZE)
words = st.integers(NUMBER, SIZE - 1)
costs = st.floats(0, 6, width=32)


@st.composite
def lattices(draw: st.DrawFn) -> Lattice:
    builder = LatticeBuilder()
    for _ in range(draw(st.integers(1, 2))):
        for place in range(draw(st.integers(1, 4))):
            ids = draw(st.lists(words, min_size=1, max_size=3, unique=True))
            pairs = draw(st.lists(st.tuples(words, words, costs), max_size=1))
            paid = np.array([draw(costs) for _ in ids], np.float32)
            builder.add(np.array(ids, np.int32), paid, pairs, draw(st.sampled_from(Mark)))
            if place and draw(st.booleans()):
                builder.merge(np.array([draw(words)], np.int32), np.array([draw(costs)], np.float32))
            if draw(st.integers(0, 3)) == 0:
                builder.drop(draw(costs))
        builder.end()
    return builder.build()


def paths(lattice: Lattice, first: int, last: int) -> Iterator[tuple[int, ...]]:
    """Every way to read the tokens ``first`` to ``last``, as arcs."""
    if first == last:
        yield ()
        return
    for arc in range(lattice.offsets[first], lattice.offsets[first + 1]):
        beyond = first + int(lattice.width[arc])
        if beyond <= last:
            yield from ((arc, *rest) for rest in paths(lattice, beyond, last))


def log_of(lattice: Lattice, first: int, path: tuple[int, ...]) -> float:
    """Log-probability of a path: one word after the other, as plainly as can be."""
    total, history, position = 0.0, [BOUNDARY] * 3, first
    for arc in path:
        total -= float(lattice.costs[arc])
        said = [int(word) for word in (lattice.first[arc], lattice.second[arc]) if word != NOTHING]
        for word in said:
            total += said_after(history, word)
            history = [*history[1:], word]
        position += int(lattice.width[arc])
        if arc == path[-1] or lattice.marks[position] == Mark.STOP:
            total += said_after(history, BOUNDARY)
            history = [BOUNDARY] * 3
    return total


def said_after(history: list[int], word: int) -> float:
    third, second, first, last = (np.array([one], np.int32) for one in (*history, word))
    return float(MODEL.score(third, second, first, last)[0])


@settings(max_examples=25, deadline=None)
@given(lattices())
def test_finds_the_best_of_all_paths_and_the_posterior_of_each_arc(lattice: Lattice) -> None:
    choices = decode(lattice, MODEL, WIDE)
    for first, last in zip(lattice.starts[:-1].tolist(), lattice.starts[1:].tolist(), strict=True):
        every = list(paths(lattice, first, last))
        logs = np.array([log_of(lattice, first, path) for path in every])
        here = [choice for choice in choices if first <= choice.position < last]
        found = every.index(tuple(choice.arc for choice in here))
        assert logs[found] == pytest.approx(logs.max(), abs=1e-3)
        shares = np.exp(logs - logs.max()) / np.exp(logs - logs.max()).sum()
        for choice in here:
            exact = sum(share for share, path in zip(shares, every, strict=True) if choice.arc in path)
            assert choice.posterior == pytest.approx(exact, abs=1e-3)


@settings(max_examples=20, deadline=None)
@given(lattices())
def test_a_narrow_beam_reads_every_token_once(lattice: Lattice) -> None:
    at = 0
    for choice in decode(lattice, MODEL, Settings(beam=1, margin=0.5)):
        assert choice.position == at
        at += choice.width
    assert at == lattice.positions


def test_what_follows_a_stop_is_read_as_if_it_stood_alone() -> None:
    def one(*sentences: tuple[tuple[int, ...], ...]) -> list[Choice]:
        builder = LatticeBuilder()
        for sentence in sentences:
            for place, ids in enumerate(sentence):
                mark = Mark.NONE if place else Mark.STOP
                builder.add(np.array(ids, np.int32), np.zeros(len(ids), np.float32), (), mark)
        return decode(builder.build(), MODEL, WIDE)

    before, after = ((A, B), (B, C), (C, D)), ((B, D), (A, C))
    apart, together = [*one(before), *one(after)], one(before, after)
    assert [choice.syllables for choice in together] == [choice.syllables for choice in apart]
    assert [choice.posterior for choice in together] == pytest.approx([choice.posterior for choice in apart], abs=1e-5)


def test_after_a_pause_a_word_may_begin_anew() -> None:
    """``c`` never follows ``a``, and ``b`` does; as the first word both do: the pause makes ``c`` less unlikely."""

    def share_of_c(mark: Mark) -> float:
        builder = LatticeBuilder()
        builder.fixed(A)
        builder.add(np.array([B, C], np.int32), np.array([9.0, 0.0], np.float32), (), mark)
        chosen = decode(builder.build(), MODEL, Settings(pause=0.5, case=0.0))[1]
        return chosen.posterior if chosen.syllables == (C,) else 1 - chosen.posterior

    assert share_of_c(Mark.PAUSE) > share_of_c(Mark.NONE)


def test_the_case_seen_decides_between_words_that_are_alike() -> None:
    model = LanguageModel.load()
    lang, ways = model.ids["lạng"], np.array([model.ids["sơn"], model.ids["son"]], np.int32)

    def share_of_name(case: Case) -> float:
        builder = LatticeBuilder()
        builder.fixed(lang)
        builder.add(ways, np.array([12.0, 0.0], np.float32), (), Mark.NONE, case)
        chosen = decode(builder.build(), model)[1]
        return chosen.posterior if chosen.syllables == (int(ways[0]),) else 1 - chosen.posterior

    assert share_of_name(Case.SMALL) < share_of_name(Case.UNKNOWN)
    assert share_of_name(Case.SMALL) < share_of_name(Case.CAPITAL)


def test_of_an_empty_lattice_is_empty() -> None:
    assert decode(LatticeBuilder().build(), MODEL) == []
