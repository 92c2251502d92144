"""What many units wrote alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.reporting.rules.likeness import Said, cluster, split

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
