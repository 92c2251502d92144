from datetime import date

import pytest

from vanban.lexicon.documents import document_types, is_party_code, issuer_of_symbol, type_by_name
from vanban.lexicon.folding import clean, fold
from vanban.lexicon.tables import agency_entries, province_trie, rows, variants


def test_ids_are_given_once() -> None:
    ids = [row["id"] for row in rows("agencies")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("table", ["agencies", "provinces", "issuers"])
def test_days_are_days(table: str) -> None:
    for row in rows(table):
        for key in ("valid_from", "valid_to"):
            assert row.get(key, "") == "" or date.fromisoformat(row[key])


def test_a_closed_body_has_a_successor_that_is_known() -> None:
    entries = agency_entries()
    assert all(entry.successor in entries for entry in entries.values() if entry.successor)
    assert entries["bcsd-ubnd"].successor == "du-ubnd"
    assert entries["sldtbxh"].valid_to < "2025-03-01"


def test_thirty_four_provinces_stand() -> None:
    standing = [row for row in rows("provinces") if not row["valid_to"]]
    assert len(standing) == 34
    assert {row["successor"] for row in rows("provinces") if row["valid_to"]} <= {row["name"] for row in standing}
    assert province_trie().longest(("bà", "rịa", "-", "vũng", "tàu"), 0) == (5, "Bà Rịa - Vũng Tàu")


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Uỷ Hoà khoẻ", "ủy hòa khỏe"), ("HOÀN THUỶ", "hoàn thủy"), ("toàn quý uỷ1", "toàn qúy ủy1"), ("ĐẶNG", "đặng")],
)
def test_fold_writes_one_place_of_the_tone(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "cleaned"), [("Sở  Y\n tế", "Sở Y tế"), ("QĐ-\nTTg", "QĐ-TTg"), ("2021 - 2025", "2021 - 2025"), (" a \t b ", "a b")]
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_variants_hold_short_forms_and_forms_without_marks() -> None:
    forms = variants(("sở", "văn", "hóa", ",", "thể", "thao", "và", "du", "lịch"))
    assert ("sở", "vhttdl") in forms
    assert ("sở", "văn", "hóa", "thể", "thao", "và", "du", "lịch") in forms


@pytest.mark.parametrize(
    ("code", "province", "issuer"),
    [
        ("1914/QĐ-BYT", None, "Bộ Y tế"),
        ("1629/QĐ-TTg", None, "Thủ tướng Chính phủ"),
        ("91/2025/QH15", None, "Quốc hội"),
        ("1672/NQ-UBTVQH15", None, "Ủy ban Thường vụ Quốc hội"),
        ("32/2024/NĐ-CP", None, "Chính phủ"),
        ("29/QĐ-LĐTBXH", None, "Bộ Lao động - Thương binh và Xã hội"),
        ("29/QĐ-BLĐTBXH", None, "Bộ Lao động - Thương binh và Xã hội"),
        ("12/2024/TT-BGD&ĐT", None, "Bộ Giáo dục và Đào tạo"),
        ("07-KH/TU", "Điện Biên", "Tỉnh ủy Điện Biên"),
        ("208/KH-UBND", "Lạng Sơn", "Ủy ban nhân dân tỉnh Lạng Sơn"),
        ("208/KH-UBND", "Huế", "Ủy ban nhân dân thành phố Huế"),
        ("193/UBND-KT", "Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai"),
        ("2052/SYT-XH", None, "Sở Y tế"),
        ("4643/VPCP-CN", None, "Văn phòng Chính phủ"),
        ("72-NQ/TW", None, None),
        ("1/ABC-XYZ", "Lào Cai", None),
    ],
)
def test_issuer_by_symbol(code: str, province: str | None, issuer: str | None) -> None:
    assert issuer_of_symbol(code, province) == issuer


@pytest.mark.parametrize(
    ("name", "regime", "abbreviation"),
    [
        ("KẾ HOẠCH", None, "KH"),
        ("KẾ HOẠCH HÀNH ĐỘNG", None, "KH"),
        ("QUY ĐỊNH", None, "QyĐ"),
        ("QUY ĐỊNH", "party", "QĐi"),
        ("CHÍ THỊ", None, "CT"),
        ("THÔNG TƯ", None, "TT"),
    ],
)
def test_type_by_name(name: str, regime: str | None, abbreviation: str) -> None:
    kind = type_by_name(name, regime)
    assert kind is not None
    assert kind.abbreviation == abbreviation


def test_what_is_no_type() -> None:
    assert type_by_name("LỜI NÓI ĐẦU") is None


def test_every_kind_of_the_decree_is_there() -> None:
    state = {kind.abbreviation for kind in document_types() if kind.regime == "state"}
    assert {
        "NQ",
        "QĐ",
        "CT",
        "QC",
        "QyĐ",
        "TC",
        "TB",
        "HD",
        "CTr",
        "KH",
        "PA",
        "ĐA",
        "DA",
        "BC",
        "BB",
        "TTr",
        "HĐ",
        "CĐ",
        "GM",
    } <= state


def test_party_code() -> None:
    assert is_party_code("07-KH/TU")
    assert not is_party_code("208/KH-UBND")
