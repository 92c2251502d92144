import numpy as np
import pytest

from tests.vanban.text.restore.toy import SIZE, WORDS, ids_of, toy_model
from tools.training import language_counts, language_text
from vanban.text.restore.capitals import Capitals
from vanban.text.restore.language import BOUNDARY, NUMBER, UNKNOWN, LanguageModel, spelled


@pytest.mark.parametrize(
    ("word", "same"),
    [("Uỷ", "ủy"), ("hoà", "hòa"), ("HOẠT", "hoạt"), ("quý", "quý"), ("Qũy", "quỹ"), ("quy", "quy"), ("khoẻ", "khỏe")],
)
def test_a_word_is_spelled_in_one_way(word: str, same: str) -> None:
    assert spelled(word) == same


@pytest.mark.parametrize("history", [".abc", "..ab", "...a", "....", ".dda", "1?1?", ".ccc"])
def test_what_may_follow_sums_to_one(history: str) -> None:
    third, second, first = (np.full(SIZE, word, np.int32) for word in ids_of(history[-3:]))
    logs = toy_model().score(third, second, first, np.arange(SIZE, dtype=np.int32))
    assert np.exp(logs).sum() == pytest.approx(1, abs=0.01)


def test_counts_do_not_reach_over_a_boundary() -> None:
    keys, counts = language_counts.count(ids_of(".ab.ba."), 3)
    a, b = ids_of("ab").tolist()
    held = dict(zip(keys.tolist(), counts.tolist(), strict=True))
    bits = language_counts.BITS
    assert held[(a << bits) | b] == 1
    assert held[(b << bits) | a] == 1
    assert ((b << 2 * bits) | (BOUNDARY << bits) | b) not in held
    assert held[(BOUNDARY << 2 * bits) | (BOUNDARY << bits) | b] == 1


def test_pruning_keeps_the_shorter_forms_of_what_it_keeps() -> None:
    full = language_counts.estimate(ids_of(".abcd.abcd.abcd.bca.dcba.ab1c.cd?."), 4, SIZE)
    pruned = language_counts.prune(full, [0.0, 0.3, 0.3, 0.3])
    for order in (4, 3, 2):
        shorter = set(pruned[order - 2].keys.tolist())
        assert set(language_counts.suffix(pruned[order - 1].keys, order).tolist()) <= shorter
        assert set((pruned[order - 1].keys >> language_counts.BITS).tolist()) <= shorter
    assert sum(len(order.keys) for order in pruned) < sum(len(order.keys) for order in full)


def test_text_becomes_sentences_of_ids() -> None:
    (words,) = language_text.tokens(["Uỷ ban: họp ngày 3/4/2025; QĐ-TTg.\nHòa b."])
    ids = language_text.ids_of_forms(words.forms, ["ủy", "ban", "hòa", "họp"])
    kinds = {BOUNDARY: ".", NUMBER: "1", UNKNOWN: "?"}
    text = [kinds.get(one, "w") for one in ids[words.index].tolist()]
    assert "".join(text) == ".ww.w?1.??..w?.."
    assert language_text.without_repeats(ids[words.index]).sum() == len(text) - 2


def test_labels_and_broken_lines_are_taken_out(tmp_path) -> None:  # noqa: ANN001 -- pytest's own
    path = tmp_path / "one.txt"
    path.write_text("I. Chung\na) Sở Y tế chủ trì,\nphối hợp.\n- Sở Nội vụ", encoding="utf-8")
    assert language_text.read(path).split("\n") == ["", "Chung", "", "Sở Y tế chủ trì, phối hợp.", "", "Sở Nội vụ"]


@pytest.mark.parametrize(
    ("before", "likely", "unlikely"),
    [("tỉnh lạng", "sơn", "sớm"), ("chủ trì phối", "hợp", "họp"), ("ủy ban nhân", "dân", "dần"), ("báo cáo kết", "quả", "qua")],
)
def test_the_model_of_the_package_prefers_what_offices_write(before: str, likely: str, unlikely: str) -> None:
    model = LanguageModel.load()
    history = [BOUNDARY, *(model.ids[word] for word in before.split())][-3:]
    third, second, first = (np.full(2, word, np.int32) for word in history)
    said = model.score(third, second, first, np.array([model.ids[likely], model.ids[unlikely]], np.int32))
    assert said[0] > said[1] + 2


def test_every_syllable_has_one_id() -> None:
    model = LanguageModel.load()
    assert all(model.id_of(word) == at for at, word in enumerate(model.syllables) if at > UNKNOWN)
    assert model.id_of("qũy") == model.id_of("quỹ") is not None
    assert model.id_of("<unknown>") is None


@pytest.mark.parametrize(
    ("before", "word", "after", "large"),
    [
        ("tỉnh", "lạng", "sơn", True),
        ("lạng", "sơn", "và", True),
        ("của", "sở", "y", True),
        ("y", "tế", "và", False),
        ("cơ", "sở", "y", False),
    ],
)
def test_names_have_capitals(before: str, word: str, after: str, large: bool) -> None:
    ids = LanguageModel.load().ids
    one, two, three = (np.array([ids[name]], np.int32) for name in (before, word, after))
    assert bool(Capitals.load().probability(one, two, three)[0] > 0.5) is large


def test_the_case_seen_weighs_as_much_as_it_is_sure() -> None:
    ids = LanguageModel.load().ids
    before, word = (np.array([ids[name]] * 2, np.int32) for name in ("lạng", "sơn"))
    seen = Capitals.load().log_cases(before, word, np.array([True, False]), 0.02)
    assert -0.1 < seen[0] < 0
    assert np.log(0.02) <= seen[1] < -3


def test_toy_words_are_the_toys_list() -> None:
    assert list(toy_model().syllables[-len(WORDS) :]) == WORDS
