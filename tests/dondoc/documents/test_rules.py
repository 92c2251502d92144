"""Words, thresholds and fields: small rules, each with its edges."""

from datetime import date
from typing import Any

import pytest

from dondoc.common.errors import Refused
from dondoc.documents.models import Item
from dondoc.documents.places import name_of, name_of_section
from dondoc.documents.rules.confidence import grade, is_certain
from dondoc.documents.rules.contents import cleaned, joined
from dondoc.documents.rules.deadlines import deadline_words, last_good_day
from dondoc.documents.rules.drafts import drafts_of, first_line
from dondoc.documents.rules.fields import is_party, type_name, value_words, written_parts
from dondoc.documents.rules.search import search_text
from dondoc.documents.rules.states import SILENT_FOR, is_silent, step_words
from dondoc.documents.rules.telling import citation_words, facts_of, target_words, title_of
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import TEXT, contract, finding, metadata


@pytest.mark.parametrize(
    ("value", "word", "percent"),
    [(1.0, "Chắc", 100), (0.9, "Chắc", 90), (0.899, "Khá", 89), (0.6, "Khá", 60), (0.599, "Thấp", 59), (0.0, "Thấp", 0)],
)
def test_grades_have_exact_edges(value: float, word: str, percent: int) -> None:
    told = grade(value)
    assert told is not None
    assert (told.word, told.percent) == (word, percent)
    assert is_certain(value) is (word == "Chắc")


def test_what_was_not_measured_has_no_grade() -> None:
    assert grade(None) is None
    assert not is_certain(None)


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ({"kind": "by", "end": "2025-09-10", "exclusive": True}, "hạn cuối 09/9/2025"),
        ({"kind": "by", "end": "2025-09-10", "exclusive": False}, "hạn cuối 10/9/2025"),
        ({"kind": "by", "end": "2025-03-01", "exclusive": True}, "hạn cuối 28/02/2025"),
        ({"kind": "within", "start": "2025-08-01", "end": "2025-08-31"}, "từ 01/8/2025 đến 31/8/2025"),
        ({"kind": "recurring", "rrule": "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"}, "hằng năm, ngày 30/11"),
        ({"kind": "recurring", "rrule": "FREQ=MONTHLY;INTERVAL=3"}, "hằng quý"),
        (
            {"kind": "recurring", "rrule": "FREQ=MONTHLY;BYMONTHDAY=25", "exclusive": True},
            "hằng tháng, trước ngày 25",
        ),
        ({"kind": "recurring", "rrule": "FREQ=MONTHLY;BYMONTHDAY=-1"}, "hằng tháng, ngày cuối tháng"),
        ({"kind": "ongoing"}, "thường xuyên"),
        (
            {"kind": "relative", "offset": "P20D working", "anchor": "ngày nhận đủ hồ sơ"},
            "trong 20 ngày làm việc, tính từ ngày nhận đủ hồ sơ",
        ),
        ({"kind": "event", "anchor": "Đại hội lần thứ XIV"}, "theo sự kiện: Đại hội lần thứ XIV"),
        ({"kind": None, "text": "kịp thời"}, ""),
        (None, ""),
    ],
)
def test_deadlines_in_words(deadline: dict[str, Any] | None, words: str) -> None:
    assert deadline_words(deadline) == words


def test_the_last_good_day_is_the_day_before_an_excluded_one() -> None:
    assert last_good_day({"end": "2025-09-10", "exclusive": True}) == date(2025, 9, 9)
    assert last_good_day({"end": "2025-09-10", "exclusive": False}) == date(2025, 9, 10)
    assert last_good_day({"end": "không phải ngày"}) is None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"comparator": "range", "value": 8, "value_high": 9}, "từ 8 đến 9%"),
        ({"comparator": ">=", "value": 95.5}, "từ 95,5% trở lên"),
        ({"comparator": "increase", "value": 20, "baseline": "dự toán"}, "tăng ít nhất 20% so với dự toán"),
        ({"comparator": "<=", "value": 1200, "unit": "lượt"}, "không quá 1.200 lượt"),
        ({"comparator": "none", "value": None}, ""),
    ],
)
def test_targets_in_words(more: dict[str, Any], words: str) -> None:
    assert target_words({"unit": "%", **more}) == words


def test_what_is_missing_is_said() -> None:
    assert ("Chủ trì", "chưa có") in facts_of("task", {"text": "Việc", "lead": []})
    assert ("Mức cần đạt", "chưa có") in facts_of("target", {"text": "Tăng tỷ lệ", "value": None})
    assert title_of("metadata", {"field": "date", "value": None}) == "Chưa đọc được"


def test_particulars_in_words() -> None:
    assert value_words("date", "2025-09-09") == "09/9/2025"
    assert value_words("type", "KH") == "Kế hoạch"
    assert type_name("XYZ") == "XYZ"
    assert value_words("signer", {"authority": "KT. CHỦ TỊCH", "position": None, "name": "Nguyễn Văn Mẫu"}) == (
        "KT. CHỦ TỊCH · Nguyễn Văn Mẫu"
    )
    assert citation_words({"code": "72-NQ/TW", "date": None, "issuer": "Bộ Chính trị"}) == "72-NQ/TW, Bộ Chính trị"


