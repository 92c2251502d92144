from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.text.restore import candidates as module
from vanban.text.restore.candidates import LONGEST, MOST, Candidates, is_shouted
from vanban.text.restore.language import LanguageModel

DAMAGED = [
    ("Panh", "đánh"),  # Đ
    ("bia", "địa"),
    ("aéng", "đồng"),
    ("chéqg", "chống"),
    ("g1a1", "giai"),  # figures for letters
    ("d6t", "đột"),
    ("trlnh", "trình"),
    ("HQI", "hội"),
    ("Chu’O’ng", "chương"),  # marks apart from their letters
    ("phu'", "phủ"),
    ("S&", "sở"),
    ("s¢", "sở"),
    ("tir", "từ"),
    ("thwe", "thực"),
    ("thyc", "thực"),
    ("dugc", "được"),
    ("ctia", "của"),
    ("nhiém", "nhiệm"),
    ("MUC", "mục"),
    ("PiCH", "đích"),
    ("CHU'C", "chức"),
    ("s", "sở"),  # vowels lost
    ("6", "ở"),
    ("quyét", "quyết"),
    ("thực", "thực"),  # not damaged
]


@pytest.fixture(scope="module")
def candidates() -> Candidates:
    return Candidates.load()


def _words(ids: Iterable[int]) -> list[str]:
    syllables = LanguageModel.load().syllables
    return [syllables[at] for at in ids]


@pytest.mark.parametrize(("token", "syllable"), DAMAGED)
def test_the_true_syllable_is_among_the_candidates(candidates: Candidates, token: str, syllable: str) -> None:
    assert syllable in _words(candidates.of(token).ids)


@pytest.mark.parametrize("token", ["thực", "nghiệp", "Quyết", "KẾ", "ubnd", "UBND"])
def test_what_is_no_damage_is_its_own_likeliest_reading(candidates: Candidates, token: str) -> None:
    assert _words(candidates.of(token).ids)[0] == token.lower()


@pytest.mark.parametrize(
    ("token", "pair"),
    [("quátrình", ("quá", "trình")), ("thuctế", ("thực", "tế")), ("Trungương", ("trung", "ương")), ("KEHOACH", ("kế", "hoạch"))],
)
def test_glued_words_are_taken_apart(candidates: Candidates, token: str, pair: tuple[str, str]) -> None:
    assert pair in [tuple(_words((one, two))) for one, two, _ in candidates.of(token).pairs]


@pytest.mark.parametrize("token", ["duoc", "thực", "nghiép", "HOACH"])
def test_a_likely_syllable_is_not_taken_apart(candidates: Candidates, token: str) -> None:
    assert candidates.of(token).pairs == ()


def test_neighbours_are_joined_where_they_may_be_one_syllable(candidates: Candidates) -> None:
    ids, costs = candidates.joined("tr", "lnh")
    assert "trình" in _words(ids)
    assert (np.diff(costs) >= 0).all()
    assert candidates.joined("thực", "hiện") is None
    assert candidates.joined("kết", "quả") is None


@settings(max_examples=25)
@given(st.text("abcdđeghiklmnopqrstuvxyAĐHT0146'&’é|.ờ☃", min_size=1, max_size=LONGEST + 6))
def test_any_token_has_readings_cheapest_first(token: str) -> None:
    ids, costs, pairs = Candidates.load().of(token)
    assert 1 <= len(ids) <= MOST + 1
    assert len(set(ids.tolist())) == len(ids)
    assert np.isfinite(costs).all()
    assert (costs >= 0).all()
    assert (np.diff(costs) >= 0).all()
    assert all(cost >= 0 for _, _, cost in pairs)


def test_tokens_together_are_read_as_each_alone() -> None:
    tokens = [token for token, _ in DAMAGED] + ["quátrình"]
    together = Candidates.mixed.__wrapped__((("eng", 0.5), ("vie", 0.5)))
    alone = Candidates.mixed.__wrapped__((("eng", 0.5), ("vie", 0.5)))
    for token, reading in zip(tokens, together.of_all(tokens), strict=True):
        single = alone.of(token)
        assert (reading.ids == single.ids).all()
        assert np.allclose(reading.costs, single.costs)
        assert reading.pairs == single.pairs


def test_what_is_prepared_is_what_is_asked_for_later() -> None:
    prepared, asked = (Candidates.mixed.__wrapped__((("eng", 1.0),)) for _ in range(2))
    prepared.prepare({"tr", "lnh"}, [("tr", "lnh")])
    assert (prepared.joined("tr", "lnh")[0] == asked.joined("tr", "lnh")[0]).all()


def test_tokens_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 3)
    forgetful = Candidates.mixed.__wrapped__((("eng", 1.0),))
    for tokens in (["Panh", "gia", "k6t"], ["thuc", "hign"], ["thuctế"], ["ctia", "Panh"]):
        forgetful.prepare(tokens, [("tr", "lnh")])
        assert [reading.ids.tolist() for reading in forgetful.of_all(tokens)] == [
            reading.ids.tolist() for reading in Candidates.load().of_all(tokens)
        ]
    assert len(forgetful._known) <= 3 + 2


@pytest.mark.parametrize(
    ("token", "shouted"),
    [("HOACH", True), ("PiCH", True), ("Hoach", False), ("Chu'O'ng", False), ("S", False), ("6", False), ("QĐ", True)],
)
def test_capitals_tell_a_heading(token: str, shouted: bool) -> None:
    assert is_shouted(token) is shouted
