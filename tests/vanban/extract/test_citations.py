import json
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.shared import SHARED, needs_shared
from vanban.extract.citations import citation_spans, find_citations
from vanban.extract.citations_symbols import PATTERNS, find_symbols
from vanban.reading import Citation, Metadata, Relation
from vanban.spans import Span

NOTHING = Metadata()


def cited(text: str, metadata: Metadata = NOTHING, province: str | None = None) -> list[Citation]:
    return find_citations(text, metadata, province)


@pytest.mark.parametrize(("name", "written", "code"), [(p.name, written, code) for p in PATTERNS for written, code in p.examples])
def test_each_form_reads_its_examples(name: str, written: str, code: str) -> None:
    text = f"Văn bản số {written} ngày 01/02/2025"
    assert [symbol.code for symbol in find_symbols(text, Span(0, len(text)))] == [code], name


@pytest.mark.parametrize(
    "text", ["24/7", "tỷ lệ 1/500", "ngày 10/6/2025", "60 km/h", "quý III/2025", "5 bác sĩ/trạm", "1/2-3/4", "số 12/ĐK"]
)
def test_what_is_no_symbol(text: str) -> None:
    assert list(find_symbols(text, Span(0, len(text)))) == []


@pytest.mark.parametrize(
    ("text", "code", "day", "issuer"),
    [
        ("Quyết định số 12/QĐ-BYT ngày 5/6/2025 của Bộ trưởng Bộ Y tế về việc khám", "12/QĐ-BYT", date(2025, 6, 5), "Bộ Y tế"),
        ("Nghị quyết số 72-NQ/TW, ngày 09/9/2025 của Bộ Chính trị về y tế", "72-NQ/TW", date(2025, 9, 9), "Bộ Chính trị"),
        ("Nghị định số 30/2020/NĐ-\nCP ngày 05 tháng 3\nnăm 2020 của Chính\nphủ", "30/2020/NĐ-CP", date(2020, 3, 5), "Chính phủ"),
        ("Kế hoạch số 255-KH/TU của Ban Thường vụ Tỉnh uỷ1, giao", "255-KH/TU", None, "Ban Thường vụ Tỉnh uỷ"),
        ("Luật Đất đai số 31/2024/QH15 ngày 18/01/2024", "31/2024/QH15", date(2024, 1, 18), "Quốc hội"),
        ("Bộ luật Lao động số 45/2019/QH141 quy định", "45/2019/QH14", None, "Quốc hội"),
        ("Ngày 29/6/2026, Bộ trưởng Bộ Xây dựng ban hành Quyết định số 7/QĐ-BXD", "7/QĐ-BXD", date(2026, 6, 29), "Bộ Xây dựng"),
        ("Kết luận số 18-KL/TW của Bộ Chính trị ngày 02/3/2026", "18-KL/TW", date(2026, 3, 2), "Bộ Chính trị"),
        ("Công văn 99/SNV-TCBC, ngày 1/2/2025 của Giám đốc Sở Nội vụ", "99/SNV-TCBC", date(2025, 2, 1), "Sở Nội vụ"),
        (
            "Nghị quyết số 01-NQ/ĐH, ngày 16/10/2025 của Đại hội đại biểu Đảng bộ tỉnh Sơn La lần thứ XV",
            "01-NQ/ĐH",
            date(2025, 10, 16),
            "Đại hội đại biểu Đảng bộ tỉnh Sơn La",
        ),
        ("Quyết định số 9/QĐ-UBND ngày 31/02/2025", "9/QĐ-UBND", None, "Ủy ban nhân dân tỉnh"),
        ("Nghị quyết số 66.3/2025/NQ-CP", "66.3/2025/NQ-CP", None, "Chính phủ"),
    ],
)
def test_one_citation(text: str, code: str, day: date | None, issuer: str | None) -> None:
    citations = cited(text)
    assert [(c.code, c.date, c.issuer) for c in citations] == [(code, day, issuer)]


