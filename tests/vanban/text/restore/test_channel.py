import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.text.restore.channel import FORBIDDEN, PROFILES, Channel, plain_signs


@given(st.text(max_size=12))
def test_plain_signs_keep_the_length_and_stay_plain(token: str) -> None:
    plain = plain_signs(token)
    assert len(plain) == len(token)
    assert plain_signs(plain) == plain


@pytest.mark.parametrize(("token", "plain"), [("phu’", "phu'"), ("‘S&`", "'S&'"), ("2021—2025", "2021-2025"), ("“ô", '"ô')])
def test_one_sign_stands_for_all_quotes_and_dashes(token: str, plain: str) -> None:
    assert plain_signs(token) == plain


@pytest.mark.parametrize("profile", PROFILES)
def test_each_letter_is_likelier_itself_or_bare_than_a_sign_at_random(profile: str) -> None:
    channel = Channel.load(profile)
    for letter, bare in (("ế", "e"), ("ữ", "u"), ("đ", "d"), ("n", "n"), ("Ộ", "O")):
        column = channel.true[letter]
        likely = min(channel.costs[channel.read[letter], column], channel.costs[channel.read[bare], column])
        assert likely < channel.costs[channel.read["§"], column]


@pytest.mark.parametrize("profile", PROFILES)
def test_any_letter_may_be_read_as_any_sign_at_some_cost(profile: str) -> None:
    channel = Channel.load(profile)
    letters = [column for chunk, column in channel.true.items() if len(chunk) == 1]
    signs = [channel.read[sign] for sign in "aezAEZ0689&$%'|éôÖ"]
    assert channel.costs[np.ix_(signs, letters)].max() < FORBIDDEN


def test_damage_by_a_reader_without_vietnamese_letters_loses_marks_and_light_damage_keeps_them() -> None:
    read, true = "o", "ộ"
    costs = {name: Channel.load(name) for name in PROFILES}
    lost = {name: channel.costs[channel.read[read], channel.true[true]] for name, channel in costs.items()}
    kept = {name: channel.costs[channel.read[true], channel.true[true]] for name, channel in costs.items()}
    assert lost["bare"] < lost["eng"] < lost["vie"]
    assert kept["vie"] < kept["eng"]


@settings(max_examples=12)
@given(st.floats(0.01, 0.99))
def test_a_mixture_lies_between_its_parts(share: float) -> None:
    one, other = Channel.load("eng"), Channel.load("bare")
    both = Channel.mixed.__wrapped__((("eng", share), ("bare", 1 - share)))
    assert (both.costs <= np.maximum(one.costs, other.costs) + 1e-3).all()
    assert (both.costs >= np.minimum(one.costs, other.costs) - 1e-3).all()


def test_backwards_the_same_chunks_cost_the_same() -> None:
    channel = Channel.load()
    back = channel.backwards()
    assert back.costs[back.read["lc"], back.true["đ"]] == channel.costs[channel.read["cl"], channel.true["đ"]]
    assert set(back.true) == {chunk[::-1] for chunk in channel.true}


def test_signs_that_no_page_had_are_read_at_a_high_cost_and_several_of_them_never() -> None:
    channel = Channel.load()
    strange, never = channel.rows(["☃"]), channel.rows(["☃☃"])
    assert (strange[0, :-1] > channel.costs[channel.read["e"], channel.true["e"]]).all()
    assert (strange[0, :-1] < FORBIDDEN).all()
    assert (never == FORBIDDEN).all()
