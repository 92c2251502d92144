"""Which texts are one document, and what differs between two: rules without a database."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.documents.rules.boxes import Box, Words
from dondoc.documents.rules.comparing import ADDED, CHANGED, REMOVED, differences
from dondoc.documents.rules.likeness import ALIKE, bands, share, signature
from dondoc.documents.rules.pages import page_at, told
from tests.shared import needs_shared, shared_files

SYLLABLES = [
    "xây",
    "dựng",
    "kế",
    "hoạch",
    "triển",
    "khai",
    "rà",
    "soát",
    "báo",
    "cáo",
    "tổng",
    "hợp",
    "hướng",
    "dẫn",
    "kiểm",
    "tra",
    "phối",
    "hợp",
    "thực",
    "hiện",
    "đơn",
    "vị",
]


def invented(seed: int, count: int = 400) -> str:
    """A text of invented clauses with a figure now and then."""
    draw = Random(seed)  # noqa: S311 - a test text
    return " ".join(f"{draw.choice(SYLLABLES)}{' ' + str(draw.randrange(2, 99)) if not n % 25 else ''}" for n in range(count))


def scanned(text: str, seed: int, rate: float = 0.05) -> str:
    """``text`` as a scan has it: marks lost, letters taken for others, words joined."""
    draw = Random(seed)  # noqa: S311 - a test text
    words = text.split()
    for at, word in enumerate(words):
        if draw.random() < rate and word.isalpha():
            words[at] = draw.choice((word.replace("ợ", "g").replace("ư", "u"), word[:-1] + "j", word.upper()))
    return " ".join(words)


class TestSignature:
    @pytest.mark.parametrize("seed", range(4))
    def test_a_scan_is_found_by_its_draft(self, seed: int) -> None:
        text = invented(seed)
        one, other = signature(text), signature(scanned(text, seed))

        assert share(one, other) > ALIKE
        assert set(bands(one)) & set(bands(other))

    def test_another_document_is_not(self) -> None:
        assert share(signature(invented(1)), signature(invented(2))) < ALIKE

    def test_a_few_words_say_nothing(self) -> None:
        assert signature("Kính gửi các đơn vị") == []
        assert bands([]) == []
        assert share([], []) == 0.0

    @given(st.text(max_size=200))
    def test_any_text_is_like_itself(self, text: str) -> None:
        signed = signature(text)
        assert share(signed, signed) == (1.0 if signed else 0.0)

    @needs_shared
    def test_the_draft_and_the_damaged_layer_of_one_plan(self) -> None:
        from dondoc.documents import reading

        texts = [
            reading.read(shared_files(f"seeds/lang-son-{name}.txt")[0], reading.Wanted()).text
            for name in ("208-kh-ubnd.draft", "208-kh-ubnd.ocr", "309-kh-ubnd.ocr")
        ]
        draft, signed, other = (signature(text) for text in texts)

        assert share(draft, signed) > 0.8
        assert share(draft, other) < 0.1
        assert len(differences(texts[0], texts[1])) < 15


class TestDifferences:
    BASE = "Giao Sở Y tế chủ trì rà soát 25 trạm y tế xã, báo cáo trước ngày 10/9/2025. Sở Tài chính bố trí kinh phí thực hiện."

    @pytest.mark.parametrize(
        ("newer", "expected"),
        [
            (BASE, []),
            (BASE.replace("chủ trì", "chu tri").replace("kinh phí", "kinh phi"), []),
            (BASE.replace("thực hiện", "thưc hiên").replace("Giao", "Giao ,"), []),
            (BASE.replace("25 trạm", "26 trạm"), [(CHANGED, "25", "26")]),
            (BASE.replace("10/9/2025", "16/9/2025"), [(CHANGED, "10/9/2025", "16/9/2025")]),
            (BASE.replace(" 25 trạm", " trạm"), [(REMOVED, "25", "")]),
            (BASE.replace("Sở Tài chính", "Sở Nội vụ"), [(CHANGED, "Tài chính", "Nội vụ")]),
            (BASE + " Công an tỉnh bảo đảm trật tự.", [(ADDED, "", "Công an tỉnh bảo đảm trật tự")]),
        ],
    )
    def test_what_matters_and_nothing_else(self, newer: str, expected: list[tuple[str, str, str]]) -> None:
        assert [(each.kind, each.older, each.newer) for each in differences(self.BASE, newer)] == expected

    def test_a_figure_that_letters_stand_for_is_shown(self) -> None:
        [found] = differences(self.BASE, self.BASE.replace("25 trạm", "2S trạm"))
        assert found.figures

    @given(st.integers(0, 50), st.integers(10, 90))
    def test_a_changed_figure_is_always_found(self, seed: int, figure: int) -> None:
        text = invented(seed, 60)
        words = text.split()
        at = next(index for index, word in enumerate(words) if word.isdecimal() and int(word) != figure)
        changed = " ".join([*words[:at], str(figure), *words[at + 1 :]])

        assert any(each.figures and str(figure) in each.newer for each in differences(text, changed))


class TestBoxes:
    WORDS = ([0, 2, 100, 100, 200, 130], [3, 6, 210, 101, 320, 131], [7, 9, 100, 140, 180, 170])

    def test_a_line_is_one_box(self) -> None:
        assert Words(self.WORDS).boxes(0, 9) == [Box(100, 100, 320, 131), Box(100, 140, 180, 170)]

    @pytest.mark.parametrize("place", [(9, 20), (2, 3), (6, 7)])
    def test_a_place_between_words_has_none(self, place: tuple[int, int]) -> None:
        assert Words(self.WORDS).boxes(*place) == []

    def test_columns_are_kept_apart(self) -> None:
        words = ([0, 2, 100, 100, 200, 130], [3, 5, 900, 100, 990, 130])
        assert len(Words(words).boxes(0, 5)) == 2


class TestTold:
    def test_pages_alike_are_told_together(self) -> None:
        pages = [
            {"number": number, "span": [10 * number, 10 * number + 9], "quality": quality, "decision": decision, "reason": ""}
            for number, quality, decision in ((1, 1.0, "keep"), (2, 0.2, "image"), (3, 0.31, "image"), (4, 0.1, "unread"))
        ]
        found = told(pages, [[0, 2, "a", "á", "word", 0.9], [3, 5, "1", "7", "number", 0.6], [6, 8, "x", "y", "encoding", 1.0]])

        assert [(each.pages, each.decision, each.share) for each in found.stretches] == [
            ("Trang 1", "keep", ""),
            ("Trang 2-3", "image", "20-31%"),
            ("Trang 4", "unread", ""),
        ]
        assert (found.mends, found.strong, found.unread) == (2, 1, (4,))
        assert [page_at(pages, offset) for offset in (0, 10, 25, 400)] == [1, 1, 2, 4]

    def test_a_reading_of_before_says_nothing(self) -> None:
        assert not told([{"number": 1, "span": [0, 5]}], []).worth_telling
