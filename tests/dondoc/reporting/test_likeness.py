"""What many units wrote alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from dondoc.common.folding import searchable
from dondoc.reporting.rules import likeness
from dondoc.reporting.rules.likeness import ALIKE, Cluster, Said, cluster, split

LOUD = "Lồng ghép tuyên truyền phòng, chống đuối nước vào sinh hoạt thôn, hội nghị các đoàn thể, tổ chức {} buổi."
SPEAKERS = "Hệ thống truyền thanh cơ sở chưa đồng bộ, nhiều cụm loa hỏng."


def said(*texts: str) -> list[Said]:
    return [Said(f"xã {number:02}", text, number) for number, text in enumerate(texts)]


def test_the_same_words_with_other_figures_are_one() -> None:
    found = cluster(said(LOUD.format(12), LOUD.format("1.248"), SPEAKERS, LOUD.format(3)))
    assert [sorted(one.units) for one in found] == [["xã 00", "xã 01", "xã 03"], ["xã 02"]]


@pytest.mark.parametrize(
    "other",
    [
        "lồng ghép tuyên truyền phòng chống đuối nước vào sinh hoạt thôn, hội nghị đoàn thể; tổ chức 5 buổi",
        "Tổ chức 5 buổi lồng ghép tuyên truyền phòng, chống đuối nước vào sinh hoạt thôn, hội nghị các đoàn thể",
    ],
)
def test_nearly_the_same_words(other: str) -> None:
    assert len(cluster(said(LOUD.format(12), other))) == 1


def test_other_things_stay_apart() -> None:
    assert len(cluster(said(LOUD.format(12), SPEAKERS, "Đề nghị tỉnh cấp kinh phí mở lớp dạy bơi cho trẻ em."))) == 3


def test_sentences_and_lines() -> None:
    text = "Đã mở 5 lớp dạy bơi. Cắm 12 biển cảnh báo;\n- Phối hợp với nhà trường.\nKhông có."
    assert split(text) == ["Đã mở 5 lớp dạy bơi.", "Cắm 12 biển cảnh báo;", "Phối hợp với nhà trường."]


@given(
    st.lists(st.sampled_from([LOUD.format(1), LOUD.format(2), SPEAKERS, "Không phát sinh vụ việc nào."]), max_size=12),
    st.randoms(),
)
def test_every_passage_is_in_one_cluster_whatever_the_order(texts: list[str], chance: object) -> None:
    passages = said(*texts)
    shuffled = list(passages)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = cluster(passages)
    assert sorted(one.source for group in found for one in group.said) == list(range(len(texts)))
    assert cluster(shuffled) == found


WORDS = ("lop", "boi", "be", "boi", "thon", "loa", "hong", "xa", "truyen", "thong", "kinh", "phi")


def each_with_each(passages: list[Said]) -> list[Cluster]:
    """What :func:`cluster` does, plainly: the whole square of likeness, no blocking, nothing put together beforehand."""
    ordered = sorted(passages, key=lambda one: (one.text, one.unit, one.source))
    plain = [searchable(one.text) for one in ordered]
    scores = [[fuzz.token_sort_ratio(one, other, score_cutoff=ALIKE) for other in plain] for one in plain]
    left, found = set(range(len(ordered))), []
    for first in sorted(left, key=lambda place: (-sum(score > 0 for score in scores[place]), place)):
        group = [place for place in sorted(left) if scores[first][place]] if first in left else []
        left -= set(group)
        if group:
            middle = max(group, key=lambda place: (round(sum(scores[place][other] for other in group), 6), -place))
            found.append(Cluster(ordered[middle].text, tuple(ordered[place] for place in group)))
    return sorted(found, key=lambda one: (-len(one.units), one.text))


@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), max_size=24),
    st.sampled_from([1, 3, likeness.AT_ONCE]),
)
def test_blocking_changes_nothing(texts: list[str], at_once: int) -> None:
    passages = said(*texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(likeness, "AT_ONCE", at_once)
        assert cluster(passages) == each_with_each(passages)


def test_what_is_compared_at_once_stays_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many passages only so many rows are held at a time, and only what is nearly as long is looked at."""
    sizes = []
    plain = likeness._likeness

    def watched(some: list[str], others: list[str], alike: float) -> object:
        sizes.append((len(some), len(others)))
        return plain(some, others, alike)

    monkeypatch.setattr(likeness, "_likeness", watched)
    monkeypatch.setattr(likeness, "AT_ONCE", 8)
    passages = said(*(f"{chr(97 + number % 26) * (4 + number % 50)} {number}x" for number in range(200)))
    assert sum(len(group.said) for group in cluster(passages)) == len(passages)
    assert max(rows for rows, _ in sizes) <= 8
    assert max(columns for _, columns in sizes) < len(passages)
