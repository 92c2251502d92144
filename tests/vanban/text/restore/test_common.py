"""The readings that were found beforehand are those that would be found now."""

from itertools import pairwise

import numpy as np
import pytest

from tools.training.common import TOKENS, common
from vanban.text.restore.candidates import Candidates, of_channel
from vanban.text.restore.channel import Channel
from vanban.text.restore.common import CommonTokens
from vanban.text.restore.language import LanguageModel

EVERY = 149
"""One token in so many is looked for anew."""


@pytest.fixture(scope="module", params=sorted(TOKENS))
def written(request: pytest.FixtureRequest) -> tuple[CommonTokens, Candidates]:
    profile = request.param
    return CommonTokens.load(profile), of_channel(Channel.load(profile), LanguageModel.load())


def test_they_are_what_is_found_anew(written: tuple[CommonTokens, Candidates]) -> None:
    held, anew = written
    tokens = list(held.numbers)[::EVERY]
    for token, reading in zip(tokens, anew.of_all(tokens), strict=True):
        found = held.find(token)
        assert found is not None
        assert found[0].tolist() == reading.ids.tolist(), token
        assert found[1].tolist() == reading.costs.astype(np.float16).astype(np.float32).tolist(), token


def test_they_are_the_likeliest_tokens(written: tuple[CommonTokens, Candidates]) -> None:
    held, anew = written
    likeliest = common(anew, 500)
    assert all(token in held.numbers for token in likeliest)
    assert len(set(likeliest)) == len(likeliest)


def test_each_has_readings_likely_first(written: tuple[CommonTokens, Candidates]) -> None:
    held, _ = written
    for token in list(held.numbers)[::EVERY]:
        ids, costs = held.find(token) or pytest.fail(token)
        assert len(ids) == len(costs) > 0
        assert all(one <= other for one, other in pairwise(costs.tolist()))


def test_a_strange_token_and_another_damage_have_none() -> None:
    assert CommonTokens.load("eng").find("Ph1`x§q") is None
    assert CommonTokens.load("bare").find("dé") is None
