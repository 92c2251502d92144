from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.text.restore.channel import FORBIDDEN, MOST_READ, Channel
from vanban.text.restore.language import SPECIAL, LanguageModel
from vanban.text.restore.spelling import Ends, taken_apart


@pytest.mark.parametrize(
    ("syllable", "onset", "rime"),
    [
        ("nghiệp", "ngh", "iệp"),
        ("giá", "gi", "á"),
        ("gì", "g", "ì"),
        ("giếng", "gi", "ếng"),
        ("quyết", "qu", "yết"),
        ("ủy", "", "ủy"),
        ("đường", "đ", "ường"),
        ("ghi", "gh", "i"),
        ("trưởng", "tr", "ưởng"),
    ],
)
def test_syllables_are_taken_apart(syllable: str, onset: str, rime: str) -> None:
    assert taken_apart(syllable) == (onset, rime)


def test_the_parts_of_every_syllable_make_it_again() -> None:
    for syllable in LanguageModel.load().syllables[SPECIAL:]:
        assert "".join(taken_apart(syllable)) == syllable


@cache
def _ends() -> Ends:
    return Ends.of(RIMES, Channel.load())


RIMES = ["ương", "iệp", "ổ", "uyết", "anh", ""]


def _plainly(true: str, read: str, channel: Channel) -> float:
    """The cheapest division of the token, each way tried in turn."""

    @cache
    def rest(i: int, j: int) -> float:
        if i == len(true) and j == len(read):
            return 0.0
        ways = [rest(i, j + 1) + float(channel.junk[channel.read[read[j]]])] if j < len(read) else []
        for size in (1, 2):
            chunk = true[i : i + size]
            if len(chunk) == size and chunk in channel.true:
                for taken in range(min(MOST_READ, len(read) - j) + 1 if size == 1 or j < len(read) else 0):
                    row = channel.read.get(read[j : j + taken])
                    cost = FORBIDDEN if row is None else float(channel.costs[row, channel.true[chunk]])
                    ways.append(rest(i + size, j + taken) + cost)
        return min([FORBIDDEN, *ways])

    return rest(0, 0)


@settings(max_examples=60)
@given(st.text("abcdeghiklmnoprtuy0146'&éô", min_size=1, max_size=5))
def test_all_rimes_at_once_cost_what_each_costs_alone(token: str) -> None:
    channel, ends = Channel.load(), _ends()
    together = ends.read([token], channel)
    for rime in RIMES:
        for cut in range(len(token) + 1):
            alone = _plainly(rime, token[cut:], channel)
            assert min(float(together[cut, 0, ends.tails[rime]]), FORBIDDEN) == pytest.approx(alone, abs=1e-2)


@settings(max_examples=25)
@given(st.lists(st.text("aeghionut61", min_size=4, max_size=4), min_size=1, max_size=6))
def test_tokens_read_together_cost_what_each_costs_alone(tokens: list[str]) -> None:
    channel, ends = Channel.load(), _ends()
    together = ends.read(tokens, channel)
    for row, token in enumerate(tokens):
        assert (together[:, row] == ends.read([token], channel)[:, 0]).all()
