from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.outline import BlockKind, outline

PIECES = [
    "I. MỤC TIÊU",
    "1. Sở Y tế",
    "a) Kiểm tra",
    "- Rà soát",
    "+ Báo cáo;",
    "Điều 2. Thi hành",
    "2035.",
    "các xã, phường",
    "PHỤ LỤC II",
    "Nơi nhận:",
]
PIECES += [
    "KT. CHỦ TỊCH",
    "KẾ HOẠCH",
    "Kính gửi: Sở Y tế",
    "“1. Nêu",
    "xong.”",
    "     3",
    "",
    " ",
    "1 theo kế hoạch",
    "(Kèm theo Quyết định)",
    "_____",
    "\f",
    "Một câu dài hơn, chưa hết",
]
documents = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=40).map("\n".join)


@given(documents)
@settings(max_examples=300, deadline=None)
def test_blocks_lie_in_order_inside_the_text(text: str) -> None:
    tree = outline(text, ())
    assert all(0 <= block.span.start < block.span.end <= len(text) for block in tree.blocks)
    assert all(before.span.end <= after.span.start for before, after in pairwise(tree.blocks))
    assert 0 <= tree.body.start <= tree.body.end <= len(text)


@given(documents)
@settings(max_examples=200, deadline=None)
def test_no_word_is_lost(text: str) -> None:
    covered = "".join(block.span.of(text) for block in outline(text, ()).blocks)
    assert "".join(covered.split()) == "".join(text.split())


@given(documents)
@settings(max_examples=200, deadline=None)
def test_every_heading_has_its_marker_at_its_place(text: str) -> None:
    for heading in outline(text, ()).headings:
        assert heading.span.of(text).lstrip("#* ").startswith(heading.marker)
        assert heading.path


@given(documents)
@settings(max_examples=100, deadline=None)
def test_headings_are_the_numbered_blocks(text: str) -> None:
    tree = outline(text, ())
    numbered = [block.span for block in tree.blocks if block.kind == BlockKind.HEADING]
    assert [heading.span for heading in tree.headings] == numbered