def test_a_date_across_a_sentence_is_not_its_date() -> None:
    assert cited("Theo Quyết định số 12/QĐ-TTg. Ngày 05/6/2025 tổ chức họp")[0].date is None
    assert cited("Theo Quyết định số 12/QĐ-TTg; ngày 05/6/2025 tổ chức họp")[0].date is None


def test_several_numbers_after_one_type() -> None:
    citations = cited(
        "các Quyết định số 12/QĐ-TTg ngày 01/02/2025, số 13/QĐ-TTg ngày 03 tháng 4 năm 2025 của Thủ tướng Chính phủ"
    )
    assert [(c.code, c.date) for c in citations] == [("12/QĐ-TTg", date(2025, 2, 1)), ("13/QĐ-TTg", date(2025, 4, 3))]


def test_each_document_once_with_all_its_places_and_the_date_of_any() -> None:
    text = "Kế hoạch số 177 KH/TU. Sau đó Kế hoạch số 177-KH/TU ngày 23/6/2024 và Kế hoạch số 177-\nKH/TU."
    citations = cited(text)
    assert [(c.code, c.date, len(c.spans)) for c in citations] == [("177-KH/TU", date(2024, 6, 23), 3)]
    assert [span.of(text) for span in citations[0].spans][1] == "Kế hoạch số 177-KH/TU ngày 23/6/2024"


def test_one_number_with_two_days_is_two_documents() -> None:
    citations = cited("Chỉ thị số 04/CT-UBND ngày 22/02/2018 và Chỉ thị số 04/CT-UBND ngày 01/3/2025")
    assert [c.date for c in citations] == [date(2018, 2, 22), date(2025, 3, 1)]


def test_the_document_does_not_cite_itself() -> None:
    own = Metadata(code="208/KH-UBND", date=date(2025, 8, 7))
    assert cited("Kế hoạch số 208/KH-UBND ngày 07/8/2025", own) == []
    assert cited("Kế hoạch số 208/KH-UBND", own) == []
    assert [c.date for c in cited("Kế hoạch số 208/KH-UBND ngày 01/3/2024", own)] == [date(2024, 3, 1)]
    header = "Số: 15/TB-SYT\nThông báo"
    assert cited(header, Metadata(spans={"code": Span(0, 13)})) == []


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Căn cứ Nghị định số 1/2025/NĐ-CP ngày 1/1/2025;", Relation.BASIS),
        ("Thực hiện Kế hoạch số 1/KH-BYT ngày 1/1/2025 của Bộ Y tế, UBND tỉnh ban hành", Relation.IMPLEMENTS),
        ("Triển khai thực hiện Quyết định số 1/QĐ-BYT, UBND tỉnh", Relation.IMPLEMENTS),
        ("đánh giá kết quả thực hiện Quyết định số 1/QĐ-TTg", Relation.IMPLEMENTS),
        ("Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 1/QĐ-UBND", Relation.AMENDS),
        ("Quyết định này thay thế Quyết định số 1/QĐ-UBND", Relation.REPLACES),
        ("bãi bỏ Quyết định số 1/QĐ-UBND", Relation.REPLACES),
        ("Báo cáo kèm theo Công văn số 1/SYT-NV", Relation.ANNEXED_TO),
        ("xem xét theo Công văn số 1/SYT-NV", Relation.CITES),
    ],
)
def test_relation_by_its_cue(text: str, relation: Relation) -> None:
    assert cited(text)[0].relation is relation


def test_numbers_in_a_row_share_issuer_and_cue() -> None:
    citations = cited("các Nghị quyết số 57-NQ/TW, 59-NQ/TW, số 66-NQ/TW và 68-NQ/TW của Bộ Chính trị")
    assert [(c.code, c.issuer) for c in citations] == [(f"{n}-NQ/TW", "Bộ Chính trị") for n in (57, 59, 66, 68)]
    citations = cited("Bãi bỏ Quyết định số 1/QĐ-UBND ngày 1/2/2020 và Quyết định số 2/QĐ-UBND; theo Quyết định số 3/QĐ-UBND")
    assert [c.relation for c in citations] == [Relation.REPLACES, Relation.REPLACES, Relation.CITES]