@pytest.mark.parametrize(
    ("code", "issuer", "text", "party"),
    [
        ("07-KH/TU", "", "", True),
        ("72-NQ/TW", "", "", True),
        ("", "Ban Thường vụ Tỉnh ủy Minh Họa", "", True),
        ("", "", "ĐẢNG CỘNG SẢN\nVIỆT NAM\nTỈNH ỦY", True),
        ("208/KH-UBND", "Ủy ban nhân dân tỉnh Minh Họa", TEXT, False),
        ("2437/QĐ-TTg", "Thủ tướng Chính phủ", "", False),
    ],
)
def test_party_documents_are_known(code: str, issuer: str, text: str, party: bool) -> None:
    assert is_party(code, issuer, text) is party


def test_a_date_in_words_gives_the_parts_it_has() -> None:
    assert written_parts("ngày     tháng 8 năm 2025") == {"day": "", "month": "8", "year": "2025"}
    assert written_parts("ngày 28 tháng 7/năm 2025") == {"day": "28", "month": "7", "year": "2025"}


def test_the_search_text_holds_both_spellings() -> None:
    held = search_text("208/KH-UBND", "Tổng kết")
    assert "tổng kết" in held
    assert "tong ket" in held


def test_steps_are_told_in_words() -> None:
    assert step_words("outline") == "Tìm đề mục"
    assert step_words("Việc lạ") == "Việc lạ"
    assert step_words("") == "Đang đọc"


def test_a_job_is_silent_only_after_the_whole_time() -> None:
    assert not is_silent(NOON - SILENT_FOR, NOON)
    assert is_silent(NOON - SILENT_FOR.__class__(seconds=SILENT_FOR.seconds + 1), NOON)
    assert is_silent(None, NOON)


class TestDrafts:
    def test_no_place_no_item(self) -> None:
        held = contract(metadata=metadata(spans={}), tasks=[], targets=[], citations=[], reporting_duties=[])
        assert drafts_of(held, TEXT) == []

    def test_a_place_outside_the_text_is_no_place(self) -> None:
        held = contract(findings=[finding("x", "y", [len(TEXT) + 1, len(TEXT) + 5])])
        assert not [draft for draft in drafts_of(held, TEXT) if draft.kind == "finding"]

    def test_a_finding_on_the_whole_stands_at_the_first_line_and_says_so(self) -> None:
        held = contract(findings=[finding("missing-date", "Chưa có ngày.", None)])
        draft = next(draft for draft in drafts_of(held, TEXT) if draft.kind == "finding")
        assert TEXT[draft.start : draft.end] == "ỦY BAN NHÂN DÂN"
        assert draft.read["placeless"] is True

    def test_items_come_in_the_order_of_the_text_under_their_heading(self) -> None:
        drafts = drafts_of(contract(), TEXT)
        assert [draft.start for draft in drafts] == sorted(draft.start for draft in drafts)
        assert next(draft for draft in drafts if draft.kind == "target").section == "I"

    def test_the_first_line_is_the_first_with_a_letter(self) -> None:
        assert first_line("\n   \n  Một\n") == (7, 10)
        assert first_line(" \n") is None


class TestContents:
    def test_texts_are_trimmed_and_names_stand_once(self) -> None:
        held = cleaned("task", {"text": "  Một \n việc ", "lead": " Sở Y tế \n\nSở Y tế\nSở Nội vụ", "deadline": {"text": " "}})
        assert held["text"] == "Một việc"
        assert held["lead"] == ["Sở Y tế", "Sở Nội vụ"]
        assert held["deadline"] is None

    @pytest.mark.parametrize(
        ("kind", "content", "field"),
        [
            ("task", {"text": ""}, "text"),
            ("citation", {"code": " "}, "code"),
            ("citation", {"code": "1/KH", "date": "hôm qua"}, "date"),
            ("target", {"text": "x", "value": "nhiều"}, "value"),
            ("metadata", {"field": "date", "value": "2025-13-01"}, "value"),
            ("metadata", {"field": "code", "value": ""}, "value"),
            ("metadata", {"field": "la", "value": "x"}, ""),
        ],
    )
    def test_what_says_nothing_is_refused_at_its_field(self, kind: str, content: dict[str, Any], field: str) -> None:
        with pytest.raises(Refused) as refused:
            cleaned(kind, content)
        assert refused.value.field == field

    def test_two_contents_become_one(self) -> None:
        one = {"text": "Một.", "lead": ["A"], "result": None}
        other = {"text": "hai", "lead": ["A", "B"], "result": "báo cáo"}
        held = joined("task", one, other)
        assert (held["text"], held["lead"], held["result"]) == ("Một; hai", ["A", "B"], "báo cáo")


@pytest.mark.parametrize(
    ("section", "name"),
    [("", "đầu văn bản"), ("III.2.b", "mục III.2.b"), ("Điều 4", "Điều 4"), ("PL2.I", "Phụ lục 2, mục I"), ("PL", "Phụ lục")],
)
def test_a_place_is_named_as_people_name_it(section: str, name: str) -> None:
    assert name_of_section(section) == name


@pytest.mark.parametrize(("field", "name"), [("signer", "cuối văn bản"), ("recipients", "cuối văn bản"), ("code", "đầu văn bản")])
def test_the_closing_parts_stand_at_the_end(field: str, name: str) -> None:
    item = Item(kind="metadata", read={"field": field, "value": "x"}, section="III.2" if field != "code" else "")
    assert name_of(item) == name
