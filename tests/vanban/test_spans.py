"""Properties of spans and offset maps, against a plain model: for each new character, the old stretch that it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.spans import Edit, OffsetMap, Span, cover, rewrite


@st.composite
def texts_with_edits(draw: st.DrawFn, text: str | None = None) -> tuple[str, list[Edit]]:
    """A text and edits of it, in order; insertions, deletions and replacements."""
    base = draw(st.text(alphabet="abcđ \n", max_size=24)) if text is None else text
    edges = sorted(draw(st.lists(st.integers(0, len(base)), max_size=8)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return base, [Edit(Span(start, end), draw(st.text(alphabet="XYZ", max_size=3))) for start, end in pairs]


def model(text: str, edits: list[Edit]) -> tuple[str, list[tuple[Span, bool]]]:
    """The new text, and for each of its characters the old stretch and whether the character was kept."""
    pieces: list[str] = []
    origins: list[tuple[Span, bool]] = []
    at = 0
    for edit in [*edits, Edit(Span(len(text), len(text)), "")]:
        pieces.append(text[at : edit.span.start])
        origins.extend((Span(index, index + 1), True) for index in range(at, edit.span.start))
        pieces.append(edit.replacement)
        origins.extend((edit.span, False) for _ in edit.replacement)
        at = edit.span.end
    return "".join(pieces), origins


@given(texts_with_edits())
def test_rewrite_gives_the_text_of_the_model(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    assert rewrite(text, edits)[0] == model(text, edits)[0]


@given(texts_with_edits())
def test_each_character_leads_back_to_its_origin(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    new, offsets = rewrite(text, edits)
    for index, (origin, kept) in enumerate(model(text, edits)[1]):
        old = offsets.to_old(Span(index, index + 1))
        assert old == origin
        if kept:
            assert old.of(text) == new[index]


@given(texts_with_edits())
def test_a_kept_character_is_found_from_either_side(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    _, offsets = rewrite(text, edits)
    for index, (origin, kept) in enumerate(model(text, edits)[1]):
        if kept:
            assert offsets.to_new(origin) == Span(index, index + 1)


@given(texts_with_edits(), st.data())
def test_a_stretch_covers_the_origins_of_its_characters(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    new, offsets = rewrite(text, edits)
    start = data.draw(st.integers(0, len(new)))
    end = data.draw(st.integers(start, len(new)))
    old = offsets.to_old(Span(start, end))
    assert Span(0, len(text)).contains(old)
    origins = [origin for origin, _ in model(text, edits)[1][start:end]]
    if origins:
        assert old == cover(origins)


@given(texts_with_edits(), st.data())
def test_an_old_stretch_leads_into_the_new_text(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    new, offsets = rewrite(text, edits)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = offsets.to_new(Span(start, end))
    assert Span(0, len(new)).contains(there)
    for index, (origin, kept) in enumerate(model(text, edits)[1]):
        if kept and Span(start, end).contains(origin):
            assert there.contains(Span(index, index + 1))


@given(texts_with_edits(), st.data())
def test_the_map_over_two_steps_is_both_maps_one_after_the_other(case: tuple[str, list[Edit]], data: st.DataObject) -> None:
    text, edits = case
    middle, first = rewrite(text, edits)
    more = data.draw(texts_with_edits(middle))[1]
    new, second = rewrite(middle, more)
    joined = second.after(first)
    before = model(text, edits)[1]
    for index, (through, kept) in enumerate(model(middle, more)[1]):
        step = first.to_old(second.to_old(Span(index, index + 1)))
        assert joined.to_old(Span(index, index + 1)) == step
        if kept and before[through.start][1]:
            assert text[step.start] == new[index]
            assert joined.to_new(step) == Span(index, index + 1)


@given(texts_with_edits())
def test_segments_keep_the_map(case: tuple[str, list[Edit]]) -> None:
    _, offsets = rewrite(*case)
    again = OffsetMap.from_segments([list(segment) for segment in offsets.segments])
    assert again == offsets
    assert hash(again) == hash(offsets)


@given(texts_with_edits())
def test_segments_lie_side_by_side_in_both_texts(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    new, offsets = rewrite(text, edits)
    new_at = old_at = 0
    for new_start, new_end, old_start, old_end, same in offsets.segments:
        assert (new_start, old_start) == (new_at, old_at)
        assert not same or new[new_start:new_end] == text[old_start:old_end]
        new_at, old_at = new_end, old_end
    assert (new_at, old_at) == (len(new), len(text))


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(2, 4), "x"), Edit(Span(3, 5), "y")],
        [Edit(Span(4, 5), "x"), Edit(Span(0, 1), "y")],
        [Edit(Span(4, 9), "x")],
    ],
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        rewrite("abcde", edits)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_what_is_no_stretch_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [("  kế hoạch \n", Span(0, 12), Span(2, 10)), ("   ", Span(0, 3), Span(3, 3)), ("abc", Span(1, 1), Span(1, 1))],
)
def test_trim_leaves_no_white_space_at_the_ends(text: str, span: Span, expected: Span) -> None:
    assert span.trim(text) == expected


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=5))
def test_cover_is_the_smallest_span_around_all(pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    whole = cover(spans)
    assert all(whole.contains(span) for span in spans)
    assert whole.start in {span.start for span in spans}
    assert whole.end in {span.end for span in spans}


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_spans_overlap_where_they_share_a_character(a: int, b: int, c: int, d: int) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == bool(shared)