@pytest.mark.parametrize(
    ("text", "provisions"),
    [
        ("Tại mục 6 phần IV Kế hoạch số 177-KH/TU giao", ("mục 6 phần IV",)),
        ("theo khoản 2 Điều 13 Nghị định số 32/2024/NĐ-CP", ("khoản 2 Điều 13",)),
        ("quy định tại điểm a, b khoản 2 Điều 7 của Thông tư số 1/2024/TT-BCT", ("điểm a, b khoản 2 Điều 7",)),
        ("theo Nghị định số 32/2024/NĐ-CP", ()),
    ],
)
def test_provisions(text: str, provisions: tuple[str, ...]) -> None:
    assert cited(text)[0].provisions == provisions


def test_the_title_as_far_as_the_sentence_tells() -> None:
    text = "Nghị định số 32/2024/NĐ-CP ngày 15/3/2024 của Chính phủ về quản lý cụm\ncông nghiệp (CCN); Quyết định"
    assert cited(text)[0].title == "về quản lý cụm công nghiệp"


def test_the_province_names_the_issuer_of_a_provincial_symbol() -> None:
    assert cited("Quyết định số 9/QĐ-UBND", province="Cao Bằng")[0].issuer == "Ủy ban nhân dân tỉnh Cao Bằng"


@given(st.text(alphabet=st.sampled_from("Quyết định số 12/QĐ-TTg KH/U ngày 5/6/2025 tháng 7 năm, của;.\n()"), max_size=90))
def test_spans_lie_in_the_text_and_hold_the_number(text: str) -> None:
    citations = cited(text)
    for citation in citations:
        assert citation.spans
        assert all(0 <= span.start < span.end <= len(text) for span in citation.spans)
        assert citation.code == "".join(citation.code.split())
    spans = citation_spans(citations)
    assert spans == sorted(spans)


GOLD = {
    "cv-193-ubnd-laocai": "corpus/text/cv-193-ubnd-laocai-vlncn.txt",
    "cv-7432-ubnd-laocai": "corpus/text/cv-7432-ubnd-laocai-pccc.txt",
    "cv-sct-laocai-dondoc-ccn": "corpus/text/cv-sct-laocai-dondoc-ccn.txt",
    "ct-21-ttg-thon": "corpus/text/ct-21-ttg-thon.txt",
    "qd-844-ttg-bhyt": "corpus/text/qd-844-ttg-bhyt.txt",
    "tb-1894-sct-laocai-clean": "corpus/text/tb-1894-sct-laocai-clean.txt",
    "lang-son-208-kh-ubnd.draft": "seeds/lang-son-208-kh-ubnd.draft.txt",
    "lang-son-vp-ubnd-letter": "seeds/lang-son-vp-ubnd-letter.txt",
}


@needs_shared
@pytest.mark.corpus
@pytest.mark.parametrize("name", GOLD)
def test_the_annotated_documents(name: str) -> None:
    assert SHARED is not None
    gold = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    text = unicodedata.normalize("NFC", (SHARED / GOLD[name]).read_text(encoding="utf-8"))
    written = gold["metadata"]
    own = Metadata(code=written["code"], date=date.fromisoformat(written["date"]) if written["date"] else None)
    optional = {citation["code"] for citation in gold["citations"] if citation.get("optional")}
    wanted = {(c["code"], c["date"]) for c in gold["citations"] if not c.get("optional")}
    got = {(c.code, c.date.isoformat() if c.date else None) for c in cited(text, own) if c.code not in optional}
    assert got == wanted
