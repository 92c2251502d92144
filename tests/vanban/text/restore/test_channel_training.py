from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.training import channel_learning as learning
from tools.training import channel_priors as priors
from tools.training.pages_align import align, bare

WORDS = st.lists(st.sampled_from(["quyết", "định", "của", "bộ", "tế", "1914/QĐ-BYT", "sở", "-", "10/6/2025"]), max_size=12)


@pytest.mark.parametrize(
    ("truth", "read", "pairs"),
    [
        ("Bộ Y tế ban hành", "B6 Y té ban hanh", ["Bộ=B6", "Y=Y", "tế=té", "ban=ban", "hành=hanh"]),
        ("quá trình thực tế", "quátrinh thuc té", ["quá trình=quátrinh", "thực=thuc", "tế=té"]),
        ("giải pháp thực hiện", "g1 ai phap thuc hign", ["giải=g1 ai", "pháp=phap", "thực=thuc", "hiện=hign"]),
        ("của Thủ tướng Chính phủ", "cua Chinh phu", ["của=cua", "Thủ=", "tướng=", "Chính=Chinh", "phủ=phu"]),
        ("ban hành", "ban —=|~ hanh", ["ban=ban", "=—=|~", "hành=hanh"]),
        ("", "ban", ["=ban"]),
    ],
)
def test_words_meet_what_was_read_for_them(truth: str, read: str, pairs: list[str]) -> None:
    found = align(truth.split(), read.split())
    assert [f"{' '.join(pair.truth)}={' '.join(pair.read)}" for pair in found] == pairs


@given(WORDS, WORDS)
def test_no_word_and_no_token_is_lost_in_alignment(truth: list[str], read: list[str]) -> None:
    pairs = align(truth, read)
    assert [word for pair in pairs for word in pair.truth] == truth
    assert [token for pair in pairs for token in pair.read] == read


@given(WORDS)
def test_a_page_read_rightly_is_aligned_word_for_word(truth: list[str]) -> None:
    assert [(pair.truth, pair.read) for pair in align(truth, truth)] == [((word,), (word,)) for word in truth]


@pytest.mark.parametrize(("word", "plain"), [("Đường", "duong"), ("s6", "so"), ("S&", "sa"), ("--", "--")])
def test_bare_words_have_letters_alone(word: str, plain: str) -> None:
    assert bare(word) == plain


@pytest.mark.parametrize("letter", ["a", "ế", "ư", "đ", "Đ", "Ộ", "k", "w"])
def test_the_prior_of_a_letter_is_a_probability(letter: str) -> None:
    shares = priors.shares(letter)
    assert sum(shares.values()) == pytest.approx(1, abs=0.05)
    assert all(share > 0 for share in shares.values())
    assert shares[priors.plain(letter)] > shares["§"]


@pytest.mark.parametrize(
    ("true", "read", "chunks"),
    [
        ("số", "s6", [("s", "s"), ("ố", "6")]),
        ("chương", "chu'o'ng", [("c", "c"), ("h", "h"), ("ư", "u'"), ("ơ", "o'"), ("n", "n"), ("g", "g")]),
        ("sở", "s", [("s", "s"), ("ở", "")]),
        ("phủ", "ph.u", [("p", "p"), ("h", "h"), ("", "."), ("ủ", "u")]),
    ],
)
def test_pairs_are_divided_as_a_person_would(true: str, read: str, chunks: list[tuple[str, str]]) -> None:
    divided = learning.divide(true, read, learning.from_priors(priors.shares))
    assert divided is not None
    assert divided[1] == chunks


def test_a_habit_that_is_seen_often_becomes_cheap_and_spreads_to_letters_of_its_kind() -> None:
    before = learning.from_priors(priors.shares)
    pairs = Counter({("việc", "vigc"): 60, ("hiện", "hign"): 60, ("của", "cua"): 100})
    after = learning.estimated(learning.counted(pairs, before, 6.0), priors.shares)
    assert after.chunks["ệ", "g"] < before.chunks["ệ", "g"] - 1
    assert after.chunks["ễ", "g"] < before.chunks["ễ", "g"]
    assert after.chunks["ô", "g"] == pytest.approx(before.chunks["ô", "g"], abs=0.01)


def test_pairs_that_were_wrongly_aligned_teach_nothing() -> None:
    habits = learning.from_priors(priors.shares)
    assert not learning.counted(Counter({("nghiệp", "zzzz§§"): 9}), habits, 2.0).letters
